// The vault: vault purge --due destroys every key whose days are over.
#include "client/hallctl/session.h"
#include "wording/wording.h"

namespace hall::client::hallctl {
namespace {

int purge(Session& session, const Words& words) {
    if (!words.has("due")) throw UsageError{wording::text("hallctl.usage.due")};
    protocol::Command command;
    command.mutable_purge_vault();
    return session.send(command);
}

}  // namespace

Verbs vault_verbs() {
    return {{"vault", "purge", {}, {{"due", Option::Takes::flag, ""}}, {}, purge}};
}

}  // namespace hall::client::hallctl
