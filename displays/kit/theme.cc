#include "displays/kit/theme.h"

#include <algorithm>

namespace hall::kit {

TextStyle console_text(Size size, Weight weight, float scale) {
    scale = std::clamp(scale, kTextScaleMin, kTextScaleMax);
    const auto hanzi = [&](float height) {
        return TextStyle{height * scale, Reference::hanzi, weight};
    };
    switch (size) {
        case Size::small:
            return hanzi(18);
        case Size::body:
            return hanzi(20);
        case Size::title:
            return hanzi(24);
        case Size::large:
            return hanzi(36);
        case Size::number:
            return TextStyle{84 * scale, Reference::digit, weight};
    }
    return hanzi(20);
}

}  // namespace hall::kit
