// The key of HallService::Options::reply_key: 32 random bytes in KEYS/reply.key (0600), made once
// for an installation. Whoever loses it only loses the repeats of the last two days: a command that
// is sent again is then refused as `command_id_reused`, never done twice.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <tl/expected.hpp>

#include "protocol/error.h"

namespace hall::service {

// Reads the key, or makes it (and the folder, 0700) when there is none.
// Errors: `keys_unwritable`, `keys_invalid` (a file of another length).
tl::expected<std::array<uint8_t, 32>, Error> reply_key(const std::filesystem::path& keys_folder);

}  // namespace hall::service
