#include "client/hallctl/requests.h"
#include "client/hallctl/session.h"

namespace hall::client::hallctl {
namespace {

int start(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_start_service()->set_window(window_from(words));
    return session.send(command);
}

int finish(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_finish_service()->set_window(window_from(words));
    return session.send(command);
}

int errand(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_send_on_errand()->set_window(window_from(words));
    return session.send(command);
}

int transfer(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_transfer()->set_window(window_from(words));
    command.mutable_transfer()->set_service(words.one("service"));
    return session.send(command);
}

int next_service(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_next_service()->set_window(window_from(words));
    return session.send(command);
}

}  // namespace

Verbs serve_verbs() {
    using Takes = Option::Takes;
    const Option window = {"window", Takes::one, "N"};
    return {
        {"serve", "start", {}, {window}, {"window"}, start},
        {"serve", "finish", {}, {window}, {"window"}, finish},
        {"serve", "errand", {}, {window}, {"window"}, errand},
        {"serve",
         "transfer",
         {},
         {window, {"service", Takes::one, "CODE"}},
         {"window", "service"},
         transfer},
        {"serve", "next-service", {}, {window}, {"window"}, next_service},
    };
}

}  // namespace hall::client::hallctl
