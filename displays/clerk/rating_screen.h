// The visitor's page alone on a screen of its own (hall-clerk --rating): it asks by itself when the
// result of a case at the window has been told, and returns by itself.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "client/view_feed.h"
#include "displays/clerk/rating_model.h"
#include "displays/console/way.h"
#include "displays/kit/shell.h"

namespace hall::clerk {

class RatingScreen final : public kit::Screen {
  public:
    using Newest = client::Newest<protocol::ClerkView>;

    // `ratings` outlives the screen.
    RatingScreen(std::function<Newest()> newest, console::Way& ratings)
        : newest_(std::move(newest)), ratings_(ratings) {}

    bool update(std::int64_t now_ms) override;
    std::int64_t idle_ms(std::int64_t now_ms) const override { return model_.idle_ms(now_ms); }
    void draw(kit::Frame& frame) override;
    bool ready() const override { return known_; }

  private:
    void send();

    std::function<Newest()> newest_;
    console::Way& ratings_;
    RatingModel model_;
    bool known_ = false;
    std::optional<RatingPicture> shown_;
};

}  // namespace hall::clerk
