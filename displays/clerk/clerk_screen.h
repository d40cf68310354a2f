// The clerk's console as the shell runs it.
#pragma once

#include <cstdint>
#include <functional>

#include "displays/clerk/clerk_model.h"
#include "displays/console/desk_screen.h"

namespace hall::clerk {

class ClerkScreen final : public console::DeskScreen<ClerkModel> {
  public:
    // `ratings`: by which a visitor's rating goes; outlives the screen.
    ClerkScreen(console::DeskLink link, std::function<ClerkModel::Newest()> newest,
                console::Way& ratings, std::uint32_t window)
        : DeskScreen(std::move(link), ClerkModel(window)),
          newest_(std::move(newest)),
          ratings_(ratings) {}

  private:
    void take(const console::Desk::NewestCare& care, std::int64_t now_ms) override;
    bool draw_picture(kit::Frame& frame, const ClerkPicture& picture) override;
    void send() override;

    std::function<ClerkModel::Newest()> newest_;
    console::Way& ratings_;
};

}  // namespace hall::clerk
