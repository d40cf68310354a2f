// Who is next, with more people waiting than any hall can hold.
#include <algorithm>
#include <random>

#include "benchmarks/scenarios.h"
#include "protocol/check.h"
#include "ticketing/waiting_queues.h"

namespace hall::bench {
namespace {

using ticketing::Key;
using ticketing::Waiting;

constexpr uint32_t kWaiting = 100'000;
constexpr int kServices = 25;
constexpr int kNeeds = 2 * kServices;  // each with and without a step-free window
constexpr int kChoices = 20'000;
constexpr int kScans = 200;

struct Crowd {
    ticketing::WaitingQueues queues;
    std::vector<ticketing::SignatureId> needs;
    std::vector<std::pair<Key, ticketing::SignatureId>> people;  // for the scan
    std::mt19937_64 dice{42};
    uint64_t serial = 0;

    Key new_key() {
        const auto v_ms = static_cast<int64_t>(dice() % 28'800'000);
        return {v_ms, v_ms, ++serial};
    }
};

Crowd make_crowd() {
    Crowd crowd;
    ticketing::Ability everything;
    everything.languages = {"cmn"};
    everything.step_free = true;
    for (int i = 0; i < kServices; ++i)
        everything.services.push_back("service" + std::to_string(i));
    crowd.queues.set_ability(1, everything);
    crowd.queues.set_open(1, true);
    for (int i = 0; i < kNeeds; ++i) {
        crowd.needs.push_back(crowd.queues.signature(
            {everything.services[static_cast<std::size_t>(i / 2)], "", i % 2 == 1}));
    }
    for (uint32_t i = 0; i < kWaiting; ++i) {
        const auto need = crowd.needs[crowd.dice() % crowd.needs.size()];
        const Key key = crowd.new_key();
        crowd.queues.insert(need, {key, i}, i % 5 == 0);
        crowd.people.emplace_back(key, need);
    }
    return crowd;
}

}  // namespace

std::vector<Figure> choosing() {
    Crowd crowd = make_crowd();
    std::vector<double> scans;
    for (int i = 0; i < kScans; ++i) {
        const double begin = seconds_now();
        const auto first = std::min_element(crowd.people.begin(), crowd.people.end());
        scans.push_back(seconds_now() - begin);
        const auto best = crowd.queues.best_for(1);
        HALL_CHECK(best && best->key == first->first);  // the same person
    }
    std::vector<double> choices;
    std::vector<std::pair<Key, ticketing::SignatureId>> by_ticket = crowd.people;
    for (int i = 0; i < kChoices; ++i) {
        const double begin = seconds_now();
        const auto best = crowd.queues.best_for(1);
        choices.push_back(seconds_now() - begin);
        HALL_CHECK(best);
        // He leaves, and somebody else comes.
        auto& [key, need] = by_ticket[best->ticket];
        crowd.queues.erase(need, key, best->ticket % 5 == 0);
        key = crowd.new_key();
        need = crowd.needs[crowd.dice() % crowd.needs.size()];
        crowd.queues.insert(need, {key, best->ticket}, best->ticket % 5 == 0);
    }
    const double p99 = percentile(choices, 0.99);
    return {value_at_most({"choose_next_of_100000_p99", p99 * 1e6, "us", "faster_than_a_scan",
                           percentile(scans, 0.5) / p99, true, ""},
                          20, "a call costs the same in a full hall and in an empty one")};
}

}  // namespace hall::bench
