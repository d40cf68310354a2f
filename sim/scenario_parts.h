// The parts of a scenario that stand in several places: lengths of time and rates. Inside sim/
// only.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "config/section.h"
#include "sim/chance.h"
#include "sim/scenario.h"

namespace hall::sim {

// What nobody waits or takes longer than.
inline constexpr double kSecondsMax = 1e9;
inline constexpr double kPerHourMax = 1e9;

// `NAME_s` or `NAME_min`, in seconds; reported when both are there, or none and it is required.
std::optional<double> seconds(config::Section& section, const std::string& name,
                              config::Range<double> range_s, config::Presence presence);

// { kind = "exponential", mean_min = 5 } and the like, under `key`. `mean_s`, when given, is used
// where the table names no mean. A file is relative to `folder`.
std::optional<Duration> duration(config::Section& section, const std::string& key,
                                 const std::filesystem::path& folder, config::Presence presence,
                                 std::optional<double> mean_s = std::nullopt);

// `per_hour = 20`, or `profile = { from, step_min, per_hour = [...] }`, or `profile = { file }`.
// nullopt: neither is there, or wrong (reported).
std::optional<Rates> rates(config::Section& section, const std::filesystem::path& folder);

}  // namespace hall::sim
