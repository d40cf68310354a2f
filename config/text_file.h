// A file of configuration as text and as TOML. Inside config/ only.
#pragma once

#include <toml++/toml.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "config/section.h"

namespace hall::config {

// At most one byte more than kFileBytesMax of an ordinary file, or in words why not: "there is no
// such file". Never throws.
tl::expected<std::string, std::string> read_text(const std::filesystem::path& path);

// nullopt: it is too large, empty or no TOML, which is then the only mistake in `report`. `example`
// tells who has an empty file where to look.
std::optional<toml::table> parse_toml(std::string_view text, const char* example, Report& report);

}  // namespace hall::config
