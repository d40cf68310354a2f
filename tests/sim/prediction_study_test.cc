// What people are told of their wait, measured in simulated halls and on a recorded day.
#include "sim/prediction_study.h"

#include <gtest/gtest.h>

#include <string>

#include "sim/simulated_study.h"
#include "sim/warsaw_trace.h"

namespace hall::sim {
namespace {

StudyReport study(const std::string& name, RosterIs roster) {
    const auto scenario = load_scenario(HALL_SOURCE_DIR "/config/sim/" + name);
    EXPECT_TRUE(scenario);
    if (!scenario) return {};
    return study_of(*scenario, scenario->seed, 2, roster);
}

TEST(PredictionStudy, InTheRushItIsNeverWorseThanNaiveAndItsIntervalKeepsItsWord) {
    const StudyReport report = study("rush.toml", RosterIs::unknown);
    EXPECT_GT(report.ours.asked, 20'000U);
    EXPECT_LE(report.ours.mean_error_min(), report.naive.mean_error_min());
    EXPECT_LT(report.ours.too_short_share(), report.naive.too_short_share());
    EXPECT_LT(report.ours.mean_error_min(), report.last.mean_error_min());
    EXPECT_LT(report.ours.mean_error_min(), report.class_mean.mean_error_min());
    EXPECT_GE(report.coverage(), 0.75);
    EXPECT_LE(report.coverage(), 0.85);
}

TEST(PredictionStudy, KnowingTheLunchRosterMakesItBetter) {
    const StudyReport without = study("rush_lunch.toml", RosterIs::unknown);
    const StudyReport with = study("rush_lunch.toml", RosterIs::known);
    EXPECT_EQ(without.ours.asked, with.ours.asked);
    EXPECT_LT(with.ours.mean_error_min(), 0.95 * without.ours.mean_error_min());
    EXPECT_LE(with.ours.mean_error_min(), with.naive.mean_error_min());
}

TEST(PredictionStudy, TheSameSeedGivesTheSameReport) {
    const auto scenario = load_scenario(HALL_SOURCE_DIR "/config/sim/rush_lunch.toml");
    ASSERT_TRUE(scenario);
    const StudyReport one = study_of(*scenario, 7, 1, RosterIs::known);
    const StudyReport two = study_of(*scenario, 7, 1, RosterIs::known);
    EXPECT_EQ(one.ours.error_ms, two.ours.error_ms);
    EXPECT_EQ(one.inside, two.inside);
    EXPECT_NE(one.ours.error_ms, study_of(*scenario, 8, 1, RosterIs::known).ours.error_ms);
}

// On the day of the overload the record has no service times: calls alone tell the rate.
TEST(PredictionStudy, OnARecordedDayTheCallsTellTheRate) {
    auto csv = CsvReader::open(HALL_SOURCE_DIR "/config/replay/mokotow_2019-12-30.csv");
    ASSERT_TRUE(csv);
    const auto trace = read_warsaw_trace(*csv);
    ASSERT_TRUE(trace);
    EXPECT_EQ(trace->rows, 1'473U);
    EXPECT_TRUE(trace->set_aside.empty());
    const StudyReport report = study_of(*trace, 1);
    EXPECT_GT(report.ours.asked, 500U);
    // Nobody has a credit there: the same but for rounding.
    EXPECT_NEAR(report.ours.error_ms / report.naive.error_ms, 1, 1e-6);
    EXPECT_LT(report.ours.mean_error_min(), report.last.mean_error_min());
    EXPECT_LT(report.ours.mean_error_min(), report.class_mean.mean_error_min());
    EXPECT_GT(report.hidden_share(), 0.5);  // a first day, and one counter for 293 people
}

TEST(WarsawTrace, RowsThatCannotBeRightAreNamedByLineAndCounted) {
    const std::string header =
        "office,queue_id,service,date,ticket,issue_after,issue_by,call_after,call_by,"
        "counters_open,outcome\n";
    const auto codes = [&](const std::string& rows) {
        auto csv = CsvReader::parse(header + rows, "t.csv");
        const auto trace = read_warsaw_trace(*csv);
        std::vector<std::string> found;
        for (const SetAside& row : trace->set_aside) found.push_back(row.code);
        return found;
    };
    using Codes = std::vector<std::string>;
    const std::string good = "O,1,B: b,2019-12-30,B001,08:04,08:10,08:14,08:19,1,called\n";
    EXPECT_EQ(codes(good + good), Codes{});
    EXPECT_EQ(codes("O,1,B: b,2019-12-30,B001,08:14,08:10,08:14,08:19,1,called\n"),
              Codes{"time_backward"});
    EXPECT_EQ(codes("O,1,B: b,2019-12-30,B001,09:04,09:10,08:14,08:19,1,called\n"),
              Codes{"time_backward"});
    EXPECT_EQ(codes("O,1,B: b,2019-12-30,B001,-8:04,08:10,08:14,08:19,1,called\n"),
              Codes{"time_invalid"});
    EXPECT_EQ(codes("O,1,B: b,30.12.2019,B001,08:04,08:10,08:14,08:19,1,called\n"),
              Codes{"date_invalid"});
    EXPECT_EQ(codes("O,1,B: b,2019-12-30,B001,08:04,08:10,08:14,08:19,x,called\n"),
              Codes{"counters_invalid"});
    EXPECT_EQ(codes("O,1,B: b,2019-12-30,B001,08:04,08:10,08:14,08:19,1,gone\n"),
              Codes{"outcome_invalid"});
    EXPECT_EQ(codes("O,1\n"), Codes{"fields_missing"});
    EXPECT_EQ(codes(good + good + "O,1,B: b,2020-12-30,B002,08:04,08:10,08:14,08:19,1,called\n"),
              Codes{"date_far"});
}

TEST(PredictionStudy, IsHiddenUntilTenServicesAreKnownAndCountsThat) {
    PredictionStudy study;
    Asked asked;
    asked.standing.ahead = 3;
    asked.capacity = {{0, 2}};
    const Told first = study.arrives(asked);
    EXPECT_FALSE(first.shown);
    for (int service = 0; service < 10; ++service) study.served(0, 60'000);
    const Told told = study.arrives(asked);
    EXPECT_TRUE(told.shown);
    EXPECT_EQ(told.ours.wait_ms, 120'000);
    study.called(first, 180'000);
    study.called(told, 180'000);
    EXPECT_EQ(study.report().waited, 2U);
    EXPECT_EQ(study.report().hidden, 1U);
    EXPECT_EQ(study.report().intervals, 1U);
}

}  // namespace
}  // namespace hall::sim
