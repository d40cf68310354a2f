// Calendar: how the service learns what a hall day is. Time zones live behind it; the core sees
// only the resolved milliseconds of a DayPlan.
#pragma once

#include <cstdint>
#include <vector>

#include "protocol/types.pb.h"

namespace hall::service {

// More than any service promises: half a year of holidays and weekends is looked through.
inline constexpr int kWorkingDaysAhead = 120;
inline constexpr uint32_t kLookAheadDays = 200;

class Calendar {
  public:
    virtual ~Calendar() = default;

    // The plan of the local day that contains `now_ms` (UTC).
    virtual protocol::DayPlan plan_of(int64_t now_ms) const = 0;

    // The same with the next kWorkingDaysAhead open days, with which promises count.
    protocol::DayPlan plan_of_today(int64_t now_ms) const;

    // The plans of the `days` local days after that one, in order. Without their rosters: slots are
    // given by hours, and a roster is known on its day.
    std::vector<protocol::DayPlan> plans_after(int64_t now_ms, uint32_t days) const;
};

}  // namespace hall::service
