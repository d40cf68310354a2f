// Who a call would bring, and why nobody can come before them.
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
    const float half = inner.h / 2;
    const std::string name = wording::format("clerk.offer", {{"number", offer.number}});
    const float name_w = console::width_of(ui, name, Size::title, Weight::bold);
    console::line(ui, {.box = {inner.x, inner.y, name_w + 1, half},
                       .string = name,
                       .sizes = {Size::title},
                       .weight = Weight::bold,
                       .ground = ground,
                       .role = "offer"});
    float x = inner.x + name_w + 1.5F * kUnitPx;
    if (offer.green) {
        const float disc = std::ceil(ui.style(Size::small).height * 1.5F);
        console::green_mark(ui, x, inner.y + half / 2, disc);
        x += disc + 1.5F * kUnitPx;
    }
    console::line(ui, {.box = {x, inner.y, inner.right() - x, half},
                       .string = offer.facts,
                       .ground = ground,
                       .role = "offer"});
    console::line(ui, {.box = {inner.x, inner.y + half, inner.w, half},
                       .string = offer.sentence,
                       .colour = kConsoleColours.muted,
                       .ground = ground,
                       .role = "offer"});
}

}  // namespace hall::clerk
