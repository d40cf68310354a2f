// Manual check-ins (无码通行 手工登记), and what the vault is told to forget.
#include "hall-server/core/care.h"
#include "hall-server/core/cases.h"
#include "hall-server/core/text_rules.h"

namespace hall::core {

using protocol::CheckInState;
using protocol::Event;
using protocol::FilledBy;
using protocol::RefusalCode;

namespace {

// What a thermometer shows of a living person; anything else is a slip of the finger.
constexpr uint32_t kTemperatureMinTenths = 300;
constexpr uint32_t kTemperatureMaxTenths = 450;

std::optional<protocol::Refusal> check_temperature(uint32_t tenths) {
    if (tenths >= kTemperatureMinTenths && tenths <= kTemperatureMaxTenths) return std::nullopt;
    return Refuse(RefusalCode::temperature_out_of_range).field("temperature_tenths").refusal();
}

bool takes_temperatures(const HallState& hall) {
    return hall.data.rules().entry_check() == protocol::EntryCheck::temperature;
}

// A check-in that is still somebody's, or the refusal that says why there is none.
tl::expected<const state::CheckIn*, protocol::Refusal> named_check_in(const HallState& hall,
                                                                      uint64_t id) {
    const state::CheckIn* found = find_check_in(hall, id);
    if (found == nullptr) return Refuse(RefusalCode::unknown_check_in).field(std::to_string(id));
    if (found->state() == CheckInState::forgotten) {
        return Refuse(RefusalCode::check_in_forgotten).field(std::to_string(id));
    }
    return found;
}

std::optional<protocol::Refusal> check_words(const Ask& ask, const protocol::AddCheckIn& command) {
    const protocol::Person& person = command.person();
    if (person.name().empty()) return Refuse(RefusalCode::name_missing).field("name").refusal();
    if (person.phone().empty() && person.township().empty()) {
        return Refuse(RefusalCode::contact_missing).field("phone").refusal();
    }
    if (auto refusal = check_person(person, ask.hall.data.plan().day())) return refusal;
    if (auto refusal = check_free_text(command.note(), "note")) return refusal;
    if (!protocol::CheckInReason::Value_IsValid(command.reason())) {
        return Refuse(RefusalCode::value_out_of_range).field("reason").refusal();
    }
    if (!FilledBy::Value_IsValid(command.filled_by())) {
        return Refuse(RefusalCode::value_out_of_range).field("filled_by").refusal();
    }
    // Not said who wrote it: then a guide did, for visitors do not stand at this console.
    if (command.filled_by() != FilledBy::self && !command.read_back()) {
        return Refuse(RefusalCode::read_back_missing).field("read_back").refusal();
    }
    return std::nullopt;
}

}  // namespace

Decision decide(const Ask& ask, const protocol::AddCheckIn& command) {
    const HallState& hall = ask.hall;
    if (hall.data.plan().date().empty()) return Refuse(RefusalCode::day_not_planned);
    if (hall.data.check_ins_size() >= static_cast<int>(kCheckInsMax)) {
        return Refuse(RefusalCode::too_many_check_ins);
    }
    if (auto refusal = check_words(ask, command)) return tl::make_unexpected(*refusal);
    const uint32_t tenths = command.temperature_tenths();
    if (tenths != 0) {
        if (auto refusal = check_temperature(tenths)) return tl::make_unexpected(*refusal);
    } else if (takes_temperatures(hall)) {
        return Refuse(RefusalCode::temperature_needed).field("temperature_tenths");
    }
    const uint64_t record = next_id(hall.data.next_record());
    Event event;
    auto* body = event.mutable_checked_in();
    body->set_check_in(next_id(hall.data.next_check_in()));
    body->set_record(record);
    if (takes_temperatures(hall)) {
        body->set_temperature_record(record + 1);
        body->set_rests(tenths >= temperature_limit_tenths(hall));
    }
    body->set_reason(command.reason());
    body->set_filled_by(command.filled_by() == FilledBy::self ? FilledBy::self : FilledBy::guide);
    return Events{event};
}

Decision decide(const Ask& ask, const protocol::MeasureAgain& command) {
    const HallState& hall = ask.hall;
    auto found = named_check_in(hall, command.check_in());
    if (!found) return tl::make_unexpected(found.error());
    // Who rested on another day has gone home.
    if ((*found)->state() != CheckInState::resting || (*found)->date() != hall.data.plan().date()) {
        return Refuse(RefusalCode::not_resting).field(std::to_string(command.check_in()));
    }
    if (command.temperature_tenths() == 0) {
        return Refuse(RefusalCode::temperature_needed).field("temperature_tenths");
    }
    if (auto refusal = check_temperature(command.temperature_tenths())) {
        return tl::make_unexpected(*refusal);
    }
    Event event;
    auto* body = event.mutable_check_in_measured();
    body->set_check_in(command.check_in());
    if (takes_temperatures(hall)) {
        body->set_temperature_record(next_id(hall.data.next_record()));
    }
    body->set_at_seat(command.temperature_tenths() >= temperature_limit_tenths(hall));
    return Events{event};
}

Decision decide(const Ask& ask, const protocol::CorrectCheckIn& command) {
    auto found = named_check_in(ask.hall, command.check_in());
    if (!found) return tl::make_unexpected(found.error());
    if (is_empty(command.person())) return Refuse(RefusalCode::value_out_of_range).field("person");
    if (auto refusal = check_person(command.person(), ask.hall.data.plan().day())) {
        return tl::make_unexpected(*refusal);
    }
    Event event;
    event.mutable_check_in_corrected()->set_check_in(command.check_in());
    event.mutable_check_in_corrected()->set_record(next_id(ask.hall.data.next_record()));
    return Events{event};
}

Decision decide(const Ask& ask, const protocol::ForgetPerson& command) {
    auto found = named_check_in(ask.hall, command.check_in());
    if (!found) return tl::make_unexpected(found.error());
    Event event;
    event.mutable_person_forgotten()->set_check_in(command.check_in());
    return Events{event};
}

namespace {

// The record that holds who it is; the refusal when nobody's data is kept under this id.
std::optional<protocol::Refusal> check_sealed(const HallState& hall,
                                              const protocol::Unmask& command) {
    uint64_t record = 0;
    uint64_t id = command.check_in();
    if (id != 0) {
        const state::CheckIn* entry = find_check_in(hall, id);
        if (entry == nullptr) {
            return Refuse(RefusalCode::unknown_check_in).field(std::to_string(id)).refusal();
        }
        record = entry->record();
    } else {
        id = command.case_id();
        const state::Case* entry = find_case(hall, id);
        if (entry == nullptr) {
            return Refuse(RefusalCode::unknown_case).field(std::to_string(id)).refusal();
        }
        record = entry->record();
    }
    if (record != 0) return std::nullopt;
    return Refuse(RefusalCode::nothing_sealed).field(std::to_string(id)).refusal();
}

}  // namespace

Decision decide(const Ask& ask, const protocol::Unmask& command) {
    const HallState& hall = ask.hall;
    // Who looked is a person wherever people sign on.
    if (ask.actor.person.empty() && !hall.data.staff().empty() &&
        rank_of(ask) == protocol::StaffRank::unknown) {
        return Refuse(RefusalCode::sign_on_needed);
    }
    if ((command.check_in() == 0) == (command.case_id() == 0)) {
        return Refuse(RefusalCode::value_out_of_range).field("check_in");
    }
    if (command.purpose() == protocol::UnmaskPurpose::unspecified ||
        !protocol::UnmaskPurpose::Value_IsValid(command.purpose())) {
        return Refuse(RefusalCode::purpose_missing).field("purpose");
    }
    if (auto refusal = check_free_text(command.note(), "note")) {
        return tl::make_unexpected(*refusal);
    }
    if (auto refusal = check_sealed(hall, command)) return tl::make_unexpected(*refusal);
    Event event;
    auto* body = event.mutable_person_unmasked();
    body->set_check_in(command.check_in());
    body->set_case_id(command.case_id());
    body->set_purpose(command.purpose());
    body->set_record(record_of(hall, command.note()));
    return Events{event};
}

Decision decide(const Ask& ask, const protocol::PurgeVault&) {
    Events events;
    destroy(vault_days_due(ask.hall, ask.hall.data.plan().day()), true, events);
    return events;
}

}  // namespace hall::core
