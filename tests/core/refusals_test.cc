// Every refusal that the core can give is given here once, from a hall where it is due.
#include <functional>
#include <map>
#include <set>

#include "tests/core/test_hall.h"
#include "ticketing/ticket_number.h"

namespace hall::core {
namespace {

// Given by the transport, the service or the store, and tested there.
const std::set<RefusalCode::Value> kGivenElsewhere{
    RefusalCode::unknown,
    RefusalCode::frame_too_large,
    RefusalCode::protocol_version_unsupported,
    RefusalCode::command_id_missing,
    RefusalCode::command_id_reused,
    RefusalCode::role_not_allowed,
    RefusalCode::storage_unavailable,
    RefusalCode::server_busy,
    RefusalCode::device_not_enrolled,
    RefusalCode::unknown_zone,
};

// 09:00, all windows open, A001 waits.
TestHall morning() {
    TestHall hall;
    hall.at("09:00");
    for (uint32_t window = 1; window <= 5; ++window) hall.does(open_window(window));
    hall.does(issue("pension"));
    return hall;
}

TestHall calling() {
    TestHall hall = morning();
    hall.does(call_next(2));
    return hall;
}

TestHall serving() {
    TestHall hall = calling();
    hall.does(start(2));
    return hall;
}

TestHall asleep() {
    return TestHall();
}

struct Case {
    RefusalCode::Value code;
    std::function<TestHall()> given;
    Command when;
};

template <typename Change>
Command changed(Command command, Change change) {
    change(*command.mutable_issue_ticket());
    return command;
}

std::vector<Case> day_cases() {
    return {
        {RefusalCode::malformed_request, morning, Command()},
        {RefusalCode::not_open, asleep, issue("pension")},
        {RefusalCode::already_open, morning, open_hall()},
        {RefusalCode::already_closed, asleep, close_hall()},
        {RefusalCode::tickets_at_windows, calling, close_hall()},
        {RefusalCode::until_in_the_past, morning, extend_hall(1)},
        {RefusalCode::until_too_late, morning, extend_hall(time_ms("23:00"))},
        {RefusalCode::early_waiting_over, morning, start_early_waiting()},
        {RefusalCode::not_early_waiting, morning, enter_early("pension")},
        {RefusalCode::rules_strand_tickets, morning, install(protocol::HallRules())},
    };
}

std::vector<Case> ticket_cases() {
    using Issue = protocol::IssueTicket;
    Words nine(9, "pension");
    auto out_twice = [] {
        TestHall hall = morning();
        for (int i = 0; i < 2; ++i) {
            hall.does(step_out("A001"));
            hall.does(come_back("A001"));
        }
        return hall;
    };
    auto full_seats = [] {
        TestHall hall;
        hall.at("08:00");
        for (int i = 0; i < 2; ++i) hall.does(enter_early("pension", {}, true));
        return hall;
    };
    auto no_jobs = [] {
        TestHall hall = morning();
        protocol::HallRules rules = test_rules();
        rules.mutable_windows(3)->clear_services();
        rules.mutable_windows(4)->clear_services();
        hall.does(install(rules));
        return hall;
    };
    auto choosy = [] {
        TestHall hall = morning();
        protocol::HallRules rules = test_rules();
        rules.mutable_services(0)->set_proxy(protocol::Proxy::letter);
        rules.mutable_services(1)->set_proxy(protocol::Proxy::in_person);
        hall.does(install(rules));
        return hall;
    };
    // Ninety services of ten minutes by two in the afternoon, then more people than three windows
    // can serve by the end of the extension.
    auto overrun = [] {
        TestHall hall = morning();
        hall.does(cancel("A001"));
        for (int i = 0; i < 30; ++i) {
            for (uint32_t window : {1U, 2U, 5U}) {
                if (hall.window(window) == WindowState::serving) hall.does(finish(window));
                hall.does(issue("pension"));
                hall.serve_next(window);
            }
            hall.after_s(600);
        }
        for (int i = 0; i < 200; ++i) {
            if (!hall.tries(issue("pension"))) break;
        }
        return hall;
    };
    return {
        {RefusalCode::unknown_service, morning, issue("tax")},
        {RefusalCode::no_service_given, morning, issue(Words{})},
        {RefusalCode::unknown_category, morning, issue("pension", {"tall"})},
        {RefusalCode::category_not_by_sight, morning,
         changed(issue("pension", {"60plus"}), [](Issue& t) { t.set_by_sight(true); })},
        {RefusalCode::unknown_language, morning,
         changed(issue("pension"), [](Issue& t) { t.add_prefers("tlh"); })},
        {RefusalCode::unknown_need, morning,
         changed(issue("pension"), [](Issue& t) { t.add_needs(protocol::Need::unknown); })},
        {RefusalCode::no_window_for_service, no_jobs, issue("jobs")},
        {RefusalCode::too_many_services, morning, issue(nine)},
        {RefusalCode::unknown_ticket, morning, cancel("A002")},
        {RefusalCode::ticket_not_waiting, calling, step_out("A001")},
        {RefusalCode::ticket_not_open,
         [] {
             TestHall hall = morning();
             hall.does(cancel("A001"));
             return hall;
         },
         cancel("A001")},
        {RefusalCode::ticket_not_away, morning, come_back("A001")},
        {RefusalCode::ticket_at_window, serving, cancel("A001")},
        {RefusalCode::step_out_used_up, out_twice, step_out("A001")},
        {RefusalCode::duplicate_service, morning, issue(Words{"pension", "pension"})},
        {RefusalCode::no_seat_free, full_seats, enter_early("pension", {}, true)},
        {RefusalCode::reason_missing, morning, cancel("A001", Reason::unspecified)},
        {RefusalCode::proxy_not_allowed, choosy,
         changed(issue("medical"), [](Issue& t) { t.set_proxy(protocol::Proxy::letter); })},
        {RefusalCode::proxy_letter_needed, choosy,
         changed(issue("pension"), [](Issue& t) { t.set_proxy(protocol::Proxy::free); })},
        {RefusalCode::issuing_stopped, overrun, issue("pension")},
        {RefusalCode::paper_slip_invalid, morning, import_paper({})},
        {RefusalCode::paper_slip_known,
         [] {
             TestHall hall = morning();
             hall.does(import_paper({paper_slip("Z001", "pension", time_ms("08:40"))}));
             return hall;
         },
         import_paper({paper_slip("Z001", "pension", time_ms("08:40"))})},
        {RefusalCode::text_too_long, morning, issue(std::string(kTextMax + 1, 'x'))},
        {RefusalCode::value_out_of_range, morning, issue("pension", Words(17, "80plus"))},
    };
}

std::vector<Case> window_cases() {
    return {
        {RefusalCode::unknown_window, morning, call_next(9)},
        {RefusalCode::window_not_open, asleep, pause_window(1)},
        {RefusalCode::window_already_open, morning, open_window(1)},
        {RefusalCode::window_already_closed, asleep, close_window(1)},
        {RefusalCode::window_already_paused,
         [] {
             TestHall hall = morning();
             hall.does(pause_window(1));
             return hall;
         },
         pause_window(1)},
        {RefusalCode::window_busy, calling, call_next(2)},
        {RefusalCode::window_not_calling, morning, start(2)},
        {RefusalCode::window_not_serving, calling, finish(2)},
        {RefusalCode::nobody_eligible, morning, call_next(4)},
        {RefusalCode::lost_to_another_window, calling, call_next(1, "A001")},
        {RefusalCode::no_unreserved_window,
         [] {
             TestHall hall = morning();
             hall.does(close_window(5));
             return hall;
         },
         reserve(4, 15 * kMinuteMs)},
        {RefusalCode::window_cannot_serve, morning, call_ticket(3, "A001")},
        {RefusalCode::too_early_to_miss, calling, miss(2)},
        {RefusalCode::too_early_to_recall, calling, recall(2)},
        {RefusalCode::no_next_service, serving, next_service(2)},
    };
}

// The morning of a hall that gives appointments; the first one is booked for Tuesday at ten.
TestHall booking() {
    TestHall hall(rules_with_appointments());
    hall.at("09:00").with_days_ahead();
    hall.does(book("pension", time_ms("10:00", kFirstDay + 1)));
    return hall;
}

std::vector<Case> appointment_cases() {
    auto full_slot = [] {
        TestHall hall = booking();
        hall.does(book("pension", time_ms("10:00", kFirstDay + 1)));
        return hall;
    };
    auto cancelled = [] {
        TestHall hall = booking();
        hall.does(cancel_appointment(1));
        return hall;
    };
    auto its_day = [] {
        TestHall hall = booking();
        hall.on_next_day("09:50");
        return hall;
    };
    const int64_t ten = time_ms("10:00", kFirstDay + 1);
    return {
        {RefusalCode::unknown_appointment, booking, cancel_appointment(2)},
        {RefusalCode::unknown_appointment, booking, check_in(2)},
        {RefusalCode::appointment_over, cancelled, cancel_appointment(1)},
        {RefusalCode::appointment_over, cancelled, check_in(1)},
        {RefusalCode::slot_full, full_slot, book("pension", ten)},
        {RefusalCode::no_such_slot, booking, book("pension", ten + kMinuteMs)},
        {RefusalCode::slot_passed, booking, book("pension", time_ms("09:00"))},
        {RefusalCode::appointments_not_given, morning, book("pension", ten)},
        {RefusalCode::appointment_other_day, booking, check_in(1)},
        {RefusalCode::appointment_other_service, its_day, check_in(1, {"jobs"})},
        {RefusalCode::too_early_to_choose, morning,
         choose("A001", protocol::ClosingChoice::tomorrow)},
    };
}

std::vector<Case> other_cases() {
    auto claimed = [] {
        TestHall hall = morning();
        hall.by("printd-1").does(claim(1));
        return std::move(hall.by("printd-2"));
    };
    auto enrolled = [] {
        TestHall hall = morning();
        hall.does(enrol("clerk-1", 'a'));
        return hall;
    };
    return {
        {RefusalCode::unknown_printer, morning, test_print("cellar")},
        {RefusalCode::unknown_print_job, morning, claim(7)},
        {RefusalCode::print_already_claimed, claimed, claim(1)},
        {RefusalCode::print_not_claimed, claimed, report(1, PrintState::printed)},
        {RefusalCode::print_in_progress, claimed, retry_print(1)},
        {RefusalCode::device_name_taken, enrolled, enrol("clerk-1", 'b')},
        {RefusalCode::device_key_taken, enrolled, enrol("clerk-2", 'a')},
        {RefusalCode::device_key_invalid, morning, enrol("clerk-1", ' ')},
        {RefusalCode::unknown_device, morning, revoke("clerk-1")},
    };
}

std::vector<std::vector<Case>> all_cases() {
    return {day_cases(), ticket_cases(), window_cases(), appointment_cases(), other_cases()};
}

TEST(Refusals, EachIsGivenWhenItIsDueAndChangesNothing) {
    for (const auto& cases : all_cases()) {
        for (const Case& one : cases) {
            SCOPED_TRACE(RefusalCode::Value_Name(one.code));
            TestHall hall = one.given();
            std::string before = bytes_of(hall.hall());
            hall.refuses(one.when, one.code);
            EXPECT_EQ(bytes_of(hall.hall()), before);
        }
    }
}

// Given below, in halls that a TestHall would take long to fill.
const std::set<RefusalCode::Value> kGivenByFullHalls{
    RefusalCode::too_many_tickets, RefusalCode::too_many_print_jobs, RefusalCode::day_not_planned,
    RefusalCode::too_many_appointments};

// Answers to queries: report_test.cc.
const std::set<RefusalCode::Value> kGivenByQueries{RefusalCode::day_not_kept,
                                                   RefusalCode::date_invalid};

// Check-ins, staff, emergencies, facilities and help: care_refusals_test.cc. The vault: the
// service's.
bool is_about_care(int code) {
    return (code >= 180 && code <= 192) || (code >= 240 && code <= 253) ||
           (code >= 260 && code <= 286) || (code >= 297 && code <= 299);
}

TEST(Refusals, NoCodeIsForgotten) {
    std::set<RefusalCode::Value> given = kGivenByFullHalls;
    given.insert(kGivenByQueries.begin(), kGivenByQueries.end());
    given.insert(kGivenElsewhere.begin(), kGivenElsewhere.end());
    // Cases and wristbands: case_results_test.cc, which counts its own.
    for (int code = 200; code <= 239; ++code) given.insert(static_cast<RefusalCode::Value>(code));
    for (int code = 290; code <= 296; ++code) given.insert(static_cast<RefusalCode::Value>(code));
    given.insert(RefusalCode::relation_missing);
    for (const auto& cases : all_cases()) {
        for (const Case& one : cases) given.insert(one.code);
    }
    const auto* codes = RefusalCode::Value_descriptor();
    for (int i = 0; i < codes->value_count(); ++i) {
        if (is_about_care(codes->value(i)->number())) continue;
        auto code = static_cast<RefusalCode::Value>(codes->value(i)->number());
        EXPECT_TRUE(given.count(code)) << codes->value(i)->name() << " is given by no test";
    }
}

RefusalCode::Value refused(const Hall& hall, const Command& command, int64_t now_ms) {
    Decision decision = hall.decide(command, {"guide-1", ""}, now_ms);
    return decision ? RefusalCode::unknown : decision.error().code();
}

TEST(Refusals, AFullDayIssuesNoMoreTickets) {
    state::Hall data = morning().hall().snapshot();
    state::Ticket past = data.tickets(0);
    past.set_state(TicketState::cancelled);
    data.clear_tickets();
    for (uint32_t serial = 1; serial <= kTicketsPerDayMax; ++serial) {
        past.set_number(ticketing::to_text({'A', serial}));
        *data.add_tickets() = past;
    }
    data.mutable_counters(0)->set_last(kTicketsPerDayMax);
    Hall full = Hall::restore(data);
    EXPECT_EQ(refused(full, issue("pension"), time_ms("09:00")), RefusalCode::too_many_tickets);
    data.mutable_tickets()->RemoveLast();
    data.mutable_counters(0)->set_last(kTicketsPerDayMax - 1);
    EXPECT_EQ(refused(Hall::restore(data), issue("pension"), time_ms("09:00")),
              RefusalCode::unknown);
}

TEST(Refusals, AFullDayPrintsNoMoreTestPages) {
    state::Hall data = morning().hall().snapshot();
    state::Print past;
    past.set_state(PrintState::printed);
    data.clear_prints();
    for (uint64_t job = 1; job <= kPrintJobsPerDayMax; ++job) {
        past.set_job(job);
        *data.add_prints() = past;
    }
    EXPECT_EQ(refused(Hall::restore(data), test_print("front"), time_ms("09:00")),
              RefusalCode::too_many_print_jobs);
    EXPECT_EQ(refused(Hall::restore(data), print_guide("pension"), time_ms("09:00")),
              RefusalCode::too_many_print_jobs);
}

TEST(Refusals, ATextInChineseIsCutBetweenCharacters) {
    std::string name;
    for (int i = 0; i < 100; ++i) name += "厅";  // 300 bytes; byte 200 is within a character
    protocol::Refusal refusal = morning().refuses(test_print(name), RefusalCode::unknown_printer);
    EXPECT_EQ(refusal.field().size(), 198U);
    EXPECT_EQ(name.compare(0, 198, refusal.field()), 0);
}

TEST(Refusals, SayWhetherTheSameCommandMaySucceedLater) {
    EXPECT_TRUE(morning().refuses(call_next(4), RefusalCode::nobody_eligible).retry());
    EXPECT_TRUE(calling().refuses(miss(2), RefusalCode::too_early_to_miss).retry());
    EXPECT_FALSE(morning().refuses(call_next(9), RefusalCode::unknown_window).retry());
    EXPECT_FALSE(morning().refuses(issue("tax"), RefusalCode::unknown_service).retry());
}

}  // namespace
}  // namespace hall::core
