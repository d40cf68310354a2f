// Escort cases as a person reads them in a terminal.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "protocol/hall.pb.h"

namespace hall::client::hallctl {

// One a line. Lines end in a newline, here and below.
std::string cases_text(const std::vector<protocol::Case>& cases, int32_t utc_offset_s);

// The whole file: where it stands, its materials and its way through the stages.
std::string case_text(const protocol::Case& one, int32_t utc_offset_s);

}  // namespace hall::client::hallctl
