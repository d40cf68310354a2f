// The board draws when its picture differs, and only then.
#include "displays/board/board_screen.h"

#include <gtest/gtest.h>

#include "tests/board/sample_view.h"
#include "wording/wording.h"

namespace hall::board {
namespace {

using kit::Key;

// A feed that a test fills, and a board on it.
struct BoardScreenTest : testing::Test {
    BoardModel::Newest newest;
    std::vector<Asking> asked;
    BoardScreen screen{
        {[this] { return newest; }, [this](const Asking& one) { asked.push_back(one); }},
        0,
        screen_at(5)};
    std::unique_ptr<kit::Shell> shell =
        kit::open_off_screen_shell(1920, 1080, kit::kBoardColours.ground);

    static Key offset(Key first, int steps) {
        return static_cast<Key>(static_cast<int>(first) + steps);
    }
    bool shows(const std::string& string) const {
        for (const kit::DrawnText& text : shell->drawn().texts) {
            if (text.string == string) return true;
        }
        return false;
    }
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

TEST_F(BoardScreenTest, AScannerThatTypesFasterThanPicturesLosesNoKey) {
    newest = live(quiet(0));
    kit::settle(*shell, screen);
    const std::string payload = "county/2026-11-24/A023";
    for (const char character : payload) {
        Key key = Key::slash;
        if (character >= 'a' && character <= 'z') key = offset(Key::a, character - 'a');
        if (character == 'A') key = Key::a;
        if (character >= '0' && character <= '9') key = offset(Key::d0, character - '0');
        if (character == '-') key = Key::minus;
        shell->press(key);
    }
    shell->press(Key::enter);
    ASSERT_TRUE(*shell->turn(screen, 0));
    ASSERT_EQ(asked.size(), 1U);
    EXPECT_EQ(asked[0].query.place().number(), "2026-11-24/A023");
}

TEST_F(BoardScreenTest, TheAnswerIsShownWithTheCallAndGoesAgain) {
    auto view = quiet(0);
    view.mutable_groups()->DeleteSubrange(1, 2);  // the hint has room beside one
    newest = live(view);
    kit::settle(*shell, screen);
    EXPECT_TRUE(shows(wording::text("board.query.hint")));
    for (const Key key : {Key::a, Key::d2, Key::d3, Key::enter}) shell->press(key);
    kit::settle(*shell, screen);
    ASSERT_EQ(asked.size(), 1U);
    EXPECT_EQ(asked[0].query.place().number(), "A023");
    protocol::Reply reply;
    reply.mutable_place()->set_number("C007");
    reply.mutable_place()->set_state(protocol::TicketState::waiting);
    reply.mutable_place()->set_ahead(5);
    screen.answered(asked[0].id, reply);
    kit::settle(*shell, screen);
    EXPECT_TRUE(shows("C007"));
    EXPECT_TRUE(shows("A023")) << "the call stays";
    EXPECT_FALSE(shows(wording::text("board.query.hint")));
    const std::int64_t now_ms = kit::monotonic_ns() / 1'000'000;
    EXPECT_LE(screen.idle_ms(now_ms), kAnswerMs);
    EXPECT_TRUE(screen.update(now_ms + kAnswerMs + 1'000));
    kit::settle(*shell, screen);
    EXPECT_FALSE(shows("C007"));
}

TEST_F(BoardScreenTest, WhileTheLinkIsBrokenNothingIsAsked) {
    newest = stale(quiet(0));
    kit::settle(*shell, screen);
    for (const Key key : {Key::a, Key::d2, Key::d3, Key::enter}) shell->press(key);
    kit::settle(*shell, screen);
    EXPECT_TRUE(asked.empty());
    EXPECT_FALSE(shows("A23"));
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
