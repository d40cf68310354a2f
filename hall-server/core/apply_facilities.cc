// Loans, stock, help and consultations.
#include "hall-server/core/applying.h"
#include "hall-server/core/care.h"
#include "hall-server/core/cases.h"

namespace hall::core {

using protocol::VaultKind;

namespace {

// Of a facility; made from the hall file's count when nothing was said of it yet. By code.
state::Stock& stock_of(HallState& hall, const std::string& code) {
    auto& stocks = *hall.data.mutable_stocks();
    int at = 0;
    while (at < stocks.size() && stocks[at].facility() < code) ++at;
    if (at < stocks.size() && stocks[at].facility() == code) return stocks[at];
    state::Stock& added = *stocks.Add();
    added.set_facility(code);
    const auto* rule = find_facility(hall, code);
    if (rule != nullptr) added.set_count(rule->count());
    for (int i = stocks.size() - 1; i > at; --i) stocks.SwapElements(i, i - 1);
    return stocks[at];
}

}  // namespace

void Applying::operator()(const protocol::AssistanceGiven& event) const {
    state::Assistance& entry = *hall.data.add_assistances();
    entry.set_id(event.assistance());
    entry.set_machine(event.machine());
    entry.set_task(event.task());
    entry.set_minutes(event.minutes());
    entry.set_at_ms(at_ms);
    entry.set_by(worker(actor));
    entry.set_record(event.record());
    hall.data.set_next_assistance(event.assistance() + 1);
    use_record(event.record(), VaultKind::note);
}

void Applying::operator()(const protocol::ConsultationGiven& event) const {
    state::Consultation& entry = *hall.data.add_consultations();
    entry.set_id(event.consultation());
    entry.set_service(event.service());
    entry.set_at_ms(at_ms);
    entry.set_owner(event.owner());
    entry.set_answer_by_day(event.answer_by_day());
    entry.set_record(event.record());
    entry.set_by(worker(actor));
    hall.data.set_next_consultation(event.consultation() + 1);
    use_record(event.record(), VaultKind::note);
}

void Applying::operator()(const protocol::ConsultationAnswered& event) const {
    state::Consultation& entry = known(*hall.data.mutable_consultations(), event.consultation());
    entry.set_answered_at_ms(at_ms);
    entry.set_answer_record(event.record());
    use_record(event.record(), VaultKind::note);
}

void Applying::operator()(const protocol::FacilityLent& event) const {
    state::Loan& entry = *hall.data.add_loans();
    entry.set_id(event.loan());
    entry.set_facility(event.facility());
    entry.set_number(event.number());
    entry.set_case_id(event.case_id());
    entry.set_lent_at_ms(at_ms);
    entry.set_by(worker(actor));
    hall.data.set_next_loan(event.loan() + 1);
}

void Applying::operator()(const protocol::FacilityReturned& event) const {
    state::Loan& entry = known(*hall.data.mutable_loans(), event.loan());
    entry.set_returned_at_ms(at_ms);
}

void Applying::operator()(const protocol::StockSet& event) const {
    state::Stock& entry = stock_of(hall, event.facility());
    entry.set_count(event.count());
    entry.set_expires(event.expires());
}

void Applying::operator()(const protocol::StockTaken& event) const {
    state::Stock& entry = stock_of(hall, event.facility());
    HALL_CHECK(entry.count() >= event.count());
    entry.set_count(entry.count() - event.count());
}

}  // namespace hall::core
