// Check-ins, emergencies, facilities, consultations and staff as people see them. Names, kinds and
// notes are in the vault: the service fills them in.
#include <algorithm>

#include "hall-server/core/care.h"
#include "hall-server/core/local_date.h"
#include "hall-server/core/view_rows.h"

namespace hall::core {

using protocol::Command;
using protocol::Reply;

namespace {

constexpr int kEmergencyRows = static_cast<int>(kEmergencyRowsMax);
constexpr int kAssistanceRowsMax = 20;
constexpr int kOpenDayRowsMax = 5;
constexpr int kStaffRows = static_cast<int>(kStaffRowsMax);
constexpr int kCareRows = static_cast<int>(kCareRowsMax);

void fill_check_in(const HallState&, const state::CheckIn& from, protocol::CheckIn& to) {
    to.set_id(from.id());
    to.set_state(from.state());
    to.set_at_ms(from.at_ms());
    to.set_date(from.date());
    to.set_reason(from.reason());
    to.set_filled_by(from.filled_by());
    to.set_by(from.by());
    to.set_record(from.record());
    // Of its own day without the date, as tickets are called.
    const std::string own_day = from.date() + "/";
    for (const std::string& number : from.numbers()) {
        const bool own = number.rfind(own_day, 0) == 0;
        to.add_numbers(own ? number.substr(own_day.size()) : number);
    }
}

void fill_assistance(const state::Assistance& from, protocol::Assistance& to) {
    to.set_id(from.id());
    to.set_machine(from.machine());
    to.set_task(from.task());
    to.set_minutes(from.minutes());
    to.set_at_ms(from.at_ms());
    to.set_by(from.by());
    to.set_record(from.record());
}

void fill_facility(const HallState& hall, const protocol::HallRules::Facility& from,
                   protocol::Facility& to) {
    to.set_code(from.code());
    to.set_name(from.name());
    to.set_kind(from.kind());
    to.set_zone(from.zone());
    if (from.kind() == protocol::FacilityKind::consumable) {
        const InStock stock = in_stock(hall, from);
        to.set_count(stock.count);
        to.set_expires(stock.expires);
        to.set_expired(stock.expired);
        to.set_low(stock.count == 0);
        return;
    }
    to.set_count(from.count());
    to.set_lent(on_loan(hall, from.code()));
    to.set_low(to.lent() >= to.count());
}

std::string zone_name(const HallState& hall, const std::string& code) {
    for (const auto& zone : hall.data.rules().zones()) {
        if (zone.code() == code) return zone.name();
    }
    return "";
}

// Newest first, at most `rows_max`.
template <typename List>
void add_emergencies(const HallState& hall, bool open_only, int rows_max, List& list) {
    const auto& all = hall.data.emergencies();
    for (auto entry = all.rbegin(); entry != all.rend() && list.size() < rows_max; ++entry) {
        if (!open_only || is_open(*entry)) fill_emergency(hall, *entry, *list.Add());
    }
}

template <typename List>
void add_open_loans(const HallState& hall, int rows_max, List& list) {
    for (const state::Loan& loan : hall.data.loans()) {
        if (list.size() == rows_max) return;
        if (is_out(loan)) fill_loan(hall, loan, *list.Add());
    }
}

template <typename List>
uint32_t count_open(const List& list) {
    return static_cast<uint32_t>(
        std::count_if(list.begin(), list.end(), [](const auto& entry) { return is_open(entry); }));
}

}  // namespace

void fill_check_ins(const HallState& hall, protocol::GuideView& view) {
    view.set_entry_check(hall.data.rules().entry_check());
    view.set_temperature_limit_tenths(temperature_limit_tenths(hall));
    const auto& all = hall.data.check_ins();
    for (auto entry = all.rbegin(); entry != all.rend(); ++entry) {
        if (entry->date() != hall.data.plan().date()) break;
        view.set_check_in_count(view.check_in_count() + 1);
        if (view.check_ins_size() < kCareRows) fill_check_in(hall, *entry, *view.add_check_ins());
    }
}

void fill_staff(const HallState& hall, const state::Staff& from, protocol::Staff& to) {
    to.set_number(from.number());
    to.set_rank(from.rank());
    to.set_on_duty(from.on_duty());
    to.set_device(from.device());
    to.set_since_ms(from.since_ms());
    auto load = hall.load.find(from.number());
    if (load != hall.load.end()) to.set_open_cases(load->second);
    auto offered = hall.offered.find(from.number());
    if (offered != hall.offered.end()) to.set_offered_cases(offered->second);
    *to.mutable_languages() = from.languages();
    if (from.trained_day() != 0) to.set_trained_on(date_text(from.trained_day()));
    to.set_training_current(training_current(hall, from));
    to.set_has_pin(from.pin_record() != 0);
    to.set_record(from.record());
}

void fill_emergency(const HallState& hall, const state::Emergency& from, protocol::Emergency& to) {
    to.set_id(from.id());
    to.set_state(from.state());
    to.set_place(from.place());
    to.set_place_name(zone_name(hall, from.place()));
    to.set_number(from.number());
    to.set_drill(from.drill());
    to.set_escalated(from.escalated());
    to.set_raised_at_ms(from.raised_at_ms());
    to.set_acknowledged_at_ms(from.acknowledged_at_ms());
    to.set_acknowledged_by(from.acknowledged_by());
    *to.mutable_steps() = from.steps();
    *to.mutable_responders() = from.responders();
    to.set_outcome(from.outcome());
    to.set_closed_at_ms(from.closed_at_ms());
    to.set_record(from.record());
    to.set_raised_by(from.raised_by());
    to.set_case_id(from.case_id());
    to.set_closing_record(from.closing_record());
}

void fill_loan(const HallState& hall, const state::Loan& from, protocol::Loan& to) {
    to.set_id(from.id());
    to.set_facility(from.facility());
    const auto* facility = find_facility(hall, from.facility());
    to.set_name(facility == nullptr ? from.facility() : facility->name());
    to.set_number(from.number());
    to.set_case_id(from.case_id());
    to.set_lent_at_ms(from.lent_at_ms());
    to.set_returned_at_ms(from.returned_at_ms());
    to.set_overdue(from.overdue() && is_out(from));
    to.set_by(from.by());
}

void fill_consultation(const HallState& hall, const state::Consultation& from,
                       protocol::Consultation& to) {
    to.set_id(from.id());
    to.set_service(from.service());
    const auto* service = hall.find_service(from.service());
    to.set_service_name(service == nullptr ? from.service() : service->name());
    to.set_at_ms(from.at_ms());
    to.set_owner(from.owner());
    if (from.answer_by_day() != 0) to.set_answer_by(date_text(from.answer_by_day()));
    to.set_answered_at_ms(from.answered_at_ms());
    to.set_overdue(is_open(from) && from.answer_by_day() < hall.data.plan().day());
    to.set_record(from.record());
    to.set_by(from.by());
    to.set_answer_record(from.answer_record());
}

namespace {

void describe_check_in(const HallState& hall, uint64_t id, Reply& reply) {
    const state::CheckIn* entry = find_check_in(hall, id);
    if (entry != nullptr) fill_check_in(hall, *entry, *reply.mutable_check_in());
}

void describe_emergency(const HallState& hall, uint64_t id, Reply& reply) {
    const state::Emergency* entry = find_emergency(hall, id);
    if (entry != nullptr) fill_emergency(hall, *entry, *reply.mutable_emergency());
}

void describe_consultation(const HallState& hall, uint64_t id, Reply& reply) {
    const state::Consultation* entry = find_consultation(hall, id);
    if (entry != nullptr) fill_consultation(hall, *entry, *reply.mutable_consultation());
}

void describe_loan(const HallState& hall, uint64_t id, Reply& reply) {
    const state::Loan* entry = find_loan(hall, id);
    if (entry != nullptr) fill_loan(hall, *entry, *reply.mutable_loan());
}

void describe_facility(const HallState& hall, const std::string& code, Reply& reply) {
    const auto* facility = find_facility(hall, code);
    if (facility != nullptr) fill_facility(hall, *facility, *reply.mutable_facility());
}

// Who was removed is told by number alone.
void describe_staff(const HallState& hall, const std::string& number, Reply& reply) {
    reply.mutable_staff()->set_number(number);
    const state::Staff* entry = find_staff(hall, number);
    if (entry != nullptr) fill_staff(hall, *entry, *reply.mutable_staff());
}

void describe_purge(const HallState& hall, const Events& events, Reply& reply) {
    auto* report = reply.mutable_vault();
    for (const protocol::Event& event : events) {
        report->set_destroyed(report->destroyed() +
                              static_cast<uint32_t>(event.vault_days_destroyed().days_size()));
    }
    report->set_kept(static_cast<uint32_t>(hall.data.vault_days_size()));
}

bool describe_person(const HallState& hall, const Command& command, const Events& events,
                     Reply& reply) {
    switch (static_cast<int>(command.body_case())) {
        case Command::kAddCheckIn:
            describe_check_in(hall, events.front().checked_in().check_in(), reply);
            return true;
        case Command::kMeasureAgain:
            describe_check_in(hall, command.measure_again().check_in(), reply);
            return true;
        case Command::kCorrectCheckIn:
            describe_check_in(hall, command.correct_check_in().check_in(), reply);
            return true;
        case Command::kForgetPerson:
            describe_check_in(hall, command.forget_person().check_in(), reply);
            describe_consultation(hall, command.forget_person().consultation(), reply);
            return true;
        case Command::kCorrectPerson:
            describe_consultation(hall, command.correct_person().consultation(), reply);
            return true;
        case Command::kUnmask:
            reply.mutable_person();  // filled in by the service
            return true;
        case Command::kPurgeVault:
            describe_purge(hall, events, reply);
            return true;
        case Command::kRaiseEmergency:
            describe_emergency(hall, events.front().emergency_raised().emergency(), reply);
            return true;
        case Command::kAcknowledgeEmergency:
            describe_emergency(hall, command.acknowledge_emergency().emergency(), reply);
            return true;
        case Command::kDoEmergencyStep:
            describe_emergency(hall, command.do_emergency_step().emergency(), reply);
            return true;
        case Command::kCloseEmergency:
            describe_emergency(hall, command.close_emergency().emergency(), reply);
            return true;
    }
    return false;
}

bool describe_help(const HallState& hall, const Command& command, const Events& events,
                   Reply& reply) {
    switch (static_cast<int>(command.body_case())) {
        case Command::kRecordAssistance:
            fill_assistance(*hall.data.assistances().rbegin(), *reply.mutable_assistance());
            return true;
        case Command::kRecordConsultation:
            describe_consultation(hall, events.front().consultation_given().consultation(), reply);
            return true;
        case Command::kAnswerConsultation:
            describe_consultation(hall, command.answer_consultation().consultation(), reply);
            return true;
        case Command::kLendFacility:
            describe_loan(hall, events.front().facility_lent().loan(), reply);
            return true;
        case Command::kReturnLoan:
            describe_loan(hall, command.return_loan().loan(), reply);
            return true;
        case Command::kSetStock:
            describe_facility(hall, command.set_stock().facility(), reply);
            return true;
        case Command::kTakeStock:
            describe_facility(hall, command.take_stock().facility(), reply);
            return true;
    }
    return false;
}

bool describe_worker(const HallState& hall, const Command& command, const Events& events,
                     Reply& reply) {
    switch (static_cast<int>(command.body_case())) {
        case Command::kAddStaff:
            describe_staff(hall, command.add_staff().staff(), reply);
            return true;
        case Command::kRemoveStaff:
            describe_staff(hall, command.remove_staff().staff(), reply);
            return true;
        case Command::kSetPin:
            describe_staff(hall, command.set_pin().staff(), reply);
            return true;
        case Command::kSignOn:
            describe_staff(hall, events.front().staff_signed_on().staff(), reply);
            return true;
        case Command::kGoOffDuty:
            describe_staff(hall, events.front().staff_off_duty().staff(), reply);
            return true;
        case Command::kRecordTraining:
            describe_staff(hall, command.record_training().staff(), reply);
            return true;
    }
    return false;
}

}  // namespace

bool describe_care(const HallState& hall, const Command& command, const Events& events, int64_t,
                   Reply& reply) {
    return describe_person(hall, command, events, reply) ||
           describe_help(hall, command, events, reply) ||
           describe_worker(hall, command, events, reply);
}

// Newest first. By a person's name, number or phone the service picks from these: it alone knows
// them.
void answer_check_ins(const HallState& hall, const protocol::CheckInListQuery& query,
                      Reply& reply) {
    auto* list = reply.mutable_check_ins();
    const auto& all = hall.data.check_ins();
    for (auto entry = all.rbegin(); entry != all.rend(); ++entry) {
        if (!query.date().empty() && entry->date() != query.date()) continue;
        fill_check_in(hall, *entry, *list->add_check_ins());
    }
}

void answer_emergencies(const HallState& hall, const protocol::EmergencyListQuery& query,
                        Reply& reply) {
    add_emergencies(hall, query.open(), static_cast<int>(kEmergenciesMax),
                    *reply.mutable_emergencies()->mutable_emergencies());
}

void answer_facilities(const HallState& hall, Reply& reply) {
    auto* list = reply.mutable_facilities();
    for (const auto& facility : hall.data.rules().facilities()) {
        fill_facility(hall, facility, *list->add_facilities());
    }
    add_open_loans(hall, static_cast<int>(kLoansMax), *list->mutable_loans());
}

void answer_staff(const HallState& hall, Reply& reply) {
    auto* list = reply.mutable_staff_list();
    for (const state::Staff& entry : hall.data.staff()) fill_staff(hall, entry, *list->add_staff());
}

void answer_consultations(const HallState& hall, const protocol::ConsultationListQuery& query,
                          Reply& reply) {
    auto* list = reply.mutable_consultations();
    for (const state::Consultation& entry : hall.data.consultations()) {
        if (query.open() && !is_open(entry)) continue;
        fill_consultation(hall, entry, *list->add_consultations());
    }
}

namespace {

void fill_places(const HallState& hall, protocol::CareView& view) {
    for (const auto& zone : hall.data.rules().zones()) {
        view.add_places(zone.code());
        view.add_place_names(zone.name());
    }
    for (const auto& window : hall.data.rules().windows()) {
        view.add_windows(window.number());
    }
}

void fill_open_days(const HallState& hall, protocol::CareView& view) {
    for (const uint32_t day : hall.data.plan().working_days()) {
        if (view.open_days_size() == kOpenDayRowsMax) return;
        view.add_open_days(date_text(day));
    }
}

void fill_people(const HallState& hall, protocol::CareView& view) {
    for (const state::Staff& entry : hall.data.staff()) {
        if (!entry.on_duty()) continue;
        view.set_staff_count(view.staff_count() + 1);
        if (view.staff_size() < kStaffRows) fill_staff(hall, entry, *view.add_staff());
    }
}

void fill_help(const HallState& hall, protocol::CareView& view) {
    for (const state::Consultation& entry : hall.data.consultations()) {
        if (view.consultations_size() == kCareRows) break;
        if (is_open(entry)) fill_consultation(hall, entry, *view.add_consultations());
    }
    const auto& all = hall.data.assistances();
    for (auto entry = all.rbegin(); entry != all.rend(); ++entry) {
        if (view.assistances_size() == kAssistanceRowsMax) break;
        fill_assistance(*entry, *view.add_assistances());
    }
}

}  // namespace

protocol::CareView Hall::care_view(int64_t now_ms) const {
    const HallState& hall = *state_;
    protocol::CareView view;
    fill_head(hall, now_ms, *view.mutable_head());
    add_emergencies(hall, true, kEmergencyRows, *view.mutable_emergencies());
    view.set_emergency_count(count_open(hall.data.emergencies()));
    for (const auto& facility : hall.data.rules().facilities()) {
        fill_facility(hall, facility, *view.add_facilities());
    }
    add_open_loans(hall, kStaffRows, *view.mutable_loans());
    const auto& loans = hall.data.loans();
    view.set_loan_count(static_cast<uint32_t>(
        std::count_if(loans.begin(), loans.end(), [](const auto& loan) { return is_out(loan); })));
    fill_people(hall, view);
    fill_places(hall, view);
    fill_open_days(hall, view);
    fill_help(hall, view);
    return view;
}

}  // namespace hall::core
