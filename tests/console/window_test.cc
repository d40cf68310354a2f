// The consoles as people have them: real windows on a hidden display, real keys, a real hall.
#include <gtest/gtest.h>

#include "tests/stage/driven_screen.h"
#include "tests/stage/running_hall.h"
#include "tests/stage/small_hall.h"

namespace hall::console {
namespace {

using protocol::TicketState;
using stage::DrivenScreen;
using stage::eventually;
using stage::RunningHall;

struct ConsoleWindows : testing::Test {
    stage::Folder folder;
    RunningHall hall;
    client::CommandClient admin{hall.admin()};

    // On a device of this name.
    DrivenScreen start(const std::string& program, const std::string& device,
                       const stage::Command& words) {
        stage::Command command{stage::program(program)};
        for (const auto& word : hall.words_for(device)) command.push_back(word);
        command.insert(command.end(), words.begin(), words.end());
        return {program, command, folder.path()};
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
    DrivenScreen guide = start("hall-guide", "guide-1", {});
    ASSERT_TRUE(guide.shows("养老申领")) << guide.log();
    for (const char* key : {"1", "a"}) ASSERT_TRUE(guide.press(key)) << key;
    ASSERT_TRUE(guide.press_twice("Return"));
    ASSERT_TRUE(guide.shows("A001")) << guide.drawn();
    EXPECT_TRUE(only_ticket().green());
    ASSERT_TRUE(guide.press("u"));
    EXPECT_TRUE(ticket_is(TicketState::cancelled));
    EXPECT_EQ(guide.stop(), 0);
}

TEST_F(ConsoleWindows, AClerkServesWithSpaceAndEnter) {
    hall.enrol("clerk-1", protocol::Role::clerk, 1);
    hall.open({});
    DrivenScreen clerk = start("hall-clerk", "clerk-1", {"--window", "1"});
    ASSERT_TRUE(clerk.shows("开窗")) << clerk.log();
    ASSERT_TRUE(clerk.press("o"));
    stage::must_do(admin.send(stage::issue(stage::kService)));
    ASSERT_TRUE(clerk.shows("下一位 A001")) << clerk.drawn();
    ASSERT_TRUE(clerk.press("space"));
    ASSERT_TRUE(ticket_is(TicketState::called));
    ASSERT_TRUE(clerk.shows("开始办理")) << clerk.drawn();
    ASSERT_TRUE(clerk.press("Return"));
    ASSERT_TRUE(ticket_is(TicketState::serving));
    ASSERT_TRUE(clerk.shows("办结")) << clerk.drawn();
    EXPECT_TRUE(
        clerk.press_until("Return", [&] { return only_ticket().state() == TicketState::done; }));
}

TEST_F(ConsoleWindows, AHallThatGoesAwayIsSaidAndComesBackByItself) {
    hall.enrol("clerk-1", protocol::Role::clerk, 1);
    hall.open({1});
    DrivenScreen clerk = start("hall-clerk", "clerk-1", {"--window", "1"});
    ASSERT_TRUE(clerk.shows("已连接")) << clerk.log();
    hall.kill();
    EXPECT_TRUE(clerk.shows("连接中断"));
    hall.start();
    EXPECT_TRUE(clerk.shows("已连接"));
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
