// Appointments and slots as people see them.
#include "hall-server/core/decide.h"
#include "hall-server/core/view_rows.h"

namespace hall::core {

void fill_appointment(const HallState& hall, const state::Appointment& from,
                      protocol::Appointment& to) {
    to.set_appointment(from.appointment());
    to.set_state(from.state());
    to.set_kind(from.kind());
    to.set_date(from.date());
    to.set_slot_ms(from.slot_ms());
    if (from.slot_ms() > 0) {
        to.set_slot_end_ms(from.slot_ms() + hall.data.rules().slot_ms());
        to.set_grace_until_ms(from.slot_ms() + hall.data.rules().appointment_grace_ms());
    }
    *to.mutable_services() = from.services();
    for (const std::string& code : from.services()) {
        const auto* service = hall.find_service(code);
        to.add_service_names(service ? service->name() : code);
    }
    to.set_number(from.number());
    to.set_green(from.credit_ms() > 0);
    to.set_by_phone(from.by_phone());
    to.set_utc_offset_s(hall.data.plan().utc_offset_s());
}

void answer_slots(const HallState&, const protocol::SlotListQuery&, int64_t,
                  protocol::Reply& reply) {
    *reply.mutable_refusal() = Refuse(protocol::RefusalCode::appointments_not_given).refusal();
}

void answer_appointments(const HallState& hall, const protocol::AppointmentListQuery& query,
                         protocol::Reply& reply) {
    auto* list = reply.mutable_appointments();
    for (const state::Appointment& entry : hall.data.appointments()) {
        if (!query.date().empty() && entry.date() != query.date()) continue;
        fill_appointment(hall, entry, *list->add_appointments());
    }
}

}  // namespace hall::core
