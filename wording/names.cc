#include "wording/names.h"

#include <google/protobuf/generated_enum_reflection.h>

namespace hall::wording {
namespace {

constexpr std::int64_t kSecondMs = 1'000;

// "family.name" of a protocol enum; a value of a newer peer is the family's zero value.
template <typename Enum>
std::string name_in(std::string_view family, Enum value, Language language) {
    const auto* descriptor = google::protobuf::GetEnumDescriptor<Enum>();
    const auto* known = descriptor->FindValueByNumber(value);
    if (known == nullptr) known = descriptor->value(0);
    std::string key(family);
    key += '.';
    key += known->name();
    return text(key, language);
}

// The field of a refusal as people say it: a stage by its name, anything else as it was sent.
std::string readable(const protocol::Refusal& refusal, Language language) {
    protocol::CaseStage::Value stage = protocol::CaseStage::unknown;
    const bool is_stage = protocol::CaseStage::Value_Parse(refusal.field(), &stage);
    return is_stage ? name_of(stage, language) : refusal.field();
}

void capitalise(std::string& sentence) {
    if (!sentence.empty() && sentence[0] >= 'a' && sentence[0] <= 'z') {
        sentence[0] = static_cast<char>(sentence[0] - 'a' + 'A');
    }
}

}  // namespace

std::string name_of(protocol::Phase::Value value, Language language) {
    return name_in("phase", value, language);
}

std::string name_of(protocol::TicketState::Value value, Language language) {
    return name_in("ticket_state", value, language);
}

std::string name_of(protocol::WindowState::Value value, Language language) {
    return name_in("window_state", value, language);
}

std::string name_of(protocol::PrintState::Value value, Language language) {
    return name_in("print_state", value, language);
}

std::string name_of(protocol::PrinterState::Value value, Language language) {
    return name_in("printer_state", value, language);
}

std::string name_of(protocol::Need::Value value, Language language) {
    return name_in("need", value, language);
}

std::string name_of(protocol::Reason::Value value, Language language) {
    return name_in("reason", value, language);
}

std::string name_of(protocol::Claim::Value value, Language language) {
    return name_in("claim", value, language);
}

std::string name_of(protocol::AppointmentState::Value value, Language language) {
    return name_in("appointment_state", value, language);
}

std::string name_of(protocol::AppointmentKind::Value value, Language language) {
    return name_in("appointment_kind", value, language);
}

std::string name_of(protocol::ClosingChoice::Value value, Language language) {
    return name_in("closing_choice", value, language);
}

std::string name_of(protocol::CaseStage::Value value, Language language) {
    return name_in("case_stage", value, language);
}

std::string name_of(protocol::StageOutcome::Value value, Language language) {
    return name_in("stage_outcome", value, language);
}

std::string name_of(protocol::CaseResult::Value value, Language language) {
    return name_in("case_result", value, language);
}

std::string name_of(protocol::TellWay::Value value, Language language) {
    return name_in("tell_way", value, language);
}

std::string name_of(protocol::RatingState::Value value, Language language) {
    return name_in("rating_state", value, language);
}

std::string name_of(protocol::CheckInReason::Value value, Language language) {
    return name_in("check_in_reason", value, language);
}

std::string name_of(protocol::FilledBy::Value value, Language language) {
    return name_in("filled_by", value, language);
}

std::string name_of(protocol::CheckInState::Value value, Language language) {
    return name_in("check_in_state", value, language);
}

std::string name_of(protocol::StaffRank::Value value, Language language) {
    return name_in("staff_rank", value, language);
}

std::string name_of(protocol::EmergencyState::Value value, Language language) {
    return name_in("emergency_state", value, language);
}

std::string name_of(protocol::EmergencyOutcome::Value value, Language language) {
    return name_in("emergency_outcome", value, language);
}

std::string name_of(protocol::FacilityKind::Value value, Language language) {
    return name_in("facility_kind", value, language);
}

std::string name_of(protocol::VaultKind::Value value, Language language) {
    return name_in("vault_kind", value, language);
}

std::string name_of(protocol::UnmaskPurpose::Value value, Language language) {
    return name_in("unmask_purpose", value, language);
}

std::string name_of(protocol::LedgerKind::Value value, Language language) {
    return name_in("ledger_kind", value, language);
}

std::string name_of(protocol::Handling::Value value, Language language) {
    return name_in("handling", value, language);
}

std::string name_of(protocol::Paper::Value value, Language language) {
    return name_in("paper_kind", value, language);
}

std::string name_of(protocol::EntryCheck::Mode value, Language language) {
    return name_in("entry_check", value, language);
}

std::string name_of_grade(uint32_t grade, Language language) {
    return text("grade." + std::to_string(grade), language);
}

std::string name_of_window(uint32_t number, Language language) {
    return format("place.window", {{"window", std::to_string(number)}}, language);
}

std::string name_of_place(const std::string& place, const std::string& name, Language language) {
    constexpr std::string_view kWindow = "window:";
    if (!name.empty()) return name;
    if (place.rfind(kWindow, 0) != 0) return place;
    return format("place.window", {{"window", place.substr(kWindow.size())}}, language);
}

std::string name_of_language(std::string_view tag, Language language) {
    for (std::string_view rest = tag; !rest.empty();) {
        const std::string key = "language." + std::string(rest);
        if (has(key, language)) return text(key, language);
        const std::size_t dash = rest.rfind('-');
        rest = dash == std::string_view::npos ? std::string_view() : rest.substr(0, dash);
    }
    return std::string(tag);
}

std::string sentence(const protocol::Refusal& refusal, Language language) {
    const std::string space = language == Language::en ? " " : "";
    const std::string key = "refusal." + protocol::RefusalCode::Value_Name(refusal.code());
    const std::string window =
        refusal.window() == 0 ? text("refusal_fact.no_window", language)
                              : format("refusal_fact.window",
                                       {{"window", std::to_string(refusal.window())}}, language);
    std::string out;
    if (!has(key, language)) {
        out = format("refusal.newer", {{"code", std::to_string(refusal.code())}}, language);
    } else {
        const std::string number =
            refusal.number().empty() ? text("refusal_fact.number", language) : refusal.number();
        const std::string field =
            refusal.field().empty()
                ? ""
                : space + format("refusal_fact.field", {{"field", readable(refusal, language)}},
                                 language);
        out = format(key, {{"number", number}, {"window", window}, {"field", field}}, language);
    }
    // Nobody is left for this window; the clerk is told whom another one took.
    if (refusal.code() == protocol::RefusalCode::nobody_eligible && !refusal.number().empty()) {
        out += space + format("refusal_fact.taken",
                              {{"number", refusal.number()}, {"window", window}}, language);
    }
    if (!refusal.next_number().empty()) {
        out += space + format("refusal_fact.next", {{"number", refusal.next_number()}}, language);
    }
    if (refusal.wait_ms() > 0) {
        const std::int64_t seconds = (refusal.wait_ms() + kSecondMs - 1) / kSecondMs;
        out +=
            space + format("refusal_fact.wait", {{"seconds", std::to_string(seconds)}}, language);
    }
    if (language == Language::en) capitalise(out);
    return out;
}

}  // namespace hall::wording
