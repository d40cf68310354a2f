// Words for the enums of the protocol and sentences for refusals: one place, so that a board, a
// slip and hallctl say the same. Keys: phase.*, ticket_state.*, window_state.*, print_state.*,
// printer_state.*, need.*, reason.*, appointment_state.*,
// appointment_kind.*, closing_choice.*, refusal.*.
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
std::string name_of(protocol::AppointmentState::Value value, Language language = Language::zh);
std::string name_of(protocol::AppointmentKind::Value value, Language language = Language::zh);
std::string name_of(protocol::ClosingChoice::Value value, Language language = Language::zh);

// What a language tag is called: "za-…" 壮语. The tag itself when it has no name.
std::string name_of_language(std::string_view tag, Language language = Language::zh);

// One sentence: what to do next. Made of the refusal's code and facts (number, window, next_number,
// field, wait_ms); facts that are absent leave no gap. A code of a newer server gives a general
// sentence that names the code.
std::string sentence(const protocol::Refusal& refusal, Language language = Language::zh);

}  // namespace hall::wording
