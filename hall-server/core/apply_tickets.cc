// Tickets: from the moment they are issued until they are over, as far as no window does it.
#include <algorithm>

#include "hall-server/core/applying.h"

namespace hall::core {

using protocol::Phase;
using protocol::PrintState;
using protocol::TicketState;
using protocol::WindowState;

void Applying::operator()(const protocol::TicketIssued& event) const {
    auto number = ticketing::parse_ticket_number(event.number());
    HALL_CHECK(number.has_value());
    auto handle = static_cast<TicketHandle>(hall.data.tickets_size());
    state::Ticket& entry = *hall.data.add_tickets();
    entry.set_number(event.number());
    entry.set_state(event.early_waiting() ? TicketState::registered : TicketState::waiting);
    *entry.mutable_services() = event.services();
    entry.set_credit_ms(event.credit_ms());
    entry.set_entered_at_ms(event.paper() ? event.entered_at_ms() : at_ms);
    entry.set_key_v_ms(event.key_v_ms());
    entry.set_key_t_ms(event.key_t_ms());
    entry.set_key_serial(event.key_serial());
    *entry.mutable_needs() = event.needs();
    *entry.mutable_prefers() = event.prefers();
    entry.set_must_speak(event.must_speak());
    entry.set_step_free(event.step_free());
    entry.set_early_waiting(event.early_waiting());
    entry.set_seat(event.seat());
    entry.set_ahead_at_issue(event.ahead());
    entry.set_by_sight(event.by_sight());
    entry.set_claim(event.claim());
    entry.set_proxy(event.proxy());
    entry.set_paper(event.paper());
    entry.set_forecast_ms(event.forecast_ms());
    entry.set_forecast_low_ms(event.forecast_low_ms());
    entry.set_forecast_high_ms(event.forecast_high_ms());
    entry.set_forecast_scale_ms(event.forecast_scale_ms());
    check_in(event.appointment(), entry);
    entry.set_check_in(event.check_in());
    add_to_check_in(event.check_in(), event.number());
    hall.data.set_next_key_serial(event.key_serial() + 1);
    // Paper slips come as they were handed out, with gaps; the hall's own numbers have none.
    if (!event.paper()) {
        HALL_CHECK(hall.last_number(number->letter) + 1 == number->serial);
        set_counter(event.number().substr(0, 1), number->serial);
    }
    hall.add_number(*number, handle);
    ++hall.count_by_state[static_cast<size_t>(entry.state())];
    if (seated(entry)) ++hall.seats_taken;
    hall.enqueue(entry, handle);
    hall.note_arrival(entry);
}

void Applying::set_counter(const std::string& letter, uint32_t last) const {
    for (auto& counter : *hall.data.mutable_counters()) {
        if (counter.letter() == letter) return counter.set_last(last);
    }
    auto* counter = hall.data.add_counters();
    counter->set_letter(letter);
    counter->set_last(last);
}

void Applying::operator()(const protocol::TicketCancelled& event) const {
    move(event.number(), TicketState::cancelled,
         [&](state::Ticket& entry) { entry.set_finished_at_ms(at_ms); });
    if (event.reason() != protocol::Reason::issued_by_mistake) return;
    undo_check_in(event.number());
    take_from_check_in(event.number());
}

void Applying::operator()(const protocol::TicketSteppedOut& event) const {
    move(event.number(), TicketState::stepped_out, [&](state::Ticket& entry) {
        entry.set_away_since_ms(at_ms);
        entry.set_stepped_out_until_ms(event.until_ms());
        entry.set_step_outs(entry.step_outs() + 1);
    });
}

void Applying::operator()(const protocol::TicketReturned& event) const {
    move(event.number(), TicketState::waiting, [&](state::Ticket& entry) {
        entry.set_key_v_ms(event.key_v_ms());
        entry.set_key_t_ms(event.key_t_ms());
        entry.set_key_serial(event.key_serial());
        entry.set_calls(0);
        entry.set_stepped_out_until_ms(0);
    });
}

void Applying::operator()(const protocol::TicketClosedOut& event) const {
    move(event.number(), TicketState::closed_out,
         [&](state::Ticket& entry) { entry.set_finished_at_ms(at_ms); });
}

void Applying::operator()(const protocol::ServiceOrderChanged& event) const {
    move(event.number(), protocol::TicketState::waiting,
         [&](state::Ticket& entry) { bring_forward(entry, event.service()); });
}

void Applying::operator()(const protocol::TicketLanguageEased& event) const {
    move(event.number(), protocol::TicketState::waiting,
         [](state::Ticket& entry) { entry.set_language_eased(true); });
}

void Applying::operator()(const protocol::ClosingChosen& event) const {
    TicketHandle handle = 0;
    ticket(event.number(), handle).set_closing_choice(event.choice());
    if (event.choice() == protocol::ClosingChoice::stay) {
        hall.staying.insert(handle);
    } else {
        hall.staying.erase(handle);
    }
}

void Applying::operator()(const protocol::TicketServedOnPaper& event) const {
    move(event.number(), TicketState::done,
         [&](state::Ticket& entry) { entry.set_finished_at_ms(at_ms); });
    hall.data.set_done(hall.data.done() + 1);
}

// The service comes next, those that it passes keep their order.
void Applying::bring_forward(state::Ticket& entry, const std::string& service) {
    auto& slip = *entry.mutable_services();
    auto first = slip.begin() + static_cast<int>(entry.service_index());
    auto found = std::find(first, slip.end(), service);
    HALL_CHECK(found != slip.end());
    std::rotate(first, found, found + 1);
}

}  // namespace hall::core
