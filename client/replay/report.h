// Report: what a replayed day was, beside the record, as text for people (Chinese and English).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "client/replay/audit.h"
#include "client/replay/driver.h"
#include "client/replay/plan.h"
#include "client/replay/recorded_day.h"

namespace hall::replay {

struct Spread {
    double mean = 0;
    int64_t p50 = 0;
    int64_t p95 = 0;
    int64_t max = 0;
};

// Nearest rank; all 0 without values.
Spread spread_of(std::vector<int64_t> values);

// True when everything was done so close to its time that the waits can be compared.
bool kept_up(const Played& played);

std::string report(const RecordedDay& day, const Plan& plan, const Played& played,
                   const Findings& findings, double speed);

}  // namespace hall::replay
