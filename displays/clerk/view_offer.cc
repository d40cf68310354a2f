// Who a call would bring, and what they are told about their place.
#include <algorithm>
#include <cmath>

#include "displays/clerk/clerk_view.h"
#include "displays/console/key_button.h"
#include "wording/wording.h"

namespace hall::clerk {

using kit::Box;
using kit::kConsoleColours;
using kit::kUnitPx;
using kit::Rgb;
using kit::Size;
using kit::Weight;

float view_language(kit::Ui& ui, const Word& language, const Box& box, Rgb ground) {
    if (language.word.empty()) return box.x;
    const float side = std::ceil(ui.style(Size::small).height);
    const Rgb colour = console::on_light(language.gravity);
    console::mark(ui, {box.x, box.centre_y() - side / 2, side, side}, language.gravity, colour);
    const float x = box.x + side + kUnitPx;
    const float width = std::min(console::width_of(ui, language.word, Size::body, Weight::bold) + 1,
                                 box.right() - x);
    console::line(ui, {.box = {x, box.y, width, box.h},
                       .string = language.word,
                       .weight = Weight::bold,
                       .colour = colour,
                       .ground = ground,
                       .role = "language"});
    return x + width + 2 * kUnitPx;
}

void view_facts(kit::Ui& ui, const std::vector<std::string>& facts, const Box& box, Rgb colour,
                Rgb ground) {
    for (const Size size : {Size::body, Size::small}) {
        std::string shown;
        bool all = true;
        for (const std::string& fact : facts) {
            const std::string longer = shown.empty() ? fact : shown + " · " + fact;
            all = all && console::width_of(ui, longer, size) <= box.w;
            if (!all) break;
            shown = longer;
        }
        if (!all && size == Size::body) continue;
        console::line(ui, {.box = box,
                           .string = shown,
                           .sizes = {size},
                           .colour = colour,
                           .ground = ground,
                           .role = "facts"});
        return;
    }
}

void view_offer(kit::Ui& ui, const OfferPicture& offer, const Box& box) {
    const Rgb ground = kConsoleColours.notice;
    ui.panel(box, ground);
    const float pad = 2.5F * kUnitPx;
    const Box inner{box.x + pad, box.y + kUnitPx, box.w - 2 * pad, box.h - 2 * kUnitPx};
    if (!offer.shown) {
        console::line(ui, {.box = inner,
                           .string = offer.empty,
                           .colour = kConsoleColours.muted,
                           .ground = ground,
                           .role = "offer"});
        return;
    }
    const float head = offer.sentence.empty() ? inner.h : console::line_height(ui, Size::title);
    const std::string name = wording::format("clerk.offer", {{"number", offer.number}});
    const float name_w = console::width_of(ui, name, Size::title, Weight::bold);
    console::line(ui, {.box = {inner.x, inner.y, name_w + 1, head},
                       .string = name,
                       .sizes = {Size::title},
                       .weight = Weight::bold,
                       .ground = ground,
                       .role = "offer"});
    float x = inner.x + name_w + 1.5F * kUnitPx;
    if (offer.green) {
        const float disc = std::ceil(ui.style(Size::small).height * 1.5F);
        console::green_mark(ui, x, inner.y + head / 2, disc);
        x += disc + 1.5F * kUnitPx;
    }
    x = view_language(ui, offer.language, {x, inner.y, inner.right() - x, head}, ground);
    view_facts(ui, offer.facts, {x, inner.y, inner.right() - x, head}, kConsoleColours.text,
               ground);
    view_sentence(ui, offer.sentence, {inner.x, inner.y + head, inner.w, inner.h - head}, ground);
}

void view_sentence(kit::Ui& ui, const std::string& sentence, const Box& box, Rgb ground) {
    console::line(ui, {.box = box,
                       .string = sentence,
                       .colour = kConsoleColours.muted,
                       .ground = ground,
                       .role = "sentence"});
}

}  // namespace hall::clerk
