#include "displays/console/alarm_view.h"

#include <algorithm>

#include "displays/console/action_list.h"
#include "displays/console/dialog.h"
#include "displays/console/key_button.h"
#include "wording/wording.h"

namespace hall::console {
namespace {

using kit::Box;
using kit::ButtonKind;
using kit::kConsoleColours;
using kit::Key;
using kit::kUnitPx;
using kit::Rgb;
using kit::Size;
using kit::Weight;
using wording::text;

using Wish = std::optional<AlarmAct>;

constexpr const char* kRespondKey = "F11";
constexpr const char* kRaiseKey = "F12";

float button_width(kit::Ui& ui, const std::string& label, const char* key) {
    return width_of(ui, label, Size::body, Weight::bold) + width_of(ui, key, Size::small) +
           6 * kUnitPx;
}

// Those whose characters are no higher than `height`; the smallest always.
std::vector<Size> sizes_in(const kit::Ui& ui, float height) {
    std::vector<Size> out;
    for (const Size size : {Size::title, Size::body}) {
        if (ui.style(size).height + kUnitPx / 2 <= height) out.push_back(size);
    }
    out.push_back(Size::small);
    return out;
}

// Whether somebody goes, who is asked to, and how many more are open.
std::string second_line(const AlarmPicture& picture) {
    std::string out = picture.message.word;
    if (!out.empty()) out += " · ";
    out += picture.state.word;
    if (!picture.responders.empty()) out += " · " + picture.responders;
    if (!picture.more.empty()) out += " · " + picture.more;
    return out;
}

Wish view_places(kit::Ui& ui, const AlarmPicture& picture, const Box& area) {
    const float foot = button_height(ui) + kUnitPx;
    const auto count = static_cast<float>(std::max<std::size_t>(1, picture.options.size()));
    const Frame frame = begin_frame(ui, {.title = picture.dialog_title,
                                         .message = picture.message,
                                         .width = ui.scaled(760),
                                         .content_height = count * choice_height(ui) + foot,
                                         .area = area});
    Wish wish;
    if (frame.closed) wish = AlarmAct{AlarmDo::dismiss};
    Box list = frame.inner;
    list.h -= foot;
    if (auto place = choose(
            ui, {.id = "alarm.places", .box = list, .empty = text("console.alarm.no_places")},
            picture.options)) {
        wish = AlarmAct{AlarmDo::place, *place};
    }
    if (key_button(ui, {.id = "alarm.drill",
                        .box = {list.x, list.bottom() + kUnitPx, list.w, foot - kUnitPx},
                        .label = text("console.alarm.as_drill"),
                        .key_name = "D",
                        .key = Key::d,
                        .kind = ButtonKind::choice,
                        .on = picture.raise_drill,
                        .size = Size::body})) {
        wish = AlarmAct{AlarmDo::drill};
    }
    return wish;
}

// Nothing but a choice.
Wish view_options(kit::Ui& ui, const AlarmPicture& picture, const Box& area) {
    const auto count = static_cast<float>(picture.options.size());
    const Frame frame = begin_frame(ui, {.title = picture.dialog_title,
                                         .message = picture.message,
                                         .width = ui.scaled(640),
                                         .content_height = count * choice_height(ui),
                                         .area = area});
    Wish wish;
    if (frame.closed) wish = AlarmAct{AlarmDo::dismiss};
    const bool kinds = picture.dialog == AlarmDialog::kind;
    if (const auto value = choose(
            ui, {.id = kinds ? "alarm.kinds" : "alarm.outcomes", .box = frame.inner, .empty = ""},
            picture.options)) {
        wish = AlarmAct{kinds ? AlarmDo::kind : AlarmDo::outcome, *value};
    }
    return wish;
}

// What to do while the hall does not hear it, as large as there is room for.
Wish view_unheard(kit::Ui& ui, const AlarmPicture& picture, const Box& area) {
    const Size size = ui.style(Size::large).height * 12 < area.h ? Size::large : Size::title;
    const Frame frame = begin_frame(ui, {.title = picture.dialog_title,
                                         .width = ui.scaled(860),
                                         .content_height = 3 * line_height(ui, size) + 2 * kUnitPx,
                                         .area = area});
    const Box& inner = frame.inner;
    ui.label({.box = {inner.x, inner.y + 2 * kUnitPx, inner.w, inner.h - 2 * kUnitPx},
              .string = text("console.alarm.unheard"),
              .size = size,
              .weight = Weight::bold,
              .colour = kConsoleColours.danger,
              .fit = kit::Fit::wrap,
              .role = "alarm"});
    if (frame.closed) return AlarmAct{AlarmDo::dismiss};
    return std::nullopt;
}

struct FootKey {
    AlarmDo what = AlarmDo::dismiss;
    const char* id = "";
    const char* label = "";
    const char* key_name = "";
    Key key = Key::none;
    ButtonKind kind = ButtonKind::secondary;
};

Wish view_foot(kit::Ui& ui, const AlarmPicture& picture, const Box& box) {
    std::vector<FootKey> keys;
    if (picture.can_acknowledge) {
        keys.push_back({AlarmDo::acknowledge, "alarm.go", "console.alarm.acknowledge", "Enter",
                        Key::enter, ButtonKind::primary});
    }
    keys.push_back({AlarmDo::ask_outcome, "alarm.end", "console.alarm.end", "E", Key::e});
    if (picture.others) {
        keys.push_back({AlarmDo::next, "alarm.next", "console.alarm.next", "N", Key::n});
    }
    Wish wish;
    const auto count = static_cast<float>(keys.size());
    const float width = (box.w - kUnitPx * (count - 1)) / count;
    float x = box.x;
    for (const FootKey& one : keys) {
        if (key_button(ui, {.id = one.id,
                            .box = {x, box.y, width, box.h},
                            .label = text(one.label),
                            .key_name = one.key_name,
                            .key = one.key,
                            .kind = one.kind,
                            .size = Size::body})) {
            wish = AlarmAct{one.what};
        }
        x += width + kUnitPx;
    }
    return wish;
}

Wish view_page(kit::Ui& ui, const AlarmPicture& picture, const Box& area) {
    const float head = 2 * line_height(ui, Size::body);
    const float foot = button_height(ui) + kUnitPx;
    const auto count = static_cast<float>(std::max<std::size_t>(1, picture.steps.size()));
    const Frame frame = begin_frame(ui, {.title = picture.dialog_title,
                                         .message = picture.message,
                                         .width = ui.scaled(860),
                                         .content_height = head + count * choice_height(ui) + foot,
                                         .area = area});
    Wish wish;
    if (frame.closed) wish = AlarmAct{AlarmDo::dismiss};
    Box rest = frame.inner;
    const float line_h = head / 2;
    view_message(ui, picture.page_state, {rest.x, rest.y, rest.w, line_h});
    line(ui, {.box = {rest.x, rest.y + line_h, rest.w, line_h},
              .string = picture.page_responders,
              .role = "alarm"});
    rest.y += head;
    rest.h -= head + foot;
    std::vector<ActionRow> rows;
    for (const AlarmStep& step : picture.steps) {
        rows.push_back({step.text, "", step.done, step.open ? text("console.alarm.step") : ""});
    }
    if (const auto step = action_list(
            ui, {.id = "alarm.step", .box = rest, .empty = text("console.alarm.no_steps")}, rows)) {
        wish = AlarmAct{AlarmDo::step, std::to_string(*step + 1)};
    }
    const Box keys{rest.x, rest.bottom() + kUnitPx, rest.w, foot - kUnitPx};
    if (const Wish key = view_foot(ui, picture, keys)) wish = key;
    return wish;
}

}  // namespace

float raise_width(kit::Ui& ui) {
    return button_width(ui, text("console.alarm.raise"), kRaiseKey);
}

float alarm_height(const kit::Ui& ui, const AlarmPicture& picture) {
    if (!picture.shown) return 0;
    return button_height(ui) + kUnitPx;
}

Wish view_alarm_banner(kit::Ui& ui, const AlarmPicture& picture, const Box& box) {
    const Rgb fill = picture.answered ? kConsoleColours.bar
                     : picture.drill  ? kConsoleColours.warning
                                      : kConsoleColours.danger;
    ui.canvas().fill(box, fill);
    Wish wish;
    const std::string label =
        text(picture.answered ? "console.alarm.steps" : "console.alarm.acknowledge");
    // The hall does not know of it yet: nobody can answer it.
    const float w = picture.unheard ? 0 : button_width(ui, label, kRespondKey);
    const Box button{box.right() - kUnitPx - w, box.y + kUnitPx / 2, w, box.h - kUnitPx};
    if (!picture.unheard &&
        key_button(ui, {.id = picture.answered ? "alarm.show" : "alarm.acknowledge",
                        .box = button,
                        .label = label,
                        .key_name = kRespondKey,
                        .key = Key::f11,
                        .size = Size::body})) {
        wish = AlarmAct{AlarmDo::respond};
    }
    const float side = ui.style(Size::title).height;
    mark(ui, {box.x + 2 * kUnitPx, box.centre_y() - side / 2, side, side}, Gravity::warning,
         kConsoleColours.on_dark);
    const float x = box.x + 3 * kUnitPx + side;
    const float room = button.x - kUnitPx - x;
    const float second = picture.unheard ? 0 : ui.style(Size::small).height + kUnitPx / 2;
    const float first = box.h - second - kUnitPx;
    line(ui, {.box = {x, box.y + kUnitPx / 2, room, first},
              .string = picture.title,
              .sizes = sizes_in(ui, first),
              .weight = Weight::bold,
              .colour = kConsoleColours.on_dark,
              .ground = fill,
              .role = "alarm"});
    if (picture.unheard) return wish;
    line(ui, {.box = {x, box.y + kUnitPx / 2 + first, room, second},
              .string = second_line(picture),
              .sizes = {Size::small},
              .colour = kConsoleColours.on_dark,
              .ground = fill,
              .role = "alarm"});
    return wish;
}

Wish view_raise_key(kit::Ui& ui, const AlarmPicture& picture, const Box& box) {
    if (!key_button(ui, {.id = "alarm.raise",
                         .box = box,
                         .label = text("console.alarm.raise"),
                         .key_name = kRaiseKey,
                         .key = Key::f12,
                         .kind = ButtonKind::danger,
                         .size = Size::body})) {
        return std::nullopt;
    }
    const bool raising =
        picture.dialog == AlarmDialog::place || picture.dialog == AlarmDialog::kind;
    return AlarmAct{raising ? AlarmDo::dismiss : AlarmDo::ask_raise};
}

Wish view_alarm_dialog(kit::Ui& ui, const AlarmPicture& picture, const Box& area) {
    switch (picture.dialog) {
        case AlarmDialog::place:
            return view_places(ui, picture, area);
        case AlarmDialog::unheard:
            return view_unheard(ui, picture, area);
        case AlarmDialog::page:
            return view_page(ui, picture, area);
        case AlarmDialog::none:
        case AlarmDialog::kind:
        case AlarmDialog::outcome:
            return view_options(ui, picture, area);
    }
    return std::nullopt;
}

Wish draw_alarm(kit::Ui& ui, const AlarmPicture& picture, const Box& area) {
    const float strip = alarm_height(ui, picture);
    const bool open = picture.dialog != AlarmDialog::none;
    Wish wish;
    if (open)
        wish = view_alarm_dialog(ui, picture, {area.x, area.y + strip, area.w, area.h - strip});
    if (picture.shown) {
        if (const Wish key = view_alarm_banner(ui, picture, {area.x, area.y, area.w, strip})) {
            wish = key;
        }
    }
    const float w = raise_width(ui);
    const float h = std::max(ui.target_px(), area.y - 2 * kUnitPx);
    const Box key{area.right() - 3 * kUnitPx - w, area.y / 2 - h / 2, w, h};
    if (const Wish raise = view_raise_key(ui, picture, key)) wish = raise;
    if (open) ui.end_dialog();
    return wish;
}

}  // namespace hall::console
