#include "displays/board/board_painter.h"

#include <utility>

#include "wording/wording.h"

namespace hall::board {

using kit::Align;
using kit::Box;
using kit::Canvas;
using kit::Fit;
using kit::kBoardColours;
using kit::Rgb;
using kit::TextBlock;
using kit::TextStyle;
using wording::text;

namespace {

// A longer sentence gives way to the warning: it will be there again when the link is.
constexpr int kWarnedNoticeLinesMax = 2;

}  // namespace

Painter::Painter(Canvas& canvas, const BoardPicture& picture, const ScreenSize& screen)
    : canvas_(canvas),
      picture_(picture),
      styles_(styles_of(tier_sizes(screen), canvas.area().w, canvas.text())),
      unit_(text("board.window_unit")),
      area_(canvas.area()),
      left_(Box{styles_.margin, 0, area_.w - 2 * styles_.margin, area_.h}) {}

void Painter::draw_header() {
    const Rgb ground = kBoardColours.ground;
    const Box bar{left_.x, 0, left_.w, styles_.bar};
    const float gap = styles_.gap * 3;
    const float name_w = width_of(picture_.hall_name, styles_.c);
    const float phase_w = width_of(picture_.phase, styles_.c);
    const float clock_w = width_of(picture_.clock, styles_.c);
    const bool page_two = picture_.list_page % 2 == 1;
    bool name = true;
    bool phase = true;
    bool clock = true;
    if (name_w + phase_w + clock_w + 2 * gap > bar.w) {
        turning_.lists = true;
        name = !page_two;
        phase = page_two;
        // A long name has its page for itself; the clock comes back with the phase.
        clock = page_two || name_w + clock_w + gap <= bar.w;
    }
    const float clock_x = bar.right() - (clock ? clock_w + gap : 0);
    float x = bar.x;
    if (name) {
        canvas_.write_in({x, bar.y, clock_x - x, bar.h}, picture_.hall_name, styles_.c, Align::left,
                         kBoardColours.text, ground, role_of(Tier::c));
        x += name_w + gap;
    }
    if (phase) {
        // In the middle of the screen when the name leaves it free.
        const float middle = area_.centre_x() - phase_w / 2;
        const float at = name ? std::clamp(middle, x, std::max(x, clock_x - phase_w)) : x;
        canvas_.write_in({at, bar.y, phase_w + 2, bar.h}, picture_.phase, styles_.c, Align::left,
                         kBoardColours.info, ground, role_of(Tier::c));
    }
    if (clock) {
        canvas_.write_in({bar.right() - clock_w - 2, bar.y, clock_w + 2, bar.h}, picture_.clock,
                         styles_.c, Align::right, kBoardColours.text, ground, role_of(Tier::c));
    }
    const float thick = std::max(2.0F, std::round(styles_.gap * 0.15F));
    canvas_.fill({bar.x, bar.bottom() - thick, bar.w, thick}, kBoardColours.line);
    left_.y = bar.bottom() + styles_.gap;
    left_.h = area_.h - left_.y - styles_.gap / 2;
}

// 系统维护,号码有效,请稍候 in lines that end at a comma.
std::vector<std::string> Painter::warning_lines() {
    std::vector<std::string> lines;
    std::size_t start = 0;
    while (start < picture_.warning.size()) {
        std::size_t end = picture_.warning.size();
        for (const std::string_view comma : {",", "，"}) {
            const std::size_t at = picture_.warning.find(comma, start);
            if (at != std::string::npos) end = std::min(end, at + comma.size());
        }
        const std::string clause = picture_.warning.substr(start, end - start);
        const bool joins =
            !lines.empty() && width_of(lines.back() + clause, styles_.b_hanzi) <= left_.w;
        if (joins) {
            lines.back() += clause;
        } else {
            lines.push_back(clause);
        }
        start = end;
    }
    return lines;
}

// Of the last state: the call, the tallest sentence, or the title and one row of the list.
float Painter::kept_height() {
    if (shape_) return shape_->height;
    const float line = styles_.b_box.hanzi_height() * 1.1F;
    if (!picture_.first.empty()) {
        return line + styles_.gap + styles_.b_box.digit_height() * kPitchLeast;
    }
    int lines = 0;
    for (const std::string& notice : picture_.notices) {
        const TextBlock block{Fit::wrap, left_.w, kWarnedNoticeLinesMax, Align::centre};
        lines = std::max(lines, canvas_.text().measure(notice, styles_.b, block).lines);
    }
    return lines == 0 ? 0 : line + static_cast<float>(lines - 1) * styles_.b_box.line_pitch;
}

// A band at the foot that leaves the last state its room; lines that do not fit take turns.
void Painter::draw_warning() {
    const float line = styles_.b_hanzi_box.hanzi_height() * 1.06F;
    const bool alone = picture_.subject == Subject::message;
    const std::vector<std::string> lines = warning_lines();
    const float room = left_.h - kept_height();
    // A comma hangs below its line: closer than a gap, it would touch the next.
    const int at_once = std::max(1, static_cast<int>((room - styles_.gap) / (line + styles_.gap)));
    const auto page = page_of(lines, at_once, picture_.list_page);
    if (page.several) turning_.lists = true;
    const auto count = static_cast<float>(page.items.size());
    const float pad =
        std::clamp((room - count * line) / (count + 1), styles_.gap * 0.8F, styles_.gap * 2);
    const float height = count * (line + pad) + pad;
    const float top = alone ? area_.centre_y() - height / 2 : area_.bottom() - height;
    canvas_.fill({0, top, area_.w, height}, kBoardColours.warm);
    float y = top + pad;
    for (const std::string& string : page.items) {
        canvas_.write_in({left_.x, y, left_.w, line}, string, styles_.b_hanzi, Align::centre,
                         kBoardColours.ground, kBoardColours.warm, role_of(Tier::b));
        y += line + pad;
    }
    left_.h = top - styles_.gap / 2 - left_.y;
}

// Entries side by side, as many as fit on a page.
std::vector<std::vector<CountLine>> Painter::packed_counts(float width) {
    std::vector<std::vector<CountLine>> pages;
    float used = 0;
    for (CountLine count : picture_.counts) {
        if (!count.brief.empty() && width_of(count.name, styles_.c) > width) {
            count.name = count.brief;
        }
        const float w = width_of(count.name, styles_.c) + width_of(count.count, styles_.c) +
                        styles_.gap * (count.count.empty() ? 2.5F : 3.5F);
        if (pages.empty() || used + w > width + 2.5F * styles_.gap) {
            pages.emplace_back();
            used = 0;
        }
        used += w;
        pages.back().push_back(std::move(count));
    }
    return pages;
}

float Painter::draw_counts(const Box& box, const std::vector<CountLine>& counts) {
    const Rgb ground = kBoardColours.panel;
    float x = box.x;
    const auto write = [&](const std::string& string, float width) {
        canvas_.write_in({x, box.y, width + 2, box.h}, string, styles_.c, Align::left,
                         kBoardColours.text, ground, role_of(Tier::c));
        x += width + styles_.gap;
    };
    for (const CountLine& count : counts) {
        if (x > box.x) {
            canvas_.disc(x + styles_.gap * 0.3F, box.centre_y(), styles_.gap * 0.3F,
                         kBoardColours.info);
            x += styles_.gap * 1.6F;
        }
        const float count_w = count.count.empty() ? 0 : width_of(count.count, styles_.c);
        const float room = box.right() - x - (count_w > 0 ? count_w + styles_.gap : 0);
        write(count.name, std::min(width_of(count.name, styles_.c), room));
        if (count_w > 0) write(count.count, count_w);
    }
    return x;
}

void Painter::draw_footer(std::int64_t index) {
    if (picture_.counts.empty()) return;
    const Box bar{0, area_.bottom() - styles_.bar, area_.w, styles_.bar};
    const bool label = !picture_.counts_label.empty();
    const float label_w = label ? width_of(picture_.counts_label, styles_.c) + 2 * styles_.gap : 0;
    const Box room{left_.x + label_w, bar.y, left_.w - label_w, bar.h};
    const auto pages = packed_counts(room.w);
    const auto page = page_of(pages, 1, index);
    if (page.several) turning_.lists = true;
    canvas_.fill(bar, kBoardColours.panel);
    if (label) {
        canvas_.write_in({left_.x, bar.y, label_w, bar.h}, picture_.counts_label, styles_.c,
                         Align::left, kBoardColours.text, kBoardColours.panel, role_of(Tier::c));
    }
    const float end = draw_counts(room, page.items.front());
    if (picture_.query.hint) draw_hint(room, end);
    left_.h = bar.y - styles_.gap - left_.y;
}

// What must stand at the foot, if anything.
float Painter::foot_height() {
    const float line = styles_.b_hanzi_box.hanzi_height() * 1.06F;
    if (!picture_.warning.empty()) return line + 2.6F * styles_.gap;
    return picture_.query.shown() ? 2 * line + 2.3F * styles_.gap : 0;
}

Turning Painter::draw() {
    const float under_header = area_.h - styles_.bar - 1.5F * styles_.gap;
    if (picture_.subject == Subject::window || !picture_.now.empty()) {
        shape_ = call_shape(canvas_.text(), styles_, longest(), unit_, left_.w, under_header);
    }
    // When the link is broken, the last call and the warning come before the header; so do two
    // lines of an answer.
    const bool room = kept_height() + foot_height() <= under_header;
    if (picture_.subject != Subject::message && room) {
        draw_header();
    } else {
        left_.y = styles_.gap / 2;
        left_.h = area_.h - styles_.gap;
    }
    if (!picture_.warning.empty()) {
        draw_warning();
    } else if (picture_.query.shown()) {
        draw_query();
    }
    switch (picture_.subject) {
        case Subject::calls:
            draw_calls();
            break;
        case Subject::window:
            draw_window();
            break;
        case Subject::first:
            if (!foot_is_taken()) draw_footer(picture_.list_page);
            draw_first();
            break;
        case Subject::notices:
            draw_notices();
            break;
        case Subject::message:
            if (picture_.warning.empty()) draw_notices();
            break;
    }
    return turning_;
}

}  // namespace hall::board
