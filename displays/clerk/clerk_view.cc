#include "displays/clerk/clerk_view.h"

#include <utility>

#include "displays/console/key_button.h"

namespace hall::clerk {

Wish draw_clerk(kit::Ui& ui, const ClerkPicture& picture) {
    const std::string right = picture.today + (picture.today.empty() ? "" : "   ") + picture.clock;
    const kit::Box area = console::bar(ui, {.title = picture.window,
                                            .facts = picture.facts,
                                            .states = picture.states,
                                            .right = right});
    const ClerkLayout layout =
        clerk_layout(area, ui.scaled(1), static_cast<int>(picture.away.size()));
    Wish wish;
    const auto keep = [&](const Wish& one) {
        if (one) wish = one;
    };
    view_current(ui, picture.current, layout.current);
    keep(view_steps(ui, picture, layout));
    view_message(ui, picture.message, layout.message);
    if (layout.shape == Shape::wide) {
        view_offer(ui, picture.offer, layout.offer);
        view_waiting(ui, picture, layout.waiting);
        if (!picture.away.empty()) keep(view_away(ui, picture, layout.away));
    } else {
        // One line for the offer; its sentence stands where messages do, while there is none.
        OfferPicture offer = picture.offer;
        const std::string sentence = std::exchange(offer.sentence, {});
        view_offer(ui, offer, layout.offer);
        if (picture.message.word.empty()) {
            view_sentence(ui, sentence, layout.message, kit::kConsoleColours.ground);
        }
        keep(view_tools(ui, picture, layout.tools));
    }
    if (picture.dialog != Dialog::none) keep(view_dialog(ui, picture));
    return wish;
}

}  // namespace hall::clerk
