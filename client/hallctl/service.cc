// The catalogue (事项目录): service list | guide. The guide as text, or printed large to take home.
#include "client/hallctl/care_tables.h"
#include "client/hallctl/session.h"
#include "wording/wording.h"

namespace hall::client::hallctl {
namespace {

int list_services(Session& session, const Words&) {
    protocol::Query query;
    query.mutable_catalogue();
    return session.ask(query);
}

int print_guide(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_print_guide()->set_service(words.places.front());
    command.mutable_print_guide()->set_printer(words.one("printer"));
    return session.send(command);
}

int guide(Session& session, const Words& words) {
    if (words.has("print")) return print_guide(session, words);
    if (words.has("printer")) throw UsageError{wording::text("hallctl.usage.printer_needs_print")};
    protocol::Query query;
    query.mutable_catalogue()->set_service(words.places.front());
    Answer answer = session.answer(query);
    const bool one = answer && answer->has_catalogue() && answer->catalogue().items_size() == 1;
    if (!one || session.globals().json) return session.show(std::move(answer));
    std::string text = guide_text(answer->catalogue().items(0));
    text.pop_back();  // show() ends the line
    return session.show(text, "");
}

}  // namespace

Verbs service_verbs() {
    using Takes = Option::Takes;
    return {
        {"service", "list", {}, {}, {}, list_services},
        {"service",
         "guide",
         {"CODE"},
         {{"print", Takes::flag, ""}, {"printer", Takes::one, "PRINTER"}},
         {},
         guide},
    };
}

}  // namespace hall::client::hallctl
