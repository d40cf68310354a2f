// Consultation without a ticket (事前咨询): consultation add | answer | list. One with an owner and
// an answer date is a hard case.
#include "client/hallctl/requests.h"
#include "client/hallctl/session.h"

namespace hall::client::hallctl {
namespace {

int add_consultation(Session& session, const Words& words) {
    protocol::Command command;
    auto* given = command.mutable_record_consultation();
    given->set_service(words.one("service"));
    given->set_owner(words.one("owner"));
    given->set_answer_by(words.one("answer-by"));
    given->set_office(words.one("office"));
    given->set_note(words.one("note"));
    if (words.has("name") || words.has("phone") || words.has("township") || words.has("identity")) {
        *given->mutable_person() = person_from(words);
    }
    return session.send(command);
}

int answer(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_answer_consultation()->set_consultation(id_from(words));
    command.mutable_answer_consultation()->set_note(words.one("note"));
    return session.send(command);
}

int list_consultations(Session& session, const Words& words) {
    protocol::Query query;
    query.mutable_consultation_list()->set_open(words.has("open"));
    return session.ask(query);
}

}  // namespace

Verbs consultation_verbs() {
    using Takes = Option::Takes;
    std::vector<Option> of_add = person_options();
    of_add.push_back({"service", Takes::one, "CODE"});
    of_add.push_back({"owner", Takes::one, "STAFF"});
    of_add.push_back({"answer-by", Takes::one, "YYYY-MM-DD"});
    of_add.push_back({"office", Takes::one, "TEXT"});
    of_add.push_back({"note", Takes::one, "TEXT"});
    return {
        {"consultation", "add", {}, of_add, {"service"}, add_consultation},
        {"consultation", "answer", {"ID"}, {{"note", Takes::one, "TEXT"}}, {"note"}, answer},
        {"consultation", "list", {}, {{"open", Takes::flag, ""}}, {}, list_consultations},
    };
}

}  // namespace hall::client::hallctl
