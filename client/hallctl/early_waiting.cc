#include "client/hallctl/requests.h"
#include "client/hallctl/session.h"

namespace hall::client::hallctl {
namespace {

int enter_early_waiting(Session& session, const Words& words) {
    auto ticket = arrival_request(words);
    if (!ticket) return session.refuse(ticket.error());
    protocol::Command command;
    *command.mutable_register_early_waiting()->mutable_ticket() = std::move(*ticket);
    command.mutable_register_early_waiting()->set_seat(words.has("seat"));
    return session.send(command);
}

int list_early_waiting(Session& session, const Words&) {
    protocol::Query query;
    query.mutable_ticket_list()->add_states(protocol::TicketState::registered);
    return session.ask(query);
}

}  // namespace

Verbs early_waiting_verbs() {
    auto options = arrival_options();
    options.push_back({"seat", Option::Takes::flag, ""});
    return {
        {"early-waiting", "register", {}, options, {}, enter_early_waiting},
        {"early-waiting", "list", {}, {}, {}, list_early_waiting},
    };
}

}  // namespace hall::client::hallctl
