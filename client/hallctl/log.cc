// The log: log verify | export | digest.
#include <iostream>

#include "client/hallctl/session.h"

namespace hall::client::hallctl {
namespace {

int verify(Session& session, const Words& words) {
    protocol::Query query;
    query.mutable_log_verify()->set_head(words.one("head"));
    Answer answer = session.answer(query);
    const bool damaged = answer && answer->has_log() && !answer->log().intact();
    const std::string what = damaged ? answer->log().damage() : "";
    const int code = session.show(std::move(answer));
    if (!damaged) return code;
    std::cerr << "log_damaged: " << what << '\n';
    return kExitRefused;
}

int digest(Session& session, const Words&) {
    protocol::Query query;
    query.mutable_log_digest();
    return session.ask(query);
}

// One event a line, to the end of the log as it is when the last page is read.
int export_events(Session& session, const Words& words) {
    uint64_t next = words.has("from") ? number_from(words.one("from"), "from") : 1;
    while (true) {
        protocol::Query query;
        query.mutable_events()->set_from_seq(next);
        Answer answer = session.answer(query);
        if (!answer || !answer->has_events()) return session.show(std::move(answer));
        for (const auto& event : answer->events().events()) {
            std::cout << to_json(event) << '\n';
            next = event.seq() + 1;
        }
        if (answer->events().events_size() == 0 || next > answer->events().head_seq()) break;
    }
    std::cout.flush();
    return kExitOk;
}

}  // namespace

Verbs log_verbs() {
    using Takes = Option::Takes;
    return {
        {"log", "verify", {}, {{"head", Takes::one, "HEX"}}, {}, verify},
        {"log", "export", {}, {{"from", Takes::one, "SEQ"}}, {}, export_events},
        {"log", "digest", {}, {}, {}, digest},
    };
}

}  // namespace hall::client::hallctl
