// The board draws when its picture differs, and only then.
#include "displays/board/board_screen.h"

#include <gtest/gtest.h>

#include "tests/board/sample_view.h"

namespace hall::board {
namespace {

// A feed that a test fills, and a board on it.
struct BoardScreenTest : testing::Test {
    BoardModel::Newest newest;
    BoardScreen screen{[this] { return newest; }, 0, screen_at(5)};
    std::unique_ptr<kit::Shell> shell =
        kit::open_off_screen_shell(1920, 1080, kit::kBoardColours.ground);

    // The hall at rest: nobody is being called. `second` is the heartbeat's.
    static protocol::BoardView quiet(std::int64_t second) {
        auto view = open_view();
        view.mutable_calls(0)->set_calling(false);
        view.mutable_head()->set_server_time_ms(kNineFortyTwoMs + second * 1'000);
        view.mutable_head()->set_publication(static_cast<std::uint64_t>(second));
        return view;
    }
};

TEST_F(BoardScreenTest, HeartbeatsOfAQuietHallDrawNothingUntilTheMinuteTurns) {
    const std::int64_t start_ms = kit::monotonic_ns() / 1'000'000;
    newest = live(quiet(0));
    EXPECT_TRUE(screen.update(start_ms));
    kit::settle(*shell, screen);
    for (std::int64_t second = 1; second < 58; ++second) {
        newest = live(quiet(second));
        EXPECT_FALSE(screen.update(start_ms + second * 1'000)) << second;
    }
    newest = live(quiet(61));
    EXPECT_TRUE(screen.update(start_ms + 61'000));
}

TEST_F(BoardScreenTest, AQuietBoardSleepsAndIsNotWokenByPagesItDoesNotHave) {
    newest = live(quiet(0));
    kit::settle(*shell, screen);
    const std::int64_t now_ms = kit::monotonic_ns() / 1'000'000;
    EXPECT_GT(screen.idle_ms(now_ms), 10'000);
    const auto before = shell->pictures_drawn();
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(*shell->turn(screen, 0));
    EXPECT_EQ(shell->pictures_drawn(), before);
}

TEST_F(BoardScreenTest, ANewCallIsDrawnInTheNextPicture) {
    newest = live(quiet(0));
    kit::settle(*shell, screen);
    auto view = quiet(1);
    auto* call = view.add_calls();
    call->set_number("D001");
    call->set_window(4);
    call->set_calling(true);
    call->set_called_at_ms(view.head().server_time_ms());
    call->set_call_seq(200);
    newest = live(view);
    ASSERT_TRUE(*shell->turn(screen, 0));
    bool drawn = false;
    for (const kit::DrawnText& text : shell->drawn().texts) {
        drawn = drawn || (text.string == "D001" && text.role == "A");
    }
    EXPECT_TRUE(drawn);
}

TEST_F(BoardScreenTest, ABrokenLinkIsDrawnOnceAndKeepsTheCall) {
    newest = live(quiet(0));
    kit::settle(*shell, screen);
    newest = stale(quiet(0));
    newest.age_ms = 3'000;
    ASSERT_TRUE(*shell->turn(screen, 0));
    bool warned = false;
    bool number = false;
    for (const kit::DrawnText& text : shell->drawn().texts) {
        warned = warned || text.ground == kit::kBoardColours.warm;
        number = number || text.string == "A023";
    }
    EXPECT_TRUE(warned && number);
    const auto before = shell->pictures_drawn();
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(*shell->turn(screen, 0));
    EXPECT_EQ(shell->pictures_drawn(), before);
}

}  // namespace
}  // namespace hall::board
