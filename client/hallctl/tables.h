// An answer of the hall as a person reads it in a terminal: short, aligned, Chinese first.
#pragma once

#include <cstdint>
#include <string>

#include "protocol/hall.pb.h"

namespace hall::client::hallctl {

// Lines that end in a newline. REQUIRES: no refusal; texts are filled in (client/refusal_text.h).
std::string as_text(const protocol::Reply& reply, int32_t utc_offset_s);

// The queue's key behind a ticket's place, what the place comes from and who is ahead with what
// claim: for staff.
std::string key_text(const protocol::Ticket& ticket, int32_t utc_offset_s);

}  // namespace hall::client::hallctl
