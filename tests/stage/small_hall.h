// The text of a hall file with as many equal windows as a test wants.
#pragma once

#include <string>

namespace hall::stage {

// Service of every window of small_hall_toml.
inline constexpr const char* kService = "pension_claim";
inline constexpr const char* kPrinter = "entrance";
inline constexpr const char* kZone = "hall";

// A hall open every day from 08:00 to 18:00, with windows 1 to `windows`, all serving kService in
// zone kZone, and the ticket printer kPrinter at `printer_uri` (none when empty).
std::string small_hall_toml(int windows, const std::string& printer_uri = "");

// config/county_hall.toml with its catalogue, wherever the file is put.
std::string county_hall_toml();

}  // namespace hall::stage
