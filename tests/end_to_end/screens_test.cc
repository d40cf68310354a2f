// The whole main job through real windows: the guide issues in three keys, the slip is on paper,
// the clerk calls with one key, everybody sees it on the board, and the service is finished.
#include <gtest/gtest.h>
#include <signal.h>

#include "tests/printers/cups_fixture.h"
#include "tests/stage/running_hall.h"
#include "tests/stage/small_hall.h"
#include "tests/stage/virtual_display.h"

namespace hall::end_to_end {
namespace {

using protocol::TicketState;
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

    // A program that keeps a record of every picture it draws.
    stage::Process screen(const std::string& name, stage::Command words) {
        for (const auto* word : {"--frames", "0", "--screenshot"}) words.emplace_back(word);
        words.push_back((hall_.folder() / (name + ".png")).string());
        return program(name, words);
    }
    stage::Process program(const std::string& name, const stage::Command& words) {
        stage::Command command = {stage::program("hall-" + name)};
        for (const auto& word : hall_.words_for(name)) command.push_back(word);
        command.insert(command.end(), words.begin(), words.end());
        return {command,
                hall_.folder() / (name + ".log"),
                {{"DISPLAY", display_.name()}, {"LIBGL_ALWAYS_SOFTWARE", "1"}}};
    }
    bool shows(const std::string& name, const std::string& text) {
        const auto record = hall_.folder() / (name + ".png.json");
        const bool seen =
            eventually([&] { return stage::read_file(record).find(text) != std::string::npos; },
                       std::chrono::seconds(20));
        EXPECT_TRUE(seen) << name << " never shows " << text << "\n"
                          << stage::read_file(hall_.folder() / (name + ".log"));
        return seen;
    }
    bool press(const std::string& title, const std::string& key) {
        return eventually([&] { return display_.press(title, key); });
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
    stage::VirtualDisplay display_{1920, 1080};
    RunningHall hall_{hall_with(printer_)};
    client::CommandClient admin_{hall_.admin()};
};

TEST_F(Screens, AnElderGetsASlipInThreeKeysIsCalledWithOneAndSeenOnTheBoard) {
    stage::Process agent = program("printd", {"--config", hall_.config().string()});
    stage::Process board =
        screen("board", {"--zone", stage::kZone, "--config", hall_.config().string()});
    stage::Process guide = screen("guide", {});
    ASSERT_TRUE(shows("guide", "养老申领"));
    for (const char* key : {"1", "a", "Return"}) ASSERT_TRUE(press("hall-guide", key)) << key;
    ASSERT_TRUE(becomes("A001", TicketState::waiting));
    EXPECT_TRUE(ticket("A001").green());
    ASSERT_TRUE(eventually([&] { return printer_.printed().size() == 1; }));
    ASSERT_TRUE(
        eventually([&] { return ticket("A001").print_state() == protocol::PrintState::printed; }));

    stage::Process clerk = screen("clerk", {"--window", "1"});
    ASSERT_TRUE(shows("clerk", "A001"));
    ASSERT_TRUE(press("hall-clerk", "space"));
    ASSERT_TRUE(becomes("A001", TicketState::called));
    EXPECT_EQ(ticket("A001").window(), 1U);
    EXPECT_TRUE(shows("board", "A001"));
    // A second press right after the first is taken for the same one: a person presses again.
    const auto pressed_until = [&](TicketState::Value state) {
        return eventually([&] {
            display_.press("hall-clerk", "Return");
            return ticket("A001").state() == state;
        });
    };
    EXPECT_TRUE(pressed_until(TicketState::serving));
    ASSERT_TRUE(shows("clerk", "办结"));
    EXPECT_TRUE(pressed_until(TicketState::done));

    for (stage::Process* process : {&clerk, &guide, &board, &agent}) {
        process->signal(SIGTERM);
        EXPECT_EQ(process->wait(), 0);
    }
}

TEST_F(Screens, ANumberTypedInFrontOfTheBoardIsAnsweredUnderTheCall) {
    stage::Process board =
        screen("board", {"--zone", stage::kZone, "--config", hall_.config().string()});
    for (int i = 0; i < 3; ++i) must_do(admin_.send(stage::issue(stage::kService)));
    must_do(admin_.send(stage::call_next(1)));
    ASSERT_TRUE(shows("board", "A001"));
    // The hall has one letter: digits are enough.
    ASSERT_TRUE(press("hall-board", "3"));
    ASSERT_TRUE(shows("board", "查号"));
    ASSERT_TRUE(press("hall-board", "Return"));
    ASSERT_TRUE(shows("board", "A003"));
    EXPECT_TRUE(shows("board", "前面"));
    EXPECT_TRUE(shows("board", "A001")) << "the call stays";
    for (const char* key : {"b", "9", "9", "9", "Return"}) ASSERT_TRUE(press("hall-board", key));
    EXPECT_TRUE(shows("board", "没有这个号"));
    ASSERT_TRUE(press("hall-board", "Escape"));
    EXPECT_TRUE(eventually([&] {
        return stage::read_file(hall_.folder() / "board.png.json").find("没有这个号") ==
               std::string::npos;
    }));
}

TEST_F(Screens, ABoardWhoseServerIsGoneSaysSoAndComesBackByItself) {
    stage::Process board =
        screen("board", {"--zone", stage::kZone, "--config", hall_.config().string()});
    must_do(admin_.send(stage::issue(stage::kService)));
    must_do(admin_.send(stage::call_next(1)));
    ASSERT_TRUE(shows("board", "A001"));
    const auto record = hall_.folder() / "board.png.json";
    const std::string live = stage::read_file(record);
    hall_.kill();
    // Three seconds without a heartbeat: the picture changes and keeps the call.
    ASSERT_TRUE(eventually([&] { return stage::read_file(record) != live; }));
    EXPECT_TRUE(shows("board", "A001"));
    hall_.start();
    must_do(admin_.send(stage::start_service(1)));
    must_do(admin_.send(stage::finish(1)));
    must_do(admin_.send(stage::issue(stage::kService)));
    must_do(admin_.send(stage::call_next(1)));
    EXPECT_TRUE(shows("board", "A002"));
}

}  // namespace
}  // namespace hall::end_to_end
