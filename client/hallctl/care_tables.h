// Check-ins, emergencies, facilities, staff, wristbands and the catalogue as a person reads them in
// a terminal. Lines end in a newline.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "protocol/hall.pb.h"

namespace hall::client::hallctl {

// Nothing for an answer of another kind.
std::optional<std::string> care_text(const protocol::Reply& reply, int32_t utc_offset_s);

// The paper guide of one item: what to bring and what happens, one idea a line.
std::string guide_text(const protocol::CatalogueItem& item);

}  // namespace hall::client::hallctl
