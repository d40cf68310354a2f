// The supervisor's page as the shell runs it: views and answers in, commands out.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "displays/kit/shell.h"
#include "displays/supervisor/supervisor_model.h"

namespace hall::supervisor {

// Where the screen is plugged in: the feeds and the command queues, or a test.
struct SupervisorLink {
    std::function<SupervisorModel::Newest()> newest;
    std::function<console::AlarmModel::Newest()> newest_care;
    // Sends one command; its answer comes back through `answered`, an alarm's through
    // `alarm_answered`.
    std::function<void(const console::Sending&)> send;
    std::function<void(const console::Sending&)> send_alarm;
    std::function<void()> deliver;
    // Who is on duty here; absent: nobody signs on at this console.
    std::function<void(const console::SignOnSending&)> send_sign_on = {};
    std::function<void(const protocol::Query&)> ask = {};
};

class SupervisorScreen final : public kit::Screen {
  public:
    explicit SupervisorScreen(SupervisorLink link) : link_(std::move(link)) {}

    bool update(std::int64_t now_ms) override;
    std::int64_t idle_ms(std::int64_t now_ms) const override { return model_.idle_ms(now_ms); }
    bool rings() const override { return model_.rings(); }
    void draw(kit::Frame& frame) override;
    bool ready() const override { return model_.known(); }

    void answered(const client::Answer& answer) { model_.answered(answer); }
    void alarm_answered(const client::Answer& answer) {
        model_.alarm().answered(answer, kit::monotonic_ns() / 1'000'000);
    }
    void sign_on_answered(const client::Answer& answer) { model_.sign_on().answered(answer); }
    void told(const client::Answer& answer) { model_.sign_on().told(answer); }

  private:
    void send();

    SupervisorLink link_;
    SupervisorModel model_;
    std::optional<SupervisorPicture> shown_;
};

}  // namespace hall::supervisor
