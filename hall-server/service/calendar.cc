#include "hall-server/service/calendar.h"

namespace hall::service {

protocol::DayPlan Calendar::plan_of_today(int64_t now_ms) const {
    protocol::DayPlan today = plan_of(now_ms);
    today.clear_working_days();
    for (const protocol::DayPlan& plan : plans_after(now_ms, kLookAheadDays)) {
        if (today.working_days_size() == kWorkingDaysAhead) break;
        if (plan.opens()) today.add_working_days(plan.day());
    }
    return today;
}

std::vector<protocol::DayPlan> Calendar::plans_after(int64_t now_ms, uint32_t days) const {
    std::vector<protocol::DayPlan> plans;
    // A day's midnight is the first instant of the next.
    int64_t midnight_ms = plan_of(now_ms).midnight_at_ms();
    for (uint32_t i = 0; i < days; ++i) {
        protocol::DayPlan& plan = plans.emplace_back(plan_of(midnight_ms));
        plan.clear_shifts();
        midnight_ms = plan.midnight_at_ms();
    }
    return plans;
}

}  // namespace hall::service
