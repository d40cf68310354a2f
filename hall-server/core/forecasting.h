// What the hall can say about waits: ticketing/prediction fed with the hall's own windows, services
// and arrivals. Internal to hall-server/core; feeds views, and records with each ticket what was
// said, from which its coverage is measured.
#pragma once

#include "hall-server/core/hall_state.h"
#include "ticketing/prediction.h"

namespace hall::core {

// Services finished today before their measured times may stop issuing (domain.md: the advertised
// 15 minutes would have refused 376 of the 495 people of a real day).
inline constexpr uint32_t kServicesToStopMin = 30;
// Kept of the hall's last services; the mean is of the last 100 at the windows in question.
inline constexpr size_t kSpansKept = 1'000;

// How long a ticket with this need, key and credit will wait from `now_ms`. Not measured when no
// open window can serve it, or too little is known.
ticketing::Forecast forecast_for(const HallState& hall, const ticketing::NeedSignature& need,
                                 const ticketing::Key& key, uint32_t ahead, int64_t now_ms);
// The same for somebody without a credit who takes a ticket now.
ticketing::Forecast forecast_of_newcomer(const HallState& hall,
                                         const ticketing::NeedSignature& need, int64_t now_ms);

// The range that may be shown, in ms, 0 and 0 when none may: not measured, or too often wrong of
// late.
struct ShownWait {
    int64_t low_ms = 0;
    int64_t high_ms = 0;
};
ShownWait shown_wait(const HallState& hall, const ticketing::Forecast& forecast);
// What the slip of a ticket says: as it was predicted when the ticket was issued.
ShownWait wait_at_issue(const HallState& hall, const state::Ticket& ticket);

// When a ticket issued now would have been served by, if that is later than the hall will be there
// and today's measured times say so; nothing otherwise. A hall opened by hand has no such end.
std::optional<int64_t> served_too_late_ms(const HallState& hall,
                                          const ticketing::NeedSignature& need,
                                          const ticketing::Forecast& forecast, int64_t now_ms);

// Whether the largest credit waits beyond its target: reserving a window is advised.
bool reserve_advised(const HallState& hall, int64_t now_ms);

// Called from apply: a ticket's wait has ended, a window has finished with a ticket.
void note_wait_ended(HallState& hall, const state::Ticket& ticket, int64_t now_ms);
void note_service(HallState& hall, const state::Ticket& ticket, int64_t now_ms);

}  // namespace hall::core
