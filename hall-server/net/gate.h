// Gate: what a frame from a socket says, or the reply that refuses it before the hall sees it.
//
// Pure functions without sockets; PROTOCOL.md, "Frames", has the same rules in words.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "hall-server/service/hall_service.h"
#include "protocol/hall.pb.h"

namespace hall::net {

inline constexpr uint32_t kProtocolVersion = 1;
inline constexpr size_t kFrameMax = 64 * 1024;        // larger is refused
inline constexpr size_t kTransportMax = 1024 * 1024;  // larger ends the connection
inline constexpr const char* kFirstAdmin = "first-admin";

// A reply that refuses; `command_id` is echoed when it is one.
protocol::Reply refuse(protocol::RefusalCode::Value code, const std::string& command_id,
                       const std::string& field = "");

// Reads the frame of `sender` and checks everything that needs no hall: size, form, version,
// command id, whether a socket may send it at all, and the sender's permission.
// Refusals: `frame_too_large`, `malformed_request`, `protocol_version_unsupported`,
// `command_id_missing`, `device_not_enrolled`, `role_not_allowed`.
tl::expected<protocol::Request, protocol::Reply> admit(std::string_view frame,
                                                       const service::Sender& sender);

}  // namespace hall::net
