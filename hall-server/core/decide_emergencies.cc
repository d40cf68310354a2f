// Emergencies (突发疾病) and drills.
#include <algorithm>
#include <charconv>
#include <set>

#include "hall-server/core/care.h"
#include "hall-server/core/cases.h"
#include "hall-server/core/text_rules.h"

namespace hall::core {

using protocol::EmergencyOutcome;
using protocol::EmergencyState;
using protocol::Event;
using protocol::RefusalCode;
using protocol::TicketState;

namespace {

constexpr std::string_view kWindowPlace = "window:";
constexpr char kDrillCourse[] = "drill";

bool is_place(const HallState& hall, const std::string& place) {
    for (const auto& zone : hall.data.rules().zones()) {
        if (zone.code() == place) return true;
    }
    if (place.rfind(kWindowPlace, 0) != 0) return false;
    const char* begin = place.data() + kWindowPlace.size();
    const char* end = place.data() + place.size();
    uint32_t number = 0;
    auto [rest, error] = std::from_chars(begin, end, number);
    return error == std::errc() && rest == end && hall.find_window(number) != nullptr;
}

std::optional<protocol::Refusal> check_place(const HallState& hall, const std::string& place) {
    if (place.empty()) return Refuse(RefusalCode::place_missing).field("place").refusal();
    if (is_place(hall, place)) return std::nullopt;
    return Refuse(RefusalCode::unknown_zone).field("place").refusal();
}

// Trained people on duty; when nobody's training is current, whoever is on duty.
void add_responders(const HallState& hall, protocol::EmergencyRaised& event) {
    for (const state::Staff& entry : hall.data.staff()) {
        if (entry.on_duty() && training_current(hall, entry)) {
            event.add_responders(entry.number());
        }
    }
    if (!event.responders().empty()) return;
    for (const state::Staff& entry : hall.data.staff()) {
        if (entry.on_duty()) event.add_responders(entry.number());
    }
}

tl::expected<const state::Emergency*, protocol::Refusal> open_one(const HallState& hall,
                                                                  uint64_t id) {
    const state::Emergency* found = find_emergency(hall, id);
    if (found == nullptr) return Refuse(RefusalCode::unknown_emergency).field(std::to_string(id));
    if (!is_open(*found)) return Refuse(RefusalCode::emergency_closed).field(std::to_string(id));
    return found;
}

// Local time of day, "09:31:05".
std::string clock_text(const HallState& hall, int64_t at_ms) {
    const int64_t second =
        (at_ms / 1'000 + hall.data.plan().utc_offset_s()) % (kDayLengthMs / 1'000);
    std::string text;
    for (int64_t part : {second / 3'600, second / 60 % 60, second % 60}) {
        if (!text.empty()) text += ':';
        text += static_cast<char>('0' + part / 10);
        text += static_cast<char>('0' + part % 10);
    }
    return text;
}

}  // namespace

Decision decide(const Ask& ask, const protocol::RaiseEmergency& command) {
    const HallState& hall = ask.hall;
    if (hall.data.plan().date().empty()) return Refuse(RefusalCode::day_not_planned);
    if (auto refusal = check_place(hall, command.place())) return tl::make_unexpected(*refusal);
    if (auto refusal = check_line(command.kind(), "kind", kTextMax)) {
        return tl::make_unexpected(*refusal);
    }
    if (auto refusal = check_named(hall, command.number(), command.case_id())) {
        return tl::make_unexpected(*refusal);
    }
    if (hall.data.emergencies_size() >= static_cast<int>(kEmergenciesMax)) {
        return Refuse(RefusalCode::too_many_emergencies);
    }
    Events events;
    auto* raised = events.emplace_back().mutable_emergency_raised();
    raised->set_emergency(next_id(hall.data.next_emergency()));
    raised->set_place(command.place());
    raised->set_drill(command.drill());
    raised->set_case_id(command.case_id());
    raised->set_record(record_of(hall, command.kind()));
    add_responders(hall, *raised);
    // Who has a case has the ticket of the case.
    const state::Case* file =
        command.number().empty() ? find_case(hall, command.case_id()) : nullptr;
    const auto handle = hall.find_ticket(file != nullptr ? file->number() : command.number());
    if (!handle) return events;
    const state::Ticket& ticket = hall.ticket(*handle);
    raised->set_number(ticket.number());
    // The alarm never waits for a ticket: one that is over, or held already, stays as it is.
    const uint64_t emergency = raised->emergency();
    if (command.drill() || is_over(ticket) || ticket.state() == TicketState::held) return events;
    auto* held = events.emplace_back().mutable_ticket_held();
    held->set_number(ticket.number());
    held->set_emergency(emergency);
    return events;
}

Decision decide(const Ask& ask, const protocol::AcknowledgeEmergency& command) {
    auto found = open_one(ask.hall, command.emergency());
    if (!found) return tl::make_unexpected(found.error());
    if ((*found)->state() == EmergencyState::acknowledged) {
        return Refuse(RefusalCode::emergency_acknowledged).field((*found)->acknowledged_by());
    }
    Event event;
    event.mutable_emergency_acknowledged()->set_emergency(command.emergency());
    event.mutable_emergency_acknowledged()->set_by(worker(ask.actor));
    return Events{event};
}

Decision decide(const Ask& ask, const protocol::DoEmergencyStep& command) {
    auto found = open_one(ask.hall, command.emergency());
    if (!found) return tl::make_unexpected(found.error());
    const state::Emergency& emergency = **found;
    if (command.step() == 0 || command.step() > static_cast<uint32_t>(emergency.steps_size())) {
        return Refuse(RefusalCode::unknown_step).field(std::to_string(command.step()));
    }
    const auto& step = emergency.steps(static_cast<int>(command.step()) - 1);
    if (step.done_at_ms() != 0) {
        return Refuse(RefusalCode::step_already_done)
            .field(step.by() + " " + clock_text(ask.hall, step.done_at_ms()));
    }
    Event event;
    auto* done = event.mutable_emergency_step_done();
    done->set_emergency(command.emergency());
    done->set_step(command.step());
    done->set_by(worker(ask.actor));
    return Events{event};
}

namespace {

// Who took part in a drill has been trained by it.
void train_who_took_part(const HallState& hall, const state::Emergency& drill, Events& events) {
    std::set<std::string> people{drill.acknowledged_by()};
    for (const auto& step : drill.steps()) people.insert(step.by());
    for (const std::string& person : people) {
        if (find_staff(hall, person) == nullptr) continue;
        auto* trained = events.emplace_back().mutable_staff_trained();
        trained->set_staff(person);
        trained->set_course(kDrillCourse);
        trained->set_day(hall.data.plan().day());
    }
}

// An emergency that keeps its ticket from being called.
bool holds(const state::Emergency& emergency, const std::string& number) {
    return is_open(emergency) && !emergency.drill() && emergency.number() == number;
}

// The ticket that goes back with the end of `emergency`: nothing when the day's end or a
// cancellation took it, or another emergency of the same person goes on.
const state::Ticket* freed_by(const HallState& hall, const state::Emergency& emergency) {
    const auto handle = hall.find_ticket(emergency.number());
    if (!handle || !holds(emergency, emergency.number())) return nullptr;
    const state::Ticket& ticket = hall.ticket(*handle);
    const auto& all = hall.data.emergencies();
    const auto holding = std::count_if(all.begin(), all.end(), [&](const auto& other) {
        return holds(other, emergency.number());
    });
    return ticket.state() == TicketState::held && holding == 1 ? &ticket : nullptr;
}

}  // namespace

Decision decide(const Ask& ask, const protocol::CloseEmergency& command) {
    const HallState& hall = ask.hall;
    auto found = open_one(hall, command.emergency());
    if (!found) return tl::make_unexpected(found.error());
    const state::Emergency& emergency = **found;
    if (command.outcome() == EmergencyOutcome::unknown ||
        !EmergencyOutcome::Value_IsValid(command.outcome())) {
        return Refuse(RefusalCode::outcome_missing).field("outcome");
    }
    if (command.outcome() == EmergencyOutcome::practised && !emergency.drill()) {
        return Refuse(RefusalCode::value_out_of_range).field("outcome");
    }
    if (auto refusal = check_free_text(command.note(), "note")) {
        return tl::make_unexpected(*refusal);
    }
    Events events;
    auto* closed = events.emplace_back().mutable_emergency_closed();
    closed->set_emergency(emergency.id());
    closed->set_outcome(command.outcome());
    closed->set_record(record_of(hall, command.note()));
    closed->set_by(worker(ask.actor));
    if (const state::Ticket* ticket = freed_by(hall, emergency)) {
        events.emplace_back().mutable_ticket_released()->set_number(ticket->number());
    }
    if (emergency.drill()) train_who_took_part(hall, emergency, events);
    return events;
}

}  // namespace hall::core
