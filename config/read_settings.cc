// The sections that are there once: [emergency] to [network].
#include <fmt/format.h>

#include <cmath>

#include "config/forms.h"
#include "config/reader.h"

namespace hall::config {
namespace {

constexpr int kPortMax = 65'533;  // the views take the next two

const std::vector<std::string> kEntryCheckModes = {"off", "basic", "temperature"};

}  // namespace

void Reader::emergency(Section& section) {
    Emergency& emergency = file_.emergency;
    emergency.acknowledge_s = section.integer("acknowledge_s", {5, 600}, emergency.acknowledge_s);
    emergency.training_days = section.integer("training_days", {1, 3'650}, emergency.training_days);
    for (auto& step : section.texts("steps", kEmergencyStepsMax, kRequired)) {
        emergency.steps.push_back(std::move(step.value));
    }
    if (section.has("steps") && emergency.steps.empty()) {
        report_.add(section.at("steps"), "an emergency plan has at least one step");
    }
}

void Reader::voice(Section& section) {
    file_.voice.enabled = section.flag("enabled", true);
    const std::string packs = section.text("packs", kOptional);
    if (!packs.empty()) file_.voice.packs = packs;
}

void Reader::retention(Section& section) {
    Retention& keep = file_.retention;
    const Range<int> days{1, 3'650};
    keep.check_in_days = section.integer("check_in_days", days, keep.check_in_days);
    keep.case_days = section.integer("case_days", days, keep.case_days);
    keep.emergency_days = section.integer("emergency_days", days, keep.emergency_days);
    keep.note_days = section.integer("note_days", days, keep.note_days);
}

void Reader::entry_check(Section& section) {
    EntryCheck& check = file_.entry_check;
    check.mode = static_cast<EntryCheckMode>(
        section.choice("mode", kEntryCheckModes, kRequired).value_or(0));
    if (const auto limit = section.decimal("limit_c", {35, 42}, kOptional)) {
        check.limit_tenths_c = static_cast<int>(std::lround(*limit * 10));
    }
}

void Reader::early_waiting(Section& section) {
    EarlyWaiting& early = file_.early_waiting;
    early.present = true;
    early.start_min = section.time_of_day("start", kRequired).value_or(0);
    early.seats = section.integer("seats", {0, 10'000}, 0);
    const Located<std::string> zone{section.text("zone", kRequired), section.at("zone")};
    const Place seats_at = section.at("seats");
    refer(zones_, zone, [this, zone, seats_at](const std::string& code) {
        file_.early_waiting.zone = code;
        for (const Zone& known : file_.zones) {
            if (known.code != code) continue;
            if (known.kind != ZoneKind::early_waiting) {
                report_.add(zone.at, fmt::format("zone \"{}\" is not of kind early_waiting", code));
            } else if (known.capacity > 0 && file_.early_waiting.seats > known.capacity) {
                report_.add(seats_at, fmt::format("{} priority seats do not fit zone \"{}\" of {}",
                                                  file_.early_waiting.seats, code, known.capacity));
            }
        }
    });
}

void Reader::appointments(Section& section) {
    Appointments& book = file_.appointments;
    book.present = true;
    book.slot_min = section.integer("slot_min", {5, 240}, book.slot_min);
    book.per_slot = section.integer("per_slot", {1, 1'000}, book.per_slot);
    book.days_ahead = section.integer("days_ahead", {1, 365}, book.days_ahead);
    book.head_start_min =
        section.integer("head_start_min", {0, kCreditMinMax}, book.head_start_min);
    book.grace_min = section.integer("grace_min", {0, 240}, book.grace_min);
}

void Reader::priority(Section& section) {
    Priority& rule = file_.priority;
    rule.credit_limit_min =
        section.integer("credit_limit_min", {0, kCreditMinMax}, rule.credit_limit_min);
    rule.proxy_inherits = section.flag("proxy_inherits", rule.proxy_inherits);
    rule.missed_calls = section.integer("missed_calls", {1, 20}, rule.missed_calls);
    rule.missed_spacing_s = section.integer("missed_spacing_s", {0, 600}, rule.missed_spacing_s);
    rule.missed_total_s = section.integer("missed_total_s", {0, 3'600}, rule.missed_total_s);
    rule.missed_return_min = section.integer("missed_return_min", {0, 480}, rule.missed_return_min);
    rule.step_out_min = section.integer("step_out_min", {1, 240}, rule.step_out_min);
    rule.step_out_times = section.integer("step_out_times", {0, 20}, rule.step_out_times);
    rule.language_wait_min = section.integer("language_wait_min", {0, 240}, rule.language_wait_min);
    rule.target_wait_min = section.integer("target_wait_min", {0, 480}, rule.target_wait_min);
}

void Reader::network(Section& section) {
    Network& network = file_.network;
    const std::string bind = section.text("bind", kOptional);
    if (!bind.empty()) network.bind = bind;
    if (!is_ip_address(network.bind)) {
        report_.add(section.at("bind"),
                    fmt::format("\"{}\" is not an address to listen on: write a "
                                "number such as 127.0.0.1 or 0.0.0.0",
                                network.bind));
    }
    network.port = section.integer("port", {1, kPortMax}, network.port);
}

}  // namespace hall::config
