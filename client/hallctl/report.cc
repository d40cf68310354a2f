// What a day was like: report day | integrity.
#include <iostream>

#include "client/hallctl/report_text.h"
#include "client/hallctl/session.h"

namespace hall::client::hallctl {
namespace {

Answer answer_for(Session& session, const Words& words) {
    protocol::Query query;
    query.mutable_report()->set_date(words.places.empty() ? "" : words.places.front());
    return session.answer(query);
}

int day(Session& session, const Words& words) {
    const bool csv = words.has("csv");
    if (csv && session.globals().json) throw UsageError{"--csv and --json exclude each other"};
    Answer answer = answer_for(session, words);
    if (!csv || !answer || !answer->has_report()) return session.show(std::move(answer));
    std::cout << report_csv(answer->report());
    return kExitOk;
}

int integrity(Session& session, const Words& words) {
    Answer answer = answer_for(session, words);
    if (!answer || !answer->has_report()) return session.show(std::move(answer));
    if (!session.globals().json) {
        std::cout << integrity_text(answer->report());
        return kExitOk;
    }
    protocol::DayReport list;
    list.set_date(answer->report().date());
    list.set_over(answer->report().over());
    list.set_utc_offset_s(answer->report().utc_offset_s());
    list.set_hall_name(answer->report().hall_name());
    *list.mutable_questions() = answer->report().questions();
    list.set_question_count(answer->report().question_count());
    list.set_head(answer->report().head());
    *answer->mutable_report() = list;
    return session.show(std::move(answer));
}

}  // namespace

Verbs report_verbs() {
    using Takes = Option::Takes;
    return {
        {"report", "day", {"[DATE]"}, {{"csv", Takes::flag, ""}}, {}, day},
        {"report", "integrity", {"[DATE]"}, {}, {}, integrity},
    };
}

}  // namespace hall::client::hallctl
