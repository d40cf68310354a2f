// The formulas of policy.md, "The rule".
#include "ticketing/credited_arrival.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace hall::ticketing {
namespace {

constexpr int64_t kMinuteMs = 60'000;
constexpr int64_t kNine = 1'800'000'000'000;
constexpr CreditRules kRules{20 * kMinuteMs, 10 * kMinuteMs, 15 * kMinuteMs};

TEST(CreditedArrival, AWalkInIsTreatedAsIfItHadComeItsCreditEarlier) {
    EXPECT_EQ(credited_arrival(kRules, kNine, 0), kNine);
    EXPECT_EQ(credited_arrival(kRules, kNine, 10 * kMinuteMs), kNine - 10 * kMinuteMs);
    EXPECT_EQ(credited_arrival(kRules, kNine, 20 * kMinuteMs), kNine - 20 * kMinuteMs);
}

TEST(CreditedArrival, NoClaimReachesFurtherBackThanTheLimit) {
    EXPECT_EQ(credited_arrival(kRules, kNine, 90 * kMinuteMs), kNine - 20 * kMinuteMs);
    Appointment hours_ago{kNine - 10 * kMinuteMs, kNine};  // s - L lies exactly at e0 - H
    EXPECT_EQ(credited_arrival(kRules, kNine, 0, hours_ago), kNine - 20 * kMinuteMs);
}

TEST(CreditedArrival, AnAppointmentKeptWithinItsGraceClaimsItsSlot) {
    int64_t slot = kNine - 15 * kMinuteMs;
    EXPECT_EQ(credited_arrival(kRules, kNine, 0, Appointment{slot, kNine}),
              kNine - 20 * kMinuteMs);  // s - L is 25 minutes back: limited
    EXPECT_EQ(credited_arrival(kRules, kNine, 0, Appointment{slot, kNine + 1}), kNine);
    int64_t later = kNine + 5 * kMinuteMs;  // early for its slot
    EXPECT_EQ(credited_arrival(kRules, kNine, 0, Appointment{later, kNine}), kNine - 5 * kMinuteMs);
}

TEST(CreditedArrival, TheBestClaimCountsNeverTheSum) {
    Appointment slot{kNine, kNine};  // claims 10 minutes
    EXPECT_EQ(credited_arrival(kRules, kNine, 5 * kMinuteMs, slot), kNine - 10 * kMinuteMs);
    EXPECT_EQ(credited_arrival(kRules, kNine, 15 * kMinuteMs, slot), kNine - 15 * kMinuteMs);
}

TEST(CreditedArrival, MissedAndBackGoesBehindTheThirdInLineButNeverAhead) {
    Key own{kNine, kNine, 7};
    int64_t now = kNine + 30 * kMinuteMs;
    EXPECT_EQ(key_after_missed(own, kNine + 5, now), (Key{kNine + 5, now, 7}));
    EXPECT_EQ(key_after_missed(own, kNine - 5, now), (Key{kNine, now, 7}));
    EXPECT_EQ(key_after_missed(own, std::nullopt, now), (Key{kNine, now, 7}));
}

// P8 and P10 of policy.md, for any numbers.
TEST(CreditedArrival, StaysWithinTheLimitAndMoreClaimsNeverMakeItLater) {
    EXPECT_TRUE(rc::check([] {
        CreditRules rules{*rc::gen::inRange<int64_t>(0, 100), *rc::gen::inRange<int64_t>(0, 50),
                          *rc::gen::inRange<int64_t>(0, 50)};
        int64_t entered = kNine + *rc::gen::inRange<int64_t>(0, 1'000);
        int64_t credit = *rc::gen::inRange<int64_t>(0, 200);
        int64_t more = credit + *rc::gen::inRange<int64_t>(0, 200);
        Appointment slot{entered + *rc::gen::inRange<int64_t>(-100, 100),
                         entered + *rc::gen::inRange<int64_t>(-100, 100)};
        int64_t v = credited_arrival(rules, entered, credit);
        RC_ASSERT(v >= entered - rules.limit_ms);
        RC_ASSERT(v <= entered);
        RC_ASSERT(credited_arrival(rules, entered, more) <= v);
        int64_t with_slot = credited_arrival(rules, entered, credit, slot);
        RC_ASSERT(with_slot <= v);
        RC_ASSERT(with_slot >= entered - rules.limit_ms);
    }));
}

// P2: who enters after the place is locked comes later, whatever his claim.
TEST(CreditedArrival, NobodyWhoComesAfterTheLockIsBefore) {
    EXPECT_TRUE(rc::check([] {
        CreditRules rules{*rc::gen::inRange<int64_t>(0, 100), 0, 0};
        Key mine{credited_arrival(rules, kNine, *rc::gen::inRange<int64_t>(0, 200)), kNine, 1};
        int64_t entered = locked_after_ms(rules, mine) + *rc::gen::inRange<int64_t>(0, 50);
        RC_PRE(entered >= kNine);
        Key other{credited_arrival(rules, entered, 1'000), entered, 2};
        RC_ASSERT(mine < other);
    }));
}

}  // namespace
}  // namespace hall::ticketing
