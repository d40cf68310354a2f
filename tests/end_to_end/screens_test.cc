// The whole main job through real windows: the guide issues in three keys, the slip is on paper,
// the clerk calls with one key, everybody sees it on the board, and the service is finished.
#include <gtest/gtest.h>
#include <signal.h>

#include "tests/printers/cups_fixture.h"
#include "tests/stage/driven_screen.h"
#include "tests/stage/running_hall.h"
#include "tests/stage/small_hall.h"

namespace hall::end_to_end {
namespace {

using protocol::TicketState;
using stage::DrivenScreen;
using stage::eventually;
using stage::must_do;
using stage::RunningHall;
using tests::CupsFixture;

RunningHall::Options hall_with(const CupsFixture& printer) {
    RunningHall::Options options;
    options.hall = stage::small_hall_toml(2, printer.printer_uri());
    return options;
}

class Screens : public testing::Test {
  protected:
    Screens() {
        hall_.enrol("guide", protocol::Role::guide);
        hall_.enrol("clerk", protocol::Role::clerk, 1);
        hall_.enrol("board", protocol::Role::board);
        hall_.enrol("printd", protocol::Role::printer);
        hall_.open({1});
    }

    stage::Command command(const std::string& name, const stage::Command& words) {
        stage::Command out = {stage::program("hall-" + name)};
        for (const auto& word : hall_.words_for(name)) out.push_back(word);
        out.insert(out.end(), words.begin(), words.end());
        return out;
    }
    DrivenScreen screen(const std::string& name, const stage::Command& words) {
        return {"hall-" + name, command(name, words), hall_.folder()};
    }
    DrivenScreen board_screen() {
        return {"hall-board",
                command("board", {"--zone", stage::kZone, "--config", hall_.config().string()}),
                hall_.folder(), 1920, 1080};
    }
    protocol::Ticket ticket(const std::string& number) {
        protocol::Query query;
        query.mutable_ticket()->set_number(number);
        return stage::must(admin_.ask(query)).ticket();
    }
    bool becomes(const std::string& number, TicketState::Value state) {
        return eventually([&] { return ticket(number).state() == state; });
    }

    CupsFixture printer_{CupsFixture::With::printer};
    RunningHall hall_{hall_with(printer_)};
    client::CommandClient admin_{hall_.admin()};
};

TEST_F(Screens, AnElderGetsASlipInThreeKeysIsCalledWithOneAndSeenOnTheBoard) {
    stage::Process agent(command("printd", {"--config", hall_.config().string()}),
                         hall_.folder() / "printd.log");
    DrivenScreen board = board_screen();
    DrivenScreen guide = screen("guide", {});
    ASSERT_TRUE(guide.shows("养老申领")) << guide.log();
    for (const char* key : {"1", "a", "Return"}) ASSERT_TRUE(guide.press(key)) << key;
    ASSERT_TRUE(becomes("A001", TicketState::waiting));
    EXPECT_TRUE(ticket("A001").green());
    ASSERT_TRUE(eventually([&] { return printer_.printed().size() == 1; }));
    ASSERT_TRUE(
        eventually([&] { return ticket("A001").print_state() == protocol::PrintState::printed; }));

    DrivenScreen clerk = screen("clerk", {"--window", "1"});
    ASSERT_TRUE(clerk.shows("A001")) << clerk.log();
    ASSERT_TRUE(clerk.press("space"));
    ASSERT_TRUE(becomes("A001", TicketState::called));
    EXPECT_EQ(ticket("A001").window(), 1U);
    EXPECT_TRUE(board.shows("A001")) << board.log();
    const auto pressed_until = [&](TicketState::Value state) {
        return clerk.press_until("Return", [&] { return ticket("A001").state() == state; });
    };
    EXPECT_TRUE(pressed_until(TicketState::serving));
    ASSERT_TRUE(clerk.shows("办结")) << clerk.drawn();
    EXPECT_TRUE(pressed_until(TicketState::done));

    for (DrivenScreen* one : {&clerk, &guide, &board}) EXPECT_EQ(one->stop(), 0);
    agent.signal(SIGTERM);
    EXPECT_EQ(agent.wait(), 0);
}

TEST_F(Screens, ANumberTypedInFrontOfTheBoardIsAnsweredUnderTheCall) {
    DrivenScreen board = board_screen();
    for (int i = 0; i < 3; ++i) must_do(admin_.send(stage::issue(stage::kService)));
    must_do(admin_.send(stage::call_next(1)));
    ASSERT_TRUE(board.shows("A001")) << board.log();
    // The hall has one letter: digits are enough.
    ASSERT_TRUE(board.press("3"));
    ASSERT_TRUE(board.shows("查号")) << board.drawn();
    ASSERT_TRUE(board.press("Return"));
    ASSERT_TRUE(board.shows("A003")) << board.drawn();
    EXPECT_TRUE(board.shows("前面"));
    EXPECT_TRUE(board.shows("A001")) << "the call stays";
    for (const char* key : {"b", "9", "9", "9", "Return"}) ASSERT_TRUE(board.press(key)) << key;
    EXPECT_TRUE(board.shows("没有这个号")) << board.drawn();
    ASSERT_TRUE(board.press("Escape"));
    EXPECT_TRUE(board.shows_no_more("没有这个号"));
}

TEST_F(Screens, ABoardWhoseServerIsGoneSaysSoAndComesBackByItself) {
    DrivenScreen board = board_screen();
    must_do(admin_.send(stage::issue(stage::kService)));
    must_do(admin_.send(stage::call_next(1)));
    ASSERT_TRUE(board.shows("A001")) << board.log();
    const std::string live = board.drawn();
    hall_.kill();
    // Three seconds without a heartbeat: the picture changes and keeps the call.
    ASSERT_TRUE(eventually([&] { return board.drawn() != live; }));
    EXPECT_TRUE(board.shows("A001"));
    hall_.start();
    must_do(admin_.send(stage::start_service(1)));
    must_do(admin_.send(stage::finish(1)));
    must_do(admin_.send(stage::issue(stage::kService)));
    must_do(admin_.send(stage::call_next(1)));
    EXPECT_TRUE(board.shows("A002"));
}

}  // namespace
}  // namespace hall::end_to_end
