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
std::string caption_notice() {
    return wording::text("notice.title");
}
std::string caption_bring() {
    return wording::text("notice.bring");
}
std::string caption_come_on() {
    return wording::text("notice.come_on");
}
std::string caption_come_any_day() {
    return wording::text("notice.come_any_day");
}
std::string caption_form() {
    return wording::text("paper.form.title");
}
std::string caption_case_number() {
    return wording::text("paper.case");
}
std::string caption_name() {
    return wording::text("paper.form.name");
}
std::string caption_identity() {
    return wording::text("paper.form.identity");
}
std::string caption_phone_number() {
    return wording::text("paper.form.phone");
}
std::string caption_relation() {
    return wording::text("paper.form.relation");
}
std::string caption_proxy() {
    return wording::text("paper.form.proxy");
}
std::string caption_materials() {
    return wording::text("paper.form.materials");
}
std::string caption_declaration() {
    return wording::text("paper.form.declaration");
}
std::string caption_own_wish() {
    return wording::text("paper.form.own_wish");
}
std::string caption_signature() {
    return wording::text("paper.form.signature");
}
std::string caption_proxy_signature() {
    return wording::text("paper.form.proxy_signature");
}
std::string caption_date() {
    return wording::text("paper.form.date");
}
std::string caption_to_bring() {
    return wording::text("paper.guide.bring");
}
std::string caption_nothing_to_bring() {
    return wording::text("paper.guide.bring_nothing");
}
std::string caption_sometimes() {
    return wording::text("paper.guide.sometimes");
}
std::string caption_phone() {
    return wording::text("paper.phone");
}
std::string caption_ask_for_more() {
    return wording::text("paper.guide.ask");
}
std::string caption_not_needed(const std::string& material) {
    return wording::format("paper.guide.not_needed", {{"material", material}});
}
std::string caption_days(std::uint32_t working_days) {
    if (working_days == 0) return wording::text("paper.guide.at_once");
    return wording::format("paper.guide.days", {{"days", std::to_string(working_days)}});
}
std::string caption_windows(const std::string& numbers) {
    return wording::format("paper.guide.windows", {{"windows", numbers}});
}

}  // namespace hall::printers::layout
