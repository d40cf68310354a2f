#include "client/refusal_text.h"

#include <algorithm>

#include "protocol/body.h"
#include "wording/names.h"
#include "wording/wording.h"

namespace hall::client {

namespace {

using protocol::RefusalCode;

// What `asked` has in the field that the refusal names, where it is one word and shows nobody: the
// parts of a person are in a message of their own.
std::string typed_in(const protocol::Refusal& refusal, const google::protobuf::Message& asked) {
    constexpr size_t kTypedMax = 64;
    using Field = google::protobuf::FieldDescriptor;
    const bool free_text =
        refusal.code() == RefusalCode::text_invalid || refusal.code() == RefusalCode::text_too_long;
    const auto* body = protocol::body_of(asked);
    if (body == nullptr || free_text) return "";
    const auto* field = body->GetDescriptor()->FindFieldByName(refusal.field());
    if (field == nullptr || field->is_repeated()) return "";
    if (field->cpp_type() == Field::CPPTYPE_UINT32) {
        return std::to_string(protocol::number_in(*body, refusal.field().c_str()));
    }
    const std::string words = protocol::text_in(*body, refusal.field().c_str());
    const bool shown =
        words.size() <= kTypedMax && std::none_of(words.begin(), words.end(), [](char c) {
            return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
        });
    return shown ? words : "";
}

}  // namespace

std::string refusal_text(const protocol::Refusal& refusal) {
    return wording::sentence(refusal);
}

std::string refusal_text(const protocol::Refusal& refusal, const google::protobuf::Message& asked,
                         int32_t utc_offset_s) {
    const auto* command = dynamic_cast<const protocol::Command*>(&asked);
    const bool accepts = command != nullptr && command->has_accept_hand_over();
    if (accepts && refusal.code() == RefusalCode::already_handed_over) {
        return wording::text("refusal_fact.case_is_here");
    }
    const int64_t until_ms = command != nullptr ? command->extend_hall().until_ms() : 0;
    if (until_ms != 0 && refusal.code() == RefusalCode::value_out_of_range) {
        return wording::format("refusal_fact.before_closing",
                               {{"time", clock_text(until_ms, utc_offset_s)}});
    }
    if (until_ms != 0 && refusal.code() == RefusalCode::until_too_late) {
        const int64_t latest_ms = until_ms - refusal.wait_ms();
        return wording::format("refusal_fact.latest",
                               {{"time", clock_text(until_ms, utc_offset_s)},
                                {"latest", clock_text(latest_ms, utc_offset_s)}});
    }
    return wording::sentence(refusal, wording::Language::zh, typed_in(refusal, asked));
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
