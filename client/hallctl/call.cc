#include "client/hallctl/requests.h"
#include "client/hallctl/session.h"

namespace hall::client::hallctl {
namespace {

int next(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_call_next()->set_window(window_from(words));
    command.mutable_call_next()->set_offered(words.one("offered"));
    return session.send(command);
}

int ticket(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_call_ticket()->set_window(window_from(words));
    command.mutable_call_ticket()->set_number(words.places.front());
    command.mutable_call_ticket()->set_reason(reason_from(words.one("reason")));
    return session.send(command);
}

int recall(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_recall()->set_window(window_from(words));
    return session.send(command);
}

int missed(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_mark_missed()->set_window(window_from(words));
    return session.send(command);
}

}  // namespace

Verbs call_verbs() {
    using Takes = Option::Takes;
    const Option window = {"window", Takes::one, "N"};
    return {
        {"call", "next", {}, {window, {"offered", Takes::one, "NUMBER"}}, {"window"}, next},
        {"call",
         "ticket",
         {"NUMBER"},
         {window, {"reason", Takes::one, kOutOfOrderReasons}},
         {"window"},
         ticket},
        {"call", "recall", {}, {window}, {"window"}, recall},
        {"call", "missed", {}, {window}, {"window"}, missed},
    };
}

}  // namespace hall::client::hallctl
