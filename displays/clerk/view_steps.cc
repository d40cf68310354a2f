// What can be done next: one filled button with its key, the others beside it; and the sentence
// that says why something was not done.
#include "displays/clerk/clerk_view.h"
#include "displays/console/key_button.h"
#include "wording/wording.h"

namespace hall::clerk {
namespace {

using kit::Box;
using kit::kConsoleColours;
using kit::Key;
using kit::kUnitPx;
using kit::Size;
using kit::Weight;

struct KeyOf {
    Key key = Key::none;
    std::string name;
    const char* id = "";
};

KeyOf key_of(Do what) {
    switch (what) {
        case Do::open:
            return {Key::o, "O", "open"};
        case Do::close_window:
            return {Key::c, "C", "close_window"};
        case Do::call_next:
            return {Key::space, wording::text("clerk.key.space"), "next"};
        case Do::start:
            return {Key::enter, "Enter", "start"};
        case Do::recall:
            return {Key::r, "R", "recall"};
        case Do::missed:
            return {Key::n, "N", "missed"};
        case Do::finish:
            return {Key::enter, "Enter", "finish"};
        case Do::errand:
            return {Key::f, "F", "errand"};
        case Do::next_service:
            return {Key::s, "S", "next_service"};
        case Do::ask_transfer:
            return {Key::t, "T", "transfer"};
        case Do::ask_pause:
            return {Key::p, "P", "pause"};
        case Do::ask_return:
        case Do::show_waiting:
        case Do::transfer:
        case Do::pause:
        case Do::come_back:
        case Do::dismiss:
            return {};
    }
    return {};
}

// The word, under it the key and how long it still takes.
bool view_step(kit::Ui& ui, const Step& step, const Box& box, bool first) {
    const KeyOf key = key_of(step.what);
    const kit::ButtonKind kind = first ? kit::ButtonKind::primary : kit::ButtonKind::secondary;
    const bool pressed = ui.button(
        {.id = key.id, .box = box, .kind = kind, .key = key.key, .disabled = step.disabled});
    const bool enabled = step.disabled.empty();
    const kit::Rgb fill = !enabled ? kConsoleColours.soft
                          : first  ? kConsoleColours.action
                                   : kConsoleColours.panel;
    const kit::Rgb word = !enabled ? kConsoleColours.muted
                          : first  ? kConsoleColours.on_dark
                                   : kConsoleColours.text;
    const kit::Rgb hint = enabled && first ? kConsoleColours.on_dark : kConsoleColours.muted;
    const std::string under = step.detail.empty() ? key.name : key.name + " · " + step.detail;
    const Box inner = box.inset(kUnitPx);
    const Size size = first ? Size::large : Size::title;
    const float word_h = ui.style(size).height;
    const float under_h = ui.style(Size::small).height;
    const float gap = kUnitPx * 1.5F;
    if (word_h + gap + under_h <= inner.h) {
        const float top = inner.centre_y() - (word_h + gap + under_h) / 2;
        console::line(ui, {.box = {inner.x, top, inner.w, word_h},
                           .string = step.label,
                           .sizes = {size, Size::body, Size::small},
                           .weight = Weight::bold,
                           .align = kit::Align::centre,
                           .colour = word,
                           .ground = fill,
                           .role = key.id});
        console::line(ui, {.box = {inner.x, top + word_h + gap, inner.w, under_h},
                           .string = under,
                           .sizes = {Size::small},
                           .align = kit::Align::centre,
                           .colour = hint,
                           .ground = fill,
                           .role = key.id});
        return pressed;
    }
    const float key_w = console::width_of(ui, under, Size::small);
    console::line(ui, {.box = {inner.x + 4, inner.y, key_w, inner.h},
                       .string = under,
                       .sizes = {Size::small},
                       .colour = hint,
                       .ground = fill,
                       .role = key.id});
    const float x = inner.x + key_w + 2 * kUnitPx;
    console::line(ui, {.box = {x, inner.y, inner.right() - x, inner.h},
                       .string = step.label,
                       .sizes = {size, Size::title, Size::body, Size::small},
                       .weight = Weight::bold,
                       .align = kit::Align::centre,
                       .colour = word,
                       .ground = fill,
                       .role = key.id});
    return pressed;
}

}  // namespace

Wish view_steps(kit::Ui& ui, const ClerkPicture& picture, const ClerkLayout& layout) {
    Wish wish;
    const auto boxes = step_boxes(layout, static_cast<int>(picture.steps.size()));
    for (std::size_t i = 0; i < picture.steps.size(); ++i) {
        if (view_step(ui, picture.steps[i], boxes[i], i == 0)) wish = Act{picture.steps[i].what};
    }
    return wish;
}

}  // namespace hall::clerk
