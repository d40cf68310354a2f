// Help at the self-service area (自助区协助): assistance add | list. Never a password or a code.
#include "client/hallctl/requests.h"
#include "client/hallctl/session.h"

namespace hall::client::hallctl {
namespace {

int add_assistance(Session& session, const Words& words) {
    protocol::Command command;
    auto* given = command.mutable_record_assistance();
    given->set_machine(words.one("machine"));
    given->set_task(words.one("task"));
    given->set_minutes(count_from(words.one("minutes"), "--minutes"));
    given->set_note(words.one("note"));
    return session.send(command);
}

// Of today, as the ledger has it.
int list_assistances(Session& session, const Words&) {
    protocol::Query query;
    query.mutable_status();
    Answer status = session.answer(query);
    if (!status || !status->has_status()) return session.show(std::move(status));
    const std::string& today = status->status().head().date();
    query.mutable_ledger()->set_kind(protocol::LedgerKind::assistance);
    query.mutable_ledger()->set_from(today);
    query.mutable_ledger()->set_to(today);
    return session.show(session.answer_patiently(query));
}

}  // namespace

Verbs assistance_verbs() {
    using Takes = Option::Takes;
    return {
        {"assistance",
         "add",
         {},
         {{"machine", Takes::one, "WORD"},
          {"task", Takes::one, "WORD"},
          {"minutes", Takes::one, "N"},
          {"note", Takes::one, "TEXT"}},
         {"machine", "task", "minutes"},
         add_assistance},
        {"assistance", "list", {}, {}, {}, list_assistances},
    };
}

}  // namespace hall::client::hallctl
