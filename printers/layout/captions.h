// The words that every slip carries, in the language of the hall.
#pragma once

#include <cstdint>
#include <string>

namespace hall::printers::layout {

std::string caption_green_mark();                 // 优, inside the disc
std::string caption_green_channel();              // 敬老优先
std::string caption_reprint();                    // 补打
std::string caption_services();                   // 办理事项
std::string caption_ahead();                      // 前面还有
std::string caption_people(std::int32_t people);  // 12 位
std::string caption_nobody_ahead();               // 前面无人
std::string caption_wait();                       // 预计等候
std::string caption_issued();                     // 取号时间
std::string caption_early_waiting();              // 提前等候

}  // namespace hall::printers::layout
