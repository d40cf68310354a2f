// Paper: print list | retry | test, and printer list.
#include "client/hallctl/session.h"
#include "wording/wording.h"

namespace hall::client::hallctl {
namespace {

int list_prints(Session& session, const Words& words) {
    protocol::Query query;
    auto* states = query.mutable_print_list();
    for (const auto& name : words.many("state")) {
        protocol::PrintState::Value state = protocol::PrintState::unknown;
        if (!protocol::PrintState::Value_Parse(name, &state)) {
            throw UsageError{wording::format("hallctl.usage.no_state", {{"value", name}})};
        }
        states->add_states(state);
    }
    return session.ask(query);
}

int retry(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_retry_print()->set_job(number_from(words.places.front(), "JOB"));
    command.mutable_retry_print()->set_printer(words.one("printer"));
    return session.send(command);
}

int test(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_test_print()->set_printer(words.places.front());
    return session.send(command);
}

int printers(Session& session, const Words&) {
    protocol::Query query;
    query.mutable_printer_list();
    return session.ask(query);
}

}  // namespace

Verbs print_verbs() {
    using Takes = Option::Takes;
    return {
        {"print", "list", {}, {{"state", Takes::many, "STATE…"}}, {}, list_prints},
        {"print", "retry", {"JOB"}, {{"printer", Takes::one, "PRINTER"}}, {}, retry},
        {"print", "test", {"PRINTER"}, {}, {}, test},
        {"printer", "list", {}, {}, {}, printers},
    };
}

}  // namespace hall::client::hallctl
