// What happened to a ticket, for whoever answers a complaint: when, what in words, and who.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "protocol/hall.pb.h"

namespace hall::client::hallctl {

// What the hall calls the codes in its events; a code without a name is shown as it is.
struct Names {
    std::map<std::string, std::string> services;
    std::map<std::string, std::string> materials;
    std::map<std::string, std::string> facilities;
};

// The ticket's events and those of its cases, its prints and its emergency, one a line:
// "08:41  叫号  2 号窗口, 第 1 次  (clerk-2/C2 #113)". Lines end in a newline.
std::string history_text(const protocol::Ticket& ticket, int32_t utc_offset_s, const Names& names);

}  // namespace hall::client::hallctl
