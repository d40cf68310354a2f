#include "printers/layout/captions.h"

#include "wording/wording.h"

namespace hall::printers::layout {

std::string caption_green_mark() {
    return wording::text("slip.green_mark");
}
std::string caption_green_channel() {
    return wording::text("slip.green_channel");
}
std::string caption_reprint() {
    return wording::text("slip.reprint");
}
std::string caption_services() {
    return wording::text("slip.services");
}
std::string caption_ahead() {
    return wording::text("slip.ahead");
}
std::string caption_people(std::int32_t people) {
    return wording::format("slip.people", {{"count", std::to_string(people)}});
}
std::string caption_nobody_ahead() {
    return wording::text("slip.nobody_ahead");
}
std::string caption_wait() {
    return wording::text("slip.wait");
}
std::string caption_issued() {
    return wording::text("slip.issued");
}
std::string caption_early_waiting() {
    return wording::text("slip.early_waiting");
}

}  // namespace hall::printers::layout
