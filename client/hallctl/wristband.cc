// Wristbands (腕带): wristband print | scan | revoke | list.
#include "client/hallctl/requests.h"
#include "client/hallctl/session.h"

namespace hall::client::hallctl {
namespace {

int print_wristband(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_print_wristband()->set_case_id(number_from(words.one("case"), "case"));
    command.mutable_print_wristband()->set_printer(words.one("printer"));
    return session.send(command);
}

int scan(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_scan_code()->set_code(words.places.front());
    command.mutable_scan_code()->set_station(words.one("station"));
    return session.send(command);
}

int revoke_wristband(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_revoke_wristband()->set_code(words.places.front());
    return session.send(command);
}

int list_wristbands(Session& session, const Words&) {
    protocol::Query query;
    query.mutable_wristband_list();
    return session.ask(query);
}

}  // namespace

Verbs wristband_verbs() {
    using Takes = Option::Takes;
    return {
        {"wristband",
         "print",
         {},
         {{"case", Takes::one, "ID"}, {"printer", Takes::one, "PRINTER"}},
         {"case"},
         print_wristband},
        {"wristband", "scan", {"CODE"}, {{"station", Takes::one, "CODE"}}, {"station"}, scan},
        {"wristband", "revoke", {"CODE"}, {}, {}, revoke_wristband},
        {"wristband", "list", {}, {}, {}, list_wristbands},
    };
}

}  // namespace hall::client::hallctl
