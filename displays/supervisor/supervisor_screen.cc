#include "displays/supervisor/supervisor_screen.h"

#include "displays/supervisor/supervisor_view.h"

namespace hall::supervisor {

void SupervisorScreen::take(const console::Desk::NewestCare& care, std::int64_t now_ms) {
    model().take(newest_(), now_ms);
    model().desk().take(care);
}

bool SupervisorScreen::draw_picture(kit::Frame& frame, const SupervisorPicture& picture) {
    const auto wish = draw_supervisor(frame.ui, picture);
    if (wish) std::visit([&](const auto& act) { model().act(act, frame.now_ms); }, *wish);
    return wish.has_value();
}

void SupervisorScreen::send() {
    if (const auto sending = model().outgoing()) {
        hall().send(*sending, [this](const client::Answer& answer) { model().answered(answer); });
    }
}

}  // namespace hall::supervisor
