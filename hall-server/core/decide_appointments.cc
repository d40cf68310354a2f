// Appointments (预约): booking, cancelling, checking in, lapsing; the days ahead.
#include <algorithm>

#include "hall-server/core/decide.h"
#include "hall-server/core/slots.h"

namespace hall::core {

using protocol::AppointmentKind;
using protocol::AppointmentState;
using protocol::Event;
using protocol::RefusalCode;

namespace {

// An appointment whose visitor is still expected, or the refusal that says why there is none.
tl::expected<const state::Appointment*, protocol::Refusal> named_appointment(const HallState& hall,
                                                                             uint64_t id) {
    const state::Appointment* found = hall.find_appointment(id);
    if (!found) return Refuse(RefusalCode::unknown_appointment).field(std::to_string(id));
    if (found->state() != AppointmentState::booked) {
        return Refuse(RefusalCode::appointment_over).number(found->number());
    }
    return found;
}

// The day of the slot, when it can still be booked for `service`.
tl::expected<const protocol::DayPlan*, protocol::Refusal> bookable(const Ask& ask, int64_t slot_ms,
                                                                   const std::string& service) {
    if (!gives_appointments(ask.hall)) return Refuse(RefusalCode::appointments_not_given);
    const protocol::DayPlan* plan = day_with_slot(ask.hall, slot_ms);
    if (!plan) return Refuse(RefusalCode::no_such_slot);
    if (slot_ms <= ask.now_ms) return Refuse(RefusalCode::slot_passed);
    if (places_free(ask.hall, slot_ms, service) == 0) return Refuse(RefusalCode::slot_full);
    return plan;
}

}  // namespace

Decision decide(const Ask& ask, const protocol::BookAppointment& command) {
    const HallState& hall = ask.hall;
    const protocol::IssueTicket& wish = command.ticket();
    if (auto refusal = check_ticket(hall, wish)) return tl::make_unexpected(*refusal);
    auto plan = bookable(ask, command.slot_ms(), wish.services(0));
    if (!plan) return tl::make_unexpected(plan.error());
    if (hall.data.appointments_size() >= static_cast<int>(kAppointmentsMax)) {
        return Refuse(RefusalCode::too_many_appointments);
    }
    Events events;
    auto* booked = events.emplace_back().mutable_appointment_booked();
    booked->set_appointment(hall.data.next_appointment());
    *booked->mutable_services() = wish.services();
    booked->set_slot_ms(command.slot_ms());
    booked->set_date((*plan)->date());
    booked->set_credit_ms(credit_of(hall, wish));
    *booked->mutable_needs() = wish.needs();
    *booked->mutable_prefers() = wish.prefers();
    booked->set_must_speak(wish.must_speak());
    booked->set_step_free(wish.step_free());
    booked->set_by_phone(command.by_phone());
    booked->set_leaves_papers(command.leaves_papers());
    booked->set_proxy(wish.proxy());
    if (!command.by_phone() && !wish.no_print()) {
        uint64_t job = hall.data.next_print_job();
        add_slip(hall, hall.data.next_appointment(), "", wish.printer(), job, events);
    }
    return events;
}

Decision decide(const Ask& ask, const protocol::CancelAppointment& command) {
    auto found = named_appointment(ask.hall, command.appointment());
    if (!found) return tl::make_unexpected(found.error());
    Event event;
    event.mutable_appointment_cancelled()->set_appointment((*found)->appointment());
    return Events{event};
}

tl::expected<CheckIn, protocol::Refusal> check_in(const Ask& ask,
                                                  const protocol::IssueTicket& command) {
    CheckIn result;
    result.ticket = command;
    if (command.appointment() == 0) return result;
    auto found = named_appointment(ask.hall, command.appointment());
    if (!found) return tl::make_unexpected(found.error());
    const state::Appointment& entry = **found;
    bool today = entry.date().empty() || entry.date() == ask.hall.data.plan().date();
    if (!today && entry.kind() == AppointmentKind::booked) {
        return Refuse(RefusalCode::appointment_other_day).field(entry.date());
    }
    for (const std::string& code : command.services()) {
        const auto& booked = entry.services();
        if (std::find(booked.begin(), booked.end(), code) == booked.end()) {
            return Refuse(RefusalCode::appointment_other_service).field(code);
        }
    }
    protocol::IssueTicket& ticket = result.ticket;
    if (command.services().empty()) *ticket.mutable_services() = entry.services();
    if (command.needs().empty()) *ticket.mutable_needs() = entry.needs();
    if (command.prefers().empty()) *ticket.mutable_prefers() = entry.prefers();
    if (command.must_speak().empty()) ticket.set_must_speak(entry.must_speak());
    if (command.proxy() == protocol::Proxy::none) ticket.set_proxy(entry.proxy());
    ticket.set_step_free(command.step_free() || entry.step_free());
    if (command.categories().empty() && command.principal_categories().empty()) {
        result.credit_ms = std::min(entry.credit_ms(), ask.hall.data.rules().credit_limit_ms());
    }
    if (entry.slot_ms() > 0) result.slot = ticketing::Appointment{entry.slot_ms(), ask.now_ms};
    result.kept_ms = ask.hall.kept_arrival_ms(entry.appointment());
    return result;
}

Decision decide(const Ask& ask, const protocol::PlanAhead& command) {
    const auto& known = ask.hall.data.ahead();
    bool same = std::equal(known.begin(), known.end(), command.plans().begin(),
                           command.plans().end(), [](const auto& a, const auto& b) {
                               return a.SerializeAsString() == b.SerializeAsString();
                           });
    if (same) return Events{};
    Event event;
    *event.mutable_ahead_planned()->mutable_plans() = command.plans();
    return Events{event};
}

namespace {

// At the end of a day: its slot is over, and nothing is kept any longer.
bool lapses(const HallState& hall, const state::Appointment& entry, int64_t now_ms,
            const std::string& next_date) {
    if (entry.state() != AppointmentState::booked || entry.slot_ms() > now_ms) return false;
    // A server that slept begins its day late: whoever has a slot of this morning may still come.
    if (entry.slot_ms() > 0 && entry.date() == next_date) return false;
    switch (entry.kind()) {
        case AppointmentKind::carried_over:
        case AppointmentKind::left_papers:
        case AppointmentKind::our_fault: {
            bool ours = entry.kind() == AppointmentKind::our_fault;
            auto since_ms = hall.kept_arrival_ms(entry.appointment());
            // The papers are here all the same, also of one who never waited for it.
            if (!since_ms && entry.kind() == AppointmentKind::left_papers)
                since_ms = entry.slot_ms();
            return !since_ms || now_ms - *since_ms > (ours ? kOurFaultKeptForMs : kKeptForMs);
        }
        case AppointmentKind::booked:
        case AppointmentKind::unknown:
        case protocol::AppointmentKind_Value_AppointmentKind_Value_INT_MIN_SENTINEL_DO_NOT_USE_:
        case protocol::AppointmentKind_Value_AppointmentKind_Value_INT_MAX_SENTINEL_DO_NOT_USE_:
            break;
    }
    return true;
}

}  // namespace

void lapse_appointments(const Ask& ask, const std::string& next_date, Events& events) {
    for (const state::Appointment& entry : ask.hall.data.appointments()) {
        if (!lapses(ask.hall, entry, ask.now_ms, next_date)) continue;
        events.emplace_back().mutable_appointment_lapsed()->set_appointment(entry.appointment());
    }
}

}  // namespace hall::core
