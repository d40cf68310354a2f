#include "hall-server/service/ledgers.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <vector>

#include "hall-server/core/hall.h"

namespace hall::service {

using protocol::CaseStage;
using protocol::Event;
using protocol::EventRecord;
using protocol::LedgerKind;
using protocol::LedgerRow;
using protocol::RatingState;
using protocol::Reason;
using protocol::RefusalCode;

namespace {

constexpr int kKinds[] = {Event::kDayPlanned,
                          Event::kPhaseChanged,
                          Event::kTicketIssued,
                          Event::kTicketCalled,
                          Event::kTicketMissed,
                          Event::kTicketReturned,
                          Event::kServiceStarted,
                          Event::kTicketSentOnErrand,
                          Event::kTicketTransferred,
                          Event::kNextServiceBegun,
                          Event::kCheckedIn,
                          Event::kCheckInCorrected,
                          Event::kPersonCorrected,
                          Event::kPersonForgotten,
                          Event::kPersonUnmasked,
                          Event::kCaseOpened,
                          Event::kCaseStageEntered,
                          Event::kCaseStageLeft,
                          Event::kCasePromised,
                          Event::kMaterialReceived,
                          Event::kMaterialAsked,
                          Event::kCaseTicketAttached,
                          Event::kCaseHandedOver,
                          Event::kCaseDecided,
                          Event::kResultTold,
                          Event::kCaseRated,
                          Event::kRatingLapsed,
                          Event::kFollowUpAnswered,
                          Event::kCaseClosed,
                          Event::kEmergencyRaised,
                          Event::kEmergencyAcknowledged,
                          Event::kEmergencyEscalated,
                          Event::kEmergencyStepDone,
                          Event::kEmergencyClosed,
                          Event::kAssistanceGiven,
                          Event::kConsultationGiven,
                          Event::kConsultationAnswered,
                          Event::kFacilityLent,
                          Event::kFacilityReturned,
                          Event::kStockTaken,
                          Event::kStaffAdded,
                          Event::kStaffRemoved,
                          Event::kStaffTrained};

// The rule's service; nothing for one that is no longer offered.
const protocol::HallRules::Service* find_service(const protocol::HallRules& rules,
                                                 const std::string& code) {
    const auto& services = rules.services();
    const auto found = std::find_if(services.begin(), services.end(),
                                    [&](const auto& service) { return service.code() == code; });
    return found == services.end() ? nullptr : &*found;
}

std::string service_name(const protocol::HallRules& rules, const std::string& code) {
    const auto* service = find_service(rules, code);
    return service != nullptr ? service->name() : code;
}

std::string material_name(const protocol::HallRules& rules, const std::string& service,
                          const std::string& code) {
    const auto* found = find_service(rules, service);
    if (found == nullptr) return code;
    for (const auto& material : found->materials()) {
        if (material.code() == code) return material.name();
    }
    return code;
}

std::string facility_name(const protocol::HallRules& rules, const std::string& code) {
    for (const auto& facility : rules.facilities()) {
        if (facility.code() == code) return facility.name();
    }
    return code;
}

bool is_seat(const protocol::HallRules& rules, const std::string& code) {
    for (const auto& facility : rules.facilities()) {
        if (facility.code() == code) return facility.kind() == protocol::FacilityKind::seat;
    }
    return false;
}

// "window:3" stays as it is: words are the client's.
std::string place_name(const protocol::HallRules& rules, const std::string& place) {
    for (const auto& zone : rules.zones()) {
        if (zone.code() == place) return zone.name();
    }
    return place;
}

void add_once(LedgerRow& row, const std::string& who) {
    const auto& all = row.done_by();
    if (!who.empty() && std::find(all.begin(), all.end(), who) == all.end()) row.add_done_by(who);
}

}  // namespace

std::optional<protocol::Refusal> wrong_with(const protocol::LedgerQuery& query) {
    protocol::Refusal refusal;
    const bool known = LedgerKind::Value_IsValid(query.kind()) && query.kind() != 0;
    if (!known) {
        refusal.set_code(RefusalCode::value_out_of_range);
        refusal.set_field("kind");
        return refusal;
    }
    for (const std::string* date : {&query.from(), &query.to()}) {
        if (day_of_date(*date)) continue;
        refusal.set_code(RefusalCode::date_invalid);
        refusal.set_field(*date);
        return refusal;
    }
    if (query.from() <= query.to()) return std::nullopt;
    refusal.set_code(RefusalCode::value_out_of_range);
    refusal.set_field("from");
    return refusal;
}

LedgerFold::LedgerFold(const protocol::LedgerQuery& query, const protocol::HallRules& rules)
    : rules_(rules) {
    ledger_.set_kind(query.kind());
    ledger_.set_from(query.from());
    ledger_.set_to(query.to());
    ledger_.set_hall_name(rules.hall_name());
}

bool LedgerFold::looks_at(uint32_t kind) {
    return std::find(std::begin(kKinds), std::end(kKinds), static_cast<int>(kind)) !=
           std::end(kKinds);
}

bool LedgerFold::in_days() const {
    return !date_.empty() && ledger_.from() <= date_ && date_ <= ledger_.to();
}

bool LedgerFold::complete() const {
    return !date_.empty() && date_ > ledger_.to() && open_rows_.empty();
}

LedgerRow& LedgerFold::add_row(const EventRecord& record, uint64_t id) {
    const bool full = ledger_.rows_size() >= kLedgerRowsMax;
    if (full) {
        ledger_.set_cut(true);
        beyond_.Clear();
    }
    LedgerRow& row = full ? beyond_ : *ledger_.add_rows();
    row.set_id(id);
    row.set_date(date_);
    row.set_at_ms(record.at_ms());
    row.set_by(record.actor());
    return row;
}

// One that later events change.
LedgerRow& LedgerFold::add_open_row(const EventRecord& record, uint64_t id) {
    LedgerRow& row = add_row(record, id);
    if (&row != &beyond_) open_rows_[id] = ledger_.rows_size() - 1;
    return row;
}

LedgerRow* LedgerFold::open_row(uint64_t id) {
    const auto found = open_rows_.find(id);
    return found == open_rows_.end() ? nullptr : ledger_.mutable_rows(found->second);
}

void LedgerFold::end_row(uint64_t id, int64_t at_ms) {
    LedgerRow* row = open_row(id);
    if (row == nullptr) return;
    row->set_ended_at_ms(at_ms);
    open_rows_.erase(id);
}

void LedgerFold::begin_day(const protocol::DayPlan& plan) {
    ledger_.set_utc_offset_s(plan.utc_offset_s());
    day_ = plan.day();
    if (plan.date() == date_) return;
    date_ = plan.date();
    tickets_.clear();
    ticketed_cases_.clear();
    ticketed_people_.clear();
}

void LedgerFold::add(const EventRecord& record) {
    const Event& event = record.event();
    if (event.has_day_planned()) return begin_day(event.day_planned().plan());
    switch (ledger_.kind()) {
        case LedgerKind::check_ins:
            return add_check_in(record);
        case LedgerKind::cases:
            add_case(record);
            change_case(record);
            return end_case(record);
        case LedgerKind::loans:
            return add_loan(record);
        case LedgerKind::emergencies:
        case LedgerKind::drills:
            return add_emergency(record);
        case LedgerKind::overrides:
            add_override(record);
            return add_case_override(record);
        case LedgerKind::second_trips:
            if (in_days()) add_second_trip(event);
            return know_case(event);
        case LedgerKind::consultations:
            return add_consultation(record);
        case LedgerKind::training:
            return add_training(record);
        case LedgerKind::assistance:
        case LedgerKind::unmaskings:
            return add_other(record);
        case LedgerKind::unknown:
        case protocol::LedgerKind_Value_LedgerKind_Value_INT_MIN_SENTINEL_DO_NOT_USE_:
        case protocol::LedgerKind_Value_LedgerKind_Value_INT_MAX_SENTINEL_DO_NOT_USE_:
            return;
    }
}

void LedgerFold::add_check_in(const EventRecord& record) {
    const Event& event = record.event();
    if (event.has_checked_in() && in_days()) {
        const auto& checked_in = event.checked_in();
        LedgerRow& row = add_open_row(record, checked_in.check_in());
        row.set_check_in_reason(checked_in.reason());
        row.set_filled_by(checked_in.filled_by());
        row.set_record(checked_in.record());
    } else if (event.has_ticket_issued()) {
        LedgerRow* row = open_row(event.ticket_issued().check_in());
        if (row == nullptr) return;
        const std::string& before = row->number();
        row->set_number((before.empty() ? "" : before + ", ") + event.ticket_issued().number());
    } else if (event.has_check_in_corrected()) {
        correct_person(event.check_in_corrected().check_in(), event.check_in_corrected().record());
    } else if (event.has_person_forgotten()) {
        correct_person(event.person_forgotten().check_in(), 0);
    }
}

// Who it was is in another record from now on, or (0) in none: rows that are over, too.
void LedgerFold::correct_person(uint64_t id, uint64_t record) {
    if (id == 0) return;
    for (LedgerRow& row : *ledger_.mutable_rows()) {
        if (row.id() == id) row.set_record(record);
    }
}

void LedgerFold::add_case(const EventRecord& record) {
    if (record.event().has_checked_in()) {
        const auto& checked_in = record.event().checked_in();
        person_records_[checked_in.check_in()] = checked_in.record();
    }
    if (!record.event().has_case_opened() || !in_days()) return;
    const auto& opened = record.event().case_opened();
    LedgerRow& row = add_open_row(record, opened.case_id());
    row.set_service_name(service_name(rules_, opened.service()));
    row.set_number(opened.number());
    row.set_escort(opened.escort());
    row.set_stage(CaseStage::reception);
    const auto person = person_records_.find(opened.check_in());
    const bool of_check_in = opened.record() == 0 && person != person_records_.end();
    row.set_record(of_check_in ? person->second : opened.record());
    cases_[opened.case_id()];
}

void LedgerFold::change_case(const EventRecord& record) {
    const Event& event = record.event();
    if (event.has_case_stage_entered()) {
        LedgerRow* row = open_row(event.case_stage_entered().case_id());
        if (row != nullptr) row->set_stage(event.case_stage_entered().stage());
    } else if (event.has_case_stage_left()) {
        const auto& left = event.case_stage_left();
        LedgerRow* row = open_row(left.case_id());
        if (row == nullptr || left.outcome() != protocol::StageOutcome::sent_back) return;
        row->set_stage(left.to());
        row->set_count(row->count() + 1);
    } else if (event.has_case_promised()) {
        promise(event.case_promised());
    } else if (event.has_case_ticket_attached()) {
        LedgerRow* row = open_row(event.case_ticket_attached().case_id());
        if (row != nullptr) row->set_number(event.case_ticket_attached().number());
    } else if (event.has_case_handed_over()) {
        LedgerRow* row = open_row(event.case_handed_over().case_id());
        if (row != nullptr) row->set_escort(event.case_handed_over().to());
    } else if (event.has_person_corrected()) {
        correct_person(event.person_corrected().case_id(), event.person_corrected().record());
    } else if (event.has_person_forgotten()) {
        correct_person(event.person_forgotten().case_id(), 0);
    }
}

// Accepted again it is promised anew, for a later day: the first one is what counts here.
void LedgerFold::promise(const protocol::CasePromised& event) {
    const auto found = cases_.find(event.case_id());
    if (found == cases_.end()) return;
    uint32_t& day = found->second.promised_by_day;
    day = day == 0 ? event.by_day() : std::min(day, event.by_day());
}

// As of the day that is being read. What was late once is so for ever.
void LedgerFold::judge(const Known& known, LedgerRow& row) const {
    if (past(known.promised_by_day) || past(known.follow_up_by_day)) row.set_overdue(true);
}

void LedgerFold::end_case(const EventRecord& record) {
    const Event& event = record.event();
    if (event.has_case_decided()) {
        const uint64_t id = event.case_decided().case_id();
        LedgerRow* row = open_row(id);
        if (row == nullptr) return;
        row->set_result(event.case_decided().result());
        row->set_stage(CaseStage::feedback);
        judge(cases_[id], *row);
        cases_[id].promised_by_day = 0;
    } else if (event.has_result_told()) {
        LedgerRow* row = open_row(event.result_told().case_id());
        if (row != nullptr) row->set_rating(RatingState::invited);
    } else if (event.has_case_rated()) {
        LedgerRow* row = open_row(event.case_rated().case_id());
        if (row == nullptr) return;
        row->set_rating(RatingState::given);
        row->set_grade(event.case_rated().grade());
        cases_[row->id()].follow_up_by_day = event.case_rated().follow_up_by_day();
    } else if (event.has_rating_lapsed()) {
        LedgerRow* row = open_row(event.rating_lapsed().case_id());
        if (row != nullptr) row->set_rating(RatingState::lapsed);
    } else if (event.has_follow_up_answered()) {
        const uint64_t id = event.follow_up_answered().case_id();
        LedgerRow* row = open_row(id);
        if (row == nullptr) return;
        judge(cases_[id], *row);
        cases_[id].follow_up_by_day = 0;
    } else if (event.has_case_closed()) {
        end_row(event.case_closed().case_id(), record.at_ms());
        cases_.erase(event.case_closed().case_id());
    }
}

// What each case is for and what it lacks: of all days, so that a trip has a material.
void LedgerFold::know_case(const Event& event) {
    if (event.has_case_opened()) {
        cases_[event.case_opened().case_id()].service = event.case_opened().service();
    } else if (event.has_material_asked()) {
        const auto found = cases_.find(event.material_asked().case_id());
        if (found == cases_.end()) return;
        const auto& asked = event.material_asked().materials();
        found->second.missing.insert(asked.begin(), asked.end());
    } else if (event.has_material_received()) {
        const auto found = cases_.find(event.material_received().case_id());
        if (found != cases_.end()) {
            found->second.missing.erase(event.material_received().material());
        }
    } else if (event.has_case_closed()) {
        cases_.erase(event.case_closed().case_id());
    }
}

void LedgerFold::add_second_trip(const Event& event) {
    const bool asked = event.has_material_asked() && event.material_asked().second();
    const auto& left = event.case_stage_left();
    const bool sent_back = left.outcome() == protocol::StageOutcome::sent_back &&
                           left.reason() == Reason::material_missing;
    if (!asked && !sent_back) return;
    const auto found = cases_.find(asked ? event.material_asked().case_id() : left.case_id());
    if (found == cases_.end()) {
        lacks_past_ = true;
        return;
    }
    const Known& known = found->second;
    if (asked) {
        for (const auto& code : event.material_asked().materials()) {
            count_trip(known.service, code);
        }
    } else {
        for (const auto& code : known.missing) count_trip(known.service, code);
        if (known.missing.empty()) count_trip(known.service, "");
    }
}

void LedgerFold::count_trip(const std::string& service, const std::string& material) {
    ++trips_[{service, material}];
}

void LedgerFold::add_loan(const EventRecord& record) {
    const Event& event = record.event();
    if (event.has_facility_lent() && in_days()) {
        LedgerRow& row = add_open_row(record, event.facility_lent().loan());
        row.set_what(facility_name(rules_, event.facility_lent().facility()));
        row.set_number(event.facility_lent().number());
        if (is_seat(rules_, event.facility_lent().facility())) seats_.insert(row.id());
    } else if (event.has_facility_returned()) {
        end_row(event.facility_returned().loan(), record.at_ms());
    } else if (event.has_stock_taken() && in_days()) {
        LedgerRow& row = add_row(record, 0);
        row.set_what(facility_name(rules_, event.stock_taken().facility()));
        row.set_number(event.stock_taken().number());
        row.set_count(event.stock_taken().count());
    } else if (event.has_phase_changed() &&
               event.phase_changed().phase() == protocol::Phase::closed) {
        // Whoever sat on a priority seat has gone home.
        for (const uint64_t id : seats_) end_row(id, record.at_ms());
        seats_.clear();
        for (const auto& [id, index] : open_rows_) ledger_.mutable_rows(index)->set_overdue(true);
    }
}

void LedgerFold::add_emergency(const EventRecord& record) {
    const Event& event = record.event();
    if (event.has_emergency_raised()) {
        const auto& raised = event.emergency_raised();
        if (!in_days() || raised.drill() != is(LedgerKind::drills)) return;
        LedgerRow& row = add_open_row(record, raised.emergency());
        row.set_what(place_name(rules_, raised.place()));
        row.set_number(raised.number());
        row.set_record(raised.record());
    } else if (event.has_emergency_acknowledged()) {
        LedgerRow* row = open_row(event.emergency_acknowledged().emergency());
        if (row == nullptr) return;
        row->set_acknowledged_at_ms(record.at_ms());
        add_once(*row, event.emergency_acknowledged().by());
    } else if (event.has_emergency_escalated()) {
        LedgerRow* row = open_row(event.emergency_escalated().emergency());
        if (row != nullptr) row->set_escalated(true);
    } else if (event.has_emergency_step_done()) {
        LedgerRow* row = open_row(event.emergency_step_done().emergency());
        if (row == nullptr) return;
        row->set_count(row->count() + 1);
        add_once(*row, event.emergency_step_done().by());
    } else if (event.has_emergency_closed()) {
        LedgerRow* row = open_row(event.emergency_closed().emergency());
        if (row == nullptr) return;
        row->set_outcome(event.emergency_closed().outcome());
        end_row(event.emergency_closed().emergency(), record.at_ms());
    }
}

LedgerRow& LedgerFold::add_override(const EventRecord& record, const char* word,
                                    const std::string& number, uint32_t window) {
    LedgerRow& row = add_row(record, 0);
    row.set_what(word);
    row.set_number(number);
    row.set_window(window);
    return row;
}

void LedgerFold::add_override(const EventRecord& record) {
    if (!in_days()) return;
    const Event& event = record.event();
    if (event.has_ticket_issued()) {
        const auto& issued = event.ticket_issued();
        if (issued.by_sight()) add_override(record, "by_sight", issued.number());
        const bool again =
            issued.check_in() != 0 && !ticketed_people_.insert(issued.check_in()).second;
        if (again) add_override(record, "several_tickets", issued.number());
    } else if (event.has_ticket_called()) {
        called(record);
    } else if (event.has_ticket_missed()) {
        missed(record);
    } else if (event.has_ticket_returned()) {
        returned(record);
    } else if (event.has_service_started()) {
        started(record);
    } else if (event.has_ticket_sent_on_errand()) {
        tickets_[event.ticket_sent_on_errand().number()].served_at = 0;
    } else if (event.has_ticket_transferred()) {
        tickets_[event.ticket_transferred().number()].served_at = 0;
    } else if (event.has_next_service_begun()) {
        tickets_[event.next_service_begun().number()].served_at = 0;
    }
}

void LedgerFold::called(const EventRecord& record) {
    const auto& event = record.event().ticket_called();
    Ticket& ticket = tickets_[event.number()];
    if (event.count() == 1) ticket.first_called_at_ms = record.at_ms();
    ticket.called_at_ms = record.at_ms();
    ticket.calls = event.count();
    if (event.out_of_order()) {
        add_override(record, "out_of_order", event.number(), event.window())
            .set_reason(event.reason());
    }
    if (event.reserved()) add_override(record, "reserved_first", event.number(), event.window());
}

// From when a miss is allowed: as core/decide_windows.cc has it.
void LedgerFold::missed(const EventRecord& record) {
    const auto& event = record.event().ticket_missed();
    Ticket& ticket = tickets_[event.number()];
    ticket.missed_at_ms = record.at_ms();
    const int64_t from_ms =
        std::max(ticket.first_called_at_ms + rules_.missed_total_ms(), ticket.called_at_ms);
    const bool quick = ticket.calls > 0 && record.at_ms() - from_ms <= core::kQuickMissMs;
    if (quick) add_override(record, "quick_miss", event.number(), event.window());
}

// Later than the rules say it is a new entry, behind everybody: nothing to question.
void LedgerFold::returned(const EventRecord& record) {
    const std::string& number = record.event().ticket_returned().number();
    Ticket& ticket = tickets_[number];
    const int64_t missed_at_ms = std::exchange(ticket.missed_at_ms, 0);
    if (missed_at_ms == 0 || record.at_ms() - missed_at_ms > rules_.missed_return_ms()) return;
    add_override(record, "return_without_errand", number);
}

void LedgerFold::started(const EventRecord& record) {
    const auto& event = record.event().service_started();
    Ticket& ticket = tickets_[event.number()];
    if (ticket.served_at == event.window()) {
        add_override(record, "return_without_errand", event.number(), event.window());
    }
    ticket.served_at = event.window();
}

void LedgerFold::add_case_override(const EventRecord& record) {
    if (!in_days()) return;
    const Event& event = record.event();
    if (event.has_case_opened() && !event.case_opened().number().empty()) {
        ticketed_cases_[event.case_opened().case_id()] = event.case_opened().number();
    } else if (event.has_case_ticket_attached()) {
        ticketed_cases_[event.case_ticket_attached().case_id()] =
            event.case_ticket_attached().number();
    } else if (event.has_material_asked() && event.material_asked().second()) {
        const uint64_t id = event.material_asked().case_id();
        add_override(record, "second_notice", ticketed_cases_[id]).set_id(id);
    } else if (event.has_case_stage_entered() &&
               event.case_stage_entered().stage() == CaseStage::acceptance) {
        const uint64_t id = event.case_stage_entered().case_id();
        if (!ticketed_cases_[id].empty()) return;
        add_override(record, "service_without_ticket", "").set_id(id);
    }
}

void LedgerFold::add_consultation(const EventRecord& record) {
    const Event& event = record.event();
    if (event.has_consultation_given() && in_days()) {
        const auto& given = event.consultation_given();
        const bool hard = !given.owner().empty();
        LedgerRow& row = hard ? add_open_row(record, given.consultation())
                              : add_row(record, given.consultation());
        row.set_service_name(service_name(rules_, given.service()));
        row.set_escort(given.owner());
        row.set_record(given.record());
        if (given.answer_by_day() == 0) return;
        row.set_task(date_text(given.answer_by_day()));
        if (hard) answer_by_day_[given.consultation()] = given.answer_by_day();
    } else if (event.has_consultation_answered()) {
        const uint64_t id = event.consultation_answered().consultation();
        LedgerRow* row = open_row(id);
        if (row == nullptr) return;
        row->set_overdue(past(answer_by_day_[id]));
        end_row(id, record.at_ms());
        answer_by_day_.erase(id);
    } else if (event.has_person_corrected()) {
        correct_person(event.person_corrected().consultation(), event.person_corrected().record());
    } else if (event.has_person_forgotten()) {
        correct_person(event.person_forgotten().consultation(), 0);
    }
}

void LedgerFold::add_training(const EventRecord& record) {
    const Event& event = record.event();
    if (date_ > ledger_.to()) return;
    if (event.has_staff_added()) {
        staff_[event.staff_added().staff()] = {};
    } else if (event.has_staff_removed()) {
        staff_.erase(event.staff_removed().staff());
    } else if (event.has_staff_trained()) {
        const auto& trained = event.staff_trained();
        const auto colleague = staff_.find(trained.staff());
        if (colleague != staff_.end() && trained.day() >= colleague->second.day) {
            colleague->second = {trained.day(), trained.course(), record.at_ms(), record.actor()};
        }
        if (!in_days()) return;
        LedgerRow& row = add_row(record, 0);
        row.set_date(date_text(trained.day()));
        row.set_what(trained.course());
        row.set_escort(trained.staff());
    }
}

void LedgerFold::add_other(const EventRecord& record) {
    if (!in_days()) return;
    const Event& event = record.event();
    if (is(LedgerKind::assistance) && event.has_assistance_given()) {
        LedgerRow& row = add_row(record, event.assistance_given().assistance());
        row.set_what(event.assistance_given().machine());
        row.set_task(event.assistance_given().task());
        row.set_count(event.assistance_given().minutes());
    } else if (is(LedgerKind::unmaskings) && event.has_person_unmasked()) {
        const auto& unmasked = event.person_unmasked();
        const bool of_case = unmasked.case_id() != 0;
        LedgerRow& row = add_row(record, of_case ? unmasked.case_id() : unmasked.check_in());
        row.set_what(of_case ? "case" : "check_in");
        row.set_purpose(unmasked.purpose());
        row.set_record(unmasked.record());
    }
}

// What is still open, as of the last day that was read.
void LedgerFold::set_overdue() {
    for (const auto& [id, known] : cases_) {
        LedgerRow* row = is(LedgerKind::cases) ? open_row(id) : nullptr;
        if (row != nullptr) judge(known, *row);
    }
    for (const auto& [id, day] : answer_by_day_) {
        LedgerRow* row = open_row(id);
        if (row != nullptr) row->set_overdue(past(day));
    }
}

// As of the ledger's last day, or of today when that is still to come; as core/care.cc has it.
bool LedgerFold::is_current(uint32_t trained_day) const {
    constexpr uint32_t kTrainingDays = 365;
    const int64_t days = rules_.training_days() == 0 ? kTrainingDays : rules_.training_days();
    const int64_t as_of = std::min<int64_t>(day_of_date(ledger_.to()).value_or(0), day_);
    return trained_day != 0 && trained_day + days >= as_of;
}

// Whose course is current, and who has none that is.
void LedgerFold::list_training() {
    std::set<std::string> listed;
    for (LedgerRow& row : *ledger_.mutable_rows()) {
        row.set_current(is_current(static_cast<uint32_t>(day_of_date(row.date()).value_or(0))));
        listed.insert(row.escort());
    }
    for (const auto& [who, last] : staff_) {
        if (is_current(last.day) || listed.count(who) != 0) continue;
        if (ledger_.rows_size() >= kLedgerRowsMax) return ledger_.set_cut(true);
        LedgerRow& row = *ledger_.add_rows();
        row.set_escort(who);
        if (last.day == 0) continue;
        row.set_date(date_text(last.day));
        row.set_at_ms(last.at_ms);
        row.set_by(last.by);
        row.set_what(last.course);
    }
}

void LedgerFold::list_trips() {
    struct Trip {
        std::string service;
        std::string material;
        uint32_t count;
    };
    std::vector<Trip> list;
    for (const auto& [what, count] : trips_) {
        list.push_back(Trip{service_name(rules_, what.first),
                            material_name(rules_, what.first, what.second), count});
    }
    std::sort(list.begin(), list.end(), [](const Trip& a, const Trip& b) {
        return std::tie(b.count, a.service, a.material) < std::tie(a.count, b.service, b.material);
    });
    for (const Trip& trip : list) {
        LedgerRow& row = *ledger_.add_rows();
        row.set_service_name(trip.service);
        row.set_what(trip.material);
        row.set_count(trip.count);
    }
}

protocol::Ledger LedgerFold::take() {
    set_overdue();
    if (is(LedgerKind::training)) list_training();
    if (is(LedgerKind::second_trips)) list_trips();
    return std::move(ledger_);
}

}  // namespace hall::service
