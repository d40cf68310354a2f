// Staff, their duty and training.
#include <algorithm>

#include "hall-server/core/applying.h"
#include "hall-server/core/care.h"

namespace hall::core {

using protocol::VaultKind;

namespace {

state::Staff& known_staff(HallState& hall, const std::string& number) {
    return *hall.data.mutable_staff(hall.staff_index.at(number));
}

}  // namespace

void Applying::operator()(const protocol::StaffAdded& event) const {
    auto& staff = *hall.data.mutable_staff();
    state::Staff& entry = *staff.Add();
    entry.set_number(event.staff());
    entry.set_rank(event.rank());
    entry.set_record(event.record());
    *entry.mutable_languages() = event.languages();
    for (int i = staff.size() - 1; i > 0 && event.staff() < staff[i - 1].number(); --i) {
        staff.SwapElements(i, i - 1);
    }
    use_record(event.record(), VaultKind::staff);
    index_staff(hall);
}

void Applying::operator()(const protocol::StaffRemoved& event) const {
    hall.data.mutable_staff()->DeleteSubrange(hall.staff_index.at(event.staff()), 1);
    index_staff(hall);
}

void Applying::operator()(const protocol::StaffPinSet& event) const {
    known_staff(hall, event.staff()).set_pin_record(event.record());
    use_record(event.record(), VaultKind::staff);
}

// One device a person, one person a device: who stood there before stays on duty elsewhere.
void Applying::operator()(const protocol::StaffSignedOn& event) const {
    for (state::Staff& entry : *hall.data.mutable_staff()) {
        if (entry.device() == event.device()) entry.clear_device();
    }
    state::Staff& entry = known_staff(hall, event.staff());
    entry.set_on_duty(true);
    entry.set_device(event.device());
    entry.set_since_ms(at_ms);
}

void Applying::operator()(const protocol::StaffOffDuty& event) const {
    state::Staff& entry = known_staff(hall, event.staff());
    entry.set_on_duty(false);
    entry.clear_device();
    entry.set_since_ms(at_ms);
}

void Applying::operator()(const protocol::StaffTrained& event) const {
    state::Staff& entry = known_staff(hall, event.staff());
    entry.set_trained_day(std::max(entry.trained_day(), event.day()));
    const auto& courses = entry.courses();
    if (std::find(courses.begin(), courses.end(), event.course()) != courses.end()) return;
    if (courses.size() < static_cast<int>(kWishesMax)) entry.add_courses(event.course());
}

}  // namespace hall::core
