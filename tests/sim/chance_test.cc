// The random numbers: the same for ever, and of the right moments.
#include "sim/chance.h"

#include <gtest/gtest.h>

#include <cmath>

namespace hall::sim {
namespace {

TEST(Chance, LogarithmAndExponentialAgreeWithTheLibrary) {
    Chance chance(7);
    for (int i = 0; i < 100'000; ++i) {
        const double x =
            chance.uniform() * std::ldexp(1.0, static_cast<int>(chance.below(80)) - 60);
        const double expected = std::log(x);
        EXPECT_NEAR(exact_log(x), expected, 5e-16 * std::max(1.0, std::fabs(expected)));
        const double y = (chance.uniform() - 0.5) * 100;
        EXPECT_NEAR(exact_exp(y) / std::exp(y), 1.0, 2e-15);
    }
    EXPECT_EQ(exact_log(1.0), 0.0);
    EXPECT_EQ(exact_exp(0.0), 1.0);
}

// Golden: a change of the generator changes every published result.
TEST(Chance, SameSeedSameBytesForEver) {
    Chance chance(42, 3);
    EXPECT_EQ(chance.bits(), 2802073920725033285U);
    EXPECT_EQ(Chance(42, 3).exponential(), 0x1.e2706e33dd88dp+0);
    EXPECT_EQ(Chance(42, 3).normal(), -0x1.324d2e2bfcc36p+0);
    EXPECT_NE(Chance(42, 3).bits(), Chance(42, 4).bits());
    EXPECT_NE(Chance(42, 3).bits(), Chance(43, 3).bits());
}

TEST(Chance, BelowIsFair) {
    Chance chance(1);
    int counts[6] = {};
    for (int i = 0; i < 60'000; ++i) ++counts[chance.below(6)];
    for (const int count : counts) EXPECT_NEAR(count, 10'000, 400);
}

void expect_moments(const Duration& duration, double mean, double second) {
    EXPECT_NEAR(duration.mean_s(), mean, 1e-9 * mean);
    EXPECT_NEAR(duration.second_moment_s2(), second, 1e-9 * second);
    Chance chance(11);
    constexpr int kDraws = 400'000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < kDraws; ++i) {
        const double x = duration.draw_s(chance);
        ASSERT_GE(x, 0);
        sum += x;
        squares += x * x;
    }
    EXPECT_NEAR(sum / kDraws, mean, 0.012 * mean);
    EXPECT_NEAR(squares / kDraws, second, 0.05 * second);
}

TEST(Durations, HaveTheMomentsOfTheirNames) {
    expect_moments(Duration::deterministic(3), 3, 9);
    expect_moments(Duration::exponential(2), 2, 8);
    expect_moments(Duration::erlang(2, 4), 4, 24);
    expect_moments(Duration::hyperexponential(10, 1.5), 10, 100 * (1 + 2.25));
    expect_moments(Duration::hyperexponential({{0.25, 4}, {0.75, 8}}), 7, 2 * (4 + 48));
    expect_moments(Duration::lognormal(5, 0.8), 5, 25 * 1.64);
    expect_moments(Duration::empirical({1, 2, 6}), 3, 41.0 / 3);
    expect_moments(Duration::lognormal(5, 0.8).scaled_to(10), 10, 100 * 1.64);
    expect_moments(Duration::hyperexponential(10, 2).scaled_to(1), 1, 5);
}

TEST(Chance, GammaHasItsMeanAndVariance) {
    for (const double shape : {0.3, 1.0, 4.5}) {
        Chance chance(5);
        double sum = 0;
        double squares = 0;
        constexpr int kDraws = 200'000;
        for (int i = 0; i < kDraws; ++i) {
            const double x = chance.gamma(shape);
            sum += x;
            squares += x * x;
        }
        const double mean = sum / kDraws;
        EXPECT_NEAR(mean, shape, 0.02 * shape);
        EXPECT_NEAR(squares / kDraws - mean * mean, shape, 0.05 * shape);
    }
}

}  // namespace
}  // namespace hall::sim
