// How escort cases end: the result, telling it, the rating, the follow-up.
#include <algorithm>

#include "hall-server/core/care.h"
#include "hall-server/core/cases.h"
#include "hall-server/core/text_rules.h"

namespace hall::core {

using protocol::CaseResult;
using protocol::CaseStage;
using protocol::Event;
using protocol::RatingState;
using protocol::RefusalCode;

namespace {

constexpr uint32_t kGradeMax = 5;      // 非常满意
constexpr uint32_t kFollowUpUpTo = 2;  // 不满意 and 非常不满意 are answered

Refuse about(RefusalCode::Value code, const state::Case& entry) {
    return Refuse(code).field(std::to_string(entry.id()));
}

Refuse at_stage_of(RefusalCode::Value code, const state::Case& entry) {
    return Refuse(code).field(CaseStage::Value_Name(stage_of(entry)));
}

// Whose work a rating is about: who walked with the visitor, saw to a stage, or told the result.
bool is_rated(const state::Case& entry, const std::string& who) {
    if (who == entry.escort() || who == entry.told_by()) return true;
    const auto& visits = entry.visits();
    return std::any_of(visits.begin(), visits.end(),
                       [&](const auto& visit) { return visit.by() == who; });
}

// A kiosk, or a clerk's screen that was turned to the visitor. In a hall without device keys every
// console counts as an admin's.
bool faces_visitor(const Ask& ask, const protocol::RateCase& command) {
    const protocol::Role::Value role = role_of(ask.hall, ask.actor.device);
    const bool turns = role == protocol::Role::clerk || role == protocol::Role::admin;
    return role == protocol::Role::kiosk || (turns && command.on_visitor_page());
}

// An admin's device without a person is nobody's desk: who enters something there is not known.
bool is_nobodys_desk(const Ask& ask) {
    return role_of(ask.hall, ask.actor.device) == protocol::Role::admin && ask.actor.person.empty();
}

std::optional<protocol::Refusal> refuse_result(const protocol::SetResult& command) {
    if (command.result() == CaseResult::none || !CaseResult::Value_IsValid(command.result())) {
        return Refuse(RefusalCode::value_out_of_range).field("result").refusal();
    }
    if (auto refusal = check_free_text(command.note(), "note")) return refusal;
    if (auto refusal = check_free_text(command.remedy(), "remedy")) return refusal;
    if (auto refusal = check_line(command.office(), "office", kTextMax)) return refusal;
    const bool explained = !command.note().empty() && !command.remedy().empty();
    if (command.result() == CaseResult::not_approved && !explained) {
        return Refuse(RefusalCode::remedy_missing)
            .field(command.note().empty() ? "note" : "remedy")
            .refusal();
    }
    if (command.result() == CaseResult::referred && command.office().empty()) {
        return Refuse(RefusalCode::office_missing).field("office").refusal();
    }
    return std::nullopt;
}

}  // namespace

// The result ends processing; feedback begins at once, as it has to be told.
Decision decide(const Ask& ask, const protocol::SetResult& command) {
    auto found = worked_on(ask, command.case_id());
    if (!found) return tl::make_unexpected(found.error());
    const state::Case& entry = **found;
    if (auto refusal = refuse_result(command)) return tl::make_unexpected(*refusal);
    if (entry.result() != CaseResult::none) return about(RefusalCode::result_already_set, entry);
    if (stage_of(entry) != CaseStage::processing || !under_way(entry)) {
        return about(RefusalCode::not_in_processing, entry);
    }
    // Turned down or sent elsewhere it may be at any time, approved only with what was asked for.
    if (command.result() == CaseResult::approved && entry.waiting_for_visitor()) {
        return at_stage_of(RefusalCode::case_waits_for_visitor, entry);
    }
    const bool written =
        !command.note().empty() || !command.remedy().empty() || !command.office().empty();
    Events events;
    auto* decided = events.emplace_back().mutable_case_decided();
    decided->set_case_id(entry.id());
    decided->set_result(command.result());
    decided->set_record(record_when(ask.hall, written));
    auto* entered = events.emplace_back().mutable_case_stage_entered();
    entered->set_case_id(entry.id());
    entered->set_stage(CaseStage::feedback);
    entered->set_by(worker(ask.actor));
    return events;
}

Decision decide(const Ask& ask, const protocol::TellResult& command) {
    auto found = worked_on(ask, command.case_id());
    if (!found) return tl::make_unexpected(found.error());
    const state::Case& entry = **found;
    if (entry.result() == CaseResult::none) return about(RefusalCode::result_not_set, entry);
    // Who had not understood it is told again.
    if (entry.told_at_ms() != 0 && (entry.understood() || !command.understood())) {
        return about(RefusalCode::result_already_told, entry);
    }
    if (command.how() == protocol::TellWay::unknown ||
        !protocol::TellWay::Value_IsValid(command.how())) {
        return Refuse(RefusalCode::value_out_of_range).field("how");
    }
    Event event;
    auto* body = event.mutable_result_told();
    body->set_case_id(entry.id());
    body->set_how(command.how());
    body->set_understood(command.understood());
    body->set_by(worker(ask.actor));
    return Events{event};
}

Decision decide(const Ask& ask, const protocol::RateCase& command) {
    auto found = worked_on(ask, command.case_id());
    if (!found) return tl::make_unexpected(found.error());
    const state::Case& entry = **found;
    if (command.grade() < 1 || command.grade() > kGradeMax) {
        return Refuse(RefusalCode::grade_invalid).field(std::to_string(command.grade()));
    }
    if (auto refusal = check_free_text(command.note(), "note")) {
        return tl::make_unexpected(*refusal);
    }
    if (entry.rating() == RatingState::not_invited) {
        return about(RefusalCode::result_not_told, entry);
    }
    if (entry.rating() != RatingState::invited) return about(RefusalCode::rating_over, entry);
    const bool by_another = is_nobodys_desk(ask) || !is_rated(entry, worker(ask.actor));
    if (!faces_visitor(ask, command) && !by_another) {
        return about(RefusalCode::rater_is_rated, entry);
    }
    Event event;
    auto* body = event.mutable_case_rated();
    body->set_case_id(entry.id());
    body->set_grade(command.grade());
    body->set_record(record_when(ask.hall, !command.note().empty()));
    if (command.grade() <= kFollowUpUpTo) {
        body->set_follow_up_by_day(working_day(ask.hall, kFollowUpDays));
    }
    return Events{event};
}

Decision decide(const Ask& ask, const protocol::AnswerFollowUp& command) {
    auto found = worked_on(ask, command.case_id());
    if (!found) return tl::make_unexpected(found.error());
    const state::Case& entry = **found;
    if (!follow_up_open(entry)) return about(RefusalCode::no_follow_up, entry);
    if (command.note().empty()) return Refuse(RefusalCode::answer_missing).field("note");
    if (auto refusal = check_free_text(command.note(), "note")) {
        return tl::make_unexpected(*refusal);
    }
    // Nobody answers for their own work; a supervisor answers for the hall.
    const bool by_another = is_nobodys_desk(ask) || !is_rated(entry, worker(ask.actor));
    if (!by_another && rank_of(ask) < protocol::StaffRank::supervisor) {
        return about(RefusalCode::rater_is_rated, entry);
    }
    Event event;
    auto* body = event.mutable_follow_up_answered();
    body->set_case_id(entry.id());
    body->set_record(record_when(ask.hall, true));
    body->set_by(worker(ask.actor));
    return Events{event};
}

std::optional<protocol::Refusal> refuse_unfinished(const state::Case& entry) {
    if (entry.result() == CaseResult::none) {
        return about(RefusalCode::result_not_set, entry).refusal();
    }
    if (entry.told_at_ms() == 0) return about(RefusalCode::result_not_told, entry).refusal();
    if (entry.rating() == RatingState::invited) {
        return about(RefusalCode::rating_open, entry).refusal();
    }
    if (follow_up_open(entry)) return about(RefusalCode::follow_up_open, entry).refusal();
    return std::nullopt;
}

Decision decide(const Ask& ask, const protocol::CloseCase& command) {
    auto found = worked_on(ask, command.case_id());
    if (!found) return tl::make_unexpected(found.error());
    if (auto refusal = refuse_unfinished(**found)) return tl::make_unexpected(*refusal);
    Event event;
    event.mutable_case_closed()->set_case_id(command.case_id());
    return Events{event};
}

Decision decide(const Ask& ask, const protocol::PrintCasePaper& command) {
    const HallState& hall = ask.hall;
    auto found = worked_on(ask, command.case_id());
    if (!found) return tl::make_unexpected(found.error());
    const state::Case& entry = **found;
    const bool notice = command.paper() == protocol::Paper::notice;
    if (!notice && command.paper() != protocol::Paper::form) {
        return Refuse(RefusalCode::value_out_of_range).field("paper");
    }
    if (notice && !entry.waiting_for_visitor()) return Refuse(RefusalCode::nothing_missing);
    const std::string& printer =
        command.printer().empty() ? hall.data.rules().ticket_printer() : command.printer();
    if (!hall.find_printer(printer)) return Refuse(RefusalCode::unknown_printer).field(printer);
    if (prints_full(hall)) return Refuse(RefusalCode::too_many_print_jobs);
    if (!notice) return Events{case_print_request(hall, entry.id(), command.paper(), printer)};
    std::vector<std::string> asked;
    for (const state::CaseMaterial& row : entry.materials()) {
        if (row.asked()) asked.push_back(row.code());
    }
    return Events{notice_request(hall, entry, asked, entry.next_date(), printer)};
}

}  // namespace hall::core
