// The hall's time with a wall clock that people set while it runs.
#include "hall-server/service/hall_clock.h"

#include <gtest/gtest.h>

#include <limits>

namespace hall::service {
namespace {

constexpr int64_t kStart = 1'795'392'000'000;  // 2026-11-23 UTC

class TestTime final : public TimeSource {
  public:
    int64_t monotonic_us() const override { return monotonic_us_; }
    int64_t wall_ms() const override { return wall_ms_; }

    void pass(int64_t ms) {
        monotonic_us_ += ms * 1'000;
        wall_ms_ += ms;
    }
    void set_wall(int64_t step_ms) { wall_ms_ += step_ms; }

  private:
    int64_t monotonic_us_ = 5'000'000;
    int64_t wall_ms_ = kStart;
};

TEST(HallClock, FollowsTheWallWhenNobodySetsIt) {
    TestTime time;
    HallClock clock(time, 0);
    for (int i = 1; i <= 100; ++i) {
        time.pass(37);
        EXPECT_EQ(clock.read().now_ms, kStart + i * 37);
    }
}

TEST(HallClock, JumpsForwardWithTheWallAndSaysSoOnce) {
    TestTime time;
    HallClock clock(time, 0);
    time.pass(10);
    time.set_wall(60'000);
    const auto reading = clock.read();
    EXPECT_EQ(reading.now_ms, kStart + 60'010);
    EXPECT_EQ(reading.step_ms, 60'000);
    time.pass(10);
    EXPECT_EQ(clock.read().step_ms, 0);
}

TEST(HallClock, NeverStepsBackAndWaitsAtHalfSpeedForAWallSetBack) {
    TestTime time;
    HallClock clock(time, 0);
    time.set_wall(-60'000);
    const auto first = clock.read();
    EXPECT_EQ(first.now_ms, kStart);
    EXPECT_EQ(first.step_ms, -60'000);
    int64_t last = first.now_ms;
    for (int i = 0; i < 100; ++i) {
        time.pass(1'000);
        const auto reading = clock.read();
        EXPECT_EQ(reading.step_ms, 0);
        EXPECT_EQ(reading.now_ms, last + 500);
        last = reading.now_ms;
    }
    for (int i = 0; i < 400; ++i) {
        time.pass(1'000);
        const int64_t now = clock.read().now_ms;
        EXPECT_GE(now, last);
        last = now;
    }
    EXPECT_EQ(last, time.wall_ms());
}

TEST(HallClock, SlewsSmallDifferencesByOnePercentWithoutOvershooting) {
    TestTime time;
    HallClock clock(time, 0);
    time.set_wall(500);
    EXPECT_EQ(clock.read().step_ms, 0);
    time.pass(10'000);
    EXPECT_EQ(clock.read().now_ms, kStart + 10'100);
    time.pass(600'000);  // nobody asked for ten minutes
    EXPECT_EQ(clock.read().now_ms, time.wall_ms());
    time.set_wall(-300);
    clock.read();
    time.pass(10'000);
    EXPECT_EQ(clock.read().now_ms, time.wall_ms() + 200);
}

TEST(HallClock, ReportsManySmallStepsOnceTheyAddUp) {
    TestTime time;
    HallClock clock(time, 0);
    int64_t reported = 0;
    for (int i = 0; i < 5; ++i) {
        time.pass(1);
        time.set_wall(1'000);
        reported += clock.read().step_ms != 0 ? 1 : 0;
    }
    EXPECT_EQ(reported, 1);
    EXPECT_GE(clock.read().now_ms, time.wall_ms() - kClockStepMs);
}

TEST(HallClock, StartsNoEarlierThanTheLastEvent) {
    TestTime time;
    HallClock clock(time, kStart + 5'000);
    EXPECT_EQ(clock.read().now_ms, kStart + 5'000);
    time.pass(1'000);
    EXPECT_EQ(clock.read().now_ms, kStart + 5'500);
}

TEST(HallClock, DemoRunsAtItsOwnSpeedAndIgnoresTheWall) {
    TestTime time;
    HallClock clock(time, 0, DemoClock{1'000'000, 60.0});
    time.set_wall(3'600'000);
    time.pass(1'000);
    const auto reading = clock.read();
    EXPECT_EQ(reading.now_ms, 1'060'000);
    EXPECT_EQ(reading.step_ms, 0);
}

TEST(HallClock, WaitsAreInRealTimeAndRoundedUp) {
    TestTime time;
    HallClock clock(time, 0, DemoClock{1'000'000, 60.0});
    EXPECT_EQ(clock.real_wait_ms(1'000'000), 0);
    EXPECT_EQ(clock.real_wait_ms(999'000), 0);
    EXPECT_EQ(clock.real_wait_ms(1'060'000), 1'000);
    EXPECT_EQ(clock.real_wait_ms(1'000'001), 1);
    EXPECT_GT(clock.real_wait_ms(std::numeric_limits<int64_t>::max()), 1'000'000'000);
}

}  // namespace
}  // namespace hall::service
