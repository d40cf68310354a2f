#include "displays/guide/guide_screen.h"

#include "displays/guide/guide_view.h"

namespace hall::guide {

bool GuideScreen::update(std::int64_t now_ms) {
    const auto guide = link_.newest();
    model_.take(guide, now_ms);
    const auto care = link_.newest_care ? link_.newest_care() : WalkModel::NewestCare();
    model_.walk().take(
        guide, care, link_.newest_cases ? link_.newest_cases() : WalkModel::NewestCases(), now_ms);
    model_.alarm().take(care);
    link_.deliver();
    send();  // a case that changed is asked for anew
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
    if (const auto sending = model_.walk().outgoing()) link_.send_walk(*sending);
    if (const auto sending = model_.alarm().outgoing()) link_.send_alarm(*sending);
    if (link_.send_sign_on) {
        auto& sign_on = model_.walk().sign_on();
        if (const auto sending = sign_on.outgoing()) link_.send_sign_on(*sending);
        if (const auto query = sign_on.asking()) link_.ask(*query);
    }
    if (const auto query = model_.walk().asking()) link_.ask(*query);
}

void GuideScreen::answered(const client::Answer& answer) {
    model_.answered(answer, kit::monotonic_ns() / 1'000'000);
    send();  // a refusal can call for a list of slots
}

void GuideScreen::walk_answered(const client::Answer& answer) {
    model_.walk().answered(answer);
    send();
}

void GuideScreen::told(const protocol::Query& query, const client::Answer& answer) {
    if (query.has_slot_list()) return model_.told(query, answer);
    model_.walk().told(query, answer);
}

}  // namespace hall::guide
