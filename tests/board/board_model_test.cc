// What a board says, and when it changes.
#include "displays/board/board_model.h"

#include <gtest/gtest.h>

#include "tests/board/sample_view.h"
#include "wording/wording.h"

namespace hall::board {
namespace {

using protocol::Phase;

constexpr std::int64_t kStartMs = 1'000'000;

BoardPicture picture_of(protocol::BoardView view, std::int64_t after_ms = 0) {
    BoardModel model;
    model.take(live(std::move(view)), kStartMs);
    return model.picture(kStartMs + after_ms);
}

TEST(BoardCalls, TheNewestCallIsFirstAndEarlierOnesFollow) {
    const BoardPicture picture = picture_of(open_view());
    EXPECT_EQ(picture.subject, Subject::calls);
    ASSERT_EQ(picture.now.size(), 1U);
    EXPECT_EQ(picture.now[0].number, "A023");
    EXPECT_EQ(picture.now[0].windows, "12");
    EXPECT_TRUE(picture.now[0].green);
    ASSERT_EQ(picture.recent.size(), 7U);
    EXPECT_EQ(picture.recent[0].number, "B117");
}

TEST(BoardCalls, TwoCallsTenMillisecondsApartAreBothShownAndBothLightUp) {
    auto view = hall_view(Phase::open, kNineFortyTwoMs);
    add_call(view, "A024", 2, true, false, 71);
    add_call(view, "B009", 5, true, false, 70);
    const BoardPicture picture = picture_of(view);
    ASSERT_EQ(picture.now.size(), 2U);
    EXPECT_TRUE(picture.now[0].lit);
    EXPECT_TRUE(picture.now[1].lit);
}

TEST(BoardCalls, WhenNobodyIsBeingCalledTheLatestStays) {
    auto view = open_view();
    view.mutable_calls(0)->set_calling(false);
    const BoardPicture picture = picture_of(view);
    ASSERT_EQ(picture.now.size(), 1U);
    EXPECT_EQ(picture.now[0].number, "A023");
    EXPECT_FALSE(picture.now[0].calling);
    EXPECT_EQ(picture.now[0].tag, wording::text("board.last_call"));
}

TEST(BoardCalls, ARecallSaysSoAndLightsUpAgain) {
    BoardModel model;
    model.take(live(open_view()), kStartMs);
    EXPECT_FALSE(model.picture(kStartMs + 20'000).now[0].lit);
    auto recalled = open_view();
    recalled.mutable_calls(0)->set_count(2);
    recalled.mutable_calls(0)->set_call_seq(90);
    model.take(live(recalled), kStartMs + 20'000);
    const BoardPicture picture = model.picture(kStartMs + 20'000);
    EXPECT_TRUE(picture.now[0].lit);
    EXPECT_NE(picture.now[0].tag.find('2'), std::string::npos);
}

TEST(Highlight, LastsFiveSecondsAtOneHertz) {
    BoardModel model;
    model.take(live(open_view()), kStartMs);
    int changes = 0;
    bool before = model.picture(kStartMs).now[0].lit;
    EXPECT_TRUE(before);
    std::int64_t last_lit = 0;
    for (std::int64_t ms = 0; ms <= 20'000; ms += 10) {
        const bool lit = model.picture(kStartMs + ms).now[0].lit;
        if (lit != before) ++changes;
        if (lit) last_lit = ms;
        before = lit;
    }
    EXPECT_LT(last_lit, kHighlightMs);
    EXPECT_LE(changes, 10);  // 5 s at 1 Hz: ten halves
    EXPECT_GE(changes, 3);   // and it is seen
}

TEST(Highlight, ACallFromLongAgoIsNotNewToABoardThatHasJustStarted) {
    auto view = open_view();
    view.mutable_calls(0)->set_called_at_ms(kNineFortyTwoMs - 5 * 60'000);
    EXPECT_FALSE(picture_of(view).now[0].lit);
}

TEST(Highlight, TheSameCallInEveryHeartbeatDoesNotBlinkOn) {
    BoardModel model;
    for (std::int64_t second = 0; second < 30; ++second) {
        auto view = open_view();
        view.mutable_head()->set_server_time_ms(kNineFortyTwoMs + second * 1'000);
        model.take(live(view), kStartMs + second * 1'000);
    }
    EXPECT_FALSE(model.picture(kStartMs + 29'000).now[0].lit);
}

TEST(Idle, TheBoardSleepsUntilTheMinuteTurns) {
    auto view = open_view();
    view.mutable_calls(0)->set_calling(false);
    BoardModel model;
    model.take(live(view), kStartMs);
    EXPECT_EQ(model.idle_ms(kStartMs, Turning{}), 60'000);
    EXPECT_EQ(model.idle_ms(kStartMs + 59'000, Turning{}), 1'000);
    EXPECT_LE(model.idle_ms(kStartMs, Turning{true, true}), kPageMs);
}

TEST(Idle, APictureNeverChangesBeforeItsTime) {
    BoardModel model;
    model.take(live(open_view()), kStartMs);
    std::int64_t now = kStartMs;
    for (int i = 0; i < 40; ++i) {
        const std::int64_t idle = model.idle_ms(now, Turning{true, true});
        const BoardPicture here = model.picture(now);
        for (std::int64_t ms = 0; ms < idle; ms += 7) ASSERT_EQ(model.picture(now + ms), here);
        now += idle;
    }
}

TEST(Pages, StayAtLeastEightSeconds) {
    BoardModel model;
    model.take(live(open_view()), kStartMs);
    std::int64_t turned = kStartMs;
    std::int64_t page = model.picture(kStartMs).now_page;
    for (std::int64_t ms = 0; ms < 60'000; ms += 50) {
        const std::int64_t here = model.picture(kStartMs + ms).now_page;
        if (here == page) continue;
        EXPECT_GE(kStartMs + ms - turned, kPageMs);
        turned = kStartMs + ms;
        page = here;
    }
    EXPECT_GT(page, 0);
}

TEST(Pages, ANewCallBringsTheFirstPageBack) {
    BoardModel model;
    model.take(live(open_view()), kStartMs);
    EXPECT_EQ(model.picture(kStartMs + 9'000).now_page, 1);
    auto view = open_view();
    auto* call = view.mutable_calls(0);
    call->set_call_seq(95);
    model.take(live(view), kStartMs + 9'000);
    EXPECT_EQ(model.picture(kStartMs + 9'000).now_page, 0);
}

TEST(Staleness, KeepsTheLastStateAndSaysThatItIsOld) {
    BoardModel model;
    model.take(stale(open_view()), kStartMs);
    const BoardPicture picture = model.picture(kStartMs);
    EXPECT_EQ(picture.warning, wording::text("board.stale"));
    EXPECT_NE(picture.as_of.find("09:42"), std::string::npos);
    ASSERT_EQ(picture.now.size(), 1U);
    EXPECT_EQ(picture.now[0].number, "A023");
    EXPECT_FALSE(picture.now[0].lit);
    EXPECT_EQ(picture.clock, "09:43");  // the view is a minute old
}

TEST(Staleness, ABoardThatNeverHeardAnythingSaysSoToo) {
    BoardModel model;
    BoardModel::Newest nothing;
    model.take(nothing, kStartMs);
    EXPECT_TRUE(model.picture(kStartMs).warning.empty());
    nothing.state = client::FeedState::stale;
    model.take(nothing, kStartMs + 3'000);
    EXPECT_EQ(model.picture(kStartMs + 3'000).warning, wording::text("board.stale"));
    EXPECT_EQ(model.picture(kStartMs + 3'000).subject, Subject::message);
}

TEST(Staleness, ADeviceThatIsNotEnrolledIsToldApartFromAFailure) {
    BoardModel model;
    BoardModel::Newest newest;
    newest.state = client::FeedState::not_enrolled;
    model.take(newest, kStartMs);
    EXPECT_EQ(model.picture(kStartMs).warning, wording::text("board.not_enrolled"));
}

TEST(EarlyWaiting, ShowsTheFirstNumbersAndTheirWindowsBeforeTheDoorsOpen) {
    const BoardPicture picture = picture_of(early_view());
    EXPECT_EQ(picture.subject, Subject::first);
    ASSERT_EQ(picture.first.size(), 12U);
    EXPECT_EQ(picture.first[0].number, "A001");
    EXPECT_EQ(picture.first[0].windows, "1､2､5");
    EXPECT_NE(picture.notices.at(0).find("08:30"), std::string::npos);
}

TEST(Closed, TellsHoursNextOpeningAndTheEarlyWaitingPlace) {
    const BoardPicture evening = picture_of(hall_view(Phase::closed, kMidnightMs + 18 * kHourMs));
    EXPECT_EQ(evening.subject, Subject::notices);
    std::string all;
    for (const std::string& notice : evening.notices) all += notice + "\n";
    EXPECT_NE(all.find("08:30"), std::string::npos) << all;
    EXPECT_NE(all.find("17:00"), std::string::npos) << all;
    EXPECT_NE(all.find(wording::text("board.tomorrow")), std::string::npos) << all;
    EXPECT_NE(all.find("一楼东侧提前等候区"), std::string::npos) << all;

    const BoardPicture morning = picture_of(hall_view(Phase::closed, kMidnightMs + 6 * kHourMs));
    all.clear();
    for (const std::string& notice : morning.notices) all += notice + "\n";
    EXPECT_NE(all.find(wording::text("board.today")), std::string::npos) << all;
    EXPECT_NE(all.find("07:30"), std::string::npos) << all;
}

TEST(Closed, AHolidayTellsTheDateOfTheNextOpening) {
    auto view = hall_view(Phase::closed, kMidnightMs + 10 * kHourMs);
    view.set_opening_at_ms(0);
    view.set_closing_at_ms(0);
    view.set_next_opening_at_ms(kMidnightMs + 72 * kHourMs + 9 * kHourMs);
    const BoardPicture picture = picture_of(view);
    EXPECT_EQ(picture.notices.at(0), wording::text("board.closed.no_day"));
    EXPECT_NE(picture.notices.at(1).find("27"), std::string::npos) << picture.notices.at(1);
    EXPECT_NE(picture.notices.at(1).find("09:00"), std::string::npos) << picture.notices.at(1);
}

TEST(WindowBoard, ShowsItsOwnTicketOnly) {
    auto view = open_view();
    auto* window = view.add_windows();
    window->set_number(12);
    window->set_state(protocol::WindowState::calling);
    window->set_ticket_number("A023");
    window->set_green(true);
    BoardModel model(12);
    model.take(live(view), kStartMs);
    const BoardPicture picture = model.picture(kStartMs);
    EXPECT_EQ(picture.subject, Subject::window);
    ASSERT_EQ(picture.now.size(), 1U);
    EXPECT_EQ(picture.now[0].number, "A023");
    EXPECT_TRUE(picture.now[0].lit);
    EXPECT_TRUE(picture.recent.empty());

    BoardModel other(7);
    other.take(live(view), kStartMs);
    EXPECT_TRUE(other.picture(kStartMs).now.empty());
    EXPECT_EQ(other.picture(kStartMs).window_number, "7");
}

TEST(Clock, IsTheHallsAndNotThisMachines) {
    auto view = open_view();
    BoardModel model;
    auto newest = live(view);
    newest.age_ms = 2'000;
    model.take(newest, kStartMs);
    EXPECT_EQ(model.picture(kStartMs + 57'000).clock, "09:42");
    EXPECT_EQ(model.picture(kStartMs + 58'000).clock, "09:43");
}

TEST(WindowsText, JoinsRunsOfThreeAndMore) {
    EXPECT_EQ(windows_text({}), "");
    EXPECT_EQ(windows_text({4}), "4");
    EXPECT_EQ(windows_text({2, 1}), "1､2");
    EXPECT_EQ(windows_text({5, 3, 2, 1}), "1–3､5");
    EXPECT_EQ(windows_text({7, 8, 9, 12, 13}), "7–9､12､13");
}

TEST(FuturePhases, AreShownAsClosedAndNeverAsNothing) {
    auto view = hall_view(static_cast<Phase::Value>(99), kMidnightMs + 10 * kHourMs);
    EXPECT_EQ(picture_of(view).subject, Subject::notices);
}

}  // namespace
}  // namespace hall::board
