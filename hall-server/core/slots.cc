#include "hall-server/core/slots.h"

#include <algorithm>

namespace hall::core {

bool gives_appointments(const HallState& hall) {
    const auto& rules = hall.data.rules();
    return rules.slot_ms() > 0 && rules.slot_places() > 0 && rules.days_ahead() > 0;
}

std::vector<const protocol::DayPlan*> planned_days(const HallState& hall) {
    const protocol::DayPlan& today = hall.data.plan();
    std::vector<const protocol::DayPlan*> days;
    if (!today.date().empty()) days.push_back(&today);
    // Between a midnight and the new plans ahead, a day that has begun is still among the old ones.
    for (const auto& plan : hall.data.ahead()) {
        if (plan.day() > today.day()) days.push_back(&plan);
    }
    return days;
}

const protocol::DayPlan* plan_on(const HallState& hall, const std::string& date) {
    for (const protocol::DayPlan* plan : planned_days(hall)) {
        if (plan->date() == date) return plan;
    }
    return nullptr;
}

std::vector<int64_t> slots_of(const HallState& hall, const protocol::DayPlan& plan) {
    std::vector<int64_t> begins;
    if (!plan.opens() || !gives_appointments(hall)) return begins;
    const int64_t slot_ms = hall.data.rules().slot_ms();
    for (int64_t begin = plan.opening_at_ms(); begin + slot_ms <= plan.closing_at_ms();
         begin += slot_ms) {
        begins.push_back(begin);
    }
    return begins;
}

const protocol::DayPlan* day_with_slot(const HallState& hall, int64_t slot_ms) {
    if (!gives_appointments(hall)) return nullptr;
    const int64_t length_ms = hall.data.rules().slot_ms();
    for (const protocol::DayPlan* plan : planned_days(hall)) {
        const bool within = plan->opens() && slot_ms >= plan->opening_at_ms() &&
                            slot_ms < plan->closing_at_ms() &&
                            length_ms <= plan->closing_at_ms() - slot_ms;
        if (within && (slot_ms - plan->opening_at_ms()) % length_ms == 0) return plan;
    }
    return nullptr;
}

uint32_t places_free(const HallState& hall, int64_t slot_ms, const std::string& service) {
    const uint32_t places = hall.data.rules().slot_places();
    const uint32_t taken = hall.places_taken(slot_ms, service);
    return places > taken ? places - taken : 0;
}

uint32_t expected_arrivals(const HallState& hall, const protocol::DayPlan& plan, int64_t slot_ms) {
    // From the end of the day, as the loads are counted: on a day of 23 or 25 hours the hours in
    // which a hall is open keep their numbers.
    const int64_t from_ms = slot_ms - (plan.midnight_at_ms() - kDayLengthMs);
    const int64_t to_ms = from_ms + hall.data.rules().slot_ms();
    auto arrivals = [&](const state::DayLoad& load) {  // times the length of a part
        int64_t sum = 0;
        for (int part = 0; part < load.arrivals_size(); ++part) {
            const int64_t begins_ms = part * kLoadPartMs;
            const int64_t shared_ms =
                std::min(to_ms, begins_ms + kLoadPartMs) - std::max(from_ms, begins_ms);
            if (shared_ms > 0) sum += load.arrivals(part) * shared_ms;
        }
        return sum;
    };
    int64_t same_sum = 0;
    int64_t same_days = 0;
    int64_t sum = 0;
    for (const state::DayLoad& load : hall.data.loads()) {
        const int64_t of_day = arrivals(load);
        sum += of_day;
        if (load.day() % kWeek != plan.day() % kWeek) continue;
        same_sum += of_day;
        ++same_days;
    }
    int64_t days = hall.data.loads_size();
    if (same_days > 0) {
        sum = same_sum;
        days = same_days;
    }
    if (days == 0) return 0;
    const int64_t divisor = days * kLoadPartMs;
    return static_cast<uint32_t>((sum + divisor / 2) / divisor);
}

SlotFinder::SlotFinder(const HallState& hall, int64_t now_ms) : hall_(hall) {
    for (const protocol::DayPlan* plan : planned_days(hall)) {
        if (plan == &hall.data.plan()) continue;
        for (int64_t begin_ms : slots_of(hall, *plan)) {
            // A server that slept over days finds some of them gone.
            if (begin_ms > now_ms) slots_.push_back({begin_ms, plan});
        }
    }
}

SlotFinder::Place SlotFinder::take(const std::string& service) {
    Cursor& at = cursors_[service];
    for (; at.slot < slots_.size(); ++at.slot, at.given = 0) {
        const Slot& slot = slots_[at.slot];
        if (places_free(hall_, slot.begin_ms, service) <= at.given) continue;
        ++at.given;
        return {slot.begin_ms, slot.plan->date()};
    }
    return {};
}

}  // namespace hall::core
