// Who is next, with more people waiting than any hall can hold. Fifty needs, one window for all.
#include <algorithm>
#include <random>

#include "benchmarks/scenarios.h"
#include "protocol/check.h"
#include "ticketing/waiting_queues.h"

namespace hall::bench {
namespace {

using ticketing::Key;
using ticketing::Waiting;

constexpr int kServices = 25;
constexpr int kNeeds = 2 * kServices;  // each with and without a step-free window
constexpr int kDecisions = 20'000;
constexpr int kScans = 200;
constexpr int64_t kMinuteMs = 60'000;
const ticketing::CreditRules kRules{20 * kMinuteMs, 0, 0};

struct Crowd {
    ticketing::WaitingQueues queues;
    std::vector<ticketing::NeedSignature> needs;
    struct Person {
        Key key;
        ticketing::SignatureId need = 0;
        int64_t credit_ms = 0;
    };
    std::vector<Person> people;  // by ticket
    std::mt19937_64 dice{42};
    uint64_t serial = 0;

    // A visitor comes at some time of an eight-hour day; one in five has a credit.
    int64_t any_time() { return static_cast<int64_t>(dice() % 28'800'000); }
    int64_t any_credit() { return dice() % 5 == 0 ? 10 * kMinuteMs : 0; }
    const ticketing::NeedSignature& any_need() { return needs[dice() % needs.size()]; }

    // What issuing decides: the key, once, and the place in the queue.
    void issue(uint32_t ticket, const ticketing::NeedSignature& need, int64_t entered_ms,
               int64_t credit_ms) {
        const Key key{ticketing::credited_arrival(kRules, entered_ms, credit_ms), entered_ms,
                      ++serial};
        const ticketing::SignatureId id = queues.signature(need);
        queues.insert(id, {key, ticket}, credit_ms);
        people[ticket] = {key, id, credit_ms};
    }

    // He was called and no longer waits.
    void leave(uint32_t ticket) {
        const Person& person = people[ticket];
        queues.erase(person.need, person.key, person.credit_ms);
    }
};

Crowd make_crowd(uint32_t waiting) {
    Crowd crowd;
    ticketing::Ability everything;
    everything.languages = {"cmn"};
    everything.step_free = true;
    for (int i = 0; i < kServices; ++i)
        everything.services.push_back("service" + std::to_string(i));
    crowd.queues.set_ability(1, everything);
    crowd.queues.set_open(1, true);
    for (int i = 0; i < kNeeds; ++i) {
        crowd.needs.push_back(
            {everything.services[static_cast<std::size_t>(i / 2)], "", i % 2 == 1});
    }
    crowd.people.resize(waiting);
    for (uint32_t i = 0; i < waiting; ++i) {
        crowd.issue(i, crowd.any_need(), crowd.any_time(), crowd.any_credit());
    }
    return crowd;
}

struct Times {
    std::vector<double> calls;  // who is next
    std::vector<double> leaves;
    std::vector<double> issues;
    std::vector<double> aheads;  // counting the people ahead of who has just come
};

// One is called, another comes, and asks how many are ahead: as often as kDecisions, at the same
// length of the queues.
Times decide(Crowd& crowd) {
    Times times;
    for (int i = 0; i < kDecisions; ++i) {
        const double called = seconds_now();
        const auto best = crowd.queues.best_for(1);
        times.calls.push_back(seconds_now() - called);
        HALL_CHECK(best);
        const uint32_t ticket = best->ticket;
        const double left = seconds_now();
        crowd.leave(ticket);
        times.leaves.push_back(seconds_now() - left);
        const ticketing::NeedSignature& need = crowd.any_need();
        const int64_t entered_ms = crowd.any_time();
        const int64_t credit_ms = crowd.any_credit();
        const double issued = seconds_now();
        crowd.issue(ticket, need, entered_ms, credit_ms);
        times.issues.push_back(seconds_now() - issued);
        const double asked = seconds_now();
        const auto ahead = crowd.queues.ahead(need, crowd.people[ticket].key);
        times.aheads.push_back(seconds_now() - asked);
        HALL_CHECK(ahead.all < crowd.people.size());
    }
    return times;
}

Figure against_few(const char* name, const std::vector<double>& crowded,
                   const std::vector<double>& quiet) {
    const double median = percentile(crowded, 0.5);
    return {name, median * 1e6, "us", "to_1000_waiting", median / percentile(quiet, 0.5), true, ""};
}

// The baseline: the same answer from a list that is searched.
double scan(const Crowd& crowd) {
    std::vector<double> scans;
    for (int i = 0; i < kScans; ++i) {
        const double begin = seconds_now();
        const auto first =
            std::min_element(crowd.people.begin(), crowd.people.end(),
                             [](const auto& a, const auto& b) { return a.key < b.key; });
        scans.push_back(seconds_now() - begin);
        HALL_CHECK(crowd.queues.best_for(1)->key == first->key);  // the same person
    }
    return percentile(scans, 0.5);
}

}  // namespace

std::vector<Figure> choosing() {
    Crowd crowd = make_crowd(100'000);
    const double scanned = scan(crowd);
    const Times full = decide(crowd);
    Crowd few = make_crowd(1'000);
    const Times quiet = decide(few);
    Crowd many = make_crowd(1'000'000);
    const Times crowded = decide(many);
    auto p99_us = [&](const char* name, const std::vector<double>& seconds, double limit,
                      const char* why) {
        const double p99 = percentile(seconds, 0.99);
        return value_at_most({name, p99 * 1e6, "us", "faster_than_a_scan", scanned / p99, true, ""},
                             limit, why);
    };
    return {p99_us("call_next_of_100000_p99", full.calls, 20,
                   "a call costs the same in a full hall and in an empty one"),
            p99_us("issue_at_100000_p99", full.issues, 20,
                   "a ticket finds its place at once however many wait"),
            p99_us("people_ahead_of_100000_p99", full.aheads, 100,
                   "whoever asks is told how many are ahead without a wait"),
            ratio_at_most(against_few("call_next_of_1000000_p50", crowded.calls, quiet.calls), 3,
                          "a call is flat from a thousand waiting to a million"),
            // Taking him out of a tree that no cache holds: shown, no promise.
            against_few("leave_queue_of_1000000_p50", crowded.leaves, quiet.leaves)};
}

}  // namespace hall::bench
