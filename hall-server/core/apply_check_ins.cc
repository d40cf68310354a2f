// Check-ins, and which days the vault keeps.
#include <algorithm>
#include <set>

#include "hall-server/core/applying.h"
#include "hall-server/core/care.h"
#include "hall-server/core/cases.h"

namespace hall::core {

using protocol::CheckInState;
using protocol::VaultKind;

namespace {

state::CheckIn& known_check_in(HallState& hall, uint64_t id) {
    return *hall.data.mutable_check_ins(hall.check_in_index.at(id));
}

// Numbers name their day once it is over.
template <typename Entry>
void date_number(const HallState& hall, Entry& entry) {
    if (entry.number().empty() || entry.number().find('/') != std::string::npos) return;
    entry.set_number(hall.data.plan().date() + "/" + entry.number());
}

// Nothing of the case is in the vault any more; the case itself goes on.
void forget_words(state::Case& entry) {
    entry.set_record(0);
    entry.set_result_record(0);
    entry.set_notice_record(0);
    entry.set_rating_record(0);
    entry.set_follow_up_record(0);
    entry.clear_records();
    for (auto& visit : *entry.mutable_visits()) {
        visit.set_record(0);
        visit.set_left_record(0);
    }
}

// Their words went with the key of the day.
void forget_cases_of(HallState& hall, uint32_t day) {
    for (state::Case& entry : *hall.data.mutable_cases()) {
        if (entry.sealed_day() == day) forget_words(entry);
    }
    erase_if(*hall.data.mutable_closed_days(), [&](const auto& kept) { return kept.day() == day; });
}

// Out of the day that it was kept under; an empty one when it is in none.
state::ClosedCase take_closed(HallState& hall, uint64_t id) {
    state::ClosedCase taken;
    for (state::ClosedDay& day : *hall.data.mutable_closed_days()) {
        erase_if(*day.mutable_cases(), [&](const state::ClosedCase& entry) {
            if (entry.id() != id) return false;
            taken = entry;
            return true;
        });
    }
    return taken;
}

// Who it is for is in another record from now on.
template <typename Case>
void replace_record(Case& entry, uint64_t record) {
    for (uint64_t& kept : *entry.mutable_records()) {
        if (kept == entry.record()) kept = record;
    }
    entry.set_record(record);
}

}  // namespace

void keep_closed(HallState& hall, uint32_t sealed_day, const state::ClosedCase& entry) {
    auto& days = *hall.data.mutable_closed_days();
    int at = days.size();
    while (at > 0 && days[at - 1].day() >= sealed_day) --at;
    if (at == days.size() || days[at].day() != sealed_day) {
        days.Add()->set_day(sealed_day);
        for (int i = days.size() - 1; i > at; --i) days.SwapElements(i, i - 1);
    }
    auto& cases = *days[at].mutable_cases();
    *cases.Add() = entry;
    for (int i = cases.size() - 1; i > 0 && cases[i - 1].id() > entry.id(); --i) {
        cases.SwapElements(i, i - 1);
    }
}

void Applying::end_care_day() const {
    auto& emergencies = *hall.data.mutable_emergencies();
    erase_if(emergencies, [](const auto& entry) { return !is_open(entry); });
    for (state::Emergency& entry : emergencies) date_number(hall, entry);
    auto& loans = *hall.data.mutable_loans();
    // Nobody sits on a priority seat overnight.
    erase_if(loans, [&](const state::Loan& entry) {
        const auto* facility = find_facility(hall, entry.facility());
        return !is_out(entry) || (facility && facility->kind() == protocol::FacilityKind::seat);
    });
    for (state::Loan& entry : loans) {
        entry.set_overdue(true);
        date_number(hall, entry);
    }
    erase_if(*hall.data.mutable_consultations(), [](const auto& entry) { return !is_open(entry); });
    google::protobuf::RepeatedPtrField<state::Assistance>().Swap(hall.data.mutable_assistances());
    for (state::Staff& entry : *hall.data.mutable_staff()) {
        if (!entry.on_duty()) continue;
        entry.set_on_duty(false);
        entry.clear_device();
        entry.set_since_ms(at_ms);
    }
}

void Applying::operator()(const protocol::CheckedIn& event) const {
    hall.check_in_index.emplace(event.check_in(), hall.data.check_ins_size());
    state::CheckIn& entry = *hall.data.add_check_ins();
    entry.set_id(event.check_in());
    entry.set_state(event.rests() ? CheckInState::resting : CheckInState::complete);
    entry.set_at_ms(at_ms);
    entry.set_date(hall.data.plan().date());
    entry.set_day(hall.data.plan().day());
    entry.set_reason(event.reason());
    entry.set_filled_by(event.filled_by());
    entry.set_by(who_text(actor));
    entry.set_record(event.record());
    if (event.temperature_record() != 0) {
        entry.add_temperature_records(event.temperature_record());
    }
    hall.data.set_next_check_in(event.check_in() + 1);
    use_record(event.record(), VaultKind::check_in);
    use_record(event.temperature_record(), VaultKind::temperature);
}

void Applying::add_to_check_in(uint64_t id, const std::string& number) const {
    if (id == 0) return;
    known_check_in(hall, id).add_numbers(hall.data.plan().date() + "/" + number);
}

void Applying::take_from_check_in(const std::string& number) const {
    TicketHandle handle = 0;
    auto found = hall.check_in_index.find(ticket(number, handle).check_in());
    if (found == hall.check_in_index.end()) return;
    auto& numbers = *hall.data.mutable_check_ins(found->second)->mutable_numbers();
    erase_if(numbers,
             [&](const auto& text) { return text == hall.data.plan().date() + "/" + number; });
}

void Applying::operator()(const protocol::CheckInMeasured& event) const {
    state::CheckIn& entry = known_check_in(hall, event.check_in());
    entry.set_state(event.at_seat() ? CheckInState::at_seat : CheckInState::complete);
    if (event.temperature_record() == 0) return;
    entry.add_temperature_records(event.temperature_record());
    use_record(event.temperature_record(), VaultKind::temperature);
}

// Sealed anew under today's key: from now on it lives as long as that.
void Applying::operator()(const protocol::CheckInCorrected& event) const {
    state::CheckIn& entry = known_check_in(hall, event.check_in());
    entry.set_record(event.record());
    entry.set_day(hall.data.plan().day());
    use_record(event.record(), VaultKind::check_in);
}

void Applying::operator()(const protocol::PersonForgotten& event) const {
    if (event.case_id() != 0) {
        auto found = hall.case_index.find(event.case_id());
        if (found == hall.case_index.end()) {
            take_closed(hall, event.case_id());
        } else {
            forget_words(*hall.data.mutable_cases(found->second));
        }
        return;
    }
    if (event.consultation() != 0) {
        auto& entry = known(*hall.data.mutable_consultations(), event.consultation());
        entry.set_record(0);
        entry.set_answer_record(0);
        return;
    }
    state::CheckIn& entry = known_check_in(hall, event.check_in());
    entry.set_state(CheckInState::forgotten);
    entry.set_record(0);
    entry.clear_temperature_records();
}

// Sealed anew under today's key, as a check-in is.
void Applying::operator()(const protocol::PersonCorrected& event) const {
    if (event.consultation() != 0) {
        known(*hall.data.mutable_consultations(), event.consultation()).set_record(event.record());
        use_record(event.record(), VaultKind::note);
        return;
    }
    use_record(event.record(), VaultKind::case_file);
    auto found = hall.case_index.find(event.case_id());
    if (found != hall.case_index.end()) {
        state::Case& entry = *hall.data.mutable_cases(found->second);
        replace_record(entry, event.record());
        return;
    }
    state::ClosedCase entry = take_closed(hall, event.case_id());
    replace_record(entry, event.record());
    keep_closed(hall, hall.data.plan().day(), entry);
}

void Applying::operator()(const protocol::PersonUnmasked& event) const {
    use_record(event.record(), VaultKind::note);
}

void Applying::operator()(const protocol::VaultDaysDestroyed& event) const {
    std::set<std::pair<VaultKind::Value, uint32_t>> gone;
    for (const auto& day : event.days()) {
        gone.emplace(day.kind(), day.day());
        if (day.kind() == VaultKind::case_file) forget_cases_of(hall, day.day());
    }
    erase_if(*hall.data.mutable_vault_days(), [&](const auto& entry) {
        return gone.count({entry.kind(), entry.day()}) > 0;
    });
    // Readings are of the day of the check-in: nobody rests overnight, nor is corrected before the
    // evening's destruction on another day.
    for (state::CheckIn& entry : *hall.data.mutable_check_ins()) {
        const bool destroyed = gone.count({VaultKind::temperature, entry.day()}) > 0;
        if (destroyed) entry.clear_temperature_records();
    }
    auto& check_ins = *hall.data.mutable_check_ins();
    const int kept = check_ins.size();
    erase_if(check_ins, [&](const auto& entry) {
        return gone.count({VaultKind::check_in, entry.day()}) > 0;
    });
    if (check_ins.size() != kept) index_care(hall);
}

}  // namespace hall::core
