// What is shown, to whom, and what never is.
#include <google/protobuf/util/json_util.h>

#include "tests/core/test_hall.h"

namespace hall::core {
namespace {

using Views = OpenHallTest;

std::string json_of(const google::protobuf::Message& message) {
    std::string text;
    (void)google::protobuf::util::MessageToJsonString(message, &text);
    return text;
}

TEST_F(Views, ABoardShowsTheCallsOfItsWindowsNewestFirst) {
    hall.does(issue("pension", {"80plus"}));
    hall.does(issue("card"));
    hall.does(issue("medical"));
    hall.does(call_next(2));
    hall.after_s(20).does(call_next(3));
    hall.after_s(20).does(recall(2));
    auto east = *hall.hall().board_view("east", hall.now_ms());
    ASSERT_EQ(east.calls_size(), 1);
    EXPECT_EQ(east.calls(0).number(), "A001");
    EXPECT_TRUE(east.calls(0).green());
    EXPECT_EQ(east.calls(0).count(), 2U);
    auto entrance = *hall.hall().board_view("entrance", hall.now_ms());
    ASSERT_EQ(entrance.calls_size(), 2);
    EXPECT_EQ(entrance.calls(0).number(), "A001");  // recalled last
    EXPECT_GT(entrance.calls(0).call_seq(), entrance.calls(1).call_seq());
    EXPECT_FALSE(hall.hall().board_view("cellar", hall.now_ms()));
}

TEST_F(Views, ACallThatLedNowhereLeavesTheBoard) {
    hall.does(issue("pension"));
    hall.miss_whoever_is_next(2);
    EXPECT_EQ(hall.hall().board_view("east", hall.now_ms())->calls_size(), 0);
    hall.does(come_back("A001"));
    hall.serve_next(2);
    EXPECT_FALSE(hall.hall().board_view("east", hall.now_ms())->calls(0).calling());
    hall.does(finish(2));
    EXPECT_EQ(hall.hall().board_view("east", hall.now_ms())->calls_size(), 1);
}

TEST_F(Views, AGuideIsToldTheLanguagesThatNotEveryWindowSpeaks) {
    auto view = hall.hall().guide_view(hall.now_ms());
    ASSERT_EQ(view.languages_size(), 2);  // all speak cmn
    EXPECT_EQ(view.languages(0), "yue");
    EXPECT_EQ(view.languages(1), "za");
}

TEST_F(Views, ABusyWindowNeverPushesAnotherWindowsCallOffTheBoard) {
    hall.does(issue("pension"));
    hall.serve_next(5);
    for (int i = 0; i < 20; ++i) {
        hall.does(issue("pension"));
        hall.serve_next(2);
        hall.does(finish(2));
    }
    auto view = *hall.hall().board_view("entrance", hall.now_ms());
    ASSERT_EQ(view.calls_size(), 2);
    EXPECT_EQ(view.calls(0).number(), "A021");
    EXPECT_EQ(view.calls(1).number(), "A001");
}

TEST(EarlyBoard, ShowsTheFirstInLineAndTheirWindowsBeforeTheDoorsOpen) {
    TestHall hall;
    hall.at("07:40");
    for (int i = 0; i < 13; ++i) hall.does(enter_early("jobs"));
    hall.does(enter_early("pension", {"80plus"}));
    auto all = *hall.hall().board_view("entrance", hall.now_ms());
    EXPECT_EQ(all.registered(), 14U);
    ASSERT_EQ(all.first_size(), 12);
    EXPECT_EQ(all.first(0).number(), "A001");
    EXPECT_EQ(all.first(0).windows_size(), 3);
    auto east = *hall.hall().board_view("east", hall.now_ms());
    ASSERT_EQ(east.first_size(), 1);  // nobody else is called there
    EXPECT_EQ(east.first(0).number(), "A001");
    EXPECT_EQ(hall.at("08:30").hall().board_view("entrance", hall.now_ms())->first_size(), 0);
}

TEST_F(Views, GroupsCountWhoWaits) {
    hall.does(issue("pension"));
    hall.does(issue("pension"));
    hall.does(issue("jobs"));
    auto west = *hall.hall().board_view("west", hall.now_ms());
    EXPECT_EQ(west.waiting(), 3U);
    auto east = *hall.hall().board_view("east", hall.now_ms());
    EXPECT_EQ(east.waiting(), 2U);
    EXPECT_EQ(east.groups_size(), 2);
}

TEST_F(Views, APersonIsToldHowManyAreAheadAndWhenThePlaceIsLocked) {
    hall.does(issue("pension", {"80plus"}));
    hall.does(issue("medical"));
    hall.does(issue("jobs"));
    hall.after_s(60).does(issue("pension"));
    protocol::Ticket shown = hall.shown("A002");
    EXPECT_EQ(shown.ahead(), 3U);  // window 5 could take any of them
    EXPECT_EQ(shown.ahead_green(), 1U);
    EXPECT_EQ(shown.locked_after_ms(), time_ms("09:21"));
    hall.does(close_window(5));
    EXPECT_EQ(hall.shown("A002").ahead(), 2U);  // jobs are nobody's business here now
}

TEST_F(Views, TheClerkSeesWhoIsNextAndWhoWillComeBackHere) {
    hall.does(issue("pension"));
    hall.does(issue("pension"));
    hall.does(issue("card"));
    hall.serve_next(2);
    hall.does(errand(2));
    auto view = *hall.hall().clerk_view(2, hall.now_ms());
    EXPECT_EQ(view.offer().number(), "A002");
    EXPECT_EQ(view.waiting_count(), 1U);
    ASSERT_EQ(view.errands_size(), 1);
    EXPECT_EQ(view.errands(0).number(), "A001");
    EXPECT_EQ(hall.hall().clerk_view(1, hall.now_ms())->errands_size(), 0);
    EXPECT_FALSE(hall.hall().clerk_view(9, hall.now_ms()));
}

TEST_F(Views, TheGuideIsAskedToLookForAGreenVisitorAfterTheSecondCall) {
    hall.does(issue("pension", {"80plus"}));
    hall.does(issue("jobs"));
    hall.does(call_next(2));
    hall.does(call_next(4));
    EXPECT_EQ(hall.hall().guide_view(hall.now_ms()).looks_size(), 0);
    hall.after_s(20).does(recall(2));
    hall.does(recall(4));
    auto guide = hall.hall().guide_view(hall.now_ms());
    ASSERT_EQ(guide.looks_size(), 1);
    EXPECT_EQ(guide.looks(0).number(), "A001");
}

TEST_F(Views, RowsAreBoundedAndCountsAreNot) {
    for (int i = 0; i < 260; ++i) {
        hall.does(issue("pension"));
        if (i < 210) hall.does(step_out(hall.reply().ticket().number()));
    }
    auto guide = hall.hall().guide_view(hall.now_ms());
    EXPECT_EQ(guide.away_size(), 200);
    EXPECT_EQ(guide.away_count(), 210U);
    auto clerk = *hall.hall().clerk_view(2, hall.now_ms());
    EXPECT_EQ(clerk.waiting_size(), 50);
    EXPECT_EQ(clerk.waiting_count(), 50U);
    protocol::Query query;
    query.mutable_ticket_list();
    protocol::Reply reply;
    hall.hall().answer(query, hall.now_ms(), reply);
    EXPECT_EQ(reply.tickets().tickets_size(), 260);
}

TEST_F(Views, ListsAreFilteredByState) {
    hall.does(issue("pension"));
    hall.does(issue("pension"));
    hall.does(cancel("A001"));
    protocol::Query query;
    query.mutable_ticket_list()->add_states(TicketState::waiting);
    protocol::Reply reply;
    hall.hall().answer(query, hall.now_ms(), reply);
    ASSERT_EQ(reply.tickets().tickets_size(), 1);
    EXPECT_EQ(reply.tickets().tickets(0).number(), "A002");
    protocol::Query prints;
    prints.mutable_print_list()->add_states(PrintState::printed);
    hall.hall().answer(prints, hall.now_ms(), reply);
    EXPECT_EQ(reply.print_jobs().print_jobs_size(), 0);
}

// Categories are shown to the guide as buttons, and belong to nobody anywhere else.
TEST_F(Views, NoViewSaysWhichCategoryAPersonHas) {
    Command seen = issue("pension", {"with_infant"});
    seen.mutable_issue_ticket()->set_by_sight(true);
    hall.does(seen);
    EXPECT_EQ(json_of(hall.reply()).find("infant"), std::string::npos);
    hall.does(call_next(2));
    auto guide = hall.hall().guide_view(hall.now_ms());
    guide.clear_categories();
    std::string all = json_of(guide) + json_of(*hall.hall().clerk_view(2, hall.now_ms())) +
                      json_of(*hall.hall().board_view("entrance", hall.now_ms())) +
                      json_of(hall.hall().printer_view(hall.now_ms())) +
                      json_of(hall.shown("A001"));
    EXPECT_EQ(all.find("infant"), std::string::npos);
    // A board does not even know the minutes.
    EXPECT_EQ(json_of(*hall.hall().board_view("entrance", hall.now_ms())).find("credit"),
              std::string::npos);
}

}  // namespace
}  // namespace hall::core
