// What happened to a ticket, for whoever answers a complaint: when, what in words, and who.
#pragma once

#include <cstdint>
#include <string>

#include "protocol/hall.pb.h"

namespace hall::client::hallctl {

// The ticket's events and those of its cases, its prints and its emergency, one a line:
// "08:41  叫号  2 号窗口, 第 1 次  (clerk-2/C2 #113)". Lines end in a newline.
std::string history_text(const protocol::Ticket& ticket, int32_t utc_offset_s);

}  // namespace hall::client::hallctl
