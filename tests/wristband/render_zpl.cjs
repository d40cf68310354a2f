// ZPL to PNG by an independent reader: node render_zpl.cjs IN.zpl OUT.png (zpl-renderer-js beside it).
const fs = require('node:fs');
const { ready } = require('zpl-renderer-js');

ready.then(async ({ api }) => {
    const zpl = fs.readFileSync(process.argv[2], 'utf8');
    const label = await api.zplToBase64Async(zpl, 25.4, 178, 12);
    fs.writeFileSync(process.argv[3], Buffer.from(label, 'base64'));
    process.exit(0);
});
