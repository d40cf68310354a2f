#include "ticketing/credited_arrival.h"

#include <algorithm>

#include "protocol/check.h"

namespace hall::ticketing {

int64_t credited_arrival(const CreditRules& rules, int64_t entered_ms, int64_t credit_ms,
                         std::optional<Appointment> appointment) {
    HALL_CHECK(credit_ms >= 0);
    int64_t claim = entered_ms - credit_ms;
    if (appointment &&
        appointment->checked_in_ms <= appointment->slot_ms + rules.appointment_grace_ms) {
        claim = std::min(claim, appointment->slot_ms - rules.appointment_lead_ms);
    }
    return std::max(entered_ms - rules.limit_ms, claim);
}

Key key_after_missed(const Key& own, std::optional<int64_t> third_v_ms, int64_t now_ms) {
    return Key{std::max(own.v_ms, third_v_ms.value_or(own.v_ms)), now_ms, own.serial};
}

int64_t locked_after_ms(const CreditRules& rules, const Key& key) {
    return key.v_ms + rules.limit_ms;
}

}  // namespace hall::ticketing
