// Appointments: what was booked, and what a day leaves over for another one.
#include <algorithm>

#include "hall-server/core/applying.h"

namespace hall::core {

using protocol::AppointmentKind;
using protocol::AppointmentState;
using protocol::TicketState;

void Applying::operator()(const protocol::AheadPlanned& event) const {
    *hall.data.mutable_ahead() = event.plans();
}

void Applying::operator()(const protocol::AppointmentBooked& event) const {
    state::Appointment& entry = add_appointment(event.appointment());
    entry.set_kind(event.leaves_papers() ? AppointmentKind::left_papers : AppointmentKind::booked);
    *entry.mutable_services() = event.services();
    entry.set_slot_ms(event.slot_ms());
    entry.set_date(event.date());
    entry.set_credit_ms(event.credit_ms());
    *entry.mutable_needs() = event.needs();
    *entry.mutable_prefers() = event.prefers();
    entry.set_must_speak(event.must_speak());
    entry.set_step_free(event.step_free());
    entry.set_by_phone(event.by_phone());
    entry.set_proxy(event.proxy());
    hall.add_appointment(entry);
}

void Applying::operator()(const protocol::AppointmentCancelled& event) const {
    end_appointment(appointment(event.appointment()), AppointmentState::cancelled);
}

void Applying::operator()(const protocol::AppointmentLapsed& event) const {
    end_appointment(appointment(event.appointment()), AppointmentState::lapsed);
}

void Applying::end_appointment(state::Appointment& entry, AppointmentState::Value to) const {
    hall.forget_appointment(entry);
    entry.set_state(to);
    hall.add_appointment(entry);
}

void Applying::operator()(const protocol::TicketCarriedOver& event) const {
    uint32_t from = 0;
    move(event.number(), TicketState::appointment, [&](state::Ticket& entry) {
        from = entry.window();
        entry.set_window(0);
        entry.set_finished_at_ms(at_ms);
        entry.set_appointment(event.appointment());
    });
    if (from != 0) leave_window(from);
    TicketHandle handle = 0;
    const state::Ticket& ended = ticket(event.number(), handle);
    keep_arrival(event, ended);
    state::Appointment& entry = add_appointment(event.appointment());
    bool old = event.kind() == AppointmentKind::unknown;
    entry.set_kind(old ? AppointmentKind::carried_over : event.kind());
    // What is left of the slip.
    for (int i = static_cast<int>(ended.service_index()); i < ended.services_size(); ++i) {
        entry.add_services(ended.services(i));
    }
    entry.set_slot_ms(event.slot_ms());
    entry.set_date(event.date());
    entry.set_credit_ms(ended.credit_ms());
    *entry.mutable_needs() = ended.needs();
    *entry.mutable_prefers() = ended.prefers();
    entry.set_must_speak(ended.must_speak());
    entry.set_step_free(ended.step_free());
    entry.set_proxy(ended.proxy());
    entry.set_number(ended.number());
    hall.add_appointment(entry);
}

void Applying::keep_arrival(const protocol::TicketCarriedOver& event,
                            const state::Ticket& ended) const {
    auto& kept = *hall.data.mutable_kept();
    // The oldest go, a tenth at a time: one by one would move the whole list for each.
    if (kept.size() == static_cast<int>(kKeptArrivalsMax)) {
        kept.DeleteSubrange(0, static_cast<int>(kKeptArrivalsMax / 10));
    }
    state::KeptArrival& arrival = *kept.Add();
    arrival.set_appointment(event.appointment());
    arrival.set_date(hall.data.plan().date());
    arrival.set_number(event.number());
    arrival.set_kept_arrival_ms(event.kept_arrival_ms());
    *arrival.mutable_services() = ended.services();
}

state::Appointment& Applying::add_appointment(uint64_t id) const {
    state::Appointment& entry = *hall.data.add_appointments();
    entry.set_appointment(id);
    entry.set_state(AppointmentState::booked);
    hall.data.set_next_appointment(id + 1);
    return entry;
}

state::Appointment& Applying::appointment(uint64_t id) const {
    auto& all = *hall.data.mutable_appointments();
    auto found = std::lower_bound(all.begin(), all.end(), id,
                                  [](const state::Appointment& entry, uint64_t value) {
                                      return entry.appointment() < value;
                                  });
    HALL_CHECK(found != all.end() && found->appointment() == id);
    return *found;
}

void Applying::check_in(uint64_t id, state::Ticket& entry) const {
    if (id == 0) return;
    state::Appointment& checked = appointment(id);
    end_appointment(checked, AppointmentState::checked_in);
    checked.set_number(entry.number());
    entry.set_appointment(id);
    entry.set_appointment_late(checked.slot_ms() > 0 && entry.claim() != protocol::Claim::kept &&
                               at_ms >
                                   checked.slot_ms() + hall.data.rules().appointment_grace_ms());
}

void Applying::undo_check_in(const std::string& number) const {
    TicketHandle handle = 0;
    state::Ticket& entry = ticket(number, handle);
    const state::Appointment* found = hall.find_appointment(entry.appointment());
    if (!found || found->state() != AppointmentState::checked_in) return;
    state::Appointment& again = appointment(entry.appointment());
    end_appointment(again, AppointmentState::booked);
    again.clear_number();
    entry.set_appointment(0);
}

// Of a day that is over: what is used, cancelled or lapsed leaves memory, and so does what was kept
// for it.
void Applying::forget_ended_appointments() const {
    google::protobuf::RepeatedPtrField<state::Appointment> open;
    for (state::Appointment& entry : *hall.data.mutable_appointments()) {
        if (entry.state() == AppointmentState::booked) open.Add()->Swap(&entry);
    }
    hall.data.mutable_appointments()->Swap(&open);
    google::protobuf::RepeatedPtrField<state::KeptArrival> kept;
    for (state::KeptArrival& arrival : *hall.data.mutable_kept()) {
        if (hall.find_appointment(arrival.appointment())) kept.Add()->Swap(&arrival);
    }
    hall.data.mutable_kept()->Swap(&kept);
}

}  // namespace hall::core
