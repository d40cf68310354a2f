#include "displays/guide/guide_view.h"

#include <algorithm>
#include <cmath>

#include "displays/console/alarm_view.h"
#include "displays/console/key_button.h"
#include "displays/guide/view_page.h"
#include "wording/wording.h"

namespace hall::guide {

using kit::Box;
using kit::ButtonKind;
using kit::kConsoleColours;
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
    if (picture.walk.board.open) return view_board(ui, picture);
    if (picture.walk.page.open) return view_walk(ui, picture);
    if (picture.entry.open) return view_entry(ui, picture);
    if (picture.needs.open) return view_needs(ui, picture);
    if (picture.appointments.open) return view_appointments(ui, picture);
    if (picture.booking.open) return view_booking(ui, picture);
    if (picture.stopped.open) return view_stopped(ui, picture);
    if (picture.closing.open) return view_closing(ui, picture);
    if (picture.notices_open) return view_notices(ui, picture);
    if (picture.list.open && shape == Shape::compact) return view_list_sheet(ui, picture);
    return std::nullopt;
}

Wish wish_of(const std::optional<console::AlarmAct>& act) {
    if (!act) return std::nullopt;
    return Act{.what = Do::alarm, .alarm = *act};
}

Box top_strip(kit::Ui& ui) {
    return {0, 0, ui.canvas().area().w, top_height(ui)};
}

// With its right end at `right`.
Box raise_box(kit::Ui& ui, float right, float y) {
    const float width = std::max(kTouchTargetPx * 1.5F, console::raise_width(ui));
    return {right - width, y, width, kTouchTargetPx};
}

// Buttons of the other pages before `right` where there is room for them; their keys everywhere.
Wish draw_keys(kit::Ui& ui, const WalkPicture& walk, const std::vector<Box>& boxes) {
    Wish wish;
    for (std::size_t i = 0; i < walk.keys.size(); ++i) {
        const WalkButton& button = walk.keys[i];
        const bool pressed = i < boxes.size() ? walk_button(ui, button, boxes[i])
                                              : ui.shortcut(key_named(button.key));
        if (pressed) wish = Act{.what = Do::walk, .walk = button.act};
    }
    return wish;
}

std::vector<Box> key_boxes(kit::Ui& ui, const WalkPicture& walk, const Box& raise) {
    std::vector<Box> out;
    float right = raise.x - kUnitPx;
    for (auto button = walk.keys.rbegin(); button != walk.keys.rend(); ++button) {
        const float width = std::max(
            kTouchTargetPx, console::width_of(ui, button->label, Size::body, Weight::bold) +
                                console::width_of(ui, button->key, Size::small) + 4 * kUnitPx);
        out.insert(out.begin(), {right - width, raise.y, width, raise.h});
        right -= width + kUnitPx;
    }
    return out;
}

// At the right end of the top, where it stands on every page that leaves the top alone.
Box raise_at_top(kit::Ui& ui) {
    const Box strip = top_strip(ui);
    return raise_box(ui, strip.w - kUnitPx, (strip.h - kTouchTargetPx) / 2);
}

// The banner, while an emergency is open, and the key that raises one.
Wish view_alarm(kit::Ui& ui, const GuidePicture& picture, const Box& banner, const Box& raise) {
    Wish wish;
    if (picture.alarm.shown) wish = wish_of(console::view_alarm_banner(ui, picture.alarm, banner));
    // By its key and by touch: who only goes on from field to field never comes to it.
    ui.in_ring(false);
    const Wish key = wish_of(console::view_raise_key(ui, picture.alarm, raise));
    ui.in_ring(true);
    return key ? key : wish;
}

Wish view_alarm_at_top(kit::Ui& ui, const GuidePicture& picture) {
    const Box raise = raise_at_top(ui);
    return view_alarm(ui, picture, {0, 0, raise.x - kUnitPx, top_height(ui)}, raise);
}

// The bar, or the banner of an open emergency in its place; what is left below. The key that raises
// an alarm stands at the right end of both.
Wish draw_top(kit::Ui& ui, const GuidePicture& picture, bool wide, Box& area) {
    const Box strip = top_strip(ui);
    Wish wish;
    if (picture.alarm.shown) {
        ui.canvas().fill(strip, kConsoleColours.bar);
        wish = draw_keys(ui, picture.walk, {});
    } else {
        const Box raise = raise_at_top(ui);
        const auto boxes = wide ? key_boxes(ui, picture.walk, raise) : std::vector<Box>();
        const float right = boxes.empty() ? raise.x : boxes.front().x;
        const std::string title =
            wording::text("guide.title") + (picture.place.empty() ? "" : " " + picture.place);
        area = console::bar(ui, {.title = title,
                                 .facts = {picture.walk.who, picture.phase, picture.waiting},
                                 .states = picture.states,
                                 .right = picture.clock,
                                 .right_room = strip.w - right - 2 * kUnitPx,
                                 .least_height = strip.h});
        wish = draw_keys(ui, picture.walk, boxes);
    }
    const Wish alarm = view_alarm_at_top(ui, picture);
    return alarm ? alarm : wish;
}

Wish draw_alarm_dialog(kit::Ui& ui, const GuidePicture& picture) {
    const Box strip = top_strip(ui);
    const Box whole = ui.canvas().area();
    const Box below{0, strip.h - kUnitPx, whole.w, whole.h - strip.h + kUnitPx};
    Wish wish = wish_of(console::view_alarm_dialog(ui, picture.alarm, below));
    if (const Wish alarm = view_alarm_at_top(ui, picture)) wish = alarm;
    ui.end_dialog();
    return wish;
}

}  // namespace

float top_height(const kit::Ui& ui) {
    return std::max(kTouchTargetPx + kUnitPx, 28 + ui.scaled(28));
}

Wish draw_guide(kit::Ui& ui, const GuidePicture& picture) {
    ui.touched();
    const float scale = ui.scaled(1);
    const Box whole = ui.canvas().area();
    const bool wide = whole.w / scale >= kWideFromPx;
    Box area{0, top_height(ui), whole.w, whole.h - top_height(ui)};
    Wish wish = draw_top(ui, picture, wide, area);
    const GuideLayout layout =
        guide_layout(area, scale, {picture.has_appointments, picture.closing.shown});
    if (const Wish home = draw_home(ui, picture, layout)) wish = home;
    if (picture.alarm.dialog != console::AlarmDialog::none) {
        if (const Wish act = draw_alarm_dialog(ui, picture)) wish = act;
    } else if (const Wish sheet = draw_sheet(ui, picture, layout.shape)) {
        wish = sheet;
    }
    return wish;
}

Box dialog_area(kit::Ui& ui, const GuidePicture& picture) {
    Box area = ui.canvas().area();
    if (!picture.alarm.shown) return area;
    const float top = top_height(ui) - kUnitPx;
    return {area.x, area.y + top, area.w, area.h - top};
}

Wish view_always(kit::Ui& ui, const GuidePicture& picture, float right, float y) {
    return view_alarm(ui, picture, top_strip(ui), raise_box(ui, right, y));
}

Sheet begin_sheet(kit::Ui& ui, const std::string& title, const GuidePicture& picture) {
    const Box box = dialog_area(ui, picture).inset(2 * kUnitPx);
    Sheet out;
    if (ui.begin_dialog(box, title)) out.wish = Act{Do::close};
    const float width = std::max(kTouchTargetPx * 2, ui.scaled(150));
    const float height = std::max(kTouchTargetPx, ui.scaled(40));
    const float x = box.right() - width - 2 * kUnitPx;
    if (const Wish always = view_always(ui, picture, x - kUnitPx, box.y + kUnitPx)) {
        out.wish = always;
    }
    if (console::key_button(ui, {.id = "close",
                                 .box = {x, box.y + kUnitPx, width, height},
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
