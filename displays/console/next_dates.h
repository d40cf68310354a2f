// When a visitor comes back with what was missing: the days that a console offers. Used by console
// models. Pure.
#pragma once

#include <vector>

#include "displays/console/choice.h"
#include "protocol/views.pb.h"

namespace hall::console {

// "Any day" with an empty value, then the hall's open days: of "2026-11-24" the value is the same
// and the label 11月24日 周二. What is no date is left out.
std::vector<Choice> next_dates(const protocol::CareView& view);

}  // namespace hall::console
