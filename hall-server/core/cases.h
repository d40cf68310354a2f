// Escort cases: what decisions, events and views ask of them. Internal to hall-server/core.
#pragma once

#include "hall-server/core/decide.h"

namespace hall::core {

// Who acts, as cases name them: the staff number, or the device where nobody has signed on.
std::string worker(const Actor& actor);

const state::Case* find_case(const HallState& hall, uint64_t id);
// The case that an event is about, when the event is part of its life; 0 = it is not: whoever only
// looks at a case does not make its data live longer.
uint64_t active_case(const protocol::Event& event);
const state::Wristband* find_wristband(const HallState& hall, const std::string& token);

}  // namespace hall::core
