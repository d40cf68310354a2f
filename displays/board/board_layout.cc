#include "displays/board/board_layout.h"

#include <algorithm>
#include <cmath>

namespace hall::board {
namespace {

using kit::Reference;
using kit::Text;
using kit::TextStyle;
using kit::Weight;

constexpr double kDistanceLeastM = 0.5;
// Of the height of tier A.
constexpr float kArrowLeast = 0.30F;
// Space does not grow with the distance: far boards need it for their letters.
constexpr float kGapShare = 0.0125F;

float advance(Text& text, const std::string& string, const TextStyle& style) {
    return std::ceil(text.measure(string, style).advance);
}

TextStyle larger(Text& text, const TextStyle& one, const TextStyle& other) {
    return text.metrics(one).em >= text.metrics(other).em ? one : other;
}

}  // namespace

Styles styles_of(const TierSizes& sizes, float width_px, Text& text) {
    const auto style = [](int height, Reference reference) {
        return TextStyle{static_cast<float>(height), reference, Weight::bold};
    };
    Styles out;
    out.a = style(sizes.a, Reference::digit);
    out.b_hanzi = style(sizes.b, Reference::hanzi);
    out.b = style(sizes.b, Reference::digit);
    out.c_hanzi = style(sizes.c_hanzi, Reference::hanzi);
    out.c = larger(text, out.c_hanzi, style(sizes.c_digit, Reference::digit));
    out.a_box = text.metrics(out.a);
    out.b_hanzi_box = text.metrics(out.b_hanzi);
    out.b_box = text.metrics(out.b);
    out.c_box = text.metrics(out.c);
    out.c_hanzi_box = text.metrics(out.c_hanzi);
    out.gap = std::round(width_px * kGapShare);
    out.margin = 2 * out.gap;
    out.bar = std::round(out.c_box.hanzi_height() * 1.05F + 1.6F * out.gap);
    return out;
}

std::optional<CallShape> call_shape(Text& text, const Styles& styles, const Longest& longest,
                                    const std::string& unit, float width, float height) {
    const float a = styles.a_box.digit_height();
    CallShape shape;
    shape.number_w = advance(text, longest.number, styles.a);
    shape.window_w = advance(text, longest.window, styles.a);
    shape.arrow_w = a * kArrowLeast;
    const float inner = width;
    const float row_w = shape.number_w + shape.arrow_w + shape.window_w + 3 * styles.gap;
    const float unit_b = advance(text, unit, styles.b_hanzi);

    shape.tag_h = styles.disc() + styles.gap / 2;
    shape.height = shape.tag_h + a + 2 * styles.gap;
    shape.unit_w = unit_b;
    if (row_w + shape.unit_w <= inner && shape.height <= height) return shape;

    shape.form = CallForm::row_column;
    shape.unit_w = styles.c_hanzi_box.em;
    const bool column_fits = styles.column() <= shape.tag_h + a;
    if (column_fits && row_w + shape.unit_w <= inner && shape.height <= height) return shape;

    shape.form = CallForm::two_rows;
    shape.unit_w = unit_b;
    shape.tag_h = 0;
    shape.height = 2 * a + 3.2F * styles.gap;
    const float lower = shape.arrow_w + shape.window_w + shape.unit_w + 3 * styles.gap;
    const float beside = shape.number_w + styles.gap + styles.disc();
    if (std::max(beside, lower) <= inner && shape.height <= height) return shape;
    return std::nullopt;
}

bool fits(Text& text, const ScreenSize& screen, const std::string& unit) {
    const auto screen_w = static_cast<float>(screen.width_px);
    const Styles styles = styles_of(tier_sizes(screen), screen_w, text);
    const float width = screen_w - 2 * styles.margin;
    const float height = static_cast<float>(screen.height_px) - styles.bar - 2 * styles.gap;
    return call_shape(text, styles, Longest{"M0000", "00"}, unit, width, height).has_value();
}

double serves_m(Text& text, ScreenSize screen, const std::string& unit) {
    double far = std::floor(screen.distance_m * 10) / 10;
    for (; far >= kDistanceLeastM; far -= 0.1) {
        screen.distance_m = far;
        if (fits(text, screen, unit)) return std::round(far * 10) / 10;
    }
    return 0;
}

}  // namespace hall::board
