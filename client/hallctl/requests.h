// Parts of commands that several nouns are typed with.
#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "client/hallctl/verb.h"
#include "protocol/hall.pb.h"

namespace hall::client::hallctl {

// What a ticket is issued with; the same for early waiting.
std::vector<Option> ticket_options();
tl::expected<protocol::IssueTicket, protocol::Refusal> ticket_request(const Words& words);

// For commands that can check an appointment in, which then brings what it was booked for:
// the same options and --appointment. Throws UsageError when neither it nor a service is given.
std::vector<Option> arrival_options();
tl::expected<protocol::IssueTicket, protocol::Refusal> arrival_request(const Words& words);

// A listed reason. Any other text is sent as `other`, and said so on stderr: free text could hold a
// name, so the log never has it.
protocol::Reason::Value reason_from(const std::string& text);

// --window N. Throws UsageError.
uint32_t window_from(const Words& words);

}  // namespace hall::client::hallctl
