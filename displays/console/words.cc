#include "displays/console/words.h"

#include "client/refusal_text.h"
#include "wording/wording.h"

namespace hall::console {

using client::FeedState;
using wording::format;
using wording::text;

Word link_word(FeedState state) {
    switch (state) {
        case FeedState::connecting:
            return {text("console.link.connecting"), Gravity::waiting};
        case FeedState::live:
            return {text("console.link.live"), Gravity::good};
        case FeedState::stale:
            return {text("console.link.stale"), Gravity::bad};
        case FeedState::not_enrolled:
            return {text("console.link.not_enrolled"), Gravity::bad};
        case FeedState::keys_mismatch:
            return {text("console.link.keys_mismatch"), Gravity::bad};
    }
    return {};
}

std::string link_reason(FeedState state, const std::string& heard) {
    switch (state) {
        case FeedState::live:
            return {};
        case FeedState::connecting:
            return text("console.reason.connecting");
        case FeedState::stale:
            if (heard.empty()) return text("console.reason.never_heard");
            return format("console.reason.stale", {{"time", heard}});
        case FeedState::not_enrolled:
            return text("console.reason.not_enrolled");
        case FeedState::keys_mismatch:
            return text("console.reason.keys_mismatch");
    }
    return {};
}

std::string answer_problem(const client::Answer& answer, const std::string& again) {
    if (answer) {
        return answer->has_refusal() ? client::refusal_text(answer->refusal()) : std::string();
    }
    const std::string& code = answer.error().code;
    if (code == "server_unreachable") {
        return format("console.problem.no_answer", {{"button", again}});
    }
    if (code == "device_not_enrolled") return text("console.reason.not_enrolled");
    if (code == "keys_mismatch") return text("console.reason.keys_mismatch");
    return format("console.problem.other", {{"code", code}});
}

}  // namespace hall::console
