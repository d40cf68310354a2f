#include <fmt/format.h>

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

protocol::Handling::Value handling(Handling value) {
    switch (value) {
        case Handling::here:
            return protocol::Handling::here;
        case Handling::region_wide:
            return protocol::Handling::region_wide;
        case Handling::online:
            return protocol::Handling::online;
        case Handling::collect_for_other:
            return protocol::Handling::collect_for_other;
        case Handling::joint:
            return protocol::Handling::joint;
    }
    return protocol::Handling::here;
}

protocol::FacilityKind::Value facility_kind(FacilityKind kind) {
    switch (kind) {
        case FacilityKind::lent:
            return protocol::FacilityKind::lent;
        case FacilityKind::consumable:
            return protocol::FacilityKind::consumable;
        case FacilityKind::seat:
            return protocol::FacilityKind::seat;
    }
    return protocol::FacilityKind::lent;
}

protocol::EntryCheck::Mode entry_check_mode(EntryCheckMode mode) {
    switch (mode) {
        case EntryCheckMode::off:
            return protocol::EntryCheck::off;
        case EntryCheckMode::basic:
            return protocol::EntryCheck::basic;
        case EntryCheckMode::temperature:
            return protocol::EntryCheck::temperature;
    }
    return protocol::EntryCheck::off;
}

void add_service(const Service& service, protocol::HallRules& rules) {
    auto& added = *rules.add_services();
    added.set_code(service.code);
    added.set_letter(service.letter);
    added.set_name(service.name);
    added.set_short_name(service.short_name);
    added.set_expected_ms(service.expected_min * kMinuteMs);
    added.set_proxy(proxy_rule(service.proxy));
    added.set_legal_days(static_cast<std::uint32_t>(service.legal_days));
    added.set_promised_days(static_cast<std::uint32_t>(service.promised_days));
    added.set_handling(handling(service.handling));
    added.set_asks_own_wish(service.asks_own_wish);
    added.set_legal_basis(service.legal_basis);
    added.set_guide(fmt::format("{}", fmt::join(service.guide, "\n")));
    for (const Material& material : service.materials) {
        auto& out = *added.add_materials();
        out.set_code(material.code);
        out.set_name(material.name);
        out.set_legal_basis(material.legal_basis);
        out.set_proved_by_data(material.proved_by_data);
        out.set_conditional(material.conditional);
        out.set_note(material.note);
    }
}

// What is there for people besides windows, and how long what is written about them is kept.
void add_care(const HallFile& file, protocol::HallRules& rules) {
    for (const Facility& facility : file.facilities) {
        auto& out = *rules.add_facilities();
        out.set_code(facility.code);
        out.set_name(facility.name);
        out.set_kind(facility_kind(facility.kind));
        out.set_count(static_cast<std::uint32_t>(facility.count));
        out.set_zone(facility.zone);
    }
    for (const Station& station : file.stations) {
        auto& out = *rules.add_stations();
        out.set_code(station.code);
        out.set_name(station.name);
        out.set_stage(station.stage);
        out.set_window(static_cast<std::uint32_t>(station.window));
    }
    rules.set_entry_check(entry_check_mode(file.entry_check.mode));
    rules.set_temperature_limit_tenths(static_cast<std::uint32_t>(file.entry_check.limit_tenths_c));
    rules.set_emergency_ack_ms(file.emergency.acknowledge_s * kSecondMs);
    rules.mutable_emergency_steps()->Assign(file.emergency.steps.begin(),
                                            file.emergency.steps.end());
    rules.set_training_days(static_cast<std::uint32_t>(file.emergency.training_days));
    const auto keep = [&](protocol::VaultKind::Value kind, int days) {
        auto& out = *rules.add_retention();
        out.set_kind(kind);
        out.set_days(static_cast<std::uint32_t>(days));
    };
    // No row for temperatures (they go at closing) and for the staff (as long as they are there).
    keep(protocol::VaultKind::check_in, file.retention.check_in_days);
    keep(protocol::VaultKind::case_file, file.retention.case_days);
    keep(protocol::VaultKind::emergency, file.retention.emergency_days);
    keep(protocol::VaultKind::note, file.retention.note_days);
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
    out.set_band_printer(file.hall.band_printer);
    for (const Group& group : file.groups) {
        auto& added = *out.add_groups();
        added.set_letter(group.letter);
        added.set_name(group.name);
    }
    for (const Service& service : file.services) add_service(service, out);
    for (const Category& category : file.categories) {
        auto& added = *out.add_categories();
        added.set_code(category.code);
        added.set_name(category.name);
        added.set_credit_ms(category.credit_min * kMinuteMs);
        added.set_by_sight(category.by_sight);
    }
    add_windows(file, out);
    add_places(file, out);
    add_care(file, out);
    set_numbers(file, out);
    return out;
}

}  // namespace hall::config
