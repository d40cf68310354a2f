// Internal to apply: one event on its way into the state. Each event has its operator(); the files
// are apply_day, apply_tickets, apply_windows, apply_appointments, apply_prints, apply_devices.
#pragma once

#include <algorithm>

#include "hall-server/core/hall_state.h"
#include "protocol/check.h"

namespace hall::core {

// Those that stay keep their order.
template <typename List, typename Condition>
void erase_if(List& list, Condition condition) {
    list.erase(std::remove_if(list.begin(), list.end(), condition), list.end());
}

// What an event names by its id is there: its decision saw it.
template <typename List>
auto& known(List& list, uint64_t id) {
    auto found = list.begin();
    while (found != list.end() && found->id() != id) ++found;
    HALL_CHECK(found != list.end());
    return *found;
}

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
    // A ticket is of the person of this check-in; 0 = of nobody known.
    void add_to_check_in(uint64_t id, const std::string& number) const;
    // The same ticket was a mistake.
    void take_from_check_in(const std::string& number) const;
    void keep_arrival(const protocol::TicketCarriedOver& event, const state::Ticket& ended) const;
    void set_counter(const std::string& letter, uint32_t last) const;
    // One call a window, the newest of all last: whoever was served there before needs no row.
    void remember_call(const protocol::TicketCalled& event) const;

    // The vault keeps `record` under today's key of this kind. 0 = nothing to keep.
    void use_record(uint64_t record, protocol::VaultKind::Value kind) const;
    // What the case has in the vault is sealed anew under its last active day. 0 = no case.
    void seal_case_today(uint64_t id) const;
    // Closed cases and the wristbands of their visitors leave memory; tickets of the day with it.
    void end_case_day() const;
    // What scans opened at a window's console is shown there no more.
    void put_cases_away(uint32_t window) const;
    // Closed emergencies, returned loans, answered consultations, help and duty of the day.
    void end_care_day() const;

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
    void operator()(const protocol::CaseOpened& event) const;
    void operator()(const protocol::CaseStageEntered& event) const;
    void operator()(const protocol::CaseStageLeft& event) const;
    void operator()(const protocol::CasePromised& event) const;
    void operator()(const protocol::MaterialReceived& event) const;
    void operator()(const protocol::MaterialAsked& event) const;
    void operator()(const protocol::CaseTicketAttached& event) const;
    void operator()(const protocol::CaseOffered& event) const;
    void operator()(const protocol::CaseHandedOver& event) const;
    void operator()(const protocol::CaseDecided& event) const;
    void operator()(const protocol::ResultTold& event) const;
    void operator()(const protocol::CaseRated& event) const;
    void operator()(const protocol::RatingLapsed& event) const;
    void operator()(const protocol::FollowUpAnswered& event) const;
    void operator()(const protocol::CaseClosed& event) const;
    void operator()(const protocol::WristbandIssued& event) const;
    void operator()(const protocol::WristbandRevoked& event) const;
    void operator()(const protocol::CodeScanned& event) const;
    void operator()(const protocol::CheckedIn& event) const;
    void operator()(const protocol::CheckInMeasured& event) const;
    void operator()(const protocol::CheckInCorrected& event) const;
    void operator()(const protocol::PersonCorrected& event) const;
    void operator()(const protocol::PersonForgotten& event) const;
    void operator()(const protocol::PersonUnmasked& event) const;
    void operator()(const protocol::VaultDaysDestroyed& event) const;
    void operator()(const protocol::EmergencyRaised& event) const;
    void operator()(const protocol::TicketHeld& event) const;
    void operator()(const protocol::TicketReleased& event) const;
    void operator()(const protocol::EmergencyAcknowledged& event) const;
    void operator()(const protocol::EmergencyEscalated& event) const;
    void operator()(const protocol::EmergencyStepDone& event) const;
    void operator()(const protocol::EmergencyClosed& event) const;
    void operator()(const protocol::AssistanceGiven& event) const;
    void operator()(const protocol::ConsultationGiven& event) const;
    void operator()(const protocol::ConsultationAnswered& event) const;
    void operator()(const protocol::FacilityLent& event) const;
    void operator()(const protocol::FacilityReturned& event) const;
    void operator()(const protocol::StockSet& event) const;
    void operator()(const protocol::StockTaken& event) const;
    void operator()(const protocol::StaffAdded& event) const;
    void operator()(const protocol::StaffRemoved& event) const;
    void operator()(const protocol::StaffPinSet& event) const;
    void operator()(const protocol::StaffSignedOn& event) const;
    void operator()(const protocol::StaffOffDuty& event) const;
    void operator()(const protocol::StaffTrained& event) const;
};

}  // namespace hall::core
