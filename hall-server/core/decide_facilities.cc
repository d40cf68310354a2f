// Lent things, stock, help at the machines and consultations.
#include "hall-server/core/care.h"
#include "hall-server/core/local_date.h"
#include "hall-server/core/text_rules.h"

namespace hall::core {

using protocol::Event;
using protocol::FacilityKind;
using protocol::HallRules;
using protocol::RefusalCode;

namespace {

constexpr uint32_t kMinutesMax = 480;  // a working day
constexpr uint32_t kPiecesMax = 100'000;

tl::expected<const HallRules::Facility*, protocol::Refusal> named_facility(
    const HallState& hall, const std::string& code) {
    const HallRules::Facility* found = find_facility(hall, code);
    if (found == nullptr) return Refuse(RefusalCode::unknown_facility).field(code);
    return found;
}

// One that has a stock.
tl::expected<const HallRules::Facility*, protocol::Refusal> consumable(const HallState& hall,
                                                                       const std::string& code) {
    auto facility = named_facility(hall, code);
    if (facility && (*facility)->kind() != FacilityKind::consumable) {
        return Refuse(RefusalCode::facility_not_stocked).field(code);
    }
    return facility;
}

std::optional<protocol::Refusal> check_word(const std::string& word, const char* field) {
    if (word.empty()) return Refuse(RefusalCode::task_missing).field(field).refusal();
    // They stay in the log: words of a list, never a name or a code somebody typed here.
    if (!is_listed_word(word)) return Refuse(RefusalCode::text_invalid).field(field).refusal();
    return std::nullopt;
}

}  // namespace

Decision decide(const Ask& ask, const protocol::RecordAssistance& command) {
    const HallState& hall = ask.hall;
    if (hall.data.plan().date().empty()) return Refuse(RefusalCode::day_not_planned);
    if (auto refusal = check_word(command.machine(), "machine")) {
        return tl::make_unexpected(*refusal);
    }
    if (auto refusal = check_word(command.task(), "task")) return tl::make_unexpected(*refusal);
    if (command.minutes() == 0 || command.minutes() > kMinutesMax) {
        return Refuse(RefusalCode::minutes_invalid).field(std::to_string(command.minutes()));
    }
    if (auto refusal = check_free_text(command.note(), "note")) {
        return tl::make_unexpected(*refusal);
    }
    if (hall.data.assistances_size() >= static_cast<int>(kConsultationsMax)) {
        return Refuse(RefusalCode::value_out_of_range).field("assistance");
    }
    Event event;
    auto* given = event.mutable_assistance_given();
    given->set_assistance(next_id(hall.data.next_assistance()));
    given->set_machine(command.machine());
    given->set_task(command.task());
    given->set_minutes(command.minutes());
    given->set_record(record_of(hall, command.note()));
    return Events{event};
}

namespace {

// A hard case's owner and answer day; both or none.
std::optional<protocol::Refusal> check_hard_case(const HallState& hall,
                                                 const protocol::RecordConsultation& command) {
    if (command.owner().empty() != command.answer_by().empty()) {
        return Refuse(RefusalCode::owner_missing)
            .field(command.owner().empty() ? "owner" : "answer_by")
            .refusal();
    }
    if (command.owner().empty()) return std::nullopt;
    if (find_staff(hall, command.owner()) == nullptr) {
        return Refuse(RefusalCode::unknown_staff).field("owner").refusal();
    }
    const auto day = parse_date(command.answer_by());
    if (!day || *day < hall.data.plan().day()) {
        return Refuse(RefusalCode::date_invalid).field("answer_by").refusal();
    }
    return std::nullopt;
}

}  // namespace

Decision decide(const Ask& ask, const protocol::RecordConsultation& command) {
    const HallState& hall = ask.hall;
    if (hall.data.plan().date().empty()) return Refuse(RefusalCode::day_not_planned);
    if (command.service().empty()) return Refuse(RefusalCode::no_service_given).field("service");
    if (hall.find_service(command.service()) == nullptr) {
        return Refuse(RefusalCode::unknown_service).field(command.service());
    }
    if (auto refusal = check_hard_case(hall, command)) return tl::make_unexpected(*refusal);
    if (auto refusal = check_line(command.office(), "office", kTextMax)) {
        return tl::make_unexpected(*refusal);
    }
    if (auto refusal = check_free_text(command.note(), "note")) {
        return tl::make_unexpected(*refusal);
    }
    if (auto refusal = check_person(command.person(), hall.data.plan().day())) {
        return tl::make_unexpected(*refusal);
    }
    if (hall.data.consultations_size() >= static_cast<int>(kConsultationsMax)) {
        return Refuse(RefusalCode::too_many_consultations);
    }
    Event event;
    auto* given = event.mutable_consultation_given();
    given->set_consultation(next_id(hall.data.next_consultation()));
    given->set_service(command.service());
    given->set_owner(command.owner());
    given->set_answer_by_day(parse_date(command.answer_by()).value_or(0));
    if (!command.note().empty() || !command.office().empty() || !is_empty(command.person())) {
        given->set_record(next_id(hall.data.next_record()));
    }
    return Events{event};
}

Decision decide(const Ask& ask, const protocol::AnswerConsultation& command) {
    const HallState& hall = ask.hall;
    const std::string id = std::to_string(command.consultation());
    const state::Consultation* found = find_consultation(hall, command.consultation());
    if (found == nullptr) return Refuse(RefusalCode::unknown_consultation).field(id);
    // One without an owner was answered when it was asked.
    if (!is_open(*found)) return Refuse(RefusalCode::consultation_answered).field(id);
    if (auto refusal = check_free_text(command.note(), "note")) {
        return tl::make_unexpected(*refusal);
    }
    Event event;
    auto* answered = event.mutable_consultation_answered();
    answered->set_consultation(command.consultation());
    answered->set_record(record_of(hall, command.note()));
    return Events{event};
}

Decision decide(const Ask& ask, const protocol::LendFacility& command) {
    const HallState& hall = ask.hall;
    auto facility = named_facility(hall, command.facility());
    if (!facility) return tl::make_unexpected(facility.error());
    if ((*facility)->kind() == FacilityKind::consumable) {
        return Refuse(RefusalCode::facility_not_lent).field(command.facility());
    }
    if (auto refusal = check_named(hall, command.number(), command.case_id())) {
        return tl::make_unexpected(*refusal);
    }
    if (on_loan(hall, command.facility()) >= (*facility)->count()) {
        return Refuse(RefusalCode::nothing_left).field(command.facility());
    }
    if (hall.data.loans_size() >= static_cast<int>(kLoansMax)) {
        return Refuse(RefusalCode::too_many_loans);
    }
    Event event;
    auto* lent = event.mutable_facility_lent();
    lent->set_loan(next_id(hall.data.next_loan()));
    lent->set_facility(command.facility());
    if (const auto handle = hall.find_ticket(command.number())) {
        lent->set_number(hall.ticket(*handle).number());
    }
    lent->set_case_id(command.case_id());
    return Events{event};
}

Decision decide(const Ask& ask, const protocol::ReturnLoan& command) {
    const std::string id = std::to_string(command.loan());
    const state::Loan* found = find_loan(ask.hall, command.loan());
    if (found == nullptr) return Refuse(RefusalCode::unknown_loan).field(id);
    if (!is_out(*found)) return Refuse(RefusalCode::loan_returned).field(id);
    Event event;
    event.mutable_facility_returned()->set_loan(command.loan());
    return Events{event};
}

// What has expired is entered all the same: it is there, and is shown as such.
Decision decide(const Ask& ask, const protocol::SetStock& command) {
    auto facility = consumable(ask.hall, command.facility());
    if (!facility) return tl::make_unexpected(facility.error());
    if (command.count() > kPiecesMax) return Refuse(RefusalCode::value_out_of_range).field("count");
    if (!command.expires().empty() && !parse_date(command.expires())) {
        return Refuse(RefusalCode::date_invalid).field("expires");
    }
    Event event;
    auto* set = event.mutable_stock_set();
    set->set_facility(command.facility());
    set->set_count(command.count());
    set->set_expires(command.expires());
    return Events{event};
}

Decision decide(const Ask& ask, const protocol::TakeStock& command) {
    const HallState& hall = ask.hall;
    auto facility = consumable(hall, command.facility());
    if (!facility) return tl::make_unexpected(facility.error());
    if (command.count() == 0) return Refuse(RefusalCode::value_out_of_range).field("count");
    if (auto refusal = check_named(hall, command.number(), 0)) {
        return tl::make_unexpected(*refusal);
    }
    const InStock stock = in_stock(hall, **facility);
    if (stock.expired) return Refuse(RefusalCode::stock_expired).field(command.facility());
    if (stock.count < command.count()) {
        return Refuse(RefusalCode::nothing_left).field(command.facility());
    }
    Event event;
    auto* taken = event.mutable_stock_taken();
    taken->set_facility(command.facility());
    taken->set_count(command.count());
    if (const auto handle = hall.find_ticket(command.number())) {
        taken->set_number(hall.ticket(*handle).number());
    }
    return Events{event};
}

}  // namespace hall::core
