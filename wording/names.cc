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

// What a refusal is about, as people say it. Its field is what was typed, a stage, or the
// protocol's name of what was typed: then the field's own name and, where it is known, what was
// `typed`. A name that the sentence says already is not said twice, and a point in time as a number
// is no word.
std::string readable(const protocol::Refusal& refusal, const std::string& typed,
                     const std::string& said, Language language) {
    constexpr std::size_t kMomentDigits = 12;
    const std::string& field = refusal.field();
    const auto quoted = [&](const std::string& words) {
        return format("refusal_fact.field", {{"field", words}}, language);
    };
    protocol::CaseStage::Value stage = protocol::CaseStage::unknown;
    if (protocol::CaseStage::Value_Parse(field, &stage)) return quoted(name_of(stage, language));
    const std::string key = "refusal_field." + field;
    if (has(key, language)) {
        const std::string name = text(key, language);
        const bool twice = said.find(name) != std::string::npos;
        if (typed.empty()) {
            return twice ? "" : format("refusal_fact.field_name", {{"name", name}}, language);
        }
        return twice ? quoted(typed)
                     : format("refusal_fact.field_typed", {{"name", name}, {"field", typed}},
                              language);
    }
    const bool moment =
        field.size() >= kMomentDigits && field.find_first_not_of("0123456789") == std::string::npos;
    const std::string& words = typed.empty() && !moment ? field : typed;
    return words.empty() ? "" : quoted(words);
}

// Codes whose one sentence would not fit each of their facts.
std::string key_of(const protocol::Refusal& refusal) {
    using protocol::RefusalCode;
    const std::string& field = refusal.field();
    struct Special {
        RefusalCode::Value code;
        std::string_view field;
        const char* key;
    };
    constexpr Special kSpecial[] = {
        {RefusalCode::stage_unknown, "0", "refusal_fact.stage"},
        {RefusalCode::date_invalid, "date", "refusal_fact.past"},
        {RefusalCode::date_invalid, "answer_by", "refusal_fact.coming"},
        {RefusalCode::value_out_of_range, "next_date", "refusal_fact.coming"},
        {RefusalCode::value_out_of_range, "from", "refusal_fact.from"},
        {RefusalCode::value_out_of_range, "outcome", "refusal_fact.outcome"},
        {RefusalCode::value_out_of_range, "to", "refusal_fact.not_to_reception"}};
    for (const Special& special : kSpecial) {
        if (refusal.code() == special.code && field == special.field) return special.key;
    }
    if (refusal.code() == RefusalCode::cases_open && !field.empty()) return "refusal_fact.cases";
    if (refusal.code() == RefusalCode::consultations_open && !field.empty()) {
        return "refusal_fact.questions";
    }
    return "refusal." + RefusalCode::Value_Name(refusal.code());
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

std::string sentence(const protocol::Refusal& refusal, Language language,
                     const std::string& typed) {
    const std::string space = language == Language::en ? " " : "";
    const std::string key = key_of(refusal);
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
        std::string field =
            refusal.field().empty() ? "" : readable(refusal, typed, text(key, language), language);
        if (!field.empty()) field.insert(0, space);
        out = format(
            key,
            {{"number", number}, {"window", window}, {"field", field}, {"count", refusal.field()}},
            language);
    }
    // Nobody is left for this window; the clerk is told whom another one took.
    if (refusal.code() == protocol::RefusalCode::nobody_eligible && !refusal.number().empty()) {
        out += space + format("refusal_fact.taken",
                              {{"number", refusal.number()}, {"window", window}}, language);
    }
    if (!refusal.next_number().empty()) {
        out += space + format("refusal_fact.next", {{"number", refusal.next_number()}}, language);
    }
    // How much too late an extension ends is nothing to wait for.
    const bool waits = refusal.code() != protocol::RefusalCode::until_too_late;
    if (waits && refusal.wait_ms() > 0) {
        const std::int64_t seconds = (refusal.wait_ms() + kSecondMs - 1) / kSecondMs;
        out +=
            space + format("refusal_fact.wait", {{"seconds", std::to_string(seconds)}}, language);
    }
    if (language == Language::en) capitalise(out);
    return out;
}

}  // namespace hall::wording
