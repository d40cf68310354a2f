// What policy.md promises beyond the order itself: reserved windows, languages, offers, several
// services on one slip, proxies, and what the hall says about waiting.
#include "tests/core/test_hall.h"

namespace hall::core {
namespace {

using protocol::Claim;
using protocol::Proxy;

// Windows 1 and 2 serve pensions, 1 speaks Zhuang; window 2 has an interpreter for it.
protocol::HallRules policy_rules() {
    protocol::HallRules rules = test_rules();
    rules.set_language_wait_ms(10 * kMinuteMs);
    rules.set_target_wait_ms(10 * kMinuteMs);
    rules.mutable_windows(1)->add_interprets("za");
    return rules;
}

TestHall policy_hall(std::initializer_list<uint32_t> windows) {
    TestHall hall(policy_rules());
    hall.at("09:00");
    for (uint32_t window : windows) hall.does(open_window(window));
    return hall;
}

Command speaking(const std::string& service, const std::string& language) {
    Command command = issue(service);
    command.mutable_issue_ticket()->set_must_speak(language);
    return command;
}

protocol::Window shown_window(const TestHall& hall, uint32_t window) {
    return hall.hall().clerk_view(window, hall.now_ms())->window();
}

// Given: `count` services of ten minutes each at the window.
void serve_many(TestHall& hall, uint32_t window, int count) {
    for (int i = 0; i < count; ++i) {
        hall.does(issue("pension"));
        hall.does(call_next(window));
        hall.does(start(window));
        hall.after_s(600);
        hall.does(finish(window));
    }
}

TEST(ReservedWindows, TakeWhoTheyAreThereForFirstAndTheOthersWhenNoneWaits) {
    TestHall hall = policy_hall({1, 2, 3});
    hall.does(reserve(1, 15 * kMinuteMs));
    hall.does(issue("pension"));                            // A001
    hall.after_s(1500).does(issue("pension", {"80plus"}));  // A002: later even with its credit
    Events events = hall.does(call_next(1));
    EXPECT_EQ(events[0].ticket_called().number(), "A002");
    EXPECT_TRUE(events[0].ticket_called().reserved());
    EXPECT_EQ(events[0].ticket_called().overtook(), 1U);
    hall.does(start(1));
    hall.does(finish(1));
    events = hall.does(call_next(1));
    EXPECT_EQ(events[0].ticket_called().number(), "A001");
    EXPECT_FALSE(events[0].ticket_called().reserved());
}

TEST(ReservedWindows, LeaveEveryServiceAnOrdinaryWindow) {
    TestHall hall = policy_hall({1, 2, 3});
    hall.does(reserve(1, 15 * kMinuteMs));
    // Windows 2 and 1 serve pensions, window 3 does not.
    hall.refuses(reserve(2, 15 * kMinuteMs), RefusalCode::no_unreserved_window);
    hall.does(reserve(1, 0));
    hall.does(reserve(2, 15 * kMinuteMs));
    hall.refuses(reserve(9, 0), RefusalCode::unknown_window);
    hall.refuses(reserve(1, 60 * kMinuteMs), RefusalCode::value_out_of_range);
}

TEST(ReservedWindows, ServeEverybodyWhileNoOrdinaryWindowIsOpen) {
    TestHall hall = policy_hall({1, 2, 3});
    hall.does(reserve(1, 15 * kMinuteMs));
    hall.does(issue("pension"));
    hall.after_s(1500).does(issue("pension", {"80plus"}));
    hall.does(close_window(2));
    EXPECT_EQ(hall.does(call_next(1))[0].ticket_called().number(), "A001");
}

TEST(ReservedWindows, AreAdvisedWhenTheLargestCreditWaitsBeyondItsTarget) {
    TestHall hall = policy_hall({1, 2, 3});
    serve_many(hall, 2, 12);
    EXPECT_FALSE(hall.hall().guide_view(hall.now_ms()).reserve_advised());
    for (int i = 0; i < 9; ++i) hall.does(issue("pension", {"80plus"}));
    EXPECT_TRUE(hall.hall().guide_view(hall.now_ms()).reserve_advised());
    hall.does(reserve(1, 15 * kMinuteMs));
    EXPECT_FALSE(hall.hall().guide_view(hall.now_ms()).reserve_advised());
}

TEST(Offers, EachWaitingTicketIsOfferedAtOneIdleWindow) {
    TestHall hall = policy_hall({1, 2});  // window 2 serves only pensions
    hall.does(issue("pension"));          // A001
    EXPECT_EQ(shown_window(hall, 2).offer(), "A001");
    EXPECT_EQ(shown_window(hall, 1).offer(), "");
    EXPECT_EQ(shown_window(hall, 1).offered_elsewhere(), "A001");
    EXPECT_EQ(shown_window(hall, 1).offered_at(), 2U);
    hall.does(issue("pension"));  // A002
    EXPECT_EQ(shown_window(hall, 1).offer(), "A002");
    EXPECT_EQ(shown_window(hall, 1).offered_elsewhere(), "");
    // The key calls whoever is first, offered here or not (P1).
    EXPECT_EQ(hall.does(call_next(1, "A002"))[0].ticket_called().number(), "A001");
}

TEST(Offers, APreferredLanguageDecidesBetweenWindowsThatServeAsMuch) {
    protocol::HallRules rules = policy_rules();
    rules.mutable_windows(0)->mutable_services()->RemoveLast();  // window 1: pensions only, as 2
    TestHall hall(rules);
    hall.at("09:00");
    hall.does(open_window(2));
    hall.after_s(60).does(open_window(1));
    Command command = issue("pension");
    command.mutable_issue_ticket()->add_prefers("za");
    hall.does(command);
    EXPECT_EQ(shown_window(hall, 1).offer(), "A001");
    hall.does(issue("pension"));
    EXPECT_EQ(shown_window(hall, 2).offer(), "A002");
}

TEST(Languages, AfterTenMinutesWithoutASpeakerAnInterpreterWillDo) {
    TestHall hall = policy_hall({2});
    hall.does(speaking("pension", "za"));
    hall.refuses(call_next(2), RefusalCode::nobody_eligible);
    EXPECT_TRUE(hall.shown("A001").no_window_open());
    EXPECT_EQ(hall.hall().guide_view(hall.now_ms()).unspoken(0).must_speak(), "za");
    hall.after_s(599);
    EXPECT_FALSE(hall.ticket("A001").language_eased());
    hall.after_s(1);
    EXPECT_TRUE(hall.ticket("A001").language_eased());
    EXPECT_FALSE(hall.shown("A001").no_window_open());
    EXPECT_EQ(hall.hall().guide_view(hall.now_ms()).unspoken_count(), 0U);
    EXPECT_EQ(hall.does(call_next(2))[0].ticket_called().number(), "A001");
}

TEST(Languages, WhileAWindowSpeaksItTheVisitorWaitsForThatOne) {
    TestHall hall = policy_hall({1, 2});
    hall.does(speaking("pension", "za"));
    hall.after_s(1200);
    EXPECT_FALSE(hall.ticket("A001").language_eased());
    hall.refuses(call_next(2), RefusalCode::nobody_eligible);
    // The speaker goes to lunch: by now the visitor has waited long enough.
    hall.does(pause_window(1));
    hall.after_s(1);
    EXPECT_TRUE(hall.ticket("A001").language_eased());
}

TEST(Languages, NobodyIsEasedWhereNobodyInterprets) {
    protocol::HallRules rules = policy_rules();
    rules.mutable_windows(1)->clear_interprets();
    TestHall hall(rules);
    hall.at("09:00").does(open_window(2));
    hall.does(speaking("pension", "za"));
    hall.after_s(3600);
    EXPECT_FALSE(hall.ticket("A001").language_eased());
}

TEST(Slip, OfSeveralServicesThoseWithAnOpenWindowComeFirst) {
    TestHall hall = policy_hall({2, 4});
    hall.does(issue(Words{"medical", "pension", "jobs"}));
    EXPECT_EQ(hall.ticket("A001").services(0), "pension");
    EXPECT_EQ(hall.ticket("A001").services(1), "jobs");
    EXPECT_EQ(hall.ticket("A001").services(2), "medical");
}

TEST(Slip, WhoseWindowClosesIsServedAnotherServiceFirstAndKeepsHisPlace) {
    TestHall hall = policy_hall({2, 4});
    hall.does(issue(Words{"pension", "jobs"}));
    int64_t key = hall.ticket("A001").key_v_ms();
    hall.after_s(300).does(close_window(2));
    EXPECT_EQ(hall.ticket("A001").services(0), "jobs");
    EXPECT_EQ(hall.ticket("A001").key_v_ms(), key);
    EXPECT_EQ(hall.does(call_next(4))[0].ticket_called().number(), "A001");
}

TEST(Slip, TheNextServiceIsTheFirstThatAnOpenWindowServes) {
    TestHall hall = policy_hall({2, 4});
    hall.does(issue(Words{"pension", "medical", "jobs"}));
    hall.serve_next(2);
    hall.does(next_service(2));
    EXPECT_EQ(hall.ticket("A001").services(1), "jobs");
    EXPECT_EQ(hall.does(call_next(4))[0].ticket_called().number(), "A001");
}

TEST(Proxies, ComeAsTheServiceAllowsAndWaitWithTheirOwnCredit) {
    protocol::HallRules rules = policy_rules();
    rules.mutable_services(0)->set_proxy(Proxy::letter);
    rules.mutable_services(1)->set_proxy(Proxy::in_person);
    TestHall hall(rules);
    hall.at("09:00");
    auto as_proxy = [](const std::string& service, Proxy::Value proxy) {
        Command command = issue(service);
        command.mutable_issue_ticket()->set_proxy(proxy);
        command.mutable_issue_ticket()->add_principal_categories("80plus");
        return command;
    };
    hall.refuses(as_proxy("pension", Proxy::free), RefusalCode::proxy_letter_needed);
    hall.refuses(as_proxy("medical", Proxy::letter), RefusalCode::proxy_not_allowed);
    hall.does(as_proxy("pension", Proxy::letter));
    EXPECT_EQ(hall.ticket("A001").credit_ms(), 0);
    EXPECT_EQ(hall.ticket("A001").proxy(), Proxy::letter);
    rules.set_proxy_inherits(true);
    hall.does(install(rules));
    hall.does(as_proxy("pension", Proxy::letter));
    EXPECT_EQ(hall.ticket("A002").credit_ms(), 20 * kMinuteMs);
    EXPECT_EQ(hall.ticket("A002").claim(), Claim::credit);
}

TEST(Forecast, IsSaidOnlyFromMeasuredServicesAndKeptWithTheTicket) {
    TestHall hall = policy_hall({2});
    hall.does(issue("pension"));
    EXPECT_EQ(hall.shown("A001").wait_high_ms(), 0);
    hall.serve_next(2);
    hall.after_s(600).does(finish(2));
    serve_many(hall, 2, 12);
    for (int i = 0; i < 3; ++i) hall.does(issue("pension"));
    const protocol::Ticket last = hall.shown("A016");
    EXPECT_EQ(last.ahead(), 2U);
    // Two ahead and himself at one window of ten minutes a service; the window is free, so he waits
    // for about two of them.
    EXPECT_GE(last.wait_high_ms(), 20 * kMinuteMs);
    EXPECT_LE(last.wait_low_ms(), 30 * kMinuteMs);
    EXPECT_EQ(last.wait_high_ms() % (5 * kMinuteMs), 0);
    EXPECT_GT(hall.ticket("A016").forecast_high_ms(), 0);
    // No window, no minutes.
    hall.does(close_window(2));
    EXPECT_EQ(hall.shown("A016").wait_high_ms(), 0);
}

TEST(Forecast, EndedWaitsAreHeldAgainstWhatWasSaid) {
    TestHall hall = policy_hall({2});
    serve_many(hall, 2, 12);
    for (int i = 0; i < 5; ++i) hall.does(issue("pension"));
    auto before = hall.hall().snapshot();
    for (int i = 0; i < 3; ++i) {
        hall.serve_next(2);
        hall.after_s(600).does(finish(2));
    }
    auto after = hall.hall().snapshot();
    EXPECT_GT(after.covered_size(), before.covered_size());
    EXPECT_EQ(after.covered_size(), after.residuals_size());
}

// domain.md: only measured times may stop issuing, and the guide sees it before he tries.
TEST(StopOfIssuing, ByMeasuredTimesOnlyAndNeverInAHallOpenedByHand) {
    TestHall hall = policy_hall({2});
    serve_many(hall, 2, 30);  // to 14:00, ten minutes each
    hall.at("17:30");
    // The plan closes at 17:00 and extends to 18:00 while people wait.
    EXPECT_EQ(hall.phase(), Phase::closed);
    TestHall late = policy_hall({2});
    serve_many(late, 2, 30);
    late.at("16:00");
    // Eleven of ten minutes after 16:00: the twelfth would be served until past 18:00.
    for (int i = 0; i < 11; ++i) late.does(issue("pension"));
    late.refuses(issue("pension"), RefusalCode::issuing_stopped);
    const protocol::GuideView view = late.hall().guide_view(late.now_ms());
    EXPECT_TRUE(view.services(0).stopped());
    EXPECT_FALSE(view.services(3).stopped());
}

TEST(StopOfIssuing, TwentyNineServicesStopNobody) {
    TestHall hall = policy_hall({2});
    serve_many(hall, 2, 29);
    hall.at("16:00");
    for (int i = 0; i < 20; ++i) hall.does(issue("pension"));
    EXPECT_FALSE(hall.hall().guide_view(hall.now_ms()).services(0).stopped());
}

TEST(Why, NamesWhoIsAheadWithWhatClaimToStaff) {
    TestHall hall = policy_hall({});
    hall.does(issue("pension", {"80plus"}));
    hall.does(issue("pension"));
    hall.does(issue("pension"));
    const protocol::Ticket shown = hall.shown("A003");
    ASSERT_EQ(shown.ahead_tickets_size(), 2);
    EXPECT_EQ(shown.ahead_tickets(0).number(), "A001");
    EXPECT_EQ(shown.ahead_tickets(0).credit_ms(), 20 * kMinuteMs);
    EXPECT_EQ(shown.ahead_tickets(0).claim(), Claim::credit);
    EXPECT_EQ(shown.ahead_tickets(1).claim(), Claim::none);
}

TEST(Place, TellsAnybodyWhereATicketStandsAndNothingMore) {
    TestHall hall = policy_hall({2});
    hall.does(issue("pension", {"80plus"}));
    hall.does(issue("pension"));
    protocol::Query query;
    query.mutable_place()->set_number("a2");
    protocol::Reply reply;
    hall.hall().answer(query, hall.now_ms(), reply);
    EXPECT_EQ(reply.place().number(), "A002");
    EXPECT_EQ(reply.place().ahead(), 1U);
    EXPECT_EQ(reply.place().ahead_green(), 1U);
    EXPECT_EQ(reply.place().locked_after_ms(), hall.now_ms() + 20 * kMinuteMs);
}

}  // namespace
}  // namespace hall::core
