#include "client/hallctl/requests.h"
#include "client/hallctl/session.h"

namespace hall::client::hallctl {
namespace {

uint32_t place(const Words& words) {
    return window_number(words.places.front(), "N");
}

int open(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_open_window()->set_window(place(words));
    return session.send(command);
}

int pause(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_pause_window()->set_window(place(words));
    command.mutable_pause_window()->set_reason(reason_from(words.one("reason")));
    return session.send(command);
}

int close(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_close_window()->set_window(place(words));
    return session.send(command);
}

int list(Session& session, const Words&) {
    protocol::Query query;
    query.mutable_window_list();
    return session.ask(query);
}

}  // namespace

Verbs window_verbs() {
    return {
        {"window", "open", {"N"}, {}, {}, open},
        {"window", "pause", {"N"}, {{"reason", Option::Takes::one, "REASON"}}, {}, pause},
        {"window", "close", {"N"}, {}, {}, close},
        {"window", "list", {}, {}, {}, list},
    };
}

}  // namespace hall::client::hallctl
