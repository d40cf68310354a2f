#include "sim/rush.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "sim/chance.h"
#include "ticketing/waiting_queues.h"

namespace hall::sim {
namespace {

constexpr int64_t kMinuteMs = 60'000;
constexpr int64_t kDayMs = 24 * 60 * kMinuteMs;
constexpr const char* kService = "any";

enum class What { shift, free, arrival };  // the order of what happens in one moment

struct Event {
    int64_t at_ms = 0;
    What what = What::shift;
    std::size_t index = 0;  // of the window, or the visitor

    auto operator<=>(const Event&) const = default;
};

struct Visitor {
    ticketing::Key key;
    int64_t credit_ms = 0;
    uint32_t visitor_class = 0;
    Told told;
};

class RushHall {
  public:
    RushHall(const Rush& rush, uint64_t seed);
    void day(int number);
    const StudyReport& report() const { return study_.report(); }

  private:
    void plan_arrivals(int64_t midnight_ms);
    bool works(std::size_t window, int64_t at_ms) const;
    uint32_t working(int64_t at_ms) const;
    std::vector<ticketing::Capacity> capacity(int64_t now_ms) const;
    void arrive(std::size_t index, int64_t now_ms);
    void turn_to_next(std::size_t window, int64_t now_ms);

    const Rush& rush_;
    Chance arrivals_;
    Chance classes_;
    Chance services_;
    Duration service_;
    ticketing::CreditRules rules_;
    ticketing::WaitingQueues queues_;
    ticketing::SignatureId signature_ = 0;
    int64_t midnight_ms_ = 0;
    std::vector<Visitor> visitors_;  // of the day
    uint64_t serial_ = 0;
    std::set<Event> events_;
    std::map<std::size_t, int64_t> idle_;  // window, since
    PredictionStudy study_;
};

RushHall::RushHall(const Rush& rush, uint64_t seed)
    : rush_(rush),
      arrivals_(seed, 0),
      classes_(seed, 1),
      services_(seed, 2),
      service_(Duration::lognormal(rush.service_min * 60, rush.service_cv)) {
    for (const RushClass& visitor_class : rush.classes) {
        rules_.limit_ms = std::max(rules_.limit_ms, visitor_class.credit_min * kMinuteMs);
    }
    signature_ = queues_.signature({kService, "", false, false});
    for (int window = 0; window < rush.windows; ++window) {
        ticketing::Ability ability;
        ability.services = {kService};
        queues_.set_ability(static_cast<uint32_t>(window), std::move(ability));
    }
}

void RushHall::plan_arrivals(int64_t midnight_ms) {
    const double cv = rush_.day_cv;
    const double factor = cv > 0 ? arrivals_.gamma(1 / (cv * cv)) * cv * cv : 1;
    visitors_.clear();
    for (std::size_t step = 0; step < rush_.rates.size(); ++step) {
        const bool last = step + 1 == rush_.rates.size();
        const int end_min = last ? rush_.closing_min : rush_.rates[step + 1].from_min;
        const double per_ms = rush_.rates[step].per_hour * factor / (60.0 * kMinuteMs);
        double at_ms = static_cast<double>(rush_.rates[step].from_min * kMinuteMs);
        while (true) {
            at_ms += arrivals_.exponential() / per_ms;
            if (at_ms >= static_cast<double>(end_min * kMinuteMs)) break;
            events_.insert(
                {midnight_ms + static_cast<int64_t>(at_ms), What::arrival, visitors_.size()});
            Visitor& visitor = visitors_.emplace_back();
            double chance = classes_.uniform();
            while (chance > rush_.classes[visitor.visitor_class].share &&
                   visitor.visitor_class + 1 < rush_.classes.size()) {
                chance -= rush_.classes[visitor.visitor_class++].share;
            }
            visitor.credit_ms = rush_.classes[visitor.visitor_class].credit_min * kMinuteMs;
        }
    }
}

bool RushHall::works(std::size_t window, int64_t at_ms) const {
    const int64_t minute = (at_ms - midnight_ms_) / kMinuteMs;
    if (minute < rush_.opening_min) return false;
    if (window >= rush_.lunch.size()) return true;
    const Break& lunch = rush_.lunch[window];
    return minute < lunch.from_min || minute >= lunch.to_min;
}

uint32_t RushHall::working(int64_t at_ms) const {
    uint32_t count = 0;
    for (std::size_t window = 0; window < static_cast<std::size_t>(rush_.windows); ++window) {
        if (works(window, at_ms)) ++count;
    }
    return count;
}

std::vector<ticketing::Capacity> RushHall::capacity(int64_t now_ms) const {
    std::vector<ticketing::Capacity> list = {{now_ms, working(now_ms)}};
    if (!rush_.roster_known) return list;
    std::set<int64_t> changes;
    for (const Break& lunch : rush_.lunch) {
        changes.insert(midnight_ms_ + lunch.from_min * kMinuteMs);
        changes.insert(midnight_ms_ + lunch.to_min * kMinuteMs);
    }
    for (const int64_t at_ms : changes) {
        if (at_ms > now_ms) list.push_back({at_ms, working(at_ms)});
    }
    return list;
}

void RushHall::arrive(std::size_t index, int64_t now_ms) {
    Visitor& visitor = visitors_[index];
    visitor.key = {ticketing::credited_arrival(rules_, now_ms, visitor.credit_ms), now_ms,
                   ++serial_};
    Asked asked;
    asked.visitor_class = visitor.visitor_class;
    asked.credit_ms = visitor.credit_ms;
    asked.standing.ahead = queues_.ahead({kService, "", false, false}, visitor.key).all;
    asked.standing.idle_windows = static_cast<uint32_t>(idle_.size());
    asked.standing.v_ms = visitor.key.v_ms;
    asked.capacity = capacity(now_ms);
    asked.now_ms = now_ms;
    visitor.told = study_.arrives(asked);
    queues_.insert(signature_, {visitor.key, static_cast<uint32_t>(index)}, visitor.credit_ms);
    std::vector<ticketing::IdleWindow> idle;
    for (const auto& [window, since_ms] : idle_) {
        idle.push_back({static_cast<uint32_t>(window), since_ms});
    }
    const auto window = queues_.window_for(signature_, visitor.credit_ms, idle, {});
    if (window) turn_to_next(*window, now_ms);
}

void RushHall::turn_to_next(std::size_t window, int64_t now_ms) {
    idle_.erase(window);
    const bool open = works(window, now_ms);
    queues_.set_open(static_cast<uint32_t>(window), open);
    if (!open) return;
    const auto next = queues_.best_for(static_cast<uint32_t>(window));
    if (!next) {
        idle_.emplace(window, now_ms);
        return;
    }
    const Visitor& visitor = visitors_[next->ticket];
    queues_.erase(signature_, next->key, visitor.credit_ms);
    study_.called(visitor.told, now_ms);
    const auto service_ms = static_cast<int64_t>(service_.draw_s(services_) * 1'000);
    study_.served(0, service_ms);
    events_.insert({now_ms + service_ms, What::free, window});
}

void RushHall::day(int number) {
    midnight_ms_ = number * kDayMs;
    idle_.clear();
    plan_arrivals(midnight_ms_);
    std::set<std::size_t> serving;
    for (std::size_t window = 0; window < static_cast<std::size_t>(rush_.windows); ++window) {
        events_.insert({midnight_ms_ + rush_.opening_min * kMinuteMs, What::shift, window});
        if (window >= rush_.lunch.size()) continue;
        for (const int minute : {rush_.lunch[window].from_min, rush_.lunch[window].to_min}) {
            events_.insert({midnight_ms_ + minute * kMinuteMs, What::shift, window});
        }
    }
    while (!events_.empty()) {
        const Event event = *events_.begin();
        events_.erase(events_.begin());
        if (event.what == What::arrival) {
            arrive(event.index, event.at_ms);
            continue;
        }
        // A window that serves finishes first.
        const bool busy = std::any_of(events_.begin(), events_.end(), [&](const Event& other) {
            return other.what == What::free && other.index == event.index;
        });
        if (!busy) turn_to_next(event.index, event.at_ms);
    }
}

}  // namespace

Rush with_lunch(Rush rush, bool roster_known) {
    rush.lunch = {{11 * 60, 12 * 60}, {11 * 60, 12 * 60}, {12 * 60, 13 * 60}, {12 * 60, 13 * 60}};
    rush.roster_known = roster_known;
    return rush;
}

StudyReport study_of(const Rush& rush, int days, uint64_t seed) {
    RushHall hall(rush, seed);
    for (int number = 0; number < days; ++number) hall.day(number);
    return hall.report();
}

}  // namespace hall::sim
