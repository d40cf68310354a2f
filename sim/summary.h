// Summary: the figures of a simulation, for people and for programs.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/scenario.h"
#include "sim/simulation.h"
#include "sim/tally.h"

namespace hall::sim {

struct ClassSummary {
    std::string name;
    double credit_s = 0;
    uint64_t n = 0;  // served
    Figure wait_mean_s;
    Figure wait_p50_s;
    Figure wait_p95_s;
    double wait_max_s = 0;
    uint64_t abandoned = 0;
    uint64_t unserved = 0;
    uint64_t missed = 0;
    uint64_t lost = 0;
};

struct WindowSummary {
    uint32_t number = 0;
    Figure utilisation;  // of the time that it is open
    uint64_t served = 0;
};

struct Summary {
    std::string scenario;
    std::string title;
    Policy policy = Policy::credited;
    uint64_t seed = 0;
    int runs = 0;
    int days = 0;  // of each run; 0 = endless
    uint64_t arrivals = 0;
    uint64_t turned_away = 0;
    std::vector<ClassSummary> classes;
    std::optional<ClassSummary> all;  // nullopt: there is only one class
    std::vector<WindowSummary> windows;
    Figure utilisation;
    Figure overtime_s;                         // of a day
    std::map<std::string, uint64_t> rejected;  // rows of the trace, by reason
};

// Runs the scenario `runs` times.
Tally run_all(const Scenario& scenario, uint64_t seed, int runs);

Summary summarise(const Scenario& scenario, const Tally& tally, uint64_t seed, int runs);

// One line of JSON; spans in seconds, intervals as [low, high] or null.
std::string to_json(const Summary& summary);
// A table.
std::string to_text(const Summary& summary);

// Of JSON. Text is escaped; a number is written so that it reads back the same.
std::string json_text(const std::string& text);
std::string json_number(double value);
std::string json_interval(const std::optional<Interval>& interval);

std::string to_string(Policy policy);
std::optional<Policy> policy_from(const std::string& name);
// "83 s", "12.4 min", "3.1 h".
std::string span_text(double seconds);
// The width of a text on a terminal: Chinese characters take two columns.
std::size_t columns_of(const std::string& text);

}  // namespace hall::sim
