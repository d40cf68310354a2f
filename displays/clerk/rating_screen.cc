#include "displays/clerk/rating_screen.h"

#include "displays/clerk/rating_view.h"

namespace hall::clerk {

bool RatingScreen::update(std::int64_t now_ms) {
    const auto newest = newest_();
    known_ = newest.view != nullptr;
    // An old view may be of another visitor: whoever is asked already may answer, nobody new is.
    if (newest.view && newest.state == client::FeedState::live) {
        model_.follow(model_.next_of(newest.view->cases()), now_ms);
    }
    ratings_.deliver();
    model_.tick(now_ms);
    send();
    return !shown_ || model_.picture() != *shown_;
}

void RatingScreen::draw(kit::Frame& frame) {
    shown_ = model_.picture();
    if (const auto act = draw_rating(frame.ui, *shown_, frame.canvas.area())) {
        model_.act(*act, frame.now_ms);
        send();
    }
}

void RatingScreen::send() {
    if (const auto sending = model_.outgoing()) {
        ratings_.send(*sending, [this](const client::Answer& answer) {
            model_.answered(answer, kit::monotonic_ns() / 1'000'000);
        });
    }
}

}  // namespace hall::clerk
