#include "displays/guide/guide_screen.h"

#include "displays/guide/guide_view.h"

namespace hall::guide {

bool GuideScreen::update(std::int64_t now_ms) {
    model_.take(link_.newest(), now_ms);
    link_.deliver();
    return !shown_ || model_.picture(now_ms) != *shown_;
}

void GuideScreen::draw(kit::Frame& frame) {
    shown_ = model_.picture(frame.now_ms);
    if (const auto act = draw_guide(frame.ui, *shown_)) {
        model_.act(*act, frame.now_ms);
        send();
    }
}

void GuideScreen::send() {
    if (const auto sending = model_.outgoing()) link_.send(*sending);
    if (const auto query = model_.asking()) link_.ask(*query);
}

void GuideScreen::answered(const client::Answer& answer) {
    model_.answered(answer, kit::monotonic_ns() / 1'000'000);
    send();  // a refusal can call for a list of slots
}

void GuideScreen::told(const protocol::Query& query, const client::Answer& answer) {
    model_.told(query, answer);
}

}  // namespace hall::guide
