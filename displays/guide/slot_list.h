// The slots of one service as the hall told them, the day that is looked at and the slot chosen.
//
// Asking is a query: `asking` gives it out once, `told` takes its answer. An answer about another
// service than the one now wanted is an older question's and is dropped. Used by GuideModel. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client/command_client.h"
#include "protocol/hall.pb.h"

namespace hall::guide {

class SlotList {
  public:
    // Asks anew; what was chosen stays when its slot is still free.
    void ask(const std::string& service);
    void clear() { *this = {}; }

    std::optional<protocol::Query> asking();
    void told(const std::string& service, const client::Answer& answer);

    const std::string& service() const { return service_; }  // empty: none wanted
    bool waiting() const { return waiting_; }
    // Why there are no slots; none while `waiting` or when they have come.
    const std::optional<client::Answer>& problem() const { return problem_; }

    struct DayPlaces {
        std::int64_t first_ms = 0;  // begin of its first slot
        std::uint32_t free = 0;
    };
    DayPlaces places(const std::string& date) const;
    // Dates with slots, in order.
    std::vector<std::string> days() const;
    const std::string& day() const { return day_; }
    void choose_day(const std::string& date);
    // Of the day chosen, as the hall orders them: off-peak first, full ones last.
    std::vector<const protocol::Slot*> slots() const;
    const protocol::Slot* chosen() const { return find(chosen_ms_); }
    // Nothing happens when it is full or unknown; chosen again it is not chosen.
    void choose(std::int64_t slot_ms);
    // The earliest free one after the hall day `today`.
    const protocol::Slot* first_after(const std::string& today) const;

  private:
    const protocol::Slot* find(std::int64_t slot_ms) const;

    std::string service_;
    bool wanted_ = false;
    bool waiting_ = false;
    std::optional<client::Answer> problem_;
    std::vector<protocol::Slot> slots_;
    std::string day_;
    std::int64_t chosen_ms_ = 0;
};

}  // namespace hall::guide
