// What each event does to the hall. Cannot fail: a decision has checked everything, and an event
// that contradicts the state means that the log or we are wrong (HALL_CHECK).
//
// Every version of every event ever written is understood here, for ever.
#include "hall-server/core/apply.h"

#include <utility>

#include "hall-server/core/applying.h"
#include "hall-server/core/cases.h"
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

void Applying::use_record(uint64_t record, protocol::VaultKind::Value kind) const {
    if (record == 0) return;
    if (record >= hall.data.next_record()) hall.data.set_next_record(record + 1);
    auto& days = *hall.data.mutable_vault_days();
    const uint32_t today = hall.data.plan().day();
    int at = days.size();
    while (at > 0 &&
           std::make_pair(days[at - 1].day(), days[at - 1].kind()) > std::make_pair(today, kind)) {
        --at;
    }
    if (at > 0 && days[at - 1].day() == today && days[at - 1].kind() == kind) return;
    state::VaultDay& added = *days.Add();
    added.set_day(today);
    added.set_kind(kind);
    for (int i = days.size() - 1; i > at; --i) days.SwapElements(i, i - 1);
}

void Applying::seal_case_today(uint64_t id) const {
    auto found = hall.case_index.find(id);
    if (found == hall.case_index.end()) return;
    state::Case& entry = *hall.data.mutable_cases(found->second);
    entry.set_sealed_day(hall.data.plan().day());
    if (!entry.records().empty()) use_record(entry.records(0), protocol::VaultKind::case_file);
}

// The ticket leaves its window, which is free again.
void Applying::leave_window(uint32_t number) const {
    set_window(number, WindowState::idle, "");
    put_cases_away(number);
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
        case protocol::Event::kCaseOpened:
            applying(event.case_opened());
            break;
        case protocol::Event::kCaseStageEntered:
            applying(event.case_stage_entered());
            break;
        case protocol::Event::kCaseStageLeft:
            applying(event.case_stage_left());
            break;
        case protocol::Event::kCasePromised:
            applying(event.case_promised());
            break;
        case protocol::Event::kMaterialReceived:
            applying(event.material_received());
            break;
        case protocol::Event::kMaterialAsked:
            applying(event.material_asked());
            break;
        case protocol::Event::kCaseTicketAttached:
            applying(event.case_ticket_attached());
            break;
        case protocol::Event::kCaseOffered:
            applying(event.case_offered());
            break;
        case protocol::Event::kCaseHandedOver:
            applying(event.case_handed_over());
            break;
        case protocol::Event::kCaseDecided:
            applying(event.case_decided());
            break;
        case protocol::Event::kResultTold:
            applying(event.result_told());
            break;
        case protocol::Event::kCaseRated:
            applying(event.case_rated());
            break;
        case protocol::Event::kRatingLapsed:
            applying(event.rating_lapsed());
            break;
        case protocol::Event::kFollowUpAnswered:
            applying(event.follow_up_answered());
            break;
        case protocol::Event::kCaseClosed:
            applying(event.case_closed());
            break;
        case protocol::Event::kWristbandIssued:
            applying(event.wristband_issued());
            break;
        case protocol::Event::kWristbandRevoked:
            applying(event.wristband_revoked());
            break;
        case protocol::Event::kCodeScanned:
            applying(event.code_scanned());
            break;
        case protocol::Event::kCheckedIn:
            applying(event.checked_in());
            break;
        case protocol::Event::kCheckInMeasured:
            applying(event.check_in_measured());
            break;
        case protocol::Event::kCheckInCorrected:
            applying(event.check_in_corrected());
            break;
        case protocol::Event::kPersonCorrected:
            applying(event.person_corrected());
            break;
        case protocol::Event::kPersonForgotten:
            applying(event.person_forgotten());
            break;
        case protocol::Event::kPersonUnmasked:
            applying(event.person_unmasked());
            break;
        case protocol::Event::kVaultDaysDestroyed:
            applying(event.vault_days_destroyed());
            break;
        case protocol::Event::kEmergencyRaised:
            applying(event.emergency_raised());
            break;
        case protocol::Event::kTicketHeld:
            applying(event.ticket_held());
            break;
        case protocol::Event::kTicketReleased:
            applying(event.ticket_released());
            break;
        case protocol::Event::kEmergencyAcknowledged:
            applying(event.emergency_acknowledged());
            break;
        case protocol::Event::kEmergencyEscalated:
            applying(event.emergency_escalated());
            break;
        case protocol::Event::kEmergencyStepDone:
            applying(event.emergency_step_done());
            break;
        case protocol::Event::kEmergencyClosed:
            applying(event.emergency_closed());
            break;
        case protocol::Event::kAssistanceGiven:
            applying(event.assistance_given());
            break;
        case protocol::Event::kConsultationGiven:
            applying(event.consultation_given());
            break;
        case protocol::Event::kConsultationAnswered:
            applying(event.consultation_answered());
            break;
        case protocol::Event::kFacilityLent:
            applying(event.facility_lent());
            break;
        case protocol::Event::kFacilityReturned:
            applying(event.facility_returned());
            break;
        case protocol::Event::kStockSet:
            applying(event.stock_set());
            break;
        case protocol::Event::kStockTaken:
            applying(event.stock_taken());
            break;
        case protocol::Event::kStaffAdded:
            applying(event.staff_added());
            break;
        case protocol::Event::kStaffRemoved:
            applying(event.staff_removed());
            break;
        case protocol::Event::kStaffPinSet:
            applying(event.staff_pin_set());
            break;
        case protocol::Event::kStaffSignedOn:
            applying(event.staff_signed_on());
            break;
        case protocol::Event::kStaffOffDuty:
            applying(event.staff_off_duty());
            break;
        case protocol::Event::kStaffTrained:
            applying(event.staff_trained());
            break;
        case protocol::Event::BODY_NOT_SET:
            // Written by a later version than ours: going on would lose what it says.
            HALL_CHECK(event.body_case() != protocol::Event::BODY_NOT_SET);
            break;
    }
    applying.seal_case_today(active_case(event));
    hall.data.set_seq(seq);
    hall.data.set_last_at_ms(at_ms);
}

}  // namespace hall::core
