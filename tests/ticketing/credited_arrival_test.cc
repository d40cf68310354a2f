// The formulas of policy.md, "The rule".
#include "ticketing/credited_arrival.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "tests/ticketing/nine.h"

namespace hall::ticketing {
namespace {

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

TEST(CreditedArrival, AnArrivalKeptOfAnEarlierDayCountsAsFarAsTheLimitLets) {
    EXPECT_EQ(credited_arrival(kRules, kNine, 0, std::nullopt, kNine - 5 * kMinuteMs),
              kNine - 5 * kMinuteMs);  // had to leave a moment ago
    EXPECT_EQ(credited_arrival(kRules, kNine, 0, std::nullopt, kNine - 24 * 60 * kMinuteMs),
              kNine - 20 * kMinuteMs);
    // With a slot that was missed and a smaller credit it is still the best of the claims.
    Appointment missed{kNine - 16 * kMinuteMs, kNine};
    EXPECT_EQ(credited_arrival(kRules, kNine, 5 * kMinuteMs, missed, kNine - 12 * kMinuteMs),
              kNine - 12 * kMinuteMs);
}

TEST(CreditedArrival, SaysWhichClaimGaveThePlace) {
    using protocol::Claim;
    Appointment slot{kNine, kNine};  // claims 10 minutes
    Appointment early{kNine + 15 * kMinuteMs, kNine};
    Appointment late{kNine - 16 * kMinuteMs, kNine};
    const auto of = [](int64_t credit_min, std::optional<Appointment> appointment,
                       std::optional<int64_t> kept_min) {
        if (kept_min) kept_min = kNine - *kept_min * kMinuteMs;
        return best_claim(kRules, kNine, credit_min * kMinuteMs, appointment, kept_min);
    };
    EXPECT_EQ(of(0, std::nullopt, std::nullopt), Claim::none);
    EXPECT_EQ(of(5, std::nullopt, std::nullopt), Claim::credit);
    EXPECT_EQ(of(5, slot, std::nullopt), Claim::appointment);
    EXPECT_EQ(of(10, slot, std::nullopt), Claim::credit);  // equal: the one that needs no slot
    EXPECT_EQ(of(0, early, std::nullopt), Claim::none);
    EXPECT_EQ(of(0, late, std::nullopt), Claim::none);
    EXPECT_EQ(of(5, slot, 60), Claim::kept);
    EXPECT_EQ(of(15, slot, 12), Claim::credit);
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
        int64_t kept = entered - *rc::gen::inRange<int64_t>(0, 1'000);
        int64_t with_kept = credited_arrival(rules, entered, credit, slot, kept);
        RC_ASSERT(with_kept <= with_slot);
        RC_ASSERT(with_kept >= entered - rules.limit_ms);
        auto claim = best_claim(rules, entered, credit, slot, kept);
        RC_ASSERT((claim == protocol::Claim::none) == (with_kept == entered) ||
                  rules.limit_ms == 0);
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
