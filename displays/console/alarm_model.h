// Emergencies on a console: what the banner on every page says, who acknowledges, who raises one.
// From the newest care view, what was pressed and the answers.
//
// It has a command slot of its own: an alarm never waits for another command's answer; and it is
// sent even while no view comes, because the way to the hall may work all the same. No names and
// nothing about the illness: a visitor may look at this screen.
//
// Used by console models. Knows no pixel. One thread. `now_ms` is the monotonic clock.
#pragma once

#include <cstdint>
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
    acknowledge,
    ask_raise,  // opens the choice of a place
    drill,      // the one about to be raised is a drill, or is not
    raise,      // value: as given in AlarmPicture::places
    dismiss,    // closes the choice
};

struct AlarmAct {
    AlarmDo what = AlarmDo::dismiss;
    std::string value = {};
};

struct AlarmPicture {
    bool shown = false;
    bool drill = false;
    std::string title;  // 突发疾病 · 2 号窗口 · A023 · 09:41
    Word state;         // 尚无人应答, 已升级, 已有人应答
    std::string more;   // 另有 1 起
    bool can_acknowledge = false;
    Word message;           // what became of ours, while there is something to say
    bool choosing = false;  // the choice of a place is open
    bool raise_drill = false;
    std::vector<Choice> places;

    friend bool operator==(const AlarmPicture&, const AlarmPicture&) = default;
};

class AlarmModel {
  public:
    using Newest = client::Newest<protocol::CareView>;

    // `window`: of a clerk's console, the first place offered; 0 = none.
    explicit AlarmModel(std::uint32_t window = 0) : window_(window) {}

    void take(const Newest& newest) { newest_ = newest; }
    // Who is at the window now; empty = nobody.
    void at_window(const std::string& number) { number_ = number; }

    void act(const AlarmAct& act);
    // What must be sent now; given out once.
    std::optional<Sending> outgoing();
    void answered(const client::Answer& answer);

    AlarmPicture picture() const;
    const protocol::CareView& view() const;

  private:
    // The one that the banner is about: not acknowledged ones first, real ones before drills, then
    // the newest. Null when none is open.
    const protocol::Emergency* first() const;
    std::vector<Choice> places() const;
    void send(const protocol::Command& command, const std::string& situation);

    std::uint32_t window_;
    Newest newest_;
    std::string number_;
    CommandSlot slot_;
    std::optional<Sending> outgoing_;
    bool choosing_ = false;
    bool drill_ = false;
    std::uint64_t raised_ = 0;  // openings of the choice: each is a wish of its own
    std::string problem_;
};

}  // namespace hall::console
