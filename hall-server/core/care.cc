#include "hall-server/core/care.h"

#include <algorithm>

#include "hall-server/core/cases.h"
#include "hall-server/core/local_date.h"

namespace hall::core {

using protocol::RefusalCode;
using protocol::StaffRank;
using protocol::VaultKind;

namespace {

constexpr int64_t kEmergencyAckMs = 30'000;
constexpr uint32_t kTrainingDays = 365;
constexpr uint32_t kTemperatureLimitTenths = 373;

template <typename List>
auto find_id(const List& list, uint64_t id) -> decltype(&list.Get(0)) {
    for (const auto& entry : list) {
        if (entry.id() == id) return &entry;
    }
    return nullptr;
}

// Nothing: kept until a key is destroyed by hand, which nobody does for a kind.
std::optional<uint32_t> days_kept(const HallState& hall, VaultKind::Value kind) {
    // Only for the day; and staff are kept as long as they work here.
    if (kind == VaultKind::temperature) return 1;
    if (kind == VaultKind::staff) return std::nullopt;
    for (const auto& rule : hall.data.rules().retention()) {
        // Whoever is here today is not forgotten before the day is over.
        if (rule.kind() == kind) return std::max<uint32_t>(rule.days(), 1);
    }
    return std::nullopt;
}

}  // namespace

const state::CheckIn* find_check_in(const HallState& hall, uint64_t id) {
    auto found = hall.check_in_index.find(id);
    return found == hall.check_in_index.end() ? nullptr : &hall.data.check_ins(found->second);
}

const state::Staff* find_staff(const HallState& hall, const std::string& number) {
    auto found = hall.staff_index.find(number);
    return found == hall.staff_index.end() ? nullptr : &hall.data.staff(found->second);
}

const state::Emergency* find_emergency(const HallState& hall, uint64_t id) {
    return find_id(hall.data.emergencies(), id);
}

const state::Loan* find_loan(const HallState& hall, uint64_t id) {
    return find_id(hall.data.loans(), id);
}

const state::Consultation* find_consultation(const HallState& hall, uint64_t id) {
    return find_id(hall.data.consultations(), id);
}

const state::Stock* find_stock(const HallState& hall, const std::string& facility) {
    for (const state::Stock& stock : hall.data.stocks()) {
        if (stock.facility() == facility) return &stock;
    }
    return nullptr;
}

const protocol::HallRules::Facility* find_facility(const HallState& hall, const std::string& code) {
    for (const auto& facility : hall.data.rules().facilities()) {
        if (facility.code() == code) return &facility;
    }
    return nullptr;
}

StaffRank::Value rank_of(const Ask& ask) {
    // Who has signed on is asked as a person, whatever device lent a hand.
    const state::Staff* person = find_staff(ask.hall, ask.actor.person);
    if (person != nullptr) return person->rank();
    switch (static_cast<int>(role_of(ask.hall, ask.actor.device))) {
        case protocol::Role::admin:
            return StaffRank::admin;
        case protocol::Role::supervisor:
            // Where people sign on, a rank is a person's.
            return ask.hall.data.staff().empty() ? StaffRank::supervisor : StaffRank::unknown;
    }
    return StaffRank::unknown;
}

std::optional<protocol::Refusal> check_named(const HallState& hall, const std::string& number,
                                             uint64_t case_id) {
    if (!number.empty() && !hall.find_ticket(number)) {
        return Refuse(RefusalCode::unknown_ticket).field(number).refusal();
    }
    if (case_id != 0 && find_case(hall, case_id) == nullptr) {
        return Refuse(gone_or_unknown(hall, case_id)).field(std::to_string(case_id)).refusal();
    }
    return std::nullopt;
}

uint32_t on_loan(const HallState& hall, const std::string& facility) {
    const auto& loans = hall.data.loans();
    return static_cast<uint32_t>(std::count_if(loans.begin(), loans.end(), [&](const auto& loan) {
        return is_out(loan) && loan.facility() == facility;
    }));
}

InStock in_stock(const HallState& hall, const protocol::HallRules::Facility& facility) {
    InStock stock;
    stock.count = facility.count();
    const state::Stock* kept = find_stock(hall, facility.code());
    if (kept == nullptr) return stock;
    stock.count = kept->count();
    stock.expires = kept->expires();
    const auto last_day = parse_date(stock.expires);
    stock.expired = last_day && *last_day < hall.data.plan().day();
    return stock;
}

bool training_current(const HallState& hall, const state::Staff& staff) {
    if (staff.trained_day() == 0) return false;
    const uint32_t days = hall.data.rules().training_days();
    return staff.trained_day() + (days == 0 ? kTrainingDays : days) >= hall.data.plan().day();
}

int64_t escalates_at_ms(const HallState& hall, const state::Emergency& emergency) {
    const int64_t ack_ms = hall.data.rules().emergency_ack_ms();
    return emergency.raised_at_ms() + (ack_ms == 0 ? kEmergencyAckMs : ack_ms);
}

uint32_t temperature_limit_tenths(const HallState& hall) {
    const uint32_t limit = hall.data.rules().temperature_limit_tenths();
    return limit == 0 ? kTemperatureLimitTenths : limit;
}

std::vector<state::VaultDay> vault_days_due(const HallState& hall, uint32_t today) {
    std::vector<state::VaultDay> due;
    for (const state::VaultDay& day : hall.data.vault_days()) {
        const auto days = days_kept(hall, day.kind());
        if (days && int64_t{day.day()} + *days <= int64_t{today}) due.push_back(day);
    }
    return due;
}

void destroy(const std::vector<state::VaultDay>& days, bool by_hand, Events& events) {
    if (days.empty()) return;
    auto* destroyed = events.emplace_back().mutable_vault_days_destroyed();
    destroyed->set_by_hand(by_hand);
    for (const state::VaultDay& day : days) {
        auto* row = destroyed->add_days();
        row->set_kind(day.kind());
        row->set_day(day.day());
    }
}

void index_staff(HallState& hall) {
    hall.staff_index.clear();
    for (int i = 0; i < hall.data.staff_size(); ++i) {
        hall.staff_index.emplace(hall.data.staff(i).number(), i);
    }
}

void index_care(HallState& hall) {
    index_staff(hall);
    hall.check_in_index.clear();
    hall.emergency_deadlines.clear();
    for (int i = 0; i < hall.data.check_ins_size(); ++i) {
        hall.check_in_index.emplace(hall.data.check_ins(i).id(), i);
    }
    for (const state::Emergency& entry : hall.data.emergencies()) {
        if (!awaits_escalation(entry)) continue;
        hall.emergency_deadlines.emplace(escalates_at_ms(hall, entry), entry.id());
    }
}

Events care_deadlines(const Ask& ask) {
    Events events;
    for (const auto& [due_ms, id] : ask.hall.emergency_deadlines) {
        if (due_ms > ask.now_ms) break;
        events.emplace_back().mutable_emergency_escalated()->set_emergency(id);
    }
    return events;
}

std::optional<int64_t> next_care_deadline_ms(const HallState& hall) {
    if (hall.emergency_deadlines.empty()) return std::nullopt;
    return hall.emergency_deadlines.begin()->first;
}

void close_care(const Ask& ask, Events& events) {
    std::vector<state::VaultDay> temperatures;
    for (const state::VaultDay& day : ask.hall.data.vault_days()) {
        if (day.kind() == VaultKind::temperature) temperatures.push_back(day);
    }
    destroy(temperatures, false, events);
}

void end_care_day(const Ask& ask, const protocol::DayPlan& next, Events& events) {
    destroy(vault_days_due(ask.hall, next.day()), false, events);
}

}  // namespace hall::core
