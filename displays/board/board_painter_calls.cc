#include "displays/board/board_painter.h"
#include "wording/wording.h"

namespace hall::board {

using kit::Align;
using kit::Box;
using kit::kBoardColours;
using kit::Rgb;
using kit::TextStyle;
using wording::text;

Longest Painter::longest() const {
    Longest out{"", ""};
    const auto add = [&](const std::vector<CallLine>& lines) {
        for (const CallLine& line : lines) {
            if (line.number.size() > out.number.size()) out.number = line.number;
            if (line.windows.size() > out.window.size()) out.window = line.windows;
        }
    };
    add(picture_.now);
    add(picture_.recent);
    // Room for two digits and three, so that the layout stays when window 10 follows window 9.
    if (out.number.size() < 4) out.number = "A000";
    if (out.window.size() < 2) out.window = "00";
    return out;
}

void Painter::draw_disc(float x, float y) {
    const float r = styles_.disc() / 2;
    canvas_.disc(x + r, y + r, r, kBoardColours.green);
    canvas_.write_in({x, y, 2 * r, 2 * r}, text("board.green_mark"), styles_.c_hanzi, Align::centre,
                     kBoardColours.ground, kBoardColours.green, role_of(Tier::c));
}

// 优 敬老优先 and the state in words: a row over the number, or what fits beside it.
void Painter::draw_tags(const Box& box, const CallShape& shape, const CallLine& call, Rgb ground) {
    const std::string green = text("board.green");
    const std::string& state = picture_.as_of.empty() ? call.tag : picture_.as_of;
    const float state_w = width_of(state, styles_.c) + 2;
    const float green_w = width_of(green, styles_.c_hanzi) + 2;
    const auto write = [&](float x, float y, float w, float h, const std::string& string,
                           Rgb colour) {
        const TextStyle& style = string == green ? styles_.c_hanzi : styles_.c;
        canvas_.write_in({x, y, w, h}, string, style, Align::left, colour, ground,
                         role_of(Tier::c));
    };
    if (shape.tag_h > 0) {
        const float height = styles_.disc();
        // Over the window when there is room: 请到 12 号窗口.
        const float window_x = box.right() - shape.unit_w - styles_.gap - shape.window_w;
        const bool column = shape.form == CallForm::row_column;
        const float right = box.right() - (column ? shape.unit_w + styles_.gap : 0);
        const float x = std::min(window_x, right - state_w);
        const float word_x = box.x + styles_.disc() + styles_.gap;
        const bool both = word_x + green_w + styles_.gap <= x;
        if (call.green) draw_disc(box.x, box.y);
        // How old the picture is comes before the word; 优 stays.
        if (call.green && (both || picture_.as_of.empty())) {
            write(word_x, box.y, green_w, height, green, kBoardColours.green);
        }
        const bool state_fits = x >= (call.green ? word_x : box.x);
        if (both || !call.green || !picture_.as_of.empty()) {
            if (state_fits) write(x, box.y, state_w, height, state, kBoardColours.text);
        }
        return;
    }
    const float row = styles_.c_box.hanzi_height() * 1.1F;
    float y = box.y;
    if (call.green) {
        draw_disc(box.x, y);
        y += styles_.disc() + styles_.gap / 2;
        if (green_w <= box.w) {
            write(box.x, y, green_w, row, green, kBoardColours.green);
            y += row + styles_.gap / 2;
        }
    }
    if (y + row <= box.bottom() && state_w <= box.w) {
        write(box.x, y, state_w, row, state, kBoardColours.text);
    }
}

// 号, 窗, 口 one under another.
void Painter::draw_unit_column(float x, float top, float height, Rgb ground) {
    const float row = height / 3;
    for (std::size_t i = 0; i + 3 <= unit_.size() && i < 9; i += 3) {
        canvas_.write_in(
            {x, top + row * static_cast<float>(i / 3), styles_.c_hanzi_box.em + 2, row},
            unit_.substr(i, 3), styles_.c_hanzi, Align::left, kBoardColours.text, ground,
            role_of(Tier::c));
    }
}

// Number, arrow and window in `inner`, which starts under the tags.
void Painter::draw_call_rows(const Box& inner, const CallShape& shape, const CallLine& call,
                             Rgb ground) {
    const Rgb white = kBoardColours.text;
    const float a = styles_.a_box.digit_height();
    const bool two = shape.form == CallForm::two_rows;
    const float first = digit_baseline(inner.y + a / 2, styles_.a_box);
    const float second = two ? first + a + 1.2F * styles_.gap : first;
    canvas_.write(call.number, styles_.a, inner.x, first, white, ground, role_of(Tier::a));
    const float number_w = width_of(call.number, styles_.a);
    const float window_w = width_of(call.windows, styles_.a);
    const float unit_gap = styles_.gap;

    // The window stands at the right, where every call has it; the arrow fills what is between.
    float window_x = inner.right() - shape.unit_w - unit_gap - window_w;
    float arrow_x = inner.x + number_w + styles_.gap;
    if (two) {
        arrow_x = inner.x;
        window_x = std::min(window_x, inner.x + a + 2 * styles_.gap);
    }
    const float room = window_x - styles_.gap - arrow_x;
    const float arrow_w = std::min(room, a * 0.8F);
    const float arrow_h = std::min(a * 0.5F, arrow_w * 0.9F);
    const float middle = second + (styles_.a_box.digit_top + styles_.a_box.digit_bottom) / 2;
    canvas_.arrow({arrow_x + (room - arrow_w) / 2, middle - arrow_h / 2, arrow_w, arrow_h},
                  call.green ? kBoardColours.green : kBoardColours.info);
    canvas_.write(call.windows, styles_.a, window_x, second, white, ground, role_of(Tier::a));
    const float unit_x = window_x + window_w + unit_gap;
    if (shape.form == CallForm::row_column) {
        const float height = std::max(a, styles_.column());
        const float foot = second + styles_.a_box.digit_bottom;
        draw_unit_column(unit_x, foot - height, height, ground);
    } else {
        // 号窗口 hangs a little below digits of its size: lift it to their foot.
        canvas_.write(unit_, styles_.b_hanzi, unit_x,
                      second + styles_.a_box.digit_bottom - styles_.b_hanzi_box.hanzi_bottom, white,
                      ground, role_of(Tier::b));
    }
}

void Painter::draw_call(const Box& box, const CallShape& shape, const CallLine& call) {
    const Rgb ground = call.lit ? kLitPanel : kBoardColours.panel;
    const float radius = styles_.gap;
    Rgb edge = call.green ? kBoardColours.green : kBoardColours.text;
    if (!call.calling) edge = kBoardColours.info;
    if (!picture_.warning.empty()) edge = kBoardColours.warm;
    const float thin = std::max(3.0F, std::round(styles_.gap * 0.22F));
    canvas_.fill(box, ground, radius);
    canvas_.outline(box, edge, radius, call.lit ? 2 * thin : thin);
    const Box inner = box.inset(styles_.gap);
    if (shape.tag_h > 0) {
        draw_tags({inner.x, inner.y, inner.w, shape.tag_h}, shape, call, ground);
        draw_call_rows({inner.x, inner.y + shape.tag_h, inner.w, inner.h - shape.tag_h}, shape,
                       call, ground);
        return;
    }
    const float x = inner.x + width_of(call.number, styles_.a) + styles_.gap;
    draw_tags({x, inner.y, inner.right() - x, styles_.a_box.digit_height()}, shape, call, ground);
    draw_call_rows(inner, shape, call, ground);
}

void Painter::draw_calls() {
    if (picture_.now.empty()) {
        if (!foot_is_taken()) draw_footer(picture_.list_page);
        draw_notices();
        return;
    }
    if (!shape_) return;
    // Room first for the call. Where not both fit under it, earlier calls and counts take turns.
    const float between = styles_.gap / 2;
    const float rest = left_.h - shape_->height - between;
    const float row = styles_.b_box.digit_height() * kPitchLeast;
    const bool lists = !picture_.recent.empty() || picture_.now.size() > 1;
    const bool counts =
        !picture_.counts.empty() && !foot_is_taken() && rest + between >= styles_.bar;
    const bool both = rest - styles_.bar >= row;
    const bool in_turn = counts && lists && !both && rest >= row;
    if (in_turn) turning_.lists = true;
    if (counts && (!in_turn || picture_.list_page % 2 == 1)) {
        draw_footer(in_turn ? picture_.list_page / 2 : picture_.list_page);
    }

    const int now_max =
        std::max(1, static_cast<int>((left_.h + between) / (shape_->height + between)));
    const auto now = page_of(picture_.now, now_max, picture_.now_page);
    if (now.several) turning_.now = true;
    float y = left_.y;
    for (const CallLine& call : now.items) {
        draw_call(framed(y, shape_->height), *shape_, call);
        y += shape_->height + between;
    }
    draw_below(y, now.items);
}

// Whoever is being called and is not above comes first, then the earlier calls.
void Painter::draw_below(float y, const std::vector<CallLine>& above) {
    std::vector<CallLine> below;
    for (const CallLine& call : picture_.now) {
        if (std::find(above.begin(), above.end(), call) == above.end()) below.push_back(call);
    }
    below.insert(below.end(), picture_.recent.begin(), picture_.recent.end());
    const Box box{left_.x, y, left_.w, left_.bottom() - y};
    const Grid grid = grid_of(box, below);
    if (grid.cells() == 0) return;
    if (below.size() > static_cast<std::size_t>(grid.cells())) below.resize(grid.cells());
    draw_grid(box, grid, below);
}

void Painter::draw_window() {
    CallLine line;
    if (!picture_.now.empty()) line = picture_.now.front();
    if (!shape_) return;
    if (!line.number.empty()) {
        const float y = left_.y + std::max(0.0F, (left_.h - shape_->height) / 2);
        draw_call(framed(y, shape_->height), *shape_, line);
        return;
    }
    // 3 号窗口, and under it whether somebody serves.
    const Rgb ground = kBoardColours.ground;
    const float a = styles_.a_box.digit_height();
    const float b = styles_.b_hanzi_box.hanzi_height();
    const float digits_w = width_of(picture_.window_number, styles_.a);
    const float whole = digits_w + styles_.gap + width_of(unit_, styles_.b_hanzi);
    const float x = left_.centre_x() - whole / 2;
    const float y = left_.y + std::max(0.0F, (left_.h - a - 2 * styles_.gap - b) / 2);
    const float base = digit_baseline(y + a / 2, styles_.a_box);
    canvas_.write(picture_.window_number, styles_.a, x, base, kBoardColours.text, ground,
                  role_of(Tier::a));
    canvas_.write(unit_, styles_.b_hanzi, x + digits_w + styles_.gap,
                  base + styles_.a_box.digit_bottom - styles_.b_hanzi_box.hanzi_bottom,
                  kBoardColours.text, ground, role_of(Tier::b));
    canvas_.write_in({left_.x, y + a + 2 * styles_.gap, left_.w, b}, picture_.window_state,
                     styles_.b_hanzi, Align::centre, kBoardColours.info, ground, role_of(Tier::b));
}

}  // namespace hall::board
