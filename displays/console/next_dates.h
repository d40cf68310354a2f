// When a visitor comes back with what was missing: the days that a console offers. Used by console
// models. Pure.
#pragma once

#include <string>
#include <vector>

#include "displays/console/choice.h"

namespace hall::console {

// "Any day" with an empty value, then five days after `today` ("2026-11-23"): value "2026-11-24",
// label 11月24日 周二. Without a day it can read, "any day" alone.
std::vector<Choice> next_dates(const std::string& today);

}  // namespace hall::console
