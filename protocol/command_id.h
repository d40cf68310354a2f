// The form of a command's id (PROTOCOL.md, Commands): what the hall takes and a client sends.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace hall::protocol {

inline constexpr size_t kCommandIdMin = 8;
inline constexpr size_t kCommandIdMax = 64;

// 8 to 64 of [A-Za-z0-9-].
inline bool is_command_id(std::string_view text) {
    const auto allowed = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               c == '-';
    };
    return text.size() >= kCommandIdMin && text.size() <= kCommandIdMax &&
           std::all_of(text.begin(), text.end(), allowed);
}

}  // namespace hall::protocol
