#include "client/replay/plan.h"

#include <algorithm>
#include <random>

#include "protocol/check.h"

namespace hall::replay {
namespace {

constexpr int64_t kOpenBeforeMs = 30'000;  // a clerk sits down before the first call

// One ticket, its times drawn.
struct Drawn {
    int64_t issued_ms = 0;
    int64_t called_ms = -1;
    std::size_t counters = 1;
};

class Dice {
  public:
    explicit Dice(uint64_t seed) : engine_(seed) {}
    // Uniform in (after, by]; `by` when they are equal. Our own arithmetic: the distributions of
    // the standard library differ between libraries.
    int64_t draw(int64_t after, int64_t by) {
        if (by <= after) return by;
        return after + 1 + static_cast<int64_t>(engine_() % static_cast<uint64_t>(by - after));
    }

  private:
    std::mt19937_64 engine_;
};

// The order of a queue's numbers is the order in which they came.
void draw_arrivals(std::vector<const RecordedTicket*>& tickets, std::vector<Drawn>& drawn,
                   const std::function<int64_t(int)>& utc_ms, Dice& dice) {
    std::stable_sort(tickets.begin(), tickets.end(), [](const auto* one, const auto* other) {
        return one->issued < other->issued;
    });
    drawn.resize(tickets.size());
    for (std::size_t first = 0; first < tickets.size();) {
        std::size_t last = first;
        while (last < tickets.size() && tickets[last]->issued == tickets[first]->issued) {
            const Bounds& bounds = tickets[last]->issued;
            drawn[last].issued_ms = dice.draw(utc_ms(bounds.after_min), utc_ms(bounds.by_min));
            ++last;
        }
        const auto by_time = [](const Drawn& one, const Drawn& other) {
            return one.issued_ms < other.issued_ms;
        };
        std::sort(drawn.begin() + static_cast<std::ptrdiff_t>(first),
                  drawn.begin() + static_cast<std::ptrdiff_t>(last), by_time);
        first = last;
    }
}

// Each call goes to the counter that has waited longest among those open then.
void plan_clerks(const std::string& letter, std::vector<Drawn> calls, std::size_t windows,
                 Plan& plan) {
    std::sort(calls.begin(), calls.end(),
              [](const Drawn& one, const Drawn& other) { return one.called_ms < other.called_ms; });
    std::vector<Clerk> clerks;
    for (const Drawn& call : calls) {
        const std::size_t counters = std::min(call.counters, windows);
        if (counters < call.counters) ++plan.counters_missing;
        while (clerks.size() < counters) clerks.push_back({letter, clerks.size(), {}});
        Clerk* chosen = nullptr;
        const auto last_ms = [](const Clerk& clerk) {
            return clerk.steps.empty() ? 0 : clerk.steps.back().at_ms;
        };
        for (Clerk& clerk : clerks) {
            const bool open = !clerk.steps.empty() && clerk.steps.back().kind != Step::Kind::close;
            if (clerk.counter >= counters) {
                if (open) clerk.steps.push_back({call.called_ms, Step::Kind::close});
                continue;
            }
            if (!chosen || last_ms(clerk) < last_ms(*chosen)) chosen = &clerk;
        }
        HALL_CHECK(chosen);
        if (chosen->steps.empty() || chosen->steps.back().kind == Step::Kind::close) {
            const int64_t open_ms = std::max(call.called_ms - kOpenBeforeMs, last_ms(*chosen));
            chosen->steps.push_back({open_ms, Step::Kind::open});
        }
        chosen->steps.push_back({call.called_ms, Step::Kind::call});
    }
    for (Clerk& clerk : clerks) {
        if (!clerk.steps.empty()) plan.clerks.push_back(std::move(clerk));
    }
}

}  // namespace

Plan plan_day(const RecordedDay& day, const std::map<std::string, std::size_t>& windows,
              const std::function<int64_t(int)>& utc_ms, uint64_t seed) {
    std::map<std::string, std::vector<const RecordedTicket*>> by_letter;
    for (const RecordedTicket& ticket : day.tickets) by_letter[ticket.letter].push_back(&ticket);

    Plan plan;
    Dice dice(seed);
    for (auto& [letter, tickets] : by_letter) {
        std::vector<Drawn> drawn;
        draw_arrivals(tickets, drawn, utc_ms, dice);
        std::vector<Drawn> calls;
        for (std::size_t i = 0; i < drawn.size(); ++i) {
            plan.arrivals.push_back({drawn[i].issued_ms, letter});
            if (!tickets[i]->called) {
                ++plan.never_called;
                continue;
            }
            const Bounds& bounds = *tickets[i]->called;
            drawn[i].called_ms = dice.draw(std::max(utc_ms(bounds.after_min), drawn[i].issued_ms),
                                           utc_ms(bounds.by_min));
            drawn[i].called_ms = std::max(drawn[i].called_ms, drawn[i].issued_ms);
            drawn[i].counters = static_cast<std::size_t>(tickets[i]->counters);
            plan.recorded_wait_ms.push_back(drawn[i].called_ms - drawn[i].issued_ms);
            calls.push_back(drawn[i]);
        }
        plan_clerks(letter, std::move(calls), windows.at(letter), plan);
    }
    std::stable_sort(
        plan.arrivals.begin(), plan.arrivals.end(),
        [](const Arrival& one, const Arrival& other) { return one.at_ms < other.at_ms; });
    return plan;
}

}  // namespace hall::replay
