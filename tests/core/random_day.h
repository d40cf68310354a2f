// RandomDay: a hall of random windows, skills and languages, and people who behave as people do:
// they come, miss their call, return, step out, run errands; windows open and close.
//
// The same seed is the same day. Every event goes to a DayAuditor.
#pragma once

#include <random>

#include "tests/core/day_auditor.h"
#include "tests/core/test_hall.h"

namespace hall::core {

// Sanitizers make everything slower by an order of magnitude; fewer days show as much.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr int kSlower = 20;
#else
inline constexpr int kSlower = 1;
#endif

struct DayOptions {
    int steps = 90;
    bool returns = true;        // misses, errands, step-outs, transfers, out-of-order calls
    bool rules_change = true;   // windows get other skills in the middle of the day
    uint32_t check_every = 97;  // steps between two comparisons with a restored hall
    DayAuditor::Order order = nullptr;
    // The hall's rules as the day begins, after the random windows were made.
    void (*adjust)(protocol::HallRules&) = nullptr;
};

class RandomDay {
  public:
    RandomDay(uint64_t seed, const DayOptions& options);

    // Until the next day's morning; stops at the first complaint.
    void run();

    const std::string& complaint() const { return auditor_.complaint(); }
    const TestHall& hall() const { return hall_; }
    size_t calls() const { return calls_; }

  private:
    int64_t below(int64_t end);
    bool chance_of(int percent) { return below(100) < percent; }
    template <typename List>
    const auto& one_of(const List& list) {
        return list[static_cast<size_t>(below(static_cast<int64_t>(list.size())))];
    }
    protocol::HallRules random_rules();
    Command random_ticket();
    Command random_step();
    Command at_window(uint32_t window);
    Command about_the_away();
    Command about_prints();
    void audit();

    std::mt19937_64 random_;
    DayOptions options_;
    protocol::HallRules rules_;
    TestHall hall_;
    DayAuditor auditor_;
    size_t seen_ = 0;
    size_t calls_ = 0;
};

}  // namespace hall::core
