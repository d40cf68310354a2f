// A page of dots as image/pwg-raster (PWG 5102.4), what every IPP Everywhere printer takes.
#pragma once

#include <string>
#include <vector>

#include "printers/layout/page.h"

namespace hall::printers::spooler {

// A page for each bitmap, 8-bit grey, as large as the bitmap at its resolution; compressed by
// PackBits as the format says. REQUIRES: at least one bitmap, each with at least one dot.
std::string pwg_raster(const std::vector<layout::Bitmap>& bitmaps);
std::string pwg_raster(const layout::Bitmap& bitmap);

}  // namespace hall::printers::spooler
