// Scenario: what hall-sim simulates, read from one TOML file: who comes, how long they take, which
// windows are open, and the rule of who is next. config/sim/ has commented samples of every key.
//
// Values; safe to copy and to share between threads once loaded. Time is counted in ticks of one
// microsecond since the midnight of a simulated day (or since the start of an endless run).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "config/hall_file.h"
#include "sim/chance.h"
#include "ticketing/waiting_queues.h"

namespace hall::sim {

using Ticks = int64_t;
inline constexpr Ticks kSecond = 1'000'000;
inline constexpr Ticks kMinute = 60 * kSecond;
inline constexpr Ticks kHour = 60 * kMinute;
inline constexpr double kTicksASecond = static_cast<double>(kSecond);
// 142 years: the step between two classes of strict priority.
inline constexpr Ticks kBeyondAnyWait = Ticks{1} << 52;

// What one scenario may hold.
inline constexpr std::size_t kClassesMax = 64;
inline constexpr std::size_t kStepsMax = 24 * 60;  // of a profile
inline constexpr int kRunsMax = 10'000;
inline constexpr int kDaysMax = 10'000;
inline constexpr int kVisitorsMax = 50'000'000;  // of an endless run
inline constexpr int kChainMax = 8;              // services one after another

enum class Policy { credited, fifo, strict };
// What a service time belongs to: the visitor (and stays his under every policy), or the k-th
// service to start, whoever has it (policy.md, P6).
enum class ServiceTimes { by_visitor, by_start };

// A Poisson rate that is constant in steps.
struct Rates {
    Ticks from = 0;
    Ticks step = 0;  // 0: the first rate for ever
    std::vector<double> per_hour;
};

// One stream of arrivals, whose visitors are of these classes.
struct ArrivalStream {
    Rates rates;
    double dispersion = 1;  // variance over mean of a step's count; 1 = Poisson
    std::vector<std::pair<std::size_t, double>> classes;  // class, share; shares sum to 1
};

struct Need {
    ticketing::NeedSignature signature;
    std::size_t service = 0;
    double share = 1;
};

// Visitors with a slot: they come between `late` after it and `early` before it.
struct SlotHabit {
    double share = 0;
    Ticks early = 0;
    Ticks late = 0;
};

struct VisitorClass {
    std::string name;
    Ticks credit = 0;
    std::vector<Need> needs;  // shares sum to 1
    std::vector<std::string> prefers;
    std::optional<Duration> service_time;  // else the service's
    std::optional<Duration> patience;      // else nobody leaves
    SlotHabit slots;
    double missed_share = 0;  // not there when called
};

struct Service {
    std::string code;
    std::string name;
    Duration time = Duration::deterministic(1);
    std::optional<std::size_t> then;  // what its visitors go on to, keeping their place
    std::vector<std::string> in_trace;
};

struct Shift {
    Ticks from = 0;
    Ticks to = 0;
};

struct Window {
    uint32_t number = 0;
    ticketing::Ability ability;  // its reserved credit in ticks
    bool always = true;          // open as long as the hall is; else
    std::vector<Shift> shifts;   // rising, apart
};

struct Hours {
    Ticks early_waiting = 0;
    Ticks opening = 0;  // waits are counted from here: before it no window can help
    Ticks closing = 0;
    Ticks extension_end = 0;  // whoever still waits then goes home unserved
};

struct Missed {
    Ticks calls = 60 * kSecond;  // how long a window calls somebody who is not there
    double back_share = 0.5;
    Duration back_after = Duration::exponential(600);
    Ticks return_limit = 20 * kMinute;  // later than this is a new entry
};

// A row of a trace that could not be used.
struct Rejected {
    int line = 0;
    std::string reason;  // stable: "negative_time", "backward_time", "wrong_year", …
    std::string message;
};

// A recorded arrival. Within its bounds it is drawn anew in each run.
struct TraceRow {
    std::size_t day = 0;
    Ticks after = 0;  // in (after, by]; equal: exactly then
    Ticks by = 0;
    std::optional<std::size_t> visitor_class;  // else drawn by share
    std::size_t service = 0;
    Ticks service_time = -1;  // -1: drawn
};

struct Trace {
    std::string file;
    std::vector<config::Date> days;
    std::vector<TraceRow> rows;  // in the order of the file
    std::vector<Rejected> rejected;
};

struct Scenario {
    std::string file;
    std::string title;
    Policy policy = Policy::credited;
    ServiceTimes service_times = ServiceTimes::by_visitor;
    ticketing::CreditRules rules;  // in ticks
    uint64_t seed = 1;
    int runs = 1;
    // An endless run: so many visitors, after so many that are not counted.
    int visitors = 0;
    int warm_up = 0;
    // Or days, each beginning empty: by weekday from Monday; nullopt = closed.
    int days = 0;
    int first_weekday = 0;
    std::array<std::optional<Hours>, 7> hours;
    std::array<double, 7> weekday_factor{1, 1, 1, 1, 1, 1, 1};
    bool stop_at_closing = false;

    std::vector<ArrivalStream> streams;
    std::optional<Trace> trace;
    std::vector<std::pair<std::size_t, double>> trace_classes;  // of rows that name none
    std::vector<VisitorClass> classes;
    std::vector<Service> services;
    std::vector<Window> windows;
    Missed missed;

    bool endless() const { return days == 0; }
    int weekday_of(int day) const;  // 0 = Monday
};

// Reads and checks a scenario and the files it names, relative to its folder. On error: every
// mistake found, with file, line and column.
tl::expected<Scenario, std::vector<config::Problem>> load_scenario(
    const std::filesystem::path& path);
// As load_scenario, of a text; `name` stands for the file, whose folder others are relative to.
tl::expected<Scenario, std::vector<config::Problem>> parse_scenario(const std::string& text,
                                                                    const std::string& name);

}  // namespace hall::sim
