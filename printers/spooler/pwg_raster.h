// A page of dots as image/pwg-raster (PWG 5102.4), what every IPP Everywhere printer takes.
#pragma once

#include <string>

#include "printers/layout/ticket_page.h"

namespace hall::printers::spooler {

// One page, 8-bit grey, as large as the bitmap at its resolution; compressed by PackBits as the
// format says. REQUIRES: a bitmap with at least one dot.
std::string pwg_raster(const layout::Bitmap& bitmap);

}  // namespace hall::printers::spooler
