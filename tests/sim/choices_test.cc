// A recorded dispatcher against the rule, and rows that cannot be right.
#include "sim/choices.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace hall::sim {
namespace {

const std::string kHeader =
    "date,ticket,customer,class,service,arrive_s,call_s,start_s,finish_s,wait_s,service_s,outcome,"
    "counter\n";

BankTrace trace_of(const std::string& rows) {
    auto csv = CsvReader::parse(kHeader + rows, "t.csv");
    EXPECT_TRUE(csv);
    auto trace = read_bank_trace(*csv);
    EXPECT_TRUE(trace) << trace.error().message;
    return *trace;
}

std::vector<std::string> codes_of(const std::string& rows) {
    std::vector<std::string> codes;
    for (const SetAside& row : trace_of(rows).set_aside) codes.push_back(row.code);
    return codes;
}

std::string served(const std::string& ticket, int visitor_class, int arrive_s, int start_s) {
    return "1999-02-01," + ticket + ",," + std::to_string(visitor_class) + ",PS," +
           std::to_string(arrive_s) + ",," + std::to_string(start_s) + "," +
           std::to_string(start_s + 60) + ",,,served,\n";
}

std::size_t choices_of(const std::string& rows, int64_t guard_ms = 3'000) {
    const BankTrace trace = trace_of(rows);
    const auto choices = choices_in(trace, {"PS", guard_ms, {}, {}});
    return choices ? choices->size() : 0;
}

TEST(Choices, BothKindsMustHaveWaitedClearlyOnEitherSideOfTheStart) {
    // The regular caller starts at 100; the priority caller waited from 97 to 103.
    EXPECT_EQ(choices_of(served("A", 0, 10, 100) + served("B", 2, 97, 103)), 1U);
    EXPECT_EQ(choices_of(served("A", 0, 10, 100) + served("B", 2, 98, 200)), 0U);
    EXPECT_EQ(choices_of(served("A", 0, 10, 100) + served("B", 2, 50, 102)), 0U);
    EXPECT_EQ(choices_of(served("A", 0, 98, 100) + served("B", 2, 50, 200)), 0U);
    EXPECT_EQ(choices_of(served("A", 0, 98, 100) + served("B", 2, 50, 200), 2'000), 1U);
    EXPECT_EQ(choices_of(served("A", 1, 10, 100) + served("B", 0, 50, 200)), 0U);
}

TEST(Choices, WhoGivesUpWaitsUntilThen) {
    const std::string gives_up = "1999-02-01,B,,2,PS,50,,,103,,,abandoned,\n";
    EXPECT_EQ(choices_of(served("A", 0, 10, 100) + gives_up), 1U);
}

TEST(Choices, ACallThatPassesMidnightCompetesWithTheNextDay) {
    EXPECT_EQ(choices_of("1999-02-01,A,,0,PS,86390,,86500,86600,,,served,\n"
                         "1999-02-02,B,,2,PS,20,,150,200,,,served,\n"),
              1U);
}

TEST(Choices, TheHeadStartDecidesAndAtEqualCreditedArrivalTheEarlierArrival) {
    // The regular caller came 90 s before the priority caller and starts first.
    const BankTrace trace = trace_of(served("A", 0, 10, 300) + served("B", 2, 100, 400));
    const auto choices = choices_in(trace, {"PS", 3'000, {}, {}});
    ASSERT_TRUE(choices);
    EXPECT_EQ(explained_count(*choices, 0), 1U);
    EXPECT_EQ(explained_count(*choices, 90'000), 1U);
    EXPECT_EQ(explained_count(*choices, 91'000), 0U);
    const Remaining rest = remaining_of(*choices, 91'000);
    EXPECT_EQ(rest.choices, 1U);
    EXPECT_EQ(rest.starts_passed[0][1], 1U);
    EXPECT_EQ(rest.without_their_credit, 1U);
    EXPECT_EQ(rest.calls_without, 1U);
    EXPECT_EQ(rest.explained_then, 1U);
}

TEST(Choices, UnknownServiceAndNoChoicesSayWhatThereWas) {
    const BankTrace trace = trace_of(served("A", 0, 10, 300));
    const auto unknown = choices_in(trace, {"QQ", 3'000, {}, {}});
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, "service_unknown");
    EXPECT_NE(unknown.error().message.find("PS"), std::string::npos);
    const auto none = choices_in(trace, {"PS", 3'000, {}, {}});
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, "no_choices");
}

TEST(BankTrace, RowsThatCannotBeRightAreNamedByLineAndCounted) {
    const std::string good = served("A", 0, 10, 300);
    EXPECT_EQ(codes_of(good), std::vector<std::string>{});
    EXPECT_EQ(codes_of("1999-02-01,A,,0,PS,-5,,300,400,,,served,\n"),
              std::vector<std::string>{"time_negative"});
    EXPECT_EQ(codes_of("1999-02-01,A,,0,PS,310,,300,400,,,served,\n"),
              std::vector<std::string>{"time_backward"});
    EXPECT_EQ(codes_of("1999-02-01,A,,0,PS,10,,300,299,,,served,\n"),
              std::vector<std::string>{"time_backward"});
    EXPECT_EQ(codes_of("1999-02-01,A,,0,PS,ten,,300,400,,,served,\n"),
              std::vector<std::string>{"number_invalid"});
    EXPECT_EQ(codes_of("1999-02-30,A,,0,PS,10,,300,400,,,served,\n"),
              std::vector<std::string>{"date_invalid"});
    EXPECT_EQ(codes_of("1999-02-01,A,,7,PS,10,,300,400,,,served,\n"),
              std::vector<std::string>{"class_invalid"});
    EXPECT_EQ(codes_of("1999-02-01,A,,0,PS,10,,300,400,,,lost,\n"),
              std::vector<std::string>{"outcome_invalid"});
    EXPECT_EQ(codes_of("1999-02-01,A\n"), std::vector<std::string>{"fields_missing"});
    EXPECT_EQ(codes_of(good + good), std::vector<std::string>{"ticket_twice"});
    const BankTrace trace = trace_of(good + "1999-02-01,B,,0,PS,-5,,300,400,,,served,\n");
    EXPECT_EQ(trace.rows, 2U);
    EXPECT_EQ(trace.calls.size(), 1U);
    ASSERT_EQ(trace.set_aside.size(), 1U);
    EXPECT_EQ(trace.set_aside[0].line, 3);
    EXPECT_EQ(trace.set_aside[0].what.rfind("t.csv:3: ", 0), 0U);
}

TEST(BankTrace, AYearWrittenWrongIsSetAside) {
    std::string rows = served("A", 0, 10, 300) + served("B", 0, 11, 300) +
                       "2000-02-01,C,,0,PS,10,,300,400,,,served,\n";
    EXPECT_EQ(codes_of(rows), std::vector<std::string>{"date_far"});
}

TEST(BankTrace, MissingColumnsAreNamedOnce) {
    auto csv = CsvReader::parse("date,ticket,class,service,arrive_s,outcome\n", "t.csv");
    const auto trace = read_bank_trace(*csv);
    ASSERT_FALSE(trace);
    EXPECT_EQ(trace.error().code, "columns_missing");
    EXPECT_EQ(trace.error().message,
              "t.csv:1: the first line must name the columns start_s finish_s");
}

// The extract: before the bank's rule was on, and after.
std::vector<Choice> recorded(const BankTrace& trace, std::optional<config::Date> from,
                             std::optional<config::Date> to) {
    auto choices = choices_in(trace, {"PS", 3'000, from, to});
    EXPECT_TRUE(choices);
    return choices ? *choices : std::vector<Choice>{};
}

TEST(Choices, TheBankBeganWithFirstComeFirstServedAndWentOverToNinetySeconds) {
    const auto trace = read_bank_trace(HALL_SOURCE_DIR "/tests/sim/data/bank1999_two_days.csv");
    ASSERT_TRUE(trace);
    EXPECT_TRUE(trace->set_aside.empty());
    const auto before = recorded(*trace, {}, config::Date{1999, 1, 31});
    EXPECT_GT(before.size(), 100U);
    EXPECT_GE(static_cast<double>(explained_count(before, 0)),
              0.99 * static_cast<double>(before.size()));
    const auto after = recorded(*trace, config::Date{1999, 2, 1}, {});
    EXPECT_GT(after.size(), 100U);
    std::size_t peak_s = 0;
    std::size_t best = 0;
    for (std::size_t credit_s = 0; credit_s <= 600; credit_s += 30) {
        const std::size_t count = explained_count(after, static_cast<int64_t>(credit_s) * 1'000);
        if (count > best) peak_s = credit_s;
        best = std::max(best, count);
    }
    EXPECT_EQ(peak_s, 90U);
    EXPECT_GE(static_cast<double>(best), 0.85 * static_cast<double>(after.size()));
}

}  // namespace
}  // namespace hall::sim
