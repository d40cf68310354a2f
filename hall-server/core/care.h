// Check-ins, emergencies, facilities, consultations and staff: what decisions, events and views ask
// of them. Internal to hall-server/core.
#pragma once

#include "hall-server/core/decide.h"

namespace hall::core {

const state::CheckIn* find_check_in(const HallState& hall, uint64_t id);
const state::Staff* find_staff(const HallState& hall, const std::string& number);

}  // namespace hall::core
