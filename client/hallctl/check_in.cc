// Manual check-in (无码通行 手工登记): check-in add | measure | list.
#include "client/hallctl/requests.h"
#include "client/hallctl/session.h"
#include "wording/wording.h"

namespace hall::client::hallctl {
namespace {

using protocol::FilledBy;

// "36.5" to 365; whether a person can have it is the hall's to say.
uint32_t tenths_from(const std::string& text) {
    const size_t point = text.find('.');
    const std::string whole = text.substr(0, point);
    const std::string tenth = point == std::string::npos ? "0" : text.substr(point + 1);
    const auto digits = [](const std::string& part, size_t most) {
        return !part.empty() && part.size() <= most &&
               part.find_first_not_of("0123456789") == std::string::npos;
    };
    if (!digits(whole, 3) || !digits(tenth, 1)) {
        throw UsageError{wording::format("hallctl.usage.temperature", {{"value", text}})};
    }
    return count_from(whole + tenth, "--temperature");
}

int add_check_in(Session& session, const Words& words) {
    protocol::Command command;
    auto* check_in = command.mutable_add_check_in();
    *check_in->mutable_person() = person_from(words);
    if (words.has("temperature")) {
        check_in->set_temperature_tenths(tenths_from(words.one("temperature")));
    }
    check_in->set_reason(value_from<protocol::CheckInReason>(words.one("reason"), "--reason"));
    const auto filled_by = words.has("filled-by")
                               ? value_from<FilledBy>(words.one("filled-by"), "--filled-by")
                               : FilledBy::guide;
    check_in->set_filled_by(filled_by);
    // Nobody but who did it can say that it was read back.
    check_in->set_read_back(words.has("read-back"));
    check_in->set_note(words.one("note"));
    return session.send(command);
}

int measure(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_measure_again()->set_check_in(id_from(words));
    command.mutable_measure_again()->set_temperature_tenths(tenths_from(words.one("temperature")));
    return session.send(command);
}

int list_check_ins(Session& session, const Words& words) {
    protocol::Query query;
    query.mutable_check_in_list()->set_name(words.one("name"));
    query.mutable_check_in_list()->set_date(date_from(words.one("date"), "--date"));
    return session.ask(query);
}

}  // namespace

Verbs check_in_verbs() {
    using Takes = Option::Takes;
    std::vector<Option> of_add = person_options();
    of_add.push_back({"temperature", Takes::one, "36.5"});
    of_add.push_back({"reason", Takes::one, choices<protocol::CheckInReason>()});
    of_add.push_back({"filled-by", Takes::one, "guide|self"});
    of_add.push_back({"read-back", Takes::flag, ""});
    of_add.push_back({"note", Takes::one, "TEXT"});
    return {
        {"check-in", "add", {}, of_add, {}, add_check_in},
        {"check-in",
         "measure",
         {"ID"},
         {{"temperature", Takes::one, "36.5"}},
         {"temperature"},
         measure},
        {"check-in",
         "list",
         {},
         {{"name", Takes::one, "NAME"}, {"date", Takes::one, "YYYY-MM-DD"}},
         {},
         list_check_ins},
    };
}

}  // namespace hall::client::hallctl
