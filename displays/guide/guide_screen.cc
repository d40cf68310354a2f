#include "displays/guide/guide_screen.h"

#include "displays/guide/guide_view.h"

namespace hall::guide {

void GuideScreen::take(const console::Desk::NewestCare& care, std::int64_t now_ms) {
    const auto guide = feeds_.guide();
    model().take(guide, now_ms);
    model().walk().take(guide, care, feeds_.cases(), now_ms);
}

bool GuideScreen::draw_picture(kit::Frame& frame, const GuidePicture& picture) {
    const auto act = draw_guide(frame.ui, picture);
    if (act) model().act(*act, frame.now_ms);
    return act.has_value();
}

void GuideScreen::send() {
    if (const auto sending = model().outgoing()) {
        hall().send(*sending,
                    [this](const client::Answer& answer) { model().answered(answer, now_ms()); });
    }
    if (const auto query = model().asking()) {
        hall().ask(*query, [this, query = *query](const client::Answer& answer) {
            model().told(query, answer);
        });
    }
    send_walk();
}

void GuideScreen::send_walk() {
    WalkModel& walk = model().walk();
    if (const auto sending = walk.outgoing()) {
        hall().send(*sending, [&walk](const client::Answer& answer) { walk.answered(answer); });
    }
    if (const auto query = walk.asking()) {
        hall().ask(*query, [&walk, query = *query](const client::Answer& answer) {
            walk.told(query, answer);
        });
    }
}

void GuideScreen::sign_on_answered(const client::Answer& answer) {
    model().walk().sign_on_answered(answer);
}

}  // namespace hall::guide
