#include "client/hallctl/requests.h"
#include "client/hallctl/session.h"
#include "wording/wording.h"

namespace hall::client::hallctl {
namespace {

constexpr uint64_t kDayMin = 24 * 60;

uint32_t place(const Words& words) {
    return window_number(words.places.front(), "N");
}

int open_window(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_open_window()->set_window(place(words));
    return session.send(command);
}

int pause(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_pause_window()->set_window(place(words));
    command.mutable_pause_window()->set_reason(reason_from(words.one("reason")));
    return session.send(command);
}

int close_window(Session& session, const Words& words) {
    protocol::Command command;
    command.mutable_close_window()->set_window(place(words));
    return session.send(command);
}

// From now on, or with --off no longer.
int reserve(Session& session, const Words& words) {
    if (words.has("off") == words.has("credit-min")) {
        throw UsageError{wording::format("hallctl.usage.either",
                                         {{"one", "--credit-min N"}, {"other", "--off"}})};
    }
    protocol::Command command;
    command.mutable_reserve_window()->set_window(place(words));
    if (words.has("credit-min")) {
        uint64_t minutes = number_from(words.one("credit-min"), "credit-min");
        if (minutes == 0 || minutes > kDayMin) {
            throw UsageError{wording::text("hallctl.usage.credit_min")};
        }
        command.mutable_reserve_window()->set_credit_ms(static_cast<int64_t>(minutes) * 60'000);
    }
    return session.send(command);
}

int list_windows(Session& session, const Words&) {
    protocol::Query query;
    query.mutable_window_list();
    return session.ask(query);
}

}  // namespace

Verbs window_verbs() {
    return {
        {"window", "open", {"N"}, {}, {}, open_window},
        {"window", "pause", {"N"}, {{"reason", Option::Takes::one, kPauseReasons}}, {}, pause},
        {"window", "close", {"N"}, {}, {}, close_window},
        {"window",
         "reserve",
         {"N"},
         {{"credit-min", Option::Takes::one, "N"}, {"off", Option::Takes::flag, ""}},
         {},
         reserve},
        {"window", "list", {}, {}, {}, list_windows},
    };
}

}  // namespace hall::client::hallctl
