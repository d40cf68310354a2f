// Who may connect, command and watch, with real keys on real sockets.
#include <gtest/gtest.h>

#include <string>

#include "client/view_feed.h"
#include "hall-server/net/endpoint.h"
#include "hall-server/net/gate.h"
#include "tests/net/running_hall.h"

namespace hall::test {
namespace {

using client::Answer;
using client::CommandClient;
using client::FeedState;
using protocol::RefusalCode;
using protocol::Role;

protocol::Command revoke(const std::string& name) {
    protocol::Command command;
    command.mutable_revoke_device()->set_name(name);
    return command;
}

class Keys : public testing::Test {
  protected:
    RunningHall hall_{Security::curve};
    CommandClient admin_{hall_.server()};

    Answer ask_as(const client::KeyPair& device) {
        CommandClient client(hall_.server_for(device));
        return client.ask(status_query());
    }
};

TEST_F(Keys, TheFirstAdminIsEnrolledAndTheStatusSaysSecure) {
    const Answer answer = admin_.ask(status_query());
    ASSERT_TRUE(answer) << answer.error().code;
    ASSERT_TRUE(answer->has_status());
    EXPECT_TRUE(answer->status().secure());
}

TEST_F(Keys, AnUnknownDeviceIsToldThatItIsNotEnrolled) {
    const Answer answer = ask_as(client::make_key_pair());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "device_not_enrolled");
}

TEST_F(Keys, ADeviceWithoutKeysIsToldThatItNeedsThem) {
    client::Server plain = hall_.server();
    plain.keys.reset();
    CommandClient client(plain);
    const Answer answer = client.ask(status_query());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "device_not_enrolled");
}

TEST_F(Keys, AServerWithAnotherKeyIsNotBelieved) {
    client::Server wrong = hall_.server();
    wrong.keys->server_public_key = client::make_key_pair().public_key;
    CommandClient client(wrong, {200, 600});
    const Answer answer = client.ask(status_query());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "server_unreachable");
}

TEST_F(Keys, AnEnrolledDeviceMaySendWhatItsRoleAllows) {
    const client::KeyPair clerk = hall_.enrol("clerk-1", Role::clerk, 1);
    CommandClient client(hall_.server_for(clerk));
    const Answer opened = client.send(open_window(1));
    ASSERT_TRUE(opened && opened->has_window()) << refusal_code(opened);
    EXPECT_EQ(refusal_code(client.send(open_window(2))), RefusalCode::role_not_allowed);
    EXPECT_EQ(refusal_code(client.send(issue_ticket())), RefusalCode::role_not_allowed);
    const Answer windows = admin_.ask(status_query());
    ASSERT_TRUE(windows);
    EXPECT_EQ(windows->status().windows(1).state(), protocol::WindowState::closed);
}

TEST_F(Keys, ABoardMaySendNoCommand) {
    CommandClient client(hall_.server_for(hall_.enrol("board-1", Role::board)));
    EXPECT_EQ(refusal_code(client.send(issue_ticket())), RefusalCode::role_not_allowed);
    EXPECT_EQ(refusal_code(client.send(open_window(1))), RefusalCode::role_not_allowed);
}

TEST_F(Keys, TheEventsNameTheDevice) {
    hall_.enrol("board-1", Role::board);
    protocol::Query query;
    query.mutable_events()->set_from_seq(1);
    const Answer answer = admin_.ask(query);
    ASSERT_TRUE(answer && answer->has_events());
    const auto& last = *answer->events().events().rbegin();
    EXPECT_EQ(last.event().device_enrolled().name(), "board-1");
    EXPECT_EQ(last.actor(), net::kFirstAdmin);
}

TEST_F(Keys, ARevokedDeviceLosesItsLiveSessionsAndItsCommands) {
    const client::KeyPair guide = hall_.enrol("guide-1", Role::guide);
    const client::Server server = hall_.server_for(guide);
    client::GuideFeed feed(server, client::kGuideTopic);
    CommandClient client(server);
    ASSERT_TRUE(client.send(issue_ticket()));
    ASSERT_TRUE(eventually([&] { return feed.newest().state == FeedState::live; }));

    ASSERT_EQ(refusal_code(admin_.send(revoke("guide-1"))), RefusalCode::unknown);
    EXPECT_TRUE(eventually([&] { return feed.newest().state == FeedState::not_enrolled; }));
    const Answer after = client.send(issue_ticket());
    const bool refused = refusal_code(after) == RefusalCode::device_not_enrolled ||
                         (!after && after.error().code == "device_not_enrolled");
    EXPECT_TRUE(refused);
    const Answer status = admin_.ask(status_query());
    ASSERT_TRUE(status && status->has_status());
    EXPECT_EQ(status->status().issued(), 1U);
}

TEST_F(Keys, OthersComeBackByThemselvesAfterARevocation) {
    hall_.enrol("guide-1", Role::guide);
    const client::KeyPair board = hall_.enrol("board-1", Role::board);
    client::BoardFeed feed(hall_.server_for(board), client::board_topic("hall"));
    ASSERT_TRUE(eventually([&] { return feed.newest().view != nullptr; }));
    ASSERT_EQ(refusal_code(admin_.send(revoke("guide-1"))), RefusalCode::unknown);
    ASSERT_TRUE(admin_.send(open_window(2)));
    EXPECT_TRUE(eventually(
        [&] { return feed.newest().view->windows(1).state() == protocol::WindowState::idle; }));
    EXPECT_EQ(feed.newest().state, FeedState::live);
}

TEST_F(Keys, AScreenStartsToShowOnceItsDeviceIsEnrolled) {
    const client::KeyPair pair = client::make_key_pair();
    client::BoardFeed feed(hall_.server_for(pair), client::board_topic("hall"));
    ASSERT_TRUE(eventually([&] { return feed.newest().state == FeedState::not_enrolled; }));
    protocol::Command command;
    command.mutable_enrol_device()->set_name("board-1");
    command.mutable_enrol_device()->set_role(Role::board);
    command.mutable_enrol_device()->set_public_key(pair.public_key);
    ASSERT_EQ(refusal_code(admin_.send(command)), RefusalCode::unknown);
    EXPECT_TRUE(eventually([&] { return feed.newest().state == FeedState::live; }));
}

TEST_F(Keys, NobodyTakesTheFirstAdminsNameOrKey) {
    protocol::Command command;
    auto* device = command.mutable_enrol_device();
    device->set_name(net::kFirstAdmin);
    device->set_role(Role::board);
    device->set_public_key(client::make_key_pair().public_key);
    EXPECT_EQ(refusal_code(admin_.send(command)), RefusalCode::device_name_taken);
    device->set_name("other");
    device->set_public_key(hall_.server().keys->own.public_key);
    EXPECT_EQ(refusal_code(admin_.send(command)), RefusalCode::device_key_taken);
}

TEST_F(Keys, StaffViewsGoToTheirRolesOnly) {
    const client::Server board = hall_.server_for(hall_.enrol("board-1", Role::board));
    const client::Server clerk = hall_.server_for(hall_.enrol("clerk-1", Role::clerk, 1));
    client::GuideFeed guide_by_board(board, client::kGuideTopic);
    client::ClerkFeed other_window(clerk, client::clerk_topic(2));
    client::ClerkFeed own_window(clerk, client::clerk_topic(1));
    client::BoardFeed hall_board(board, client::board_topic("hall"));
    ASSERT_TRUE(eventually([&] { return own_window.newest().view != nullptr; }));
    ASSERT_TRUE(eventually([&] { return hall_board.newest().view != nullptr; }));
    // Both refused feeds had two heartbeats' time.
    ASSERT_TRUE(eventually([&] { return own_window.newest().view->head().publication() >= 3; }));
    EXPECT_EQ(guide_by_board.newest().view, nullptr);
    EXPECT_EQ(other_window.newest().view, nullptr);
}

TEST_F(Keys, ARefusedWatcherThatLeavesDoesNotStopTheViewsOfOthers) {
    const client::Server board = hall_.server_for(hall_.enrol("board-1", Role::board));
    client::GuideFeed guide(hall_.server(), client::kGuideTopic);
    ASSERT_TRUE(eventually([&] { return guide.newest().view != nullptr; }));
    for (int i = 0; i < 3; ++i) {
        client::GuideFeed refused(board, client::kGuideTopic);
        client::BoardFeed connected(board, client::board_topic("hall"));
        ASSERT_TRUE(eventually([&] { return connected.newest().view != nullptr; }));
    }
    const uint64_t publication = guide.newest().view->head().publication();
    EXPECT_TRUE(
        eventually([&] { return guide.newest().view->head().publication() >= publication + 3; }));
}

TEST(PlainServer, OnlyLoopbackCountsAsLoopback) {
    EXPECT_TRUE(net::is_loopback("127.0.0.1"));
    EXPECT_TRUE(net::is_loopback("localhost"));
    EXPECT_TRUE(net::is_loopback("::1"));
    EXPECT_FALSE(net::is_loopback("0.0.0.0"));
    EXPECT_FALSE(net::is_loopback("*"));
    EXPECT_FALSE(net::is_loopback("192.168.1.4"));
    EXPECT_FALSE(net::is_loopback("::"));
    EXPECT_FALSE(net::is_loopback("127.evil.example"));
}

TEST(PlainServer, ADeviceWithKeysIsToldThatTheServerHasNone) {
    RunningHall hall;
    client::Server server = hall.server();
    server.keys = client::DeviceKeys{client::make_key_pair(), client::make_key_pair().public_key};
    CommandClient client(server);
    const Answer answer = client.ask(status_query());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "keys_mismatch");
}

}  // namespace
}  // namespace hall::test
