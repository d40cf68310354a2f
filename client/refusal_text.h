// The sentences of an answer: why it was refused and what to do, and what a visitor is told about
// his place. The server sends facts; the words come from wording/, the same on every program.
#pragma once

#include <cstdint>
#include <string>

#include "client/place_text.h"
#include "protocol/hall.pb.h"

namespace hall::client {

// One sentence for the person at the screen: what is wrong and what to do next.
std::string refusal_text(const protocol::Refusal& refusal);

// The same, with what was typed where the hall only names the field. `asked`: the Command or Query
// that was refused. Nothing of a person is repeated.
std::string refusal_text(const protocol::Refusal& refusal, const google::protobuf::Message& asked,
                         int32_t utc_offset_s);

// Fills Refusal.message and the sentence of every Ticket and Place of a reply.
void fill_texts(protocol::Reply& reply, int32_t utc_offset_s);

}  // namespace hall::client
