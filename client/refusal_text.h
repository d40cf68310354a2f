// The sentences of an answer: why it was refused and what to do, and what a visitor is told about
// his place. The server sends facts; the words come from wording/, the same on every program.
#pragma once

#include <cstdint>
#include <string>

#include "protocol/hall.pb.h"

namespace hall::client {

// One sentence for the person at the screen: what is wrong and what to do next.
std::string refusal_text(const protocol::Refusal& refusal);

// "前面 5 位,其中 2 位享受优先照顾。08:41 以后到的人不会排到您前面(急救等特殊情况除外)。" for a
// waiting or registered ticket, else one short sentence on its state. `utc_offset_s`: the hall's
// local time minus UTC (ViewHead or Status).
std::string ticket_sentence(const protocol::Ticket& ticket, int32_t utc_offset_s);

// Fills Refusal.message and every Ticket.sentence of a reply.
void fill_texts(protocol::Reply& reply, int32_t utc_offset_s);

// "HH:MM" of a point in time on the hall's clock.
std::string clock_text(int64_t at_ms, int32_t utc_offset_s);

}  // namespace hall::client
