// A wristband as ZPL II, what Zebra's label printers and their imitators take on port 9100.
//
//   ^XA ^LH0,0 ^PW width ^LL height ^FO0,0 ^GFA,bytes,bytes,row,DATA ^FS ^PQ1 ^XZ
//
// The whole band is one graphic: printers have no 䶮 in their fonts, and the picture is the same as
// the PDF's. DATA is hexadecimal with the run lengths of the ZPL manual (G–Y 1 to 19, g–z 20 to
// 400,
// `,` the rest of the row white, `!` the rest black, `:` the row above again), which brings 160 kB
// of digits down to some 16 kB.
#pragma once

#include <string>

#include "printers/layout/page.h"

namespace hall::wristband {

// REQUIRES: a bitmap with at least one dot.
std::string zpl(const printers::layout::Bitmap& bitmap);

}  // namespace hall::wristband
