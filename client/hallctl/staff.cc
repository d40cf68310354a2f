// The hall's people: staff add | remove | list | set-pin | sign-on | off-duty | train. Who asks is
// said by --as STAFF --pin-file FILE, before or after any command.
#include "client/hallctl/requests.h"
#include "client/hallctl/session.h"
#include "wording/wording.h"

namespace hall::client::hallctl {
namespace {

int add_staff(Session& session, const Words& words) {
    protocol::Command command;
    auto* added = command.mutable_add_staff();
    added->set_staff(words.places.front());
    added->set_name(words.one("name"));
    added->set_rank(value_from<protocol::StaffRank>(words.one("rank"), "--rank"));
    for (const auto& language : words.many("language")) added->add_languages(language);
    return session.send(command);
}

int remove(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_remove_staff()->set_staff(words.places.front());
    return session.send(command);
}

int list_staff(Session& session, const Words&) {
    protocol::Query query;
    query.mutable_staff_list();
    return session.ask(query);
}

int set_pin(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_set_pin()->set_staff(words.places.front());
    session.give_new_pin(pin_in(words.one("new-pin-file"), "--new-pin-file"));
    return session.send(command);
}

int sign_on(Session& session, const Words&) {
    if (session.globals().staff.empty()) {
        throw UsageError{wording::text("hallctl.usage.who")};
    }
    protocol::Command command;
    command.mutable_sign_on();
    return session.send(command);
}

int off_duty(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_go_off_duty()->set_staff(words.places.empty() ? "" : words.places.front());
    return session.send(command);
}

int train(Session& session, const Words& words) {
    protocol::Command command;
    auto* trained = command.mutable_record_training();
    trained->set_staff(words.places.front());
    trained->set_course(words.one("course"));
    trained->set_date(words.one("date"));
    return session.send(command);
}

}  // namespace

Verbs staff_verbs() {
    using Takes = Option::Takes;
    return {
        {"staff",
         "add",
         {"NUMBER"},
         {{"name", Takes::one, "NAME"},
          {"rank", Takes::one, "guide|clerk|specialist|supervisor|admin"},
          {"language", Takes::many, "LANGUAGE…"}},
         {"name", "rank"},
         add_staff},
        {"staff", "remove", {"NUMBER"}, {}, {}, remove},
        {"staff", "list", {}, {}, {}, list_staff},
        {"staff",
         "set-pin",
         {"NUMBER"},
         {{"new-pin-file", Takes::one, "FILE"}},
         {"new-pin-file"},
         set_pin},
        {"staff", "sign-on", {}, {}, {}, sign_on},
        {"staff", "off-duty", {"[NUMBER]"}, {}, {}, off_duty},
        {"staff",
         "train",
         {"NUMBER"},
         {{"course", Takes::one, "WORD"}, {"date", Takes::one, "YYYY-MM-DD"}},
         {"course", "date"},
         train},
    };
}

}  // namespace hall::client::hallctl
