// The decisions of the hall, one function a command, grouped by what they are about.
//
// Internal to hall-server/core. A decision reads the state and `now`, and gives the events that
// make the command true, or the refusal that says why not. It changes nothing.
#pragma once

#include "hall-server/core/hall_state.h"

namespace hall::core {

struct Ask {
    const HallState& hall;
    int64_t now_ms;
    const Actor& actor;
};

// A refusal with the facts its sentence is made of; chain the facts that apply.
class Refuse {
  public:
    explicit Refuse(protocol::RefusalCode::Value code);
    Refuse& number(const std::string& value);
    Refuse& window(uint32_t value);
    Refuse& next_number(const std::string& value);
    Refuse& field(const std::string& value);  // at most kTextMax bytes of it
    Refuse& wait_ms(int64_t value);
    // Implicit, so that a decision reads `return Refuse(…)` whatever it would have given.
    template <typename T>
    operator tl::expected<T, protocol::Refusal>() const {  // NOLINT(google-explicit-constructor)
        return tl::make_unexpected(refusal_);
    }
    const protocol::Refusal& refusal() const { return refusal_; }

  private:
    protocol::Refusal refusal_;
};

// decide_day.cc
Decision decide(const Ask& ask, const protocol::OpenHall& command);
Decision decide(const Ask& ask, const protocol::CloseHall& command);
Decision decide(const Ask& ask, const protocol::ExtendHall& command);
Decision decide(const Ask& ask, const protocol::StartEarlyWaiting& command);
Decision decide(const Ask& ask, const protocol::InstallRules& command);
Decision decide(const Ask& ask, const protocol::PlanDay& command);
Decision decide(const Ask& ask, const protocol::PlanAhead& command);
Decision decide(const Ask& ask, const protocol::Tick& command);
Decision decide(const Ask& ask, const protocol::NoteClockStep& command);
// When the next Tick has something to do; nothing before the first plan.
std::optional<int64_t> next_tick_ms(const HallState& hall);

// decide_tickets.cc
Decision decide(const Ask& ask, const protocol::IssueTicket& command);
Decision decide(const Ask& ask, const protocol::RegisterEarlyWaiting& command);
Decision decide(const Ask& ask, const protocol::CancelTicket& command);
Decision decide(const Ask& ask, const protocol::StepOut& command);
Decision decide(const Ask& ask, const protocol::ReturnTicket& command);
// What the checks of a ticket's wishes are shared for: issuing, registering, booking.
std::optional<protocol::Refusal> check_ticket(const HallState& hall,
                                              const protocol::IssueTicket& command);
// Whether the principal may send somebody for this service, as the catalogue says.
std::optional<protocol::Refusal> refuse_proxy(const protocol::HallRules::Service& service,
                                              protocol::Proxy::Value proxy);
// A window speaks it, or somebody interprets.
bool language_known(const HallState& hall, const std::string& tag);
// The credit of who waits, or of the principal where proxies inherit; at most H.
int64_t credit_of(const HallState& hall, const protocol::IssueTicket& command);
ticketing::CreditRules credit_rules(const HallState& hall);
// A ticket that the command names, or the refusal that says there is none.
tl::expected<const state::Ticket*, protocol::Refusal> named_ticket(const HallState& hall,
                                                                   const std::string& number);
// The event that brings an absent ticket back to the queue.
protocol::Event returned(const HallState& hall, const state::Ticket& ticket, int64_t now_ms);

// decide_paper.cc
Decision decide(const Ask& ask, const protocol::ImportPaper& command);

// decide_appointments.cc
Decision decide(const Ask& ask, const protocol::BookAppointment& command);
Decision decide(const Ask& ask, const protocol::CancelAppointment& command);

// What a ticket is issued as when it checks an appointment in.
struct CheckIn {
    protocol::IssueTicket
        ticket;             // with the appointment's services and wishes where none are given
    int64_t credit_ms = 0;  // the appointment's, when no category is given
    std::optional<ticketing::Appointment> slot;
    std::optional<int64_t> kept_ms;  // the arrival of an earlier day
};
// Of a command without an appointment: the command itself.
tl::expected<CheckIn, protocol::Refusal> check_in(const Ask& ask,
                                                  const protocol::IssueTicket& command);
// At the end of a day, before the day `next_date`: those whose visitors have not come.
void lapse_appointments(const Ask& ask, const std::string& next_date, Events& events);

// decide_closing.cc
Decision decide(const Ask& ask, const protocol::ChooseAtClosing& command);
// From when people are asked what they prefer; nothing while the hall does not serve.
std::optional<int64_t> closing_offer_from_ms(const HallState& hall);
// Nobody is dropped at the end: whoever waits gets a place on another day and keeps the time
// waited.
enum class Slips { printed, none };
void end_waiting(const Ask& ask, Slips slips, Events& events);
// The same for one who has to leave because of us: any day, with a slip.
Events had_to_leave(const Ask& ask, const state::Ticket& ticket);

// decide_windows.cc
Decision decide(const Ask& ask, const protocol::OpenWindow& command);
Decision decide(const Ask& ask, const protocol::PauseWindow& command);
Decision decide(const Ask& ask, const protocol::CloseWindow& command);
Decision decide(const Ask& ask, const protocol::ReserveWindow& command);
Decision decide(const Ask& ask, const protocol::CallNext& command);
Decision decide(const Ask& ask, const protocol::CallTicket& command);
Decision decide(const Ask& ask, const protocol::Recall& command);
Decision decide(const Ask& ask, const protocol::MarkMissed& command);
Decision decide(const Ask& ask, const protocol::StartService& command);
Decision decide(const Ask& ask, const protocol::FinishService& command);
Decision decide(const Ask& ask, const protocol::SendOnErrand& command);
Decision decide(const Ask& ask, const protocol::Transfer& command);
Decision decide(const Ask& ask, const protocol::NextService& command);
// When the ticket called at a window may be recalled, and when it may be marked missed.
int64_t recall_from_ms(const HallState& hall, const state::Ticket& ticket);
// While calls are still owed it lies in the future: at least one more call away.
int64_t missed_from_ms(const HallState& hall, const state::Ticket& ticket, int64_t now_ms);

// decide_prints.cc
Decision decide(const Ask& ask, const protocol::RetryPrint& command);
Decision decide(const Ask& ask, const protocol::TestPrint& command);
Decision decide(const Ask& ask, const protocol::PrintGuide& command);
Decision decide(const Ask& ask, const protocol::ClaimPrint& command);
Decision decide(const Ask& ask, const protocol::ReportPrint& command);
Decision decide(const Ask& ask, const protocol::ReportPrinter& command);
// A request to print a ticket (or, with no number, a test page), as the next job.
protocol::Event print_request(const HallState& hall, const std::string& number,
                              const std::string& printer);
// Adds the request for the slip of an appointment, and of the ticket that became it, as `next_job`;
// on the hall's ticket printer when none is named. Without a printer, or when the day has had all
// the jobs it can, nothing: the appointment holds all the same.
void add_slip(const HallState& hall, uint64_t appointment, const std::string& number,
              const std::string& printer, uint64_t& next_job, Events& events);
// Claimed prints whose agent has gone silent.
Events lapsed_claims(const HallState& hall, int64_t now_ms);

// decide_cases.cc
Decision decide(const Ask& ask, const protocol::OpenCase& command);
Decision decide(const Ask& ask, const protocol::EnterStage& command);
Decision decide(const Ask& ask, const protocol::LeaveStage& command);
Decision decide(const Ask& ask, const protocol::ReceiveMaterial& command);
Decision decide(const Ask& ask, const protocol::AskMaterial& command);
Decision decide(const Ask& ask, const protocol::AttachTicket& command);
Decision decide(const Ask& ask, const protocol::HandOver& command);
Decision decide(const Ask& ask, const protocol::AcceptHandOver& command);

// decide_case_results.cc
Decision decide(const Ask& ask, const protocol::SetResult& command);
Decision decide(const Ask& ask, const protocol::TellResult& command);
Decision decide(const Ask& ask, const protocol::RateCase& command);
Decision decide(const Ask& ask, const protocol::AnswerFollowUp& command);
Decision decide(const Ask& ask, const protocol::CloseCase& command);
Decision decide(const Ask& ask, const protocol::PrintCasePaper& command);

// decide_scans.cc
Decision decide(const Ask& ask, const protocol::PrintWristband& command);
Decision decide(const Ask& ask, const protocol::ScanCode& command);
Decision decide(const Ask& ask, const protocol::RevokeWristband& command);

// cases.cc. Ratings that lapse; when the next does.
Events case_deadlines(const Ask& ask);
std::optional<int64_t> next_case_deadline_ms(const HallState& hall);

// care.cc. Emergencies that nobody acknowledged; when the next escalates.
Events care_deadlines(const Ask& ask);
std::optional<int64_t> next_care_deadline_ms(const HallState& hall);
// At closing: temperatures are destroyed.
void close_care(const Ask& ask, Events& events);
// At the end of a day, before the day of `next`: what is kept no longer is destroyed.
void end_care_day(const Ask& ask, const protocol::DayPlan& next, Events& events);

// decide_check_ins.cc
Decision decide(const Ask& ask, const protocol::AddCheckIn& command);
Decision decide(const Ask& ask, const protocol::MeasureAgain& command);
Decision decide(const Ask& ask, const protocol::CorrectCheckIn& command);
Decision decide(const Ask& ask, const protocol::CorrectPerson& command);
Decision decide(const Ask& ask, const protocol::ForgetPerson& command);
Decision decide(const Ask& ask, const protocol::Unmask& command);
Decision decide(const Ask& ask, const protocol::PurgeVault& command);

// decide_emergencies.cc
Decision decide(const Ask& ask, const protocol::RaiseEmergency& command);
Decision decide(const Ask& ask, const protocol::AcknowledgeEmergency& command);
Decision decide(const Ask& ask, const protocol::DoEmergencyStep& command);
Decision decide(const Ask& ask, const protocol::CloseEmergency& command);

// decide_facilities.cc
Decision decide(const Ask& ask, const protocol::RecordAssistance& command);
Decision decide(const Ask& ask, const protocol::RecordConsultation& command);
Decision decide(const Ask& ask, const protocol::AnswerConsultation& command);
Decision decide(const Ask& ask, const protocol::LendFacility& command);
Decision decide(const Ask& ask, const protocol::ReturnLoan& command);
Decision decide(const Ask& ask, const protocol::SetStock& command);
Decision decide(const Ask& ask, const protocol::TakeStock& command);

// decide_staff.cc
Decision decide(const Ask& ask, const protocol::AddStaff& command);
Decision decide(const Ask& ask, const protocol::RemoveStaff& command);
Decision decide(const Ask& ask, const protocol::SetPin& command);
Decision decide(const Ask& ask, const protocol::SignOn& command);
Decision decide(const Ask& ask, const protocol::GoOffDuty& command);
Decision decide(const Ask& ask, const protocol::RecordTraining& command);

// decide_devices.cc
Decision decide(const Ask& ask, const protocol::EnrolDevice& command);
Decision decide(const Ask& ask, const protocol::RevokeDevice& command);

}  // namespace hall::core
