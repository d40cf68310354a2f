// Credited Arrival (按早到算): the one number that decides who is next.
//
// A ticket is treated as if its visitor had come some minutes earlier. The key is fixed when the
// ticket enters the queue, so two waiting people never swap places and every place can be
// explained. Source: an earliest-due-date rule with head starts (Jackson 1960, Goldberg 1977).
// All times are milliseconds, UTC.
#pragma once

#include <cstdint>
#include <optional>

#include "protocol/types.pb.h"

namespace hall::ticketing {

// Smallest first. `v_ms` is the credited arrival, `t_ms` the entry that gave it, `serial` unique
// within the hall's life.
struct Key {
    int64_t v_ms = 0;
    int64_t t_ms = 0;
    uint64_t serial = 0;

    auto operator<=>(const Key&) const = default;
};

struct Appointment {
    int64_t slot_ms = 0;  // s
    int64_t checked_in_ms = 0;
};

struct CreditRules {
    int64_t limit_ms = 0;              // H: no claim reaches further back than this
    int64_t appointment_lead_ms = 0;   // L
    int64_t appointment_grace_ms = 0;  // G: checked in later than s + G it is a walk-in
};

// v = max(e0 - H, min(claims)); the claims are e0 - credit for the walk-in, s - L for an
// appointment kept in time, and the arrival that is kept of a day that ended first or that we
// spoiled. REQUIRES: credit_ms >= 0.
int64_t credited_arrival(const CreditRules& rules, int64_t entered_ms, int64_t credit_ms,
                         std::optional<Appointment> appointment = std::nullopt,
                         std::optional<int64_t> kept_ms = std::nullopt);

// Which of these claims gave that v: the earliest, of equal ones the credit; none when no claim is
// before the entry.
protocol::Claim::Value best_claim(const CreditRules& rules, int64_t entered_ms, int64_t credit_ms,
                                  std::optional<Appointment> appointment,
                                  std::optional<int64_t> kept_ms);

// The key of a missed ticket that is back in time: v = max(own v, v of the third waiting ticket
// that shares an open window with it); with fewer waiting `third_v_ms` is the last one's, with none
// it is empty and the ticket keeps its v. t is now.
Key key_after_missed(const Key& own, std::optional<int64_t> third_v_ms, int64_t now_ms);

// Nobody who first enters after this moment is called before the ticket, at any window that it
// could use: even the largest credit would not reach back far enough (property P2).
int64_t locked_after_ms(const CreditRules& rules, const Key& key);

}  // namespace hall::ticketing
