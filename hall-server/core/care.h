// Check-ins, emergencies, facilities, consultations and staff: what decisions, events and views ask
// of them. Internal to hall-server/core.
#pragma once

#include "hall-server/core/decide.h"

namespace hall::core {

const state::CheckIn* find_check_in(const HallState& hall, uint64_t id);
// One that is still somebody's, or the refusal that says why there is none.
tl::expected<const state::CheckIn*, protocol::Refusal> named_check_in(const HallState& hall,
                                                                      uint64_t id);
const state::Staff* find_staff(const HallState& hall, const std::string& number);
const state::Emergency* find_emergency(const HallState& hall, uint64_t id);
const state::Loan* find_loan(const HallState& hall, uint64_t id);
const state::Consultation* find_consultation(const HallState& hall, uint64_t id);
// Nothing until the stock was set or taken from: then the hall file's count stands, without expiry.
const state::Stock* find_stock(const HallState& hall, const std::string& facility);
const protocol::HallRules::Facility* find_facility(const HallState& hall, const std::string& code);

// Positions by number, of data.staff; index_care does this and the rest.
void index_staff(HallState& hall);

// Ids count from 1; what was never given reads 0.
inline uint64_t next_id(uint64_t kept) {
    return kept == 0 ? 1 : kept;
}

// Where the vault will keep what was written; 0 when nothing was.
inline uint64_t record_when(const HallState& hall, bool written) {
    return written ? next_id(hall.data.next_record()) : 0;
}
inline uint64_t record_of(const HallState& hall, const std::string& text) {
    return record_when(hall, !text.empty());
}

// Of who asks: the person's; else admin at an admin's device (one that is not enrolled is the
// server's own), supervisor at a supervisor's in a hall without staff, or unknown.
protocol::StaffRank::Value rank_of(const Ask& ask);

// decide_people.cc: the record that holds who it is, by one of the three ids; 0 = nothing is kept.
uint64_t person_record(const HallState& hall, uint64_t check_in, uint64_t case_id,
                       uint64_t consultation);

// A ticket and a case that a command may name; both may be left out.
std::optional<protocol::Refusal> check_named(const HallState& hall, const std::string& number,
                                             uint64_t case_id);

inline bool is_out(const state::Loan& loan) {
    return loan.returned_at_ms() == 0;
}
uint32_t on_loan(const HallState& hall, const std::string& facility);

struct InStock {
    uint32_t count = 0;
    std::string expires;  // empty: does not
    bool expired = false;
};
InStock in_stock(const HallState& hall, const protocol::HallRules::Facility& facility);

// A hard case (疑难问题) whose owner has not answered.
inline bool is_open(const state::Consultation& consultation) {
    return !consultation.owner().empty() && consultation.answered_at_ms() == 0;
}
inline bool is_open(const state::Emergency& emergency) {
    return emergency.state() != protocol::EmergencyState::closed;
}
bool training_current(const HallState& hall, const state::Staff& staff);

// When an emergency that nobody has acknowledged escalates.
int64_t escalates_at_ms(const HallState& hall, const state::Emergency& emergency);
inline bool awaits_escalation(const state::Emergency& emergency) {
    return emergency.state() == protocol::EmergencyState::raised && !emergency.escalated();
}

// At or above it a visitor rests.
uint32_t temperature_limit_tenths(const HallState& hall);

// What of the vault is kept no longer once `today` has begun, in the order of data.vault_days.
std::vector<state::VaultDay> vault_days_due(const HallState& hall, uint32_t today);
// The event that says so; none for no day.
void destroy(const std::vector<state::VaultDay>& days, bool by_hand, Events& events);

}  // namespace hall::core
