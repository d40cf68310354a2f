// Pages of lines over the home screen, the emergency button and the strip of an alarm.
#include <algorithm>

#include "displays/console/key_button.h"
#include "displays/guide/view_page.h"
#include "wording/wording.h"

namespace hall::guide {
namespace {

using kit::Box;
using kit::kConsoleColours;
using kit::kTouchTargetPx;
using kit::kUnitPx;
using kit::Size;
using kit::Weight;

}  // namespace

float top_height(const kit::Ui& ui) {
    return std::max(kTouchTargetPx + kUnitPx, 28 + ui.scaled(28));
}

Box emergency_box(kit::Ui& ui, const WalkPicture& walk, float right, float y) {
    const float word = console::width_of(ui, walk.emergency.label, Size::body, Weight::bold);
    const float key = console::width_of(ui, walk.emergency.key, Size::small);
    const float width = std::max(kTouchTargetPx * 1.5F, word + key + 5 * kUnitPx);
    return {right - width, y, width, kTouchTargetPx};
}

// Filled from edge to edge, with a shape and a word: an alarm is never colour alone.
Wish view_alarm(kit::Ui& ui, const WalkPicture& walk) {
    const AlarmPicture& alarm = walk.alarm;
    Wish wish;
    if (!alarm.shown) return wish;
    const Box area = ui.canvas().area();
    const Box strip{0, 0, area.w, top_height(ui)};
    const kit::Rgb fill = alarm.acknowledged ? kConsoleColours.bar : kConsoleColours.danger;
    ui.canvas().fill(strip, fill);
    float right = strip.right() - kUnitPx;
    for (const WalkButton* button : {&alarm.show, &alarm.acknowledge}) {
        if (button->id.empty()) continue;
        const float word = console::width_of(ui, button->label, Size::body, Weight::bold);
        const float width = std::max(kTouchTargetPx * 1.5F, word + ui.scaled(72));
        right -= width;
        if (walk_button(ui, *button, {right, strip.y + kUnitPx / 2, width, strip.h - kUnitPx})) {
            wish = Act{.what = Do::walk, .walk = button->act};
        }
        right -= kUnitPx;
    }
    const float side = ui.style(Size::title).height;
    ui.canvas().triangle_up({2 * kUnitPx, strip.centre_y() - side / 2, side, side},
                            kConsoleColours.on_dark);
    const float x = 3 * kUnitPx + side;
    const float half = strip.h / 2;
    console::line(ui, {.box = {x, strip.y + 3, right - x, half - 3},
                       .string = alarm.sentence,
                       .sizes = {Size::title, Size::body, Size::small},
                       .weight = Weight::bold,
                       .colour = kConsoleColours.on_dark,
                       .ground = fill,
                       .role = "alarm"});
    console::line(ui, {.box = {x, strip.y + half, right - x, half - 3},
                       .string = alarm.state,
                       .sizes = {Size::body, Size::small},
                       .colour = kConsoleColours.on_dark,
                       .ground = fill,
                       .role = "alarm"});
    return wish;
}

Wish view_walk(kit::Ui& ui, const GuidePicture& picture) {
    const WalkPage& page = picture.walk.page;
    Sheet sheet = begin_sheet(ui, page.title, picture);
    Box body = sheet.body;
    if (const Wish foot = view_foot(ui, page.foot, page.message, body)) sheet.wish = foot;
    if (const Wish line = view_lines(ui, page, body)) sheet.wish = line;
    ui.end_dialog();
    return sheet.wish;
}

}  // namespace hall::guide
