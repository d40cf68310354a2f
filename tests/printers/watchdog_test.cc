#include "printers/spooler/watchdog.h"

#include <gtest/gtest.h>

#include <future>
#include <vector>

namespace hall::printers::spooler {
namespace {

using namespace std::chrono_literals;

TEST(Watchdog, AHangingCallIsLetGoAndTheNextOneRuns) {
    std::promise<void> release;
    const std::shared_future<void> released = release.get_future().share();
    Watchdog watchdog;
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(watchdog.run([released] { released.wait(); }, 30ms), Watchdog::Ended::abandoned);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 2s);
    EXPECT_EQ(watchdog.run([] {}, 5s), Watchdog::Ended::in_time);
    release.set_value();
}

TEST(Watchdog, AHopelessCallIsLetGoEarlyAndAHopefulOneIsNot) {
    std::promise<void> release;
    const std::shared_future<void> released = release.get_future().share();
    Watchdog watchdog;
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(watchdog.run([released] { released.wait(); }, 20s, 10ms, [] { return true; }),
              Watchdog::Ended::abandoned);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 10s);
    const auto let_it_end = [&release] {
        release.set_value();
        return false;
    };
    EXPECT_EQ(watchdog.run([released] { released.wait(); }, 20s, 10ms, let_it_end),
              Watchdog::Ended::in_time);
}

TEST(Watchdog, HangingThreadsAreBounded) {
    std::promise<void> release;
    const std::shared_future<void> released = release.get_future().share();
    Watchdog watchdog;
    for (int i = 0; i < Watchdog::kAbandonedMax; ++i) {
        EXPECT_EQ(watchdog.run([released] { released.wait(); }, 1ms), Watchdog::Ended::abandoned);
    }
    EXPECT_EQ(watchdog.run([] {}, 1s), Watchdog::Ended::out_of_threads);
    release.set_value();
    // The threads end by themselves once their calls return.
    const auto end = std::chrono::steady_clock::now() + 10s;
    while (watchdog.run([] {}, 1s) != Watchdog::Ended::in_time) {
        ASSERT_LT(std::chrono::steady_clock::now(), end);
    }
}

}  // namespace
}  // namespace hall::printers::spooler
