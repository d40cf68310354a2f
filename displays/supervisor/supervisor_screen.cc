#include "displays/supervisor/supervisor_screen.h"

#include "displays/supervisor/supervisor_view.h"

namespace hall::supervisor {

bool SupervisorScreen::update(std::int64_t now_ms) {
    model_.take(link_.newest(), now_ms);
    model_.take_care(link_.newest_care());
    link_.deliver();
    send();
    return !shown_ || model_.picture(now_ms) != *shown_;
}

void SupervisorScreen::draw(kit::Frame& frame) {
    shown_ = model_.picture(frame.now_ms);
    if (const auto wish = draw_supervisor(frame.ui, *shown_)) {
        std::visit([&](const auto& act) { model_.act(act, frame.now_ms); }, *wish);
        send();
    }
}

void SupervisorScreen::send() {
    if (const auto sending = model_.outgoing()) link_.send(*sending);
    if (const auto sending = model_.alarm().outgoing()) link_.send_alarm(*sending);
    if (link_.send_sign_on) {
        if (const auto sending = model_.sign_on().outgoing()) link_.send_sign_on(*sending);
    }
    if (link_.ask) {
        if (const auto query = model_.sign_on().asking()) link_.ask(*query);
    }
}

}  // namespace hall::supervisor
