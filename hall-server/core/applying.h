// Internal to apply: one event on its way into the state. Each event has its operator(); the files
// are apply_day, apply_tickets, apply_windows, apply_appointments, apply_prints, apply_devices.
#pragma once

#include "hall-server/core/hall_state.h"
#include "protocol/check.h"

namespace hall::core {

struct Applying {
    HallState& hall;
    uint64_t seq;
    int64_t at_ms;
    const Actor& actor;

    state::Ticket& ticket(const std::string& number, TicketHandle& handle) const;
    state::Window& window(uint32_t number) const;
    state::Print& print(uint64_t job) const;

    // Moves a ticket between states and keeps queue, away list and counts right. Change what the
    // queue depends on (key, service) in `change`, which runs while the ticket is in no index.
    template <typename Change>
    void move(const std::string& number, protocol::TicketState::Value to, Change change) const {
        TicketHandle handle = 0;
        state::Ticket& entry = ticket(number, handle);
        if (in_queue(entry)) hall.dequeue(entry, handle);
        if (seated(entry)) --hall.seats_taken;
        if (is_away(entry)) hall.away.erase(handle);
        if (entry.state() == protocol::TicketState::stepped_out) {
            hall.step_outs.erase({entry.stepped_out_until_ms(), handle});
        }
        --hall.count_by_state[static_cast<size_t>(entry.state())];
        entry.set_state(to);
        change(entry);
        ++hall.count_by_state[static_cast<size_t>(to)];
        if (in_queue(entry)) hall.enqueue(entry, handle);
        if (is_away(entry)) hall.away.insert(handle);
        if (to == protocol::TicketState::stepped_out) {
            hall.step_outs.insert({entry.stepped_out_until_ms(), handle});
        }
    }

    void set_window(uint32_t number, protocol::WindowState::Value to,
                    const std::string& holder) const;
    // The ticket leaves its window, which is free again.
    void leave_window(uint32_t number) const;
    // The same, and the ticket is elsewhere.
    void leave(const std::string& number, uint32_t from, protocol::TicketState::Value to) const;
    // `service` becomes the next of the slip.
    static void bring_forward(state::Ticket& entry, const std::string& service);
    // Not in the indexes yet.
    state::Appointment& add_appointment(uint64_t id) const;
    state::Appointment& appointment(uint64_t id) const;
    void end_appointment(state::Appointment& entry, protocol::AppointmentState::Value to) const;
    void forget_ended_appointments() const;
    // How many came when, for the hall's own history.
    void note_load() const;
    // The ticket is what the appointment became; 0 = none.
    void check_in(uint64_t id, state::Ticket& entry) const;
    // The ticket was issued by mistake: its appointment waits for the visitor as before.
    void undo_check_in(const std::string& number) const;
    void keep_arrival(const protocol::TicketCarriedOver& event, const state::Ticket& ended) const;
    void set_counter(const std::string& letter, uint32_t last) const;
    // One call a window, the newest of all last: whoever was served there before needs no row.
    void remember_call(const protocol::TicketCalled& event) const;

    void operator()(const protocol::RulesInstalled& event) const;
    void operator()(const protocol::DayPlanned& event) const;
    void operator()(const protocol::DayEnded& event) const;
    void operator()(const protocol::PhaseChanged& event) const;
    void operator()(const protocol::ClockStepped& event) const;
    void operator()(const protocol::AheadPlanned& event) const;
    void operator()(const protocol::TicketIssued& event) const;
    void operator()(const protocol::TicketCancelled& event) const;
    void operator()(const protocol::TicketSteppedOut& event) const;
    void operator()(const protocol::TicketReturned& event) const;
    void operator()(const protocol::TicketCalled& event) const;
    void operator()(const protocol::TicketMissed& event) const;
    void operator()(const protocol::ServiceStarted& event) const;
    void operator()(const protocol::ServiceFinished& event) const;
    void operator()(const protocol::TicketSentOnErrand& event) const;
    void operator()(const protocol::TicketTransferred& event) const;
    void operator()(const protocol::NextServiceBegun& event) const;
    void operator()(const protocol::TicketCarriedOver& event) const;
    void operator()(const protocol::TicketClosedOut& event) const;
    void operator()(const protocol::ServiceOrderChanged& event) const;
    void operator()(const protocol::TicketLanguageEased& event) const;
    void operator()(const protocol::ClosingChosen& event) const;
    void operator()(const protocol::TicketServedOnPaper& event) const;
    void operator()(const protocol::WindowOpened& event) const;
    void operator()(const protocol::WindowPaused& event) const;
    void operator()(const protocol::WindowClosed& event) const;
    void operator()(const protocol::WindowReserved& event) const;
    void operator()(const protocol::PrintRequested& event) const;
    void operator()(const protocol::PrintClaimed& event) const;
    void operator()(const protocol::PrintReported& event) const;
    void operator()(const protocol::PrinterReported& event) const;
    void operator()(const protocol::DeviceEnrolled& event) const;
    void operator()(const protocol::DeviceRevoked& event) const;
    void operator()(const protocol::AppointmentBooked& event) const;
    void operator()(const protocol::AppointmentCancelled& event) const;
    void operator()(const protocol::AppointmentLapsed& event) const;
};

}  // namespace hall::core
