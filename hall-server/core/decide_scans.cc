// Wristbands and what a scanned code does to a case.
#include <string_view>

#include "hall-server/core/cases.h"
#include "ticketing/ticket_number.h"
#include "wristband/code/code.h"

namespace hall::core {

using protocol::CaseStage;
using protocol::Event;
using protocol::RefusalCode;
using wristband::Reading;

namespace {

// The band that a code belongs to. Refusals never repeat a token: whoever reads them could use it.
tl::expected<const state::Wristband*, protocol::Refusal> named_band(const HallState& hall,
                                                                    const std::string& code) {
    switch (wristband::read_token(hall.data.rules().hall_code(), code)) {
        case Reading::ours:
            if (const state::Wristband* band = find_wristband(hall, code)) return band;
            return Refuse(RefusalCode::unknown_wristband);
        case Reading::other_hall:
            return Refuse(RefusalCode::wristband_other_hall);
        case Reading::misread:
            return Refuse(RefusalCode::wristband_misread);
        case Reading::no_token:
            break;
    }
    return Refuse(RefusalCode::unknown_wristband);
}

size_t bands_of(const HallState& hall, uint64_t id) {
    size_t count = 0;
    for (const state::Wristband& band : hall.data.wristbands()) count += band.case_id() == id;
    return count;
}

}  // namespace

Decision decide(const Ask& ask, const protocol::PrintWristband& command) {
    const HallState& hall = ask.hall;
    if (auto refusal = refuse_unsigned(ask)) return tl::make_unexpected(*refusal);
    if (command.randomness().size() != wristband::kRandomBytes) {
        return Refuse(RefusalCode::malformed_request).field("randomness");
    }
    auto found = open_case(hall, command.case_id());
    if (!found) return tl::make_unexpected(found.error());
    if (!command.printer().empty() && !hall.find_printer(command.printer())) {
        return Refuse(RefusalCode::unknown_printer).field(command.printer());
    }
    if (bands_of(hall, command.case_id()) >= kWristbandsPerCaseMax) {
        return Refuse(RefusalCode::too_many_wristbands).field(std::to_string(command.case_id()));
    }
    const std::string token =
        wristband::make_token(hall.data.rules().hall_code(), command.randomness());
    if (find_wristband(hall, token)) {
        return Refuse(RefusalCode::malformed_request).field("randomness");
    }
    Events events;
    auto* issued = events.emplace_back().mutable_wristband_issued();
    issued->set_case_id(command.case_id());
    issued->set_token(token);
    const std::string& printer =
        command.printer().empty() ? hall.data.rules().band_printer() : command.printer();
    if (printer.empty()) return events;
    if (prints_full(hall)) return Refuse(RefusalCode::too_many_print_jobs);
    events.push_back(case_print_request(hall, command.case_id(), protocol::Paper::band, printer));
    events.back().mutable_print_requested()->set_token(token);
    return events;
}

namespace {

// A ticket's code, "HALL/DATE/NUMBER" or what is left of it without its first parts, as a ticket
// number of find_ticket; nothing when it is none.
std::optional<std::string> ticket_code(const HallState& hall, std::string_view code) {
    const std::string ours = wristband::normalised(hall.data.rules().hall_code()) + "/";
    if (code.substr(0, ours.size()) == ours) code.remove_prefix(ours.size());
    const size_t slash = code.rfind('/');
    const size_t begin = slash == std::string_view::npos ? 0 : slash + 1;
    if (!ticketing::parse_ticket_number(code.substr(begin))) return std::nullopt;
    return std::string(code);
}

// The cases that a scanned code stands for, with the smallest number first.
tl::expected<std::vector<const state::Case*>, protocol::Refusal> scanned_cases(
    const HallState& hall, const std::string& code) {
    std::vector<const state::Case*> cases;
    const bool band =
        wristband::read_token(hall.data.rules().hall_code(), code) != Reading::no_token;
    if (band) {
        auto found = named_band(hall, code);
        if (!found) return tl::make_unexpected(found.error());
        if ((*found)->revoked()) return Refuse(RefusalCode::wristband_revoked);
        auto entry = open_case(hall, (*found)->case_id());
        if (!entry) return tl::make_unexpected(entry.error());
        cases.push_back(*entry);
        return cases;
    }
    const auto number = ticket_code(hall, code);
    if (!number) return Refuse(RefusalCode::wristband_misread);
    auto ticket = named_ticket(hall, *number);
    if (!ticket) return tl::make_unexpected(ticket.error());
    auto found = hall.cases_on.find((*ticket)->number());
    if (found == hall.cases_on.end()) {
        return Refuse(RefusalCode::no_case_on_ticket).number((*ticket)->number());
    }
    for (uint64_t id : found->second) cases.push_back(find_case(hall, id));
    return cases;
}

const protocol::HallRules::Station* find_station(const HallState& hall, const std::string& code) {
    for (const auto& station : hall.data.rules().stations()) {
        if (station.code() == code) return &station;
    }
    return nullptr;
}

// A scanner has no sign-on: who works at the station's window works on the case.
std::string who_scans(const Ask& ask, const protocol::HallRules::Station& station) {
    if (!ask.actor.person.empty() || station.window() == 0) return worker(ask.actor);
    const state::Staff* last = nullptr;
    for (const state::Staff& entry : ask.hall.data.staff()) {
        if (!entry.on_duty()) continue;
        const state::Device* device = ask.hall.find_device(entry.device());
        if (!device || device->window() != station.window()) continue;
        if (!last || entry.since_ms() >= last->since_ms()) last = &entry;
    }
    return last ? last->number() : worker(ask.actor);
}

// Nobody goes through reception again: its station only shows who came back.
Decision moved(const Ask& ask, const state::Case& entry,
               const protocol::HallRules::Station& station) {
    const CaseStage::Value from = stage_of(entry);
    if (station.stage() == CaseStage::unknown || station.stage() == CaseStage::reception) {
        return Events{};
    }
    if (station.stage() == from && under_way(entry)) return Events{};
    StageMove move;
    move.to = station.stage();
    move.reason = protocol::Reason::by_scan;
    move.by = who_scans(ask, station);
    move.station = station.code();
    return move.to < from ? send_back(ask, entry, move) : enter_stage(ask, entry, move);
}

}  // namespace

// All cases of a ticket move that can; the scan is refused when none can.
Decision decide(const Ask& ask, const protocol::ScanCode& command) {
    if (auto refusal = refuse_unsigned(ask)) return tl::make_unexpected(*refusal);
    const protocol::HallRules::Station* station = find_station(ask.hall, command.station());
    if (!station) return Refuse(RefusalCode::unknown_station).field(command.station());
    if (command.code().size() > kTextMax) return Refuse(RefusalCode::text_too_long).field("code");
    auto cases = scanned_cases(ask.hall, wristband::normalised(command.code()));
    if (!cases) return tl::make_unexpected(cases.error());
    Events events;
    std::optional<protocol::Refusal> refusal;
    for (const state::Case* entry : *cases) {
        Decision steps = moved(ask, *entry, *station);
        if (!steps) {
            if (!refusal) refusal = steps.error();
            continue;
        }
        for (Event& step : *steps) events.push_back(std::move(step));
        auto* scanned = events.emplace_back().mutable_code_scanned();
        scanned->set_case_id(entry->id());
        scanned->set_station(station->code());
        scanned->set_window(station->window());
    }
    if (events.empty()) return tl::make_unexpected(*refusal);
    return events;
}

Decision decide(const Ask& ask, const protocol::RevokeWristband& command) {
    if (auto refusal = refuse_unsigned(ask)) return tl::make_unexpected(*refusal);
    if (command.code().size() > kTextMax) return Refuse(RefusalCode::text_too_long).field("code");
    auto found = named_band(ask.hall, wristband::normalised(command.code()));
    if (!found) return tl::make_unexpected(found.error());
    if ((*found)->revoked()) return Refuse(RefusalCode::wristband_revoked);
    Event event;
    event.mutable_wristband_revoked()->set_token((*found)->token());
    return Events{event};
}

}  // namespace hall::core
