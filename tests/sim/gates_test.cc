// The quick rows of the policy's table, and cases that it does not list.
#include "tests/sim/gates.h"

namespace hall::sim {
namespace {

TEST(Gates, QuickRowOfOneWindow) {
    for (const double h : {0.0, 1.0, kStrict}) head_start_gate(.3, .3, 1, 1, h, kQuick);
}
TEST(Gates, QuickRowOfTwoWindows) {
    for (const double h : {0.0, 1.0, kStrict}) head_start_gate(.6, .6, 1, 2, h, kQuick);
}

// One class; mean service one hour.
std::string one_class(double per_hour, const std::string& time) {
    return fmt::format(
        "[run]\nvisitors = 1\nwarm_up = 5000\n[[service]]\ncode = \"s\"\ntime = {{ {} }}\n"
        "[[class]]\nname = \"a\"\nper_hour = {}\n[[window]]\nnumber = 1\n",
        time, per_hour);
}

TEST(Gates, OneWindowOfAnyServiceTimesIsPollaczekKhinchine) {
    const struct {
        const char* time;
        double second_moment;
    } rows[] = {{"kind = \"deterministic\", mean_s = 3600", 1},
                {"kind = \"erlang\", k = 2, mean_s = 3600", 1.5},
                {"kind = \"hyperexponential\", mean_s = 3600, cv = 1.5", 3.25},
                {"kind = \"lognormal\", mean_s = 3600, cv = 0.8", 1.64}};
    for (const auto& row : rows) {
        const auto measured = waits(scenario_from(one_class(.6, row.time)), {20, 100'000, 0.03});
        expect_within(measured[0], mg1_wait(.6, 1, row.second_moment), kQuick, row.time);
    }
}

TEST(Gates, ThreeClassesInStrictOrderAreCobham) {
    Scenario scenario = scenario_from(
        "[run]\nvisitors = 1\nwarm_up = 5000\n[[service]]\ncode = \"s\"\n"
        "[[class]]\nname = \"first\"\ncredit_s = 3\nper_hour = 0.2\n"
        "time = { kind = \"exponential\", mean_s = 3600 }\n"
        "[[class]]\nname = \"second\"\ncredit_s = 2\nper_hour = 0.3\n"
        "time = { kind = \"deterministic\", mean_s = 1800 }\n"
        "[[class]]\nname = \"third\"\nper_hour = 0.1\n"
        "time = { kind = \"hyperexponential\", mean_s = 7200, cv = 1.5 }\n[[window]]\nnumber = "
        "1\n");
    scenario.policy = Policy::strict;
    const auto measured = waits(scenario, kQuick);
    const auto theory = cobham_mg1({{.2, 1, 2}, {.3, .5, .25}, {.1, 2, 4 * 3.25}});
    for (std::size_t k = 0; k < theory.size(); ++k) {
        expect_within(measured[k], theory[k], kQuick, fmt::format("Cobham, class {}", k + 1));
    }
}

TEST(Gates, EightWindowsAreErlangAndThreeClassesKeepTheirMean) {
    Scenario scenario = scenario_from(two_classes(2.0, 4.0, 0.5, 8));
    const auto measured = waits(scenario, kQuick);
    const auto theory = head_start_mmc(2, 4, 1, 8, 0.5);
    expect_within(measured[0], theory.wait_high, kQuick, "8 windows, high");
    expect_within(measured[1], theory.wait_low, kQuick, "8 windows, low");
    expect_within((2 * measured[0] + 4 * measured[1]) / 6, mmc_wait(6, 1, 8), kQuick,
                  "8 windows, all");
}

// 95 % intervals hold the truth about 95 times in 100.
TEST(Gates, IntervalsCoverTheTruth) {
    Scenario scenario = scenario_from(one_class(.5, "kind = \"exponential\", mean_s = 3600"));
    scenario.visitors = 2'000;
    scenario.warm_up = 500;
    int covered = 0;
    constexpr int kTrials = 100;
    for (int trial = 0; trial < kTrials; ++trial) {
        const Summary sum = summarise(scenario, run_all(scenario, 1'000 + trial, 10), 0, 10);
        const auto& ci = sum.classes[0].wait_mean_s.ci;
        ASSERT_TRUE(ci);
        covered += ci->low <= kHourSeconds && kHourSeconds <= ci->high ? 1 : 0;
    }
    EXPECT_GE(covered, 89);
}

}  // namespace
}  // namespace hall::sim
