// Emergencies on a console: the banner on every page, who goes, raising one by place and kind, the
// plan's steps, the outcome. From the newest care view, what was pressed and the answers. The one
// way of it for guides, clerks and supervisors.
//
// It sends by a way of its own: an alarm never waits for another command's answer; and it is sent
// even while no view comes, because the way to the hall may work all the same. What is pressed
// while one is on its way is kept. What the hall did not answer is sent again with the same id
// until it does, so that nothing is lost and nothing done twice; meanwhile whoever raised an
// emergency reads that people must be called by voice. The banner has no visitor's name and nothing
// about the illness: a visitor may look at this screen. Whoever goes opens the page of the
// emergency, and reads there what it is.
//
// Used by console models. Knows no pixel. One thread. `now_ms` is the monotonic clock.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "client/view_feed.h"
#include "displays/console/choice.h"
#include "displays/console/command_slot.h"
#include "displays/console/words.h"
#include "protocol/views.pb.h"

namespace hall::console {

// A dialog takes the place of the one before: a press so soon was meant for that one.
inline constexpr std::int64_t kAlarmSettleMs = 500;
// A raise that is not answered for so long is told as not heard.
inline constexpr std::int64_t kUnheardMs = 2'000;
// An answer that fails sooner is no silence: nobody is asked again before the next view.
inline constexpr std::int64_t kSilenceMs = 1'000;

enum class AlarmDo {
    respond,      // to the banner's: acknowledges it when nobody has, and opens its page
    ask_raise,    // value: the case it is about; empty: none. Opens the choice of a place
    drill,        // the one about to be raised is a drill, or is not
    place,        // value: as in AlarmPicture::options
    kind,         // value: as in AlarmPicture::options; this raises it
    show,         // value: its id
    acknowledge,  // the one whose page is open
    step,         // value: number of the plan's step, from 1
    ask_outcome,
    outcome,  // value: name of an EmergencyOutcome; this closes it
    next,     // the page of the next open one
    dismiss,  // one step back
};

struct AlarmAct {
    AlarmDo what = AlarmDo::dismiss;
    std::string value = {};
};

enum class AlarmDialog {
    none,
    place,
    kind,
    unheard,  // the raise that was chosen has not reached the hall: what a person must do
    page,
    outcome,
};

// One step of the plan.
struct AlarmStep {
    std::string text;
    Word done;          // 09:43 李娜; empty: not yet
    bool open = false;  // can be ticked

    friend bool operator==(const AlarmStep&, const AlarmStep&) = default;
};

struct AlarmPicture {
    bool shown = false;
    bool drill = false;
    bool unheard = false;  // of one that the hall does not know of: nobody can answer it
    std::string title;     // 突发疾病 · 2 号窗口 · A023 · 09:41
    Word state;            // 还没有人应答; 无人应答,已上报; 李娜 已应答
    bool answered = false;
    std::string responders;  // 请到场:李娜、韦国强; while nobody has answered
    std::string more;        // 另有 1 起
    Word message;            // what became of ours, while there is something to say

    AlarmDialog dialog = AlarmDialog::none;
    std::string dialog_title;
    std::vector<Choice> options;  // places, kinds or outcomes
    bool raise_drill = false;
    // Of the page.
    Word page_state;
    std::string page_responders;
    std::vector<AlarmStep> steps;
    bool can_acknowledge = false;
    bool others = false;  // more than one is open

    friend bool operator==(const AlarmPicture&, const AlarmPicture&) = default;
};

// 突发疾病 · 2 号窗口 · A023
std::string alarm_title(const protocol::Emergency& emergency);
// 还没有人应答; 无人应答,已上报
std::string alarm_unanswered(const protocol::Emergency& emergency);

class AlarmModel {
  public:
    using Newest = client::Newest<protocol::CareView>;

    // `window`: of a clerk's console, the first place offered; 0 = none.
    explicit AlarmModel(std::uint32_t window = 0) : window_(window) {}

    void take(const Newest& newest);
    // Who is at the window now; empty = nobody.
    void at_window(const std::string& number) { number_ = number; }

    // A visitor looks at this screen now: no page opens by itself.
    void faces_visitor(bool faces) { faces_visitor_ = faces; }

    void act(const AlarmAct& act, std::int64_t now_ms);
    // What must be sent now; given out once.
    std::optional<Sending> outgoing();
    void answered(const client::Answer& answer, std::int64_t now_ms);

    AlarmPicture picture(std::int64_t now_ms) const;
    // Nobody has answered, and the hall can still be heard: people are called by sound as well.
    bool rings() const;
    const protocol::CareView& view() const;

  private:
    // The one that the banner is about: not acknowledged ones first, real ones before drills, then
    // the newest. Null when none is open.
    const protocol::Emergency* first() const;
    // Open ones only: of the view, or of an answer that knows more. Null: none.
    const protocol::Emergency* find(std::uint64_t id) const;
    std::vector<Choice> places() const;
    std::string person(const std::string& number) const;
    std::string title_of(const protocol::Emergency& emergency) const;
    // Of one that was raised here: 突发疾病 · 2 号窗口 · A023
    std::string title_of(const protocol::RaiseEmergency& raise) const;
    Word state_of(const protocol::Emergency& emergency) const;
    std::string responders_of(const protocol::Emergency& emergency) const;

    void raise(const std::string& kind, std::int64_t now_ms);
    void change(const AlarmAct& act, std::int64_t now_ms);
    void respond(std::int64_t now_ms);
    void open(AlarmDialog dialog, std::int64_t now_ms);
    // False: it is not open any more.
    bool show(std::uint64_t id, std::int64_t now_ms);
    void back(std::int64_t now_ms);
    bool about_one() const {
        return dialog_ == AlarmDialog::page || dialog_ == AlarmDialog::outcome;
    }
    std::string opening() const { return "raise " + std::to_string(raised_); }
    void send(const protocol::Command& command, const std::string& wish, std::int64_t now_ms);
    void send_first(std::int64_t now_ms);
    void keep_first();
    // Nothing is left to do for it.
    bool over(const protocol::Command& command) const;
    // The banner of what `respond` would acknowledge was there long enough to be read.
    bool read(std::int64_t now_ms) const;
    void done(const protocol::Command& command, const std::string& wish,
              const protocol::Reply& reply, std::int64_t now_ms);
    void add_page(AlarmPicture& out, const protocol::Emergency& emergency) const;
    void add_dialog(AlarmPicture& out) const;
    Word message(std::int64_t now_ms) const;

    // What is wanted of the hall; `wish` tells one from another that looks the same. Its slot keeps
    // the id until it is answered.
    struct Wanted {
        protocol::Command command;
        std::string wish;
        std::int64_t since_ms = 0;
        bool unanswered = false;  // no answer came once
        CommandSlot slot = {};
    };
    // A real emergency that was raised here and that the hall is not known to have. Null: none.
    const Wanted* unheard(std::int64_t now_ms) const;
    // The one that is chosen now was raised.
    bool raising() const;
    void add_banner(AlarmPicture& out, const protocol::Emergency& emergency) const;

    // Why something was not done, until the person acts or its emergency has changed.
    struct Problem {
        std::string words;
        std::uint64_t about = 0;  // 0: a raise
        protocol::EmergencyState::Value state = protocol::EmergencyState::unknown;
    };

    std::uint32_t window_;
    Newest newest_;
    std::string number_;
    std::deque<Wanted> wanted_;  // the first is on its way, or waits for the next view
    bool waits_ = false;
    std::int64_t sent_ms_ = 0;
    std::optional<protocol::Reply> told_;  // until a view knows of it
    AlarmDialog dialog_ = AlarmDialog::none;
    std::int64_t opened_ms_ = -kAlarmSettleMs;  // when `dialog_` took its place
    std::uint64_t about_ = 0;                   // whose page
    bool faces_visitor_ = false;
    // The one about to be raised.
    std::string place_;
    std::uint64_t case_id_ = 0;
    bool drill_ = false;
    std::uint64_t raised_ = 0;  // openings of the choice: each is a wish of its own
    Problem problem_;
    // Whose banner a person sees, and since when: only what was drawn can be read.
    mutable std::uint64_t seen_ = 0;
    mutable std::int64_t seen_ms_ = 0;
};

}  // namespace hall::console
