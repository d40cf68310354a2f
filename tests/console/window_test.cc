// The consoles as people have them: real windows on a hidden display, real keys, a real hall.
#include <gtest/gtest.h>

#include <csignal>

#include "tests/stage/running_hall.h"
#include "tests/stage/small_hall.h"
#include "tests/stage/virtual_display.h"

namespace hall::console {
namespace {

using protocol::TicketState;
using stage::eventually;
using stage::RunningHall;

struct ConsoleWindows : testing::Test {
    stage::Folder folder;
    stage::VirtualDisplay display{1366, 768};
    RunningHall hall;
    client::CommandClient admin{hall.admin()};

    // The picture's record is how a test reads the screen.
    stage::Process start(const std::string& name, const std::string& device,
                         const stage::Command& words) {
        stage::Command command{stage::program(name)};
        for (const auto& word : hall.words_for(device)) command.push_back(word);
        for (const auto& word : words) command.push_back(word);
        for (const auto* word : {"--frames", "0", "--screenshot"}) command.emplace_back(word);
        command.push_back((folder / (name + ".png")).string());
        return {command, folder / (name + ".log"), {{"DISPLAY", display.name()}}};
    }
    bool shows(const std::string& name, const std::string& words) {
        const bool seen = eventually([&] {
            return stage::read_file(folder / (name + ".png.json")).find(words) != std::string::npos;
        });
        EXPECT_TRUE(seen) << name << " never shows " << words << "\n"
                          << stage::read_file(folder / (name + ".log"));
        return seen;
    }
    void press(const std::string& title, const std::string& key) {
        ASSERT_TRUE(eventually([&] { return display.press(title, key); })) << title;
    }
    protocol::Ticket only_ticket() {
        protocol::Query query;
        query.mutable_ticket_list();
        const auto tickets = stage::must(admin.ask(query)).tickets();
        return tickets.tickets_size() == 1 ? tickets.tickets(0) : protocol::Ticket();
    }
    bool ticket_is(TicketState::Value state) {
        return eventually([&] { return only_ticket().state() == state; });
    }
};

TEST_F(ConsoleWindows, ThreeKeysIssueAGreenChannelTicketOnce) {
    hall.enrol("guide-1", protocol::Role::guide);
    hall.open({1});
    auto guide = start("hall-guide", "guide-1", {});
    ASSERT_TRUE(shows("hall-guide", "养老申领"));
    for (const char* key : {"1", "a", "Return", "Return"}) press("hall-guide", key);
    ASSERT_TRUE(shows("hall-guide", "A001"));
    EXPECT_TRUE(only_ticket().green());
    press("hall-guide", "u");
    EXPECT_TRUE(ticket_is(TicketState::cancelled));
    guide.signal(SIGTERM);
    EXPECT_EQ(guide.wait(), 0);
}

TEST_F(ConsoleWindows, AClerkServesWithSpaceAndEnter) {
    hall.enrol("clerk-1", protocol::Role::clerk, 1);
    hall.open({});
    auto clerk = start("hall-clerk", "clerk-1", {"--window", "1"});
    ASSERT_TRUE(shows("hall-clerk", "开窗"));
    press("hall-clerk 1", "o");
    stage::must_do(admin.send(stage::issue(stage::kService)));
    ASSERT_TRUE(shows("hall-clerk", "下一位 A001"));
    press("hall-clerk 1", "space");
    ASSERT_TRUE(ticket_is(TicketState::called));
    ASSERT_TRUE(shows("hall-clerk", "开始办理"));
    press("hall-clerk 1", "Return");
    ASSERT_TRUE(ticket_is(TicketState::serving));
    ASSERT_TRUE(shows("hall-clerk", "办结"));
    // Too soon after the start it is the same press; a person presses again.
    EXPECT_TRUE(eventually([&] {
        display.press("hall-clerk 1", "Return");
        return only_ticket().state() == TicketState::done;
    }));
}

TEST_F(ConsoleWindows, AHallThatGoesAwayIsSaidAndComesBackByItself) {
    hall.enrol("clerk-1", protocol::Role::clerk, 1);
    hall.open({1});
    auto clerk = start("hall-clerk", "clerk-1", {"--window", "1"});
    ASSERT_TRUE(shows("hall-clerk", "已连接"));
    hall.kill();
    EXPECT_TRUE(shows("hall-clerk", "连接中断"));
    hall.start();
    EXPECT_TRUE(shows("hall-clerk", "已连接"));
}

TEST(ConsoleOptions, AMistakeIsNamedAndEndsWithTwo) {
    const auto says = [](const stage::Command& words, const std::string& what) {
        const auto finished = stage::run(words);
        EXPECT_EQ(finished.exit_code, 2) << what;
        EXPECT_NE(finished.errors.find(what), std::string::npos) << finished.errors;
    };
    const std::string guide = stage::program("hall-guide");
    const std::string clerk = stage::program("hall-clerk");
    says({clerk}, "--window is missing");
    says({clerk, "--window", "1000"}, "expected 1 to 999");
    says({clerk, "--window", "1", "--scale", "3"}, "expected 1 to 2");
    says({guide, "--size", "1366"}, "expected WIDTHxHEIGHT");
    says({guide, "--config", "/nowhere.toml"}, "/nowhere.toml");
    says({guide, "--keys", "/nowhere"}, "keys_missing");
    says({guide, "--frames", "2"}, "--frames needs --screenshot");
    says({guide, "--dance"}, "--dance");
}

}  // namespace
}  // namespace hall::console
