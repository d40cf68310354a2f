#include "sim/choices.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "ticketing/credited_arrival.h"

namespace hall::sim {
namespace {

constexpr std::size_t kCustomersShown = 5;

// Without a serial: the record does not tell who of one second came first.
ticketing::Key key_of(const Call& call, int64_t credit_ms) {
    // The limit is the largest credit, as in a hall: nothing is clamped below it.
    const ticketing::CreditRules rules{credit_ms, 0, 0};
    const int64_t own_ms = call.priority ? credit_ms : 0;
    return {ticketing::credited_arrival(rules, call.arrive_ms, own_ms), call.arrive_ms, 0};
}

// Who of `others` has the smallest key, if smaller than that of the one who starts.
template <typename CreditOf>
const Call* passed_over(const Choice& choice, const CreditOf& credit_of) {
    const Call* passed = nullptr;
    ticketing::Key smallest = key_of(*choice.starts, credit_of(*choice.starts));
    for (const Call* other : choice.others) {
        const ticketing::Key theirs = key_of(*other, credit_of(*other));
        if (!(theirs < smallest)) continue;
        smallest = theirs;
        passed = other;
    }
    return passed;
}

const Call* passed_over(const Choice& choice, int64_t credit_ms) {
    return passed_over(choice, [credit_ms](const Call&) { return credit_ms; });
}

// Whether a choice is explained when one caller has no credit.
bool explained_without(const Choice& choice, const Call* who, int64_t credit_ms) {
    return passed_over(choice, [&](const Call& call) { return &call == who ? 0 : credit_ms; }) ==
           nullptr;
}

bool in_range(const Call& call, const ChoiceRange& range) {
    return call.service == range.service && !(range.from && call.date < *range.from) &&
           !(range.to && *range.to < call.date);
}

bool both_kinds(const Choice& choice) {
    return std::any_of(choice.others.begin(), choice.others.end(), [&](const Call* other) {
        return other->priority != choice.starts->priority;
    });
}

Error unknown_service(const BankTrace& trace, const std::string& service) {
    std::set<std::string> known;
    for (const Call& call : trace.calls) known.insert(call.service);
    std::string names;
    for (const std::string& name : known) names += ' ' + name;
    return {"service_unknown", fmt::format("{}: no call asks for it; the trace has:{}", service,
                                           names.empty() ? " nothing" : names)};
}

// Telling choices of one call of a priority caller.
struct Tells {
    std::size_t with = 0;
    std::size_t without = 0;
    std::size_t all() const { return with + without; }
};
using Evidence = std::map<const Call*, Tells>;

Evidence evidence_of(const std::vector<Choice>& choices, int64_t credit_ms) {
    Evidence evidence;
    for (const Choice& choice : choices) {
        const bool explained = passed_over(choice, credit_ms) == nullptr;
        std::vector<const Call*> callers = choice.others;
        callers.push_back(choice.starts);
        for (const Call* caller : callers) {
            if (!caller->priority) continue;
            if (explained_without(choice, caller, credit_ms) == explained) continue;
            Tells& tells = evidence[caller];
            ++(explained ? tells.with : tells.without);
        }
    }
    return evidence;
}

bool says_without(const Tells& tells) {
    return tells.without > tells.with;
}

void sum_evidence(const Evidence& evidence, Remaining& remaining) {
    std::size_t with = 0;
    std::size_t without = 0;
    std::map<std::string, CustomerEvidence> customers;
    for (const auto& [call, tells] : evidence) {
        ++remaining.calls_telling;
        if (says_without(tells)) ++remaining.calls_without;
        if (tells.all() >= 2) ++remaining.calls_telling_twice;
        if (tells.with > 0 && tells.without > 0) ++remaining.calls_split;
        with += tells.with;
        without += tells.without;
        if (call->customer.empty()) continue;
        CustomerEvidence& customer = customers[call->customer];
        customer.customer = call->customer;
        ++(says_without(tells) ? customer.without : customer.with);
    }
    const double share =
        with + without == 0 ? 0.0 : static_cast<double>(with) / static_cast<double>(with + without);
    for (const auto& [call, tells] : evidence) {
        const auto count = static_cast<double>(tells.all());
        remaining.split_by_chance += 1 - std::pow(share, count) - std::pow(1 - share, count);
    }
    for (const auto& [name, customer] : customers) {
        if (customer.without > 0) remaining.customers.push_back(customer);
    }
    std::stable_sort(
        remaining.customers.begin(), remaining.customers.end(),
        [](const CustomerEvidence& a, const CustomerEvidence& b) { return a.without > b.without; });
    if (remaining.customers.size() > kCustomersShown) remaining.customers.resize(kCustomersShown);
}

void describe_one(const Choice& choice, const Call& passed, int64_t credit_ms,
                  Remaining& remaining) {
    ++remaining.choices;
    ++remaining.starts_passed[choice.starts->priority][passed.priority];
    if (choice.starts->service_ms < kShortServiceMs) ++remaining.short_services;
    const ticketing::Key started = key_of(*choice.starts, credit_ms);
    std::size_t before = 0;
    bool credit_only = true;
    for (const Call* other : choice.others) {
        if (!(key_of(*other, credit_ms) < started)) continue;
        ++before;
        credit_only = credit_only && other->priority && started < key_of(*other, 0);
    }
    if (before == 1) ++remaining.one_passed;
    if (credit_only) ++remaining.without_their_credit;
}

}  // namespace

tl::expected<std::vector<Choice>, Error> choices_in(const BankTrace& trace,
                                                    const ChoiceRange& range) {
    std::vector<const Call*> calls;  // by arrival
    std::vector<const Call*> starts;
    bool known = false;
    for (const Call& call : trace.calls) {
        known = known || call.service == range.service;
        if (!in_range(call, range)) continue;
        calls.push_back(&call);
        if (call.served) starts.push_back(&call);
    }
    if (!known) return tl::unexpected(unknown_service(trace, range.service));
    std::stable_sort(starts.begin(), starts.end(),
                     [](const Call* a, const Call* b) { return a->leave_ms < b->leave_ms; });
    std::vector<Choice> choices;
    std::vector<const Call*> waiting;
    auto next = calls.begin();
    for (const Call* call : starts) {
        const int64_t now_ms = call->leave_ms;
        while (next != calls.end() && (*next)->arrive_ms <= now_ms - range.guard_ms) {
            waiting.push_back(*next++);
        }
        std::erase_if(waiting,
                      [&](const Call* other) { return other->leave_ms < now_ms + range.guard_ms; });
        if (call->arrive_ms > now_ms - range.guard_ms) continue;
        Choice choice{call, waiting};
        std::erase(choice.others, call);
        if (both_kinds(choice)) choices.push_back(std::move(choice));
    }
    if (choices.empty()) {
        return tl::unexpected(
            Error{"no_choices", fmt::format("{}: {} calls, {} starts, and at none of them a "
                                            "priority and a regular caller were both waiting",
                                            range.service, calls.size(), starts.size())});
    }
    return choices;
}

std::size_t explained_count(const std::vector<Choice>& choices, int64_t credit_ms) {
    return static_cast<std::size_t>(std::count_if(
        choices.begin(), choices.end(),
        [&](const Choice& choice) { return passed_over(choice, credit_ms) == nullptr; }));
}

Remaining remaining_of(const std::vector<Choice>& choices, int64_t credit_ms) {
    Remaining remaining;
    for (const Choice& choice : choices) {
        if (choice.starts->service_ms < kShortServiceMs) ++remaining.short_services_of_all;
        const Call* passed = passed_over(choice, credit_ms);
        if (passed != nullptr) describe_one(choice, *passed, credit_ms, remaining);
    }
    const Evidence evidence = evidence_of(choices, credit_ms);
    sum_evidence(evidence, remaining);
    for (const Choice& choice : choices) {
        const auto credit_of = [&](const Call& call) {
            const auto found = evidence.find(&call);
            return found != evidence.end() && says_without(found->second) ? 0 : credit_ms;
        };
        if (passed_over(choice, credit_of) == nullptr) ++remaining.explained_then;
    }
    return remaining;
}

}  // namespace hall::sim
