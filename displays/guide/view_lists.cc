// Who is away, who has registered before opening, which prints need a hand.
#include <algorithm>
#include <cmath>

#include "displays/console/key_button.h"
#include "displays/guide/guide_view.h"
#include "wording/wording.h"

namespace hall::guide {
namespace {

using console::key_button;
using kit::Align;
using kit::Box;
using kit::ButtonKind;
using kit::kConsoleColours;
using kit::Key;
using kit::kTouchTargetPx;
using kit::kUnitPx;
using kit::Size;
using kit::Weight;
using wording::text;

constexpr float kListRowPx = 68;

Wish view_row(kit::Ui& ui, const ListRow& row, const std::string& off, const Box& box) {
    const float x = view_number(ui, box, row.number, row.green);
    float right = box.right();
    Wish wish;
    if (row.can_return) {
        const std::string word = text("guide.come_back");
        const float width = std::max(
            kTouchTargetPx, console::width_of(ui, word, Size::small, Weight::bold) + 3 * kUnitPx);
        const float height = std::max(kTouchTargetPx, box.h - kUnitPx);
        right -= width;
        const std::string id = "back." + row.number;
        if (key_button(ui, {.id = id,
                            .box = {right, box.centre_y() - height / 2, width, height},
                            .label = word,
                            .disabled = off,
                            .size = Size::small})) {
            wish = Act{Do::come_back, row.number};
        }
        right -= kUnitPx;
    }
    // Two lines beside the number: what for, and where the visitor is.
    const float half = box.h / 2 - 2;
    const bool stated = row.can_return;
    console::line(ui, {.box = {x, box.y + 2, right - x, stated ? half : box.h - 4},
                       .string = row.service,
                       .sizes = {Size::small},
                       .role = "row"});
    if (stated) {
        console::line(
            ui, {.box = {x, box.y + 2 + half, right - x, half},
                 .string = row.state.word,
                 .sizes = {Size::small},
                 .colour = console::on_light(
                     row.state.gravity == Gravity::plain ? Gravity::waiting : row.state.gravity),
                 .role = "row"});
    }
    return wish;
}

Wish view_print_row(kit::Ui& ui, const PrintRow& row, const std::string& off, const Box& box) {
    struct Button {
        std::string id;
        std::string label;
        std::string disabled;
        Act act;
    };
    const std::string job = std::to_string(row.job);
    std::vector<Button> buttons;
    buttons.push_back({"reprint." + job, text("guide.reprint"),
                       off.empty() ? row.reprint_disabled : off, Act{Do::reprint, "", row.job}});
    if (!row.move_to.empty()) {
        buttons.push_back(
            {"move." + job, text("guide.move"), off, Act{Do::move_print, row.move_to, row.job}});
    }
    buttons.push_back(
        {"dismiss." + job, text("guide.dismiss"), "", Act{Do::dismiss_print, "", row.job}});
    const float half = box.h / 2;
    const float x = view_number(ui, {box.x, box.y, box.w, half}, row.number, false);
    console::line(ui, {.box = {x, box.y, box.right() - x, half},
                       .string = row.state.word,
                       .sizes = {Size::small},
                       .weight = Weight::bold,
                       .colour = console::on_light(row.state.gravity),
                       .role = "row"});
    Wish wish;
    const auto cells = grid({box.x, box.y + half, box.w, half - kUnitPx},
                            static_cast<int>(buttons.size()), 1, kUnitPx);
    for (std::size_t i = 0; i < buttons.size(); ++i) {
        if (key_button(ui, {.id = buttons[i].id,
                            .box = cells[i],
                            .label = buttons[i].label,
                            .disabled = buttons[i].disabled,
                            .size = Size::small})) {
            wish = buttons[i].act;
        }
    }
    return wish;
}

// The rows from under the title to the foot of `box`.
Wish view_rows(kit::Ui& ui, const ListPicture& list, const std::string& off, Box box) {
    Wish wish;
    const Word foot = list.message.word.empty() ? Word{list.more, Gravity::waiting} : list.message;
    if (!foot.word.empty()) {
        const float height = 2 * console::line_height(ui, Size::small);
        box.h -= height;
        console::line(ui, {.box = {box.x, box.bottom(), box.w, height},
                           .string = foot.word,
                           .sizes = {Size::small},
                           .colour = console::on_light(foot.gravity),
                           .role = "list.message"});
    }
    const bool prints = list.list == List::prints;
    const std::size_t count = prints ? list.prints.size() : list.rows.size();
    if (count == 0) {
        console::line(ui, {.box = {box.x, box.y, box.w, std::min(box.h, ui.scaled(64))},
                           .string = list.empty,
                           .sizes = {Size::small},
                           .colour = kConsoleColours.muted,
                           .role = "list"});
        return wish;
    }
    const float height =
        prints ? 2 * std::max(kListRowPx, ui.scaled(42)) : std::max(kListRowPx, ui.scaled(56));
    const std::string id = "list." + std::to_string(static_cast<int>(list.list));
    const kit::Page page = ui.pages(id, box, static_cast<int>(count), height);
    for (int i = page.first; i < page.end; ++i) {
        const auto at = static_cast<std::size_t>(i);
        const float y = page.rows.y + static_cast<float>(i - page.first) * height;
        const Box row{box.x, y, box.w, height};
        if (i > page.first) {
            ui.canvas().line(row.x, row.y, row.right(), row.y, kConsoleColours.hairline, 1);
        }
        const Wish one = prints ? view_print_row(ui, list.prints[at], off, row)
                                : view_row(ui, list.rows[at], off, row);
        if (one) wish = one;
    }
    return wish;
}

}  // namespace

Wish view_list(kit::Ui& ui, const GuidePicture& picture, const Box& box) {
    const ListPicture& list = picture.list;
    ui.panel(box);
    const float pad = 2 * kUnitPx;
    const float head = console::line_height(ui, Size::body);
    console::line(ui, {.box = {box.x + pad, box.y + kUnitPx, box.w - 2 * pad, head},
                       .string = list.title,
                       .weight = Weight::bold,
                       .role = "list"});
    const float y = box.y + kUnitPx + head + kUnitPx / 2;
    return view_rows(ui, list, picture.off,
                     {box.x + pad, y, box.w - 2 * pad, box.bottom() - kUnitPx - y});
}

Wish view_list_sheet(kit::Ui& ui, const GuidePicture& picture) {
    Sheet sheet = begin_sheet(ui, picture.list.title, picture);
    if (const Wish row = view_rows(ui, picture.list, picture.off, sheet.body)) sheet.wish = row;
    ui.end_dialog();
    return sheet.wish;
}

}  // namespace hall::guide
