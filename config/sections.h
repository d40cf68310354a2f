// Sections: reads each part of a parsed hall file into HallFile and checks what its parts say of
// each other. Inside config/ only; hall_file.cc calls it.
#pragma once

#include <toml++/toml.h>

#include <filesystem>

#include "config/hall_file.h"
#include "config/section.h"

namespace hall::config {

// Reads everything it can; the result is good only when `report` stays empty. A catalogue is looked
// for in `folder`.
HallFile read_sections(const toml::table& file, const std::filesystem::path& folder,
                       Report& report);

}  // namespace hall::config
