// hall-sim against the least that could simulate the same queue.
#include <queue>
#include <set>

#include "benchmarks/scenarios.h"
#include "protocol/check.h"
#include "sim/simulation.h"

namespace hall::bench {
namespace {

constexpr int kVisitors = 1'000'000;
constexpr int kSimulatedWindows = 3;
constexpr double kPerHour = 2.7;  // a window serves one an hour

// M/M/3 with one set of keys and no hall around it.
uint64_t bare_loop() {
    sim::Chance chance(1);
    std::set<ticketing::Key> waiting;
    std::priority_queue<int64_t, std::vector<int64_t>, std::greater<>> ends;
    const auto span = [&](double mean_h) {
        return static_cast<int64_t>(chance.exponential() * mean_h * sim::kHour);
    };
    int64_t arrival = 0;
    uint64_t waited = 0;
    for (uint64_t serial = 0; serial < kVisitors;) {
        if (!ends.empty() && ends.top() <= arrival) {
            const int64_t now = ends.top();
            ends.pop();
            if (waiting.empty()) continue;
            waited += static_cast<uint64_t>(now - waiting.begin()->t_ms);
            waiting.erase(waiting.begin());
            ends.push(now + span(1));
            continue;
        }
        if (ends.size() < kSimulatedWindows) {
            ends.push(arrival + span(1));
        } else {
            waiting.insert({arrival, arrival, serial});
        }
        ++serial;
        arrival += span(1 / kPerHour);
    }
    return waited;
}

sim::Scenario scenario() {
    auto made = sim::parse_scenario(
        "[run]\nvisitors = 1\n[[service]]\ncode = \"s\"\n"
        "time = { kind = \"exponential\", mean_min = 60 }\n[[class]]\nname = \"a\"\n"
        "per_hour = 2.7\n[[window]]\nnumber = 1\ncount = 3\n",
        "bench");
    HALL_CHECK(made);
    made->visitors = kVisitors;
    return std::move(*made);
}

}  // namespace

std::vector<Figure> simulating() {
    const sim::Scenario hall = scenario();
    std::vector<double> bare;
    std::vector<double> whole;
    for (int round = 0; round < 3; ++round) {
        double begin = seconds_now();
        HALL_CHECK(bare_loop() > 0);
        bare.push_back(seconds_now() - begin);
        begin = seconds_now();
        sim::Tally tally(hall);
        sim::simulate(hall, 1, 0, 1, tally);
        whole.push_back(seconds_now() - begin);
        HALL_CHECK(tally.arrivals == kVisitors);
    }
    const double best = percentile(whole, 0.01);
    const double speed = kVisitors / best;
    Figure figure{"simulated_arrivals_mm3",      speed, "1/s", "of_a_bare_event_loop",
                  percentile(bare, 0.01) / best, true,  ""};
    figure.kept = speed >= 1e6;
    figure.promise = "at least 1000000 1/s: a year of a hall is seconds";
    return {figure};
}

}  // namespace hall::bench
