// The ticket at the window: its number is the largest thing on the screen.
#include <algorithm>
#include <cmath>

#include "displays/clerk/clerk_view.h"
#include "displays/console/key_button.h"
#include "wording/wording.h"

namespace hall::clerk {
namespace {

using kit::Align;
using kit::Box;
using kit::kConsoleColours;
using kit::kUnitPx;
using kit::Size;
using kit::Weight;

// Returns its width.
float view_number(kit::Ui& ui, const Box& box, const std::string& number) {
    kit::TextStyle style{box.h, kit::Reference::digit, Weight::bold};
    const float width = ui.canvas().text().measure(number, style).advance;
    if (width > box.w) style.height *= box.w / width * 0.98F;
    const auto drawn = ui.canvas().write_in(box, number, style, Align::left, kConsoleColours.text,
                                            kConsoleColours.panel, "number");
    return drawn.ink.right() - box.x;
}

// 优 敬老优先: a word and a shape, green on white.
Box view_green(kit::Ui& ui, float x, float y) {
    const std::string word = wording::text("clerk.green");
    const float height = ui.style(Size::body).height + 2 * kUnitPx;
    const float disc = std::ceil(ui.style(Size::small).height * 1.45F);
    const float words = console::width_of(ui, word, Size::body, Weight::bold);
    const Box box{x, y, disc + words + 4 * kUnitPx, height};
    ui.canvas().fill(box, kConsoleColours.green, height / 2);
    const float cx = box.x + kUnitPx;
    ui.canvas().disc(cx + disc / 2, box.centre_y(), disc / 2, kConsoleColours.on_dark);
    ui.canvas().write_in({cx, box.y, disc, height}, wording::text("console.green_mark"),
                         ui.style(Size::small, Weight::bold), Align::centre, kConsoleColours.green,
                         kConsoleColours.on_dark, "green");
    ui.canvas().write_in({cx + disc + kUnitPx, box.y, words + 1, height}, word,
                         ui.style(Size::body, Weight::bold), Align::left, kConsoleColours.on_dark,
                         kConsoleColours.green, "green");
    return box;
}

}  // namespace

void view_current(kit::Ui& ui, const Current& current, const Box& box) {
    ui.panel(box);
    const float pad = 2.5F * kUnitPx;
    const Box inner{box.x + pad, box.y + pad * 0.6F, box.w - 2 * pad, box.h - 1.2F * pad};
    const float head = console::line_height(ui, Size::body);
    console::line(ui, {.box = {inner.x, inner.y, inner.w * 0.6F, head},
                       .string = current.stage,
                       .weight = Weight::bold,
                       .colour = kConsoleColours.muted,
                       .role = "stage"});
    console::line(ui, {.box = {inner.x + inner.w * 0.6F, inner.y, inner.w * 0.4F, head},
                       .string = current.since,
                       .align = Align::right,
                       .colour = kConsoleColours.muted,
                       .role = "since"});
    Box rest{inner.x, inner.y + head, inner.w, inner.h - head};
    if (!current.shown) {
        console::line(ui, {.box = rest,
                           .string = current.empty,
                           .sizes = {Size::large, Size::title, Size::body},
                           .weight = Weight::bold,
                           .align = Align::centre,
                           .colour = kConsoleColours.muted,
                           .role = "current"});
        return;
    }
    const float foot = console::line_height(ui, Size::body);
    const Box facts{rest.x, rest.bottom() - foot, rest.w, foot};
    rest.h -= foot;
    const float digits = std::min(rest.h * 0.9F, ui.scaled(132));
    const Box number{rest.x, rest.centre_y() - digits / 2, rest.w * 0.48F, digits};
    const float x = rest.x + view_number(ui, number, current.number) + 4 * kUnitPx;
    const float service_h = 2.2F * console::line_height(ui, Size::title);
    const float pill_h = current.green ? ui.style(Size::body).height + 3.5F * kUnitPx : 0;
    const float words_h = std::min(rest.h, pill_h + service_h);
    const float y = rest.centre_y() - words_h / 2;
    if (current.green) view_green(ui, x, y);
    console::line(ui, {.box = {x, y + pill_h, rest.right() - x, words_h - pill_h},
                       .string = current.service,
                       .sizes = {Size::title, Size::body, Size::small},
                       .role = "service"});
    const float after = view_language(ui, current.language, facts, kConsoleColours.panel);
    view_facts(ui, current.facts, {after, facts.y, facts.right() - after, facts.h},
               kConsoleColours.muted, kConsoleColours.panel);
}

}  // namespace hall::clerk
