// Nine o'clock of an invented day, and the minutes around it.
#pragma once

#include <cstdint>

namespace hall::ticketing {

inline constexpr int64_t kMinuteMs = 60'000;
inline constexpr int64_t kNine = 1'800'000'000'000;

}  // namespace hall::ticketing
