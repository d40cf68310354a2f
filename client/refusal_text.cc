#include "client/refusal_text.h"

#include <fmt/format.h>

#include "wording/names.h"
#include "wording/wording.h"

namespace hall::client {
namespace {

constexpr int64_t kDayS = 24 * 3600;

bool in_queue(const protocol::Ticket& ticket) {
    return ticket.state() == protocol::TicketState::waiting ||
           ticket.state() == protocol::TicketState::registered;
}

// What a ticket that is not in the queue is about.
std::string state_sentence(const protocol::Ticket& ticket) {
    const std::string state = wording::name_of(ticket.state());
    if (ticket.window() == 0) return state;
    return wording::format("ticket.sentence_window",
                           {{"state", state}, {"window", std::to_string(ticket.window())}});
}

std::string ahead_sentence(const protocol::Ticket& ticket) {
    if (ticket.ahead() == 0) return wording::text("ticket.sentence_nobody_ahead");
    const std::string ahead = std::to_string(ticket.ahead());
    if (ticket.ahead_green() == 0)
        return wording::format("ticket.sentence_ahead", {{"ahead", ahead}});
    return wording::format("ticket.sentence_ahead_green",
                           {{"ahead", ahead}, {"green", std::to_string(ticket.ahead_green())}});
}

}  // namespace

std::string clock_text(int64_t at_ms, int32_t utc_offset_s) {
    const int64_t local_s = at_ms / 1'000 + utc_offset_s;
    const int64_t of_day_s = ((local_s % kDayS) + kDayS) % kDayS;
    return fmt::format("{:02}:{:02}", of_day_s / 3600, of_day_s / 60 % 60);
}

std::string refusal_text(const protocol::Refusal& refusal) {
    return wording::sentence(refusal);
}

std::string ticket_sentence(const protocol::Ticket& ticket, int32_t utc_offset_s) {
    if (!in_queue(ticket)) return state_sentence(ticket);
    std::string sentence = ahead_sentence(ticket);
    if (ticket.locked_after_ms() > 0) {
        sentence += wording::format("ticket.sentence_locked",
                                    {{"time", clock_text(ticket.locked_after_ms(), utc_offset_s)}});
    }
    return sentence;
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
}

}  // namespace hall::client
