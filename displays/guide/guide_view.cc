#include "displays/guide/guide_view.h"

#include <algorithm>
#include <cmath>

#include "displays/console/key_button.h"
#include "wording/wording.h"

namespace hall::guide {

using kit::Box;
using kit::ButtonKind;
using kit::Key;
using kit::kTouchTargetPx;
using kit::kUnitPx;
using kit::Size;
using kit::Weight;

namespace {

Wish draw_home(kit::Ui& ui, const GuidePicture& picture, const GuideLayout& layout) {
    Wish wish = view_form(ui, picture, layout);
    if (const Wish card = view_card(ui, picture, layout)) wish = card;
    if (const Wish tool = view_tools(ui, picture, layout)) wish = tool;
    if (layout.shape != Shape::wide) return wish;
    if (const Wish row = view_list(ui, picture, layout.list)) wish = row;
    return wish;
}

Wish draw_sheet(kit::Ui& ui, const GuidePicture& picture, Shape shape) {
    if (picture.entry.open) return view_entry(ui, picture.entry);
    if (picture.needs.open) return view_needs(ui, picture.needs);
    if (picture.appointments.open) return view_appointments(ui, picture);
    if (picture.booking.open) return view_booking(ui, picture);
    if (picture.stopped.open) return view_stopped(ui, picture.stopped);
    if (picture.closing.open) return view_closing(ui, picture);
    if (picture.notices_open) return view_notices(ui, picture);
    if (picture.list.open && shape == Shape::compact) return view_list_sheet(ui, picture);
    return std::nullopt;
}

}  // namespace

Wish draw_guide(kit::Ui& ui, const GuidePicture& picture) {
    const std::string title =
        wording::text("guide.title") + (picture.place.empty() ? "" : " " + picture.place);
    const kit::Box area = console::bar(ui, {.title = title,
                                            .facts = {picture.phase, picture.waiting},
                                            .states = picture.states,
                                            .right = picture.clock});
    const GuideLayout layout =
        guide_layout(area, ui.scaled(1), {picture.has_appointments, picture.closing.shown});
    Wish wish = draw_home(ui, picture, layout);
    if (const Wish sheet = draw_sheet(ui, picture, layout.shape)) wish = sheet;
    return wish;
}

Sheet begin_sheet(kit::Ui& ui, const std::string& title) {
    const Box box = ui.canvas().area().inset(2 * kUnitPx);
    Sheet out;
    if (ui.begin_dialog(box, title)) out.wish = Act{Do::close};
    const float width = std::max(kTouchTargetPx * 2, ui.scaled(150));
    const float height = std::max(kTouchTargetPx, ui.scaled(40));
    if (console::key_button(
            ui, {.id = "close",
                 .box = {box.right() - width - 2 * kUnitPx, box.y + kUnitPx, width, height},
                 .label = wording::text("guide.close"),
                 .key_name = "Esc",
                 .size = Size::body})) {
        out.wish = Act{Do::close};
    }
    const float y = box.y + height + 2 * kUnitPx;
    out.body = {box.x + 3 * kUnitPx, y, box.w - 6 * kUnitPx, box.bottom() - 2 * kUnitPx - y};
    return out;
}

kit::Page rows_around(kit::Ui& ui, const RowsSpec& spec, Wish& wish) {
    const Box& box = spec.box;
    if (spec.count <= std::max(1, static_cast<int>(box.h / spec.height))) {
        return {0, spec.count, box};
    }
    const float foot = std::max(kTouchTargetPx, ui.style(Size::body).height + 2 * kUnitPx);
    const Box rows{box.x, box.y, box.w, std::max(spec.height, box.h - foot - kUnitPx)};
    const int per_page = std::max(1, static_cast<int>(rows.h / spec.height));
    const int pages = (spec.count + per_page - 1) / per_page;
    const int page = std::clamp(spec.at / per_page, 0, pages - 1);
    const float side = std::max(foot, 2 * kTouchTargetPx);
    const float y = box.bottom() - foot;
    const auto turn = [&](const char* end, const char* label, Key key, const Box& at, int by) {
        const std::string id = std::string(spec.id) + end;
        if (ui.button({.id = id,
                       .box = at,
                       .label = label,
                       .kind = ButtonKind::quiet,
                       .key = key,
                       .size = Size::body})) {
            wish = Act{.what = spec.move, .by = by};
        }
    };
    turn(".back", "◀", Key::page_up, {box.x, y, side, foot}, -per_page);
    turn(".on", "▶", Key::page_down, {box.right() - side, y, side, foot}, per_page);
    console::line(ui, {.box = {box.x + side, y, box.w - 2 * side, foot},
                       .string = std::to_string(page + 1) + " / " + std::to_string(pages),
                       .align = kit::Align::centre,
                       .role = spec.id});
    return {page * per_page, std::min(spec.count, (page + 1) * per_page), rows};
}

float view_number(kit::Ui& ui, const Box& row, const std::string& number, bool green) {
    const float disc = std::ceil(ui.style(Size::small).height * 1.5F);
    const float width = std::max(console::width_of(ui, "M0000", Size::body, Weight::bold),
                                 console::width_of(ui, number, Size::body, Weight::bold) + kUnitPx);
    console::line(ui, {.box = {row.x, row.y, width, row.h},
                       .string = number,
                       .weight = Weight::bold,
                       .role = "row"});
    if (green) console::green_mark(ui, row.x + width, row.centre_y(), disc);
    return row.x + width + disc + kUnitPx;
}

void view_message(kit::Ui& ui, const Box& box, const Word& word, kit::Rgb ground,
                  const char* role) {
    const Gravity gravity = word.gravity;
    Box words = box;
    const float side = ui.style(Size::body).height;
    if (console::mark_of(gravity) != kit::Mark::none && gravity != Gravity::waiting) {
        console::mark(ui, {words.x, words.centre_y() - side / 2, side, side}, gravity,
                      console::on_light(gravity));
        words.x += side + kUnitPx;
        words.w -= side + kUnitPx;
    }
    console::line(ui, {.box = words,
                       .string = word.word,
                       .weight = gravity == Gravity::bad ? Weight::bold : Weight::regular,
                       .colour = console::on_light(gravity),
                       .ground = ground,
                       .role = role});
}

Key key_after(Key first, std::size_t steps) {
    return static_cast<Key>(static_cast<int>(first) + static_cast<int>(steps));
}

}  // namespace hall::guide
