// The day report, and the list of decisions that a person could question.
#include <algorithm>
#include <functional>
#include <map>

#include "tests/core/random_day.h"

namespace hall::core {
namespace {

using protocol::DayReport;
using Question = protocol::DayReport::Question;

Command issue_by_sight(const std::string& service, const Words& categories) {
    Command command = issue(service, categories);
    command.mutable_issue_ticket()->set_by_sight(true);
    return command;
}

protocol::RefusalCode::Value refused(const TestHall& hall, const std::string& date) {
    protocol::Query query;
    query.mutable_report()->set_date(date);
    protocol::Reply reply;
    hall.hall().answer(query, hall.now_ms(), reply);
    return reply.refusal().code();
}

class ReportTest : public OpenHallTest {
  protected:
    std::vector<Question::Kind> kinds() const {
        std::vector<Question::Kind> kinds;
        const DayReport report = hall.report();
        for (const auto& row : report.questions()) kinds.push_back(row.kind());
        return kinds;
    }
    void serve(uint32_t window, int64_t minutes) {
        hall.does(call_next(window));
        hall.does(start(window));
        hall.after_s(60 * minutes).does(finish(window));
    }
};

TEST_F(ReportTest, ADayThatHasJustBegunIsEmpty) {
    DayReport report = hall.report();
    EXPECT_EQ(report.date(), "2026-11-23");
    EXPECT_FALSE(report.over());
    EXPECT_EQ(report.hall_name(), "测试大厅");
    EXPECT_EQ(report.issued(), 0U);
    EXPECT_EQ(report.question_count(), 0U);
    EXPECT_EQ(report.classes_size(), 0);
    EXPECT_EQ(report.hours_size(), 0);
}

TEST_F(ReportTest, WaitsAreByCreditFromEntryToTheFirstCall) {
    for (int i = 0; i < 20; ++i) hall.does(issue("jobs"));  // D001 to D020 at 09:00
    hall.does(issue("pension", {"80plus"}));
    for (int i = 0; i < 20; ++i) serve(4, 1);  // called at 09:00, 09:01, …, 09:19
    hall.does(call_next(2));                   // the one with credit, at 09:20
    DayReport report = hall.report();
    ASSERT_EQ(report.classes_size(), 2);
    EXPECT_EQ(report.classes(0).credit_ms(), 20 * kMinuteMs);
    EXPECT_EQ(report.classes(0).called(), 1U);
    EXPECT_EQ(report.classes(0).wait_p50_ms(), 20 * kMinuteMs);
    const auto& ordinary = report.classes(1);
    EXPECT_EQ(ordinary.credit_ms(), 0);
    EXPECT_EQ(ordinary.issued(), 20U);
    EXPECT_EQ(ordinary.called(), 20U);
    EXPECT_EQ(ordinary.wait_sum_ms(), 190 * kMinuteMs);
    // Nearest rank: of 20 the 10th, the 19th and the 20th.
    EXPECT_EQ(ordinary.wait_p50_ms(), 9 * kMinuteMs);
    EXPECT_EQ(ordinary.wait_p95_ms(), 18 * kMinuteMs);
    EXPECT_EQ(ordinary.wait_max_ms(), 19 * kMinuteMs);
}

TEST_F(ReportTest, ASecondCallAddsNothingToAWait) {
    hall.does(issue("pension"));
    hall.after_s(600).miss_whoever_is_next(2);
    hall.after_s(60).does(come_back("A001"));
    hall.after_s(60).does(call_next(2));
    EXPECT_EQ(hall.report().classes(0).called(), 1U);
    EXPECT_EQ(hall.report().classes(0).wait_sum_ms(), 600 * kSecondMs);
}

TEST(Report, WhoRegisteredEarlyWaitsFromOpeningOn) {
    TestHall hall;
    hall.at("07:45").does(enter_early("pension"));
    hall.at("08:45").does(open_window(2));
    hall.does(call_next(2));
    DayReport report = hall.report();
    EXPECT_EQ(report.early_waiting(), 1U);
    EXPECT_EQ(report.classes(0).wait_max_ms(), 15 * kMinuteMs);
    ASSERT_EQ(report.hours_size(), 2);
    EXPECT_EQ(report.hours(0).hour(), 7U);
    EXPECT_EQ(report.hours(0).issued(), 1U);
    EXPECT_EQ(report.hours(1).hour(), 8U);
    EXPECT_EQ(report.hours(1).called(), 1U);
    EXPECT_EQ(report.hours(1).wait_sum_ms(), 15 * kMinuteMs);
}

TEST_F(ReportTest, AnErrandsTwoPartsAreOneService) {
    hall.does(issue("jobs"));
    hall.does(call_next(4));
    hall.does(start(4));
    hall.after_s(120).does(errand(4));
    hall.after_s(600).does(come_back("D001"));
    serve(4, 3);
    DayReport report = hall.report();
    ASSERT_EQ(report.services_size(), 1);
    EXPECT_EQ(report.services(0).code(), "jobs");
    EXPECT_EQ(report.services(0).name(), "就业");
    EXPECT_EQ(report.services(0).served(), 1U);
    EXPECT_EQ(report.services(0).service_sum_ms(), 5 * kMinuteMs);
    EXPECT_EQ(report.services(0).service_p50_ms(), 5 * kMinuteMs);
    EXPECT_EQ(report.errands(), 1U);
    EXPECT_EQ(report.done(), 1U);
}

TEST_F(ReportTest, EachServiceOfASlipCountsForItself) {
    hall.does(issue(Words{"pension", "jobs"}));
    hall.does(call_next(2));
    hall.does(start(2));
    hall.after_s(60).does(next_service(2));
    serve(4, 2);
    // Transferred: the time at the wrong window is nobody's service time.
    hall.does(issue("medical"));
    hall.does(call_next(3));
    hall.does(start(3));
    hall.after_s(300).does(transfer(3, "card"));
    serve(3, 4);
    std::map<std::string, int64_t> sums;
    const DayReport report = hall.report();
    for (const auto& row : report.services()) sums[row.code()] = row.service_sum_ms();
    EXPECT_EQ(sums,
              (std::map<std::string, int64_t>{
                  {"card", 4 * kMinuteMs}, {"jobs", 2 * kMinuteMs}, {"pension", 1 * kMinuteMs}}));
}

TEST_F(ReportTest, AServiceThatMidnightEndedHasNoLength) {
    hall.does(issue("jobs"));
    hall.does(call_next(4));
    hall.does(start(4));
    hall.on_next_day("07:00");
    DayReport report = hall.report("2026-11-23");
    EXPECT_TRUE(report.over());
    EXPECT_EQ(report.done(), 1U);
    EXPECT_EQ(report.services(0).served(), 1U);
    EXPECT_EQ(report.services(0).service_sum_ms(), 0);
}

TEST_F(ReportTest, ACallOutOfOrderIsNamedWithItsReason) {
    hall.does(issue("pension"));
    hall.does(issue("pension"));
    hall.at("09:10").by("supervisor-1").does(call_ticket(2, "A002", Reason::unwell));
    DayReport report = hall.report();
    EXPECT_EQ(report.out_of_order(), 1U);
    ASSERT_EQ(report.questions_size(), 1);
    EXPECT_EQ(report.question_count(), 1U);
    const Question& row = report.questions(0);
    EXPECT_EQ(row.kind(), Question::out_of_order);
    EXPECT_EQ(row.number(), "A002");
    EXPECT_EQ(row.window(), 2U);
    EXPECT_EQ(row.at_ms(), time_ms("09:10"));
    EXPECT_EQ(row.actor(), "supervisor-1");
    EXPECT_EQ(row.reason(), Reason::unwell);
}

TEST_F(ReportTest, GrantsBySightAreCountedForEachActor) {
    hall.by("guide-1").does(issue_by_sight("pension", {"80plus"}));
    hall.by("guide-2").does(issue_by_sight("pension", {"with_infant"}));
    hall.does(issue_by_sight("jobs", {"80plus"}));
    hall.does(issue("jobs", {"80plus"}));  // by a document
    DayReport report = hall.report();
    ASSERT_EQ(report.by_sight_size(), 2);
    EXPECT_EQ(report.by_sight(0).actor(), "guide-1");
    EXPECT_EQ(report.by_sight(0).count(), 1U);
    EXPECT_EQ(report.by_sight(1).actor(), "guide-2");
    EXPECT_EQ(report.by_sight(1).count(), 2U);
    EXPECT_EQ(kinds(), std::vector<Question::Kind>(3, Question::by_sight));
}

TEST_F(ReportTest, MissedAsSoonAsTheRulesAllowIsAQuestion) {
    hall.does(issue("pension"));
    hall.does(issue("pension"));
    hall.does(issue("pension"));
    hall.miss_whoever_is_next(2);  // after 60 s, the first moment
    EXPECT_EQ(kinds(), std::vector<Question::Kind>{Question::quick_miss});
    auto miss_after = [&](int64_t seconds) {
        hall.does(call_next(2));
        for (int i = 0; i < 2; ++i) hall.after_s(20).does(recall(2));
        hall.after_s(20 + seconds).does(miss(2));
    };
    miss_after(10);
    EXPECT_EQ(kinds().size(), 2U);
    miss_after(11);
    EXPECT_EQ(kinds().size(), 2U);
    EXPECT_EQ(hall.report().missed(), 3U);
}

TEST_F(ReportTest, AReturnFromMissedInTimeIsAQuestionALateOneIsANewEntry) {
    for (int i = 0; i < 2; ++i) hall.does(issue("pension"));
    for (int i = 0; i < 2; ++i) hall.miss_whoever_is_next(2);
    hall.after_s(60).by("guide-7").does(come_back("A001"));
    ASSERT_EQ(kinds().back(), Question::return_without_errand);
    EXPECT_EQ(hall.report().questions(2).actor(), "guide-7");
    EXPECT_EQ(hall.report().questions(2).window(), 2U);
    hall.after_s(20 * 60).does(come_back("A002"));
    EXPECT_EQ(kinds().size(), 3U);
}

TEST_F(ReportTest, ServedAgainByTheSameWindowWithoutAnErrandIsAQuestion) {
    hall.does(issue("pension"));
    hall.does(call_next(2));
    hall.does(start(2));
    hall.does(transfer(2, "pension"));  // to what it waited for already
    hall.does(call_next(2));
    EXPECT_EQ(kinds().size(), 0U);
    hall.does(start(2));
    EXPECT_EQ(kinds(), std::vector<Question::Kind>{Question::return_without_errand});
}

TEST_F(ReportTest, AnErrandOrAnotherWindowOrAnotherServiceExplainsTheReturn) {
    hall.does(issue(Words{"pension", "card"}));
    hall.does(call_next(5));
    hall.does(start(5));
    hall.does(errand(5));
    hall.does(come_back("A001"));
    hall.does(call_next(5));
    hall.does(start(5));
    hall.does(transfer(5, "medical"));
    hall.does(call_next(5));
    hall.does(start(5));
    hall.does(next_service(5));
    hall.does(call_next(5));
    hall.does(start(5));
    hall.does(transfer(5, "card"));  // the same again, but window 3 takes it
    hall.does(call_next(3));
    hall.does(start(3));
    EXPECT_EQ(kinds().size(), 0U);
}

TEST_F(ReportTest, CountsWhatTheTicketsDoNotTell) {
    hall.does(issue("pension"));
    hall.does(issue("pension"));
    hall.does(step_out("A001"));
    hall.does(come_back("A001"));
    hall.does(step_out("A001"));
    hall.does(cancel("A002"));
    hall.by("printd-1").does(claim(1));
    hall.does(report(1, PrintState::failed, protocol::PrinterState::paper_out));
    hall.does(claim(2));
    hall.after_s(11);  // the agent is silent: unconfirmed
    hall.does(report(2, PrintState::failed));
    DayReport report = hall.report();
    EXPECT_EQ(report.issued(), 2U);
    EXPECT_EQ(report.step_outs(), 2U);
    EXPECT_EQ(report.cancelled(), 1U);
    EXPECT_EQ(report.prints_failed(), 2U);
}

// Events of decisions that other parts of the hall make, on a hall of their own.
class CountingTest : public OpenHallTest {
  protected:
    void SetUp() override {
        OpenHallTest::SetUp();
        for (int i = 0; i < 3; ++i) hall.does(issue("pension"));
        other = std::make_unique<Hall>(Hall::restore(hall.hall().snapshot()));
    }
    void happens(const Event& event, int64_t after_ms = 0) {
        other->apply(event, other->seq() + 1, hall.now_ms() + after_ms, {"server", ""});
    }
    DayReport counted() const {
        protocol::Query query;
        query.mutable_report();
        protocol::Reply reply;
        other->answer(query, hall.now_ms(), reply);
        return reply.report();
    }
    static Event called(const std::string& number, uint32_t window) {
        Event event;
        event.mutable_ticket_called()->set_number(number);
        event.mutable_ticket_called()->set_window(window);
        event.mutable_ticket_called()->set_count(1);
        return event;
    }
    std::unique_ptr<Hall> other;
};

TEST_F(CountingTest, ReservedCallsAndOvertakingsAreAsTheCallsSay) {
    Event event = called("A003", 1);
    event.mutable_ticket_called()->set_reserved(true);
    event.mutable_ticket_called()->set_overtook(2);
    happens(event);
    event = called("A002", 2);
    event.mutable_ticket_called()->set_overtook(1);
    happens(event);
    EXPECT_EQ(counted().reserved_calls(), 1U);
    EXPECT_EQ(counted().overtakings(), 2U);
    EXPECT_EQ(counted().overtaken(), 3U);
    ASSERT_EQ(counted().questions_size(), 1);
    EXPECT_EQ(counted().questions(0).kind(), Question::reserved_first);
    EXPECT_EQ(counted().questions(0).number(), "A003");
    EXPECT_EQ(counted().questions(0).window(), 1U);
}

TEST_F(CountingTest, AForecastIsCoveredWhenTheFirstCallFallsIntoIt) {
    state::Hall data = hall.hall().snapshot();
    for (auto& ticket : *data.mutable_tickets()) {
        ticket.set_forecast_low_ms(5 * kMinuteMs);
        ticket.set_forecast_high_ms(10 * kMinuteMs);
    }
    data.mutable_tickets(2)->set_forecast_low_ms(0);
    data.mutable_tickets(2)->set_forecast_high_ms(0);
    *other = Hall::restore(data);
    happens(called("A001", 1), 5 * kMinuteMs);
    happens(called("A002", 2), 10 * kMinuteMs + 1);
    Event again = called("A002", 2);
    again.mutable_ticket_called()->set_count(2);
    happens(again, 11 * kMinuteMs);
    happens(called("A003", 5), 11 * kMinuteMs);
    EXPECT_EQ(counted().forecasts(), 2U);
    EXPECT_EQ(counted().forecasts_covered(), 1U);
}

TEST_F(CountingTest, AppointmentsAreBookedKeptLateOrLapsed) {
    for (uint64_t id = 1; id <= 4; ++id) {
        Event booked;
        booked.mutable_appointment_booked()->set_appointment(id);
        booked.mutable_appointment_booked()->add_services("pension");
        booked.mutable_appointment_booked()->set_slot_ms(time_ms("09:00"));
        happens(booked);
    }
    auto checks_in = [&](uint64_t id, const std::string& number, int64_t after_ms) {
        Event issued;
        auto& body = *issued.mutable_ticket_issued();
        body.set_number(number);
        body.add_services("pension");
        body.set_key_serial(100 + id);
        body.set_appointment(id);
        happens(issued, after_ms);
    };
    checks_in(1, "A004", 0);
    checks_in(2, "A005", 15 * kMinuteMs);
    checks_in(3, "A006", 15 * kMinuteMs + 1);
    Event lapsed;
    lapsed.mutable_appointment_lapsed()->set_appointment(4);
    happens(lapsed, 16 * kMinuteMs);
    EXPECT_EQ(counted().appointments_booked(), 4U);
    EXPECT_EQ(counted().appointments_kept(), 2U);
    EXPECT_EQ(counted().appointments_late(), 1U);
    EXPECT_EQ(counted().appointments_lapsed(), 1U);
}

TEST_F(CountingTest, AnEasedLanguageIsCounted) {
    Event eased;
    eased.mutable_ticket_language_eased()->set_number("A001");
    happens(eased);
    EXPECT_EQ(counted().languages_eased(), 1U);
}

TEST_F(ReportTest, APastDayIsAnsweredFromWhatWasKept) {
    hall.does(issue("pension"));
    hall.does(issue("pension"));
    hall.by("supervisor-1").does(call_ticket(2, "A002"));
    hall.does(start(2));
    hall.after_s(60).does(finish(2));
    DayReport live = hall.report("2026-11-23");
    EXPECT_EQ(live.SerializeAsString(), hall.report().SerializeAsString());
    hall.on_next_day("09:00");
    DayReport past = hall.report("2026-11-23");
    EXPECT_TRUE(past.over());
    EXPECT_EQ(past.issued(), 2U);
    EXPECT_EQ(past.done(), 1U);
    EXPECT_EQ(past.carried_over(), 1U);
    EXPECT_EQ(past.questions_size(), 1);
    EXPECT_EQ(hall.report().issued(), 0U);
    EXPECT_EQ(hall.report().out_of_order(), 0U);
    EXPECT_EQ(hall.report().date(), "2026-11-24");
}

TEST_F(ReportTest, OtherDaysAreNotKeptAndNonsenseIsNoDate) {
    EXPECT_EQ(refused(hall, "2026-11-22"), RefusalCode::day_not_kept);
    EXPECT_EQ(refused(hall, "2024-02-29"), RefusalCode::day_not_kept);
    for (const char* text : {"yesterday", "2026-02-29", "2026-13-01", "2026-11-31", "2026-1-1",
                             "2026/11/22", "2026-11-2x", "0000-01-01", "2026-00-10", "23"}) {
        EXPECT_EQ(refused(hall, text), RefusalCode::date_invalid) << text;
    }
    protocol::Query query;
    query.mutable_report();
    protocol::Reply reply;
    Hall().answer(query, 0, reply);
    EXPECT_EQ(reply.refusal().code(), RefusalCode::day_not_planned);
}

TEST(Report, AQuestionBeyondTheListStillCounts) {
    TestHall hall(test_rules(), test_plan(), 1'000'000);
    hall.at("09:00").by(std::string(kTextMax, 'g'));
    for (size_t i = 0; i <= kReportQuestionsMax; ++i) {
        hall.does(issue_by_sight("pension", {"80plus"}));
    }
    DayReport report = hall.report();
    EXPECT_EQ(report.questions_size(), static_cast<int>(kReportQuestionsMax));
    EXPECT_EQ(report.question_count(), kReportQuestionsMax + 1);
    EXPECT_EQ(report.by_sight(0).count(), kReportQuestionsMax + 1);
}

TEST(Report, ManyActorsShareTheLastRow) {
    TestHall hall(test_rules(), test_plan(), 1'000'000);
    hall.at("09:00");
    for (size_t i = 0; i < kReportSightsMax + 50; ++i) {
        hall.by("guide-" + std::to_string(i)).does(issue_by_sight("pension", {"80plus"}));
    }
    hall.by("guide-0").does(issue_by_sight("pension", {"80plus"}));
    DayReport report = hall.report();
    ASSERT_EQ(report.by_sight_size(), static_cast<int>(kReportSightsMax));
    EXPECT_EQ(report.by_sight(0).count(), 2U);
    EXPECT_EQ(report.by_sight(static_cast<int>(kReportSightsMax) - 1).actor(), "");
    EXPECT_EQ(report.by_sight(static_cast<int>(kReportSightsMax) - 1).count(), 51U);
}

// The largest report that these rules allow, with names as long as names may be.
TEST(Report, OneDayTakesNoMoreThanItsLimit) {
    protocol::HallRules rules = test_rules();
    const std::string name(kTextMax, 'n');
    for (size_t i = rules.services().size(); i <= kReportServicesMax; ++i) {
        auto& service = *rules.add_services();
        service.set_code(std::string(kTextMax - 4, 's') + std::to_string(1'000 + i));
        service.set_letter("A");
        service.set_name(name);
        rules.mutable_windows(4)->add_services(service.code());
    }
    TestHall hall(rules, test_plan(), 1'000'000);
    hall.at("09:00").does(open_window(5));
    for (const auto& service : rules.services()) {
        hall.by(std::string(kTextMax - 4, 'g') + std::to_string(1'000 + service.code().size()));
        Command command = issue_by_sight(service.code(), {"80plus"});
        command.mutable_issue_ticket()->set_no_print(true);
        hall.does(command);
        hall.by(std::string(kTextMax, 'c')).does(call_next(5));
        hall.does(start(5));
        hall.does(finish(5));
    }
    for (size_t i = 0; i < kReportQuestionsMax; ++i) {
        hall.by(std::string(kTextMax - 4, 'g') + std::to_string(1'000 + i));
        hall.does(issue_by_sight("pension", {"80plus"}));
    }
    DayReport report = hall.report();
    EXPECT_EQ(report.services_size(), static_cast<int>(kReportServicesMax));
    size_t whole = report.ByteSizeLong();
    report.clear_questions();
    EXPECT_LE(whole, 320U * 1024);
    EXPECT_LE(report.ByteSizeLong(), 200U * 1024);
}

TEST(Report, DaysOfMoreThanAYearGoAndQuestionsOfTwoMonths) {
    TestHall hall(test_rules(), test_plan(), 1'000'000);
    for (uint32_t day = 0; day < kReportDaysMax + 5; ++day) {
        hall.at_ms(time_ms("09:00", kFirstDay + day));
        hall.does(issue_by_sight("pension", {"80plus"}));
    }
    hall.at_ms(time_ms("09:00", kFirstDay + kReportDaysMax + 5));
    const state::Hall data = hall.hall().snapshot();
    ASSERT_EQ(data.reports_size(), static_cast<int>(kReportDaysMax));
    EXPECT_EQ(data.reports(0).date(), test_plan(kFirstDay + 5).date());
    for (int i = 0; i < data.reports_size(); ++i) {
        bool recent = i >= static_cast<int>(kReportDaysMax - kReportQuestionDays);
        EXPECT_EQ(data.reports(i).questions_size(), recent ? 1 : 0) << i;
        EXPECT_EQ(data.reports(i).question_count(), 1U);
    }
}

// A second, much simpler count: over the whole log, when the day is over.
class SecondCount {
  public:
    explicit SecondCount(const std::vector<LoggedEvent>& log) {
        for (const LoggedEvent& entry : log) {
            if (entry.event.has_day_ended()) break;
            see(entry);
        }
    }
    DayReport report() {
        for (const auto& [number, ticket] : tickets_) add(ticket);
        for (auto& [credit_ms, waits] : waits_) {
            auto& row = *day_.add_classes();
            row.set_credit_ms(credit_ms);
            row.set_issued(issued_[credit_ms]);
            std::sort(waits.begin(), waits.end());
            row.set_called(static_cast<uint32_t>(waits.size()));
            for (int64_t wait : waits) row.set_wait_sum_ms(row.wait_sum_ms() + wait);
            row.set_wait_p50_ms(rank(waits, 50));
            row.set_wait_p95_ms(rank(waits, 95));
            row.set_wait_max_ms(waits.empty() ? 0 : waits.back());
        }
        for (auto& [code, served] : served_) {
            auto& row = *day_.add_services();
            row.set_code(code);
            for (const auto& service : rules_.services()) {
                if (service.code() == code) row.set_name(service.name());
            }
            row.set_served(static_cast<uint32_t>(served.size()));
            std::vector<int64_t> measured;
            for (int64_t span : served) {
                if (span > 0) measured.push_back(span);
                row.set_service_sum_ms(row.service_sum_ms() + span);
            }
            std::sort(measured.begin(), measured.end());
            row.set_service_p50_ms(rank(measured, 50));
        }
        for (auto& [hour, row] : hours_) {
            row.set_hour(hour);
            *day_.add_hours() = row;
        }
        return day_;
    }

  private:
    struct Ticket {
        Words slip;
        Words done;
        std::vector<int64_t> spans;
        int64_t credit_ms = 0;
        int64_t entered_ms = 0;
        int64_t first_call_ms = 0;
        std::vector<int64_t> calls_ms;  // since it entered the queue
        int64_t started_ms = 0;
        int64_t span_ms = 0;
        int64_t missed_ms = 0;  // 0 = is not missed
        uint32_t last_window = 0;
        uint32_t explains = 0;
    };

    static int64_t rank(const std::vector<int64_t>& sorted, size_t percent) {
        if (sorted.empty()) return 0;
        size_t i = 0;
        while ((i + 1) * 100 < sorted.size() * percent) ++i;
        return sorted[i];
    }
    static uint32_t hour(int64_t at_ms) {
        return static_cast<uint32_t>((at_ms + 8 * kHourMs) % kDayMs / kHourMs);
    }
    void ask(Question::Kind kind, const LoggedEvent& entry, const std::string& number,
             uint32_t window) {
        day_.set_question_count(day_.question_count() + 1);
        if (day_.questions_size() == 500) return;
        auto& row = *day_.add_questions();
        row.set_kind(kind);
        row.set_number(number);
        row.set_window(window);
        row.set_at_ms(entry.at_ms);
        row.set_actor(entry.actor.device);
        if (kind == Question::out_of_order) row.set_reason(entry.event.ticket_called().reason());
    }
    void leaves_window(Ticket& ticket, bool service_done, int64_t at_ms, bool measured) {
        ticket.span_ms += at_ms - ticket.started_ms;
        if (!measured) ticket.span_ms = 0;
        if (!service_done) return;
        ticket.done.push_back(ticket.slip.front());
        ticket.slip.erase(ticket.slip.begin());
        ticket.spans.push_back(ticket.span_ms);
        ticket.span_ms = 0;
    }
    // The service is next on what is left of the slip.
    static void bring_forward(Ticket& ticket, const std::string& service) {
        auto found = std::find(ticket.slip.begin(), ticket.slip.end(), service);
        if (found != ticket.slip.end()) std::rotate(ticket.slip.begin(), found, found + 1);
    }
    void see(const LoggedEvent& entry);
    void see_call(const LoggedEvent& entry);
    void see_miss(const LoggedEvent& entry);
    void add(const Ticket& ticket);

    DayReport day_;
    protocol::HallRules rules_;
    int64_t opened_ms_ = 0;
    std::map<std::string, Ticket> tickets_;
    std::map<uint64_t, bool> print_bad_;
    std::map<int64_t, std::vector<int64_t>, std::greater<>> waits_;
    std::map<int64_t, uint32_t> issued_;
    std::map<std::string, std::vector<int64_t>> served_;
    std::map<uint32_t, DayReport::Hour> hours_;
};

void SecondCount::see_call(const LoggedEvent& entry) {
    const auto& call = entry.event.ticket_called();
    Ticket& ticket = tickets_[call.number()];
    if (ticket.first_call_ms == 0) ticket.first_call_ms = entry.at_ms;
    if (call.count() == 1) ticket.calls_ms.clear();
    ticket.calls_ms.push_back(entry.at_ms);
    ticket.last_window = call.window();
    if (call.out_of_order()) {
        day_.set_out_of_order(day_.out_of_order() + 1);
        ask(Question::out_of_order, entry, call.number(), call.window());
    }
    if (call.reserved()) {
        day_.set_reserved_calls(day_.reserved_calls() + 1);
        ask(Question::reserved_first, entry, call.number(), call.window());
    }
    if (call.overtook() > 0) day_.set_overtakings(day_.overtakings() + 1);
    day_.set_overtaken(day_.overtaken() + call.overtook());
}

void SecondCount::see_miss(const LoggedEvent& entry) {
    const auto& miss = entry.event.ticket_missed();
    Ticket& ticket = tickets_[miss.number()];
    ticket.missed_ms = entry.at_ms;
    day_.set_missed(day_.missed() + 1);
    int64_t allowed = std::max(ticket.calls_ms.front() + 60 * kSecondMs, ticket.calls_ms.back());
    if (entry.at_ms <= allowed + 10 * kSecondMs) {
        ask(Question::quick_miss, entry, miss.number(), miss.window());
    }
}

void SecondCount::see(const LoggedEvent& entry) {
    const Event& event = entry.event;
    if (event.has_rules_installed()) rules_ = event.rules_installed().rules();
    if (event.has_day_planned()) {
        day_.set_date(event.day_planned().plan().date());
        day_.set_utc_offset_s(event.day_planned().plan().utc_offset_s());
    }
    if (event.has_phase_changed() && event.phase_changed().phase() == Phase::open &&
        opened_ms_ == 0) {
        opened_ms_ = entry.at_ms;
    }
    if (event.has_ticket_issued()) {
        const auto& issued = event.ticket_issued();
        Ticket& ticket = tickets_[issued.number()];
        ticket.slip.assign(issued.services().begin(), issued.services().end());
        ticket.credit_ms = issued.credit_ms();
        ticket.entered_ms = entry.at_ms;
        day_.set_issued(day_.issued() + 1);
        day_.set_early_waiting(day_.early_waiting() + (issued.early_waiting() ? 1 : 0));
    }
    if (event.has_ticket_called()) see_call(entry);
    if (event.has_ticket_missed()) see_miss(entry);
    if (event.has_ticket_returned()) {
        const std::string& number = event.ticket_returned().number();
        Ticket& ticket = tickets_[number];
        if (ticket.missed_ms != 0 && entry.at_ms - ticket.missed_ms <= 20 * kMinuteMs) {
            ask(Question::return_without_errand, entry, number, ticket.last_window);
        }
        ticket.missed_ms = 0;
    }
    if (event.has_service_started()) {
        const auto& start = event.service_started();
        Ticket& ticket = tickets_[start.number()];
        if (ticket.explains == start.window()) {
            ask(Question::return_without_errand, entry, start.number(), start.window());
        }
        ticket.explains = start.window();
        ticket.started_ms = entry.at_ms;
    }
    if (event.has_service_finished()) {
        day_.set_done(day_.done() + 1);
        leaves_window(tickets_[event.service_finished().number()], true, entry.at_ms,
                      !event.service_finished().by_day_end());
    }
    if (event.has_next_service_begun()) {
        Ticket& ticket = tickets_[event.next_service_begun().number()];
        leaves_window(ticket, true, entry.at_ms, true);
        ticket.explains = 0;
        bring_forward(ticket, event.next_service_begun().service());
    }
    if (event.has_ticket_sent_on_errand()) {
        Ticket& ticket = tickets_[event.ticket_sent_on_errand().number()];
        day_.set_errands(day_.errands() + 1);
        leaves_window(ticket, false, entry.at_ms, true);
        ticket.explains = 0;
    }
    if (event.has_service_order_changed()) {
        bring_forward(tickets_[event.service_order_changed().number()],
                      event.service_order_changed().service());
    }
    if (event.has_ticket_transferred()) {
        const auto& transfer = event.ticket_transferred();
        Ticket& ticket = tickets_[transfer.number()];
        leaves_window(ticket, false, entry.at_ms, false);
        if (transfer.service() != ticket.slip.front()) ticket.explains = 0;
        ticket.slip.front() = transfer.service();
    }
    day_.set_step_outs(day_.step_outs() + (event.has_ticket_stepped_out() ? 1 : 0));
    day_.set_languages_eased(day_.languages_eased() + (event.has_ticket_language_eased() ? 1 : 0));
    day_.set_cancelled(day_.cancelled() + (event.has_ticket_cancelled() ? 1 : 0));
    day_.set_carried_over(day_.carried_over() + (event.has_ticket_carried_over() ? 1 : 0));
    day_.set_closed_out(day_.closed_out() + (event.has_ticket_closed_out() ? 1 : 0));
    if (event.has_print_requested()) print_bad_[event.print_requested().job()] = false;
    if (event.has_print_claimed()) print_bad_[event.print_claimed().job()] = false;
    if (event.has_print_reported()) {
        const auto& verdict = event.print_reported();
        bool bad = verdict.verdict() != PrintState::printed;
        if (bad && !print_bad_[verdict.job()]) day_.set_prints_failed(day_.prints_failed() + 1);
        print_bad_[verdict.job()] = bad;
    }
}

void SecondCount::add(const Ticket& ticket) {
    ++issued_[ticket.credit_ms];
    auto& waits = waits_[ticket.credit_ms];
    auto& entered = hours_[hour(ticket.entered_ms)];
    entered.set_issued(entered.issued() + 1);
    for (size_t i = 0; i < ticket.done.size(); ++i) {
        served_[ticket.done[i]].push_back(ticket.spans[i]);
    }
    if (ticket.first_call_ms == 0) return;
    waits.push_back(ticket.first_call_ms - std::max(ticket.entered_ms, opened_ms_));
    auto& called = hours_[hour(ticket.first_call_ms)];
    called.set_called(called.called() + 1);
    called.set_wait_sum_ms(called.wait_sum_ms() + waits.back());
}

TEST(RandomDays, TheReportIsWhatASecondCountOfTheLogFinds) {
    size_t questions = 0;
    for (int seed = 0; seed < 2'000 / kSlower; ++seed) {
        DayOptions options;
        options.check_every = 1'000'000;
        RandomDay day(static_cast<uint64_t>(seed), options);
        day.run();
        ASSERT_EQ(day.complaint(), "") << "seed " << seed;
        DayReport counted = SecondCount(day.hall().log()).report();
        counted.set_over(true);
        const state::Hall data = day.hall().hall().snapshot();
        ASSERT_EQ(data.reports_size(), 1) << "seed " << seed;
        ASSERT_EQ(data.reports(0).DebugString(), counted.DebugString()) << "seed " << seed;
        questions += counted.question_count();
    }
    EXPECT_GT(questions, 200U / kSlower);  // the days are not innocent
}

TEST(RandomDays, ARestoredHallReportsTheSame) {
    for (int seed = 0; seed < 2'000 / kSlower; ++seed) {
        DayOptions options;
        options.check_every = 1'000'000;
        RandomDay day(static_cast<uint64_t>(seed), options);
        day.run();
        const auto& log = day.hall().log();
        Hall restored = replay({log.begin(), log.begin() + static_cast<int64_t>(log.size() / 2)});
        for (size_t i = log.size() / 2; i < log.size(); ++i) {
            // Restarted in the middle, again and again.
            if (i % 16 == 0) restored = Hall::restore(restored.snapshot());
            restored.apply(log[i].event, restored.seq() + 1, log[i].at_ms, log[i].actor);
        }
        ASSERT_EQ(restored.snapshot().reports(0).DebugString(),
                  day.hall().hall().snapshot().reports(0).DebugString())
            << "seed " << seed;
    }
}

}  // namespace
}  // namespace hall::core
