// P4 and P6 of policy.md on random days. P5 is in simulation_test.cc, the others are properties of
// the hall itself: tests/core/properties_test.cc.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "sim/simulation.h"
#include "tests/sim/scenarios.h"

namespace hall::sim {
namespace {

constexpr int kRandomDays = 10'000;
constexpr Ticks kLongestService = 9 * kMinute;

class Starts final : public Watcher {
  public:
    void started(const Started& start) override { starts.push_back(start); }
    void settled(Ticks, const ticketing::WaitingQueues&,
                 const std::vector<ticketing::IdleWindow>&) override {}
    std::vector<Started> starts;
};

// Some sixty people of two classes with different credits and service times, at one to four windows
// that serve everybody; some miss their call and come back.
std::string random_day(Chance& chance, bool returns) {
    auto text = [&](const char* pattern, auto... values) {
        return fmt::format(fmt::runtime(pattern), values...);
    };
    std::string day = text(
        "[run]\nvisitors = 60\n[[window]]\nnumber = 1\ncount = {}\n[[service]]\ncode = \"s\"\n"
        "time = {{ kind = \"exponential\", mean_min = 5 }}\n",
        1 + chance.below(4));
    if (returns) {
        day +=
            "[missed]\nback_share = 0.8\n"
            "back_after = { kind = \"exponential\", mean_min = 15 }\n";
    }
    for (const char* name : {"high", "low"}) {
        day += text(
            "[[class]]\nname = \"{}\"\ncredit_min = {}\nper_hour = {}\nmissed_share = {}\n"
            "time = {{ kind = \"deterministic\", mean_min = {} }}\n",
            name, chance.below(21), 10 + chance.below(50), returns ? 0.1 : 0.0,
            1 + chance.below(9));
    }
    return day;
}

std::vector<Started> starts_of(const Scenario& scenario, uint64_t seed) {
    Tally tally(scenario);
    Starts watcher;
    simulate(scenario, seed, 0, 1, tally, &watcher);
    return watcher.starts;
}

// P4: whoever waits while k others are taken by c windows that can all serve him is taken himself
// within ceil((k + 1) / c) services, however long the longest takes: nobody starves. The k are the
// n ahead of him when he came and the A who came later with a better key, returns included.
TEST(RandomDays, NobodyStarves) {
    Chance chance(4);
    for (int day = 0; day < kRandomDays; ++day) {
        const Scenario scenario = scenario_from(random_day(chance, true));
        const auto starts = starts_of(scenario, chance.bits());
        const auto windows = static_cast<Ticks>(scenario.windows.size());
        for (std::size_t i = 0; i < starts.size(); ++i) {
            const Ticks entered = starts[i].key.t_ms;
            const auto taken =
                std::count_if(starts.begin(), starts.begin() + static_cast<std::ptrdiff_t>(i),
                              [&](const Started& other) { return other.at >= entered; });
            const Ticks services = (taken + 1 + windows - 1) / windows;
            ASSERT_LE(starts[i].at - entered, services * kLongestService)
                << "day " << day << ", start " << i;
        }
    }
}

// P6: with service times attached to the k-th start, when windows start does not depend on who is
// taken: credits move waits between people and cost nobody's time.
TEST(RandomDays, StartTimesAreTheSameForEveryCredit) {
    Chance chance(6);
    std::size_t moved = 0;
    for (int day = 0; day < kRandomDays; ++day) {
        Scenario scenario = scenario_from(random_day(chance, false));
        scenario.service_times = ServiceTimes::by_start;
        const uint64_t seed = chance.bits();
        scenario.policy = Policy::credited;
        const auto credited = starts_of(scenario, seed);
        scenario.policy = Policy::fifo;
        const auto plain = starts_of(scenario, seed);
        // Who is counted last may differ, and with it how long the run goes on.
        const std::size_t both = std::min(plain.size(), credited.size());
        ASSERT_GE(both, 50U);
        for (std::size_t i = 0; i < both; ++i) {
            ASSERT_EQ(credited[i].at, plain[i].at) << "day " << day << ", start " << i;
            moved += credited[i].key.t_ms != plain[i].key.t_ms ? 1 : 0;
        }
    }
    EXPECT_GT(moved, static_cast<std::size_t>(kRandomDays));  // the credits did something
}

}  // namespace
}  // namespace hall::sim
