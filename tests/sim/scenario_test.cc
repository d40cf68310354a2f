// Scenarios and traces: every mistake is named by line, nothing is dropped silently.
#include "sim/scenario.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>

#include "sim/staff.h"
#include "sim/summary.h"
#include "tests/sim/scenarios.h"

namespace hall::sim {
namespace {

// What is good; each mistake replaces one line of it.
const char* const kGood =
    "policy = \"credited\"\n"                                             // 1
    "[run]\n"                                                             // 2
    "days = 1\n"                                                          // 3
    "[hours]\n"                                                           // 4
    "opening = \"09:00\"\n"                                               // 5
    "closing = \"17:00\"\n"                                               // 6
    "[[service]]\n"                                                       // 7
    "code = \"pension\"\n"                                                // 8
    "time = { kind = \"exponential\", mean_min = 5 }\n"                   // 9
    "[[service]]\n"                                                       // 10
    "code = \"card\"\n"                                                   // 11
    "time = { kind = \"erlang\", k = 2, mean_min = 5 }\n"                 // 12
    "[[class]]\n"                                                         // 13
    "name = \"80plus\"\n"                                                 // 14
    "credit_min = 20\n"                                                   // 15
    "profile = { from = \"09:00\", step_min = 60, per_hour = [5, 8] }\n"  // 16
    "[[window]]\n"                                                        // 17
    "number = 1\n"                                                        // 18
    "services = [\"pension\", \"card\"]\n";                               // 19

std::string with_line(int number, const std::string& text) {
    std::string out;
    std::istringstream lines(kGood);
    std::string line;
    for (int at = 1; std::getline(lines, line); ++at) out += (at == number ? text : line) + "\n";
    return out;
}

TEST(ScenarioFile, EveryMistakeIsNamedByItsLine) {
    ASSERT_TRUE(parse_scenario(kGood, "s.toml"));
    const struct {
        int line;
        const char* text;
        const char* says;
        int at;
    } rows[] = {
        {1, "policy = \"fair\"", "credited, fifo, strict", 1},
        {1, "polcy = \"fifo\"", "did you mean policy?", 1},
        {1, "hall = \"nowhere.toml\"", "the hall file has mistakes", 1},
        {3, "days = 0", "must be 1 to", 3},
        {6, "closing = \"08:00\"", "must rise", 4},
        {6, "closing = \"25:00\"", "write a time", 6},
        {9, "time = { kind = \"exponential\", mean_min = -5 }", "must be", 9},
        {9, "time = { kind = \"exponential\", mean_min = nan }", "must be", 9},
        {9, "time = { kind = \"exponential\", mean_min = 0 }", "must be", 9},
        {9, "time = { kind = \"hyperexponential\", mean_min = 5, cv = 0.5 }", "must be 1 to", 9},
        {9, "time = { kind = \"hyperexponential\", shares = [0.5, 0.6], means_s = [1, 2] }",
         "sum to 1", 9},
        {9, "time = { kind = \"empirical\", file = \"nowhere.csv\" }", "no such file", 9},
        {9, "", "lacks `time`", 7},
        {9, "time = { kind = \"deterministic\", mean_s = 1 }\nthen = \"pension\"", "circle", 10},
        {9, "time = { kind = \"deterministic\", mean_s = 1 }\nthen = \"cards\"",
         "did you mean card?", 10},
        {15, "credit_min = -1", "must be 0 to", 15},
        {16, "per_hour = -3", "must be 0 to", 16},
        {16, "per_hour = inf", "must be 0 to", 16},
        {16, "profile = { from = \"09:00\", per_hour = [5, nan] }", "must be a number", 16},
        {16, "profile = { from = \"23:00\", per_hour = [5, 5] }", "after midnight", 16},
        {16, "profile = { from = \"09:00\", per_hour = [0, 0] }", "nobody ever comes", 0},
        {16, "", "nobody of class \"80plus\" comes", 13},
        {18, "number = 1\ncount = 2000", "must be 1 to", 19},
        {19, "services = []", "can serve nobody", 19},
        {19, "services = [\"pension\", \"crad\"]", "did you mean card?", 19},
        {19, "services = [\"pension\"]", "no window serves \"card\"", 13},
        {19, "reserved_credit_min = -1", "must be", 19},
        {19, "[arrivals]\ntrace = { file = \"nowhere.csv\" }", "no such file", 20},
    };
    for (const auto& row : rows) {
        const auto made = parse_scenario(with_line(row.line, row.text), "s.toml");
        ASSERT_FALSE(made) << row.text;
        bool named = false;
        std::string all;
        for (const auto& problem : made.error()) {
            const std::string text = to_string(problem);
            all += text + '\n';
            named = named || (text.find(row.says) != std::string::npos && problem.line == row.at);
        }
        EXPECT_TRUE(named) << row.text << "\nsaid:\n" << all;
    }
}

TEST(ScenarioFile, CircleOfTwoServicesIsSpelledOut) {
    std::string text =
        with_line(9, "time = { kind = \"deterministic\", mean_s = 1 }\nthen = \"card\"");
    text.replace(text.find("code = \"card\""), 13, "code = \"card\"\nthen = \"pension\"");
    const auto made = parse_scenario(text, "s.toml");
    ASSERT_FALSE(made);
    EXPECT_NE(to_string(made.error().front()).find("pension → card → pension"), std::string::npos);
}

TEST(ScenarioFile, MissingFilesAndBrokenTomlAreNamed) {
    EXPECT_EQ(to_string(load_scenario("/nowhere.toml").error().front()),
              "/nowhere.toml: there is no such file");
    const auto broken = parse_scenario("[run\n", "s.toml");
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().front().line, 1);
}

// A scenario of one service whose trace this is.
tl::expected<Scenario, std::vector<config::Problem>> with_trace(const std::string& csv,
                                                                const std::string& more = "") {
    return parse_scenario(
        "[run]\n[arrivals]\ntrace = { file = \"" + trace_file("t.csv", csv) + "\"" + more +
            " }\n[[service]]\ncode = \"s\"\ntime = { kind = \"deterministic\", mean_min = 1 }\n"
            "[[class]]\nname = \"a\"\n[[window]]\nnumber = 1\n",
        "s.toml");
}

std::map<int, std::string> rejected_lines(const Scenario& scenario) {
    std::map<int, std::string> lines;
    for (const Rejected& row : scenario.trace->rejected) lines[row.line] = row.reason;
    return lines;
}

TEST(Traces, EveryRowThatCannotBeUsedIsNamedAndCounted) {
    const auto made = with_trace(
        "date,arrive_s,class,service_s\n"
        "2020-01-06,100,a,60\n"
        "2020-01-06,-5,a,60\n"    // 3
        "2020-01-06,90,a,60\n"    // 4: backward
        "2020-01-06,200,a,-1\n"   // 5
        "2020-01-06,200,zz,60\n"  // 6
        "2020-01-06,abc,a,60\n"   // 7
        "2020-01-06,200\n"        // 8
        "2020-13-06,200,a,60\n"   // 9
        "2021-01-06,200,a,60\n"   // 10: wrong year
        "2020-01-07,50,,\n");
    ASSERT_TRUE(made) << to_string(made.error().front());
    const std::map<int, std::string> expected = {
        {3, "negative_time"}, {4, "backward_time"}, {5, "negative_time"}, {6, "unknown_class"},
        {7, "malformed"},     {8, "malformed"},     {9, "malformed"},     {10, "wrong_year"}};
    EXPECT_EQ(rejected_lines(*made), expected);
    EXPECT_EQ(made->trace->rows.size(), 2U);
    EXPECT_EQ(made->days, 2);
    const Summary sum = summarise(*made, run_all(*made, 1, 1), 1, 1);
    EXPECT_EQ(sum.arrivals, 2U);
    EXPECT_EQ(sum.rejected.at("malformed"), 3U);
    EXPECT_NE(to_json(sum).find("\"wrong_year\":1"), std::string::npos);
    EXPECT_NE(made->trace->rejected.front().message.find("t.csv:3: `arrive_s` is -5"),
              std::string::npos);
}

// The defects of the Warsaw records: years that slipped, numbers that step back.
TEST(Traces, WarsawTicketsWithTheirDefects) {
    const auto made = with_trace(
        "office,queue_id,service,date,ticket,issue_after,issue_by,call_after,call_by,counters_open,"
        "outcome\n"
        "UD,1,A: x,2019-12-30,A001,08:00,08:05,08:05,08:10,1,called\n"
        "UD,1,A: x,2020-12-30,A002,08:00,08:05,08:05,08:10,1,called\n"  // 3
        "UD,1,A: x,2019-12-30,A003,07:50,07:55,08:05,08:10,1,called\n"  // 4: steps back
        "UD,2,B: y,2019-12-30,B001,07:50,07:55,,,0,never_called\n"
        "UD,2,B: y,2019-12-30,B002,08:10,08:05,,,0,never_called\n"       // 6
        "UD,2,B: y,2019-12-30,B003,08:10,08:15,07:00,07:05,1,called\n",  // 7
        ", first_date = 2019-12-30, last_date = 2020-01-22");
    ASSERT_TRUE(made) << to_string(made.error().front());
    const std::map<int, std::string> expected = {
        {3, "wrong_year"}, {4, "backward_time"}, {6, "backward_time"}, {7, "backward_time"}};
    EXPECT_EQ(rejected_lines(*made), expected);
    ASSERT_EQ(made->trace->rows.size(), 2U);
    // Drawn in (issue_after, issue_by], anew in each run.
    Arrivals arrivals(*made, 1);
    arrivals.begin_day(0, 0);
    EXPECT_GT(arrivals.next()->at, 7 * kHour + 50 * kMinute);
    EXPECT_LE(arrivals.next()->at, 7 * kHour + 55 * kMinute);
}

TEST(Traces, NoUsableRowOrColumnIsAMistakeOfTheScenario) {
    EXPECT_NE(to_string(with_trace("arrive_s\n-1\n").error().front()).find("no row can be used"),
              std::string::npos);
    EXPECT_NE(to_string(with_trace("a,b\n1,2\n").error().front()).find("t.csv:1: no column"),
              std::string::npos);
}

TEST(Samples, EveryOneRuns) {
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(HALL_SOURCE_DIR "/config/sim")) {
        if (entry.path().extension() != ".toml") continue;
        auto scenario = load_scenario(entry.path());
        ASSERT_TRUE(scenario) << to_string(scenario.error().front());
        if (scenario->endless()) scenario->visitors = 5'000;
        for (const Policy policy : {Policy::credited, Policy::fifo, Policy::strict}) {
            scenario->policy = policy;
            const Summary sum = summarise(*scenario, run_all(*scenario, 1, 3), 1, 3);
            EXPECT_GT(sum.arrivals, 400U) << entry.path();
            EXPECT_GT(sum.classes.front().n, 0U) << entry.path();
        }
        ++count;
    }
    EXPECT_GE(count, 4);
}

TEST(Samples, InOverloadACreditIsBoundedAndStrictPriorityStarves) {
    auto scenario = load_scenario(HALL_SOURCE_DIR "/config/sim/overload.toml");
    ASSERT_TRUE(scenario);
    for (auto& window : scenario->windows) window.ability.reserved_credit_ms = 0;
    const auto mean = [&](Policy policy, std::size_t which) {
        scenario->policy = policy;
        return summarise(*scenario, run_all(*scenario, 1, 10), 1, 10)
                   .classes[which]
                   .wait_mean_s.value /
               60;
    };
    const double gain = mean(Policy::fifo, 0) - mean(Policy::credited, 0);
    // Twenty minutes of arrivals are some thirty of work at a load of one and a half.
    EXPECT_GT(gain, 15);
    EXPECT_LT(gain, 40);
    EXPECT_LT(mean(Policy::strict, 0), 5);
    EXPECT_GT(mean(Policy::strict, 2), mean(Policy::fifo, 2) + 10);
}

TEST(Staff, TargetsAreReadAndMistakesNamed) {
    const Scenario scenario = scenario_from(kGood);
    const auto targets = targets_from("80plus p95 <= 10min and all mean <= 1.5 h", scenario);
    ASSERT_TRUE(targets) << targets.error().message;
    EXPECT_EQ(targets->at(0).limit, 10 * kMinute);
    EXPECT_EQ(targets->at(0).visitor_class, 0U);
    EXPECT_EQ(targets->at(1).limit, 90 * kMinute);
    EXPECT_FALSE(targets->at(1).visitor_class);
    for (const char* wrong : {"", "80plus", "80plus p95", "80plus p95 <= 10", "80plus p95 <= -1min",
                              "80plus p12 <= 1min", "nobody p95 <= 1min", "<= 1min"}) {
        const auto made = targets_from(wrong, scenario);
        ASSERT_FALSE(made) << wrong;
        EXPECT_EQ(made.error().code, "target_invalid");
    }
}

// A morning that one window carries and an hour that needs three.
TEST(Staff, RosterIsMinimalAndFollowsTheWork) {
    const Scenario scenario = scenario_from(
        "[run]\ndays = 1\n[hours]\nopening = \"09:00\"\nclosing = \"12:00\"\n[[service]]\n"
        "code = \"s\"\ntime = { kind = \"deterministic\", mean_min = 5 }\n[[class]]\n"
        "name = \"a\"\nprofile = { from = \"09:00\", per_hour = [4, 26, 4] }\n"
        "[[window]]\nnumber = 1\ncount = 4\n");
    StaffOptions options;
    options.search_days = 60;
    options.polish_days = 200;
    options.report_days = 400;
    const auto targets = targets_from("a p95 <= 10min", scenario);
    const auto result = find_roster(scenario, *targets, options);
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_TRUE(result->met);
    EXPECT_LE(result->reached[0].value, 10 * kMinute);
    EXPECT_EQ(result->removable, 0U);
    EXPECT_EQ(result->lower_bound, 3U);
    EXPECT_EQ(result->pool, 12U);
    const auto open = [&](std::size_t hour) {
        return std::count(result->roster[hour].open.begin(), result->roster[hour].open.end(), true);
    };
    EXPECT_EQ(open(0), 1);
    EXPECT_GE(open(1), 3);
    EXPECT_LE(open(2), 2);
    const auto again = find_roster(scenario, *targets, options);
    EXPECT_EQ(to_json(*result, scenario, 1), to_json(*again, scenario, 1));
    const auto never = find_roster(scenario, *targets_from("a p95 <= 1s", scenario), options);
    EXPECT_EQ(never.error().code, "target_out_of_reach");
}

}  // namespace
}  // namespace hall::sim
