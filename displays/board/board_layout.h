// Where things stand on a board, and whether its screen is large enough for its distance.
//
// Sizes come from the tiers and never shrink: what does not fit goes on another page or, for a
// whole board, is refused with the distance that the screen can serve.
#pragma once

#include <optional>
#include <string>

#include "displays/board/screen_size.h"
#include "displays/kit/text.h"

namespace hall::board {

struct Styles {
    kit::TextStyle a;        // digits at tier A
    kit::TextStyle b_hanzi;  // hanzi at tier B: 号窗口 beside the number
    kit::TextStyle b;        // digits and hanzi both at least B
    kit::TextStyle c;        // digits and hanzi both at least their C
    kit::TextStyle c_hanzi;  // hanzi alone
    kit::TextMetrics a_box;
    kit::TextMetrics b_hanzi_box;
    kit::TextMetrics b_box;
    kit::TextMetrics c_box;
    kit::TextMetrics c_hanzi_box;
    float gap = 0;     // between neighbours, and from a frame to what it holds
    float margin = 0;  // from text to the edge of the screen
    float bar = 0;     // height of header and footer

    // Diameter of the disc behind 优: the character's corners stay inside.
    float disc() const { return c_hanzi_box.hanzi_height() * 1.5F; }
    // Height of 号窗口 one under another.
    float column() const { return 3 * c_hanzi_box.hanzi_height() * 1.06F; }
};

Styles styles_of(const TierSizes& sizes, float width_px, kit::Text& text);

// The longest strings a line must have room for, so that the layout does not jump from one call to
// the next.
struct Longest {
    std::string number = "A000";
    std::string window = "00";

    friend bool operator==(const Longest&, const Longest&) = default;
};

// How "A023 → 12 号窗口" is laid out at tier A.
enum class CallForm {
    row,         // all in one row, 号窗口 at tier B
    row_column,  // one row, 号窗口 as a column at tier C, which may rise beside the tags
    two_rows,    // the number, under it arrow, window and 号窗口 at tier B
};

struct CallShape {
    CallForm form = CallForm::row;
    float number_w = 0;
    float arrow_w = 0;  // least
    float window_w = 0;
    float unit_w = 0;
    float tag_h = 0;   // row over the number for 优 敬老优先; 0 in two_rows: it stands beside
    float height = 0;  // of the whole block
};

// The first form whose text fits in `width` and whose block, frame included, in `height`. `unit` is
// 号窗口. nullopt: none does.
std::optional<CallShape> call_shape(kit::Text& text, const Styles& styles, const Longest& longest,
                                    const std::string& unit, float width, float height);

// Whether a board of this size can show any call: "M0000" at window "00" with the header above.
bool fits(kit::Text& text, const ScreenSize& screen, const std::string& unit);

// The largest distance, rounded down to 0.1 m, at which it does; 0 = none from 0.5 m on.
double serves_m(kit::Text& text, ScreenSize screen, const std::string& unit);

}  // namespace hall::board
