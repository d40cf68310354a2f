// Whole views: at once, each second, throttled, and only what exists.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <zmq.hpp>

#include "client/event_feed.h"
#include "client/view_feed.h"
#include "hall-server/net/view_publisher.h"
#include "tests/net/running_hall.h"

namespace hall::test {
namespace {

using client::CommandClient;
using Clock = std::chrono::steady_clock;

int64_t elapsed_ms(Clock::time_point since) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - since).count();
}

// A plain SUB: sees every publication, not only the newest.
class Watcher {
  public:
    Watcher(int port, const std::string& topic) : socket_(context_, zmq::socket_type::sub) {
        socket_.set(zmq::sockopt::linger, 0);
        socket_.set(zmq::sockopt::rcvhwm, 0);
        socket_.set(zmq::sockopt::subscribe, topic);
        socket_.connect("tcp://127.0.0.1:" + std::to_string(port));
    }

    // The next message within `wait_ms`; empty when none came.
    std::string next(int64_t wait_ms) {
        socket_.set(zmq::sockopt::rcvtimeo, static_cast<int>(wait_ms));
        zmq::message_t message;
        if (!socket_.recv(message)) return "";
        EXPECT_FALSE(message.more());
        return message.to_string();
    }

  private:
    zmq::context_t context_;
    zmq::socket_t socket_;
};

TEST(Views, ASubscriptionGetsTheCurrentViewAtOnce) {
    RunningHall hall;
    CommandClient client(hall.server());
    ASSERT_TRUE(client.send(open_window(2)));
    for (int i = 0; i < 3; ++i) {
        const auto start = Clock::now();
        client::BoardFeed feed(hall.server(), client::board_topic("hall"));
        ASSERT_TRUE(eventually([&] { return feed.newest().view != nullptr; }));
        EXPECT_LT(elapsed_ms(start), net::kHeartbeatMs / 2);
        EXPECT_EQ(feed.newest().view->windows(1).state(), protocol::WindowState::idle);
    }
    const auto start = Clock::now();
    client::ClerkFeed clerk(hall.server(), client::clerk_topic(2));
    client::GuideFeed guide(hall.server(), client::kGuideTopic);
    client::PrinterFeed printer(hall.server(), client::kPrinterTopic);
    ASSERT_TRUE(eventually(
        [&] { return clerk.newest().view && guide.newest().view && printer.newest().view; }));
    EXPECT_LT(elapsed_ms(start), net::kHeartbeatMs / 2);
    EXPECT_EQ(clerk.newest().view->window().number(), 2U);
}

TEST(Views, AreOnePartTopicThenMessage) {
    RunningHall hall;
    Watcher watcher(hall.port() + 1, "board:hall|");
    const std::string message = watcher.next(5'000);
    const std::string topic = "board:hall|";
    ASSERT_EQ(message.substr(0, topic.size()), topic);
    protocol::BoardView view;
    ASSERT_TRUE(view.ParseFromString(message.substr(topic.size())));
    EXPECT_EQ(view.zone(), "hall");
    EXPECT_EQ(view.head().hall_name(), "测试大厅");
}

TEST(Views, ComeEachSecondWithoutAnyChange) {
    RunningHall hall;
    Watcher watcher(hall.port() + 1, "board:hall|");
    ASSERT_FALSE(watcher.next(5'000).empty());
    uint64_t publication = 0;
    for (int i = 0; i < 2; ++i) {
        const auto start = Clock::now();
        const std::string message = watcher.next(5'000);
        ASSERT_FALSE(message.empty());
        EXPECT_GE(elapsed_ms(start), net::kHeartbeatMs - 300);
        EXPECT_LE(elapsed_ms(start), net::kHeartbeatMs + 500);
        protocol::BoardView view;
        ASSERT_TRUE(view.ParseFromString(message.substr(message.find('|') + 1)));
        EXPECT_GT(view.head().publication(), publication);
        publication = view.head().publication();
    }
}

TEST(Views, AChangeIsSeenWithoutWaitingForTheHeartbeat) {
    RunningHall hall;
    CommandClient client(hall.server());
    client::BoardFeed feed(hall.server(), client::board_topic("hall"));
    ASSERT_TRUE(eventually([&] { return feed.newest().view != nullptr; }));
    for (const uint32_t window : {1U, 2U, 3U}) {
        ASSERT_TRUE(client.send(open_window(window)));
        const auto start = Clock::now();
        ASSERT_TRUE(eventually([&] {
            const auto view = feed.newest().view;
            return view->windows(static_cast<int>(window) - 1).state() ==
                   protocol::WindowState::idle;
        }));
        EXPECT_LT(elapsed_ms(start), net::kHeartbeatMs / 2);
    }
}

// How many views of `topic` come while one client changes the hall without pause.
int64_t publications_under_load(RunningHall& hall, int port, const std::string& topic,
                                int64_t for_ms) {
    Watcher watcher(port, topic);
    EXPECT_FALSE(watcher.next(5'000).empty());
    std::atomic<bool> stop = false;
    std::thread load([&] {
        CommandClient client(hall.server());
        while (!stop) {
            EXPECT_TRUE(client.send(open_window(1)));
            EXPECT_TRUE(client.send(pause_window(1)));
        }
    });
    int64_t count = 0;
    const auto start = Clock::now();
    while (elapsed_ms(start) < for_ms) count += watcher.next(100).empty() ? 0 : 1;
    stop = true;
    load.join();
    return count;
}

TEST(Views, AreThrottledWhileTheHallChangesWithoutPause) {
    constexpr int64_t kForMs = 1'000;
    RunningHall hall;
    const int64_t board = publications_under_load(hall, hall.port() + 1, "board:hall|", kForMs);
    EXPECT_LE(board, kForMs / net::kBoardThrottleMs + 3);
    EXPECT_GT(board, 5);
    const int64_t staff = publications_under_load(hall, hall.port() + 2, "clerk:1|", kForMs);
    EXPECT_LE(staff, kForMs / net::kStaffThrottleMs + 3);
    EXPECT_GT(staff, 5);
}

TEST(Views, OfUnknownZonesAndWindowsNeverCome) {
    RunningHall hall;
    Watcher no_zone(hall.port() + 1, "board:nowhere|");
    Watcher no_window(hall.port() + 2, "clerk:99|");
    Watcher prefix(hall.port() + 2, "clerk:");
    Watcher everything(hall.port() + 2, "");
    Watcher staff_on_boards(hall.port() + 1, "guide|");
    Watcher real(hall.port() + 1, "board:hall|");
    for (int i = 0; i < 3; ++i) ASSERT_FALSE(real.next(5'000).empty());
    EXPECT_EQ(no_zone.next(0), "");
    EXPECT_EQ(no_window.next(0), "");
    EXPECT_EQ(prefix.next(0), "");
    EXPECT_EQ(everything.next(0), "");
    EXPECT_EQ(staff_on_boards.next(0), "");
}

TEST(Views, GoOnForOthersWhenAWatcherLeaves) {
    RunningHall hall;
    client::BoardFeed stays(hall.server(), client::board_topic("hall"));
    client::ClerkFeed clerk(hall.server(), client::clerk_topic(1));
    ASSERT_TRUE(eventually([&] { return stays.newest().view && clerk.newest().view; }));
    for (int i = 0; i < 3; ++i) {
        client::BoardFeed board(hall.server(), client::board_topic("hall"));
        client::ClerkFeed second(hall.server(), client::clerk_topic(1));
        ASSERT_TRUE(eventually([&] { return board.newest().view && second.newest().view; }));
    }
    const uint64_t board_publication = stays.newest().view->head().publication();
    const uint64_t clerk_publication = clerk.newest().view->head().publication();
    EXPECT_TRUE(eventually([&] {
        return stays.newest().view->head().publication() >= board_publication + 2 &&
               clerk.newest().view->head().publication() >= clerk_publication + 2;
    }));
}

TEST(Events, ComeInOrderWithoutGapsAlsoAcrossARestart) {
    RunningHall hall;
    client::EventFeed feed(hall.server(), 1);
    uint64_t expected = 1;
    const auto read_to = [&](uint64_t head) {
        while (expected <= head) {
            const auto event = feed.next(5'000);
            ASSERT_TRUE(event) << event.error().code;
            ASSERT_TRUE(*event) << "waited for " << expected;
            ASSERT_EQ((*event)->seq(), expected++);
        }
    };
    const auto change = [&](int times) -> uint64_t {
        CommandClient client(hall.server());
        for (int i = 0; i < times; ++i) EXPECT_TRUE(client.send(issue_ticket()));
        const auto status = client.ask(status_query());
        return status ? status->seq() : 0;
    };
    read_to(change(20));
    hall.stop();
    hall.start();
    read_to(change(20));
    const auto none = feed.next(50);
    ASSERT_TRUE(none);
    EXPECT_FALSE(*none);
}

TEST(Events, OfALogThatWasReplacedAreNotMixedWithTheOldOnes) {
    RunningHall hall;
    CommandClient client(hall.server());
    for (int i = 0; i < 10; ++i) ASSERT_TRUE(client.send(issue_ticket()));
    client::EventFeed feed(hall.server(), 1);
    for (int i = 0; i < 12; ++i) {
        const auto event = feed.next(5'000);
        ASSERT_TRUE(event && *event);
    }
    hall.stop();
    hall.wipe();
    hall.start();
    std::string code;
    EXPECT_TRUE(eventually(
        [&] {
            const auto event = feed.next(100);
            if (!event) code = event.error().code;
            return !event;
        },
        std::chrono::seconds(10)));
    EXPECT_EQ(code, "log_changed");
}

}  // namespace
}  // namespace hall::test
