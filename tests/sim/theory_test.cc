// Every number of the policy's tables, from the formulas, to the digits printed there.
#include "sim/theory.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace hall::sim {
namespace {

constexpr double kStrict = std::numeric_limits<double>::infinity();

TEST(Theory, ErlangCOfThePolicysTable) {
    const struct {
        double lambda, mu;
        int c;
        double waits, wait;
    } rows[] = {{.8, 1, 1, .8, 4},
                {.9, 1, 1, .9, 9},
                {1.6, 1, 2, .711111, 1.777778},
                {2.7, 1, 3, .817061, 2.723537}};
    for (const auto& row : rows) {
        EXPECT_NEAR(erlang_c(row.lambda, row.mu, row.c), row.waits, 5e-7);
        EXPECT_NEAR(mmc_wait(row.lambda, row.mu, row.c), row.wait, 5e-7);
    }
}

struct HeadStartRow {
    double high, low, mu;
    int c;
    double head_start;  // in mean service times
    double wait_high, wait_low;
};

const HeadStartRow kHeadStarts[] = {
    {.4, .4, 1, 1, 0, 4, 4},
    {.4, .4, 1, 1, 1, 3.70712, 4.29288},
    {.4, .4, 1, 1, 5, 2.87053, 5.12947},
    {.4, .4, 1, 1, kStrict, 1.33333, 6.66667},
    {.8, .8, 1, 2, 0, 1.77778, 1.77778},
    {.8, .8, 1, 2, 1, 1.53607, 2.01948},
    {.8, .8, 1, 2, 5, .99859, 2.55696},
    {.8, .8, 1, 2, kStrict, .59259, 2.96296},
    {16, 24, 7.5, 6, 0, .14270, .14270},
    {16, 24, 7.5, 6, 1, .10286, .16926},
    {16, 24, 7.5, 6, 5, .04034, .21094},
    {16, 24, 7.5, 6, kStrict, .02460, .22143},
    {.3, .3, 1, 1, 0, 1.5, 1.5},
    {.3, .3, 1, 1, 1, 1.34943, 1.65057},
    {.3, .3, 1, 1, kStrict, .85714, 2.14286},
    {.6, .6, 1, 2, 0, .5625, .5625},
    {.6, .6, 1, 2, 1, .46523, .65977},
    {.6, .6, 1, 2, kStrict, .32143, .80357},
};

TEST(Theory, HeadStartsOfThePolicysTable) {
    for (const auto& row : kHeadStarts) {
        const auto waits =
            head_start_mmc(row.high, row.low, row.mu, row.c, row.head_start / row.mu);
        EXPECT_NEAR(waits.wait_high, row.wait_high, 5.1e-6) << row.high << " h " << row.head_start;
        EXPECT_NEAR(waits.wait_low, row.wait_low, 5.1e-6) << row.high << " h " << row.head_start;
    }
}

TEST(Theory, HeadStartGoesFromFirstComeToStrictAndConservesTheMean) {
    double before = mmc_wait(1.6, 1, 2);
    for (const double h : {.01, .1, 1., 3., 10., 30., 100.}) {
        const auto waits = head_start_mmc(.8, .8, 1, 2, h);
        EXPECT_LT(waits.wait_high, before);
        EXPECT_NEAR((waits.wait_high + waits.wait_low) / 2, mmc_wait(1.6, 1, 2), 1e-9);
        before = waits.wait_high;
    }
    EXPECT_NEAR(before, cobham_mmc({.8, .8}, 1, 2)[0], 1e-5);
}

TEST(Theory, CobhamConservesAndAgreesWithPollaczekAndErlang) {
    const std::vector<ClassLoad> classes = {{.2, 1, 2}, {.3, .5, .25}, {.1, 2, 6}};
    const auto waits = cobham_mg1(classes);
    double sum = 0;
    for (std::size_t k = 0; k < classes.size(); ++k) {
        sum += classes[k].lambda * classes[k].service_mean * waits[k];
    }
    EXPECT_NEAR(sum, conserved_mg1(classes), 1e-12);
    EXPECT_NEAR(cobham_mg1({{.6, 1, 2}})[0], mg1_wait(.6, 1, 2), 1e-12);
    EXPECT_NEAR(mg1_wait(.6, 1, 2), mmc_wait(.6, 1, 1), 1e-12);
    EXPECT_NEAR(cobham_mmc({.3, .3}, 1, 1)[1], cobham_mg1({{.3, 1, 2}, {.3, 1, 2}})[1], 1e-12);
}

}  // namespace
}  // namespace hall::sim
