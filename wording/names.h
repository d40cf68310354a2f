// Words for the enums of the protocol and sentences for refusals: one place, so that a board, a
// slip and hallctl say the same. Keys: phase.*, ticket_state.*, window_state.*, print_state.*,
// printer_state.*, need.*, reason.*, claim.*, appointment_state.*, appointment_kind.*,
// closing_choice.*, case_stage.*, stage_outcome.*, case_result.*, tell_way.*, rating_state.*,
// check_in_reason.*, filled_by.*, check_in_state.*, staff_rank.*, emergency_state.*,
// emergency_outcome.*, facility_kind.*, vault_kind.*, unmask_purpose.*, ledger_kind.*, handling.*,
// paper_kind.*, entry_check.*, grade.*, place.*, refusal.*, refusal_field.*.
#pragma once

#include <string>

#include "protocol/types.pb.h"
#include "wording/wording.h"

namespace hall::wording {

std::string name_of(protocol::Phase::Value value, Language language = Language::zh);
std::string name_of(protocol::TicketState::Value value, Language language = Language::zh);
std::string name_of(protocol::WindowState::Value value, Language language = Language::zh);
std::string name_of(protocol::PrintState::Value value, Language language = Language::zh);
std::string name_of(protocol::PrinterState::Value value, Language language = Language::zh);
std::string name_of(protocol::Need::Value value, Language language = Language::zh);
std::string name_of(protocol::Reason::Value value, Language language = Language::zh);
std::string name_of(protocol::Claim::Value value, Language language = Language::zh);
std::string name_of(protocol::AppointmentState::Value value, Language language = Language::zh);
std::string name_of(protocol::AppointmentKind::Value value, Language language = Language::zh);
std::string name_of(protocol::ClosingChoice::Value value, Language language = Language::zh);
std::string name_of(protocol::CaseStage::Value value, Language language = Language::zh);
std::string name_of(protocol::StageOutcome::Value value, Language language = Language::zh);
std::string name_of(protocol::CaseResult::Value value, Language language = Language::zh);
std::string name_of(protocol::TellWay::Value value, Language language = Language::zh);
std::string name_of(protocol::RatingState::Value value, Language language = Language::zh);
std::string name_of(protocol::CheckInReason::Value value, Language language = Language::zh);
std::string name_of(protocol::FilledBy::Value value, Language language = Language::zh);
std::string name_of(protocol::CheckInState::Value value, Language language = Language::zh);
std::string name_of(protocol::StaffRank::Value value, Language language = Language::zh);
std::string name_of(protocol::EmergencyState::Value value, Language language = Language::zh);
std::string name_of(protocol::EmergencyOutcome::Value value, Language language = Language::zh);
std::string name_of(protocol::FacilityKind::Value value, Language language = Language::zh);
std::string name_of(protocol::VaultKind::Value value, Language language = Language::zh);
std::string name_of(protocol::UnmaskPurpose::Value value, Language language = Language::zh);
std::string name_of(protocol::LedgerKind::Value value, Language language = Language::zh);
std::string name_of(protocol::Handling::Value value, Language language = Language::zh);
std::string name_of(protocol::Paper::Value value, Language language = Language::zh);
std::string name_of(protocol::EntryCheck::Mode value, Language language = Language::zh);

// 5 非常满意 … 1 非常不满意. REQUIRES: 1 to 5.
std::string name_of_grade(uint32_t grade, Language language = Language::zh);

// 3 号窗口.
std::string name_of_window(uint32_t number, Language language = Language::zh);

// Where an emergency is: `name` when the hall gave the place one, "window:3" as 3 号窗口, else the
// code itself.
std::string name_of_place(const std::string& place, const std::string& name = {},
                          Language language = Language::zh);

// What a language tag is called: "za-…" 壮语. The tag itself when it has no name.
std::string name_of_language(std::string_view tag, Language language = Language::zh);

// One sentence: what to do next. Made of the refusal's code and facts (number, window, next_number,
// field, wait_ms); facts that are absent leave no gap. `typed`: what the program knows to have been
// written into that field, in words; empty when it does not. A code of a newer server gives a
// general sentence that names the code.
std::string sentence(const protocol::Refusal& refusal, Language language = Language::zh,
                     const std::string& typed = {});

}  // namespace hall::wording
