// Escort cases: what decisions, events and views ask of them. Internal to hall-server/core.
#pragma once

#include "hall-server/core/decide.h"

namespace hall::core {

// Who acts, as cases name them: the staff number, or the device where nobody has signed on.
std::string worker(const Actor& actor);

const state::Case* find_case(const HallState& hall, uint64_t id);
// One that has left memory, while its data is kept.
const state::ClosedCase* find_closed(const HallState& hall, uint64_t id);
// Whom the case was for, in memory or closed: the vault's record; 0 = nothing is kept of it.
uint64_t person_record_of(const HallState& hall, uint64_t case_id);
// Why there is no such case: it was closed on an earlier day, or never was.
protocol::RefusalCode::Value gone_or_unknown(const HallState& hall, uint64_t id);
// The case that an event is about, when the event is part of its life; 0 = it is not: whoever only
// looks at a case does not make its data live longer.
uint64_t active_case(const protocol::Event& event);
const state::Wristband* find_wristband(const HallState& hall, const std::string& token);

// For as long as what is sealed under `sealed_day` is kept.
void keep_closed(HallState& hall, uint32_t sealed_day, const state::ClosedCase& entry);

// Into every index that one case hangs in, and out of them; its position is the caller's.
void add_case(HallState& hall, const state::Case& entry);
// REQUIRES: `entry` is as it was indexed.
void forget_case(HallState& hall, const state::Case& entry);

// Where the case stands: the stage of its last visit, which may have been left.
protocol::CaseStage::Value stage_of(const state::Case& entry);
bool under_way(const state::Case& entry);
bool follow_up_open(const state::Case& entry);
// The promise is past without a result, or a follow-up without an answer.
bool is_overdue(const HallState& hall, const state::Case& entry);

// The case that a command names, while it is open.
tl::expected<const state::Case*, protocol::Refusal> open_case(const HallState& hall, uint64_t id);
// The same, as every command that works on it begins.
tl::expected<const state::Case*, protocol::Refusal> worked_on(const Ask& ask, uint64_t id);
// A hall with staff wants to know who works on a case: consoles need somebody signed on.
std::optional<protocol::Refusal> refuse_unsigned(const Ask& ask);
protocol::Role::Value role_of(const HallState& hall, const std::string& device);
// The `count`-th open day after today, days since 1970-01-01; 0 = today. Beyond the days that are
// planned every day counts.
uint32_t working_day(const HallState& hall, uint32_t count);
// `day` lies within the days that are planned and is none of the open ones.
bool closed_on(const HallState& hall, uint32_t day);
// decide_cases.cc: forward to a stage, or into the one that was left, as EnterStage and scans do.
struct StageMove {
    protocol::CaseStage::Value to = protocol::CaseStage::unknown;
    protocol::Reason::Value reason = protocol::Reason::unspecified;  // of what is passed over
    std::string by;
    std::string station;
    uint64_t record = 0;
};
Decision enter_stage(const Ask& ask, const state::Case& entry, const StageMove& move);
// Back to an earlier one. A stage that was left is entered again first: who is sent back was there.
Decision send_back(const Ask& ask, const state::Case& entry, const StageMove& move);

// decide_case_results.cc: what is still to be done before a case may close.
std::optional<protocol::Refusal> refuse_unfinished(const state::Case& entry);

// decide_prints.cc: the request to print a paper of a case, as the next job.
protocol::Event case_print_request(const HallState& hall, uint64_t case_id,
                                   protocol::Paper::Value paper, const std::string& printer);
// The same for a one-time notice, which says for ever what was told: codes, and when to come.
protocol::Event notice_request(const HallState& hall, const state::Case& entry,
                               const std::vector<std::string>& materials,
                               const std::string& next_date, const std::string& printer);
bool prints_full(const HallState& hall);

}  // namespace hall::core
