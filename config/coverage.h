// Coverage: every service has a window in every open hour (domain.md, Services). Inside config/
// only.
#pragma once

#include <vector>

#include "config/hall_file.h"
#include "config/section.h"

namespace hall::config {

// Where the parts are in the file, for messages.
struct Coverage {
    std::vector<Place> services;       // one for each of HallFile::services
    std::vector<Located<Span>> spans;  // of all windows
};

// Reports, for each service, its first open time without a window; and spans of windows that are
// never inside the hall's hours.
void check_coverage(const HallFile& file, const Coverage& coverage, Report& report);

}  // namespace hall::config
