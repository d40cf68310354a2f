#include "displays/board/board_painter.h"
#include "wording/wording.h"

namespace hall::board {

using kit::Align;
using kit::Box;
using kit::Fit;
using kit::kBoardColours;
using kit::Rgb;
using kit::TextBlock;
using kit::TextMetrics;
using wording::text;

namespace {

constexpr int kColumnsMax = 2;

}  // namespace

Painter::Grid Painter::grid_of(const Box& box, const std::vector<CallLine>& lines) {
    Grid grid;
    if (lines.empty() || box.h <= 0) return grid;
    Longest longest{"A000", "00"};
    float number_w = 0;
    float windows_w = width_of(longest.window, styles_.b);
    number_w = width_of(longest.number, styles_.b);
    for (const CallLine& line : lines) {
        number_w = std::max(number_w, width_of(line.number, styles_.b));
        windows_w = std::max(windows_w, width_of(line.windows, styles_.b));
    }
    grid.arrow_w = styles_.b_box.digit_height() * 0.5F;
    const float bare = number_w + grid.arrow_w + windows_w + 2 * styles_.gap;
    const float whole = bare + styles_.gap / 2 + width_of(unit_, styles_.c_hanzi);
    const float between = 2 * styles_.gap;
    grid.columns = 1;
    for (int columns = kColumnsMax; columns >= 1; --columns) {
        const float cell =
            (box.w - between * static_cast<float>(columns - 1)) / static_cast<float>(columns);
        if (bare > cell && columns > 1) continue;
        grid.columns = columns;
        grid.unit = whole <= cell;
        break;
    }
    const float line = styles_.b_box.digit_height();
    grid.rows = static_cast<int>(box.h / (line * kPitchWide));
    if (grid.rows < 2) grid.rows = static_cast<int>(box.h / (line * kPitchLeast));
    return grid;
}

// Being called as well, but there is no room above: framed like those above.
void Painter::draw_called_cell(const Box& cell, Rgb ground) {
    const float out = styles_.gap / 2;
    const Box frame{cell.x - out, cell.y + out / 4, cell.w + 2 * out, cell.h - out / 2};
    canvas_.fill(frame, ground, out);
    canvas_.outline(frame, kBoardColours.text, out, std::max(3.0F, out / 3));
}

// "1–3､7､9" or, when that is too wide, "1–3､7等": whole numbers, and that there are more.
std::string Painter::fitting(const std::string& windows, float width) {
    if (width_of(windows, styles_.b) <= width) return windows;
    const std::string more = text("board.more_windows");
    std::string kept = windows;
    for (std::size_t at = kept.rfind(kWindowsComma); at != std::string::npos;
         at = kept.rfind(kWindowsComma)) {
        kept.resize(at);
        if (width_of(kept + more, styles_.b) <= width) break;
    }
    return kept + more;
}

// Row by row, the newest at the top left.
void Painter::draw_grid(const Box& box, const Grid& grid, const std::vector<CallLine>& lines) {
    const float between = 2 * styles_.gap;
    const float columns = static_cast<float>(grid.columns);
    const float cell = (box.w - between * (columns - 1)) / columns;
    const int used = (static_cast<int>(lines.size()) + grid.columns - 1) / grid.columns;
    const float pitch = std::min(box.h / static_cast<float>(std::max(1, std::min(used, grid.rows))),
                                 styles_.b_box.digit_height() * 1.9F);
    float number_w = width_of("A000", styles_.b);
    for (const CallLine& line : lines)
        number_w = std::max(number_w, width_of(line.number, styles_.b));
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const CallLine& line = lines[i];
        const auto column = static_cast<float>(static_cast<int>(i) % grid.columns);
        const auto row = static_cast<float>(static_cast<int>(i) / grid.columns);
        const float x = box.x + column * (cell + between);
        const float middle = box.y + (row + 0.5F) * pitch;
        const float base = digit_baseline(middle, styles_.b_box);
        const Rgb ground = line.lit ? kLitPanel : kBoardColours.ground;
        if (line.calling) draw_called_cell({x, middle - pitch / 2, cell, pitch}, ground);
        canvas_.write(line.number, styles_.b, x, base, kBoardColours.text, ground,
                      role_of(Tier::b));
        const float arrow_x = x + number_w + styles_.gap;
        const float arrow_h = styles_.b_box.digit_height() * 0.45F;
        canvas_.arrow({arrow_x, middle - arrow_h / 2, grid.arrow_w, arrow_h}, kBoardColours.info);
        const float window_x = arrow_x + grid.arrow_w + styles_.gap;
        const float room = x + cell - window_x;
        const auto drawn = canvas_.write(fitting(line.windows, room), styles_.b, window_x, base,
                                         kBoardColours.text, ground, role_of(Tier::b));
        if (!grid.unit) continue;
        canvas_.write(unit_, styles_.c_hanzi, window_x + drawn.advance + styles_.gap / 2,
                      base + styles_.b_box.digit_bottom - styles_.c_hanzi_box.hanzi_bottom,
                      kBoardColours.text, ground, role_of(Tier::c));
    }
}

void Painter::draw_first() {
    if (picture_.first.empty()) {
        draw_notices();
        return;
    }
    const float height = styles_.b_box.hanzi_height() * 1.1F;
    const Box title{left_.x, left_.y, left_.w, height};
    for (const std::string& notice : picture_.notices) {
        canvas_.write_in(title, notice, styles_.b, Align::left, kBoardColours.warm,
                         kBoardColours.ground, role_of(Tier::b));
        left_.y += height + styles_.gap;
        left_.h -= height + styles_.gap;
    }
    const Grid grid = grid_of(left_, picture_.first);
    const float used = picture_.notices.empty()
                           ? title.w
                           : width_of(picture_.notices.front(), styles_.b) + styles_.gap;
    const std::string head = text("board.early.head");
    if (!grid.unit && used + width_of(head, styles_.c) <= title.w) {
        canvas_.write_in(title, head, styles_.c, Align::right, kBoardColours.info,
                         kBoardColours.ground, role_of(Tier::c));
    }
    const auto page = page_of(picture_.first, grid.cells(), picture_.list_page);
    if (page.several) turning_.lists = true;
    draw_grid(left_, grid, page.items);
}

// Sentences one under another, each whole on its page.
void Painter::draw_notices() {
    const TextMetrics& box = styles_.b_box;
    const auto block_of = [&](int lines) {
        return TextBlock{Fit::wrap, left_.w, lines, Align::centre};
    };
    const int lines_max =
        1 + std::max(0, static_cast<int>((left_.h - box.hanzi_height() * 1.1F) / box.line_pitch));
    struct Placed {
        std::string string;
        float height = 0;
    };
    const float between = styles_.gap * 2;
    std::vector<std::vector<Placed>> pages;
    float used = 0;
    for (const std::string& notice : picture_.notices) {
        const auto size = canvas_.text().measure(notice, styles_.b, block_of(lines_max));
        const float height =
            box.hanzi_height() * 1.1F + static_cast<float>(size.lines - 1) * box.line_pitch;
        if (pages.empty() || used + height > left_.h) {
            pages.emplace_back();
            used = 0;
        }
        used += height + between;
        pages.back().push_back({notice, height});
    }
    const auto page = page_of(pages, 1, picture_.list_page);
    if (page.items.empty()) return;
    if (page.several) turning_.lists = true;
    float whole = -between;
    for (const Placed& placed : page.items.front()) whole += placed.height + between;
    float y = left_.y + std::max(0.0F, (left_.h - whole) / 2);
    for (const Placed& placed : page.items.front()) {
        canvas_.write(placed.string, styles_.b, left_.x, y - box.hanzi_top * 1.05F,
                      kBoardColours.text, kBoardColours.ground, role_of(Tier::b),
                      block_of(lines_max));
        y += placed.height + between;
    }
}

}  // namespace hall::board
