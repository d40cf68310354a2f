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

// decide_closing.cc
Decision decide(const Ask& ask, const protocol::ChooseAtClosing& command);

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
Decision decide(const Ask& ask, const protocol::ClaimPrint& command);
Decision decide(const Ask& ask, const protocol::ReportPrint& command);
Decision decide(const Ask& ask, const protocol::ReportPrinter& command);
// A request to print a ticket (or, with no number, a test page), as the next job.
protocol::Event print_request(const HallState& hall, const std::string& number,
                              const std::string& printer);
// The same for the slip of an appointment.
protocol::Event print_slip(uint64_t job, uint64_t appointment, const std::string& number,
                           const std::string& printer);
// Claimed prints whose agent has gone silent.
Events lapsed_claims(const HallState& hall, int64_t now_ms);

// decide_devices.cc
Decision decide(const Ask& ask, const protocol::EnrolDevice& command);
Decision decide(const Ask& ask, const protocol::RevokeDevice& command);

}  // namespace hall::core
