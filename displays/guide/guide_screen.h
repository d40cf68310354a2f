// The guide's console as the shell runs it.
#pragma once

#include <cstdint>
#include <functional>

#include "displays/console/desk_screen.h"
#include "displays/guide/guide_model.h"

namespace hall::guide {

struct GuideFeeds {
    std::function<GuideModel::Newest()> guide;
    std::function<WalkModel::NewestCases()> cases;
};

class GuideScreen final : public console::DeskScreen<GuideModel> {
  public:
    GuideScreen(console::DeskLink link, GuideFeeds feeds, GuideOptions options)
        : DeskScreen(std::move(link), GuideModel(std::move(options))), feeds_(std::move(feeds)) {}

  private:
    void take(const console::Desk::NewestCare& care, std::int64_t now_ms) override;
    bool draw_picture(kit::Frame& frame, const GuidePicture& picture) override;
    void send() override;
    void send_walk();
    void sign_on_answered(const client::Answer& answer) override;

    GuideFeeds feeds_;
};

}  // namespace hall::guide
