#include "hall-server/service/calendar.h"

namespace hall::service {

std::vector<protocol::DayPlan> Calendar::plans_after(int64_t now_ms, uint32_t days) const {
    std::vector<protocol::DayPlan> plans;
    // A day's midnight is the first instant of the next.
    int64_t midnight_ms = plan_of(now_ms).midnight_at_ms();
    for (uint32_t i = 0; i < days; ++i) {
        protocol::DayPlan& plan = plans.emplace_back(plan_of(midnight_ms));
        plan.clear_shifts();
        plan.clear_working_days();
        midnight_ms = plan.midnight_at_ms();
    }
    return plans;
}

}  // namespace hall::service
