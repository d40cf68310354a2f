// A wristband as it looks: one layout, to PDF (a page of 25.4 × 178 mm) and to dots for ZPL.
//
// Along the band: the code, the name, the code again, what else staff need, the code a third time,
// so that one of them faces the scanner however the band sits on the wrist. QR at level H, because
// bands are worn and washed; across the wrist QR reads to a radius of 12 mm where bars fail below
// 25 mm. Black on white; only what is needed: name, case number, today's ticket, a neutral language
// sign, the hall. One thread, as every Page.
#pragma once

#include "printers/document.h"
#include "printers/layout/glyphs.h"
#include "printers/layout/page.h"

namespace hall::wristband {

inline constexpr double kBandWidth_mm = 25.4;
inline constexpr double kBandLength_mm = 178;
inline constexpr int kBandDpi = 300;  // 300 × 2102 dots
inline constexpr int kCodesAlongBand = 3;
inline constexpr double kBandMargin_mm = 2;  // at the long edges; the ends have more
// Longest name that is set, in bytes, as the hall takes it; a longer one ends in ….
inline constexpr std::size_t kBandNameMax = 120;

class BandPage : public printers::layout::Page {
  public:
    // Always succeeds: a long name is set smaller, in up to four lines. What could not be shown is
    // in warnings().
    BandPage(const printers::layout::Typesetter& typesetter, const printers::Band& band);
};

}  // namespace hall::wristband
