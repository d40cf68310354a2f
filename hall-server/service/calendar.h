// Calendar: how the service learns what a hall day is. Time zones live behind it; the core sees
// only the resolved milliseconds of a DayPlan.
#pragma once

#include <cstdint>
#include <vector>

#include "protocol/types.pb.h"

namespace hall::service {

class Calendar {
  public:
    virtual ~Calendar() = default;

    // The plan of the local day that contains `now_ms` (UTC).
    virtual protocol::DayPlan plan_of(int64_t now_ms) const = 0;

    // The plans of the `days` local days after that one, in order. Without their rosters and the
    // open days after them: slots are given by hours, a roster is known on its day, and promises
    // count from today.
    std::vector<protocol::DayPlan> plans_after(int64_t now_ms, uint32_t days) const;
};

}  // namespace hall::service
