// Windows: open, pause, close; who is called where, and who lost to whom.
#include "tests/core/test_hall.h"

namespace hall::core {
namespace {

using Windows = OpenHallTest;

TEST(WindowStates, ClosedOpenPausedAndBack) {
    TestHall hall;
    hall.at("08:00");
    hall.refuses(close_window(1), RefusalCode::window_already_closed);
    hall.refuses(pause_window(1), RefusalCode::window_not_open);
    hall.does(open_window(1));  // staff prepare before the doors open
    hall.refuses(open_window(1), RefusalCode::window_already_open);
    hall.refuses(pause_window(1, Reason::unspecified), RefusalCode::reason_missing);
    hall.does(pause_window(1));
    EXPECT_EQ(hall.window(1), WindowState::paused);
    hall.refuses(pause_window(1), RefusalCode::window_already_paused);
    hall.at("09:00").does(issue("pension"));
    hall.refuses(call_next(1), RefusalCode::window_not_open);
    hall.does(open_window(1));
    hall.does(call_next(1));
    hall.refuses(pause_window(1), RefusalCode::window_busy);
    hall.refuses(close_window(1), RefusalCode::window_busy);
    hall.refuses(open_window(1), RefusalCode::window_already_open);
    hall.does(start(1));
    hall.refuses(close_window(1), RefusalCode::window_busy);
    hall.does(finish(1));
    hall.does(pause_window(1));
    hall.does(close_window(1));
    EXPECT_EQ(hall.window(1), WindowState::closed);
}

TEST_F(Windows, TheSmallestKeyThatTheWindowCanServeIsNext) {
    hall.does(issue("medical"));                          // B001
    hall.after_s(60).does(issue("pension"));              // A001
    hall.after_s(60).does(issue("pension", {"60plus"}));  // A002: as if at 08:57
    hall.does(call_next(2));
    EXPECT_EQ(hall.state("A002"), TicketState::called);
    hall.does(call_next(1));
    EXPECT_EQ(hall.state("B001"), TicketState::called);
    hall.does(call_next(5));
    EXPECT_EQ(hall.state("A001"), TicketState::called);
}

TEST_F(Windows, ALanguageOrStepFreeNeedGoesOnlyWhereItIsMet) {
    Command needs = issue("pension");
    needs.mutable_issue_ticket()->set_must_speak("za");
    hall.does(needs);  // A001
    Command chair = issue("medical");
    chair.mutable_issue_ticket()->set_step_free(true);
    hall.does(chair);  // B001
    hall.refuses(call_next(2), RefusalCode::nobody_eligible);
    hall.refuses(call_next(5), RefusalCode::nobody_eligible);
    hall.does(call_next(3));
    EXPECT_EQ(hall.state("B001"), TicketState::called);
    hall.does(call_next(1));
    EXPECT_EQ(hall.state("A001"), TicketState::called);
}

TEST_F(Windows, ATransferKeepsTheNeedsAndIsRefusedWhereNobodyMeetsThem) {
    Command needs = issue("pension");
    needs.mutable_issue_ticket()->set_must_speak("za");
    hall.does(needs);
    hall.serve_next(1);
    hall.refuses(transfer(1, "card"), RefusalCode::no_window_for_service);
    hall.refuses(transfer(1, "tax"), RefusalCode::unknown_service);
    hall.does(transfer(1, "medical"));
}

TEST_F(Windows, OnlyOneOfTwoWindowsGetsATicketAndTheOtherIsToldWhoDid) {
    hall.does(issue("pension"));
    hall.does(issue("pension"));
    hall.does(call_next(1, "A001"));
    protocol::Refusal lost =
        hall.refuses(call_next(2, "A001"), RefusalCode::lost_to_another_window);
    EXPECT_EQ(lost.window(), 1U);
    EXPECT_EQ(lost.number(), "A001");
    EXPECT_EQ(lost.next_number(), "A002");
    EXPECT_FALSE(lost.retry());
    hall.refuses(call_ticket(2, "A001"), RefusalCode::lost_to_another_window);
    hall.does(call_next(2, "A002"));
    protocol::Refusal none = hall.refuses(call_next(5), RefusalCode::nobody_eligible);
    EXPECT_EQ(none.number(), "A002");
    EXPECT_EQ(none.window(), 2U);
}

TEST_F(Windows, AnOfferThatWentAwayByItselfBringsTheNext) {
    hall.does(issue("pension"));
    hall.does(issue("pension"));
    hall.does(cancel("A001"));
    hall.does(call_next(2, "A001"));
    EXPECT_EQ(hall.state("A002"), TicketState::called);
}

TEST_F(Windows, AWindowServesOneTicketAtATime) {
    hall.does(issue("pension"));
    hall.does(issue("pension"));
    hall.does(call_next(2));
    EXPECT_EQ(hall.refuses(call_next(2), RefusalCode::window_busy).number(), "A001");
    hall.does(start(2));
    hall.refuses(call_next(2), RefusalCode::window_busy);
    hall.refuses(call_ticket(2, "A002"), RefusalCode::window_busy);
    hall.refuses(start(2), RefusalCode::window_not_calling);
    hall.refuses(recall(2), RefusalCode::window_not_calling);
    hall.refuses(miss(2), RefusalCode::window_not_calling);
}

TEST_F(Windows, NothingIsFinishedThatWasNotStarted) {
    hall.does(issue("pension"));
    for (const Command& command : {finish(2), errand(2), transfer(2, "card"), next_service(2)}) {
        hall.refuses(command, RefusalCode::window_not_serving);
    }
    hall.does(call_next(2));
    hall.refuses(finish(2), RefusalCode::window_not_serving);
}

TEST_F(Windows, ASupervisorCallsOutOfOrderWithAReason) {
    for (int i = 0; i < 3; ++i) hall.does(issue("pension"));
    hall.refuses(call_ticket(2, "A003", Reason::unspecified), RefusalCode::reason_missing);
    hall.refuses(call_ticket(3, "A003"), RefusalCode::window_cannot_serve);
    Events events = hall.does(call_ticket(2, "A003"));
    EXPECT_TRUE(events.at(0).ticket_called().out_of_order());
    EXPECT_EQ(events.at(0).ticket_called().reason(), Reason::frail);
    EXPECT_EQ(hall.state("A003"), TicketState::called);
}

TEST_F(Windows, NobodyIsCalledBeforeTheDoorsOpen) {
    TestHall early;
    early.at("08:00").does(enter_early("pension"));
    early.does(open_window(2));
    early.refuses(call_next(2), RefusalCode::not_open);
    early.refuses(call_ticket(2, "A001"), RefusalCode::not_open);
}

}  // namespace
}  // namespace hall::core
