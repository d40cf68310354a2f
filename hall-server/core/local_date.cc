#include "hall-server/core/local_date.h"

#include <chrono>

namespace hall::core {

namespace {

std::string padded(uint32_t number, size_t width) {
    std::string digits = std::to_string(number);
    return std::string(width > digits.size() ? width - digits.size() : 0, '0') + digits;
}

}  // namespace

std::optional<int64_t> day_number(int year, uint32_t month, uint32_t day) {
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                           std::chrono::day(day)};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days(date).time_since_epoch().count();
}

std::string date_text(uint32_t day) {
    const std::chrono::year_month_day date{
        std::chrono::sys_days(std::chrono::days(static_cast<int>(day)))};
    return padded(static_cast<uint32_t>(static_cast<int>(date.year())), 4) + "-" +
           padded(static_cast<unsigned>(date.month()), 2) + "-" +
           padded(static_cast<unsigned>(date.day()), 2);
}

std::optional<int64_t> day_of_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    uint32_t parts[3] = {};
    size_t part = 0;
    for (char c : text) {
        if (c == '-') {
            ++part;
        } else if (c < '0' || c > '9' || part > 2) {
            return std::nullopt;
        } else {
            parts[part] = parts[part] * 10 + static_cast<uint32_t>(c - '0');
        }
    }
    if (part != 2 || parts[0] == 0) return std::nullopt;
    return day_number(static_cast<int>(parts[0]), parts[1], parts[2]);
}

std::optional<uint32_t> parse_date(std::string_view text) {
    const auto day = day_of_date(text);
    if (!day || *day < 0) return std::nullopt;
    return static_cast<uint32_t>(*day);
}

}  // namespace hall::core
