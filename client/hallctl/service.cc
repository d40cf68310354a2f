// The catalogue (事项目录): service list | guide. The guide is what is printed large, as text.
#include "client/hallctl/care_tables.h"
#include "client/hallctl/session.h"

namespace hall::client::hallctl {
namespace {

int list_services(Session& session, const Words&) {
    protocol::Query query;
    query.mutable_catalogue();
    return session.ask(query);
}

int guide(Session& session, const Words& words) {
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
    return {
        {"service", "list", {}, {}, {}, list_services},
        {"service", "guide", {"CODE"}, {}, {}, guide},
    };
}

}  // namespace hall::client::hallctl
