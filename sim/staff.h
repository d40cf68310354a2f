// Staffing: the smallest roster that meets a target. A roster says, for each hour of the hall's
// day, which windows are open; windows keep their skills. Its cost is the sum of its window-hours.
//
// A search, not a proof: from the fewest windows of each hour that can serve every need and carry
// the work that arrives in it, window-hours are added where they help the target most, then every
// one is tried without; the same is done downwards from all windows open, and the cheaper roster
// wins. In every hour each need keeps an open window, as a hall file must have it. What comes out
// is minimal in the sense that no single window-hour can be left out. The sample that the search
// judges by is not the one that the result is reported from.
//
// Equal costs: the lower wait of everybody on average, then the roster grown upwards. Equal gains:
// the earlier hour, then the lower window number. Same scenario, target and seed: same roster.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "protocol/error.h"
#include "sim/scenario.h"
#include "sim/simulation.h"
#include "sim/tally.h"

namespace hall::sim {

// A roster that leaves more than this share of people unserved at the end of the extension meets
// no target.
inline constexpr double kUnservedShareMax = 0.01;

struct Target {
    std::string text;                          // as typed
    std::optional<std::size_t> visitor_class;  // nullopt = all
    double quantile = 0;                       // 0 = the mean
    Ticks limit = 0;
};

// "80plus p95 <= 10min", several joined by "and". A class or `all`; mean, p50, p90, p95 or p99;
// s, min or h. Error: `target_invalid`, with what is wrong and an example.
tl::expected<std::vector<Target>, Error> targets_from(const std::string& text,
                                                      const Scenario& scenario);

struct RosterHour {
    Ticks from = 0;
    Ticks to = 0;
    std::vector<bool> open;  // by window of the scenario
};
using Roster = std::vector<RosterHour>;

std::size_t window_hours(const Roster& roster);
// The scenario with its windows open as the roster says.
Scenario with_roster(const Scenario& scenario, const Roster& roster);

struct StaffOptions {
    uint64_t seed = 1;
    int search_days = 80;   // of the sample that the search adds and removes by
    int polish_days = 400;  // that the last removals are judged by
    int report_days = 800;  // that the result is reported from
};

struct StaffResult {
    std::vector<Target> targets;
    std::vector<Figure> reached;  // of each target, in ticks, from fresh seeds
    bool met = false;             // by the figures in `reached`
    double unserved_share = 0;
    Roster roster;
    std::size_t cost = 0;         // window-hours
    std::size_t pool = 0;         // with every window open
    std::size_t lower_bound = 0;  // no roster that can serve every need in every hour is cheaper
    std::size_t removable = 0;    // window-hours without which fresh seeds still meet the target
    int evaluations = 0;          // rosters simulated
    Figure all_mean;              // wait of everybody, in ticks
    double overtime_mean_s = 0;
    Tally tally;  // of the report's days

    explicit StaffResult(const Scenario& scenario) : tally(scenario) {}
};

// Errors: `staff_needs_days` (an endless scenario), `target_out_of_reach` (missed with every window
// open all day).
tl::expected<StaffResult, Error> find_roster(const Scenario& scenario,
                                             const std::vector<Target>& targets,
                                             const StaffOptions& options);

// One line of JSON; spans in seconds.
std::string to_json(const StaffResult& result, const Scenario& scenario, uint64_t seed);
// The roster as a table of windows and hours, with the waits by class.
std::string to_text(const StaffResult& result, const Scenario& scenario);

}  // namespace hall::sim
