// Manual check-ins (无码通行 手工登记).
#include "hall-server/core/care.h"
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

}  // namespace hall::core
