// Things that help (适老设施): facility lend | return | list | stock | take.
#include "client/hallctl/requests.h"
#include "client/hallctl/session.h"
#include "wording/wording.h"

namespace hall::client::hallctl {
namespace {

int lend(Session& session, const Words& words) {
    if (words.has("ticket") == words.has("case")) {
        throw UsageError{wording::format("hallctl.usage.either",
                                         {{"one", "--ticket NUMBER"}, {"other", "--case ID"}})};
    }
    protocol::Command command;
    command.mutable_lend_facility()->set_facility(words.places.front());
    command.mutable_lend_facility()->set_number(words.one("ticket"));
    if (words.has("case")) {
        command.mutable_lend_facility()->set_case_id(number_from(words.one("case"), "case"));
    }
    return session.send(command);
}

int return_loan(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_return_loan()->set_loan(number_from(words.places.front(), "LOAN"));
    return session.send(command);
}

int list_facilities(Session& session, const Words&) {
    protocol::Query query;
    query.mutable_facility_list();
    return session.ask(query);
}

int stock(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_set_stock()->set_facility(words.places.front());
    command.mutable_set_stock()->set_count(count_from(words.one("set"), "--set"));
    command.mutable_set_stock()->set_expires(words.one("expires"));
    return session.send(command);
}

int take(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_take_stock()->set_facility(words.places.front());
    command.mutable_take_stock()->set_count(
        words.has("count") ? count_from(words.one("count"), "--count") : 1);
    command.mutable_take_stock()->set_number(words.one("ticket"));
    return session.send(command);
}

}  // namespace

Verbs facility_verbs() {
    using Takes = Option::Takes;
    const Option ticket{"ticket", Takes::one, "NUMBER"};
    return {
        {"facility", "lend", {"CODE"}, {ticket, {"case", Takes::one, "ID"}}, {}, lend},
        {"facility", "return", {"LOAN"}, {}, {}, return_loan},
        {"facility", "list", {}, {}, {}, list_facilities},
        {"facility",
         "stock",
         {"CODE"},
         {{"set", Takes::one, "N"}, {"expires", Takes::one, "YYYY-MM-DD"}},
         {"set"},
         stock},
        {"facility", "take", {"CODE"}, {{"count", Takes::one, "N"}, ticket}, {}, take},
    };
}

}  // namespace hall::client::hallctl
