#include "ticketing/ticket_number.h"

#include <charconv>

namespace hall::ticketing {

std::string to_text(TicketNumber number) {
    std::string digits = std::to_string(number.serial);
    if (digits.size() < 3) digits.insert(0, 3 - digits.size(), '0');
    return number.letter + digits;
}

std::optional<TicketNumber> parse_ticket_number(std::string_view text) {
    if (text.size() < 2 || text.size() > 10) return std::nullopt;
    char letter = text[0];
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
    if (letter < 'A' || letter > 'Z') return std::nullopt;
    uint32_t serial = 0;
    const char* end = text.data() + text.size();
    auto [stop, error] = std::from_chars(text.data() + 1, end, serial);
    if (error != std::errc() || stop != end || serial == 0) return std::nullopt;
    return TicketNumber{letter, serial};
}

}  // namespace hall::ticketing
