#include "printers/layout/captions.h"

namespace hall::printers::layout {

std::string caption_green_mark() {
    return "优";
}
std::string caption_green_channel() {
    return "敬老优先";
}
std::string caption_reprint() {
    return "补打";
}
std::string caption_services() {
    return "办理事项";
}
std::string caption_ahead() {
    return "前面还有";
}
std::string caption_people(std::int32_t people) {
    return std::to_string(people) + " 位";
}
std::string caption_nobody_ahead() {
    return "前面没有人";
}
std::string caption_issued() {
    return "取号时间";
}
std::string caption_early_waiting() {
    return "提前等候";
}

}  // namespace hall::printers::layout
