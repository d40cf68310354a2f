#include "hall-server/core/cases.h"

#include <algorithm>

#include "hall-server/core/care.h"

namespace hall::core {

using protocol::RefusalCode;

std::string worker(const Actor& actor) {
    return actor.person.empty() ? actor.device : actor.person;
}

const state::Case* find_case(const HallState& hall, uint64_t id) {
    auto found = hall.case_index.find(id);
    return found == hall.case_index.end() ? nullptr : &hall.data.cases(found->second);
}

const state::ClosedCase* find_closed(const HallState& hall, uint64_t id) {
    for (const state::ClosedDay& day : hall.data.closed_days()) {
        const auto& cases = day.cases();
        auto found = std::lower_bound(
            cases.begin(), cases.end(), id,
            [](const state::ClosedCase& entry, uint64_t wanted) { return entry.id() < wanted; });
        if (found != cases.end() && found->id() == id) return &*found;
    }
    return nullptr;
}

uint64_t person_record_of(const HallState& hall, uint64_t case_id) {
    if (const state::Case* entry = find_case(hall, case_id)) return entry->record();
    const state::ClosedCase* closed = find_closed(hall, case_id);
    return closed == nullptr ? 0 : closed->record();
}

RefusalCode::Value gone_or_unknown(const HallState& hall, uint64_t id) {
    const bool given = id != 0 && id < hall.data.next_case();
    return given ? RefusalCode::case_closed : RefusalCode::unknown_case;
}

uint64_t active_case(const protocol::Event& event) {
    using protocol::Event;
    switch (static_cast<int>(event.body_case())) {
        case Event::kCaseOpened:
            return event.case_opened().case_id();
        case Event::kCaseStageEntered:
            return event.case_stage_entered().case_id();
        case Event::kCaseStageLeft:
            return event.case_stage_left().case_id();
        case Event::kCasePromised:
            return event.case_promised().case_id();
        case Event::kMaterialReceived:
            return event.material_received().case_id();
        case Event::kMaterialAsked:
            return event.material_asked().case_id();
        case Event::kCaseTicketAttached:
            return event.case_ticket_attached().case_id();
        case Event::kCaseOffered:
            return event.case_offered().case_id();
        case Event::kCaseHandedOver:
            return event.case_handed_over().case_id();
        case Event::kCaseDecided:
            return event.case_decided().case_id();
        case Event::kResultTold:
            return event.result_told().case_id();
        case Event::kCaseRated:
            return event.case_rated().case_id();
        case Event::kRatingLapsed:
            return event.rating_lapsed().case_id();
        case Event::kFollowUpAnswered:
            return event.follow_up_answered().case_id();
        case Event::kCaseClosed:
            return event.case_closed().case_id();
        case Event::kWristbandIssued:
            return event.wristband_issued().case_id();
        case Event::kCodeScanned:
            return event.code_scanned().case_id();
        case Event::kPersonCorrected:
            return event.person_corrected().case_id();
    }
    return 0;
}

const state::Wristband* find_wristband(const HallState& hall, const std::string& token) {
    auto found = hall.wristband_index.find(token);
    return found == hall.wristband_index.end() ? nullptr : &hall.data.wristbands(found->second);
}

namespace {

template <typename Index, typename Key>
void count_down(Index& index, const Key& key) {
    auto found = index.find(key);
    if (--found->second == 0) index.erase(found);
}

template <typename Index, typename Key>
void take_out(Index& index, const Key& key, uint64_t id) {
    auto found = index.find(key);
    found->second.erase(id);
    if (found->second.empty()) index.erase(found);
}

}  // namespace

void add_case(HallState& hall, const state::Case& entry) {
    if (entry.closed()) return;
    ++hall.load[entry.escort()];
    if (!entry.offered_to().empty()) ++hall.offered[entry.offered_to()];
    if (!entry.number().empty()) hall.cases_on[entry.number()].insert(entry.id());
    if (entry.shown_at() != 0) hall.shown_at[entry.shown_at()].insert(entry.id());
    if (entry.rating() == protocol::RatingState::invited) {
        hall.rating_deadlines.emplace(entry.told_at_ms() + kRatingMs, entry.id());
    }
}

void forget_case(HallState& hall, const state::Case& entry) {
    if (entry.closed()) return;
    count_down(hall.load, entry.escort());
    if (!entry.offered_to().empty()) count_down(hall.offered, entry.offered_to());
    if (!entry.number().empty()) take_out(hall.cases_on, entry.number(), entry.id());
    if (entry.shown_at() != 0) take_out(hall.shown_at, entry.shown_at(), entry.id());
    hall.rating_deadlines.erase({entry.told_at_ms() + kRatingMs, entry.id()});
}

void index_cases(HallState& hall) {
    hall.case_index.clear();
    hall.wristband_index.clear();
    hall.cases_on.clear();
    hall.shown_at.clear();
    hall.load.clear();
    hall.offered.clear();
    hall.rating_deadlines.clear();
    for (int i = 0; i < hall.data.cases_size(); ++i) {
        hall.case_index.emplace(hall.data.cases(i).id(), i);
        add_case(hall, hall.data.cases(i));
    }
    for (int i = 0; i < hall.data.wristbands_size(); ++i) {
        hall.wristband_index.emplace(hall.data.wristbands(i).token(), i);
    }
}

protocol::CaseStage::Value stage_of(const state::Case& entry) {
    return entry.visits(entry.visits_size() - 1).stage();
}

bool under_way(const state::Case& entry) {
    return entry.visits(entry.visits_size() - 1).outcome() == protocol::StageOutcome::under_way;
}

bool follow_up_open(const state::Case& entry) {
    return entry.follow_up_by_day() != 0 && entry.follow_up_answered_at_ms() == 0;
}

bool is_overdue(const HallState& hall, const state::Case& entry) {
    const uint32_t today = hall.data.plan().day();
    if (entry.closed()) return false;
    if (follow_up_open(entry) && entry.follow_up_by_day() < today) return true;
    return entry.result() == protocol::CaseResult::none && entry.promised_by_day() != 0 &&
           entry.promised_by_day() < today;
}

tl::expected<const state::Case*, protocol::Refusal> open_case(const HallState& hall, uint64_t id) {
    const state::Case* entry = find_case(hall, id);
    if (!entry) return Refuse(gone_or_unknown(hall, id)).field(std::to_string(id));
    if (entry->closed()) return Refuse(RefusalCode::case_closed).field(std::to_string(id));
    return entry;
}

protocol::Role::Value role_of(const HallState& hall, const std::string& device) {
    const state::Device* found = hall.find_device(device);
    return found ? found->role() : protocol::Role::admin;
}

std::optional<protocol::Refusal> refuse_unsigned(const Ask& ask) {
    if (!ask.actor.person.empty() || ask.hall.data.staff().empty()) return std::nullopt;
    switch (static_cast<int>(role_of(ask.hall, ask.actor.device))) {
        case protocol::Role::guide:
        case protocol::Role::clerk:
        case protocol::Role::supervisor:
            return Refuse(RefusalCode::sign_on_needed).refusal();
    }
    return std::nullopt;
}

tl::expected<const state::Case*, protocol::Refusal> worked_on(const Ask& ask, uint64_t id) {
    if (auto refusal = refuse_unsigned(ask)) return tl::make_unexpected(*refusal);
    return open_case(ask.hall, id);
}

uint32_t working_day(const HallState& hall, uint32_t count) {
    const protocol::DayPlan& plan = hall.data.plan();
    const auto known = static_cast<uint32_t>(plan.working_days_size());
    if (count == 0) return plan.day();
    if (count <= known) return plan.working_days(static_cast<int>(count) - 1);
    const uint32_t last = known == 0 ? plan.day() : plan.working_days(static_cast<int>(known) - 1);
    return last + count - known;
}

bool closed_on(const HallState& hall, uint32_t day) {
    const auto& open = hall.data.plan().working_days();
    if (open.empty() || day <= hall.data.plan().day() || day > *open.rbegin()) return false;
    return !std::binary_search(open.begin(), open.end(), day);
}

Events case_deadlines(const Ask& ask) {
    Events events;
    for (const auto& [deadline_ms, id] : ask.hall.rating_deadlines) {
        if (deadline_ms > ask.now_ms) break;
        events.emplace_back().mutable_rating_lapsed()->set_case_id(id);
    }
    return events;
}

std::optional<int64_t> next_case_deadline_ms(const HallState& hall) {
    if (hall.rating_deadlines.empty()) return std::nullopt;
    return hall.rating_deadlines.begin()->first;
}

}  // namespace hall::core
