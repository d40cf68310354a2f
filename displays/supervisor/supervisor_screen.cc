#include "displays/supervisor/supervisor_screen.h"

#include "displays/supervisor/supervisor_view.h"

namespace hall::supervisor {

bool SupervisorScreen::update(std::int64_t now_ms) {
    model_.take(link_.newest(), now_ms);
    model_.take_care(link_.newest_care());
    link_.deliver();
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
}

}  // namespace hall::supervisor
