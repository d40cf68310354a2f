// What a case needs and what becomes of it: case material | ask-material | result | tell | rate |
// follow-up | close.
#include "client/hallctl/requests.h"
#include "client/hallctl/session.h"
#include "wording/wording.h"

namespace hall::client::hallctl {
namespace {

// --note, which may also be written --reason.
std::string note_or_reason(const Words& words) {
    if (words.has("note") && words.has("reason")) {
        throw UsageError{
            wording::format("hallctl.usage.exclude", {{"one", "--note"}, {"other", "--reason"}})};
    }
    return words.has("note") ? words.one("note") : words.one("reason");
}

// An original that was given back had been received.
int material(Session& session, const Words& words) {
    if (!words.has("received") && !words.has("returned")) {
        throw UsageError{wording::format("hallctl.usage.missing", {{"what", "--received"}})};
    }
    protocol::Command command;
    command.mutable_receive_material()->set_case_id(id_from(words));
    command.mutable_receive_material()->set_material(words.places.back());
    command.mutable_receive_material()->set_returned(words.has("returned"));
    return session.send(command);
}

int ask_material(Session& session, const Words& words) {
    protocol::Command command;
    auto* asked = command.mutable_ask_material();
    asked->set_case_id(id_from(words));
    for (size_t i = 1; i < words.places.size(); ++i) asked->add_materials(words.places[i]);
    asked->set_next_date(words.one("next-date"));
    asked->set_note(note_or_reason(words));
    asked->set_no_print(words.has("no-print"));
    return session.send(command);
}

int result(Session& session, const Words& words) {
    protocol::Command command;
    auto* decided = command.mutable_set_result();
    decided->set_case_id(id_from(words));
    decided->set_result(value_from<protocol::CaseResult>(words.one("outcome"), "--outcome"));
    decided->set_note(note_or_reason(words));
    decided->set_remedy(words.one("remedy"));
    decided->set_office(words.one("office"));
    return session.send(command);
}

int tell_result(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_tell_result()->set_case_id(id_from(words));
    command.mutable_tell_result()->set_how(
        value_from<protocol::TellWay>(words.one("how"), "--how"));
    command.mutable_tell_result()->set_understood(words.has("understood"));
    return session.send(command);
}

int rate(Session& session, const Words& words) {
    const uint32_t grade = count_from(words.one("grade"), "--grade");
    if (grade < 1 || grade > 5) {
        throw UsageError{wording::text("hallctl.usage.grade")};
    }
    protocol::Command command;
    command.mutable_rate_case()->set_case_id(id_from(words));
    command.mutable_rate_case()->set_grade(grade);
    command.mutable_rate_case()->set_note(words.one("note"));
    return session.send(command);
}

int follow_up(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_answer_follow_up()->set_case_id(id_from(words));
    command.mutable_answer_follow_up()->set_note(words.one("answer"));
    return session.send(command);
}

int close_case(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_close_case()->set_case_id(id_from(words));
    return session.send(command);
}

}  // namespace

Verbs case_result_verbs() {
    using Takes = Option::Takes;
    const Option note{"note", Takes::one, "TEXT"};
    const Option reason{"reason", Takes::one, "TEXT"};
    return {
        {"case",
         "material",
         {"ID", "CODE"},
         {{"received", Takes::flag, ""}, {"returned", Takes::flag, ""}},
         {},
         material},
        {"case",
         "ask-material",
         {"ID", "CODE…"},
         {{"next-date", Takes::one, "YYYY-MM-DD"}, note, reason, {"no-print", Takes::flag, ""}},
         {},
         ask_material},
        {"case",
         "result",
         {"ID"},
         {{"outcome", Takes::one, "approved|not_approved|referred"},
          reason,
          note,
          {"remedy", Takes::one, "TEXT"},
          {"office", Takes::one, "TEXT"}},
         {"outcome"},
         result},
        {"case",
         "tell",
         {"ID"},
         {{"how", Takes::one, "window|phone|home"}, {"understood", Takes::flag, ""}},
         {"how"},
         tell_result},
        {"case", "rate", {"ID"}, {{"grade", Takes::one, "1..5"}, note}, {"grade"}, rate},
        {"case", "follow-up", {"ID"}, {{"answer", Takes::one, "TEXT"}}, {"answer"}, follow_up},
        {"case", "close", {"ID"}, {}, {}, close_case},
    };
}

}  // namespace hall::client::hallctl
