#include "printers/layout/qr_mark.h"

#include <qrencode.h>

#include <memory>

namespace hall::printers::layout {

QrMark encode_qr(const std::string& payload, QrLevel level) {
    QrMark mark;
    if (payload.empty() || payload.size() > kQrPayloadBytesMax) return mark;
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeData(static_cast<int>(payload.size()),
                          reinterpret_cast<const unsigned char*>(payload.data()), 0,
                          level == QrLevel::high ? QR_ECLEVEL_H : QR_ECLEVEL_M),
        &QRcode_free);
    if (code == nullptr) return mark;
    mark.modules = code->width;
    const int count = code->width * code->width;
    mark.dark.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) mark.dark.push_back((code->data[i] & 1) != 0);
    return mark;
}

}  // namespace hall::printers::layout
