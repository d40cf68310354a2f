// Words that several panels of the guide's picture share. Used by GuideModel only. Pure.
#pragma once

#include <cstdint>
#include <string>

namespace hall::guide {

// 前面 5 位; 前面没有人
std::string ahead_text(std::uint32_t ahead);

// 约 15–20 分钟; empty when nothing can be said (both 0).
std::string wait_text(std::int64_t low_ms, std::int64_t high_ms);

// Both, people first: 前 5 位·约 15–20 分钟
std::string place_text(std::uint32_t ahead, std::int64_t wait_low_ms, std::int64_t wait_high_ms);

}  // namespace hall::guide
