// What a board has really drawn, as JSON, in the measures of docs/ACCESSIBILITY.md.
#pragma once

#include <string>

#include "displays/board/screen_size.h"
#include "displays/kit/canvas.h"

namespace hall::board {

// {"screen": {"diagonal_in", "width_px", "height_px", "distance_m", "mm_per_px"},
//  "texts": [{"string", "tier", "x_px", "y_px", "width_px", "height_px" (the pixels set),
//             "width_mm", "height_mm", "glyphs": {"hanzi" and/or "digit": {"px", "mm",
//             "arc_minutes", "least_arc_minutes"}}, "colour", "ground", "contrast", "elided"}]}
// A glyph's size is that of 国 or H in the same font and size, and is there when the string has
// characters of the kind.
std::string report(const kit::Drawn& drawn, const ScreenSize& screen);

}  // namespace hall::board
