#include "sim/simulation.h"

#include <algorithm>
#include <set>
#include <utility>

#include "protocol/check.h"

namespace hall::sim {
namespace {

using ticketing::IdleWindow;
using ticketing::Key;
using ticketing::Waiting;

// Streams of random numbers (sim/chance.h).
constexpr uint64_t kServiceStream = 1;
constexpr uint64_t kVisitorStream = 2;  // needs, slots, patience, absence
constexpr uint64_t kMissedStream = 3;
constexpr uint64_t kStageStream = 4;

enum class Kind { shift_end, service_end, shift_begin, back, patience };

struct Event {
    Ticks at = 0;
    Kind kind = Kind::service_end;
    uint32_t order = 0;  // of making: equal events keep it
    uint32_t what = 0;   // window or visitor
    uint32_t life = 0;   // of the visitor's place, which is used again

    bool operator>(const Event& other) const {
        if (at != other.at) return at > other.at;
        if (kind != other.kind) return kind > other.kind;
        return order > other.order;
    }
};

struct Visitor {
    Key key;
    ticketing::SignatureId signature = 0;
    uint32_t life = 0;
    uint32_t visitor_class = 0;
    uint32_t service = 0;
    uint32_t group = 0;
    uint32_t bucket = 0;
    Ticks since = 0;   // waits since
    Ticks waited = 0;  // before that
    Ticks service_time = 0;
    uint64_t stages_seed = 0;  // of the services after the first
    uint32_t stage = 0;
    bool waiting = false;
    bool counted = false;
    bool absent = false;  // will not be there when called
};

struct Booth {
    uint32_t visitor = 0;
    bool open = false;
    bool busy = false;
    bool calls_in_vain = false;
    Ticks busy_since = 0;
    Ticks busy_ticks = 0;
    Ticks open_ticks = 0;
    Ticks counted_until = 0;  // of its present shift; work after it counts as well
    std::vector<Shift> today;
};

class Run {
  public:
    Run(const Scenario& scenario, uint64_t seed, int run, int runs, Tally& tally, Watcher* watcher);
    void all();

  private:
    void day(int number, int weekday, const Hours* hours);
    void plan_shifts(const Hours* hours);
    void handle(const Event& event);
    void open_window(std::size_t index, Ticks now);
    void offer_all(Ticks now);
    void close_window(std::size_t index);
    void arrive(const Arrival& arrival, const Hours* hours);
    void enter(uint32_t slot, Ticks now);
    void start(uint32_t slot, std::size_t window, Ticks now);
    void free_window(std::size_t window, Ticks now);
    void service_ends(std::size_t window, Ticks now);
    void go_on(uint32_t slot, Ticks now);
    void come_back(uint32_t slot, Ticks now);
    void lose_patience(uint32_t slot);
    void end_day(const Hours* hours, Ticks now);
    void leave(uint32_t slot);
    uint32_t new_slot();
    Key entry_key(std::size_t visitor_class, Ticks entered,
                  std::optional<ticketing::Appointment> appointment);
    std::optional<ticketing::Appointment> slot_of(const VisitorClass& who, Ticks now);
    ticketing::SignatureId signature_of(const ticketing::NeedSignature& need);
    void schedule(Ticks at, Kind kind, uint32_t what, uint32_t life = 0);
    uint32_t group_of(uint64_t counted) const;
    Ticks first_service_time(const Arrival& arrival, const VisitorClass& who, std::size_t service);

    const Scenario& scenario_;
    int run_;
    int runs_;
    Tally& tally_;
    Watcher* watcher_;
    Arrivals arrivals_;
    Chance service_chance_;
    Chance visitor_chance_;
    Chance missed_chance_;

    ticketing::WaitingQueues queues_;
    std::vector<std::vector<ticketing::SignatureId>> need_ids_;  // by class and need
    std::vector<ticketing::SignatureId> plain_ids_;              // by service, for traces
    std::vector<ticketing::NeedSignature> needs_;                // by id
    std::vector<Ticks> key_credits_;                             // by class, as the policy says
    std::vector<Ticks> real_credits_;                            // for reserved windows
    std::vector<Booth> booths_;
    std::vector<std::size_t> booth_of_;  // by window number
    std::vector<IdleWindow> idle_;
    std::vector<Visitor> visitors_;
    std::vector<uint32_t> free_;
    std::priority_queue<Event, std::vector<Event>, std::greater<>> events_;
    ticketing::CreditRules rules_;
    uint32_t order_ = 0;
    uint64_t serial_ = 0;
    uint64_t came_ = 0;  // in an endless run
    uint64_t open_counted_ = 0;
    int day_ = 0;
    Ticks last_service_end_ = 0;
    const Hours* hours_ = nullptr;
};

uint64_t run_seed(uint64_t seed, int run) {
    return Chance(seed, 0x72756eU + static_cast<uint64_t>(run) * 0x10001U).bits();
}

// The credits that make the queue's rule each policy: none for first come, first served; for
// strict priority steps that no wait can bridge.
std::vector<Ticks> policy_credits(const Scenario& scenario) {
    std::vector<Ticks> credits;
    std::set<Ticks> steps;
    for (const VisitorClass& one : scenario.classes) steps.insert(one.credit);
    for (const VisitorClass& one : scenario.classes) {
        switch (scenario.policy) {
            case Policy::credited:
                credits.push_back(one.credit);
                break;
            case Policy::fifo:
                credits.push_back(0);
                break;
            case Policy::strict:
                credits.push_back(std::distance(steps.begin(), steps.find(one.credit)) *
                                  kBeyondAnyWait);
                break;
        }
    }
    return credits;
}

Run::Run(const Scenario& scenario, uint64_t seed, int run, int runs, Tally& tally, Watcher* watcher)
    : scenario_(scenario),
      run_(run),
      runs_(runs),
      tally_(tally),
      watcher_(watcher),
      arrivals_(scenario, run_seed(seed, run)),
      service_chance_(run_seed(seed, run), kServiceStream),
      visitor_chance_(run_seed(seed, run), kVisitorStream),
      missed_chance_(run_seed(seed, run), kMissedStream),
      key_credits_(policy_credits(scenario)),
      booths_(scenario.windows.size()),
      rules_(scenario.rules) {
    if (scenario.policy == Policy::strict) rules_.limit_ms = INT64_MAX / 2;
    for (std::size_t i = 0; i < scenario.windows.size(); ++i) {
        const Window& window = scenario.windows[i];
        queues_.set_ability(window.number, window.ability);
        if (window.number >= booth_of_.size()) booth_of_.resize(window.number + 1);
        booth_of_[window.number] = i;
    }
    for (const VisitorClass& one : scenario.classes) {
        auto& ids = need_ids_.emplace_back();
        for (const Need& need : one.needs) ids.push_back(signature_of(need.signature));
        real_credits_.push_back(scenario.policy == Policy::fifo ? 0 : one.credit);
    }
    for (const Service& service : scenario.services) {
        plain_ids_.push_back(signature_of({service.code, "", false, false}));
    }
}

ticketing::SignatureId Run::signature_of(const ticketing::NeedSignature& need) {
    const ticketing::SignatureId id = queues_.signature(need);
    if (id >= needs_.size()) needs_.resize(id + 1);
    needs_[id] = need;
    return id;
}

void Run::schedule(Ticks at, Kind kind, uint32_t what, uint32_t life) {
    events_.push(Event{at, kind, order_++, what, life});
}

// Runs are the groups; a single run is split: by its days, or into equal parts of its visitors.
uint32_t Run::group_of(uint64_t counted) const {
    const auto part = [](uint64_t index, uint64_t all) {
        const uint64_t groups = std::min<uint64_t>(all, kGroupsMax);
        return static_cast<uint32_t>(index * groups / all);
    };
    if (runs_ > 1) return part(static_cast<uint64_t>(run_), static_cast<uint64_t>(runs_));
    if (scenario_.endless()) return part(counted, static_cast<uint64_t>(scenario_.visitors));
    return part(static_cast<uint64_t>(day_), static_cast<uint64_t>(scenario_.days));
}

void Run::all() {
    if (scenario_.endless()) {
        day(0, 0, nullptr);
    } else {
        for (int number = 0; number < scenario_.days; ++number) {
            const int weekday = scenario_.weekday_of(number);
            const auto& hours = scenario_.hours[static_cast<std::size_t>(weekday)];
            if (hours) day(number, weekday, &*hours);
        }
    }
    for (std::size_t i = 0; i < booths_.size(); ++i) {
        const Booth& booth = booths_[i];
        tally_.windows[i].utilisation.push_back(booth.open_ticks > 0
                                                    ? static_cast<double>(booth.busy_ticks) /
                                                          static_cast<double>(booth.open_ticks)
                                                    : 0);
    }
}

void Run::plan_shifts(const Hours* hours) {
    for (std::size_t i = 0; i < scenario_.windows.size(); ++i) {
        const auto index = static_cast<uint32_t>(i);
        if (hours == nullptr) {
            schedule(0, Kind::shift_begin, index);
            continue;
        }
        Booth& booth = booths_[i];
        const Shift whole{hours->opening, hours->closing};
        booth.counted_until = 0;
        booth.today.clear();
        if (scenario_.windows[i].always) booth.today.push_back(whole);
        for (const Shift& shift : scenario_.windows[i].shifts) {
            booth.today.push_back({std::max(shift.from, whole.from), std::min(shift.to, whole.to)});
        }
        for (const Shift& shift : booth.today) {
            if (shift.from >= shift.to) continue;
            schedule(shift.from, Kind::shift_begin, index);
            booth.open_ticks += shift.to - shift.from;
            // Who is open at closing stays for those who wait.
            const bool stays = shift.to == hours->closing && !scenario_.stop_at_closing;
            schedule(stays ? hours->extension_end : shift.to, Kind::shift_end, index);
        }
    }
}

void Run::day(int number, int weekday, const Hours* hours) {
    day_ = number;
    hours_ = hours;
    if (watcher_ != nullptr) watcher_->day_begins(number);
    last_service_end_ = 0;
    arrivals_.begin_day(number, weekday);
    plan_shifts(hours);
    Ticks now = 0;
    for (;;) {
        const auto& coming = arrivals_.next();
        const bool event_first = !events_.empty() && (!coming || events_.top().at <= coming->at);
        if (event_first) {
            const Event event = events_.top();
            events_.pop();
            now = event.at;
            handle(event);
        } else if (coming) {
            const Arrival arrival = *coming;
            now = std::max(now, arrival.at);
            arrivals_.advance();
            arrive(arrival, hours);
        } else {
            break;
        }
        if (watcher_ != nullptr) {
            const bool more = (!events_.empty() && events_.top().at == now) ||
                              (arrivals_.next() && arrivals_.next()->at <= now);
            if (!more) watcher_->settled(now, queues_, idle_);
        }
        // An endless run ends when everybody who counts has been served.
        if (hours == nullptr && open_counted_ == 0 &&
            came_ >= static_cast<uint64_t>(scenario_.warm_up + scenario_.visitors)) {
            break;
        }
    }
    end_day(hours, now);
}

void Run::handle(const Event& event) {
    switch (event.kind) {
        case Kind::shift_end:
            close_window(event.what);
            break;
        case Kind::service_end:
            service_ends(event.what, event.at);
            break;
        case Kind::shift_begin: {
            open_window(event.what, event.at);
            const bool last = events_.empty() || events_.top().at != event.at ||
                              events_.top().kind != Kind::shift_begin;
            if (last) offer_all(event.at);
            break;
        }
        case Kind::back:
            if (visitors_[event.what].life == event.life) come_back(event.what, event.at);
            break;
        case Kind::patience:
            if (visitors_[event.what].life == event.life) lose_patience(event.what);
            break;
    }
}

void Run::open_window(std::size_t index, Ticks now) {
    Booth& booth = booths_[index];
    for (const Shift& shift : booth.today) {
        if (shift.from == now) booth.counted_until = shift.to;
    }
    const uint32_t number = scenario_.windows[index].number;
    booth.open = true;
    queues_.set_open(number, true);
    if (!booth.busy) idle_.push_back({number, now});
}

// Windows that open at the same moment are offered people as the hall offers them.
void Run::offer_all(Ticks now) {
    const auto prefers = [this](ticketing::TicketHandle slot) {
        return scenario_.classes[visitors_[slot].visitor_class].prefers;
    };
    for (;;) {
        const auto offers = queues_.offers(idle_, prefers);
        if (offers.empty()) return;
        for (const auto& offer : offers) {
            start(offer.waiting.ticket, booth_of_[offer.window], now);
        }
    }
}

void Run::close_window(std::size_t index) {
    booths_[index].open = false;
    const uint32_t number = scenario_.windows[index].number;
    queues_.set_open(number, false);
    std::erase_if(idle_, [number](const IdleWindow& idle) { return idle.window == number; });
}

std::optional<ticketing::Appointment> Run::slot_of(const VisitorClass& who, Ticks now) {
    if (who.slots.share <= 0 || !visitor_chance_.happens(who.slots.share)) return std::nullopt;
    const auto width = static_cast<uint64_t>(who.slots.early + who.slots.late + 1);
    const Ticks slot = now - who.slots.late + static_cast<Ticks>(visitor_chance_.below(width));
    // First come, first served knows no slots.
    if (scenario_.policy == Policy::fifo) return std::nullopt;
    return ticketing::Appointment{slot, now};
}

Key Run::entry_key(std::size_t visitor_class, Ticks entered,
                   std::optional<ticketing::Appointment> appointment) {
    const Ticks v = ticketing::credited_arrival(rules_, entered, key_credits_[visitor_class],
                                                std::move(appointment));
    return Key{v, entered, ++serial_};
}

Ticks to_ticks(double seconds) {
    return static_cast<Ticks>(seconds * static_cast<double>(kSecond) + 0.5);
}

Ticks Run::first_service_time(const Arrival& arrival, const VisitorClass& who,
                              std::size_t service) {
    if (scenario_.service_times == ServiceTimes::by_start) return 0;
    if (arrival.service_time >= 0) return arrival.service_time;
    const Duration& time = who.service_time ? *who.service_time : scenario_.services[service].time;
    return to_ticks(time.draw_s(service_chance_));
}

void Run::arrive(const Arrival& arrival, const Hours* hours) {
    Ticks now = arrival.at;
    if (hours != nullptr) {
        if (now >= hours->closing) {
            ++tally_.turned_away;
            return;
        }
        now = std::max(now, hours->early_waiting);  // until then they stand at the door
    }
    const VisitorClass& who = scenario_.classes[arrival.visitor_class];
    std::size_t chosen = 0;
    if (!arrival.service && who.needs.size() > 1) {
        double left = visitor_chance_.uniform();
        while (chosen + 1 < who.needs.size() && left >= who.needs[chosen].share) {
            left -= who.needs[chosen++].share;
        }
    }
    const uint32_t slot = new_slot();
    Visitor& visitor = visitors_[slot];
    visitor.visitor_class = static_cast<uint32_t>(arrival.visitor_class);
    visitor.service =
        static_cast<uint32_t>(arrival.service ? *arrival.service : who.needs[chosen].service);
    visitor.signature =
        arrival.service ? plain_ids_[*arrival.service] : need_ids_[arrival.visitor_class][chosen];
    visitor.service_time = first_service_time(arrival, who, visitor.service);
    visitor.key = entry_key(arrival.visitor_class, now, slot_of(who, now));
    visitor.absent = who.missed_share > 0 && visitor_chance_.happens(who.missed_share);
    if (scenario_.services[visitor.service].then) visitor.stages_seed = visitor_chance_.bits();
    if (who.patience) {
        const Ticks patience = to_ticks(who.patience->draw_s(visitor_chance_));
        schedule(now + patience, Kind::patience, slot, visitor.life);
    }
    const uint64_t index = came_++;
    visitor.counted = true;
    if (hours == nullptr) {
        const auto warm_up = static_cast<uint64_t>(scenario_.warm_up);
        const auto all = static_cast<uint64_t>(scenario_.visitors);
        visitor.counted = index >= warm_up && index < warm_up + all;
        if (visitor.counted) {
            visitor.group = group_of(index - warm_up);
            visitor.bucket = static_cast<uint32_t>((index - warm_up) * kBuckets / all);
        }
    } else {
        visitor.group = group_of(0);
        visitor.bucket = static_cast<uint32_t>(std::min<Ticks>(now / kHour, kBuckets - 1));
    }
    if (visitor.counted) {
        ++tally_.arrivals;
        ++open_counted_;
    }
    enter(slot, now);
}

// A window that idles has nobody left whom it could serve, so whoever enters is next there.
void Run::enter(uint32_t slot, Ticks now) {
    Visitor& visitor = visitors_[slot];
    // Nobody can be served before the doors open: waits are counted from then.
    visitor.since = hours_ == nullptr ? now : std::max(now, hours_->opening);
    if (watcher_ != nullptr) {
        watcher_->entered(
            {now, visitor.visitor_class, visitor.key, visitor.signature, needs_[visitor.signature]},
            queues_, idle_);
    }
    const Ticks credit = real_credits_[visitor.visitor_class];
    if (!idle_.empty()) {
        const auto window = queues_.window_for(visitor.signature, credit, idle_,
                                               scenario_.classes[visitor.visitor_class].prefers);
        if (window) {
            start(slot, booth_of_[*window], now);
            return;
        }
    }
    queues_.insert(visitor.signature, Waiting{visitor.key, slot}, credit);
    visitor.waiting = true;
}

void Run::start(uint32_t slot, std::size_t window, Ticks now) {
    Visitor& visitor = visitors_[slot];
    if (visitor.waiting) {
        queues_.erase(visitor.signature, visitor.key, real_credits_[visitor.visitor_class]);
        visitor.waiting = false;
    }
    const uint32_t number = scenario_.windows[window].number;
    for (std::size_t i = 0; i < idle_.size(); ++i) {
        if (idle_[i].window != number) continue;
        idle_.erase(idle_.begin() + static_cast<std::ptrdiff_t>(i));
        break;
    }
    visitor.waited += now - visitor.since;
    Booth& booth = booths_[window];
    booth.busy = true;
    booth.busy_since = now;
    booth.visitor = slot;
    booth.calls_in_vain = visitor.absent;
    Ticks takes = visitor.service_time;
    if (visitor.absent) {
        takes = scenario_.missed.calls;
    } else if (scenario_.service_times == ServiceTimes::by_start) {
        takes = to_ticks(scenario_.services[visitor.service].time.draw_s(service_chance_));
    }
    schedule(now + takes, Kind::service_end, static_cast<uint32_t>(window));
    if (watcher_ != nullptr) {
        watcher_->started(
            {now, number, visitor.visitor_class, visitor.key, visitor.signature, !visitor.absent});
    }
}

void Run::service_ends(std::size_t window, Ticks now) {
    Booth& booth = booths_[window];
    const uint32_t slot = booth.visitor;
    Visitor& visitor = visitors_[slot];
    booth.busy = false;
    booth.busy_ticks += now - booth.busy_since;
    if (hours_ != nullptr && now > booth.counted_until) {
        booth.open_ticks += now - std::max(booth.busy_since, booth.counted_until);
    }
    last_service_end_ = std::max(last_service_end_, now);
    if (watcher_ != nullptr) {
        watcher_->ended(scenario_.windows[window].number, now - booth.busy_since);
    }
    if (booth.calls_in_vain) {
        ClassTally& tally = tally_.classes[visitor.visitor_class];
        visitor.absent = false;
        if (visitor.counted) ++tally.missed;
        if (missed_chance_.happens(scenario_.missed.back_share)) {
            visitor.since = now;
            const Ticks away = to_ticks(scenario_.missed.back_after.draw_s(missed_chance_));
            schedule(now + away, Kind::back, slot, visitor.life);
        } else {
            if (visitor.counted) ++tally.lost;
            leave(slot);
        }
    } else {
        ++tally_.windows[window].served;
        go_on(slot, now);
    }
    if (booth.open) free_window(window, now);
}

// After a service: to the next one, keeping the place, or home.
void Run::go_on(uint32_t slot, Ticks now) {
    Visitor& visitor = visitors_[slot];
    const auto& then = scenario_.services[visitor.service].then;
    if (!then) {
        if (visitor.counted) {
            ClassTally& tally = tally_.classes[visitor.visitor_class];
            tally.waits[visitor.group].add(visitor.waited);
            tally.by_bucket[visitor.bucket].add(visitor.waited);
        }
        leave(slot);
        return;
    }
    const VisitorClass& who = scenario_.classes[visitor.visitor_class];
    const Service& next = scenario_.services[*then];
    visitor.service = static_cast<uint32_t>(*then);
    ticketing::NeedSignature need = needs_[visitor.signature];
    need.service = next.code;
    visitor.signature = signature_of(need);
    Chance chance(visitor.stages_seed, kStageStream + visitor.stage++);
    const Duration& time = who.service_time ? *who.service_time : next.time;
    visitor.service_time = to_ticks(time.draw_s(chance));
    enter(slot, now);
}

void Run::free_window(std::size_t window, Ticks now) {
    const uint32_t number = scenario_.windows[window].number;
    if (const auto next = queues_.best_for(number)) {
        start(next->ticket, window, now);
    } else {
        idle_.push_back({number, now});
    }
}

// Missed and back: near the front within the limit, else a new entry (policy.md).
void Run::come_back(uint32_t slot, Ticks now) {
    Visitor& visitor = visitors_[slot];
    if (now - visitor.since <= scenario_.missed.return_limit) {
        visitor.key = ticketing::key_after_missed(
            visitor.key, queues_.third_v_ms(needs_[visitor.signature]), now);
    } else {
        visitor.key = entry_key(visitor.visitor_class, now, std::nullopt);
    }
    enter(slot, now);
}

void Run::lose_patience(uint32_t slot) {
    Visitor& visitor = visitors_[slot];
    if (!visitor.waiting) return;
    queues_.erase(visitor.signature, visitor.key, real_credits_[visitor.visitor_class]);
    visitor.waiting = false;
    if (visitor.counted) ++tally_.classes[visitor.visitor_class].abandoned;
    leave(slot);
}

uint32_t Run::new_slot() {
    if (free_.empty()) {
        visitors_.emplace_back();
        return static_cast<uint32_t>(visitors_.size() - 1);
    }
    const uint32_t slot = free_.back();
    free_.pop_back();
    const uint32_t life = visitors_[slot].life;
    visitors_[slot] = Visitor{};
    visitors_[slot].life = life;
    return slot;
}

void Run::leave(uint32_t slot) {
    Visitor& visitor = visitors_[slot];
    if (visitor.counted) --open_counted_;
    ++visitor.life;
    free_.push_back(slot);
}

void Run::end_day(const Hours* hours, Ticks now) {
    if (hours == nullptr) {
        for (Booth& booth : booths_) {
            booth.open_ticks = now;
            if (booth.busy) booth.busy_ticks += now - booth.busy_since;
        }
        return;
    }
    for (const Waiting& left : queues_.first(queues_.size())) {
        Visitor& visitor = visitors_[left.ticket];
        ++tally_.classes[visitor.visitor_class].unserved;
        queues_.erase(visitor.signature, visitor.key, real_credits_[visitor.visitor_class]);
        leave(left.ticket);
    }
    tally_.overtime_s.push_back(
        static_cast<double>(std::max<Ticks>(0, last_service_end_ - hours->closing)) /
        static_cast<double>(kSecond));
}

}  // namespace

Tally::Tally(const Scenario& scenario)
    : classes(scenario.classes.size()), windows(scenario.windows.size()) {
    for (ClassTally& one : classes) {
        one.waits.resize(kGroupsMax);
        one.by_bucket.resize(kBuckets);
    }
}

void simulate(const Scenario& scenario, uint64_t seed, int run, int runs, Tally& tally,
              Watcher* watcher) {
    HALL_CHECK(run < runs);
    Run(scenario, seed, run, runs, tally, watcher).all();
}

}  // namespace hall::sim
