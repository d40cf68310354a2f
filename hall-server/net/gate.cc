#include "hall-server/net/gate.h"

#include <climits>

#include "hall-server/service/permissions.h"
#include "protocol/command_id.h"

namespace hall::net {
namespace {

using protocol::is_command_id;
using protocol::RefusalCode;

// What is wrong with the form of a request; empty = nothing.
std::string malformed_part(const protocol::Request& request) {
    if (request.protocol_version() == 0) return "protocol_version";
    switch (request.kind_case()) {
        case protocol::Request::kCommand: {
            const auto body = request.command().body_case();
            const bool known = body != protocol::Command::BODY_NOT_SET;
            return known && !service::is_internal(body) ? "" : "command";
        }
        case protocol::Request::kQuery:
            return request.query().body_case() != protocol::Query::BODY_NOT_SET ? "" : "query";
        case protocol::Request::KIND_NOT_SET:
            break;
    }
    return "kind";
}

bool id_is_good(const protocol::Request& request) {
    if (is_command_id(request.command_id())) return true;
    return request.has_query() && request.command_id().empty();
}

}  // namespace

protocol::Reply refuse(RefusalCode::Value code, const std::string& command_id,
                       const std::string& field) {
    protocol::Reply reply;
    if (is_command_id(command_id)) reply.set_command_id(command_id);
    reply.mutable_refusal()->set_code(code);
    reply.mutable_refusal()->set_field(field);
    reply.mutable_refusal()->set_retry(code == RefusalCode::server_busy);
    return reply;
}

tl::expected<protocol::Request, protocol::Reply> admit(std::string_view frame,
                                                       const service::Sender& sender) {
    if (frame.size() > kFrameMax) return tl::unexpected(refuse(RefusalCode::frame_too_large, ""));
    protocol::Request request;
    if (!request.ParseFromArray(frame.data(), static_cast<int>(frame.size()))) {
        // The id comes first in a frame: with it the sender finds the answer to its request.
        const bool named = request.has_command() && id_is_good(request);
        return tl::unexpected(
            refuse(RefusalCode::malformed_request, named ? request.command_id() : ""));
    }
    const std::string& id = request.command_id();
    // First: a newer program may send kinds that this server cannot know.
    if (request.protocol_version() > kProtocolVersion) {
        return tl::unexpected(refuse(RefusalCode::protocol_version_unsupported, id,
                                     std::to_string(request.protocol_version())));
    }
    const std::string malformed = malformed_part(request);
    if (!malformed.empty()) {
        return tl::unexpected(refuse(RefusalCode::malformed_request, id, malformed));
    }
    if (!id_is_good(request)) return tl::unexpected(refuse(RefusalCode::command_id_missing, ""));
    if (sender.role == protocol::Role::unknown) {
        return tl::unexpected(refuse(RefusalCode::device_not_enrolled, id));
    }
    auto refusal = service::check_permission(sender.role, sender.window, request);
    if (refusal) {
        protocol::Reply reply = refuse(refusal->code(), id);
        *reply.mutable_refusal() = std::move(*refusal);
        return tl::unexpected(std::move(reply));
    }
    return request;
}

}  // namespace hall::net
