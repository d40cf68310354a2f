#include "ticketing/credited_arrival.h"

#include <algorithm>

#include "protocol/check.h"

namespace hall::ticketing {

namespace {

struct Best {
    int64_t claim_ms = 0;
    protocol::Claim::Value kind = protocol::Claim::none;
};

Best best_of(const CreditRules& rules, int64_t entered_ms, int64_t credit_ms,
             std::optional<Appointment> appointment, std::optional<int64_t> kept_ms) {
    HALL_CHECK(credit_ms >= 0);
    Best best{entered_ms, protocol::Claim::none};
    auto claims = [&best](int64_t claim_ms, protocol::Claim::Value kind) {
        if (claim_ms < best.claim_ms) best = {claim_ms, kind};
    };
    claims(entered_ms - credit_ms, protocol::Claim::credit);
    if (appointment &&
        appointment->checked_in_ms <= appointment->slot_ms + rules.appointment_grace_ms) {
        claims(appointment->slot_ms - rules.appointment_lead_ms, protocol::Claim::appointment);
    }
    if (kept_ms) claims(*kept_ms, protocol::Claim::kept);
    return best;
}

}  // namespace

int64_t credited_arrival(const CreditRules& rules, int64_t entered_ms, int64_t credit_ms,
                         std::optional<Appointment> appointment, std::optional<int64_t> kept_ms) {
    const Best best = best_of(rules, entered_ms, credit_ms, appointment, kept_ms);
    return std::max(entered_ms - rules.limit_ms, best.claim_ms);
}

protocol::Claim::Value best_claim(const CreditRules& rules, int64_t entered_ms, int64_t credit_ms,
                                  std::optional<Appointment> appointment,
                                  std::optional<int64_t> kept_ms) {
    return best_of(rules, entered_ms, credit_ms, appointment, kept_ms).kind;
}

Key key_after_missed(const Key& own, std::optional<int64_t> third_v_ms, int64_t now_ms) {
    return Key{std::max(own.v_ms, third_v_ms.value_or(own.v_ms)), now_ms, own.serial};
}

int64_t locked_after_ms(const CreditRules& rules, const Key& key) {
    return key.v_ms + rules.limit_ms;
}

}  // namespace hall::ticketing
