// Emergencies (突发疾病): emergency raise | drill | acknowledge | step | close | list.
#include "client/hallctl/requests.h"
#include "client/hallctl/session.h"

namespace hall::client::hallctl {
namespace {

int raise_one(Session& session, const Words& words, bool drill) {
    protocol::Command command;
    auto* raised = command.mutable_raise_emergency();
    raised->set_place(words.one("place"));
    raised->set_kind(words.one("kind"));
    raised->set_number(words.one("ticket"));
    if (words.has("case")) raised->set_case_id(number_from(words.one("case"), "case"));
    raised->set_drill(drill);
    return session.send(command);
}

int raise(Session& session, const Words& words) {
    return raise_one(session, words, words.has("drill"));
}

int drill(Session& session, const Words& words) {
    return raise_one(session, words, true);
}

int acknowledge(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_acknowledge_emergency()->set_emergency(id_from(words));
    return session.send(command);
}

int step(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_do_emergency_step()->set_emergency(id_from(words));
    command.mutable_do_emergency_step()->set_step(count_from(words.places.back(), "N"));
    return session.send(command);
}

int close_emergency(Session& session, const Words& words) {
    protocol::Command command;
    auto* closed = command.mutable_close_emergency();
    closed->set_emergency(id_from(words));
    closed->set_outcome(value_from<protocol::EmergencyOutcome>(words.one("outcome"), "--outcome"));
    closed->set_note(words.one("note"));
    return session.send(command);
}

int list_emergencies(Session& session, const Words& words) {
    protocol::Query query;
    query.mutable_emergency_list()->set_open(words.has("open"));
    return session.ask(query);
}

}  // namespace

Verbs emergency_verbs() {
    using Takes = Option::Takes;
    const Option place{"place", Takes::one, "ZONE|window:N"};
    const Option kind{"kind", Takes::one, "TEXT"};
    return {
        {"emergency",
         "raise",
         {},
         {place,
          kind,
          {"ticket", Takes::one, "NUMBER"},
          {"case", Takes::one, "ID"},
          {"drill", Takes::flag, ""}},
         {"place", "kind"},
         raise},
        {"emergency", "drill", {}, {place, kind}, {"place", "kind"}, drill},
        {"emergency", "acknowledge", {"ID"}, {}, {}, acknowledge},
        {"emergency", "step", {"ID", "N"}, {}, {}, step},
        {"emergency",
         "close",
         {"ID"},
         {{"outcome", Takes::one, choices<protocol::EmergencyOutcome>()},
          {"note", Takes::one, "TEXT"}},
         {"outcome"},
         close_emergency},
        {"emergency", "list", {}, {{"open", Takes::flag, ""}}, {}, list_emergencies},
    };
}

}  // namespace hall::client::hallctl
