// The page that the visitor sees: five grades for a case whose result has been told (好差评).
//
// Invited, never required: 不评价 closes it and sends nothing. A grade can be changed for kUndoMs
// and is sent then, or at once with 确定, or when the page has to go; after that it is never lost:
// it is sent again until the hall has answered. Then thanks, and the page returns by itself. Shows
// the service and the number of the case, no name.
//
// Used by the rating screen and by the clerk's console. Knows no pixel. One thread. `now_ms` is the
// monotonic clock.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "client/command_client.h"
#include "displays/console/command_slot.h"
#include "protocol/views.pb.h"

namespace hall::clerk {

// A wrong tap can be taken back for so long.
inline constexpr std::int64_t kUndoMs = 10'000;
inline constexpr std::int64_t kThanksMs = 6'000;
inline constexpr std::int64_t kSendAgainMs = 3'000;

enum class RatingDo { grade, change, confirm, decline };

struct RatingAct {
    RatingDo what = RatingDo::decline;
    std::uint32_t grade = 0;
};

enum class RatingPage { nothing, asking, chosen, thanks, not_taken };

struct RatingPicture {
    RatingPage page = RatingPage::nothing;
    std::string title;
    std::string service;
    std::string number;
    std::vector<std::string> grades;  // words of 5, 4, 3, 2, 1
    std::uint32_t grade = 0;          // chosen
    std::string note;                 // 10 秒后自动提交

    friend bool operator==(const RatingPicture&, const RatingPicture&) = default;
};

class RatingModel {
  public:
    // Which of these to follow: the one that is asked about, else the first that was not yet.
    const protocol::Case* next_of(
        const google::protobuf::RepeatedPtrField<protocol::Case>& cases) const;
    // Asks about `file` if it has not been asked about yet, on a device of the visitor's own.
    // Null: nobody is to be asked, the page goes.
    void follow(const protocol::Case* file, std::int64_t now_ms);
    // Asks about it, even when it was declined before: a person turned the screen round for it.
    void ask(const protocol::Case& file);

    void act(const RatingAct& act, std::int64_t now_ms);
    // What time alone changes: called before `outgoing`.
    void tick(std::int64_t now_ms);
    // What must be sent now; given out once.
    std::optional<console::Sending> outgoing() { return slot_.outgoing(); }
    void answered(const client::Answer& answer, std::int64_t now_ms);

    // A page is there that the visitor should see.
    bool shown() const { return page_ != RatingPage::nothing; }
    std::uint64_t about() const { return case_id_; }
    RatingPicture picture() const;
    std::int64_t idle_ms(std::int64_t now_ms) const;

  private:
    void give(std::int64_t now_ms);
    void leave();

    RatingPage page_ = RatingPage::nothing;
    std::uint64_t case_id_ = 0;
    std::string service_;
    std::uint32_t grade_ = 0;
    std::int64_t until_ms_ = 0;         // chosen, thanks: when time moves on
    std::set<std::uint64_t> finished_;  // declined or given
    std::deque<protocol::Command> unsent_;
    std::int64_t again_ms_ = 0;  // not before
    console::CommandSlot slot_;
};

}  // namespace hall::clerk
