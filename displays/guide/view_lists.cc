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

constexpr float kRowPx = 68;

// A number, bold, with the mark of the green channel; returns where the words after it begin.
float view_number(kit::Ui& ui, const Box& row, const std::string& number, bool green) {
    const float disc = std::ceil(ui.style(Size::small).height * 1.5F);
    const float width = console::width_of(ui, "M0000", Size::body, Weight::bold);
    console::line(ui, {.box = {row.x, row.y, width, row.h},
                       .string = number,
                       .weight = Weight::bold,
                       .role = "row"});
    if (green) console::green_mark(ui, row.x + width, row.centre_y(), disc);
    return row.x + width + disc + kUnitPx;
}

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
        prints ? 2 * std::max(kRowPx, ui.scaled(42)) : std::max(kRowPx, ui.scaled(56));
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

Wish view_tools(kit::Ui& ui, const GuidePicture& picture, const GuideLayout& layout) {
    struct Tool {
        const char* id;
        std::string label;
        const char* key_name;
        Key key;
        Do act;
        bool on;
        ButtonKind kind;
    };
    const auto counted = [](const char* key, std::size_t count) {
        return wording::format(key, {{"count", std::to_string(count)}});
    };
    const bool wide = layout.shape == Shape::wide;
    const auto on = [&](List list) { return wide && picture.list.list == list; };
    const bool bad = picture.bad_prints > 0;
    const Tool tools[] = {
        {"tool.away", counted("guide.tool.away", picture.away_count), "F2", Key::f2, Do::show_away,
         on(List::away), ButtonKind::choice},
        {"tool.registered", counted("guide.tool.registered", picture.registered_count), "F3",
         Key::f3, Do::show_registered, on(List::registered), ButtonKind::choice},
        {"tool.prints", counted("guide.tool.prints", picture.bad_prints), "F4", Key::f4,
         Do::show_prints, on(List::prints), bad ? ButtonKind::danger : ButtonKind::choice},
        {"tool.number", text("guide.tool.number"), "F5", Key::f5, Do::enter_number, false,
         ButtonKind::secondary},
    };
    Wish wish;
    for (std::size_t i = 0; i < layout.tools.size(); ++i) {
        const Tool& tool = tools[i];
        if (ui.button({.id = tool.id,
                       .box = layout.tools[i],
                       .kind = tool.kind,
                       .on = tool.on,
                       .key = tool.key})) {
            wish = Act{tool.act};
        }
        const bool filled = tool.on || tool.kind == ButtonKind::danger;
        const kit::Rgb fill = tool.kind == ButtonKind::danger ? kConsoleColours.danger
                              : tool.on                       ? kConsoleColours.action
                                                              : kConsoleColours.panel;
        const kit::Rgb colour = filled ? kConsoleColours.on_dark : kConsoleColours.text;
        const kit::Rgb hint = filled ? kConsoleColours.on_dark : kConsoleColours.muted;
        // The key over the word where the button is narrow, before it where it is wide.
        const Box inner = layout.tools[i].inset(kUnitPx / 2);
        const float key_w = console::width_of(ui, tool.key_name, Size::small);
        const bool beside =
            inner.w >
            key_w + 2 * kUnitPx + console::width_of(ui, tool.label, Size::small, Weight::bold);
        const float half = inner.h / 2;
        const Box key_box = beside ? Box{inner.x + kUnitPx, inner.y, key_w + 1, inner.h}
                                   : Box{inner.x, inner.y + half, inner.w, half};
        const Box word_box =
            beside ? Box{key_box.right(), inner.y, inner.right() - key_box.right(), inner.h}
                   : Box{inner.x, inner.y, inner.w, half};
        console::line(ui, {.box = key_box,
                           .string = tool.key_name,
                           .sizes = {Size::small},
                           .align = Align::centre,
                           .colour = hint,
                           .ground = fill,
                           .role = tool.id});
        console::line(ui, {.box = word_box,
                           .string = tool.label,
                           .weight = Weight::bold,
                           .align = Align::centre,
                           .colour = colour,
                           .ground = fill,
                           .role = tool.id});
    }
    return wish;
}

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

Wish view_list_dialog(kit::Ui& ui, const GuidePicture& picture) {
    const ListPicture& list = picture.list;
    const Box box = ui.canvas().area().inset(2 * kUnitPx);
    Wish wish;
    if (ui.begin_dialog(box, list.title)) wish = Act{Do::close};
    const float close_w = std::max(kTouchTargetPx * 2, ui.scaled(150));
    const float close_h = std::max(kTouchTargetPx, ui.scaled(40));
    if (key_button(ui,
                   {.id = "close",
                    .box = {box.right() - close_w - 2 * kUnitPx, box.y + kUnitPx, close_w, close_h},
                    .label = text("guide.close"),
                    .key_name = "Esc",
                    .size = Size::body})) {
        wish = Act{Do::close};
    }
    const float y = box.y + close_h + 2 * kUnitPx;
    const Wish row =
        view_rows(ui, list, picture.off,
                  {box.x + 3 * kUnitPx, y, box.w - 6 * kUnitPx, box.bottom() - 2 * kUnitPx - y});
    if (row) wish = row;
    ui.end_dialog();
    return wish;
}

}  // namespace hall::guide
