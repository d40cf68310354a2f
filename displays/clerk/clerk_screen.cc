#include "displays/clerk/clerk_screen.h"

#include "displays/clerk/clerk_view.h"

namespace hall::clerk {

void ClerkScreen::take(const console::Desk::NewestCare& care, std::int64_t now_ms) {
    model().take(newest_(), now_ms);
    model().take_care(care);
    ratings_.deliver();
    model().tick(now_ms);
}

bool ClerkScreen::draw_picture(kit::Frame& frame, const ClerkPicture& picture) {
    const auto wish = draw_clerk(frame.ui, picture);
    if (wish) std::visit([&](const auto& act) { model().act(act, frame.now_ms); }, *wish);
    return wish.has_value();
}

void ClerkScreen::send() {
    if (const auto sending = model().outgoing()) {
        hall().send(*sending,
                    [this](const client::Answer& answer) { model().answered(answer, now_ms()); });
    }
    if (const auto sending = model().rating().outgoing()) {
        ratings_.send(*sending, [this](const client::Answer& answer) {
            model().rating().answered(answer, now_ms());
        });
    }
}

}  // namespace hall::clerk
