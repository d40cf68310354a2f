// One elder's whole story, and what a hall lives through beside it, as commands of the core: the
// story that the README tells. Every kind of event that a case, a check-in, an emergency, a loan,
// the staff or a wristband can cause happens in it at least once.
#pragma once

#include "tests/core/test_hall.h"

namespace hall::core {

// test_rules() with materials, stations, facilities, an emergency plan and retentions.
protocol::HallRules story_rules();
// Monday 07:40 to the follow-up on Wednesday, and what becomes of the days after.
TestHall elder_story();

}  // namespace hall::core
