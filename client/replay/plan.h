// Plan: a recorded day as things to do at points of hall time. Pure: same day, windows and seed,
// same plan.
//
// The record only bounds its times, so each is drawn uniformly in (after, by]; within one bound the
// order of the numbers is kept, and nobody is called before he came. A counter of the record is a
// window of the hall, a queue is the service with its letter.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "client/replay/recorded_day.h"

namespace hall::replay {

struct Arrival {
    int64_t at_ms = 0;  // UTC, as all times here
    std::string letter;
};

struct Step {
    enum class Kind { open, call, close };  // a call finishes whom the window serves first
    int64_t at_ms = 0;
    Kind kind = Kind::call;
};

// One recorded counter: what its clerk does, in order.
struct Clerk {
    std::string letter;
    std::size_t counter = 0;  // 0, 1, … of that letter
    std::vector<Step> steps;
};

struct Plan {
    std::vector<Arrival> arrivals;          // in order of time
    std::vector<Clerk> clerks;              // by letter, then counter
    std::vector<int64_t> recorded_wait_ms;  // of those who were called there, as drawn
    std::size_t never_called = 0;
    std::size_t counters_missing = 0;  // calls that the record made from a counter we do not have
};

// `windows`: how many windows of the hall serve a letter. `utc_ms`: a local minute of the day.
// REQUIRES: at least one window for each letter of the day.
Plan plan_day(const RecordedDay& day, const std::map<std::string, std::size_t>& windows,
              const std::function<int64_t(int)>& utc_ms, uint64_t seed);

}  // namespace hall::replay
