// The clerk's console as the shell runs it: views and answers in, commands out, drawn when the
// picture differs.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "displays/clerk/clerk_model.h"
#include "displays/console/alarm_trace.h"
#include "displays/kit/shell.h"

namespace hall::clerk {

// Where the screen is plugged in: the feed and the command queue, or a test.
struct ClerkLink {
    std::function<ClerkModel::Newest()> newest;
    // Sends one command; its answer comes back through ClerkScreen::answered.
    std::function<void(const console::Sending&)> send;
    // Brings the answers that have come to ClerkScreen::answered.
    std::function<void()> deliver;
    // The same for emergencies and for what the visitor enters; absent: the console has neither.
    std::function<console::AlarmModel::Newest()> newest_care = {};
    std::function<void(const console::Sending&)> send_alarm = {};
    std::function<void(const console::Sending&)> send_rating = {};
    // Who is on duty here; absent: nobody signs on at this console.
    std::function<void(const console::SignOnSending&)> send_sign_on = {};
    std::function<void(const protocol::Query&)> ask = {};
};

class ClerkScreen final : public kit::Screen {
  public:
    ClerkScreen(ClerkLink link, std::uint32_t window, console::AlarmTrace trace = {})
        : link_(std::move(link)), model_(window), trace_(std::move(trace)) {}

    bool update(std::int64_t now_ms) override;
    std::int64_t idle_ms(std::int64_t now_ms) const override { return model_.idle_ms(now_ms); }
    bool rings() const override { return model_.rings(); }
    void draw(kit::Frame& frame) override;
    bool ready() const override { return model_.known(); }
    void shown(std::int64_t monotonic_ns) override {
        trace_.shown(model_.alarm().view(), monotonic_ns);
    }

    void answered(const client::Answer& answer);
    void alarm_answered(const client::Answer& answer) {
        model_.alarm().answered(answer, kit::monotonic_ns() / 1'000'000);
    }
    void rating_answered(const client::Answer& answer);
    void sign_on_answered(const client::Answer& answer) { model_.sign_on().answered(answer); }
    void told(const client::Answer& answer) { model_.sign_on().told(answer); }

  private:
    void send();

    ClerkLink link_;
    ClerkModel model_;
    console::AlarmTrace trace_;
    std::optional<ClerkPicture> shown_;
};

}  // namespace hall::clerk
