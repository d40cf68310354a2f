// Escort cases (一对一 全流程跟踪): what leads a case through its stages. case_results.cc has its
// materials, its result and its end.
#include "client/hallctl/requests.h"
#include "client/hallctl/session.h"
#include "wording/wording.h"

namespace hall::client::hallctl {
namespace {

using protocol::CaseStage;

int open_case(Session& session, const Words& words) {
    protocol::Command command;
    auto* opened = command.mutable_open_case();
    opened->set_service(words.one("service"));
    opened->set_number(words.one("ticket"));
    if (words.has("check-in")) {
        opened->set_check_in(number_from(words.one("check-in"), "check-in"));
    }
    if (words.has("name") || words.has("phone") || words.has("identity")) {
        *opened->mutable_person() = person_from(words);
    }
    opened->set_proxy(proxy_from(words.one("proxy")));
    opened->set_relation(words.one("relation"));
    opened->set_own_wish(words.has("own-wish"));
    opened->set_must_speak(words.one("must-speak"));
    opened->set_note(words.one("note"));
    return session.send(command);
}

int show_case(Session& session, const Words& words) {
    protocol::Query query;
    query.mutable_case_file()->set_case_id(id_from(words));
    return session.ask(query);
}

int list_cases(Session& session, const Words& words) {
    protocol::Query query;
    auto* wanted = query.mutable_case_list();
    wanted->set_overdue(words.has("overdue"));
    wanted->set_staff(words.one("staff"));
    wanted->set_name(words.one("name"));
    wanted->set_number(words.one("ticket"));
    return session.ask(query);
}

int enter_stage(Session& session, const Words& words) {
    protocol::Command command;
    auto* entered = command.mutable_enter_stage();
    entered->set_case_id(id_from(words));
    entered->set_stage(value_from<CaseStage>(words.places.back(), "STAGE"));
    entered->set_skip_reason(reason_from(words.one("skip-reason")));
    entered->set_note(words.one("note"));
    return session.send(command);
}

int leave(Session& session, const Words& words) {
    protocol::Command command;
    auto* left = command.mutable_leave_stage();
    left->set_case_id(id_from(words));
    left->set_outcome(value_from<protocol::StageOutcome>(words.one("outcome"), "--outcome"));
    left->set_to(value_from<CaseStage>(words.one("to"), "--to"));
    left->set_reason(reason_from(words.one("reason")));
    left->set_note(words.one("note"));
    return session.send(command);
}

int hand_over(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_hand_over()->set_case_id(id_from(words));
    command.mutable_hand_over()->set_to(words.one("to"));
    return session.send(command);
}

int accept(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_accept_hand_over()->set_case_id(id_from(words));
    command.mutable_accept_hand_over()->set_decline(words.has("decline"));
    return session.send(command);
}

int attach(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_attach_ticket()->set_case_id(id_from(words));
    command.mutable_attach_ticket()->set_number(words.one("ticket"));
    return session.send(command);
}

int print_case_paper(Session& session, const Words& words) {
    const auto paper = value_from<protocol::Paper>(words.one("paper"), "--paper");
    if (paper == protocol::Paper::band) {
        throw UsageError{wording::text("hallctl.usage.case_paper")};
    }
    protocol::Command command;
    command.mutable_print_case_paper()->set_case_id(id_from(words));
    command.mutable_print_case_paper()->set_paper(paper);
    command.mutable_print_case_paper()->set_printer(words.one("printer"));
    return session.send(command);
}

}  // namespace

Verbs case_verbs() {
    using Takes = Option::Takes;
    const Option note{"note", Takes::one, "TEXT"};
    return {
        {"case",
         "open",
         {},
         {{"service", Takes::one, "CODE"},
          {"ticket", Takes::one, "NUMBER"},
          {"check-in", Takes::one, "ID"},
          {"name", Takes::one, "NAME"},
          {"phone", Takes::one, "PHONE"},
          {"identity", Takes::one, "NUMBER"},
          {"proxy", Takes::one, "free|letter|none"},
          {"relation", Takes::one, "TEXT"},
          {"own-wish", Takes::flag, ""},
          {"must-speak", Takes::one, "LANGUAGE"},
          note},
         {"service"},
         open_case},
        {"case", "show", {"ID"}, {}, {}, show_case},
        {"case",
         "list",
         {},
         {{"overdue", Takes::flag, ""},
          {"staff", Takes::one, "NUMBER"},
          {"name", Takes::one, "NAME"},
          {"ticket", Takes::one, "NUMBER"}},
         {},
         list_cases},
        {"case",
         "enter",
         {"ID", choices<protocol::CaseStage>()},
         {{"skip-reason", Takes::one, kSkipReasons}, note},
         {},
         enter_stage},
        {"case",
         "leave",
         {"ID"},
         {{"outcome", Takes::one, "done|skipped|sent_back"},
          {"to", Takes::one, choices<protocol::CaseStage>()},
          {"reason", Takes::one, kLeaveReasons},
          note},
         {"outcome"},
         leave},
        {"case", "hand-over", {"ID"}, {{"to", Takes::one, "STAFF"}}, {"to"}, hand_over},
        {"case", "accept", {"ID"}, {{"decline", Takes::flag, ""}}, {}, accept},
        {"case", "attach", {"ID"}, {{"ticket", Takes::one, "NUMBER"}}, {"ticket"}, attach},
        {"case",
         "print",
         {"ID"},
         {{"paper", Takes::one, "notice|form"}, {"printer", Takes::one, "PRINTER"}},
         {"paper"},
         print_case_paper},
    };
}

}  // namespace hall::client::hallctl
