// Chart: pictures of a simulation, PNG, drawn with Cairo and Pango. Every text is 15 px or more.
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "protocol/error.h"
#include "sim/simulation.h"
#include "sim/staff.h"

namespace hall::sim {

inline constexpr std::size_t kPanelsMax = 12;  // classes drawn; the first ones

// Waits by class and hour of arrival (or twenty-fourth part of an endless run): a panel for each
// class with its median and the band up to the 95 % quantile, all on one scale.
// Error: `plot_unwritable`.
tl::expected<void, Error> plot_waits(const Scenario& scenario, const Tally& tally,
                                     const std::string& file);

// A roster: which windows are open in each hour and how many, above the wait of each target's
// class by hour with the limit as a line.
tl::expected<void, Error> plot_roster(const Scenario& scenario, const StaffResult& result,
                                      const std::string& file);

}  // namespace hall::sim
