// The supervisor's page as the shell runs it.
#pragma once

#include <cstdint>
#include <functional>

#include "displays/console/desk_screen.h"
#include "displays/supervisor/supervisor_model.h"

namespace hall::supervisor {

class SupervisorScreen final : public console::DeskScreen<SupervisorModel> {
  public:
    SupervisorScreen(console::DeskLink link, std::function<SupervisorModel::Newest()> newest)
        : DeskScreen(std::move(link), {}), newest_(std::move(newest)) {}

  private:
    void take(const console::Desk::NewestCare& care, std::int64_t now_ms) override;
    bool draw_picture(kit::Frame& frame, const SupervisorPicture& picture) override;
    void send() override;

    std::function<SupervisorModel::Newest()> newest_;
};

}  // namespace hall::supervisor
