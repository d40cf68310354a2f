// What each event does to the hall. Cannot fail: a decision has checked everything, and an event
// that contradicts the state means that the log or we are wrong (HALL_CHECK).
//
// Every version of every event ever written is understood here, for ever.
#include "hall-server/core/apply.h"

#include "hall-server/core/applying.h"
#include "hall-server/core/counting.h"

namespace hall::core {

using protocol::WindowState;

state::Ticket& Applying::ticket(const std::string& number, TicketHandle& handle) const {
    auto found = hall.find_ticket(number);
    HALL_CHECK(found.has_value());
    handle = *found;
    return *hall.data.mutable_tickets(static_cast<int>(handle));
}

state::Window& Applying::window(uint32_t number) const {
    return *hall.data.mutable_windows(hall.window_index.at(number));
}

state::Print& Applying::print(uint64_t job) const {
    HALL_CHECK(hall.find_print(job) != nullptr);
    return *hall.data.mutable_prints(static_cast<int>(job - hall.data.prints(0).job()));
}

void Applying::set_window(uint32_t number, WindowState::Value to, const std::string& holder) const {
    state::Window& entry = window(number);
    entry.set_state(to);
    entry.set_ticket(holder);
    entry.set_since_ms(at_ms);
    entry.set_pause_reason(protocol::Reason::unspecified);
    hall.queues.set_open(number, to != WindowState::closed && to != WindowState::paused);
}

// The ticket leaves its window, which is free again.
void Applying::leave_window(uint32_t number) const {
    set_window(number, WindowState::idle, "");
}

void apply(HallState& hall, const protocol::Event& event, uint64_t seq, int64_t at_ms,
           const Actor& actor) {
    HALL_CHECK(seq == hall.data.seq() + 1);
    HALL_CHECK(at_ms >= hall.data.last_at_ms());
    count(hall, event, at_ms, actor);
    Applying applying{hall, seq, at_ms, actor};
    switch (event.body_case()) {
        case protocol::Event::kRulesInstalled:
            applying(event.rules_installed());
            break;
        case protocol::Event::kDayPlanned:
            applying(event.day_planned());
            break;
        case protocol::Event::kDayEnded:
            applying(event.day_ended());
            break;
        case protocol::Event::kPhaseChanged:
            applying(event.phase_changed());
            break;
        case protocol::Event::kClockStepped:
            applying(event.clock_stepped());
            break;
        case protocol::Event::kTicketIssued:
            applying(event.ticket_issued());
            break;
        case protocol::Event::kTicketCancelled:
            applying(event.ticket_cancelled());
            break;
        case protocol::Event::kTicketSteppedOut:
            applying(event.ticket_stepped_out());
            break;
        case protocol::Event::kTicketReturned:
            applying(event.ticket_returned());
            break;
        case protocol::Event::kTicketCalled:
            applying(event.ticket_called());
            break;
        case protocol::Event::kTicketMissed:
            applying(event.ticket_missed());
            break;
        case protocol::Event::kServiceStarted:
            applying(event.service_started());
            break;
        case protocol::Event::kServiceFinished:
            applying(event.service_finished());
            break;
        case protocol::Event::kTicketSentOnErrand:
            applying(event.ticket_sent_on_errand());
            break;
        case protocol::Event::kTicketTransferred:
            applying(event.ticket_transferred());
            break;
        case protocol::Event::kNextServiceBegun:
            applying(event.next_service_begun());
            break;
        case protocol::Event::kTicketCarriedOver:
            applying(event.ticket_carried_over());
            break;
        case protocol::Event::kTicketClosedOut:
            applying(event.ticket_closed_out());
            break;
        case protocol::Event::kWindowOpened:
            applying(event.window_opened());
            break;
        case protocol::Event::kWindowPaused:
            applying(event.window_paused());
            break;
        case protocol::Event::kWindowClosed:
            applying(event.window_closed());
            break;
        case protocol::Event::kPrintRequested:
            applying(event.print_requested());
            break;
        case protocol::Event::kPrintClaimed:
            applying(event.print_claimed());
            break;
        case protocol::Event::kPrintReported:
            applying(event.print_reported());
            break;
        case protocol::Event::kPrinterReported:
            applying(event.printer_reported());
            break;
        case protocol::Event::kDeviceEnrolled:
            applying(event.device_enrolled());
            break;
        case protocol::Event::kDeviceRevoked:
            applying(event.device_revoked());
            break;
        case protocol::Event::kAheadPlanned:
            applying(event.ahead_planned());
            break;
        case protocol::Event::kServiceOrderChanged:
            applying(event.service_order_changed());
            break;
        case protocol::Event::kTicketLanguageEased:
            applying(event.ticket_language_eased());
            break;
        case protocol::Event::kClosingChosen:
            applying(event.closing_chosen());
            break;
        case protocol::Event::kTicketServedOnPaper:
            applying(event.ticket_served_on_paper());
            break;
        case protocol::Event::kWindowReserved:
            applying(event.window_reserved());
            break;
        case protocol::Event::kAppointmentBooked:
            applying(event.appointment_booked());
            break;
        case protocol::Event::kAppointmentCancelled:
            applying(event.appointment_cancelled());
            break;
        case protocol::Event::kAppointmentLapsed:
            applying(event.appointment_lapsed());
            break;
        case protocol::Event::BODY_NOT_SET:
            // Written by a later version than ours: going on would lose what it says.
            HALL_CHECK(event.body_case() != protocol::Event::BODY_NOT_SET);
            break;
    }
    hall.data.set_seq(seq);
    hall.data.set_last_at_ms(at_ms);
}

}  // namespace hall::core
