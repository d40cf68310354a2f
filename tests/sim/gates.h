// The simulator against theory: the policy's gates and how they are measured.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <limits>
#include <string>
#include <vector>

#include "sim/simulation.h"
#include "sim/summary.h"
#include "sim/theory.h"
#include "tests/sim/scenarios.h"

namespace hall::sim {

inline constexpr double kStrict = std::numeric_limits<double>::infinity();
inline constexpr double kHourSeconds = 3600;

struct Gate {
    int runs;
    int visitors;
    double tolerance;
};
inline constexpr Gate kQuick{20, 200'000, 0.03};
inline constexpr Gate kNightly{20, 2'000'000, 0.01};

// Mean waits in hours, by class.
inline std::vector<double> waits(Scenario scenario, Gate gate) {
    scenario.visitors = gate.visitors;
    const Summary sum = summarise(scenario, run_all(scenario, 1, gate.runs), 1, gate.runs);
    std::vector<double> means;
    for (const auto& one : sum.classes) means.push_back(one.wait_mean_s.value / kHourSeconds);
    return means;
}

inline void expect_within(double measured, double expected, Gate gate, const std::string& what) {
    EXPECT_NEAR(measured / expected, 1, gate.tolerance)
        << what << ": measured " << measured << ", theory " << expected;
    std::printf("%-44s theory %9.6f  measured %9.6f  %+.2f %%\n", what.c_str(), expected, measured,
                100 * (measured / expected - 1));
}

inline void head_start_gate(double high, double low, double mu, int c, double head_start,
                            Gate gate) {
    Scenario scenario =
        scenario_from(two_classes(high, low, std::isinf(head_start) ? 1 : head_start / mu, c, mu));
    if (std::isinf(head_start)) scenario.policy = Policy::strict;
    const auto measured = waits(scenario, gate);
    const auto theory = head_start_mmc(high, low, mu, c, head_start / mu);
    const std::string name = fmt::format("{} {} {} {} h {}", high, low, mu, c, head_start);
    expect_within(measured[0], theory.wait_high, gate, name + ", high");
    expect_within(measured[1], theory.wait_low, gate, name + ", low");
}

}  // namespace hall::sim
