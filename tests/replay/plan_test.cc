// A recorded day becomes things to do; what cannot be read is refused with its line.
#include "client/replay/plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "client/replay/audit.h"
#include "client/replay/recorded_day.h"
#include "client/replay/report.h"

namespace hall::replay {
namespace {

const std::string kHead =
    "office,queue_id,service,date,ticket,issue_after,issue_by,call_after,call_by,counters_open,"
    "outcome\n";

std::string row(const std::string& rest) {
    return "UD_X,658,X: Y,2019-12-30," + rest + "\n";
}

int64_t utc_ms(int minute) {
    return minute * 60'000LL;
}

RecordedDay day_of(const std::string& rows) {
    auto day = parse_day(kHead + rows, "day.csv", {});
    EXPECT_TRUE(day) << day.error().message;
    return *day;
}

TEST(RecordedDay, AMistakeIsRefusedWithFileAndLine) {
    const std::map<std::string, std::string> mistakes = {
        {"X001,08:00,07:59,08:01,08:02,1,called", "issue_after"},
        {"X001,08:00,08:04,08:61,08:62,1,called", "call_after"},
        {"X001,8:00,08:04,08:05,08:06,1,called", "issue_after"},
        {"X001,08:00,08:04,07:00,07:10,1,called", "called before"},
        {"X001,08:00,08:04,08:05,08:06,many,called", "counters_open"},
        {"X001,08:00,08:04,08:05,08:06,1,gone", "outcome"},
        {"X001,08:00,08:04,08:05,08:06,1", "11 columns"},
        {"X001,08:00,08:04,08:05,08:06,1,called,more", "11 columns"},
    };
    for (const auto& [rest, what] : mistakes) {
        const auto day = parse_day(kHead + row("X000,08:00,08:04,08:05,08:06,1,called") + row(rest),
                                   "day.csv", {});
        ASSERT_FALSE(day) << rest;
        EXPECT_EQ(day.error().code, "recording_invalid");
        EXPECT_EQ(day.error().message.rfind("day.csv:3: ", 0), 0U) << day.error().message;
        EXPECT_NE(day.error().message.find(what), std::string::npos) << day.error().message;
    }
    EXPECT_EQ(parse_day("a,b\n", "day.csv", {}).error().code, "recording_invalid");
    EXPECT_EQ(parse_day(kHead, "day.csv", {}).error().code, "recording_empty");
    EXPECT_EQ(read_day("/nowhere.csv", {}).error().code, "recording_unreadable");
}

TEST(RecordedDay, TwoOfficesAreAmbiguousUntilOneIsChosen) {
    const std::string two = kHead + row("X001,08:00,08:04,08:05,08:06,1,called") +
                            "UD_Y,1,A: B,2019-12-30,A001,08:00,08:04,08:05,08:06,1,called\n";
    EXPECT_EQ(parse_day(two, "day.csv", {}).error().code, "recording_ambiguous");
    const auto chosen = parse_day(two, "day.csv", {"UD_Y", "", ""});
    ASSERT_TRUE(chosen);
    EXPECT_EQ(chosen->tickets.size(), 1U);
    EXPECT_EQ(chosen->tickets[0].letter, "A");
}

TEST(Plan, EveryTimeLiesWithinItsBoundsAndNobodyIsCalledBeforeHeCame) {
    std::string rows;
    for (int i = 0; i < 200; ++i) rows += row("X001,08:00,08:04,08:00,08:10,2,called");
    const Plan plan = plan_day(day_of(rows), {{"X", 2}}, utc_ms, 7);
    ASSERT_EQ(plan.arrivals.size(), 200U);
    ASSERT_EQ(plan.recorded_wait_ms.size(), 200U);
    EXPECT_TRUE(std::is_sorted(plan.arrivals.begin(), plan.arrivals.end(),
                               [](const auto& a, const auto& b) { return a.at_ms < b.at_ms; }));
    for (const auto& arrival : plan.arrivals) {
        EXPECT_GT(arrival.at_ms, utc_ms(8 * 60));
        EXPECT_LE(arrival.at_ms, utc_ms(8 * 60 + 4));
    }
    for (const int64_t wait : plan.recorded_wait_ms) EXPECT_GE(wait, 0);
    // Uniform: about half in each half.
    const auto early = std::count_if(plan.arrivals.begin(), plan.arrivals.end(),
                                     [](const auto& a) { return a.at_ms <= utc_ms(8 * 60 + 2); });
    EXPECT_NEAR(static_cast<double>(early), 100.0, 30.0);
}

TEST(Plan, AtEveryCallSomebodyIsWaitingWhateverTheBounds) {
    std::string rows;
    for (int i = 0; i < 60; ++i) {
        rows += row("X001,08:00,08:10,08:00,08:10,3,called");
        rows += row("X002,08:04,08:10,08:04,08:30,1,called");
    }
    for (uint64_t seed = 1; seed <= 20; ++seed) {
        const Plan plan = plan_day(day_of(rows), {{"X", 3}}, utc_ms, seed);
        std::vector<int64_t> calls;
        for (const auto& clerk : plan.clerks) {
            for (const auto& step : clerk.steps) {
                if (step.kind == Step::Kind::call) calls.push_back(step.at_ms);
            }
        }
        std::sort(calls.begin(), calls.end());
        ASSERT_EQ(calls.size(), plan.arrivals.size());
        for (std::size_t i = 0; i < calls.size(); ++i) {
            EXPECT_GE(calls[i], plan.arrivals[i].at_ms) << i;
        }
    }
}

TEST(Plan, AClerkOpensBeforeHeCallsAndOnlyAsManyWorkAsTheRecordHasCounters) {
    const Plan plan = plan_day(day_of(row("X001,08:00,08:01,08:10,08:11,2,called") +
                                      row("X002,08:00,08:01,08:12,08:13,2,called") +
                                      row("X003,08:00,08:01,08:14,08:15,1,called") +
                                      row("X004,08:00,08:01,08:16,08:17,2,called")),
                               {{"X", 5}}, utc_ms, 1);
    ASSERT_EQ(plan.clerks.size(), 2U);
    for (const auto& clerk : plan.clerks) {
        bool open = false;
        int64_t last_ms = 0;
        for (const auto& step : clerk.steps) {
            EXPECT_GE(step.at_ms, last_ms);
            last_ms = step.at_ms;
            EXPECT_TRUE(open || step.kind != Step::Kind::call);
            open = step.kind != Step::Kind::close;
        }
    }
    const auto closes = [](const Clerk& clerk) {
        return std::count_if(clerk.steps.begin(), clerk.steps.end(),
                             [](const Step& step) { return step.kind == Step::Kind::close; });
    };
    EXPECT_EQ(closes(plan.clerks[0]), 0);
    EXPECT_EQ(closes(plan.clerks[1]), 1);
    EXPECT_EQ(plan.counters_missing, 0U);
}

TEST(Plan, TheSameSeedIsTheSameDay) {
    const RecordedDay day = day_of(row("X001,08:00,09:00,09:00,10:00,1,called"));
    const auto at = [&](uint64_t seed) {
        return plan_day(day, {{"X", 1}}, utc_ms, seed).arrivals.at(0).at_ms;
    };
    EXPECT_EQ(at(1), at(1));
    EXPECT_NE(at(1), at(2));
}

// --- the audit must be able to say no ------------------------------------------------------------

Record good_record() {
    Record record;
    const auto add = [&](int64_t at_ms) -> protocol::Event& {
        auto& event = record.events.emplace_back();
        event.set_seq(record.events.size());
        event.set_at_ms(at_ms);
        return *event.mutable_event();
    };
    for (const char* number : {"X001", "X002"}) {
        add(1'000).mutable_ticket_issued()->set_number(number);
        const uint64_t job = record.prints.size() + 1;
        auto* claimed = add(1'500).mutable_print_claimed();
        claimed->set_job(job);
        claimed->set_attempt(1);
        record.tickets.emplace_back().set_number(number);
        auto& print = record.prints.emplace_back();
        print.set_job(job);
        print.set_number(number);
        print.set_state(protocol::PrintState::printed);
    }
    add(61'000).mutable_ticket_called()->set_number("X001");
    record.papers = {"1-nuanting-1577689200000-1.pdf", "2-nuanting-1577689200000-2.pdf"};
    return record;
}

const std::vector<std::string> kNumbers = {"X001", "X002"};

TEST(Audit, AGoodDayHasNoViolation) {
    const Findings findings = audit(kNumbers, good_record());
    EXPECT_TRUE(findings.violations.empty()) << findings.violations.front();
    EXPECT_EQ(findings.issued, 2U);
    EXPECT_EQ(findings.called, 1U);
    EXPECT_EQ(findings.printed, 2U);
    EXPECT_EQ(findings.wait_ms, std::vector<int64_t>{60'000});
}

TEST(Audit, WhatIsLostDoubledOrNotPrintedIsFound) {
    const auto finds = [](const std::vector<std::string>& numbers, const Record& record,
                          const std::string& what) {
        for (const auto& violation : audit(numbers, record).violations) {
            if (violation.find(what) != std::string::npos) return true;
        }
        return false;
    };
    EXPECT_TRUE(finds({"X001", "X001", "X002"}, good_record(), "given to two people"));
    EXPECT_TRUE(finds({"X001", "X002", "X003"}, good_record(), "not in the log"));
    EXPECT_TRUE(finds({"X001"}, good_record(), "never answered"));
    Record record = good_record();
    record.tickets.pop_back();
    EXPECT_TRUE(finds(kNumbers, record, "lost from the ticket list"));
    record = good_record();
    record.prints.back().set_state(protocol::PrintState::failed);
    EXPECT_TRUE(finds(kNumbers, record, "not printed"));
    record = good_record();
    record.papers->pop_back();
    EXPECT_TRUE(finds(kNumbers, record, "no paper"));
    record = good_record();
    record.papers->push_back("3-nuanting-1577689200000-2.pdf");
    EXPECT_TRUE(finds(kNumbers, record, "2 sheets of 1 attempts"));
    record = good_record();
    record.events.erase(record.events.begin());
    EXPECT_TRUE(finds(kNumbers, record, "log: seq 2"));
}

TEST(Spread, IsByNearestRank) {
    std::vector<int64_t> values;
    for (int64_t i = 100; i >= 1; --i) values.push_back(i);
    const Spread spread = spread_of(values);
    EXPECT_EQ(spread.p50, 50);
    EXPECT_EQ(spread.p95, 95);
    EXPECT_EQ(spread.max, 100);
    EXPECT_DOUBLE_EQ(spread.mean, 50.5);
    EXPECT_EQ(spread_of({}).max, 0);
}

}  // namespace
}  // namespace hall::replay
