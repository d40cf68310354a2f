// Windows, and what they do with the tickets they call.
#include "hall-server/core/applying.h"
#include "hall-server/core/forecasting.h"

namespace hall::core {

using protocol::Phase;
using protocol::PrintState;
using protocol::TicketState;
using protocol::WindowState;

void Applying::operator()(const protocol::TicketCalled& event) const {
    move(event.number(), TicketState::called, [&](state::Ticket& entry) {
        entry.set_window(event.window());
        entry.set_last_window(event.window());
        entry.set_calls(event.count());
        entry.set_called_at_ms(at_ms);
        if (event.count() == 1) entry.set_first_called_at_ms(at_ms);
        if (entry.first_wait_ended_at_ms() == 0) {
            entry.set_first_wait_ended_at_ms(at_ms);
            note_wait_ended(hall, entry, at_ms);
        }
    });
    set_window(event.window(), WindowState::calling, event.number());
    remember_call(event);
}

// One call a window, the newest of all last: whoever was served there before needs no row.
void Applying::remember_call(const protocol::TicketCalled& event) const {
    auto& calls = *hall.data.mutable_calls();
    for (int i = calls.size() - 1; i >= 0; --i) {
        const state::Call& old = calls.Get(i);
        if (old.number() == event.number() || old.window() == event.window()) {
            calls.DeleteSubrange(i, 1);
        }
    }
    state::Call& call = *calls.Add();
    call.set_number(event.number());
    call.set_window(event.window());
    call.set_at_ms(at_ms);
    call.set_count(event.count());
    call.set_seq(seq);
}

void Applying::operator()(const protocol::TicketMissed& event) const {
    leave(event.number(), event.window(), TicketState::missed);
}

void Applying::operator()(const protocol::ServiceStarted& event) const {
    move(event.number(), TicketState::serving,
         [&](state::Ticket& entry) { entry.set_started_at_ms(at_ms); });
    set_window(event.window(), WindowState::serving, event.number());
}

void Applying::operator()(const protocol::ServiceFinished& event) const {
    move(event.number(), TicketState::done, [&](state::Ticket& entry) {
        note_service(hall, entry, at_ms);
        entry.set_window(0);
        entry.set_finished_at_ms(at_ms);
    });
    leave_window(event.window());
    state::Window& entry = window(event.window());
    entry.set_served_today(entry.served_today() + 1);
    hall.data.set_done(hall.data.done() + 1);
}

void Applying::leave(const std::string& number, uint32_t from, TicketState::Value to) const {
    move(number, to, [&](state::Ticket& entry) {
        note_service(hall, entry, at_ms);
        entry.set_window(0);
        entry.set_calls(0);
        entry.set_away_since_ms(at_ms);
    });
    leave_window(from);
}

void Applying::operator()(const protocol::TicketSentOnErrand& event) const {
    leave(event.number(), event.window(), TicketState::on_errand);
}

void Applying::operator()(const protocol::TicketTransferred& event) const {
    move(event.number(), TicketState::waiting, [&](state::Ticket& entry) {
        note_service(hall, entry, at_ms);
        entry.set_window(0);
        entry.set_calls(0);
        entry.set_services(static_cast<int>(entry.service_index()), event.service());
    });
    leave_window(event.window());
}

void Applying::operator()(const protocol::NextServiceBegun& event) const {
    move(event.number(), TicketState::waiting, [&](state::Ticket& entry) {
        note_service(hall, entry, at_ms);
        entry.set_window(0);
        entry.set_calls(0);
        entry.set_service_index(entry.service_index() + 1);
        if (!event.service().empty()) bring_forward(entry, event.service());
    });
    leave_window(event.window());
}

void Applying::operator()(const protocol::WindowOpened& event) const {
    set_window(event.window(), WindowState::idle, "");
}

void Applying::operator()(const protocol::WindowPaused& event) const {
    set_window(event.window(), WindowState::paused, "");
    window(event.window()).set_pause_reason(event.reason());
}

void Applying::operator()(const protocol::WindowClosed& event) const {
    set_window(event.window(), WindowState::closed, "");
}

// What a window is reserved for decides how the queues are kept: they are built anew.
void Applying::operator()(const protocol::WindowReserved& event) const {
    window(event.window()).set_reserved_credit_ms(event.credit_ms());
    hall.reindex();
}

}  // namespace hall::core
