#include "displays/supervisor/supervisor_view.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "displays/console/action_list.h"
#include "displays/console/alarm_view.h"
#include "displays/console/dialog.h"
#include "displays/console/key_button.h"
#include "displays/console/sign_on_view.h"
#include "wording/wording.h"

namespace hall::supervisor {
namespace {

using console::button_height;
using console::key_button;
using kit::Box;
using kit::ButtonKind;
using kit::kConsoleColours;
using kit::Key;
using kit::kUnitPx;
using kit::Rgb;
using kit::Size;
using kit::Weight;
using wording::text;

// At scale 1: wide enough for both beside each other.
constexpr float kWideFromPx = 1000;
constexpr float kSectionsPx = 330;
// An answer is a sentence or two.
constexpr std::size_t kAnswerBytesMax = 600;

struct SectionKey {
    Key key;
    const char* name;
};
// F11 and F12 are the alarm's.
constexpr std::array<SectionKey, kSections> kKeys{{{Key::f1, "F1"},
                                                   {Key::f2, "F2"},
                                                   {Key::f3, "F3"},
                                                   {Key::f4, "F4"},
                                                   {Key::f5, "F5"},
                                                   {Key::f6, "F6"},
                                                   {Key::f7, "F7"},
                                                   {Key::f8, "F8"},
                                                   {Key::f9, "F9"},
                                                   {Key::f10, "F10"}}};

// Key, name, count with its shape.
bool view_section(kit::Ui& ui, const SectionPicture& section, std::size_t index, bool on,
                  const Box& box) {
    const std::string id = "section." + std::to_string(index);
    const SectionKey& key = kKeys[index];
    const bool pressed = ui.button({.id = id,
                                    .box = box,
                                    .kind = on ? ButtonKind::primary : ButtonKind::secondary,
                                    .key = key.key});
    const Rgb fill = on ? kConsoleColours.action : kConsoleColours.panel;
    const Rgb word = on ? kConsoleColours.on_dark : kConsoleColours.text;
    const Rgb hint = on ? kConsoleColours.on_dark : kConsoleColours.muted;
    const Rgb grave = on ? kConsoleColours.on_dark : console::on_light(section.count.gravity);
    Box rest = box.inset(kUnitPx);
    const float key_w = console::width_of(ui, "F10", Size::small) + kUnitPx;
    console::line(ui, {.box = {rest.x, rest.y, key_w, rest.h},
                       .string = key.name,
                       .sizes = {Size::small},
                       .colour = hint,
                       .ground = fill,
                       .role = id});
    const float count_w = console::width_of(ui, section.count.word, Size::body, Weight::bold) + 1;
    console::line(ui, {.box = {rest.right() - count_w, rest.y, count_w, rest.h},
                       .string = section.count.word,
                       .sizes = {Size::body},
                       .weight = Weight::bold,
                       .colour = grave,
                       .ground = fill,
                       .role = id});
    const float side = std::ceil(ui.style(Size::small).height * 0.9F);
    const float mark_x = rest.right() - count_w - side - kUnitPx;
    console::mark(ui, {mark_x, rest.centre_y() - side / 2, side, side}, section.count.gravity,
                  grave);
    console::line(ui, {.box = {rest.x + key_w, rest.y, mark_x - rest.x - key_w - kUnitPx, rest.h},
                       .string = section.name,
                       .weight = Weight::bold,
                       .colour = word,
                       .ground = fill,
                       .role = id});
    return pressed;
}

Wish view_sections(kit::Ui& ui, const SupervisorPicture& picture, const Box& box, int columns) {
    Wish wish;
    const auto across = static_cast<float>(columns);
    const float width = (box.w - kUnitPx * (across - 1)) / across;
    const float height = button_height(ui);
    const int rows = (static_cast<int>(kSections) + columns - 1) / columns;
    const kit::Page page = ui.pages("sections", box, rows, height + kUnitPx);
    for (std::size_t i = 0; i < picture.sections.size(); ++i) {
        const int row = static_cast<int>(i) / columns;
        const int column = static_cast<int>(i) % columns;
        if (row < page.first || row >= page.end) {
            // Not on this page, but its key works.
            if (ui.shortcut(kKeys[i].key)) {
                wish = SupervisorAct{SupervisorDo::section, std::to_string(i)};
            }
            continue;
        }
        const Box at{box.x + static_cast<float>(column) * (width + kUnitPx),
                     page.rows.y + static_cast<float>(row - page.first) * (height + kUnitPx), width,
                     height};
        const bool on = columns == 1 && i == picture.selected;
        if (view_section(ui, picture.sections[i], i, on, at)) {
            wish = SupervisorAct{SupervisorDo::section, std::to_string(i)};
        }
    }
    return wish;
}

Wish view_list(kit::Ui& ui, const SupervisorPicture& picture, const Box& box, bool has_back) {
    Wish wish;
    ui.panel(box);
    const float pad = 2 * kUnitPx;
    const float head =
        has_back ? button_height(ui) + kUnitPx : console::line_height(ui, Size::title) + kUnitPx;
    Box title{box.x + pad, box.y + kUnitPx / 2, box.w - 2 * pad, head};
    if (has_back) {
        const std::string label = text("supervisor.back");
        const float w = console::width_of(ui, label, Size::small, Weight::bold) +
                        console::width_of(ui, "Esc", Size::small) + 5 * kUnitPx;
        if (key_button(ui, {.id = "back",
                            .box = {title.right() - w, title.y, w, head - kUnitPx},
                            .label = label,
                            .key_name = "Esc",
                            .key = Key::escape,
                            .kind = ButtonKind::quiet,
                            .size = Size::small})) {
            wish = SupervisorAct{SupervisorDo::list};
        }
        title.w -= w + kUnitPx;
    }
    console::line(ui, {.box = title,
                       .string = picture.title,
                       .sizes = {Size::title, Size::body},
                       .weight = Weight::bold,
                       .role = "list"});
    Box rest{box.x + pad, box.y + head + kUnitPx, box.w - 2 * pad, 0};
    rest.h = box.bottom() - kUnitPx - rest.y;
    if (!picture.more.empty()) {
        const float foot = console::line_height(ui, Size::small);
        rest.h -= foot;
        console::line(ui, {.box = {rest.x, rest.bottom(), rest.w, foot},
                           .string = picture.more,
                           .sizes = {Size::small},
                           .colour = kConsoleColours.muted,
                           .role = "list"});
    }
    std::vector<console::ActionRow> rows;
    for (const RowPicture& row : picture.rows) {
        rows.push_back({row.title, row.detail, row.state, row.press});
    }
    const std::string id = "rows." + std::to_string(picture.selected);
    const bool of_emergencies = picture.selected == static_cast<std::size_t>(Section::emergencies);
    if (const auto pressed =
            console::action_list(ui,
                                 {.id = id,
                                  .box = rest,
                                  .empty = picture.empty,
                                  // An alarm goes by a way of its own, which may work all the same.
                                  .disabled = of_emergencies ? std::string_view() : picture.busy},
                                 rows)) {
        wish = SupervisorAct{SupervisorDo::press, picture.rows[*pressed].id};
    }
    return wish;
}

Wish view_page(kit::Ui& ui, const SupervisorPicture& picture, const Box& area) {
    const bool wide = area.w / ui.scaled(1) >= kWideFromPx;
    const float margin = 2 * kUnitPx;
    Box rest = area.inset(margin);
    if (!picture.message.word.empty()) {
        const float message = console::message_height(ui, picture.message);
        console::view_message(ui, picture.message,
                              {rest.x, rest.bottom() - message, rest.w, message},
                              kConsoleColours.ground);
        rest.h -= message + kUnitPx;
    }
    if (!wide) {
        if (picture.list_open) return view_list(ui, picture, rest, true);
        return view_sections(ui, picture, rest, 2);
    }
    const float left = std::round(ui.scaled(kSectionsPx));
    Wish wish = view_sections(ui, picture, {rest.x, rest.y, left, rest.h}, 1);
    const Box list{rest.x + left + margin, rest.y, rest.w - left - margin, rest.h};
    if (const Wish pressed = view_list(ui, picture, list, false)) wish = pressed;
    return wish;
}

// Begins a dialog.
Wish view_answer(kit::Ui& ui, const SupervisorPicture& picture, const Box& area) {
    const float field = kit::text_field_heights(ui.scaled(1)).all();
    const float about = 2 * console::line_height(ui, Size::small);
    const float send = button_height(ui);
    const console::Frame frame =
        console::begin_frame(ui, {.title = picture.dialog_title,
                                  .message = picture.message,
                                  .width = ui.scaled(860),
                                  .content_height = about + field + send + 3 * kUnitPx,
                                  .area = area});
    Wish wish;
    if (frame.closed) wish = SupervisorAct{SupervisorDo::dismiss};
    Box rest = frame.inner;
    console::line(ui, {.box = {rest.x, rest.y, rest.w, about},
                       .string = picture.about,
                       .colour = kConsoleColours.muted,
                       .role = "about"});
    rest.y += about + kUnitPx;
    if (auto written = ui.text_field({.id = "answer",
                                      .box = {rest.x, rest.y, rest.w, field},
                                      .caption = text("supervisor.answer.caption"),
                                      .text = picture.written,
                                      .bytes_max = kAnswerBytesMax,
                                      .first = true,
                                      .last = true})) {
        wish = SupervisorAct{SupervisorDo::write, std::move(*written)};
    }
    if (key_button(ui, {.id = "send",
                        .box = {rest.x, frame.inner.bottom() - send, rest.w, send},
                        .label = text("supervisor.send"),
                        .key_name = "Enter",
                        .key = Key::enter,
                        .kind = ButtonKind::primary,
                        .disabled = picture.busy.empty() ? picture.send_off : picture.busy,
                        .size = Size::body})) {
        wish = SupervisorAct{SupervisorDo::send};
    }
    return wish;
}

}  // namespace

Wish draw_supervisor(kit::Ui& ui, const SupervisorPicture& picture) {
    const Box below = console::bar(
        ui, {.title = text("supervisor.title"),
             .facts = {picture.hall},
             .states = picture.states,
             .right = picture.clock,
             .right_room = console::raise_width(ui) + console::sign_on_width(ui, picture.sign_on)});
    const float alarm = console::alarm_height(ui, picture.alarm);
    const Box area{below.x, below.y + alarm, below.w, below.h - alarm};
    Wish wish = view_page(ui, picture, area);
    console::SignOnPicture sign_on = picture.sign_on;
    const bool alarm_dialog = picture.alarm.dialog != console::AlarmDialog::none;
    sign_on.open = sign_on.open && !alarm_dialog;
    const bool dialog = !alarm_dialog && !sign_on.open && picture.dialog != SupervisorDialog::none;
    if (dialog) wish = view_answer(ui, picture, area);
    if (const auto act = console::draw_sign_on(ui, sign_on, below.y, area)) wish = *act;
    if (const auto act = console::draw_alarm(ui, picture.alarm, below)) wish = *act;
    if (dialog || sign_on.open) ui.end_dialog();
    return wish;
}

}  // namespace hall::supervisor
