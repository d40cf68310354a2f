#include "hall-server/core/counting.h"

#include "hall-server/core/care.h"
#include "hall-server/core/cases.h"
#include "hall-server/core/decide.h"

namespace hall::core {

using protocol::Event;
using protocol::PrintState;
using protocol::TicketState;
using Question = protocol::DayReport::Question;

namespace {

struct Counting {
    HallState& hall;
    int64_t at_ms;
    const Actor& actor;
    protocol::DayReport& report;

    // Apply refuses an event about a ticket that is not there: it is checked there.
    state::Ticket* ticket(const std::string& number) const {
        auto handle = hall.find_ticket(number);
        return handle ? hall.data.mutable_tickets(static_cast<int>(*handle)) : nullptr;
    }

    Question* question(Question::Kind kind, const std::string& number, uint32_t window) const;
    void grant_by_sight(const std::string& number) const;
    void issued(const protocol::TicketIssued& event) const;
    void called(const protocol::TicketCalled& event) const;
    void missed(const protocol::TicketMissed& event) const;
    void returned(const protocol::TicketReturned& event) const;
    void started(const protocol::ServiceStarted& event) const;
    void served(const std::string& number, bool whole) const;
    void held(const protocol::TicketHeld& event) const;
    void transferred(const protocol::TicketTransferred& event) const;
    void reported(const protocol::PrintReported& event) const;
    void phase(const protocol::PhaseChanged& event) const;
    void accepted(const protocol::CaseStageEntered& event) const;
};

// The row, or nothing when the list is full; its number is exact either way.
Question* Counting::question(Question::Kind kind, const std::string& number,
                             uint32_t window) const {
    report.set_question_count(report.question_count() + 1);
    if (report.questions_size() == static_cast<int>(kReportQuestionsMax)) return nullptr;
    Question& row = *report.add_questions();
    row.set_kind(kind);
    row.set_number(number);
    row.set_window(window);
    row.set_at_ms(at_ms);
    row.set_actor(who_text(actor));
    return &row;
}

void Counting::grant_by_sight(const std::string& number) const {
    question(Question::by_sight, number, 0);
    auto& rows = *report.mutable_by_sight();
    std::string who = who_text(actor);
    if (rows.size() >= static_cast<int>(kReportSightsMax) - 1) {
        bool listed = false;
        for (const auto& row : rows) listed |= row.actor() == who;
        if (!listed) who.clear();
    }
    for (auto& row : rows) {
        if (row.actor() == who) return row.set_count(row.count() + 1);
    }
    auto& row = *rows.Add();
    row.set_actor(who);
    row.set_count(1);
}

void Counting::issued(const protocol::TicketIssued& event) const {
    if (event.by_sight()) grant_by_sight(event.number());
    if (event.paper()) report.set_paper(report.paper() + 1);
    // Which of them came late their tickets tell.
    bool checks_in = event.appointment() != 0;
    if (checks_in) report.set_appointments_kept(report.appointments_kept() + 1);
    const state::CheckIn* person = find_check_in(hall, event.check_in());
    if (!person) return;
    const std::string today = hall.data.plan().date() + "/";
    for (const std::string& number : person->numbers()) {
        if (number.rfind(today, 0) != 0) continue;
        question(Question::several_tickets, event.number(), 0);
        return;
    }
}

// An emergency broke the service off: nobody knows how long it takes, and serving it again at the
// same window needs no explanation.
void Counting::held(const protocol::TicketHeld& event) const {
    state::Ticket* found = ticket(event.number());
    if (!found) return;
    if (found->state() == TicketState::serving) served(event.number(), false);
    found->set_served_at(0);
}

void Counting::called(const protocol::TicketCalled& event) const {
    if (event.out_of_order()) {
        report.set_out_of_order(report.out_of_order() + 1);
        Question* row = question(Question::out_of_order, event.number(), event.window());
        if (row) row->set_reason(event.reason());
    }
    if (event.reserved()) {
        report.set_reserved_calls(report.reserved_calls() + 1);
        question(Question::reserved_first, event.number(), event.window());
    }
    if (event.overtook() > 0) {
        report.set_overtakings(report.overtakings() + 1);
        report.set_overtaken(report.overtaken() + event.overtook());
    }
    const state::Ticket* found = ticket(event.number());
    if (!found || found->first_wait_ended_at_ms() != 0 || found->forecast_high_ms() == 0) return;
    int64_t waited_ms = at_ms - found->entered_at_ms();
    report.set_forecasts(report.forecasts() + 1);
    if (waited_ms >= found->forecast_low_ms() && waited_ms <= found->forecast_high_ms()) {
        report.set_forecasts_covered(report.forecasts_covered() + 1);
    }
}

void Counting::missed(const protocol::TicketMissed& event) const {
    report.set_missed(report.missed() + 1);
    const state::Ticket* found = ticket(event.number());
    if (!found || at_ms - missed_from_ms(hall, *found, at_ms) > kQuickMissMs) return;
    question(Question::quick_miss, event.number(), event.window());
}

// Later than the rules say it is a new entry, behind everybody: nothing to question.
void Counting::returned(const protocol::TicketReturned& event) const {
    const state::Ticket* found = ticket(event.number());
    if (!found || found->state() != TicketState::missed) return;
    if (at_ms - found->away_since_ms() > hall.data.rules().missed_return_ms()) return;
    question(Question::return_without_errand, event.number(), found->last_window());
}

void Counting::started(const protocol::ServiceStarted& event) const {
    state::Ticket* found = ticket(event.number());
    if (!found) return;
    if (found->served_at() == event.window()) {
        question(Question::return_without_errand, event.number(), event.window());
    }
    found->set_served_at(event.window());
}

// One stretch at a window ends. `whole` = it says how long the service took, so far.
void Counting::served(const std::string& number, bool whole) const {
    state::Ticket* found = ticket(number);
    if (!found) return;
    auto index = static_cast<int>(found->service_index());
    auto& spans = *found->mutable_spans_ms();
    while (spans.size() <= index) spans.Add(0);
    spans.Set(index, whole ? spans.Get(index) + at_ms - found->started_at_ms() : 0);
}

void Counting::transferred(const protocol::TicketTransferred& event) const {
    state::Ticket* found = ticket(event.number());
    if (!found) return;
    served(event.number(), false);
    bool other = found->services(static_cast<int>(found->service_index())) != event.service();
    if (other) found->set_served_at(0);
}

// A print that went wrong counts once, however often that is said of it.
void Counting::reported(const protocol::PrintReported& event) const {
    const state::Print* print = hall.find_print(event.job());
    if (!print || event.verdict() == PrintState::printed) return;
    if (print->state() == PrintState::failed || print->state() == PrintState::unconfirmed) return;
    report.set_prints_failed(report.prints_failed() + 1);
}

void Counting::phase(const protocol::PhaseChanged& event) const {
    bool first = event.phase() == protocol::Phase::open && hall.data.first_opened_at_ms() == 0;
    if (first) hall.data.set_first_opened_at_ms(at_ms);
}

// Somebody's papers are taken in who stands in no queue today.
void Counting::accepted(const protocol::CaseStageEntered& event) const {
    const state::Case* found = find_case(hall, event.case_id());
    if (event.stage() != protocol::CaseStage::acceptance || !found) return;
    if (found->number().empty()) question(Question::service_without_ticket, "", 0);
}

}  // namespace

void count(HallState& hall, const Event& event, int64_t at_ms, const Actor& actor) {
    protocol::DayReport& report = *hall.data.mutable_report();
    Counting counting{hall, at_ms, actor, report};
    auto ends_whole = [&](const std::string& number) {
        counting.served(number, true);
        if (state::Ticket* found = counting.ticket(number)) found->set_served_at(0);
    };
    switch (event.body_case()) {
        case Event::kPhaseChanged:
            return counting.phase(event.phase_changed());
        case Event::kTicketIssued:
            return counting.issued(event.ticket_issued());
        case Event::kTicketSteppedOut:
            return report.set_step_outs(report.step_outs() + 1);
        case Event::kTicketReturned:
            return counting.returned(event.ticket_returned());
        case Event::kTicketCalled:
            return counting.called(event.ticket_called());
        case Event::kTicketMissed:
            return counting.missed(event.ticket_missed());
        case Event::kServiceStarted:
            return counting.started(event.service_started());
        case Event::kServiceFinished:
            // Nobody knows when a service that midnight ended was over.
            return counting.served(event.service_finished().number(),
                                   !event.service_finished().by_day_end());
        case Event::kTicketSentOnErrand:
            report.set_errands(report.errands() + 1);
            return ends_whole(event.ticket_sent_on_errand().number());
        case Event::kTicketTransferred:
            return counting.transferred(event.ticket_transferred());
        case Event::kNextServiceBegun:
            return ends_whole(event.next_service_begun().number());
        case Event::kServiceOrderChanged:
            return counting.served(event.service_order_changed().number(), false);
        case Event::kTicketLanguageEased:
            return report.set_languages_eased(report.languages_eased() + 1);
        case Event::kPrintReported:
            return counting.reported(event.print_reported());
        case Event::kAppointmentBooked:
            return report.set_appointments_booked(report.appointments_booked() + 1);
        case Event::kAppointmentLapsed:
            return report.set_appointments_lapsed(report.appointments_lapsed() + 1);
        case Event::kCaseStageEntered:
            return counting.accepted(event.case_stage_entered());
        case Event::kTicketHeld:
            return counting.held(event.ticket_held());
        case Event::kRulesInstalled:
        case Event::kDayPlanned:
        case Event::kDayEnded:
        case Event::kClockStepped:
        case Event::kTicketCancelled:
        case Event::kTicketCarriedOver:
        case Event::kTicketClosedOut:
        case Event::kClosingChosen:
        case Event::kTicketServedOnPaper:
        case Event::kWindowOpened:
        case Event::kWindowPaused:
        case Event::kWindowClosed:
        case Event::kWindowReserved:
        case Event::kPrintRequested:
        case Event::kPrintClaimed:
        case Event::kPrinterReported:
        case Event::kDeviceEnrolled:
        case Event::kDeviceRevoked:
        case Event::kAppointmentCancelled:
        case Event::kAheadPlanned:
        case Event::kCaseOpened:
        case Event::kCaseStageLeft:
        case Event::kCasePromised:
        case Event::kMaterialReceived:
        case Event::kMaterialAsked:
        case Event::kCaseTicketAttached:
        case Event::kCaseOffered:
        case Event::kCaseHandedOver:
        case Event::kCaseDecided:
        case Event::kResultTold:
        case Event::kCaseRated:
        case Event::kRatingLapsed:
        case Event::kFollowUpAnswered:
        case Event::kCaseClosed:
        case Event::kWristbandIssued:
        case Event::kWristbandRevoked:
        case Event::kCodeScanned:
        case Event::kCheckedIn:
        case Event::kCheckInMeasured:
        case Event::kCheckInCorrected:
        case Event::kPersonCorrected:
        case Event::kPersonForgotten:
        case Event::kPersonUnmasked:
        case Event::kVaultDaysDestroyed:
        case Event::kEmergencyRaised:
        case Event::kTicketReleased:
        case Event::kEmergencyAcknowledged:
        case Event::kEmergencyEscalated:
        case Event::kEmergencyStepDone:
        case Event::kEmergencyClosed:
        case Event::kAssistanceGiven:
        case Event::kConsultationGiven:
        case Event::kConsultationAnswered:
        case Event::kFacilityLent:
        case Event::kFacilityReturned:
        case Event::kStockSet:
        case Event::kStockTaken:
        case Event::kStaffAdded:
        case Event::kStaffRemoved:
        case Event::kStaffPinSet:
        case Event::kStaffSignedOn:
        case Event::kStaffOffDuty:
        case Event::kStaffTrained:
        case Event::BODY_NOT_SET:
            return;  // the tickets tell it, or nobody asks
    }
}

}  // namespace hall::core
