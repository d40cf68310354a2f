// The hall's day: every edge of the clock, and what a supervisor does by hand.
#include "tests/core/test_hall.h"

namespace hall::core {
namespace {

TEST(HallsDay, TheClockGoesThroughThePhases) {
    TestHall hall;
    EXPECT_EQ(hall.at("07:29:59").phase(), Phase::closed);
    EXPECT_EQ(hall.at("07:30").phase(), Phase::early_waiting);
    EXPECT_EQ(hall.at("08:29:59").phase(), Phase::early_waiting);
    EXPECT_EQ(hall.at("08:30").phase(), Phase::open);
    EXPECT_EQ(hall.at("16:59:59").phase(), Phase::open);
    EXPECT_EQ(hall.at("17:00").phase(), Phase::closed);
    EXPECT_EQ(*hall.hall().next_deadline_ms(), time_ms("24:00"));
    EXPECT_EQ(hall.on_next_day("07:45").phase(), Phase::early_waiting);
}

struct LateStart {
    const char* clock;
    Phase::Value phase;
    size_t events;  // beside rules and plan
};

TEST(HallsDay, AServerThatStartsLateGoesStraightToTheRightPhase) {
    for (const LateStart& row : std::initializer_list<LateStart>{{"07:00", Phase::closed, 0},
                                                                 {"07:30", Phase::early_waiting, 1},
                                                                 {"08:00", Phase::early_waiting, 1},
                                                                 {"08:30", Phase::open, 1},
                                                                 {"12:00", Phase::open, 1},
                                                                 {"17:00", Phase::closed, 1},
                                                                 {"23:59", Phase::closed, 1}}) {
        Hall hall;
        int64_t now_ms = time_ms(row.clock);
        std::vector<Event> log;
        auto run = [&](const Command& command) {
            Decision decision = hall.decide(command, {"server", ""}, now_ms);
            ASSERT_TRUE(decision);
            for (const Event& event : *decision) {
                hall.apply(event, hall.seq() + 1, now_ms, {"server", ""});
                log.push_back(event);
            }
        };
        EXPECT_TRUE(hall.needs_day_plan(now_ms));
        EXPECT_FALSE(hall.next_deadline_ms());
        run(install(test_rules()));
        run(plan_day(test_plan()));
        while (*hall.next_deadline_ms() <= now_ms) {
            size_t before = log.size();
            run(tick());
            ASSERT_GT(log.size(), before) << row.clock;
        }
        EXPECT_EQ(hall.snapshot().phase(), row.phase) << row.clock;
        EXPECT_EQ(log.size(), 2 + row.events) << row.clock;
    }
}

TEST(HallsDay, AHallClosedByThePlanStaysClosedUntilSomebodyOpensIt) {
    TestHall hall(test_rules(), test_plan(kFirstDay, false));
    EXPECT_EQ(hall.at("12:00").phase(), Phase::closed);
    hall.refuses(issue("pension"), RefusalCode::not_open);
    hall.does(open_hall());
    hall.does(issue("pension"));
    EXPECT_EQ(hall.at("23:59").phase(), Phase::open);
    EXPECT_EQ(hall.on_next_day("00:01").phase(), Phase::closed);
}

TEST(HallsDay, OpenedByHandItStaysOpenPastClosing) {
    TestHall hall;
    hall.at("08:00").does(open_hall());
    hall.refuses(open_hall(), RefusalCode::already_open);
    EXPECT_EQ(hall.at("20:00").phase(), Phase::open);
    hall.does(issue("pension"));
    hall.does(close_hall());
    hall.refuses(close_hall(), RefusalCode::already_closed);
    EXPECT_EQ(hall.on_next_day("09:00").phase(), Phase::open);  // by the clock again
}

TEST(HallsDay, OpeningByHandEndsEarlyWaiting) {
    TestHall hall;
    hall.at("08:00").does(enter_early("pension"));
    hall.does(open_hall());
    EXPECT_EQ(hall.state("A001"), TicketState::waiting);
}

TEST(HallsDay, EarlyWaitingMayStartSoonerByHand) {
    TestHall hall;
    hall.at("06:30").refuses(enter_early("pension"), RefusalCode::not_early_waiting);
    hall.does(start_early_waiting());
    hall.does(enter_early("pension"));
    hall.refuses(start_early_waiting(), RefusalCode::early_waiting_over);
    EXPECT_EQ(hall.at("07:31").phase(), Phase::early_waiting);
    EXPECT_EQ(hall.at("08:30").phase(), Phase::open);
    hall.does(close_hall());
    hall.refuses(start_early_waiting(), RefusalCode::early_waiting_over);
}

TEST(HallsDay, IssuingInEarlyWaitingIsRefused) {
    TestHall hall;
    hall.at("07:45").refuses(issue("pension"), RefusalCode::not_open);
}

TEST(HallsDay, ItExtendsByItselfWhileSomebodyWaitsButIssuesNothing) {
    TestHall hall;
    hall.at("16:50").does(open_window(2));
    hall.does(issue("pension"));
    EXPECT_EQ(hall.at("17:00").phase(), Phase::extended);
    hall.refuses(issue("pension"), RefusalCode::not_open);
    hall.serve_next(2);
    EXPECT_EQ(hall.at("17:10").phase(), Phase::extended);
    hall.does(finish(2));
    EXPECT_EQ(hall.after_s(1).phase(), Phase::closed);
}

TEST(HallsDay, TheExtensionEndsButNotUnderSomebodyWhoIsServed) {
    TestHall hall;
    hall.at("16:50").does(open_window(2));
    hall.does(issue("pension"));
    hall.does(issue("pension"));
    hall.serve_next(2);
    EXPECT_EQ(hall.at("18:05").phase(), Phase::extended);
    hall.refuses(close_hall(), RefusalCode::tickets_at_windows);
    hall.does(finish(2));
    hall.refuses(call_next(2), RefusalCode::not_open);
    hall.after_s(1);
    EXPECT_EQ(hall.phase(), Phase::closed);
    EXPECT_EQ(hall.state("A002"), TicketState::appointment);
}

TEST(HallsDay, ASupervisorExtendsAndTicketsAreIssuedUntilThen) {
    TestHall hall;
    hall.at("16:00").does(extend_hall(time_ms("17:30")));
    EXPECT_EQ(hall.phase(), Phase::open);
    EXPECT_EQ(hall.at("17:00").phase(), Phase::extended);
    hall.does(issue("pension"));
    EXPECT_EQ(hall.at("17:29:59").phase(), Phase::extended);
    EXPECT_EQ(hall.at("17:30").phase(), Phase::closed);
    EXPECT_EQ(hall.state("A001"), TicketState::appointment);
    hall.refuses(extend_hall(time_ms("17:50")), RefusalCode::not_open);
}

TEST(HallsDay, AnExtensionHasItsLimits) {
    TestHall hall;
    hall.at("12:00").refuses(extend_hall(time_ms("11:59")), RefusalCode::until_in_the_past);
    hall.refuses(extend_hall(time_ms("16:00")), RefusalCode::value_out_of_range);
    EXPECT_EQ(hall.refuses(extend_hall(time_ms("18:01")), RefusalCode::until_too_late).wait_ms(),
              kMinuteMs);
    hall.does(extend_hall(time_ms("17:30")));
    hall.at("17:10");
    // Extended once, it is still no hall that was opened by hand.
    hall.refuses(extend_hall(time_ms("18:01")), RefusalCode::until_too_late);
    hall.does(extend_hall(time_ms("18:00")));
    EXPECT_EQ(hall.at("17:59").phase(), Phase::extended);
    EXPECT_EQ(hall.at("18:00").phase(), Phase::closed);
}

TEST(HallsDay, AHallOpenedByHandMayBeExtendedUntilMidnight) {
    TestHall hall;
    hall.at("17:30").does(open_hall());
    hall.does(extend_hall(time_ms("20:00")));
    hall.does(extend_hall(time_ms("21:00")));
    EXPECT_EQ(hall.at("20:59").phase(), Phase::extended);
    EXPECT_EQ(hall.at("21:00").phase(), Phase::closed);
}

TEST(HallsDay, ClosedAndOpenedByHandThenExtendedItStillCloses) {
    TestHall hall;
    hall.at("10:00").does(close_hall());
    hall.at("10:30").does(open_hall());
    hall.at("11:00").does(extend_hall(time_ms("17:30")));
    EXPECT_EQ(hall.at("17:00").phase(), Phase::extended);
    EXPECT_EQ(hall.at("17:30").phase(), Phase::closed);
}

TEST(HallsDay, ARestartBetweenTwoEdgesTakesEachEdgeOnce) {
    TestHall hall;
    hall.at("08:00").does(enter_early("pension"));
    Hall again = Hall::restore(hall.hall().snapshot());
    EXPECT_EQ(*again.next_deadline_ms(), time_ms("08:30"));
    Decision nothing = again.decide(tick(), {"server", ""}, time_ms("08:10"));
    ASSERT_TRUE(nothing);
    EXPECT_TRUE(nothing->empty());
    Decision opened = again.decide(tick(), {"server", ""}, time_ms("09:00"));
    ASSERT_TRUE(opened);
    ASSERT_EQ(opened->size(), 1U);
    EXPECT_EQ(opened->at(0).phase_changed().phase(), Phase::open);
}

TEST(HallsDay, NewHoursOfTodayMoveTheEdgesAhead) {
    TestHall hall;
    hall.at("12:00");
    protocol::DayPlan plan = test_plan();
    plan.set_closing_at_ms(time_ms("15:00"));
    hall.does(plan_day(plan));
    EXPECT_EQ(hall.phase(), Phase::open);
    EXPECT_EQ(hall.at("15:00").phase(), Phase::closed);
}

TEST(HallsDay, AServerThatSleptOverNightCarriesYesterdayOver) {
    TestHall hall;
    hall.at("09:00").does(issue("pension"));
    Hall later = Hall::restore(hall.hall().snapshot());
    int64_t now_ms = time_ms("09:00", kFirstDay + 3);
    EXPECT_TRUE(later.needs_day_plan(now_ms));
    Decision decision = later.decide(plan_day(test_plan(kFirstDay + 3)), {"server", ""}, now_ms);
    ASSERT_TRUE(decision);
    ASSERT_EQ(decision->size(), 3U);
    EXPECT_EQ(decision->at(0).ticket_carried_over().number(), "A001");
    for (const Event& event : *decision) later.apply(event, later.seq() + 1, now_ms, {});
    EXPECT_EQ(later.snapshot().kept(0).date(), "2026-11-23");
    EXPECT_EQ(contradiction(later), "");
}

TEST(HallsDay, WithoutAPlanNothingOpens) {
    Hall hall;
    for (const Command& command : {open_hall(), start_early_waiting()}) {
        Decision decision = hall.decide(command, {"sup", ""}, 1);
        ASSERT_FALSE(decision);
        EXPECT_EQ(decision.error().code(), RefusalCode::day_not_planned);
    }
}

TEST(HallsDay, AStepOfTheClockIsNotedUntilTheDayEnds) {
    TestHall hall;
    Command step;
    step.mutable_note_clock_step()->set_step_ms(-5000);
    hall.at("10:00").does(step);
    EXPECT_EQ(hall.hall().snapshot().clock_step_ms(), -5000);
    EXPECT_EQ(hall.on_next_day("00:01").hall().snapshot().clock_step_ms(), 0);
}

}  // namespace
}  // namespace hall::core
