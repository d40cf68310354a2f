// All rows of the policy's table at twenty runs of two million services, within 1 %.
#include "tests/sim/gates.h"

namespace hall::sim {
namespace {

class HeadStartGates : public testing::TestWithParam<int> {};

TEST_P(HeadStartGates, RowOfThePolicysTable) {
    const struct {
        double high, low, mu;
        int c;
    } rows[] = {{.4, .4, 1, 1}, {.8, .8, 1, 2}, {16, 24, 7.5, 6}};
    const auto& row = rows[GetParam() / 4];
    const double head_starts[] = {0, 1, 5, kStrict};
    head_start_gate(row.high, row.low, row.mu, row.c, head_starts[GetParam() % 4], kNightly);
}
INSTANTIATE_TEST_SUITE_P(Policy, HeadStartGates, testing::Range(0, 12));

class ErlangGates : public testing::TestWithParam<int> {};

TEST_P(ErlangGates, RowOfThePolicysTable) {
    const struct {
        double lambda;
        int c;
    } rows[] = {{.8, 1}, {.9, 1}, {1.6, 2}, {2.7, 3}};
    const auto& row = rows[GetParam()];
    const auto measured =
        waits(scenario_from(two_classes(row.lambda / 2, row.lambda / 2, 0, row.c)), kNightly);
    expect_within((measured[0] + measured[1]) / 2, mmc_wait(row.lambda, 1, row.c), kNightly,
                  fmt::format("Erlang {} {}", row.lambda, row.c));
}
INSTANTIATE_TEST_SUITE_P(Policy, ErlangGates, testing::Range(0, 4));

}  // namespace
}  // namespace hall::sim
