// The ticket states of domain.md, transition by transition.
#include "tests/core/test_hall.h"

namespace hall::core {
namespace {

using TicketStates = OpenHallTest;

TEST(EarlyWaiting, RegistrationGivesTheFinalNumberAndOpeningMakesItWait) {
    TestHall hall;
    hall.at("07:40").does(enter_early("pension", {"80plus"}));
    EXPECT_EQ(hall.state("A001"), TicketState::registered);
    int64_t key = hall.ticket("A001").key_v_ms();
    size_t before = hall.log().size();
    hall.at("08:30");
    EXPECT_EQ(hall.state("A001"), TicketState::waiting);
    EXPECT_EQ(hall.ticket("A001").entered_at_ms(), time_ms("07:40"));
    EXPECT_EQ(hall.ticket("A001").key_v_ms(), key);
    EXPECT_EQ(key, time_ms("07:20"));
    // Nothing is printed again, and one event opens the hall however many wait.
    EXPECT_EQ(hall.log_from(before).size(), 1U);
}

TEST(EarlyWaiting, CapacityLimitsSeatsNeverRegistrations) {
    TestHall hall;
    hall.at("07:40").does(enter_early("pension", {}, true));
    hall.does(enter_early("pension", {}, true));
    EXPECT_TRUE(hall.refuses(enter_early("pension", {}, true), RefusalCode::no_seat_free).retry());
    hall.does(enter_early("pension"));
    hall.does(cancel("A001"));  // gives its seat back
    hall.does(enter_early("pension", {}, true));
    EXPECT_EQ(hall.hall().guide_view(hall.now_ms()).seats_free(), 0U);
    hall.at("08:30");
    EXPECT_EQ(hall.hall().guide_view(hall.now_ms()).seats_free(), 2U);
}

TEST_F(TicketStates, NumbersGoUpWithinTheLetterOfTheFirstService) {
    hall.does(issue("pension"));
    hall.does(issue(Words{"medical", "pension"}));
    hall.does(issue("pension"));
    EXPECT_EQ(hall.state("A002"), TicketState::waiting);
    EXPECT_EQ(hall.state("B001"), TicketState::waiting);
    EXPECT_EQ(hall.state("B002"), TicketState::unknown);
}

TEST_F(TicketStates, TheEventKeepsTheLargestCreditAndNeverTheCategory) {
    Events events = hall.does(issue("pension", {"60plus", "80plus", "serviceman"}));
    const auto& issued = events.at(0).ticket_issued();
    EXPECT_EQ(issued.credit_ms(), 20 * kMinuteMs);
    EXPECT_EQ(issued.key_v_ms(), hall.now_ms() - 20 * kMinuteMs);
    EXPECT_EQ(issued.SerializeAsString().find("plus"), std::string::npos);
}

TEST_F(TicketStates, CalledStartedFinished) {
    hall.does(issue("pension"));
    hall.at("09:10").does(call_next(2));
    EXPECT_EQ(hall.state("A001"), TicketState::called);
    EXPECT_EQ(hall.window(2), WindowState::calling);
    EXPECT_EQ(hall.reply().window_ticket().number(), "A001");
    hall.does(start(2));
    EXPECT_EQ(hall.state("A001"), TicketState::serving);
    EXPECT_EQ(hall.window(2), WindowState::serving);
    hall.at("09:20").does(finish(2));
    EXPECT_EQ(hall.state("A001"), TicketState::done);
    EXPECT_EQ(hall.window(2), WindowState::idle);
    EXPECT_EQ(hall.shown("A001").waited_ms(), 10 * kMinuteMs);
    EXPECT_EQ(hall.shown("A001").finished_at_ms(), time_ms("09:20"));
}

TEST_F(TicketStates, MissedNeedsThreeCallsTwentySecondsApartAndAMinuteInAll) {
    hall.does(issue("pension"));
    hall.at("09:10").does(call_next(2));
    EXPECT_EQ(hall.refuses(recall(2), RefusalCode::too_early_to_recall).wait_ms(), 20'000);
    EXPECT_EQ(hall.refuses(miss(2), RefusalCode::too_early_to_miss).wait_ms(), 60'000);
    hall.at("09:10:19").refuses(recall(2), RefusalCode::too_early_to_recall);
    hall.at("09:10:20").does(recall(2));
    hall.at("09:10:39").refuses(recall(2), RefusalCode::too_early_to_recall);
    hall.at("09:10:40").does(recall(2));
    EXPECT_EQ(hall.refuses(miss(2), RefusalCode::too_early_to_miss).wait_ms(), 20'000);
    hall.at("09:10:59").refuses(miss(2), RefusalCode::too_early_to_miss);
    hall.at("09:11").does(miss(2));
    EXPECT_EQ(hall.state("A001"), TicketState::missed);
    EXPECT_EQ(hall.window(2), WindowState::idle);
}

TEST_F(TicketStates, AMinuteWithoutTheCallsIsNotEnoughToMiss) {
    hall.does(issue("pension"));
    hall.at("09:10").does(call_next(2));
    hall.at("09:15");
    EXPECT_GT(hall.refuses(miss(2), RefusalCode::too_early_to_miss).wait_ms(), 0);
    // The clerk's screen does not offer it either.
    EXPECT_GT(hall.hall().clerk_view(2, hall.now_ms())->missed_from_ms(), hall.now_ms());
    hall.does(recall(2));
    hall.at("09:16").does(recall(2));
    EXPECT_LE(hall.hall().clerk_view(2, hall.now_ms())->missed_from_ms(), hall.now_ms());
    hall.does(miss(2));
}

TEST_F(TicketStates, BackWithinTwentyMinutesIsBehindTheThirdInLine) {
    for (int i = 0; i < 6; ++i) hall.after_s(60).does(issue("pension"));
    hall.at("09:10").miss_whoever_is_next(2);  // A001; A002 to A006 wait
    hall.at("09:30").does(come_back("A001"));
    EXPECT_EQ(hall.shown("A001").ahead(), 3U);
    EXPECT_EQ(hall.ticket("A001").key_t_ms(), time_ms("09:30"));
    EXPECT_EQ(hall.ticket("A001").key_v_ms(), hall.ticket("A004").key_v_ms());
    EXPECT_EQ(hall.ticket("A001").calls(), 0U);
}

TEST_F(TicketStates, BackWithFewerThanThreeWaitingIsLast) {
    for (int i = 0; i < 3; ++i) hall.after_s(60).does(issue("pension"));
    hall.miss_whoever_is_next(2);
    hall.does(come_back("A001"));
    EXPECT_EQ(hall.shown("A001").ahead(), 2U);
    hall.does(issue("jobs"));  // shares no window of his but 5, which serves everything
    EXPECT_EQ(hall.shown("A001").ahead(), 2U);
}

TEST_F(TicketStates, BackAloneKeepsItsArrival) {
    hall.does(issue("pension", {"80plus"}));
    hall.miss_whoever_is_next(2);
    hall.does(come_back("A001"));
    EXPECT_EQ(hall.ticket("A001").key_v_ms(), time_ms("08:40"));
}

TEST_F(TicketStates, BackAfterMoreThanTwentyMinutesIsANewEntryWithTheOldCredit) {
    hall.does(issue("pension", {"70plus"}));
    hall.miss_whoever_is_next(2);  // at 09:01
    hall.at("09:21:01").does(come_back("A001"));
    EXPECT_EQ(hall.ticket("A001").key_v_ms(), time_ms("09:11:01"));
    EXPECT_EQ(hall.ticket("A001").key_t_ms(), time_ms("09:21:01"));
    EXPECT_EQ(hall.ticket("A001").entered_at_ms(), time_ms("09:00"));
}

TEST_F(TicketStates, SteppingOutKeepsThePlaceFifteenMinutesTwice) {
    hall.does(issue("pension"));
    hall.does(issue("pension"));
    std::string key = std::to_string(hall.ticket("A001").key_v_ms());
    hall.does(step_out("A001"));
    EXPECT_EQ(hall.ticket("A001").stepped_out_until_ms(), time_ms("09:15"));
    hall.at("09:14:59");
    EXPECT_EQ(hall.state("A001"), TicketState::stepped_out);
    hall.at("09:15");  // back by itself
    EXPECT_EQ(hall.state("A001"), TicketState::waiting);
    EXPECT_EQ(std::to_string(hall.ticket("A001").key_v_ms()), key);
    EXPECT_EQ(hall.shown("A001").ahead(), 0U);
    hall.does(step_out("A001"));
    hall.at("09:20").does(come_back("A001"));
    hall.refuses(step_out("A001"), RefusalCode::step_out_used_up);
}

TEST_F(TicketStates, WhoSteppedOutIsNotCalled) {
    hall.does(issue("pension"));
    hall.does(step_out("A001"));
    hall.refuses(call_next(2), RefusalCode::nobody_eligible);
    hall.refuses(call_ticket(2, "A001"), RefusalCode::ticket_not_waiting);
}

TEST_F(TicketStates, AnErrandKeepsThePlace) {
    hall.does(issue("pension"));
    hall.after_s(60).does(issue("pension", {"60plus"}));  // 09:01 - 5 min: before A001
    hall.after_s(60).does(issue("pension"));
    hall.serve_next(2);
    state::Ticket before = hall.ticket("A002");
    hall.does(errand(2));
    EXPECT_EQ(hall.state("A002"), TicketState::on_errand);
    EXPECT_EQ(hall.window(2), WindowState::idle);
    hall.at("09:40").does(come_back("A002"));
    EXPECT_EQ(hall.ticket("A002").key_v_ms(), before.key_v_ms());
    EXPECT_EQ(hall.ticket("A002").key_t_ms(), before.key_t_ms());
    EXPECT_EQ(hall.shown("A002").ahead(), 0U);
}

TEST_F(TicketStates, ATransferWaitsForAnotherServiceWithTheSameKey) {
    hall.does(issue("pension"));
    int64_t key = hall.ticket("A001").key_v_ms();
    hall.at("09:30").serve_next(2);
    hall.does(transfer(2, "card"));
    EXPECT_EQ(hall.state("A001"), TicketState::waiting);
    EXPECT_EQ(hall.ticket("A001").key_v_ms(), key);
    hall.refuses(call_next(2), RefusalCode::nobody_eligible);
    hall.does(call_next(3));
    EXPECT_EQ(hall.state("A001"), TicketState::called);
}

TEST_F(TicketStates, NextServiceKeepsTheArrivalUntilTheSlipIsDone) {
    hall.does(issue(Words{"pension", "card"}));
    hall.serve_next(2);
    hall.refuses(transfer(2, "card"), RefusalCode::duplicate_service);
    hall.does(next_service(2));
    EXPECT_EQ(hall.state("A001"), TicketState::waiting);
    EXPECT_EQ(hall.shown("A001").service_index(), 1U);
    EXPECT_EQ(hall.ticket("A001").key_t_ms(), time_ms("09:00"));
    hall.serve_next(3);
    hall.refuses(next_service(3), RefusalCode::no_next_service);
    hall.does(finish(3));
    EXPECT_EQ(hall.state("A001"), TicketState::done);
}

TEST_F(TicketStates, CancelNeedsAReasonAndNobodyAtTheWindow) {
    hall.does(issue("pension"));
    hall.refuses(cancel("A001", Reason::unspecified), RefusalCode::reason_missing);
    hall.does(call_next(2));
    EXPECT_EQ(hall.refuses(cancel("A001"), RefusalCode::ticket_at_window).window(), 2U);
    hall.does(start(2));
    hall.refuses(cancel("A001"), RefusalCode::ticket_at_window);
    hall.does(errand(2));
    hall.does(cancel("A001"));
    EXPECT_EQ(hall.state("A001"), TicketState::cancelled);
    hall.refuses(cancel("A001"), RefusalCode::ticket_not_open);
    hall.refuses(come_back("A001"), RefusalCode::ticket_not_open);
}

TEST_F(TicketStates, ReturningIsOnlyForWhoIsAway) {
    hall.does(issue("pension"));
    hall.refuses(come_back("A001"), RefusalCode::ticket_not_away);
    hall.does(call_next(2));
    EXPECT_EQ(hall.refuses(come_back("A001"), RefusalCode::ticket_not_away).window(), 2U);
}

TEST_F(TicketStates, ATicketIsNamedByItsNumberOrWithTheDay) {
    hall.does(issue("pension"));
    EXPECT_EQ(hall.shown("2026-11-23/A001").number(), "A001");
    EXPECT_EQ(hall.shown("a1").number(), "A001");
    hall.refuses(cancel("2026-11-22/A001"), RefusalCode::unknown_ticket);
    hall.refuses(cancel("/A001"), RefusalCode::unknown_ticket);
}

TEST_F(TicketStates, ClosingCarriesOverWhoWaitsAndClosesOutWhoMissed) {
    hall.does(issue("pension"));
    hall.miss_whoever_is_next(2);  // A001
    hall.does(issue("pension"));
    hall.serve_next(2);
    hall.does(errand(2));  // A002
    hall.does(issue("pension"));
    hall.does(step_out("A003"));
    hall.does(issue("card"));
    hall.at("09:05").does(close_hall());  // A003 is still out
    EXPECT_EQ(hall.state("A001"), TicketState::closed_out);
    for (const char* number : {"A002", "A003", "C001"}) {
        EXPECT_EQ(hall.state(number), TicketState::appointment) << number;
    }
    state::Hall data = hall.hall().snapshot();
    ASSERT_EQ(data.kept_size(), 3);
    EXPECT_EQ(data.kept(2).number(), "C001");
    EXPECT_EQ(data.kept(2).kept_arrival_ms(), hall.ticket("C001").entered_at_ms());
    EXPECT_EQ(hall.shown("C001").waited_ms(), time_ms("09:05") - data.kept(2).kept_arrival_ms());
}

TEST_F(TicketStates, MidnightFinishesWhoIsServedAndCarriesOverWhoWasOnlyCalled) {
    hall.does(issue("pension"));
    hall.does(issue("pension"));
    hall.serve_next(2);       // A001
    hall.does(call_next(1));  // A002
    size_t before = hall.log().size();
    hall.on_next_day("00:01");
    std::vector<LoggedEvent> night = hall.log_from(before);
    std::string told;
    for (const auto& entry : night) {
        if (entry.event.has_service_finished()) {
            told += "finished " + entry.event.service_finished().number() + ", ";
            EXPECT_TRUE(entry.event.service_finished().by_day_end());
        }
        if (entry.event.has_ticket_carried_over()) {
            told += "kept " + entry.event.ticket_carried_over().number() + ", ";
        }
        if (entry.event.has_day_ended()) told += "ended";
    }
    EXPECT_EQ(told, "finished A001, kept A002, ended");
    EXPECT_EQ(hall.hall().snapshot().tickets_size(), 0);
    EXPECT_EQ(hall.window(1), WindowState::closed);
    EXPECT_EQ(hall.phase(), Phase::closed);
}

TEST_F(TicketStates, NumbersStartAnewEachDayAndKeysDoNot) {
    hall.does(issue("pension"));
    uint64_t serial = hall.ticket("A001").key_serial();
    hall.on_next_day("09:00").does(issue("pension"));
    EXPECT_EQ(hall.shown("A001").day(), "2026-11-24");
    EXPECT_GT(hall.ticket("A001").key_serial(), serial);
}

}  // namespace
}  // namespace hall::core
