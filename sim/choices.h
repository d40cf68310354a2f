// Choices: how often a recorded dispatcher did what Credited Arrival would have done.
//
// A choice is a start at which a priority and a regular caller of the service were both clearly
// waiting: whoever starts arrived at least the guard before, each of the others arrived at least
// the guard before and started or gave up at least the guard after. The rule explains a choice when
// nobody of them has an earlier credited arrival than the one who starts; the record knows whole
// seconds, so of equal ones either may be first. The credited arrival is the hall's own
// (ticketing/credited_arrival.h): first come first served is credit 0, strict priority a day.
//
// Pure functions of a trace. docs/CHOICES.md has what they find.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "config/calendar.h"
#include "protocol/error.h"
#include "sim/bank_trace.h"

namespace hall::sim {

inline constexpr int64_t kCreditSecondsMax = 86'400;
inline constexpr int64_t kGuardSecondsMax = 3'600;
// A call that ends sooner was no service: its caller hung up when it was answered.
inline constexpr int64_t kShortServiceMs = 10'000;

// Which calls of a trace are looked at.
struct ChoiceRange {
    std::string service;
    int64_t guard_ms = 3'000;
    std::optional<config::Date> from;  // both inclusive
    std::optional<config::Date> to;
};

struct Choice {
    const Call* starts = nullptr;
    std::vector<const Call*> others;  // clearly waiting, in the order of their arrival
};

// In the order of the starts; they point into `trace`. Errors: `service_unknown`, with the services
// that the trace has; `no_choices`, with what there was instead.
tl::expected<std::vector<Choice>, Error> choices_in(const BankTrace& trace,
                                                    const ChoiceRange& range);

std::size_t explained_count(const std::vector<Choice>& choices, int64_t credit_ms);

// One priority customer of the record, over all calls.
struct CustomerEvidence {
    std::string customer;
    std::size_t with = 0;  // calls that were treated as if they had the credit
    std::size_t without = 0;
};

// What the choices are like that the rule does not explain.
struct Remaining {
    std::size_t choices = 0;
    // [starts][passed over]: 0 regular, 1 priority. Passed over is who has the smallest key.
    std::array<std::array<std::size_t, 2>, 2> starts_passed{};
    std::size_t one_passed = 0;  // only a single caller should have come before
    // Who should have come before would not have, without the credit: all of them are priority
    // callers, and their key without it is larger than that of the caller who starts.
    std::size_t without_their_credit = 0;
    std::size_t short_services = 0;
    std::size_t short_services_of_all = 0;  // of all choices, for comparison

    // A call of a priority caller tells something when a choice is explained with its credit and
    // not without, or the other way round.
    std::size_t calls_telling = 0;
    std::size_t calls_without = 0;        // more often without
    std::size_t calls_telling_twice = 0;  // two or more choices tell
    std::size_t calls_split = 0;          // of those, some say with and some without
    double split_by_chance = 0;      // how many that would be if each choice were decided alone
    std::size_t explained_then = 0;  // choices explained when calls_without have no credit
    std::vector<CustomerEvidence> customers;  // most calls without credit first, at most 5
};

Remaining remaining_of(const std::vector<Choice>& choices, int64_t credit_ms);

}  // namespace hall::sim
