// Parts of commands that several nouns are typed with.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "client/hallctl/verb.h"
#include "protocol/hall.pb.h"
#include "wording/wording.h"

namespace hall::client::hallctl {

// What a ticket is issued with; the same for early waiting.
std::vector<Option> ticket_options();
tl::expected<protocol::IssueTicket, protocol::Refusal> ticket_request(const Words& words);

// For commands that can check an appointment in, which then brings what it was booked for:
// the same options and --appointment. Throws UsageError when neither it nor a service is given.
std::vector<Option> arrival_options();
tl::expected<protocol::IssueTicket, protocol::Refusal> arrival_request(const Words& words);

// The listed reasons that fit, as the help says them.
inline constexpr const char* kCancelReasons = "visitor_left|visitor_asked|issued_by_mistake|other";
inline constexpr const char* kPauseReasons = "rest|meal|meeting|equipment|other";
inline constexpr const char* kOutOfOrderReasons = "frail|unwell|our_mistake|other";
inline constexpr const char* kSkipReasons = "not_needed|done_elsewhere|other";
inline constexpr const char* kLeaveReasons =
    "not_needed|done_elsewhere|material_missing|form_wrong|other";

// A listed reason. Any other text is sent as `other`, and said so on stderr: free text could hold a
// name, so the log never has it.
protocol::Reason::Value reason_from(const std::string& text);

// --window N. Throws UsageError.
uint32_t window_from(const Words& words);

// The ID after the verb. Throws UsageError.
uint64_t id_from(const Words& words);

// "0" and up, at most a million. Throws UsageError that names `option`.
uint32_t count_from(const std::string& text, std::string_view option);

// A day of the calendar, "2026-11-23"; empty stays empty. Throws UsageError that names `option`.
std::string date_from(const std::string& text, std::string_view option);

// none, free or letter; nothing typed: the principal came. Throws UsageError.
protocol::Proxy::Value proxy_from(const std::string& text);

// What of a protocol enum can be typed, in its order: every value but the zero one.
template <typename Family>
std::string names_of(const char* between) {
    const auto* values = Family::Value_descriptor();
    std::string names;
    for (int i = 0; i < values->value_count(); ++i) {
        if (values->value(i)->number() == 0) continue;
        names += (names.empty() ? "" : between) + values->value(i)->name();
    }
    return names;
}
// The same as the help says it, a|b|c; stays for as long as the program.
template <typename Family>
const char* choices() {
    static const std::string names = names_of<Family>("|");
    return names.c_str();
}

// The value of a protocol enum that `text` names, and its zero value for no text. The zero value
// itself cannot be typed. Throws UsageError that lists what can.
template <typename Family>
typename Family::Value value_from(const std::string& text, std::string_view option) {
    typename Family::Value value{};
    std::string word = text;  // sent-back is as good as sent_back
    std::replace(word.begin(), word.end(), '-', '_');
    if (word.empty() || (Family::Value_Parse(word, &value) && value != 0)) return value;
    throw UsageError{wording::format(
        "hallctl.usage.one_of",
        {{"option", std::string(option)}, {"value", text}, {"values", names_of<Family>(", ")}})};
}

// Who a person is: --name and what follows.
std::vector<Option> person_options();
protocol::Person person_from(const Words& words);

// The last midnight by the hall's clock, not this machine's: they may stand in different zones.
int64_t midnight_ms(const protocol::ViewHead& head);

// The first line of a file: a PIN. Throws UsageError; a file that others may read is said on
// stderr.
std::string pin_in(const std::string& file, std::string_view option);

// ticket import --paper FILE (paper.cc).
int import_paper(Session& session, const Words& words);

}  // namespace hall::client::hallctl
