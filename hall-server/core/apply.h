// Internal to hall-server/core: the only way the state changes.
#pragma once

#include "hall-server/core/hall_state.h"

namespace hall::core {

// REQUIRES: `seq` follows the state's, and `at_ms` is not before the last event's.
void apply(HallState& hall, const protocol::Event& event, uint64_t seq, int64_t at_ms,
           const Actor& actor);

}  // namespace hall::core
