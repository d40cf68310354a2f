#include <cstdint>
#include <set>
#include <string>

#include "config/hall_file.h"

namespace hall::config {
namespace {

constexpr std::int64_t kSecondMs = 1'000;
constexpr std::int64_t kMinuteMs = 60 * kSecondMs;

protocol::Proxy::Value proxy_rule(ProxyRule rule) {
    switch (rule) {
        case ProxyRule::free:
            return protocol::Proxy::free;
        case ProxyRule::letter:
            return protocol::Proxy::letter;
        case ProxyRule::in_person:
            return protocol::Proxy::in_person;
    }
    return protocol::Proxy::free;
}

void set_numbers(const HallFile& file, protocol::HallRules& rules) {
    const Priority& priority = file.priority;
    rules.set_credit_limit_ms(priority.credit_limit_min * kMinuteMs);
    rules.set_missed_calls(static_cast<std::uint32_t>(priority.missed_calls));
    rules.set_missed_spacing_ms(priority.missed_spacing_s * kSecondMs);
    rules.set_missed_total_ms(priority.missed_total_s * kSecondMs);
    rules.set_missed_return_ms(priority.missed_return_min * kMinuteMs);
    rules.set_step_out_ms(priority.step_out_min * kMinuteMs);
    rules.set_step_out_times(static_cast<std::uint32_t>(priority.step_out_times));
    rules.set_proxy_inherits(priority.proxy_inherits);
    rules.set_language_wait_ms(priority.language_wait_min * kMinuteMs);
    rules.set_target_wait_ms(priority.target_wait_min * kMinuteMs);
    rules.set_appointment_lead_ms(file.appointments.head_start_min * kMinuteMs);
    rules.set_appointment_grace_ms(file.appointments.grace_min * kMinuteMs);
    rules.set_closing_offer_ms(file.hall.closing_offer_min * kMinuteMs);
    if (file.appointments.present) {
        rules.set_slot_ms(file.appointments.slot_min * kMinuteMs);
        rules.set_slot_places(static_cast<std::uint32_t>(file.appointments.per_slot));
        rules.set_days_ahead(static_cast<std::uint32_t>(file.appointments.days_ahead));
    }
}

void add_windows(const HallFile& file, protocol::HallRules& rules) {
    for (const Window& window : file.windows) {
        auto& out = *rules.add_windows();
        out.set_number(static_cast<std::uint32_t>(window.number));
        out.mutable_services()->Assign(window.services.begin(), window.services.end());
        out.mutable_languages()->Assign(window.languages.begin(), window.languages.end());
        out.set_low_desk(window.low_desk);
        out.set_step_free(window.step_free);
        out.set_zone(window.zone);
        out.set_reserved_credit_ms(window.reserved_credit_min * kMinuteMs);
        // The telephone of the language line is at every window.
        std::set<std::string> interprets(window.interprets.begin(), window.interprets.end());
        interprets.insert(file.hall.language_line.begin(), file.hall.language_line.end());
        out.mutable_interprets()->Assign(interprets.begin(), interprets.end());
    }
}

void add_places(const HallFile& file, protocol::HallRules& rules) {
    for (const Zone& zone : file.zones) {
        auto& out = *rules.add_zones();
        out.set_code(zone.code);
        out.set_name(zone.name);
        // Of the early-waiting area only its priority seats are given out; its capacity limits
        // nobody.
        const bool early = file.early_waiting.present && zone.code == file.early_waiting.zone;
        const int seats = early ? file.early_waiting.seats : zone.capacity;
        out.set_seats(static_cast<std::uint32_t>(seats));
        out.set_early_waiting(early);
    }
    for (const Printer& printer : file.printers) {
        auto& out = *rules.add_printers();
        out.set_name(printer.name);
        out.set_zone(printer.zone);
        out.set_fallback(printer.fallback);
    }
}

}  // namespace

protocol::HallRules rules(const HallFile& file) {
    protocol::HallRules out;
    out.set_hall_code(file.hall.code);
    out.set_hall_name(file.hall.name);
    out.set_ticket_printer(file.hall.ticket_printer);
    for (const Group& group : file.groups) {
        auto& added = *out.add_groups();
        added.set_letter(group.letter);
        added.set_name(group.name);
    }
    for (const Service& service : file.services) {
        auto& added = *out.add_services();
        added.set_code(service.code);
        added.set_letter(service.letter);
        added.set_name(service.name);
        added.set_short_name(service.short_name);
        added.set_expected_ms(service.expected_min * kMinuteMs);
        added.set_proxy(proxy_rule(service.proxy));
    }
    for (const Category& category : file.categories) {
        auto& added = *out.add_categories();
        added.set_code(category.code);
        added.set_name(category.name);
        added.set_credit_ms(category.credit_min * kMinuteMs);
        added.set_by_sight(category.by_sight);
    }
    add_windows(file, out);
    add_places(file, out);
    set_numbers(file, out);
    return out;
}

}  // namespace hall::config
