// Driver: plays a plan against a running hall with real commands: one guide who issues, and one
// clerk with a connection of his own for each recorded counter.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "client/keys.h"
#include "client/replay/hall_time.h"
#include "client/replay/plan.h"
#include "protocol/error.h"
#include "protocol/hall.pb.h"

namespace hall::replay {

// The hall's side of a letter.
struct Counters {
    std::string service;
    std::vector<uint32_t> windows;  // that serve this service and nothing else, rising
};

struct Played {
    std::vector<std::string> numbers;    // as the hall answered, in the order of issue
    std::vector<int64_t> issue_late_ms;  // hall time: done minus planned
    std::vector<int64_t> call_late_ms;
    std::size_t calls_in_vain = 0;      // nobody was waiting although the record called somebody
    std::vector<std::string> failures;  // sentences; empty when every command was done
};

// Returns when the last step is done and everybody at a window is finished.
// REQUIRES: `time` has heard the hall; `counters` has every letter of the plan with a window for
// each of its clerks.
Played play(const Plan& plan, const std::map<std::string, Counters>& counters,
            const client::Server& server, HallTime& time);

}  // namespace hall::replay
