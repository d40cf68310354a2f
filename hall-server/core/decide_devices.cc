// Devices: which public keys the hall knows, and as what.
#include <algorithm>

#include "hall-server/core/decide.h"

namespace hall::core {

using protocol::Event;
using protocol::RefusalCode;
using protocol::Role;

namespace {

constexpr size_t kDeviceNameMax = 64;
constexpr size_t kPublicKeyChars = 40;  // Z85 of 32 bytes, ZeroMQ RFC 32

bool name_valid(const std::string& name) {
    auto valid = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_' || c == '.';
    };
    return !name.empty() && name.size() <= kDeviceNameMax &&
           std::all_of(name.begin(), name.end(), valid);
}

bool key_valid(const std::string& key) {
    static constexpr std::string_view kAlphabet =
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";
    return key.size() == kPublicKeyChars && std::all_of(key.begin(), key.end(), [](char c) {
               return kAlphabet.find(c) != std::string_view::npos;
           });
}

}  // namespace

Decision decide(const Ask& ask, const protocol::EnrolDevice& command) {
    const HallState& hall = ask.hall;
    if (!name_valid(command.name())) {
        return Refuse(RefusalCode::value_out_of_range).field(command.name());
    }
    if (!Role::Value_IsValid(command.role()) || command.role() == Role::unknown) {
        return Refuse(RefusalCode::value_out_of_range).field(std::to_string(command.role()));
    }
    if (!key_valid(command.public_key())) return Refuse(RefusalCode::device_key_invalid);
    if (command.window() != 0 && !hall.find_window(command.window())) {
        return Refuse(RefusalCode::unknown_window).field(std::to_string(command.window()));
    }
    if (hall.find_device(command.name())) {
        return Refuse(RefusalCode::device_name_taken).field(command.name());
    }
    for (const state::Device& device : hall.data.devices()) {
        if (device.public_key() == command.public_key()) {
            return Refuse(RefusalCode::device_key_taken).field(device.name());
        }
    }
    if (hall.data.devices_size() >= static_cast<int>(kDevicesMax)) {
        return Refuse(RefusalCode::value_out_of_range).field("devices");
    }
    Event event;
    auto* body = event.mutable_device_enrolled();
    body->set_name(command.name());
    body->set_role(command.role());
    body->set_public_key(command.public_key());
    body->set_window(command.window());
    return Events{event};
}

Decision decide(const Ask& ask, const protocol::RevokeDevice& command) {
    if (!ask.hall.find_device(command.name())) {
        return Refuse(RefusalCode::unknown_device).field(command.name());
    }
    Event event;
    event.mutable_device_revoked()->set_name(command.name());
    return Events{event};
}

}  // namespace hall::core
