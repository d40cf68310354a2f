// Emergencies on a console: the banner on every page, who goes, raising one by place and kind, the
// plan's steps, the outcome. From the newest care view, what was pressed and the answers. The one
// way of it for guides, clerks and supervisors.
//
// It has a command slot of its own: an alarm never waits for another command's answer; and it is
// sent even while no view comes, because the way to the hall may work all the same. The banner has
// no names and nothing about the illness: a visitor may look at this screen. Whoever goes opens the
// page of the emergency, and reads there what it is.
//
// Used by console models. Knows no pixel. One thread.
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

enum class AlarmDialog { none, place, kind, page, outcome };

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
    std::string title;  // 突发疾病 · 2 号窗口 · A023 · 09:41
    Word state;         // 尚无人应答, 已升级, 李娜已应答
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

class AlarmModel {
  public:
    using Newest = client::Newest<protocol::CareView>;

    // `window`: of a clerk's console, the first place offered; 0 = none.
    explicit AlarmModel(std::uint32_t window = 0) : window_(window) {}

    void take(const Newest& newest);
    // Who is at the window now; empty = nobody.
    void at_window(const std::string& number) { number_ = number; }

    void act(const AlarmAct& act);
    // What must be sent now; given out once.
    std::optional<Sending> outgoing();
    void answered(const client::Answer& answer);

    AlarmPicture picture() const;
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
    Word state_of(const protocol::Emergency& emergency) const;
    std::string responders_of(const protocol::Emergency& emergency) const;

    void raise(const std::string& kind);
    void change(const AlarmAct& act);
    void show(std::uint64_t id);
    void back();
    void send(const protocol::Command& command, const std::string& situation);
    void add_page(AlarmPicture& out, const protocol::Emergency& emergency) const;
    void add_dialog(AlarmPicture& out) const;

    std::uint32_t window_;
    Newest newest_;
    std::string number_;
    CommandSlot slot_;
    std::optional<Sending> outgoing_;
    std::deque<protocol::Command> waiting_;  // calls for help behind the one on its way
    std::optional<protocol::Reply> told_;    // until a view knows of it
    AlarmDialog dialog_ = AlarmDialog::none;
    std::uint64_t about_ = 0;  // whose page
    // The one about to be raised.
    std::string place_;
    std::uint64_t case_id_ = 0;
    bool drill_ = false;
    std::uint64_t raised_ = 0;  // openings of the choice: each is a wish of its own
    std::string problem_;
};

}  // namespace hall::console
