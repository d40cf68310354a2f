// DeskScreen: a console as the shell runs it, as far as all of them are alike. Views and answers
// in, commands out, drawn when the picture differs; the alarm rings and goes by a way of its own.
// A console says what it takes, what it draws and what it sends besides.
//
// Model: a console's model, with desk(), known(), picture(now_ms) and idle_ms(now_ms).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <utility>

#include "displays/console/alarm_trace.h"
#include "displays/console/desk.h"
#include "displays/console/way.h"
#include "displays/kit/shell.h"

namespace hall::console {

// Where a console is plugged in: the hall, or a test. What is referred to outlives the screen.
struct DeskLink {
    std::function<Desk::NewestCare()> newest_care;
    Way& hall;
    Way& alarms;
    AlarmTrace trace = {};
};

template <class Model>
class DeskScreen : public kit::Screen {
  public:
    bool update(std::int64_t now_ms) final {
        take(link_.newest_care(), now_ms);
        link_.hall.deliver();
        link_.alarms.deliver();
        send_all();
        return !shown_ || model_.picture(now_ms) != *shown_;
    }
    std::int64_t idle_ms(std::int64_t now_ms) const final { return model_.idle_ms(now_ms); }
    bool rings() const final { return desk_.alarm.rings(); }
    bool ready() const final { return model_.known(); }
    void draw(kit::Frame& frame) final {
        shown_ = model_.picture(frame.now_ms);
        if (draw_picture(frame, *shown_)) send_all();
    }
    void shown(std::int64_t monotonic_ns) final {
        link_.trace.shown(desk_.alarm.view(), monotonic_ns);
    }

    Model& model() { return model_; }

  protected:
    using Picture = decltype(std::declval<const Model&>().picture(0));

    DeskScreen(DeskLink link, Model model)
        : link_(std::move(link)), model_(std::move(model)), desk_(model_.desk()) {}

    // The newest views to the model, its desk's too.
    virtual void take(const Desk::NewestCare& care, std::int64_t now_ms) = 0;
    // Whether the person wanted something; the model has it then.
    virtual bool draw_picture(kit::Frame& frame, const Picture& picture) = 0;
    // What the model has to send and to ask, its desk's apart.
    virtual void send() = 0;
    // To signing on, or to going off duty.
    virtual void sign_on_answered(const client::Answer& answer) { desk_.sign_on.answered(answer); }

    Way& hall() { return link_.hall; }
    // An answer comes between two pictures.
    static std::int64_t now_ms() { return kit::monotonic_ns() / 1'000'000; }

  private:
    void send_all() {
        send();
        if (const auto sending = desk_.alarm.outgoing()) {
            link_.alarms.send(*sending, [this](const client::Answer& answer) {
                desk_.alarm.answered(answer, now_ms());
            });
        }
        if (const auto sending = desk_.sign_on.outgoing()) {
            hall().send(*sending,
                        [this](const client::Answer& answer) { sign_on_answered(answer); });
        }
        if (const auto query = desk_.sign_on.asking()) {
            hall().ask(*query,
                       [this](const client::Answer& answer) { desk_.sign_on.told(answer); });
        }
    }

    DeskLink link_;
    Model model_;
    Desk& desk_;
    std::optional<Picture> shown_;
};

}  // namespace hall::console
