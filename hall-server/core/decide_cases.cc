// Escort cases (一对一 全流程跟踪): opening, stages, materials, hand-over.
#include <algorithm>

#include "hall-server/core/care.h"
#include "hall-server/core/cases.h"
#include "hall-server/core/local_date.h"
#include "hall-server/core/text_rules.h"

namespace hall::core {

using protocol::CaseResult;
using protocol::CaseStage;
using protocol::Event;
using protocol::Reason;
using protocol::RefusalCode;
using protocol::StageOutcome;

namespace {

bool is_stage(int value) {
    return value != CaseStage::unknown && CaseStage::Value_IsValid(value);
}

Refuse at_stage(RefusalCode::Value code, CaseStage::Value stage) {
    return Refuse(code).field(CaseStage::Value_Name(stage));
}

// The open ticket of today that a case is to be on.
tl::expected<const state::Ticket*, protocol::Refusal> ticket_for(const HallState& hall,
                                                                 const std::string& number,
                                                                 const std::string& service) {
    auto ticket = named_ticket(hall, number);
    if (!ticket) return tl::make_unexpected(ticket.error());
    const state::Ticket& found = **ticket;
    if (is_over(found)) return Refuse(RefusalCode::ticket_not_open).number(found.number());
    const auto& slip = found.services();
    if (std::find(slip.begin(), slip.end(), service) == slip.end()) {
        return Refuse(RefusalCode::case_other_service).number(found.number()).field(service);
    }
    auto others = hall.cases_on.find(found.number());
    if (others == hall.cases_on.end()) return ticket;
    for (uint64_t id : others->second) {
        if (find_case(hall, id)->service() != service) continue;
        return Refuse(RefusalCode::case_has_ticket)
            .number(found.number())
            .field(std::to_string(id));
    }
    return ticket;
}

std::optional<protocol::Refusal> refuse_wishes(const HallState& hall,
                                               const protocol::OpenCase& command) {
    const protocol::HallRules::Service& service = *hall.find_service(command.service());
    if (command.proxy() == protocol::Proxy::in_person ||
        !protocol::Proxy::Value_IsValid(command.proxy())) {
        return Refuse(RefusalCode::value_out_of_range).field("proxy").refusal();
    }
    if (auto refusal = refuse_proxy(service, command.proxy())) return refusal;
    if (command.proxy() == protocol::Proxy::free && command.relation().empty()) {
        return Refuse(RefusalCode::relation_missing).field("relation").refusal();
    }
    const bool for_another = command.proxy() != protocol::Proxy::none;
    if (service.asks_own_wish() && for_another && !command.own_wish()) {
        return Refuse(RefusalCode::own_wish_not_asked).field(service.code()).refusal();
    }
    if (!command.must_speak().empty() && !language_known(hall, command.must_speak())) {
        return Refuse(RefusalCode::unknown_language).field(command.must_speak()).refusal();
    }
    if (auto refusal = check_person(command.person(), hall.data.plan().day())) return refusal;
    if (auto refusal = check_line(command.relation(), "relation", kTextMax)) return refusal;
    return check_free_text(command.note(), "note");
}

// Nobody who is off duty has an open case.
std::optional<protocol::Refusal> refuse_off_duty(const Ask& ask) {
    const state::Staff* person = find_staff(ask.hall, ask.actor.person);
    if (person == nullptr || person->on_duty()) return std::nullopt;
    return Refuse(RefusalCode::staff_off_duty).field(person->number()).refusal();
}

std::optional<protocol::Refusal> refuse_check_in(const HallState& hall, uint64_t id) {
    if (id == 0) return std::nullopt;
    const state::CheckIn* found = find_check_in(hall, id);
    if (!found) return Refuse(RefusalCode::unknown_check_in).field(std::to_string(id)).refusal();
    if (found->state() != protocol::CheckInState::forgotten) return std::nullopt;
    return Refuse(RefusalCode::check_in_forgotten).field(std::to_string(id)).refusal();
}

}  // namespace

Decision decide(const Ask& ask, const protocol::OpenCase& command) {
    const HallState& hall = ask.hall;
    if (auto refusal = refuse_unsigned(ask)) return tl::make_unexpected(*refusal);
    if (auto refusal = refuse_off_duty(ask)) return tl::make_unexpected(*refusal);
    if (!hall.find_service(command.service())) {
        return Refuse(RefusalCode::unknown_service).field(command.service());
    }
    const state::Ticket* ticket = nullptr;
    if (!command.number().empty()) {
        auto found = ticket_for(hall, command.number(), command.service());
        if (!found) return tl::make_unexpected(found.error());
        ticket = *found;
    }
    if (auto refusal = refuse_check_in(hall, command.check_in())) {
        return tl::make_unexpected(*refusal);
    }
    if (auto refusal = refuse_wishes(hall, command)) return tl::make_unexpected(*refusal);
    if (hall.data.cases_size() >= static_cast<int>(kCasesMax)) {
        return Refuse(RefusalCode::too_many_cases);
    }
    // Who was checked in for the ticket is whom the case is for, unless somebody else is named.
    uint64_t check_in = command.check_in();
    if (check_in == 0 && ticket && is_empty(command.person()) &&
        !refuse_check_in(hall, ticket->check_in())) {
        check_in = ticket->check_in();
    }
    const bool written = check_in != 0 || !is_empty(command.person()) ||
                         !command.relation().empty() || !command.note().empty();
    Event event;
    auto* body = event.mutable_case_opened();
    body->set_case_id(next_id(hall.data.next_case()));
    body->set_service(command.service());
    if (ticket) body->set_number(ticket->number());
    body->set_check_in(check_in);
    body->set_record(record_when(hall, written));
    body->set_proxy(command.proxy());
    body->set_own_wish(command.own_wish());
    body->set_must_speak(command.must_speak());
    if (ticket && command.must_speak().empty()) body->set_must_speak(ticket->must_speak());
    body->set_escort(worker(ask.actor));
    return Events{event};
}

namespace {

// Every acceptance promises: after one that was sent back the days count anew, but what was
// promised is never taken forward, nor is a promise that was broken made good by a new one.
Event promised(const HallState& hall, const state::Case& entry) {
    const uint32_t days = hall.find_service(entry.service())->promised_days();
    Event event;
    auto* body = event.mutable_case_promised();
    body->set_case_id(entry.id());
    body->set_by_day(is_overdue(hall, entry)
                         ? entry.promised_by_day()
                         : std::max(entry.promised_by_day(), working_day(hall, days)));
    return event;
}

}  // namespace

Decision enter_stage(const Ask& ask, const state::Case& entry, const StageMove& move) {
    const CaseStage::Value from = stage_of(entry);
    if (move.to == from && under_way(entry)) {
        return at_stage(RefusalCode::stage_already_there, from);
    }
    if (move.to < from) return at_stage(RefusalCode::stage_behind, from);
    if (move.to == CaseStage::feedback && entry.result() == CaseResult::none) {
        return at_stage(RefusalCode::result_needed, from);
    }
    if (entry.waiting_for_visitor() && move.to >= CaseStage::acceptance) {
        return at_stage(RefusalCode::case_waits_for_visitor, move.to);
    }
    Events events;
    auto* entered = events.emplace_back().mutable_case_stage_entered();
    for (int between = from + 1; between < move.to; ++between) {
        entered->add_skipped(static_cast<CaseStage::Value>(between));
    }
    if (!entered->skipped().empty()) {
        if (move.reason == Reason::unspecified) {
            return at_stage(RefusalCode::stage_ahead, static_cast<CaseStage::Value>(from + 1));
        }
        entered->set_reason(move.reason);
    }
    entered->set_case_id(entry.id());
    entered->set_stage(move.to);
    entered->set_record(move.record);
    entered->set_by(move.by);
    entered->set_station(move.station);
    const bool accepted =
        from == CaseStage::acceptance && under_way(entry) && move.to != CaseStage::acceptance;
    // Accepted elsewhere: who works on it from now on has to promise as well.
    const bool unpromised = move.to == CaseStage::processing && entry.promised_by_day() == 0;
    if (accepted || unpromised) events.push_back(promised(ask.hall, entry));
    return events;
}

Decision send_back(const Ask&, const state::Case& entry, const StageMove& move) {
    if (entry.result() != CaseResult::none) {
        return Refuse(RefusalCode::result_already_set).field(std::to_string(entry.id()));
    }
    Events events;
    if (!under_way(entry)) {
        auto* again = events.emplace_back().mutable_case_stage_entered();
        again->set_case_id(entry.id());
        again->set_stage(stage_of(entry));
        again->set_by(move.by);
        again->set_station(move.station);
    }
    auto* left = events.emplace_back().mutable_case_stage_left();
    left->set_case_id(entry.id());
    left->set_outcome(StageOutcome::sent_back);
    left->set_to(move.to);
    left->set_reason(move.reason);
    left->set_record(move.record);
    left->set_by(move.by);
    return events;
}

Decision decide(const Ask& ask, const protocol::EnterStage& command) {
    auto found = worked_on(ask, command.case_id());
    if (!found) return tl::make_unexpected(found.error());
    if (!is_stage(command.stage())) {
        return Refuse(RefusalCode::stage_unknown).field(std::to_string(command.stage()));
    }
    if (!Reason::Value_IsValid(command.skip_reason())) {
        return Refuse(RefusalCode::value_out_of_range).field("skip_reason");
    }
    if (auto refusal = check_free_text(command.note(), "note")) {
        return tl::make_unexpected(*refusal);
    }
    StageMove move;
    move.to = command.stage();
    move.reason = command.skip_reason();
    move.by = worker(ask.actor);
    move.record = record_of(ask.hall, command.note());
    return enter_stage(ask, **found, move);
}

namespace {

// Leaves the stage, with no other to be entered yet.
Decision leave_stage(const Ask& ask, const state::Case& entry,
                     const protocol::LeaveStage& command) {
    const CaseStage::Value from = stage_of(entry);
    const bool skipped = command.outcome() == StageOutcome::skipped;
    if (skipped && (from == CaseStage::reception || from == CaseStage::feedback)) {
        return at_stage(RefusalCode::stage_not_skippable, from);
    }
    if (from == CaseStage::processing) return at_stage(RefusalCode::result_needed, from);
    if (from == CaseStage::feedback) {
        if (auto refusal = refuse_unfinished(entry)) return tl::make_unexpected(*refusal);
    }
    if (from == CaseStage::acceptance && entry.waiting_for_visitor()) {
        return at_stage(RefusalCode::case_waits_for_visitor, from);
    }
    if (skipped && command.reason() == Reason::unspecified) {
        return at_stage(RefusalCode::reason_missing, from);
    }
    Events events;
    auto* left = events.emplace_back().mutable_case_stage_left();
    left->set_case_id(entry.id());
    left->set_outcome(command.outcome());
    if (skipped) left->set_reason(command.reason());
    left->set_record(record_of(ask.hall, command.note()));
    left->set_by(worker(ask.actor));
    if (from == CaseStage::acceptance && !skipped) events.push_back(promised(ask.hall, entry));
    return events;
}

Decision go_back(const Ask& ask, const state::Case& entry, const protocol::LeaveStage& command) {
    if (!is_stage(command.to())) {
        return Refuse(RefusalCode::stage_unknown).field(std::to_string(command.to()));
    }
    if (command.to() == stage_of(entry)) {
        return at_stage(RefusalCode::stage_already_there, command.to());
    }
    if (command.to() > stage_of(entry)) return at_stage(RefusalCode::stage_ahead, command.to());
    if (command.to() == CaseStage::reception) {
        return Refuse(RefusalCode::value_out_of_range).field("to");
    }
    if (command.reason() == Reason::unspecified) {
        return at_stage(RefusalCode::reason_missing, stage_of(entry));
    }
    StageMove move;
    move.to = command.to();
    move.reason = command.reason();
    move.by = worker(ask.actor);
    move.record = record_of(ask.hall, command.note());
    return send_back(ask, entry, move);
}

}  // namespace

Decision decide(const Ask& ask, const protocol::LeaveStage& command) {
    auto found = worked_on(ask, command.case_id());
    if (!found) return tl::make_unexpected(found.error());
    if (!Reason::Value_IsValid(command.reason())) {
        return Refuse(RefusalCode::value_out_of_range).field("reason");
    }
    if (auto refusal = check_free_text(command.note(), "note")) {
        return tl::make_unexpected(*refusal);
    }
    if (command.outcome() == StageOutcome::under_way ||
        !StageOutcome::Value_IsValid(command.outcome())) {
        return Refuse(RefusalCode::outcome_invalid).field(std::to_string(command.outcome()));
    }
    if (!under_way(**found)) return at_stage(RefusalCode::stage_left_already, stage_of(**found));
    if (command.outcome() == StageOutcome::sent_back) return go_back(ask, **found, command);
    return leave_stage(ask, **found, command);
}

namespace {

const protocol::HallRules::Material* material_in(const protocol::HallRules::Service& service,
                                                 const std::string& code) {
    for (const auto& material : service.materials()) {
        if (material.code() == code) return &material;
    }
    return nullptr;
}

const state::CaseMaterial* row_of(const state::Case& entry, const std::string& code) {
    for (const state::CaseMaterial& row : entry.materials()) {
        if (row.code() == code) return &row;
    }
    return nullptr;
}

bool received(const state::Case& entry, const std::string& code) {
    const state::CaseMaterial* row = row_of(entry, code);
    return row && row->received_at_ms() != 0;
}

}  // namespace

Decision decide(const Ask& ask, const protocol::ReceiveMaterial& command) {
    auto found = worked_on(ask, command.case_id());
    if (!found) return tl::make_unexpected(found.error());
    const state::Case& entry = **found;
    const std::string& code = command.material();
    if (code.empty()) return Refuse(RefusalCode::no_material_given);
    const state::CaseMaterial* row = row_of(entry, code);
    // What was asked for can be received even when the catalogue changed meanwhile.
    if (!row && !material_in(*ask.hall.find_service(entry.service()), code)) {
        return Refuse(RefusalCode::material_not_in_catalogue).field(code);
    }
    if (!row && entry.materials_size() >= static_cast<int>(kCaseMaterialsMax)) {
        return Refuse(RefusalCode::value_out_of_range).field("material");
    }
    const bool gives_back = command.returned() && !(row && row->returned());
    if (received(entry, code) && !gives_back) {
        return Refuse(RefusalCode::material_already_received).field(code);
    }
    Event event;
    auto* body = event.mutable_material_received();
    body->set_case_id(entry.id());
    body->set_material(code);
    body->set_returned(command.returned());
    return Events{event};
}

namespace {

// What may not be asked for (不搞循环证明).
std::optional<protocol::Refusal> refuse_materials(const protocol::HallRules::Service& service,
                                                  const state::Case& entry,
                                                  const protocol::AskMaterial& command) {
    if (command.materials_size() > static_cast<int>(kCaseMaterialsMax)) {
        return Refuse(RefusalCode::value_out_of_range).field("materials").refusal();
    }
    for (const std::string& code : command.materials()) {
        const auto* material = material_in(service, code);
        if (!material) {
            return Refuse(RefusalCode::material_not_in_catalogue).field(code).refusal();
        }
        if (material->proved_by_data()) {
            return Refuse(RefusalCode::material_proved_by_data).field(code).refusal();
        }
        if (received(entry, code)) {
            return Refuse(RefusalCode::material_already_received).field(code).refusal();
        }
    }
    return std::nullopt;
}

// All that is missing at once, in the catalogue's order: what was named, what was asked for before,
// and what everybody has to bring.
std::vector<std::string> missing(const protocol::HallRules::Service& service,
                                 const state::Case& entry, const protocol::AskMaterial& command) {
    std::vector<std::string> codes;
    const auto& named = command.materials();
    for (const auto& material : service.materials()) {
        if (material.proved_by_data() || received(entry, material.code())) continue;
        const state::CaseMaterial* row = row_of(entry, material.code());
        if (material.conditional() && !(row && row->asked()) &&
            std::find(named.begin(), named.end(), material.code()) == named.end()) {
            continue;
        }
        codes.push_back(material.code());
    }
    return codes;
}

std::optional<protocol::Refusal> refuse_notice(const Ask& ask, const state::Case& entry,
                                               const protocol::AskMaterial& command) {
    if (entry.result() != CaseResult::none) {
        return Refuse(RefusalCode::result_already_set).field(std::to_string(entry.id())).refusal();
    }
    if (auto refusal = check_free_text(command.note(), "note")) return refusal;
    if (!command.next_date().empty()) {
        const auto day = parse_date(command.next_date());
        if (!day) return Refuse(RefusalCode::date_invalid).field("next_date").refusal();
        if (*day < ask.hall.data.plan().day()) {
            return Refuse(RefusalCode::value_out_of_range).field("next_date").refusal();
        }
        if (closed_on(ask.hall, *day)) {
            return Refuse(RefusalCode::hall_closed_that_day).field(command.next_date()).refusal();
        }
    }
    const bool second = entry.notices() > 0;
    if (second && (rank_of(ask) < protocol::StaffRank::supervisor || command.note().empty())) {
        return Refuse(RefusalCode::second_notice_needs_supervisor)
            .field(std::to_string(entry.id()))
            .refusal();
    }
    return std::nullopt;
}

}  // namespace

Decision decide(const Ask& ask, const protocol::AskMaterial& command) {
    const HallState& hall = ask.hall;
    auto found = worked_on(ask, command.case_id());
    if (!found) return tl::make_unexpected(found.error());
    const state::Case& entry = **found;
    const protocol::HallRules::Service& service = *hall.find_service(entry.service());
    if (auto refusal = refuse_materials(service, entry, command)) {
        return tl::make_unexpected(*refusal);
    }
    const std::vector<std::string> codes = missing(service, entry, command);
    if (codes.empty()) return Refuse(RefusalCode::nothing_missing);
    if (auto refusal = refuse_notice(ask, entry, command)) return tl::make_unexpected(*refusal);
    Events events;
    auto* asked = events.emplace_back().mutable_material_asked();
    asked->set_case_id(entry.id());
    for (const std::string& code : codes) asked->add_materials(code);
    asked->set_next_date(command.next_date());
    asked->set_second(entry.notices() > 0);
    asked->set_record(record_of(hall, command.note()));
    const std::string& printer = hall.data.rules().ticket_printer();
    if (!command.no_print() && !printer.empty() && !prints_full(hall)) {
        events.push_back(notice_request(hall, entry, codes, command.next_date(), printer));
    }
    return events;
}

Decision decide(const Ask& ask, const protocol::AttachTicket& command) {
    auto found = worked_on(ask, command.case_id());
    if (!found) return tl::make_unexpected(found.error());
    auto ticket = ticket_for(ask.hall, command.number(), (*found)->service());
    if (!ticket) return tl::make_unexpected(ticket.error());
    Event event;
    event.mutable_case_ticket_attached()->set_case_id(command.case_id());
    event.mutable_case_ticket_attached()->set_number((*ticket)->number());
    return Events{event};
}

Decision decide(const Ask& ask, const protocol::HandOver& command) {
    auto found = worked_on(ask, command.case_id());
    if (!found) return tl::make_unexpected(found.error());
    const state::Case& entry = **found;
    if (worker(ask.actor) != entry.escort() && rank_of(ask) < protocol::StaffRank::supervisor) {
        return Refuse(RefusalCode::not_your_case).field(std::to_string(entry.id()));
    }
    const state::Staff* colleague = find_staff(ask.hall, command.to());
    if (!colleague) return Refuse(RefusalCode::unknown_staff).field(command.to());
    if (command.to() == entry.escort()) return Refuse(RefusalCode::case_is_yours);
    if (!colleague->on_duty()) return Refuse(RefusalCode::staff_off_duty).field(command.to());
    if (command.to() == entry.offered_to()) {
        return Refuse(RefusalCode::already_handed_over).field(command.to());
    }
    Event event;
    event.mutable_case_offered()->set_case_id(entry.id());
    event.mutable_case_offered()->set_to(command.to());
    return Events{event};
}

Decision decide(const Ask& ask, const protocol::AcceptHandOver& command) {
    auto found = worked_on(ask, command.case_id());
    if (!found) return tl::make_unexpected(found.error());
    const state::Case& entry = **found;
    const std::string who = worker(ask.actor);
    if (entry.offered_to().empty() && entry.escort() == who) {
        return Refuse(RefusalCode::already_handed_over).field(who);
    }
    if (entry.offered_to() != who) {
        return Refuse(RefusalCode::not_offered).field(std::to_string(entry.id()));
    }
    if (!command.decline()) {
        if (auto refusal = refuse_off_duty(ask)) return tl::make_unexpected(*refusal);
    }
    Event event;
    if (command.decline()) {
        event.mutable_case_offered()->set_case_id(entry.id());
    } else {
        event.mutable_case_handed_over()->set_case_id(entry.id());
        event.mutable_case_handed_over()->set_to(who);
    }
    return Events{event};
}

}  // namespace hall::core
