// What a visitor is told about his place, from the facts of a Ticket or of a board's Place. The one
// home of the sentence: hallctl, the clerk's screen, the guide's card and the board's query line
// say the same. Pure.
//
// People first, then from when nobody can come before him, then minutes, and what was done when no
// window can serve him. Never a bare 0, never anybody's age or category.
#pragma once

#include <cstdint>
#include <string>

#include "protocol/views.pb.h"
#include "wording/wording.h"

namespace hall::client {

// "前面 5 位,其中 2 位享受优先照顾。08:41 以后到的人不会排到您前面(急救等特殊情况除外)。预计等候
// 15–20 分钟。" for a waiting or registered ticket, else one short sentence on its state.
// `utc_offset_s`: the hall's local time minus UTC (ViewHead or Status).
std::string ticket_sentence(const protocol::Ticket& ticket, int32_t utc_offset_s,
                            wording::Language language = wording::Language::zh);
std::string place_sentence(const protocol::Place& place, int32_t utc_offset_s,
                           wording::Language language = wording::Language::zh);

// "15–20 分钟": both ends rounded up to 5 minutes and never the same; "5 分钟以内" where the lower
// one would be 0. Empty when nothing can be said, which is when `high_ms` is 0.
std::string wait_text(int64_t low_ms, int64_t high_ms,
                      wording::Language language = wording::Language::zh);

// "HH:MM" of a point in time on the hall's clock.
std::string clock_text(int64_t at_ms, int32_t utc_offset_s);

}  // namespace hall::client
