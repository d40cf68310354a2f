// Escort cases, wristbands and the catalogue as people see them.
#include <algorithm>
#include <tuple>

#include "hall-server/core/cases.h"
#include "hall-server/core/local_date.h"
#include "hall-server/core/view_rows.h"
#include "wristband/code/code.h"

namespace hall::core {

using protocol::CaseResult;
using protocol::CaseStage;
using protocol::Command;
using protocol::RefusalCode;
using Question = protocol::DayReport::Question;

namespace {

// Lists ask this for thousands of cases: by the index, not along the catalogue.
const protocol::HallRules::Service* service_of(const HallState& hall, const state::Case& entry) {
    auto found = hall.service_index.find(entry.service());
    if (found == hall.service_index.end()) return nullptr;
    return &hall.data.rules().services(static_cast<int>(found->second));
}

// Sets what there is: an empty text costs as much memory as a full one, ten thousand times.
void put(protocol::Case& to, std::string* (protocol::Case::*text_of)(), std::string text) {
    if (!text.empty()) *(to.*text_of)() = std::move(text);
}

// What entering the next stage would bring; a result, not a step, leads out of processing.
CaseStage::Value next_stage(const state::Case& entry) {
    const CaseStage::Value from = stage_of(entry);
    if (from >= CaseStage::processing) return CaseStage::unknown;
    return static_cast<CaseStage::Value>(from + 1);
}

void fill_material(const protocol::HallRules::Material& from, protocol::Case::Material& to) {
    to.set_code(from.code());
    to.set_name(from.name());
    to.set_proved_by_data(from.proved_by_data());
    to.set_conditional(from.conditional());
    to.set_legal_basis(from.legal_basis());
    to.set_note(from.note());
}

// The catalogue's checklist, then what an earlier catalogue asked for.
void fill_materials(const protocol::HallRules::Service* service, const state::Case& from,
                    protocol::Case& to) {
    std::map<std::string, const state::CaseMaterial*> rows;
    for (const state::CaseMaterial& row : from.materials()) rows[row.code()] = &row;
    auto tick = [](const state::CaseMaterial& row, protocol::Case::Material& line) {
        line.set_received(row.received_at_ms() != 0);
        line.set_received_at_ms(row.received_at_ms());
        line.set_returned(row.returned());
        line.set_asked(row.asked());
    };
    if (service) {
        for (const auto& material : service->materials()) {
            protocol::Case::Material& line = *to.add_materials();
            fill_material(material, line);
            auto row = rows.find(material.code());
            if (row == rows.end()) continue;
            tick(*row->second, line);
            rows.erase(row);
        }
    }
    for (const state::CaseMaterial& row : from.materials()) {
        if (rows.count(row.code()) == 0) continue;
        protocol::Case::Material& line = *to.add_materials();
        line.set_code(row.code());
        line.set_name(row.code());
        tick(row, line);
    }
}

std::string date_if_set(uint32_t day) {
    return day == 0 ? "" : date_text(day);
}

void fill_end(const HallState& hall, const state::Case& from, protocol::Case& to) {
    to.set_result(from.result());
    to.set_result_at_ms(from.result_at_ms());
    put(to, &protocol::Case::mutable_promised_by, date_if_set(from.promised_by_day()));
    to.set_overdue(is_overdue(hall, from));
    to.set_told_at_ms(from.told_at_ms());
    to.set_told_how(from.told_how());
    to.set_understood(from.understood());
    put(to, &protocol::Case::mutable_told_by, from.told_by());
    to.set_rating(from.rating());
    to.set_grade(from.grade());
    put(to, &protocol::Case::mutable_follow_up_by, date_if_set(from.follow_up_by_day()));
    to.set_follow_up_open(follow_up_open(from));
    to.set_closed(from.closed());
    to.set_closed_at_ms(from.closed_at_ms());
}

}  // namespace

// Whether it is overdue the hall's day tells, as promises are days.
void fill_case(const HallState& hall, const state::Case& from, int64_t, CaseDetail detail,
               protocol::Case& to) {
    const protocol::HallRules::Service* service = service_of(hall, from);
    to.set_id(from.id());
    to.set_service(from.service());
    to.set_service_name(service ? service->name() : from.service());
    put(to, &protocol::Case::mutable_number, from.number());
    to.set_check_in(from.check_in());
    to.set_record(from.record());
    to.set_escort(from.escort());
    put(to, &protocol::Case::mutable_offered_to, from.offered_to());
    to.set_stage(stage_of(from));
    to.set_stage_entered_at_ms(from.visits(from.visits_size() - 1).entered_at_ms());
    to.set_stage_under_way(under_way(from));
    to.set_next_stage(next_stage(from));
    to.set_waiting_for_visitor(from.waiting_for_visitor());
    to.set_notices(from.notices());
    put(to, &protocol::Case::mutable_next_date, from.next_date());
    to.set_opened_at_ms(from.opened_at_ms());
    to.set_proxy(from.proxy());
    to.set_own_wish(from.own_wish());
    put(to, &protocol::Case::mutable_must_speak, from.must_speak());
    to.set_sent_back_count(from.sent_back_count());
    fill_end(hall, from, to);
    if (detail == CaseDetail::row) return;
    fill_materials(service, from, to);
    uint32_t bands = 0;
    for (const state::Wristband& band : hall.data.wristbands()) {
        if (band.case_id() == from.id() && !band.revoked()) ++bands;
    }
    to.set_wristbands(bands);
    if (detail == CaseDetail::materials) return;
    to.set_notice_record(from.notice_record());
    to.set_rating_record(from.rating_record());
    to.set_follow_up_record(from.follow_up_record());
    *to.mutable_visits() = from.visits();
    *to.mutable_numbers() = from.numbers();
    if (service) to.set_service_guide(service->guide());
}

void fill_window_cases(const HallState& hall, uint32_t window, int64_t now_ms,
                       protocol::ClerkView& view) {
    std::set<uint64_t> ids;
    const state::Window* found = hall.find_window(window);
    if (found && !found->ticket().empty()) {
        auto on = hall.cases_on.find(found->ticket());
        if (on != hall.cases_on.end()) ids = on->second;
    }
    if (auto shown = hall.shown_at.find(window); shown != hall.shown_at.end()) {
        ids.insert(shown->second.begin(), shown->second.end());
    }
    for (uint64_t id : ids) {
        fill_case(hall, *find_case(hall, id), now_ms, CaseDetail::materials, *view.add_cases());
    }
}

void fill_item(const HallState& hall, const protocol::HallRules::Service& from,
               protocol::CatalogueItem& to) {
    to.set_code(from.code());
    to.set_name(from.name());
    *to.mutable_materials() = from.materials();
    to.set_legal_days(from.legal_days());
    to.set_promised_days(from.promised_days());
    to.set_handling(from.handling());
    to.set_proxy(from.proxy());
    to.set_guide(from.guide());
    to.set_legal_basis(from.legal_basis());
    to.set_asks_own_wish(from.asks_own_wish());
    for (const auto& window : hall.data.rules().windows()) {
        const auto& served = window.services();
        if (std::find(served.begin(), served.end(), from.code()) == served.end()) continue;
        to.add_windows(window.number());
    }
}

namespace {

// A notice that waited, or is printed again, says what was told then, whatever came in since. The
// log of before does not know what that was.
void fill_told(const state::Print& from, protocol::Case& to) {
    if (from.materials().empty()) return;
    std::set<std::string> told(from.materials().begin(), from.materials().end());
    for (auto& material : *to.mutable_materials()) {
        material.set_asked(told.erase(material.code()) != 0);
    }
    for (const std::string& code : told) {  // of an earlier catalogue
        auto& material = *to.add_materials();
        material.set_code(code);
        material.set_name(code);
        material.set_asked(true);
    }
    to.set_next_date(from.next_date());
}

}  // namespace

// Without a name when the catalogue does not have it any more: an agent then prints nothing.
void fill_guide_print(const HallState& hall, const state::Print& from, protocol::PrintJob& to) {
    to.mutable_item()->set_code(from.service());
    const protocol::HallRules::Service* service = hall.find_service(from.service());
    if (!service) return;
    to.add_service_names(service->name());
    fill_item(hall, *service, *to.mutable_item());
}

// The sign says that somebody who speaks their language is needed, never which.
void fill_case_print(const HallState& hall, const state::Print& from, protocol::PrintJob& to) {
    to.set_paper(from.paper());
    to.set_token(from.token());
    to.set_code(from.token());
    const state::Case* entry = find_case(hall, from.case_id());
    to.mutable_case_file()->set_id(from.case_id());
    if (!entry) return;
    const auto detail =
        from.paper() == protocol::Paper::band ? CaseDetail::row : CaseDetail::materials;
    fill_case(hall, *entry, hall.data.last_at_ms(), detail, *to.mutable_case_file());
    if (from.paper() == protocol::Paper::notice) fill_told(from, *to.mutable_case_file());
    to.set_number(entry->number());
    to.add_service_names(to.case_file().service_name());
    to.set_language_sign(!entry->must_speak().empty());
    const protocol::HallRules::Service* service = service_of(hall, *entry);
    if (service && from.paper() != protocol::Paper::band) {
        fill_item(hall, *service, *to.mutable_item());
    }
}

namespace {

bool about_cases(const Command& command) {
    switch (static_cast<int>(command.body_case())) {
        case Command::kOpenCase:
        case Command::kEnterStage:
        case Command::kLeaveStage:
        case Command::kReceiveMaterial:
        case Command::kAskMaterial:
        case Command::kAttachTicket:
        case Command::kHandOver:
        case Command::kAcceptHandOver:
        case Command::kSetResult:
        case Command::kTellResult:
        case Command::kRateCase:
        case Command::kAnswerFollowUp:
        case Command::kCloseCase:
        case Command::kPrintCasePaper:
            return true;
    }
    return false;
}

bool about_wristbands(const Command& command) {
    return command.has_print_wristband() || command.has_scan_code() ||
           command.has_revoke_wristband();
}

// Of several cases of one ticket the first.
uint64_t case_in(const HallState& hall, const Command& command, const Events& events) {
    for (const protocol::Event& event : events) {
        if (const uint64_t id = active_case(event)) return id;
        const state::Wristband* band = find_wristband(hall, event.wristband_revoked().token());
        if (band) return band->case_id();
    }
    return command.print_case_paper().case_id();
}

void fill_band(const state::Wristband& from, protocol::Wristband& to) {
    to.set_token(from.token());
    to.set_case_id(from.case_id());
    to.set_revoked(from.revoked());
    to.set_issued_at_ms(from.issued_at_ms());
}

// The band that was printed, scanned or revoked; a scanned ticket has none.
void describe_band(const HallState& hall, const Command& command, const Events& events,
                   protocol::Wristband& to) {
    const std::string scanned = wristband::normalised(command.scan_code().code());
    if (const state::Wristband* band = find_wristband(hall, scanned)) fill_band(*band, to);
    for (const protocol::Event& event : events) {
        const std::string& token = event.has_wristband_issued() ? event.wristband_issued().token()
                                                                : event.wristband_revoked().token();
        if (const state::Wristband* band = find_wristband(hall, token)) fill_band(*band, to);
        if (event.has_code_scanned()) to.set_window(event.code_scanned().window());
    }
}

}  // namespace

bool describe_case(const HallState& hall, const Command& command, const Events& events,
                   int64_t now_ms, protocol::Reply& reply) {
    const bool band = about_wristbands(command);
    if (!band && !about_cases(command)) return false;
    const uint64_t id = case_in(hall, command, events);
    protocol::Case& to =
        band ? *reply.mutable_wristband()->mutable_case_file() : *reply.mutable_case_file();
    if (band) {
        reply.mutable_wristband()->set_case_id(id);
        describe_band(hall, command, events, *reply.mutable_wristband());
    }
    if (const state::Case* entry = find_case(hall, id)) {
        fill_case(hall, *entry, now_ms, CaseDetail::whole, to);
    }
    return true;
}

void answer_case(const HallState& hall, const protocol::CaseQuery& query, int64_t now_ms,
                 protocol::Reply& reply) {
    if (const state::Case* entry = find_case(hall, query.case_id())) {
        return fill_case(hall, *entry, now_ms, CaseDetail::whole, *reply.mutable_case_file());
    }
    const RefusalCode::Value why = gone_or_unknown(hall, query.case_id());
    refuse(reply, Refuse(why).field(std::to_string(query.case_id())));
}

// Names are the service's to match: the core has none.
void answer_cases(const HallState& hall, const protocol::CaseListQuery& query, int64_t now_ms,
                  protocol::Reply& reply) {
    auto& list = *reply.mutable_cases();
    std::string number = query.number();
    if (auto handle = hall.find_ticket(number)) number = hall.ticket(*handle).number();
    for (const state::Case& entry : hall.data.cases()) {
        if (entry.closed()) continue;
        if (!number.empty() && entry.number() != number) continue;
        if (!query.staff().empty() && entry.escort() != query.staff()) continue;
        if (query.overdue() && !is_overdue(hall, entry)) continue;
        fill_case(hall, entry, now_ms, CaseDetail::row, *list.add_cases());
    }
}

void answer_wristbands(const HallState& hall, protocol::Reply& reply) {
    auto& list = *reply.mutable_wristbands();
    for (const state::Wristband& entry : hall.data.wristbands()) {
        fill_band(entry, *list.add_wristbands());
    }
}

void answer_catalogue(const HallState& hall, const protocol::CatalogueQuery& query,
                      protocol::Reply& reply) {
    if (!query.service().empty() && !hall.find_service(query.service())) {
        return refuse(reply, Refuse(RefusalCode::unknown_service).field(query.service()));
    }
    auto& list = *reply.mutable_catalogue();
    for (const auto& service : hall.data.rules().services()) {
        if (!query.service().empty() && service.code() != query.service()) continue;
        fill_item(hall, service, *list.add_items());
    }
}

namespace {

bool full(int size, size_t max) {
    return size >= static_cast<int>(max);
}

// What a board without room for all cases shows first: those that somebody has to answer, those
// that are late, those whose visitor is in the hall today.
int rank_on_board(const HallState& hall, const state::Case& entry) {
    if (!entry.offered_to().empty()) return 0;
    if (is_overdue(hall, entry)) return 1;
    const bool today = !entry.number().empty() || entry.sealed_day() == hall.data.plan().day();
    return today ? 2 : 3;
}

// The first `max` by `key`, which ends in the id: an order without ties.
template <typename Key>
void keep_first(std::vector<const state::Case*>& cases, size_t max, Key key) {
    const size_t kept = std::min(max, cases.size());
    std::partial_sort(
        cases.begin(), cases.begin() + static_cast<std::ptrdiff_t>(kept), cases.end(),
        [&](const state::Case* a, const state::Case* b) { return key(*a) < key(*b); });
    cases.resize(kept);
}

template <typename List>
void add_rows(const HallState& hall, const std::vector<const state::Case*>& cases, int64_t now_ms,
              List& list) {
    for (const state::Case* entry : cases) {
        fill_case(hall, *entry, now_ms, CaseDetail::row, *list.Add());
    }
}

}  // namespace

protocol::CasesView Hall::cases_view(int64_t now_ms) const {
    const HallState& hall = *state_;
    protocol::CasesView view;
    fill_head(hall, now_ms, *view.mutable_head());
    for (int stage = CaseStage::reception; stage <= CaseStage::feedback; ++stage) {
        view.add_columns()->set_stage(static_cast<CaseStage::Value>(stage));
    }
    std::vector<const state::Case*> open;
    for (const state::Case& entry : hall.data.cases()) {
        if (entry.closed()) continue;
        open.push_back(&entry);
        auto& column = *view.mutable_columns(stage_of(entry) - CaseStage::reception);
        column.set_count(column.count() + 1);
        if (entry.waiting_for_visitor()) {
            view.set_waiting_for_visitor(view.waiting_for_visitor() + 1);
        }
        if (is_overdue(hall, entry)) view.set_overdue(view.overdue() + 1);
    }
    view.set_case_count(static_cast<uint32_t>(open.size()));
    keep_first(open, kCaseRowsMax, [&](const state::Case& entry) {
        return std::make_tuple(rank_on_board(hall, entry),
                               entry.visits(entry.visits_size() - 1).entered_at_ms(), entry.id());
    });
    add_rows(hall, open, now_ms, *view.mutable_cases());
    for (const state::Staff& entry : hall.data.staff()) {
        if (full(view.staff_size(), kStaffRowsMax)) break;
        if (entry.on_duty()) fill_staff(hall, entry, *view.add_staff());
    }
    for (const auto& service : hall.data.rules().services()) {
        auto* item = view.add_services();
        item->set_code(service.code());
        item->set_name(service.name());
        item->set_proxy(service.proxy());
    }
    return view;
}

namespace {

uint32_t due_day(const state::Case& entry) {
    return follow_up_open(entry) ? entry.follow_up_by_day() : entry.promised_by_day();
}

void fill_late(const HallState& hall, int64_t now_ms, protocol::SupervisorView& view) {
    std::vector<const state::Case*> overdue;
    std::vector<const state::Case*> follow_ups;
    for (const state::Case& entry : hall.data.cases()) {
        if (entry.closed()) continue;
        if (is_overdue(hall, entry)) overdue.push_back(&entry);
        if (follow_up_open(entry)) follow_ups.push_back(&entry);
    }
    view.set_overdue_count(static_cast<uint32_t>(overdue.size()));
    view.set_follow_up_count(static_cast<uint32_t>(follow_ups.size()));
    auto by_due = [](const state::Case& entry) {
        return std::make_tuple(due_day(entry), entry.id());
    };
    keep_first(overdue, kCareRowsMax, by_due);
    keep_first(follow_ups, kCareRowsMax, by_due);
    add_rows(hall, overdue, now_ms, *view.mutable_overdue());
    add_rows(hall, follow_ups, now_ms, *view.mutable_follow_ups());
    for (const auto& [deadline_ms, id] : hall.rating_deadlines) {
        if (full(view.unrated_size(), kCareRowsMax)) break;
        fill_case(hall, *find_case(hall, id), now_ms, CaseDetail::row, *view.add_unrated());
    }
}

// What a supervisor looks at the same day. Counted exactly but for misses beyond the list's end.
void fill_overrides(const HallState& hall, protocol::SupervisorView& view) {
    const protocol::DayReport& report = hall.data.report();
    uint32_t count = report.out_of_order();
    for (const auto& row : report.by_sight()) count += row.count();
    const auto& rows = report.questions();
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
        const bool miss = row->kind() == Question::quick_miss;
        if (miss) ++count;
        if (!miss && row->kind() != Question::out_of_order && row->kind() != Question::by_sight) {
            continue;
        }
        if (!full(view.overrides_size(), kCareRowsMax)) *view.add_overrides() = *row;
    }
    view.set_override_count(count);
}

void fill_care(const HallState& hall, protocol::SupervisorView& view) {
    for (const bool open : {true, false}) {
        const auto& all = hall.data.emergencies();
        for (auto entry = all.rbegin(); entry != all.rend(); ++entry) {
            if (full(view.emergencies_size(), kEmergencyRowsMax)) break;
            const bool closed = entry->state() == protocol::EmergencyState::closed;
            if (closed != open) fill_emergency(hall, *entry, *view.add_emergencies());
        }
    }
    for (const state::Staff& entry : hall.data.staff()) {
        if (full(view.staff_size(), kStaffRowsMax)) break;
        fill_staff(hall, entry, *view.add_staff());
    }
    for (const state::Loan& entry : hall.data.loans()) {
        if (full(view.overdue_loans_size(), kStaffRowsMax)) break;
        if (entry.overdue() && entry.returned_at_ms() == 0) {
            fill_loan(hall, entry, *view.add_overdue_loans());
        }
    }
    for (const state::Consultation& entry : hall.data.consultations()) {
        if (full(view.consultations_size(), kCareRowsMax)) break;
        const bool open = !entry.owner().empty() && entry.answered_at_ms() == 0;
        if (open) fill_consultation(hall, entry, *view.add_consultations());
    }
}

}  // namespace

protocol::SupervisorView Hall::supervisor_view(int64_t now_ms) const {
    const HallState& hall = *state_;
    protocol::SupervisorView view;
    fill_head(hall, now_ms, *view.mutable_head());
    fill_late(hall, now_ms, view);
    fill_overrides(hall, view);
    for (const state::Printer& entry : hall.data.printers()) {
        fill_printer(hall, entry, *view.add_printers());
    }
    const auto offers = offers_now(hall);
    for (const state::Window& entry : hall.data.windows()) {
        fill_window(hall, offers, entry, *view.add_windows());
    }
    fill_care(hall, view);
    return view;
}

}  // namespace hall::core
