// The guide's console as the shell runs it: views and answers in, commands out, drawn when the
// picture differs.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "displays/console/alarm_trace.h"
#include "displays/guide/guide_model.h"
#include "displays/kit/shell.h"

namespace hall::guide {

// Where the screen is plugged in: the feed and the command queue, or a test.
struct GuideLink {
    std::function<GuideModel::Newest()> newest;
    // Sends one command; its answer comes back through GuideScreen::answered.
    std::function<void(const console::Sending&)> send;
    // Brings the answers that have come to GuideScreen::answered and told.
    std::function<void()> deliver;
    // Asks one query; its answer comes back through GuideScreen::told.
    std::function<void(const protocol::Query&)> ask;
    // Emergencies, loans, staff; cases.
    std::function<WalkModel::NewestCare()> newest_care = {};
    std::function<WalkModel::NewestCases()> newest_cases = {};
    // As `send`; its answer comes back through GuideScreen::walk_answered.
    std::function<void(const console::Sending&)> send_walk = {};
    // By a way of its own: an alarm waits for nothing. Comes back through alarm_answered.
    std::function<void(const console::Sending&)> send_alarm = {};
    // Who is on duty here; absent: nobody signs on at this console.
    std::function<void(const console::SignOnSending&)> send_sign_on = {};
};

class GuideScreen final : public kit::Screen {
  public:
    GuideScreen(GuideLink link, GuideOptions options, console::AlarmTrace trace = {})
        : link_(std::move(link)), model_(std::move(options)), trace_(std::move(trace)) {}

    bool update(std::int64_t now_ms) override;
    std::int64_t idle_ms(std::int64_t now_ms) const override { return model_.idle_ms(now_ms); }
    bool rings() const override { return model_.rings(); }
    void draw(kit::Frame& frame) override;
    bool ready() const override { return model_.known(); }
    void shown(std::int64_t monotonic_ns) override {
        trace_.shown(model_.walk().care(), monotonic_ns);
    }

    void answered(const client::Answer& answer);
    void walk_answered(const client::Answer& answer);
    void alarm_answered(const client::Answer& answer) {
        model_.alarm().answered(answer, kit::monotonic_ns() / 1'000'000);
    }
    void sign_on_answered(const client::Answer& answer) { model_.walk().sign_on_answered(answer); }
    void told(const protocol::Query& query, const client::Answer& answer);
    GuideModel& model() { return model_; }

  private:
    void send();

    GuideLink link_;
    GuideModel model_;
    console::AlarmTrace trace_;
    std::optional<GuidePicture> shown_;
};

}  // namespace hall::guide
