// The properties of policy.md over random days, and what must hold of any log.
#include "tests/core/random_day.h"

namespace hall::core {
namespace {

constexpr int kRandomDays = 10'000 / kSlower;

// P1, P2, P3, P8; numbers unique and gapless; two windows never hold one ticket; the people ahead
// are counted right; every step of a ticket is one that domain.md draws.
TEST(RandomDays, KeepEveryRuleWithSkillsReturnsErrandsAndChangingWindows) {
    size_t calls = 0;
    for (int seed = 0; seed < kRandomDays; ++seed) {
        RandomDay day(static_cast<uint64_t>(seed), {});
        day.run();
        ASSERT_EQ(day.complaint(), "") << "seed " << seed;
        ASSERT_FALSE(HasFailure()) << "seed " << seed;
        calls += day.calls();
    }
    EXPECT_GT(calls, static_cast<size_t>(kRandomDays) * 5);  // the days are not empty
}

// P7, first half.
TEST(RandomDays, WithEqualCreditsFirstComeIsFirstServed) {
    DayOptions options;
    options.returns = false;
    options.order = [](const DayAuditor::Ticket& a, const DayAuditor::Ticket& b) {
        return a.serial < b.serial;
    };
    options.adjust = [](protocol::HallRules& rules) {
        for (auto& category : *rules.mutable_categories()) category.set_credit_ms(0);
    };
    for (int seed = 0; seed < kRandomDays; ++seed) {
        RandomDay day(static_cast<uint64_t>(seed), options);
        day.run();
        ASSERT_EQ(day.complaint(), "") << "seed " << seed;
    }
}

// P7, second half: differences beyond any wait.
TEST(RandomDays, WithCreditsBeyondAnyWaitItIsStrictPriority) {
    DayOptions options;
    options.returns = false;
    options.order = [](const DayAuditor::Ticket& a, const DayAuditor::Ticket& b) {
        return a.credit_ms != b.credit_ms ? a.credit_ms > b.credit_ms : a.serial < b.serial;
    };
    options.adjust = [](protocol::HallRules& rules) {
        rules.set_credit_limit_ms(1000 * kDayMs);
        int64_t days = 0;
        for (auto& category : *rules.mutable_categories()) {
            category.set_credit_ms(100 * kDayMs * days++);
        }
    };
    for (int seed = 0; seed < kRandomDays; ++seed) {
        RandomDay day(static_cast<uint64_t>(seed), options);
        day.run();
        ASSERT_EQ(day.complaint(), "") << "seed " << seed;
    }
}

// P9: from the events, from their bytes, from a checkpoint and the rest, from the snapshot.
TEST(RandomDays, EveryWayBackLeadsToTheSameHall) {
    for (int seed = 0; seed < kRandomDays; ++seed) {
        DayOptions options;
        options.check_every = 1'000'000;
        RandomDay day(static_cast<uint64_t>(seed), options);
        day.run();
        const TestHall& hall = day.hall();
        int64_t now_ms = hall.now_ms();
        std::vector<LoggedEvent> log;
        for (const LoggedEvent& entry : hall.log()) {
            LoggedEvent read = entry;
            ASSERT_TRUE(read.event.ParseFromString(entry.event.SerializeAsString()));
            log.push_back(read);
        }
        ASSERT_EQ(difference(hall.hall(), replay(log), now_ms), "") << "seed " << seed;
        size_t middle = log.size() / 2;
        std::vector<LoggedEvent> half(log.begin(),
                                      log.begin() + static_cast<std::ptrdiff_t>(middle));
        state::Hall checkpoint;
        ASSERT_TRUE(checkpoint.ParseFromString(bytes_of(replay(half))));
        Hall rest = Hall::restore(checkpoint);
        for (size_t i = middle; i < log.size(); ++i) {
            rest.apply(log[i].event, rest.seq() + 1, log[i].at_ms, log[i].actor);
        }
        ASSERT_EQ(difference(hall.hall(), rest, now_ms), "") << "seed " << seed;
        ASSERT_EQ(bytes_of(Hall::restore(hall.hall().snapshot())), bytes_of(hall.hall()));
    }
}

// P10, through the hall: one more category never makes a ticket later.
TEST(RandomDays, OneMoreClaimNeverMakesATicketLater) {
    TestHall hall;
    hall.at("09:00");
    Words codes;
    const protocol::HallRules rules = test_rules();
    for (const auto& category : rules.categories()) codes.push_back(category.code());
    for (unsigned mask = 0; mask < 1U << codes.size(); ++mask) {
        Words some;
        for (size_t i = 0; i < codes.size(); ++i) {
            if ((mask >> i & 1U) != 0) some.push_back(codes[i]);
        }
        auto key = [&](const Words& categories) {
            return hall.hall()
                .decide(issue("pension", categories), {"guide-1", ""}, hall.now_ms())
                ->at(0)
                .ticket_issued()
                .key_v_ms();
        };
        int64_t without = key(some);
        for (const std::string& more : codes) {
            Words with = some;
            with.push_back(more);
            EXPECT_LE(key(with), without);
        }
    }
}

}  // namespace
}  // namespace hall::core
