#include "displays/board/board_view.h"

#include <algorithm>

#include "displays/board/board_painter.h"
#include "displays/kit/theme.h"

namespace hall::board {

using kit::Align;
using kit::Box;
using kit::Canvas;
using kit::kBoardColours;
using kit::TextStyle;

std::string_view role_of(Tier tier) {
    switch (tier) {
        case Tier::a:
            return "A";
        case Tier::b:
            return "B";
        case Tier::c:
            return "C";
    }
    return "A";
}

Turning draw_board(Canvas& canvas, const BoardPicture& picture, const ScreenSize& screen) {
    return Painter(canvas, picture, screen).draw();
}

void draw_too_small(Canvas& canvas, const std::string& sentence) {
    const Box area = canvas.area();
    const TextStyle style{std::max(18.0F, area.h / 10), kit::Reference::hanzi, kit::Weight::bold};
    canvas.wrap_in(area.inset(style.height), sentence, style, Align::left, kBoardColours.warm,
                   kBoardColours.ground, kNoTier);
}

}  // namespace hall::board
