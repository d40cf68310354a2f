#include "displays/console/alarm_view.h"

#include <algorithm>

#include "displays/console/dialog.h"
#include "displays/console/key_button.h"
#include "wording/wording.h"

namespace hall::console {
namespace {

using kit::Box;
using kit::ButtonKind;
using kit::kClickTargetPx;
using kit::kConsoleColours;
using kit::Key;
using kit::kUnitPx;
using kit::Rgb;
using kit::Size;
using kit::Weight;
using wording::text;

float button_width(kit::Ui& ui, const std::string& label, const char* key) {
    return width_of(ui, label, Size::body, Weight::bold) + width_of(ui, key, Size::small) +
           6 * kUnitPx;
}

float strip_height(const kit::Ui& ui) {
    return std::max(kClickTargetPx, ui.scaled(44)) + kUnitPx;
}

// A word with its shape on the banner; from the right edge `right`. Returns where it begins.
float word_left_of(kit::Ui& ui, const Word& word, float right, const Box& strip, Rgb fill) {
    const float side = ui.style(Size::small).height;
    const float width = width_of(ui, word.word, Size::body, Weight::bold) + 1;
    const float x = right - width;
    mark(ui, {x - side - kUnitPx, strip.centre_y() - side / 2, side, side}, word.gravity,
         kConsoleColours.on_dark);
    line(ui, {.box = {x, strip.y, width, strip.h},
              .string = word.word,
              .weight = Weight::bold,
              .colour = kConsoleColours.on_dark,
              .ground = fill,
              .role = "alarm"});
    return x - side - 3 * kUnitPx;
}

bool view_banner(kit::Ui& ui, const AlarmPicture& picture, const Box& box) {
    const Rgb fill = picture.drill ? kConsoleColours.warning : kConsoleColours.danger;
    ui.canvas().fill(box, fill);
    const Box strip{box.x, box.y, box.w, strip_height(ui)};
    float right = box.right() - 2 * kUnitPx;
    bool acknowledged = false;
    if (picture.can_acknowledge) {
        const std::string label = text("console.alarm.acknowledge");
        const float w = button_width(ui, label, "F10");
        right -= w;
        acknowledged = key_button(ui, {.id = "alarm.acknowledge",
                                       .box = {right, strip.y + kUnitPx / 2, w, strip.h - kUnitPx},
                                       .label = label,
                                       .key_name = "F10",
                                       .key = Key::f10,
                                       .size = Size::body});
        right -= 2 * kUnitPx;
    }
    right = word_left_of(ui, picture.state, right, strip, fill);
    if (!picture.more.empty()) {
        const float w = width_of(ui, picture.more, Size::body) + 1;
        right -= w;
        line(ui, {.box = {right, strip.y, w, strip.h},
                  .string = picture.more,
                  .colour = kConsoleColours.on_dark,
                  .ground = fill,
                  .role = "alarm"});
        right -= 2 * kUnitPx;
    }
    const float side = ui.style(Size::title).height;
    const float x = box.x + 3 * kUnitPx;
    mark(ui, {x, strip.centre_y() - side / 2, side, side}, Gravity::warning,
         kConsoleColours.on_dark);
    const float title_x = x + side + kUnitPx;
    line(ui, {.box = {title_x, strip.y, right - title_x, strip.h},
              .string = picture.title,
              .sizes = {Size::title, Size::body, Size::small},
              .weight = Weight::bold,
              .colour = kConsoleColours.on_dark,
              .ground = fill,
              .role = "alarm"});
    if (!picture.message.word.empty()) {
        line(ui, {.box = {title_x, strip.bottom(), box.right() - title_x - 2 * kUnitPx,
                          box.bottom() - strip.bottom()},
                  .string = picture.message.word,
                  .colour = kConsoleColours.on_dark,
                  .ground = fill,
                  .role = "alarm"});
    }
    return acknowledged;
}

std::optional<AlarmAct> view_choice(kit::Ui& ui, const AlarmPicture& picture, const Box& area) {
    const float foot = std::max(kClickTargetPx, ui.scaled(44)) + kUnitPx;
    const float said =
        picture.message.word.empty() ? 0 : 2 * line_height(ui, Size::small) + kUnitPx;
    const auto count = static_cast<float>(std::max<std::size_t>(1, picture.places.size()));
    const Frame frame = begin_frame(ui, {.title = text("console.alarm.where"),
                                         .width = ui.scaled(760),
                                         .content_height = count * choice_height(ui) + foot + said,
                                         .area = area});
    std::optional<AlarmAct> act;
    if (frame.closed) act = AlarmAct{AlarmDo::dismiss};
    Box list = frame.inner;
    list.h -= foot + said;
    if (auto place = choose(
            ui, {.id = "alarm.places", .box = list, .empty = text("console.alarm.no_places")},
            picture.places)) {
        act = AlarmAct{AlarmDo::raise, *place};
    }
    if (said > 0) {
        line(ui, {.box = {list.x, list.bottom(), list.w, said},
                  .string = picture.message.word,
                  .colour = on_light(picture.message.gravity),
                  .role = "alarm"});
    }
    if (key_button(ui, {.id = "alarm.drill",
                        .box = {list.x, list.bottom() + said, list.w, foot - kUnitPx},
                        .label = text("console.alarm.as_drill"),
                        .key_name = "D",
                        .key = Key::d,
                        .kind = ButtonKind::choice,
                        .on = picture.raise_drill,
                        .size = Size::body})) {
        act = AlarmAct{AlarmDo::drill};
    }
    return act;
}

}  // namespace

float raise_width(kit::Ui& ui) {
    return button_width(ui, text("console.alarm.raise"), "F9");
}

float alarm_height(const kit::Ui& ui, const AlarmPicture& picture) {
    if (!picture.shown) return 0;
    const float said =
        picture.message.word.empty() ? 0 : 2 * line_height(ui, Size::small) + kUnitPx;
    return strip_height(ui) + said;
}

std::optional<AlarmAct> draw_alarm(kit::Ui& ui, const AlarmPicture& picture, const Box& area) {
    std::optional<AlarmAct> act;
    const float strip = alarm_height(ui, picture);
    const Box below{area.x, area.y + strip, area.w, area.h - strip};
    if (picture.choosing) act = view_choice(ui, picture, below);
    if (picture.shown && view_banner(ui, picture, {area.x, area.y, area.w, strip})) {
        act = AlarmAct{AlarmDo::acknowledge};
    }
    const std::string label = text("console.alarm.raise");
    const float w = button_width(ui, label, "F9");
    const float h = std::max(kClickTargetPx, area.y - 2 * kUnitPx);
    if (key_button(ui, {.id = "alarm.raise",
                        .box = {area.right() - 3 * kUnitPx - w, area.y / 2 - h / 2, w, h},
                        .label = label,
                        .key_name = "F9",
                        .key = Key::f9,
                        .kind = ButtonKind::danger,
                        .size = Size::body})) {
        act = AlarmAct{picture.choosing ? AlarmDo::dismiss : AlarmDo::ask_raise};
    }
    if (picture.choosing) ui.end_dialog();
    return act;
}

}  // namespace hall::console
