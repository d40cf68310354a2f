#include "displays/clerk/clerk_screen.h"

#include "displays/clerk/clerk_view.h"

namespace hall::clerk {

bool ClerkScreen::update(std::int64_t now_ms) {
    model_.take(link_.newest(), now_ms);
    link_.deliver();
    return !shown_ || model_.picture(now_ms) != *shown_;
}

void ClerkScreen::draw(kit::Frame& frame) {
    shown_ = model_.picture(frame.now_ms);
    if (const auto act = draw_clerk(frame.ui, *shown_)) {
        model_.act(*act, frame.now_ms);
        send();
    }
}

void ClerkScreen::send() {
    if (const auto sending = model_.outgoing()) link_.send(*sending);
}

void ClerkScreen::answered(const client::Answer& answer) {
    model_.answered(answer, kit::monotonic_ns() / 1'000'000);
}

}  // namespace hall::clerk
