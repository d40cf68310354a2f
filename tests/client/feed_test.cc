// Which view is newest, how old it is, and who is woken for it.
#include <gtest/gtest.h>

#include <atomic>

#include "client/view_feed.h"
#include "tests/net/running_hall.h"

namespace hall::test {
namespace {

using client::BoardFeed;
using client::FeedState;
using client::replaces;

protocol::ViewHead head(uint64_t seq, int64_t time_ms) {
    protocol::ViewHead result;
    result.set_seq(seq);
    result.set_server_time_ms(time_ms);
    return result;
}

TEST(NewestView, IsTheOneWithTheLargerSeqThenTheLaterTime) {
    EXPECT_TRUE(replaces(head(5, 100), head(6, 90), 0));
    EXPECT_FALSE(replaces(head(6, 90), head(5, 100), 0));
    EXPECT_TRUE(replaces(head(6, 90), head(6, 90), 0));
    EXPECT_TRUE(replaces(head(6, 90), head(6, 91), 0));
    EXPECT_FALSE(replaces(head(6, 91), head(6, 90), 0));
}

TEST(NewestView, OfAnotherLogIsBelievedOnceTheOldOneIsSilent) {
    EXPECT_FALSE(replaces(head(500, 90), head(3, 10), client::kOtherLogMs - 1));
    EXPECT_TRUE(replaces(head(500, 90), head(3, 10), client::kOtherLogMs));
    // Before a screen would say that it is stale.
    EXPECT_LT(client::kOtherLogMs + 1'000, client::kStaleMs);
}

TEST(Feed, SaysStaleAfterThreeSecondsKeepsTheViewAndRecovers) {
    RunningHall hall;
    std::atomic<int> wakes = 0;
    BoardFeed feed(hall.server(), client::board_topic("hall"), [&] { ++wakes; });
    ASSERT_TRUE(eventually([&] { return feed.newest().view != nullptr; }));
    EXPECT_EQ(feed.newest().state, FeedState::live);
    hall.stop();
    wakes = 0;
    ASSERT_TRUE(eventually([&] { return feed.newest().stale(); }));
    EXPECT_GE(feed.newest().age_ms, client::kStaleMs);
    EXPECT_LT(feed.newest().age_ms, client::kStaleMs + 500);
    EXPECT_NE(feed.newest().view, nullptr);
    EXPECT_EQ(wakes, 1);
    hall.start();
    EXPECT_TRUE(eventually([&] { return feed.newest().state == FeedState::live; }));
    EXPECT_GE(wakes, 2);
}

TEST(Feed, NothingHeardFromTheStartIsStaleToo) {
    client::Server server;
    server.address = "tcp://127.0.0.1:" + std::to_string(free_ports());
    BoardFeed feed(server, client::board_topic("hall"));
    EXPECT_EQ(feed.newest().state, FeedState::connecting);
    ASSERT_TRUE(eventually([&] { return feed.newest().state == FeedState::stale; }));
    EXPECT_EQ(feed.newest().view, nullptr);
}

TEST(Feed, TakesTheSmallerSeqOfAReplacedLogBeforeItIsStale) {
    RunningHall hall;
    client::CommandClient client(hall.server());
    for (int i = 0; i < 20; ++i) ASSERT_TRUE(client.send(issue_ticket()));
    BoardFeed feed(hall.server(), client::board_topic("hall"));
    ASSERT_TRUE(
        eventually([&] { return feed.newest().view && feed.newest().view->waiting() == 20; }));
    hall.stop();
    hall.wipe();
    hall.start();
    EXPECT_TRUE(eventually([&] { return feed.newest().view->waiting() == 0; }));
    EXPECT_EQ(feed.newest().state, FeedState::live);
}

TEST(Feed, WakesForChangesNotForHeartbeats) {
    RunningHall hall;
    std::atomic<int> wakes = 0;
    std::atomic<int> views = 0;
    BoardFeed quiet(hall.server(), client::board_topic("hall"), [&] { ++wakes; });
    BoardFeed every(
        hall.server(), client::board_topic("hall"), [&] { ++views; }, client::Wake::on_every_view);
    ASSERT_TRUE(eventually([&] { return wakes > 0 && views > 0; }));
    const int wakes_before = wakes;
    const int views_before = views;
    ASSERT_TRUE(eventually([&] { return views >= views_before + 2; }));
    EXPECT_EQ(wakes, wakes_before);
    const uint64_t version = quiet.version();
    client::CommandClient client(hall.server());
    ASSERT_TRUE(client.send(open_window(1)));
    EXPECT_TRUE(eventually([&] { return wakes > wakes_before; }));
    EXPECT_GT(quiet.version(), version);
}

}  // namespace
}  // namespace hall::test
