// Calendar: how the service learns what a hall day is. Time zones live behind it; the core sees
// only the resolved milliseconds of a DayPlan.
#pragma once

#include <cstdint>

#include "protocol/types.pb.h"

namespace hall::service {

class Calendar {
  public:
    virtual ~Calendar() = default;

    // The plan of the local day that contains `now_ms` (UTC).
    virtual protocol::DayPlan plan_of(int64_t now_ms) const = 0;
};

}  // namespace hall::service
