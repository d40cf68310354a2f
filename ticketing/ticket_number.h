// Ticket numbers: the letter of the service group and at least three digits, with no upper end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hall::ticketing {

struct TicketNumber {
    char letter = 'A';    // 'A'..'Z'
    uint32_t serial = 0;  // from 1, never repeated within a day and letter

    auto operator<=>(const TicketNumber&) const = default;
};

// "A001", "A999", "A1000".
std::string to_text(TicketNumber number);

// The inverse of to_text; also takes a lower-case letter and fewer digits, as people type it
// ("a1"). Nothing for any other text.
std::optional<TicketNumber> parse_ticket_number(std::string_view text);

}  // namespace hall::ticketing
