// The end of the day, where nobody is dropped: who still waits is asked before, and whoever is left
// gets a place on another day, in the order of the queue.
#include <map>

#include "tests/core/test_hall.h"
#include "ticketing/ticket_number.h"

namespace hall::core {
namespace {

using protocol::AppointmentKind;
using protocol::AppointmentState;
using protocol::Claim;
using protocol::ClosingChoice;

class ClosingTest : public testing::Test {
  protected:
    ClosingTest() : hall(rules_with_appointments()) {}
    void SetUp() override { hall.at("16:00").with_days_ahead(); }
    uint64_t became(const std::string& number) { return hall.ticket(number).appointment(); }
    int64_t slot_of(const std::string& number) {
        return hall.appointment(became(number)).slot_ms();
    }
    TestHall hall;
};

TEST_F(ClosingTest, PeopleAreAskedFifteenMinutesBefore) {
    hall.does(issue("pension"));
    const auto refusal =
        hall.at("16:44:59")
            .refuses(choose("A001", ClosingChoice::tomorrow), RefusalCode::too_early_to_choose);
    EXPECT_EQ(refusal.wait_ms(), kSecondMs);
    EXPECT_TRUE(refusal.retry());
    EXPECT_EQ(hall.hall().guide_view(hall.now_ms()).closing_offers_size(), 0);
    hall.at("16:45").does(choose("A001", ClosingChoice::tomorrow));
}

TEST_F(ClosingTest, InAnExtendedHallBeforeThatEnd) {
    hall.does(issue("pension"));
    hall.at("16:30").does(extend_hall(time_ms("17:40")));
    hall.at("16:50").refuses(choose("A001", ClosingChoice::stay), RefusalCode::too_early_to_choose);
    hall.at("17:24:59")
        .refuses(choose("A001", ClosingChoice::stay), RefusalCode::too_early_to_choose);
    hall.at("17:25").does(choose("A001", ClosingChoice::stay));
}

TEST_F(ClosingTest, WhoStayedMayStillThinkBetterOfItInTheExtension) {
    hall.does(issue("pension"));
    hall.at("16:50").does(choose("A001", ClosingChoice::stay));
    hall.at("17:05");
    EXPECT_EQ(hall.phase(), Phase::extended);
    hall.does(choose("A001", ClosingChoice::leave_papers));
    EXPECT_EQ(hall.after_s(1).phase(), Phase::closed);
}

TEST_F(ClosingTest, OpenedByHandItEndsAtMidnight) {
    TestHall by_hand(rules_with_appointments(), test_plan(kFirstDay, false));
    by_hand.at("12:00").does(open_hall());
    by_hand.does(issue("pension"));
    EXPECT_EQ(by_hand.refuses(choose("A001", ClosingChoice::stay), RefusalCode::too_early_to_choose)
                  .wait_ms(),
              11 * kHourMs + 45 * kMinuteMs);
}

TEST_F(ClosingTest, WhoStaysWaitsOnAndIsShownAsDecided) {
    hall.does(issue("pension"));
    hall.does(issue("medical"));
    hall.at("16:46");
    EXPECT_EQ(hall.hall().guide_view(hall.now_ms()).undecided_count(), 2U);
    hall.does(choose("A001", ClosingChoice::stay));
    EXPECT_EQ(hall.reply().ticket().closing_choice(), ClosingChoice::stay);
    EXPECT_TRUE(hall.does(choose("A001", ClosingChoice::stay)).empty());  // once is enough
    EXPECT_EQ(hall.reply().ticket().number(), "A001");
    const auto view = hall.hall().guide_view(hall.now_ms());
    ASSERT_EQ(view.closing_offers_size(), 2);
    EXPECT_EQ(view.closing_offers(0).closing_choice(), ClosingChoice::stay);
    EXPECT_EQ(view.undecided_count(), 1U);
    EXPECT_EQ(hall.at("17:10").state("A001"), TicketState::waiting);
    hall.does(open_window(2));
    hall.serve_next(2);
    EXPECT_EQ(hall.hall().guide_view(hall.now_ms()).undecided_count(), 1U);
}

TEST_F(ClosingTest, TomorrowIsTheFirstFreeSlotWithASlipAndThePlaceIsTaken) {
    for (int i = 0; i < 3; ++i) hall.does(issue("pension"));
    hall.at("16:50");
    for (const char* number : {"A001", "A002", "A003"}) {
        hall.does(choose(number, ClosingChoice::tomorrow));
    }
    EXPECT_EQ(slot_of("A001"), tuesday("08:30"));
    EXPECT_EQ(slot_of("A002"), tuesday("08:30"));
    EXPECT_EQ(slot_of("A003"), tuesday("09:00"));  // two places each
    hall.refuses(book("pension", tuesday("08:30")), RefusalCode::slot_full);
    const auto entry = hall.appointment(became("A001"));
    EXPECT_EQ(entry.kind(), AppointmentKind::carried_over);
    EXPECT_EQ(entry.date(), "2026-11-24");
    EXPECT_EQ(hall.print(hall.ticket("A001").print_job()).appointment(), became("A001"));
    EXPECT_EQ(hall.state("A001"), TicketState::appointment);
}

TEST_F(ClosingTest, PapersLeftBehindAreToldApart) {
    hall.does(issue(Words{"pension", "medical"}, {"80plus"}));
    hall.at("16:50").does(choose("A001", ClosingChoice::leave_papers));
    EXPECT_EQ(hall.reply().ticket().appointment(), 1U);
    const auto entry = hall.appointment(1);
    EXPECT_EQ(entry.kind(), AppointmentKind::left_papers);
    EXPECT_EQ(entry.slot_ms(), tuesday("08:30"));
    EXPECT_EQ(entry.services_size(), 2);
    EXPECT_EQ(entry.credit_ms(), 20 * kMinuteMs);
}

TEST_F(ClosingTest, ASlipIsPrintedUnlessNobodyWantsIt) {
    hall.does(issue("pension"));
    Command command = choose("A001", ClosingChoice::tomorrow);
    command.mutable_choose_at_closing()->set_no_print(true);
    EXPECT_EQ(hall.at("16:50").does(command).size(), 1U);
}

TEST_F(ClosingTest, OnlyWhoIsHereIsAsked) {
    for (int i = 0; i < 4; ++i) hall.does(issue("pension"));
    hall.does(open_window(2));
    hall.miss_whoever_is_next(2);
    hall.at("16:50").does(step_out("A002"));
    hall.does(call_next(2));
    hall.refuses(choose("A001", ClosingChoice::stay), RefusalCode::ticket_not_waiting);
    hall.does(choose("A002", ClosingChoice::stay));
    hall.refuses(choose("A003", ClosingChoice::stay), RefusalCode::ticket_at_window);
    hall.refuses(choose("A004", ClosingChoice::undecided), RefusalCode::value_out_of_range);
    hall.does(choose("A004", ClosingChoice::tomorrow));
    hall.refuses(choose("A004", ClosingChoice::stay), RefusalCode::ticket_not_open);
    hall.refuses(choose("A009", ClosingChoice::stay), RefusalCode::unknown_ticket);
    hall.does(come_back("A001"));  // and then is asked like everybody
    hall.does(choose("A001", ClosingChoice::tomorrow));
}

// Whoever is first today is first tomorrow, whatever his number.
TEST_F(ClosingTest, ClosingGivesThePlacesInTheOrderOfTheQueue) {
    for (int i = 0; i < 3; ++i) hall.does(issue("pension"));
    hall.at("16:10").does(issue("pension", {"80plus"}));  // A004 is before them all
    hall.does(issue("medical"));
    hall.does(step_out("A001"));
    hall.does(close_hall());
    EXPECT_EQ(slot_of("A004"), tuesday("08:30"));
    EXPECT_EQ(slot_of("A001"), tuesday("08:30"));  // away for a moment, not out of the queue
    EXPECT_EQ(slot_of("A002"), tuesday("09:00"));
    EXPECT_EQ(slot_of("A003"), tuesday("09:00"));
    EXPECT_EQ(slot_of("B001"), tuesday("08:30"));            // places are the service's
    EXPECT_EQ(hall.hall().snapshot().prints_size(), 5 + 5);  // each has a slip in hand
}

TEST_F(ClosingTest, FullDaysMakeRoomOnTheNextAndAtLastAnyDayWillDo) {
    protocol::HallRules rules = rules_with_appointments();
    rules.set_slot_ms(4 * kHourMs);  // two slots a day, one place each
    rules.set_slot_places(1);
    hall.does(install(rules));
    for (int i = 0; i < 12; ++i) hall.does(issue("pension"));
    hall.does(close_hall());
    std::map<std::string, int> on;
    const state::Hall data = hall.hall().snapshot();
    for (const auto& entry : data.appointments()) ++on[entry.date()];
    EXPECT_EQ(on["2026-11-24"], 2);
    EXPECT_EQ(on["2026-11-27"], 2);
    EXPECT_EQ(on["2026-11-28"], 0);  // Saturday
    EXPECT_EQ(on["2026-11-30"], 2);
    EXPECT_EQ(on[""], 2);
}

TEST_F(ClosingTest, PlacesThatWereBookedAreNotGivenTwice) {
    hall.does(book("pension", tuesday("08:30")));
    hall.does(issue("pension"));
    hall.does(issue("pension"));
    hall.does(close_hall());
    EXPECT_EQ(slot_of("A001"), tuesday("08:30"));
    EXPECT_EQ(slot_of("A002"), tuesday("09:00"));
}

TEST_F(ClosingTest, TheClockClosesLikeAHandDoesAndMidnightPrintsNothing) {
    hall.does(issue("pension"));
    EXPECT_EQ(hall.at("18:00").phase(), Phase::closed);
    EXPECT_EQ(slot_of("A001"), tuesday("08:30"));
    EXPECT_EQ(hall.hall().snapshot().prints_size(), 2);

    TestHall night(rules_with_appointments());
    night.at("16:00").with_days_ahead();
    night.does(open_window(2));
    night.does(issue("pension"));
    night.does(issue("pension"));
    night.serve_next(2);  // and is served until midnight
    night.on_next_day("00:00");
    const auto appointments = night.hall().snapshot().appointments();
    ASSERT_EQ(appointments.size(), 1);
    EXPECT_EQ(appointments.Get(0).slot_ms(), tuesday("08:30"));
}

TEST_F(ClosingTest, InAHallWithoutAppointmentsAnyTimeWillDo) {
    TestHall plain;
    plain.at("16:50").does(issue("pension"));
    plain.does(close_hall());
    const auto entry = plain.appointment(1);
    EXPECT_EQ(entry.slot_ms(), 0);
    EXPECT_EQ(entry.date(), "");
    plain.on_next_day("09:00").does(check_in(1));
    EXPECT_EQ(plain.shown("A001").claim(), Claim::kept);
}

TEST_F(ClosingTest, NextMorningTheEarlierArrivalCounts) {
    hall.does(issue("pension"));
    hall.does(close_hall());
    hall.on_next_day("08:31").does(issue("pension", {"70plus"}));
    hall.at_ms(tuesday("08:40")).does(check_in(1));
    EXPECT_EQ(hall.shown("A002").key_v_ms(), tuesday("08:20"));
    EXPECT_EQ(hall.shown("A002").claim(), Claim::kept);
    EXPECT_EQ(hall.shown("A002").ahead(), 0U);
}

TEST_F(ClosingTest, WhoMissesTheSlotKeepsTheArrivalOnAnyLaterDay) {
    hall.does(issue("pension"));
    hall.does(close_hall());
    hall.at_ms(time_ms("10:00", kFirstDay + 3)).does(check_in(1));
    EXPECT_EQ(hall.shown("A001").claim(), Claim::kept);
    EXPECT_FALSE(hall.shown("A001").appointment_late());
}

// A wrong tap: the same ticket's visitor is back in line, and the place of tomorrow is free again.
TEST_F(ClosingTest, CheckedInOnTheSameEveningItLeavesItsPlaceToOthers) {
    hall.does(issue("pension"));
    hall.does(book("pension", tuesday("08:30")));
    hall.at("16:50").does(choose("A001", ClosingChoice::tomorrow));
    hall.refuses(book("pension", tuesday("08:30")), RefusalCode::slot_full);
    hall.does(check_in(became("A001")));
    EXPECT_EQ(hall.shown("A002").claim(), Claim::kept);
    hall.does(book("pension", tuesday("08:30")));
}

TEST_F(ClosingTest, TheListOfOffersIsInTheOrderOfTheQueueAndBounded) {
    hall.does(issue("pension"));
    for (int i = 0; i < 250; ++i) hall.does(issue("medical"));
    hall.at("16:40").does(issue("jobs", {"80plus"}));
    hall.does(step_out("A001"));
    hall.at("16:46");
    const auto view = hall.hall().guide_view(hall.now_ms());
    EXPECT_EQ(view.closing_offers_size(), 200);
    EXPECT_EQ(view.undecided_count(), 252U);
    EXPECT_EQ(view.closing_offers(0).number(), "A001");
    EXPECT_EQ(view.closing_offers(0).state(), TicketState::stepped_out);
}

// As many as a day can have: each gets an appointment and a slip in one command.
TEST(ClosingLimits, AFullDayOfPeopleIsCarriedOverInTheOrderOfTheQueue) {
    TestHall hall(rules_with_appointments());
    hall.at("16:00").with_days_ahead();
    hall.does(issue("pension"));
    state::Hall data = hall.hall().snapshot();
    state::Ticket one = data.tickets(0);
    data.clear_tickets();
    data.clear_prints();
    for (uint32_t serial = 1; serial <= kTicketsPerDayMax; ++serial) {
        one.set_number(ticketing::to_text({'A', serial}));
        one.set_key_serial(kTicketsPerDayMax + 1 - serial);  // the last number is first in line
        *data.add_tickets() = one;
    }
    Hall full = Hall::restore(data);
    Decision closed = full.decide(close_hall(), {"supervisor-1", ""}, time_ms("16:00"));
    ASSERT_TRUE(closed);
    ASSERT_EQ(closed->size(), 2 * kTicketsPerDayMax + 1);
    const auto& first = closed->front().ticket_carried_over();
    EXPECT_EQ(first.number(), ticketing::to_text({'A', kTicketsPerDayMax}));
    EXPECT_EQ(first.slot_ms(), tuesday("08:30"));
    const auto& last = closed->at(2 * kTicketsPerDayMax - 2).ticket_carried_over();
    EXPECT_EQ(last.number(), "A001");
    EXPECT_EQ(last.slot_ms(), 0);  // a week of slots holds 170 of them
    for (const Event& event : *closed) full.apply(event, full.seq() + 1, time_ms("16:00"), {});
    EXPECT_EQ(full.guide_view(time_ms("16:00")).waiting_count(), 0U);
}

}  // namespace
}  // namespace hall::core
