// Local dates as days since 1970-01-01 and as "YYYY-MM-DD". Internal to hall-server/core; pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hall::core {

// Nothing when the calendar has no such day. May be before 1970.
std::optional<int64_t> day_number(int year, uint32_t month, uint32_t day);
std::string date_text(uint32_t day);
// Nothing for what is no date from the year 1 on. May be before 1970.
std::optional<int64_t> day_of_date(std::string_view text);
// Of exactly "YYYY-MM-DD", from 1970 on.
std::optional<uint32_t> parse_date(std::string_view text);

}  // namespace hall::core
