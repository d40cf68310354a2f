// Permissions: which device may send which command, ask which query and watch which view. One
// table, the same that PROTOCOL.md shows; nothing else in the server asks for a role.
//
// Pure functions, safe from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "protocol/hall.pb.h"
#include "protocol/types.pb.h"

namespace hall::service {

enum class Grant {
    no,
    own_window,  // only for the window the device stands at; for any when it stands at none
    yes
};

// By the number of the oneof's case. `internal` commands (install_rules, plan_day, tick,
// note_clock_step) are never granted to anybody: the server sends them to itself.
Grant grant(protocol::Role::Value role, protocol::Command::BodyCase command);
Grant grant(protocol::Role::Value role, protocol::Query::BodyCase query);

// Whether the server alone sends it; from a socket it is `malformed_request`.
bool is_internal(protocol::Command::BodyCase command);

// The refusal `role_not_allowed` when a device of this role, standing at `window` (0 = none), may
// not send this request. REQUIRES: the request holds a command or a query.
std::optional<protocol::Refusal> check_permission(protocol::Role::Value role, uint32_t window,
                                                  const protocol::Request& request);

// The refusal `rank_not_allowed` when a person of this rank may not send this command: what decides
// about the hall, its people or somebody's turn needs a supervisor, devices an admin, windows a
// clerk. Everything else anybody who works there. Where nobody has signed on, the device's role is
// all there is.
std::optional<protocol::Refusal> check_rank(protocol::StaffRank::Value rank,
                                            const protocol::Command& command);

// Staff topics: "guide|", "clerk:N|", "printer|", "events|", "care|", "cases|", "supervisor|".
// False for any other text.
bool may_watch(protocol::Role::Value role, uint32_t window, std::string_view topic);

}  // namespace hall::service
