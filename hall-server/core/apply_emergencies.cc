// Emergencies, and the tickets they hold.
#include "hall-server/core/applying.h"
#include "hall-server/core/care.h"
#include "hall-server/core/cases.h"

namespace hall::core {

using protocol::EmergencyState;
using protocol::TicketState;
using protocol::VaultKind;

namespace {

state::Emergency& known_emergency(HallState& hall, uint64_t id) {
    return known(*hall.data.mutable_emergencies(), id);
}

// Where a held ticket goes back to. Whoever was at a window waits again: the window has moved on.
// Who was registered waits if the hall opened meanwhile.
TicketState::Value after_hold(const HallState& hall, const state::Ticket& ticket) {
    switch (ticket.held_from()) {
        case TicketState::called:
        case TicketState::serving:
            return TicketState::waiting;
        case TicketState::registered:
            return serves(hall.data.phase()) ? TicketState::waiting : TicketState::registered;
        case TicketState::waiting:
        case TicketState::on_errand:
        case TicketState::stepped_out:
        case TicketState::missed:
            return ticket.held_from();
        case TicketState::unknown:
        case TicketState::held:
        case TicketState::done:
        case TicketState::cancelled:
        case TicketState::appointment:
        case TicketState::closed_out:
        case protocol::TicketState_Value_TicketState_Value_INT_MIN_SENTINEL_DO_NOT_USE_:
        case protocol::TicketState_Value_TicketState_Value_INT_MAX_SENTINEL_DO_NOT_USE_:
            break;
    }
    HALL_CHECK(ticket.held_from() == TicketState::waiting);
    return TicketState::waiting;
}

}  // namespace

void Applying::operator()(const protocol::EmergencyRaised& event) const {
    state::Emergency& entry = *hall.data.add_emergencies();
    entry.set_id(event.emergency());
    entry.set_state(EmergencyState::raised);
    entry.set_place(event.place());
    entry.set_number(event.number());
    entry.set_drill(event.drill());
    entry.set_raised_at_ms(at_ms);
    entry.set_raised_by(worker(actor));
    entry.set_case_id(event.case_id());
    entry.set_record(event.record());
    *entry.mutable_responders() = event.responders();
    for (const std::string& text : hall.data.rules().emergency_steps()) {
        entry.add_steps()->set_text(text);
    }
    hall.emergency_deadlines.emplace(escalates_at_ms(hall, entry), entry.id());
    hall.data.set_next_emergency(event.emergency() + 1);
    use_record(event.record(), VaultKind::emergency);
}

// A service that an emergency broke off says nothing about how long services take.
void Applying::operator()(const protocol::TicketHeld& event) const {
    uint32_t from_window = 0;
    TicketHandle handle = 0;
    const TicketState::Value from = ticket(event.number(), handle).state();
    move(event.number(), TicketState::held, [&](state::Ticket& entry) {
        entry.set_held_from(from);
        entry.set_held_by(event.emergency());
        if (entry.window() == 0) return;
        from_window = entry.window();
        entry.set_window(0);
        entry.set_calls(0);
    });
    if (from_window != 0) leave_window(from_window);
}

void Applying::operator()(const protocol::TicketReleased& event) const {
    TicketHandle handle = 0;
    const TicketState::Value to = after_hold(hall, ticket(event.number(), handle));
    move(event.number(), to, [](state::Ticket& entry) {
        entry.set_held_from(TicketState::unknown);
        entry.set_held_by(0);
    });
    // Nobody else comes back to the early-waiting area: moves only ever free its seats.
    if (seated(hall.ticket(handle))) ++hall.seats_taken;
}

void Applying::operator()(const protocol::EmergencyAcknowledged& event) const {
    state::Emergency& entry = known_emergency(hall, event.emergency());
    hall.emergency_deadlines.erase({escalates_at_ms(hall, entry), entry.id()});
    entry.set_state(EmergencyState::acknowledged);
    entry.set_acknowledged_at_ms(at_ms);
    entry.set_acknowledged_by(event.by());
}

void Applying::operator()(const protocol::EmergencyEscalated& event) const {
    state::Emergency& entry = known_emergency(hall, event.emergency());
    hall.emergency_deadlines.erase({escalates_at_ms(hall, entry), entry.id()});
    entry.set_escalated(true);
}

void Applying::operator()(const protocol::EmergencyStepDone& event) const {
    auto& step =
        *known_emergency(hall, event.emergency()).mutable_steps(static_cast<int>(event.step()) - 1);
    step.set_done_at_ms(at_ms);
    step.set_by(event.by());
}

void Applying::operator()(const protocol::EmergencyClosed& event) const {
    state::Emergency& entry = known_emergency(hall, event.emergency());
    hall.emergency_deadlines.erase({escalates_at_ms(hall, entry), entry.id()});
    entry.set_state(EmergencyState::closed);
    entry.set_outcome(event.outcome());
    entry.set_closed_at_ms(at_ms);
    entry.set_closing_record(event.record());
    use_record(event.record(), VaultKind::emergency);
}

}  // namespace hall::core
