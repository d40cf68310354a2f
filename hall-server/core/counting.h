// What the day report must know and today's tickets do not tell, counted as each event comes: in
// integers, without a second pass over the log.
//
// Internal to hall-server/core; called by apply(). A decision that a person could question (廉政)
// becomes a row of the integrity list with its time, window, actor and listed reason; the first
// kReportQuestionsMax of a day are kept, their number is exact.
//
//   out_of_order            a supervisor called a ticket before its turn
//   reserved_first          a reserved window called a ticket before who was first
//   by_sight                a credit was granted without a document
//   quick_miss              missed within kQuickMissMs of the first moment the rules allow
//   return_without_errand   back near the front by somebody's word: returned from `missed` in time,
//                           or served again by the window that had served it, with no errand, other
//                           service or next service recorded in between
//   service_without_ticket  an escort case was accepted with no ticket of today: a window serves
//                           nothing but tickets it called
//   several_tickets         cannot be told yet: nobody says who a ticket is for before check-in
#pragma once

#include "hall-server/core/hall_state.h"

namespace hall::core {

// REQUIRES: `event` is about to be applied to `hall`: what a ticket was before is what is asked.
void count(HallState& hall, const protocol::Event& event, int64_t at_ms, const Actor& actor);

// The report of today so far: what was counted and what the tickets tell.
protocol::DayReport day_report(const HallState& hall);

// Today is over: its report joins those that are kept, and counting begins anew. REQUIRES: the
// tickets are still there.
void keep_report(HallState& hall);

}  // namespace hall::core
