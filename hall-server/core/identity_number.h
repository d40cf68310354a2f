// Identity numbers (GB 11643-1999 with 18 characters, GB 11643-1989 with 15 digits): which texts
// are one, and the form in which two are compared. Pure, no thread rule; the core checks with it,
// and whoever looks a person up normalises with it.
//
//   18 = area(6) birth(8, YYYYMMDD) sequence(3) check        ISO 7064 MOD 11-2, X = 10
//   15 = area(6) birth(6, of 19YY)  sequence(3)
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hall::core {

// Nobody is older than that.
inline constexpr uint32_t kAgeMaxYears = 150;

// Narrow digits and letters in upper case, without white space of any kind, as scanners, readers of
// cards and people send them. What is no UTF-8 becomes empty.
std::string narrow_identity(std::string_view text);

// All 18 characters of the number in `text`, however it was written; nothing when it is none: the
// length, a sign that does not belong, an area that never had a code, a day that does not exist or
// is after `today` (days since 1970-01-01), an age beyond kAgeMaxYears, the check character.
std::optional<std::string> identity_number(std::string_view text, uint32_t today);

}  // namespace hall::core
