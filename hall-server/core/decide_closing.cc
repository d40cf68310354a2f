// The last quarter of an hour and the end: what becomes of those who still wait. Nobody is dropped.
#include <algorithm>

#include "hall-server/core/decide.h"
#include "hall-server/core/slots.h"

namespace hall::core {

using protocol::AppointmentKind;
using protocol::ClosingChoice;
using protocol::Event;
using protocol::Phase;
using protocol::RefusalCode;
using protocol::TicketState;

namespace {

Event carried_over(const state::Ticket& ticket, AppointmentKind::Value kind, uint64_t appointment,
                   const SlotFinder::Place& place) {
    Event event;
    auto* body = event.mutable_ticket_carried_over();
    body->set_number(ticket.number());
    body->set_appointment(appointment);
    body->set_kept_arrival_ms(ticket.entered_at_ms());
    body->set_kind(kind);
    body->set_slot_ms(place.slot_ms);
    body->set_date(place.date);
    return event;
}

const std::string& service_now(const state::Ticket& ticket) {
    return ticket.services(static_cast<int>(ticket.service_index()));
}

Events to_another_day(const Ask& ask, const state::Ticket& ticket, AppointmentKind::Value kind,
                      bool print) {
    const HallState& hall = ask.hall;
    // Had to leave because of us: whenever it suits the visitor, and no slot is blocked meanwhile.
    SlotFinder::Place place;
    if (kind != AppointmentKind::our_fault) {
        place = SlotFinder(hall, ask.now_ms).take(service_now(ticket));
    }
    const uint64_t appointment = hall.data.next_appointment();
    Events events{carried_over(ticket, kind, appointment, place)};
    uint64_t job = hall.data.next_print_job();
    if (print) add_slip(hall, appointment, ticket.number(), "", job, events);
    return events;
}

}  // namespace

std::optional<int64_t> closing_offer_from_ms(const HallState& hall) {
    const auto& data = hall.data;
    const int64_t ahead_ms = data.rules().closing_offer_ms();
    if (data.phase() == Phase::extended) {
        // By a supervisor until a time; by itself, because people wait who were asked before.
        return (data.by_hand() ? data.until_ms() : data.plan().closing_at_ms()) - ahead_ms;
    }
    if (data.phase() != Phase::open) return std::nullopt;
    // Opened by hand it is open until midnight.
    if (data.by_hand() || !data.plan().opens()) return data.plan().midnight_at_ms() - ahead_ms;
    return std::max(data.plan().closing_at_ms(), data.until_ms()) - ahead_ms;
}

Decision decide(const Ask& ask, const protocol::ChooseAtClosing& command) {
    auto found = named_ticket(ask.hall, command.number());
    if (!found) return tl::make_unexpected(found.error());
    const state::Ticket& ticket = **found;
    if (ticket.state() == TicketState::called || ticket.state() == TicketState::serving) {
        return Refuse(RefusalCode::ticket_at_window)
            .number(ticket.number())
            .window(ticket.window());
    }
    if (is_over(ticket)) return Refuse(RefusalCode::ticket_not_open).number(ticket.number());
    // Who was missed comes back first, or has gone; who is registered waits for the opening.
    if (!asked_at_closing(ticket)) {
        return Refuse(RefusalCode::ticket_not_waiting).number(ticket.number());
    }
    const auto from_ms = closing_offer_from_ms(ask.hall);
    if (!from_ms) return Refuse(RefusalCode::not_open);
    if (ask.now_ms < *from_ms) {
        return Refuse(RefusalCode::too_early_to_choose).wait_ms(*from_ms - ask.now_ms);
    }
    switch (command.choice()) {
        case ClosingChoice::stay: {
            if (ticket.closing_choice() == ClosingChoice::stay) return Events{};
            Event event;
            event.mutable_closing_chosen()->set_number(ticket.number());
            event.mutable_closing_chosen()->set_choice(ClosingChoice::stay);
            return Events{event};
        }
        case ClosingChoice::tomorrow:
            return to_another_day(ask, ticket, AppointmentKind::carried_over, !command.no_print());
        case ClosingChoice::leave_papers:
            return to_another_day(ask, ticket, AppointmentKind::left_papers, !command.no_print());
        case ClosingChoice::undecided:
        case protocol::ClosingChoice_Value_ClosingChoice_Value_INT_MIN_SENTINEL_DO_NOT_USE_:
        case protocol::ClosingChoice_Value_ClosingChoice_Value_INT_MAX_SENTINEL_DO_NOT_USE_:
            break;
    }
    return Refuse(RefusalCode::value_out_of_range).field("choice");
}

Events had_to_leave(const Ask& ask, const state::Ticket& ticket) {
    return to_another_day(ask, ticket, AppointmentKind::our_fault, true);
}

void end_waiting(const Ask& ask, Slips slips, Events& events) {
    const HallState& hall = ask.hall;
    std::vector<const state::Ticket*> waiting;
    for (const state::Ticket& ticket : hall.data.tickets()) {
        if (ticket.state() == TicketState::missed) {
            events.emplace_back().mutable_ticket_closed_out()->set_number(ticket.number());
        } else if (!is_over(ticket) && ticket.state() != TicketState::serving) {
            waiting.push_back(&ticket);
        }
    }
    // In the order of the queue, so that the first of today is the first of tomorrow.
    std::sort(waiting.begin(), waiting.end(),
              [](const auto* a, const auto* b) { return key_of(*a) < key_of(*b); });
    SlotFinder slots(hall, ask.now_ms);
    uint64_t appointment = hall.data.next_appointment();
    uint64_t job = hall.data.next_print_job();
    for (const state::Ticket* ticket : waiting) {
        events.push_back(carried_over(*ticket, AppointmentKind::carried_over, appointment,
                                      slots.take(service_now(*ticket))));
        if (slips == Slips::printed) {
            add_slip(hall, appointment, ticket->number(), "", job, events);
        }
        ++appointment;
    }
}

}  // namespace hall::core
