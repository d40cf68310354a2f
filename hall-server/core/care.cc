#include "hall-server/core/care.h"

namespace hall::core {

const state::CheckIn* find_check_in(const HallState& hall, uint64_t id) {
    auto found = hall.check_in_index.find(id);
    return found == hall.check_in_index.end() ? nullptr : &hall.data.check_ins(found->second);
}

const state::Staff* find_staff(const HallState& hall, const std::string& number) {
    auto found = hall.staff_index.find(number);
    return found == hall.staff_index.end() ? nullptr : &hall.data.staff(found->second);
}

void index_care(HallState& hall) {
    hall.staff_index.clear();
    hall.check_in_index.clear();
    hall.emergency_deadlines.clear();
    for (int i = 0; i < hall.data.staff_size(); ++i) {
        hall.staff_index.emplace(hall.data.staff(i).number(), i);
    }
    for (int i = 0; i < hall.data.check_ins_size(); ++i) {
        hall.check_in_index.emplace(hall.data.check_ins(i).id(), i);
    }
}

Events care_deadlines(const Ask&) {
    return {};
}

std::optional<int64_t> next_care_deadline_ms(const HallState&) {
    return std::nullopt;
}

void close_care(const Ask&, Events&) {}

void end_care_day(const Ask&, const protocol::DayPlan&, Events&) {}

}  // namespace hall::core
