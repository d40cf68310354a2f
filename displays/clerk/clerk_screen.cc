#include "displays/clerk/clerk_screen.h"

#include "displays/clerk/clerk_view.h"

namespace hall::clerk {

bool ClerkScreen::update(std::int64_t now_ms) {
    model_.take(link_.newest(), now_ms);
    if (link_.newest_care) model_.take_care(link_.newest_care());
    link_.deliver();
    model_.tick(now_ms);
    send();
    return !shown_ || model_.picture(now_ms) != *shown_;
}

void ClerkScreen::draw(kit::Frame& frame) {
    shown_ = model_.picture(frame.now_ms);
    if (const auto wish = draw_clerk(frame.ui, *shown_)) {
        std::visit([&](const auto& act) { model_.act(act, frame.now_ms); }, *wish);
        send();
    }
}

void ClerkScreen::send() {
    if (const auto sending = model_.outgoing()) link_.send(*sending);
    if (link_.send_alarm) {
        if (const auto sending = model_.alarm().outgoing()) link_.send_alarm(*sending);
    }
    if (link_.send_sign_on) {
        if (const auto sending = model_.sign_on().outgoing()) link_.send_sign_on(*sending);
    }
    if (link_.ask) {
        if (const auto query = model_.sign_on().asking()) link_.ask(*query);
    }
    if (link_.send_rating) {
        if (const auto sending = model_.rating().outgoing()) link_.send_rating(*sending);
    }
}

void ClerkScreen::answered(const client::Answer& answer) {
    model_.answered(answer, kit::monotonic_ns() / 1'000'000);
}

void ClerkScreen::rating_answered(const client::Answer& answer) {
    model_.rating().answered(answer, kit::monotonic_ns() / 1'000'000);
}

}  // namespace hall::clerk
