// The day: hall open | close | extend | early-waiting.
#include <fmt/format.h>

#include <cstdio>

#include "client/hallctl/requests.h"
#include "client/hallctl/session.h"
#include "wording/wording.h"

namespace hall::client::hallctl {
namespace {

constexpr int64_t kMinuteMs = 60'000;

int open_hall(Session& session, const Words&) {
    protocol::Command command;
    command.mutable_open_hall();
    return session.send(command);
}

int close_hall(Session& session, const Words&) {
    protocol::Command command;
    command.mutable_close_hall();
    return session.send(command);
}

// "18:30" in minutes after midnight.
int64_t minute_of_day(const std::string& text) {
    int hour = 0;
    int minute = 0;
    int used = 0;
    const bool read = std::sscanf(text.c_str(), "%2d:%2d%n", &hour, &minute, &used) == 2 &&
                      used == static_cast<int>(text.size());
    if (!read || hour < 0 || hour > 24 || minute < 0 || minute > 59 ||
        hour * 60 + minute > 24 * 60) {
        throw UsageError{wording::format("hallctl.usage.time", {{"value", text}})};
    }
    return hour * 60 + minute;
}

int extend(Session& session, const Words& words) {
    const int64_t minute = minute_of_day(words.one("until"));
    protocol::Query query;
    query.mutable_status();
    Answer status = session.answer(query);
    if (!status || !status->has_status()) return session.show(std::move(status));
    protocol::Command command;
    command.mutable_extend_hall()->set_until_ms(midnight_ms(status->status().head()) +
                                                minute * kMinuteMs);
    return session.send(command);
}

int early_waiting(Session& session, const Words&) {
    protocol::Command command;
    command.mutable_start_early_waiting();
    return session.send(command);
}

}  // namespace

Verbs hall_verbs() {
    using Takes = Option::Takes;
    return {
        {"hall", "open", {}, {}, {}, open_hall},
        {"hall", "close", {}, {}, {}, close_hall},
        {"hall", "extend", {}, {{"until", Takes::one, "HH:MM"}}, {"until"}, extend},
        {"hall", "early-waiting", {}, {}, {}, early_waiting},
    };
}

}  // namespace hall::client::hallctl
