// Escort cases and their wristbands.
#include <set>

#include "hall-server/core/applying.h"
#include "hall-server/core/cases.h"

namespace hall::core {

using protocol::CaseStage;
using protocol::StageOutcome;
using protocol::VaultKind;

namespace {

// Changes a case while it is in no index.
template <typename Change>
void change_case(HallState& hall, uint64_t id, Change change) {
    auto found = hall.case_index.find(id);
    HALL_CHECK(found != hall.case_index.end());
    state::Case& entry = *hall.data.mutable_cases(found->second);
    forget_case(hall, entry);
    change(entry);
    add_case(hall, entry);
}

void enter_visit(state::Case& entry, CaseStage::Value stage, const std::string& by, int64_t at_ms) {
    protocol::Case::Visit& visit = *entry.add_visits();
    visit.set_stage(stage);
    visit.set_by(by);
    visit.set_entered_at_ms(at_ms);
}

// Nothing when the last visit has been left already.
void leave_visit(state::Case& entry, StageOutcome::Value outcome, int64_t at_ms) {
    protocol::Case::Visit& visit = *entry.mutable_visits(entry.visits_size() - 1);
    if (visit.outcome() != StageOutcome::under_way) return;
    visit.set_outcome(outcome);
    visit.set_left_at_ms(at_ms);
}

state::CaseMaterial& material_of(state::Case& entry, const std::string& code) {
    for (state::CaseMaterial& row : *entry.mutable_materials()) {
        if (row.code() == code) return row;
    }
    state::CaseMaterial& added = *entry.add_materials();
    added.set_code(code);
    return added;
}

bool asks_for_any(const state::Case& entry) {
    for (const state::CaseMaterial& row : entry.materials()) {
        if (row.asked()) return true;
    }
    return false;
}

// What the vault keeps of it is found by these, in the order in which it came.
void keep(const Applying& applying, state::Case& entry, uint64_t record) {
    if (record != 0) entry.add_records(record);
    applying.use_record(record, VaultKind::case_file);
}

// It leaves memory; whom it was for can be asked until the key of its last active day is destroyed.
void keep_words(HallState& hall, const state::Case& entry) {
    if (entry.records().empty()) return;
    state::ClosedCase kept;
    kept.set_id(entry.id());
    kept.set_check_in(entry.check_in());
    kept.set_record(entry.record());
    *kept.mutable_records() = entry.records();
    keep_closed(hall, entry.sealed_day(), kept);
}

void attach(const HallState& hall, state::Case& entry, const std::string& number) {
    entry.set_number(number);
    if (!number.empty()) entry.add_numbers(hall.data.plan().date() + "/" + number);
}

}  // namespace

// The indexes follow: whoever ends the day rebuilds all of them.
void Applying::end_case_day() const {
    std::set<uint64_t> closed;
    for (state::Case& entry : *hall.data.mutable_cases()) {
        if (entry.closed()) {
            closed.insert(entry.id());
            keep_words(hall, entry);
        }
        entry.clear_number();
        entry.clear_shown_at();
    }
    erase_if(*hall.data.mutable_cases(), [](const state::Case& entry) { return entry.closed(); });
    erase_if(*hall.data.mutable_wristbands(),
             [&](const state::Wristband& band) { return closed.count(band.case_id()) != 0; });
}

// Whoever comes to the window next finds no other person's case on its console.
void Applying::put_cases_away(uint32_t window) const {
    auto found = hall.shown_at.find(window);
    if (found == hall.shown_at.end()) return;
    const std::set<uint64_t> shown = found->second;
    for (uint64_t id : shown) {
        change_case(hall, id, [](state::Case& entry) { entry.clear_shown_at(); });
    }
}

void Applying::operator()(const protocol::CaseOpened& event) const {
    hall.case_index.emplace(event.case_id(), hall.data.cases_size());
    state::Case& entry = *hall.data.add_cases();
    entry.set_id(event.case_id());
    entry.set_service(event.service());
    attach(hall, entry, event.number());
    entry.set_check_in(event.check_in());
    entry.set_record(event.record());
    keep(*this, entry, event.record());
    entry.set_proxy(event.proxy());
    entry.set_own_wish(event.own_wish());
    entry.set_must_speak(event.must_speak());
    entry.set_escort(event.escort());
    entry.set_opened_at_ms(at_ms);
    enter_visit(entry, CaseStage::reception, event.escort(), at_ms);
    hall.data.set_next_case(event.case_id() + 1);
    add_case(hall, entry);
}

void Applying::operator()(const protocol::CaseStageEntered& event) const {
    change_case(hall, event.case_id(), [&](state::Case& entry) {
        leave_visit(entry, StageOutcome::done, at_ms);
        for (int stage : event.skipped()) {
            enter_visit(entry, static_cast<CaseStage::Value>(stage), event.by(), at_ms);
            leave_visit(entry, StageOutcome::skipped, at_ms);
            entry.mutable_visits(entry.visits_size() - 1)->set_reason(event.reason());
        }
        enter_visit(entry, event.stage(), event.by(), at_ms);
        entry.mutable_visits(entry.visits_size() - 1)->set_record(event.record());
        keep(*this, entry, event.record());
    });
}

void Applying::operator()(const protocol::CaseStageLeft& event) const {
    change_case(hall, event.case_id(), [&](state::Case& entry) {
        protocol::Case::Visit& visit = *entry.mutable_visits(entry.visits_size() - 1);
        visit.set_outcome(event.outcome());
        visit.set_left_at_ms(at_ms);
        visit.set_reason(event.reason());
        visit.set_left_record(event.record());
        keep(*this, entry, event.record());
        if (event.outcome() != StageOutcome::sent_back) return;
        visit.set_sent_back_to(event.to());
        entry.set_sent_back_count(entry.sent_back_count() + 1);
        enter_visit(entry, event.to(), event.by(), at_ms);
    });
}

void Applying::operator()(const protocol::CasePromised& event) const {
    change_case(hall, event.case_id(),
                [&](state::Case& entry) { entry.set_promised_by_day(event.by_day()); });
}

void Applying::operator()(const protocol::MaterialReceived& event) const {
    change_case(hall, event.case_id(), [&](state::Case& entry) {
        state::CaseMaterial& row = material_of(entry, event.material());
        if (row.received_at_ms() == 0) row.set_received_at_ms(at_ms);
        if (event.returned()) row.set_returned(true);
        row.set_asked(false);
        if (!asks_for_any(entry)) entry.set_waiting_for_visitor(false);
    });
}

void Applying::operator()(const protocol::MaterialAsked& event) const {
    change_case(hall, event.case_id(), [&](state::Case& entry) {
        for (const std::string& code : event.materials()) material_of(entry, code).set_asked(true);
        entry.set_waiting_for_visitor(true);
        entry.set_notices(entry.notices() + 1);
        entry.set_next_date(event.next_date());
        entry.set_notice_record(event.record());
        keep(*this, entry, event.record());
    });
}

void Applying::operator()(const protocol::CaseTicketAttached& event) const {
    change_case(hall, event.case_id(),
                [&](state::Case& entry) { attach(hall, entry, event.number()); });
}

void Applying::operator()(const protocol::CaseOffered& event) const {
    change_case(hall, event.case_id(),
                [&](state::Case& entry) { entry.set_offered_to(event.to()); });
}

void Applying::operator()(const protocol::CaseHandedOver& event) const {
    change_case(hall, event.case_id(), [&](state::Case& entry) {
        entry.set_escort(event.to());
        entry.clear_offered_to();
    });
}

// Whatever was asked for is of no use any more.
void Applying::operator()(const protocol::CaseDecided& event) const {
    change_case(hall, event.case_id(), [&](state::Case& entry) {
        entry.set_result(event.result());
        entry.set_result_at_ms(at_ms);
        entry.set_result_record(event.record());
        entry.set_waiting_for_visitor(false);
        for (state::CaseMaterial& row : *entry.mutable_materials()) row.set_asked(false);
        keep(*this, entry, event.record());
    });
}

void Applying::operator()(const protocol::ResultTold& event) const {
    change_case(hall, event.case_id(), [&](state::Case& entry) {
        entry.set_told_at_ms(at_ms);
        entry.set_told_how(event.how());
        entry.set_understood(event.understood());
        entry.set_told_by(event.by());
        if (entry.rating() == protocol::RatingState::not_invited) {
            entry.set_rating(protocol::RatingState::invited);
        }
    });
}

void Applying::operator()(const protocol::CaseRated& event) const {
    change_case(hall, event.case_id(), [&](state::Case& entry) {
        entry.set_rating(protocol::RatingState::given);
        entry.set_grade(event.grade());
        entry.set_follow_up_by_day(event.follow_up_by_day());
        entry.set_rating_record(event.record());
        keep(*this, entry, event.record());
    });
}

void Applying::operator()(const protocol::RatingLapsed& event) const {
    change_case(hall, event.case_id(),
                [](state::Case& entry) { entry.set_rating(protocol::RatingState::lapsed); });
}

void Applying::operator()(const protocol::FollowUpAnswered& event) const {
    change_case(hall, event.case_id(), [&](state::Case& entry) {
        entry.set_follow_up_answered_at_ms(at_ms);
        entry.set_follow_up_record(event.record());
        keep(*this, entry, event.record());
    });
}

void Applying::operator()(const protocol::CaseClosed& event) const {
    change_case(hall, event.case_id(), [&](state::Case& entry) {
        leave_visit(entry, StageOutcome::done, at_ms);
        entry.clear_offered_to();
        entry.clear_shown_at();
        entry.set_closed(true);
        entry.set_closed_at_ms(at_ms);
    });
}

void Applying::operator()(const protocol::WristbandIssued& event) const {
    hall.wristband_index.emplace(event.token(), hall.data.wristbands_size());
    state::Wristband& entry = *hall.data.add_wristbands();
    entry.set_token(event.token());
    entry.set_case_id(event.case_id());
    entry.set_issued_at_ms(at_ms);
}

void Applying::operator()(const protocol::WristbandRevoked& event) const {
    auto found = hall.wristband_index.find(event.token());
    HALL_CHECK(found != hall.wristband_index.end());
    hall.data.mutable_wristbands(found->second)->set_revoked(true);
}

// A console shows whom it scanned last; the cases of one ticket are one person's.
void Applying::operator()(const protocol::CodeScanned& event) const {
    if (event.window() == 0) return;
    const state::Case* scanned = find_case(hall, event.case_id());
    HALL_CHECK(scanned != nullptr);
    const std::string& number = scanned->number();
    std::set<uint64_t> others;
    if (auto shown = hall.shown_at.find(event.window()); shown != hall.shown_at.end()) {
        for (uint64_t id : shown->second) {
            const bool same = !number.empty() && find_case(hall, id)->number() == number;
            if (!same) others.insert(id);
        }
    }
    for (uint64_t id : others) {
        change_case(hall, id, [](state::Case& entry) { entry.clear_shown_at(); });
    }
    change_case(hall, event.case_id(),
                [&](state::Case& entry) { entry.set_shown_at(event.window()); });
}

}  // namespace hall::core
