// The formula of policy.md, "About how long?", against values worked by hand.
#include "ticketing/prediction.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>

#include "tests/ticketing/nine.h"

namespace hall::ticketing {
namespace {

constexpr Quantiles kPrior{};

std::vector<Capacity> windows(uint32_t count) {
    return {{kNine, count}};
}

Forecast walk_in(uint32_t ahead, const std::vector<Competing>& competing,
                 const std::vector<Capacity>& capacity, int64_t service_ms = 6 * kMinuteMs) {
    return forecast({ahead, 0, kNine}, competing, capacity, service_ms, kPrior, kNine);
}

TEST(Prediction, WithoutCompetitionItIsTheQueueAndOneselfOverTheRate) {
    EXPECT_EQ(walk_in(0, {}, windows(1)).wait_ms, 6 * kMinuteMs);
    EXPECT_EQ(walk_in(9, {}, windows(1)).wait_ms, 60 * kMinuteMs);
    EXPECT_EQ(walk_in(9, {}, windows(4)).wait_ms, 15 * kMinuteMs);
}

// 30 arrivals in 30 min = 1 a minute with 5 min more credit; 10 min of work first, then 5 of theirs
// at 1 min each: W = 10 + 5.
TEST(Prediction, WhoeverMayStillComeBeforeIsCounted) {
    Forecast waits = walk_in(9, {{5 * kMinuteMs, 30}}, windows(1), kMinuteMs);
    EXPECT_EQ(waits.wait_ms, 15 * kMinuteMs);
    Forecast with_equal_credit = walk_in(9, {{0, 30}}, windows(1), kMinuteMs);
    EXPECT_EQ(with_equal_credit.wait_ms, 10 * kMinuteMs);
}

// Below the credit W is on both sides: W = (1 + W/2min) * 1min gives W = 2 min.
TEST(Prediction, AWaitShorterThanTheCreditIsTheFixedPoint) {
    EXPECT_NEAR(
        static_cast<double>(walk_in(0, {{20 * kMinuteMs, 15}}, windows(1), kMinuteMs).wait_ms),
        2.0 * kMinuteMs, 60.0);  // 1/1000 of a ticket
}

TEST(Prediction, OwnCreditAndTheTimeAlreadyWaitedShortenTheTimeInWhichOthersComeBefore) {
    const std::vector<Competing> top{{20 * kMinuteMs, 30}};
    auto wait_of = [&](int64_t v_ms) {
        return forecast({29, 0, v_ms}, top, windows(1), kMinuteMs, kPrior, kNine).wait_ms;
    };
    EXPECT_EQ(wait_of(kNine), 50 * kMinuteMs);
    EXPECT_EQ(wait_of(kNine - 5 * kMinuteMs), 45 * kMinuteMs);   // credit of 5, or here for 5
    EXPECT_EQ(wait_of(kNine - 20 * kMinuteMs), 30 * kMinuteMs);  // locked
    EXPECT_EQ(wait_of(kNine - 60 * kMinuteMs), 30 * kMinuteMs);
}

// More come before than are served: the credit's end bounds the wait, and the iteration its work.
TEST(Prediction, InOverloadTheCreditBoundsTheWait) {
    EXPECT_EQ(walk_in(9, {{10 * kMinuteMs, 60}}, windows(1), kMinuteMs).wait_ms, 30 * kMinuteMs);
}

TEST(Prediction, TheIntervalIsInUnitsOfTheRootOfTheWaitOverTheRate) {
    // n = 16 tickets of 6 min at one window: W = 96, sqrt(96 * 6) = 24 min.
    Forecast given = forecast({15, 0, kNine}, {}, windows(1), 6 * kMinuteMs, {-500, 1'500}, kNine);
    EXPECT_EQ(given.scale_ms, 24 * kMinuteMs);
    EXPECT_EQ(given.low_ms, 84 * kMinuteMs);
    EXPECT_EQ(given.high_ms, 132 * kMinuteMs);
    EXPECT_EQ(residual_thousandths(given.wait_ms + 12 * kMinuteMs, given), 500);
    EXPECT_EQ(residual_thousandths(given.wait_ms - 24 * kMinuteMs, given), -1'000);
    EXPECT_TRUE(covered(given.low_ms, given) && covered(given.high_ms, given));
    EXPECT_FALSE(covered(given.low_ms - 1, given) || covered(given.high_ms + 1, given));
}

TEST(Prediction, ARosterThatStaysTheSameChangesNothing) {
    const std::vector<Competing> competing{{20 * kMinuteMs, 12}, {5 * kMinuteMs, 7}};
    std::vector<Capacity> same{{kNine, 3}, {kNine + 7 * kMinuteMs, 3}, {kNine + 8 * kMinuteMs, 3}};
    for (uint32_t ahead : {0U, 1U, 7U, 50U}) {
        Forecast plain = walk_in(ahead, competing, windows(3));
        Forecast roster = walk_in(ahead, competing, same);
        EXPECT_NEAR(static_cast<double>(plain.wait_ms), static_cast<double>(roster.wait_ms), 1);
        EXPECT_NEAR(static_cast<double>(plain.high_ms), static_cast<double>(roster.high_ms), 1);
    }
}

// 10 tickets of 6 min are 60 window-minutes: 2 windows for 15 min, then lunch.
TEST(Prediction, ARosterIsIntegrated) {
    int64_t lunch = kNine + 15 * kMinuteMs;
    EXPECT_EQ(walk_in(9, {}, {{kNine, 2}, {lunch, 1}}).wait_ms, 45 * kMinuteMs);
    Forecast over_a_gap = walk_in(9, {}, {{kNine, 2}, {lunch, 0}, {lunch + 60 * kMinuteMs, 3}});
    EXPECT_EQ(over_a_gap.wait_ms, (75 + 10) * kMinuteMs);
    EXPECT_EQ(over_a_gap.scale_ms, std::llround(25 * kMinuteMs / std::sqrt(10)));
    EXPECT_EQ(walk_in(9, {}, {{kNine, 2}, {lunch, 1}, {kNine + 20 * kMinuteMs, 5}}).wait_ms,
              25 * kMinuteMs);
}

TEST(Prediction, AnIdleWindowMeansNoWait) {
    Forecast now = forecast({1, 2, kNine}, {}, windows(2), kMinuteMs, kPrior, kNine);
    EXPECT_TRUE(now.measured);
    EXPECT_EQ(now.wait_ms, 0);
    EXPECT_EQ(residual_thousandths(3'000, now), std::nullopt);
    EXPECT_EQ(shown(now), (ShownRange{0, 5}));
    EXPECT_GT(forecast({2, 2, kNine}, {}, windows(2), kMinuteMs, kPrior, kNine).wait_ms, 0);
}

TEST(Prediction, NothingToGoByIsNotMeasured) {
    int64_t later = kNine + 15 * kMinuteMs;
    for (const Forecast& none :
         {walk_in(0, {}, {}), walk_in(0, {}, windows(0)), walk_in(0, {}, {{kNine, 0}, {later, 4}}),
          walk_in(9, {}, {{kNine, 1}, {later, 0}}), walk_in(0, {}, windows(1), 0)}) {
        EXPECT_EQ(none, Forecast{});
        EXPECT_EQ(residual_thousandths(1, none), std::nullopt);
    }
}

TEST(Prediction, PeopleAreShownARangeRoundedUpToFiveMinutesNeverABareZero) {
    auto of = [](int64_t low_ms, int64_t high_ms) {
        return shown(Forecast{true, low_ms, low_ms, high_ms, 1});
    };
    EXPECT_EQ(of(0, 0), (ShownRange{0, 5}));
    EXPECT_EQ(of(0, 1), (ShownRange{0, 5}));
    EXPECT_EQ(of(1, 5 * kMinuteMs), (ShownRange{5, 5}));
    EXPECT_EQ(of(5 * kMinuteMs, 5 * kMinuteMs + 1), (ShownRange{5, 10}));
    EXPECT_EQ(of(11 * kMinuteMs, 30 * kMinuteMs), (ShownRange{15, 30}));
}

TEST(Prediction, TheMeanServiceIsThatOfTheLastHundred) {
    EXPECT_EQ(mean_service_ms(std::vector<int64_t>(kServicesMin - 1, 7)), std::nullopt);
    EXPECT_EQ(mean_service_ms(std::vector<int64_t>(kServicesMin, 7)), 7);
    std::vector<int64_t> services(50, 1'000'000);
    services.insert(services.end(), 50, 10);
    services.insert(services.end(), 50, 20);
    EXPECT_EQ(mean_service_ms(services), 15);
}

TEST(Prediction, QuantilesAreThoseOfTheLastFourHundred) {
    EXPECT_EQ(quantiles(std::vector<int64_t>(kResidualsMin - 1, 9'000)), kPrior);
    std::vector<int64_t> residuals(100, 9'000);  // forgotten
    for (int64_t z = 400; z >= 1; --z) residuals.push_back(z);
    EXPECT_EQ(quantiles(residuals), (Quantiles{40, 360}));
}

TEST(Prediction, MinutesAreHiddenBelowSixtyFivePercentCovered) {
    EXPECT_TRUE(reliable(130, 200));
    EXPECT_FALSE(reliable(129, 200));
    EXPECT_TRUE(reliable(0, 49));
    EXPECT_FALSE(reliable(0, 50));
}

TEST(Prediction, MoreAheadNeverMeansSoonerAndMoreCreditNeverLater) {
    EXPECT_TRUE(rc::check([] {
        std::vector<Competing> competing;
        for (int64_t credit : {5, 10, 20}) {
            competing.push_back({credit * kMinuteMs, *rc::gen::inRange<int64_t>(0, 200)});
        }
        std::vector<Capacity> capacity{{kNine, *rc::gen::inRange<uint32_t>(1, 30)}};
        for (int hour = 1; hour < 4; ++hour) {
            capacity.push_back({kNine + hour * 60 * kMinuteMs, *rc::gen::inRange<uint32_t>(0, 9)});
        }
        capacity.back().windows = 1;
        auto ahead = *rc::gen::inRange<uint32_t>(0, 300);
        int64_t service = *rc::gen::inRange<int64_t>(1, 40 * kMinuteMs);
        int64_t credit = *rc::gen::inRange<int64_t>(0, 20 * kMinuteMs);
        auto given = [&](uint32_t count, int64_t v_ms) {
            return forecast({count, 0, v_ms}, competing, capacity, service, kPrior, kNine);
        };
        Forecast mine = given(ahead, kNine - credit);
        RC_ASSERT(mine.measured);
        RC_ASSERT(mine.low_ms <= mine.wait_ms && mine.wait_ms <= mine.high_ms);
        RC_ASSERT(mine.wait_ms <= given(ahead + 1, kNine - credit).wait_ms);
        RC_ASSERT(mine.wait_ms <= given(ahead, kNine).wait_ms);
    }));
}

// The largest numbers that the limits of the header let in.
TEST(Prediction, AbsurdNumbersStayNumbers) {
    constexpr int64_t kHuge = INT64_MAX / 4;
    Forecast given = forecast({UINT32_MAX, 0, kNine}, {{kSpanMsMax, kHuge}, {kSpanMsMax, kHuge}},
                              windows(1), kHuge, {-kHuge, kHuge}, kNine);
    EXPECT_GT(given.wait_ms, 0);
    EXPECT_GE(given.high_ms, given.wait_ms);
    EXPECT_GE(given.low_ms, 0);
    EXPECT_GT(shown(Forecast{true, 0, 0, kSpanMsMax, 1}).to_min, 0);
    EXPECT_TRUE(residual_thousandths(kHuge, given));
}

}  // namespace
}  // namespace hall::ticketing
