// Slots (预约时段): which there are, how many places they have left, and how busy the hall will be
// then as its own last weeks tell.
//
// Internal to hall-server/core: booking, closing and the views ask here. A slot is the span of
// rules().slot_ms from its begin; slots follow each other from opening while they end by closing.
// Every service has rules().slot_places in each, taken by the first service of an appointment.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "hall-server/core/hall_state.h"

namespace hall::core {

bool gives_appointments(const HallState& hall);

// The plan of today or of a day ahead; nullptr when `date` is none of them.
const protocol::DayPlan* plan_on(const HallState& hall, const std::string& date);
// The days for which slots are given, from today on.
std::vector<const protocol::DayPlan*> planned_days(const HallState& hall);

// The begins of a day's slots, rising; none when the hall does not open.
std::vector<int64_t> slots_of(const HallState& hall, const protocol::DayPlan& plan);
// The day whose slot begins then; nullptr when none does.
const protocol::DayPlan* day_with_slot(const HallState& hall, int64_t slot_ms);

uint32_t places_free(const HallState& hall, int64_t slot_ms, const std::string& service);

// How many people came to the whole hall in this slot's time of day: the rounded mean over the days
// of the same weekday that are kept, of all kept days when there is no such; 0 with no history.
uint32_t expected_arrivals(const HallState& hall, const protocol::DayPlan& plan, int64_t slot_ms);

// Hands out the first free places of the days after today, each once: a day that ends gives all who
// still wait theirs in one pass, so it remembers what it gave.
class SlotFinder {
  public:
    struct Place {
        int64_t slot_ms = 0;  // 0: any time of any day, because no slot is free or given
        std::string date;
    };

    // `hall` outlives the finder and does not change meanwhile.
    SlotFinder(const HallState& hall, int64_t now_ms);
    Place take(const std::string& service);

  private:
    struct Slot {
        int64_t begin_ms = 0;
        const protocol::DayPlan* plan = nullptr;
    };
    struct Cursor {
        size_t slot = 0;     // the first that may have a place
        uint32_t given = 0;  // of its places, by us
    };
    const HallState& hall_;
    std::vector<Slot> slots_;
    std::map<std::string, Cursor> cursors_;  // by service
};

}  // namespace hall::core
