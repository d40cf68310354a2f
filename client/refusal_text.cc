#include "client/refusal_text.h"

#include "wording/names.h"

namespace hall::client {

std::string refusal_text(const protocol::Refusal& refusal) {
    return wording::sentence(refusal);
}

void fill_texts(protocol::Reply& reply, int32_t utc_offset_s) {
    const auto fill = [&](protocol::Ticket& ticket) {
        ticket.set_sentence(ticket_sentence(ticket, utc_offset_s));
    };
    if (reply.has_refusal()) {
        reply.mutable_refusal()->set_message(refusal_text(reply.refusal()));
    }
    if (reply.has_ticket()) fill(*reply.mutable_ticket());
    if (reply.has_window_ticket()) fill(*reply.mutable_window_ticket());
    if (reply.has_tickets()) {
        for (auto& ticket : *reply.mutable_tickets()->mutable_tickets()) fill(ticket);
    }
    if (reply.has_place()) {
        reply.mutable_place()->set_sentence(place_sentence(reply.place(), utc_offset_s));
    }
}

}  // namespace hall::client
