#include "client/hallctl/session.h"

namespace hall::client::hallctl {
namespace {

int status(Session& session, const Words&) {
    protocol::Query query;
    query.mutable_status();
    return session.ask(query);
}

}  // namespace

Verbs status_verbs() {
    return {{"status", "", {}, {}, {}, status}};
}

}  // namespace hall::client::hallctl
