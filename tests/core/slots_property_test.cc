// Over random bookings, cancellations, check-ins and closings: no slot ever holds more people than
// it has places, and nobody who waits when the hall closes is without an appointment.
//
// What holds is told from the events alone, by a second and simpler bookkeeping.
#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <set>

#include "tests/core/random_day.h"
#include "ticketing/credited_arrival.h"

namespace hall::core {
namespace {

constexpr int kSeeds = 10'000 / kSlower;
constexpr uint32_t kDaysPerSeed = 3;
constexpr uint32_t kDaysAhead = 2;
constexpr int kStepsPerDay = 12;

// Two services; four slots of two hours a day, with one or two places each, so that they fill.
protocol::HallRules crowded_rules(uint32_t places) {
    protocol::HallRules rules = rules_with_appointments();
    rules.set_slot_ms(2 * kHourMs);
    rules.set_slot_places(places);
    rules.set_days_ahead(kDaysAhead);
    rules.set_closing_offer_ms(3 * kHourMs);
    return rules;
}

// What the events say.
class Bookkeeping {
  public:
    explicit Bookkeeping(uint32_t places) : places_(places) {}

    void see(const Event& event, int64_t now_ms) {
        if (event.has_day_planned()) date_ = event.day_planned().plan().date();
        if (event.has_ahead_planned()) {
            ahead_ = {event.ahead_planned().plans().begin(), event.ahead_planned().plans().end()};
        }
        if (event.has_appointment_booked()) {
            const auto& booked = event.appointment_booked();
            take(booked.appointment(), booked.slot_ms(), booked.services(0), booked.date());
        }
        if (event.has_ticket_issued()) issued(event.ticket_issued());
        if (event.has_ticket_carried_over()) carried_over(event.ticket_carried_over(), now_ms);
        if (event.has_appointment_cancelled()) {
            give_back(event.appointment_cancelled().appointment());
        }
        if (event.has_appointment_lapsed()) give_back(event.appointment_lapsed().appointment());
        const bool closed = event.phase_changed().phase() == Phase::closed;
        if ((closed || event.has_day_ended()) && !waiting_.empty()) {
            complain("closed over " + waiting_.begin()->first);
        }
    }
    // The events of one command follow.
    void begin_batch() { last_.clear(); }
    const std::string& complaint() const { return complaint_; }
    size_t carried() const { return carried_; }
    size_t full() const { return full_; }
    uint64_t last_appointment() const {
        return appointments_.empty() ? 0 : appointments_.rbegin()->first;
    }

  private:
    struct Waiting {
        std::string service;
        ticketing::Key key;
    };
    struct Place {
        int64_t slot_ms = 0;
        std::string service;
        std::string date;
    };

    void complain(const std::string& what) {
        if (complaint_.empty()) complaint_ = what;
    }
    void take(uint64_t id, int64_t slot_ms, const std::string& service, const std::string& date) {
        if (!appointments_.emplace(id, Place{slot_ms, service, date}).second) {
            complain("appointment twice: " + std::to_string(id));
        }
        if (slot_ms == 0) return;
        uint32_t taken = ++taken_[{slot_ms, service}];
        if (taken > places_) complain("too many in a slot for appointment " + std::to_string(id));
        full_ += taken == places_ ? 1 : 0;
    }
    void give_back(uint64_t id) {
        const Place& place = appointments_.at(id);
        if (place.slot_ms > 0) --taken_[{place.slot_ms, place.service}];
    }
    void issued(const protocol::TicketIssued& ticket) {
        waiting_[ticket.number()] = {ticket.services(0),
                                     {ticket.key_v_ms(), ticket.key_t_ms(), ticket.key_serial()}};
        if (ticket.appointment() == 0) return;
        // Come on another day, it has left its place to others.
        if (appointments_.at(ticket.appointment()).date != date_) give_back(ticket.appointment());
    }
    void carried_over(const protocol::TicketCarriedOver& event, int64_t now_ms) {
        const auto found = waiting_.find(event.number());
        if (found == waiting_.end()) return complain("carried over twice: " + event.number());
        const Waiting waiting = found->second;
        waiting_.erase(found);
        ++carried_;
        if (event.kind() == protocol::AppointmentKind::our_fault) {
            return take(event.appointment(), event.slot_ms(), waiting.service, event.date());
        }
        if (event.slot_ms() == 0 && place_left(waiting.service, now_ms)) {
            complain("no slot for " + event.number());
        }
        if (event.slot_ms() != 0 && event.slot_ms() <= now_ms) complain("a slot of the past");
        take(event.appointment(), event.slot_ms(), waiting.service, event.date());
        // Who was before in the queue is not after on the other day; any time comes after all
        // slots.
        const int64_t slot_ms = event.slot_ms() == 0 ? INT64_MAX : event.slot_ms();
        const auto before = last_.find(waiting.service);
        if (before != last_.end() && !(before->second.first < waiting.key)) {
            complain("not in the order of the queue: " + event.number());
        }
        if (before != last_.end() && before->second.second > slot_ms) {
            complain("a slot before that of the one in front: " + event.number());
        }
        last_[waiting.service] = {waiting.key, slot_ms};
    }
    bool place_left(const std::string& service, int64_t now_ms) const {
        for (const auto& plan : ahead_) {
            for (int64_t slot_ms = plan.opening_at_ms();
                 plan.opens() && slot_ms + 2 * kHourMs <= plan.closing_at_ms();
                 slot_ms += 2 * kHourMs) {
                const auto taken = taken_.find({slot_ms, service});
                const bool free = taken == taken_.end() || taken->second < places_;
                if (slot_ms > now_ms && free) return true;
            }
        }
        return false;
    }

    uint32_t places_;
    std::string date_;
    std::vector<protocol::DayPlan> ahead_;
    std::map<std::string, Waiting> waiting_;
    std::map<uint64_t, Place> appointments_;
    std::map<std::pair<int64_t, std::string>, uint32_t> taken_;
    std::map<std::string, std::pair<ticketing::Key, int64_t>> last_;  // of a batch, by service
    std::string complaint_;
    size_t carried_ = 0;
    size_t full_ = 0;
};

class RandomSlots {
  public:
    explicit RandomSlots(uint64_t seed) : random_(seed), places_(1 + below(2)), kept_(places_) {
        tries(install(crowded_rules(places_)));
        plan(kFirstDay);
    }

    void run() {
        for (uint32_t day = kFirstDay; day < kFirstDay + kDaysPerSeed; ++day) {
            if (day > kFirstDay) plan(day);
            std::vector<int64_t> times;
            for (int i = 0; i < kStepsPerDay; ++i) {
                times.push_back(time_ms("08:30", day) + below(9 * 60) * kMinuteMs);
            }
            std::sort(times.begin(), times.end());
            for (int64_t at_ms : times) {
                tick_until(at_ms);
                step(day);
            }
            // Some days end by the clock, some only at midnight.
            if (below(4) > 0) tick_until(time_ms("18:30", day));
        }
        now_ms_ = time_ms("00:00", kFirstDay + kDaysPerSeed);
        plan(kFirstDay + kDaysPerSeed);
    }
    const Bookkeeping& kept() const { return kept_; }

  private:
    uint32_t below(uint32_t end) { return static_cast<uint32_t>(random_() % end); }

    void plan(uint32_t day) {
        now_ms_ = std::max(now_ms_, time_ms("00:00", day));
        tries(plan_day(test_plan(day)));
        tries(plan_ahead(kDaysAhead, day));
    }
    void tick_until(int64_t at_ms) {
        while (*hall_.next_deadline_ms() <= at_ms && *hall_.next_deadline_ms() > now_ms_ - 1) {
            now_ms_ = std::max(now_ms_, *hall_.next_deadline_ms());
            tries(tick());
        }
        now_ms_ = std::max(now_ms_, at_ms);
    }
    void step(uint32_t day) {
        const std::string service = below(3) > 0 ? "pension" : "medical";
        const Words credits = below(3) == 0 ? Words{"80plus"} : Words{};
        // Mostly one that there is.
        const uint64_t id = 1 + below(static_cast<uint32_t>(kept_.last_appointment()) + 1);
        const std::string number =
            (service == "pension" ? "A00" : "B00") + std::to_string(1 + below(6));
        switch (below(8)) {
            case 0:
            case 1: {
                const uint32_t on = day + below(kDaysAhead + 1);
                tries(book(service, time_ms("08:30", on) + below(4) * 2 * kHourMs, credits));
                break;
            }
            case 2:
                tries(cancel_appointment(id));
                break;
            case 3:
                tries(check_in(id));
                break;
            case 4:
                tries(choose(number, static_cast<protocol::ClosingChoice::Value>(below(4))));
                break;
            case 5:
                tries(below(4) == 0 ? close_hall() : cancel(number, Reason::our_mistake));
                break;
            default:
                tries(issue(service, credits));
                break;
        }
    }
    void tries(const Command& command) {
        Decision decision = hall_.decide(command, {"guide-1", ""}, now_ms_);
        if (!decision) return;
        kept_.begin_batch();
        for (const Event& event : *decision) {
            hall_.apply(event, hall_.seq() + 1, now_ms_, {"guide-1", ""});
            kept_.see(event, now_ms_);
        }
    }

    std::mt19937_64 random_;
    uint32_t places_;
    Bookkeeping kept_;
    Hall hall_;
    int64_t now_ms_ = time_ms("06:00");
};

TEST(RandomSlots, HoldNoMoreThanTheirPlacesAndNobodyIsLeftWithoutOne) {
    size_t carried = 0;
    size_t full = 0;
    for (int seed = 0; seed < kSeeds; ++seed) {
        RandomSlots days(static_cast<uint64_t>(seed));
        days.run();
        ASSERT_EQ(days.kept().complaint(), "") << "seed " << seed;
        carried += days.kept().carried();
        full += days.kept().full();
    }
    // The days are not empty, and their slots are contested.
    EXPECT_GT(carried, static_cast<size_t>(kSeeds) * 3);
    EXPECT_GT(full, static_cast<size_t>(kSeeds) * 2);
}

}  // namespace
}  // namespace hall::core
