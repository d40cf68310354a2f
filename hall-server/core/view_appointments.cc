// Appointments, slots and the end of the day as people see them.
#include <algorithm>
#include <tuple>

#include "hall-server/core/decide.h"
#include "hall-server/core/slots.h"
#include "hall-server/core/view_rows.h"

namespace hall::core {

using protocol::RefusalCode;
using protocol::TicketState;

namespace {

// "2026-11-24"; whether the calendar has such a day shows when it is looked up.
bool looks_like_date(const std::string& text) {
    if (text.size() != 10) return false;
    for (size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 4 || i == 7;
        if (dash ? text[i] != '-' : text[i] < '0' || text[i] > '9') return false;
    }
    return true;
}

// The slots of one day that can still be booked. Off-peak: fewer people than in the middle one of
// those with a place left, so that never all of them are, and with no history none.
void add_slots(const HallState& hall, const protocol::DayPlan& plan, const std::string& service,
               int64_t now_ms, std::vector<protocol::Slot>& slots) {
    const size_t first = slots.size();
    std::vector<uint32_t> expected;
    for (int64_t begin_ms : slots_of(hall, plan)) {
        if (begin_ms <= now_ms) continue;
        protocol::Slot& slot = slots.emplace_back();
        slot.set_date(plan.date());
        slot.set_slot_ms(begin_ms);
        slot.set_slot_end_ms(begin_ms + hall.data.rules().slot_ms());
        slot.set_places(hall.data.rules().slot_places());
        slot.set_free(places_free(hall, begin_ms, service));
        slot.set_expected_arrivals(expected_arrivals(hall, plan, begin_ms));
        slot.set_utc_offset_s(plan.utc_offset_s());
        if (slot.free() > 0) expected.push_back(slot.expected_arrivals());
    }
    if (expected.empty()) return;
    std::sort(expected.begin(), expected.end());
    // Twice the median: of an even number of slots it lies between two.
    const uint32_t twice = expected[(expected.size() - 1) / 2] + expected[expected.size() / 2];
    for (size_t i = first; i < slots.size(); ++i) {
        slots[i].set_off_peak(slots[i].free() > 0 && 2 * slots[i].expected_arrivals() < twice);
    }
}

}  // namespace

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
    const protocol::DayPlan* plan = plan_on(hall, from.date());
    to.set_utc_offset_s((plan ? *plan : hall.data.plan()).utc_offset_s());
}

void answer_slots(const HallState& hall, const protocol::SlotListQuery& query, int64_t now_ms,
                  protocol::Reply& reply) {
    if (query.service().empty()) return refuse(reply, Refuse(RefusalCode::no_service_given));
    if (!hall.find_service(query.service())) {
        return refuse(reply, Refuse(RefusalCode::unknown_service).field(query.service()));
    }
    if (!query.date().empty() && !looks_like_date(query.date())) {
        return refuse(reply, Refuse(RefusalCode::date_invalid).field(query.date()));
    }
    if (!gives_appointments(hall))
        return refuse(reply, Refuse(RefusalCode::appointments_not_given));
    std::vector<protocol::Slot> slots;
    for (const protocol::DayPlan* plan : planned_days(hall)) {
        if (!query.date().empty() && plan->date() != query.date()) continue;
        add_slots(hall, *plan, query.service(), now_ms, slots);
    }
    auto rank = [](const protocol::Slot& slot) {
        return std::make_tuple(slot.free() == 0, !slot.off_peak(), slot.slot_ms());
    };
    std::sort(slots.begin(), slots.end(),
              [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
    auto* list = reply.mutable_slots();
    for (protocol::Slot& slot : slots) list->add_slots()->Swap(&slot);
}

void answer_appointments(const HallState& hall, const protocol::AppointmentListQuery& query,
                         protocol::Reply& reply) {
    auto* list = reply.mutable_appointments();
    for (const state::Appointment& entry : hall.data.appointments()) {
        if (!query.date().empty() && entry.date() != query.date()) continue;
        fill_appointment(hall, entry, *list->add_appointments());
    }
}

void fill_awaited(const HallState& hall, protocol::GuideView& view) {
    view.set_gives_appointments(gives_appointments(hall));
    auto today = hall.awaited.find(hall.data.plan().date());
    if (hall.data.plan().date().empty() || today == hall.awaited.end()) return;
    view.set_appointment_count(static_cast<uint32_t>(today->second.size()));
    for (const auto& [slot_ms, id] : today->second) {
        if (view.appointments_size() == static_cast<int>(kAwaitedRowsMax)) break;
        fill_appointment(hall, *hall.find_appointment(id), *view.add_appointments());
    }
}

void fill_closing_offers(const HallState& hall, int64_t now_ms, protocol::GuideView& view) {
    const auto from_ms = closing_offer_from_ms(hall);
    if (!from_ms || now_ms < *from_ms) return;
    std::vector<const state::Ticket*> rows;
    for (const auto& waiting : hall.queues.first(kStaffRowsMax)) {
        rows.push_back(&hall.ticket(waiting.ticket));
    }
    for (TicketHandle handle : hall.away) {
        if (asked_at_closing(hall.ticket(handle))) rows.push_back(&hall.ticket(handle));
    }
    std::sort(rows.begin(), rows.end(),
              [](const auto* a, const auto* b) { return key_of(*a) < key_of(*b); });
    rows.resize(std::min(rows.size(), kStaffRowsMax));
    for (const state::Ticket* ticket : rows) fill_row(hall, *ticket, *view.add_closing_offers());
    uint32_t undecided = hall.count(TicketState::waiting) + hall.count(TicketState::stepped_out) +
                         hall.count(TicketState::on_errand) + hall.count(TicketState::held);
    for (TicketHandle handle : hall.staying) {
        if (asked_at_closing(hall.ticket(handle))) --undecided;
    }
    view.set_undecided_count(undecided);
}

}  // namespace hall::core
