// Tickets from the entrance: issue, early-waiting registration, cancel, step out, return.
#include <algorithm>

#include "hall-server/core/care.h"
#include "hall-server/core/cases.h"
#include "hall-server/core/decide.h"
#include "hall-server/core/forecasting.h"
#include "ticketing/credited_arrival.h"
#include "ticketing/ticket_number.h"

namespace hall::core {

using protocol::Event;
using protocol::Phase;
using protocol::RefusalCode;
using protocol::TicketState;

bool language_known(const HallState& hall, const std::string& tag) {
    auto has = [&](const auto& list) {
        return std::find(list.begin(), list.end(), tag) != list.end();
    };
    for (const auto& window : hall.data.rules().windows()) {
        if (has(window.languages()) || has(window.interprets())) return true;
    }
    return false;
}

std::optional<protocol::Refusal> refuse_proxy(const protocol::HallRules::Service& service,
                                              protocol::Proxy::Value proxy) {
    if (proxy == protocol::Proxy::none) return std::nullopt;
    if (service.proxy() == protocol::Proxy::in_person) {
        return Refuse(RefusalCode::proxy_not_allowed).field(service.code()).refusal();
    }
    if (service.proxy() == protocol::Proxy::letter && proxy != protocol::Proxy::letter) {
        return Refuse(RefusalCode::proxy_letter_needed).field(service.code()).refusal();
    }
    return std::nullopt;
}

namespace {

// Everything that can be wrong with what was asked for, before the hall's state matters.
std::optional<protocol::Refusal> check_services(const HallState& hall,
                                                const protocol::IssueTicket& command) {
    if (command.services().empty()) return Refuse(RefusalCode::no_service_given).refusal();
    if (command.services_size() > static_cast<int>(kServicesPerTicketMax)) {
        return Refuse(RefusalCode::too_many_services).refusal();
    }
    for (int i = 0; i < command.services_size(); ++i) {
        const std::string& code = command.services(i);
        if (code.size() > kTextMax) return Refuse(RefusalCode::text_too_long).refusal();
        if (!hall.find_service(code)) {
            return Refuse(RefusalCode::unknown_service).field(code).refusal();
        }
        if (std::find(command.services().begin(), command.services().begin() + i, code) !=
            command.services().begin() + i) {
            return Refuse(RefusalCode::duplicate_service).field(code).refusal();
        }
        if (auto refusal = refuse_proxy(*hall.find_service(code), command.proxy())) return refusal;
        if (!command.must_speak().empty() && !language_known(hall, command.must_speak())) {
            return Refuse(RefusalCode::unknown_language).field(command.must_speak()).refusal();
        }
        // A language that only an interpreter speaks here is a window's as well: after a while.
        ticketing::NeedSignature need;
        need.service = code;
        need.language = command.must_speak();
        need.step_free = command.step_free();
        need.interpreted = true;
        if (hall.queues.windows_for(need).empty()) {
            return Refuse(RefusalCode::no_window_for_service).field(code).refusal();
        }
    }
    return std::nullopt;
}

std::optional<protocol::Refusal> check_wishes(const HallState& hall,
                                              const protocol::IssueTicket& command) {
    auto too_many = [](const auto& list) { return list.size() > static_cast<int>(kWishesMax); };
    for (const char* field :
         {too_many(command.categories()) ? "categories" : "",
          too_many(command.principal_categories()) ? "principal_categories" : "",
          too_many(command.needs()) ? "needs" : "", too_many(command.prefers()) ? "prefers" : ""}) {
        if (*field) return Refuse(RefusalCode::value_out_of_range).field(field).refusal();
    }
    for (const std::string& code : command.categories()) {
        const auto* category = hall.find_category(code);
        if (!category) {
            return Refuse(RefusalCode::unknown_category).field(code).refusal();
        }
        if (command.by_sight() && !category->by_sight()) {
            return Refuse(RefusalCode::category_not_by_sight).field(code).refusal();
        }
    }
    for (const std::string& code : command.principal_categories()) {
        if (!hall.find_category(code)) {
            return Refuse(RefusalCode::unknown_category).field(code).refusal();
        }
    }
    if (command.proxy() == protocol::Proxy::in_person ||
        !protocol::Proxy::Value_IsValid(command.proxy())) {
        return Refuse(RefusalCode::value_out_of_range).field("proxy").refusal();
    }
    for (int need : command.needs()) {
        if (need == protocol::Need::unknown || !protocol::Need::Value_IsValid(need)) {
            return Refuse(RefusalCode::unknown_need).field(std::to_string(need)).refusal();
        }
    }
    for (const std::string& tag : command.prefers()) {
        if (!language_known(hall, tag)) {
            return Refuse(RefusalCode::unknown_language).field(tag).refusal();
        }
    }
    if (!command.printer().empty() && !hall.find_printer(command.printer())) {
        return Refuse(RefusalCode::unknown_printer).field(command.printer()).refusal();
    }
    if (hall.data.tickets_size() >= static_cast<int>(kTicketsPerDayMax)) {
        return Refuse(RefusalCode::too_many_tickets).refusal();
    }
    return std::nullopt;
}

std::string next_number(const HallState& hall, const std::string& service) {
    const std::string& letter = hall.find_service(service)->letter();
    return ticketing::to_text({letter[0], hall.last_number(letter[0]) + 1});
}

}  // namespace

ticketing::CreditRules credit_rules(const HallState& hall) {
    const auto& rules = hall.data.rules();
    return {rules.credit_limit_ms(), rules.appointment_lead_ms(), rules.appointment_grace_ms()};
}

std::optional<protocol::Refusal> check_ticket(const HallState& hall,
                                              const protocol::IssueTicket& command) {
    if (auto refusal = check_services(hall, command)) return refusal;
    return check_wishes(hall, command);
}

int64_t credit_of(const HallState& hall, const protocol::IssueTicket& command) {
    int64_t credit_ms = 0;
    auto take = [&](const auto& codes) {
        for (const std::string& code : codes) {
            credit_ms = std::max(credit_ms, hall.find_category(code)->credit_ms());
        }
    };
    take(command.categories());
    if (hall.data.rules().proxy_inherits()) take(command.principal_categories());
    return std::min(credit_ms, hall.data.rules().credit_limit_ms());
}

tl::expected<const state::Ticket*, protocol::Refusal> named_ticket(const HallState& hall,
                                                                   const std::string& number) {
    auto handle = hall.find_ticket(number);
    if (!handle) {
        return Refuse(RefusalCode::unknown_ticket).field(number);
    }
    return &hall.ticket(*handle);
}

namespace {

ticketing::NeedSignature issued_need(const protocol::TicketIssued& ticket) {
    ticketing::NeedSignature need;
    need.service = ticket.services(0);
    need.language = ticket.must_speak();
    need.step_free = ticket.step_free();
    return need;
}

// Of several services those come first that an open window serves now; else the order stays.
void open_ones_first(const HallState& hall, const protocol::IssueTicket& command,
                     google::protobuf::RepeatedPtrField<std::string>& services) {
    if (services.size() < 2) return;
    std::stable_partition(services.begin(), services.end(), [&](const std::string& code) {
        ticketing::NeedSignature need;
        need.service = code;
        need.language = command.must_speak();
        need.step_free = command.step_free();
        return !hall.queues.open_windows_for(need).empty();
    });
}

// The person whom a guide registered, when the command names one.
std::optional<protocol::Refusal> check_visitor(const HallState& hall, uint64_t check_in) {
    if (check_in == 0) return std::nullopt;
    const state::CheckIn* found = find_check_in(hall, check_in);
    if (found == nullptr) {
        return Refuse(RefusalCode::unknown_check_in).field(std::to_string(check_in)).refusal();
    }
    if (found->state() != protocol::CheckInState::forgotten) return std::nullopt;
    return Refuse(RefusalCode::check_in_forgotten).field(std::to_string(check_in)).refusal();
}

// What was said is kept with the ticket, so that its coverage can be measured.
void note(const ticketing::Forecast& said, protocol::TicketIssued& issued) {
    if (!said.measured) return;
    issued.set_forecast_ms(said.wait_ms);
    issued.set_forecast_low_ms(said.low_ms);
    issued.set_forecast_high_ms(said.high_ms);
    issued.set_forecast_scale_ms(said.scale_ms);
}

// The escort case that comes back with the ticket; nullptr when none does.
tl::expected<const state::Case*, protocol::Refusal> case_coming_back(
    const HallState& hall, const protocol::IssueTicket& command) {
    if (command.case_id() == 0) return nullptr;
    return open_case(hall, command.case_id());
}

// Whoever names a case and no service comes for the case's.
std::optional<protocol::Refusal> put_on_slip(const state::Case& entry,
                                             protocol::IssueTicket& ticket) {
    if (ticket.services().empty()) ticket.add_services(entry.service());
    const auto& slip = ticket.services();
    if (std::find(slip.begin(), slip.end(), entry.service()) != slip.end()) return std::nullopt;
    return Refuse(RefusalCode::case_other_service).field(entry.service()).refusal();
}

// The ticket itself; phase and seats are the caller's business.
Decision issue(const Ask& ask, const protocol::IssueTicket& asked_for, bool early_waiting,
               bool seat) {
    const HallState& hall = ask.hall;
    auto coming = case_coming_back(hall, asked_for);
    if (!coming) return tl::make_unexpected(coming.error());
    auto entry = check_in(ask, asked_for);
    if (!entry) return tl::make_unexpected(entry.error());
    if (*coming) {
        if (auto refusal = put_on_slip(**coming, entry->ticket)) {
            return tl::make_unexpected(*refusal);
        }
    }
    const protocol::IssueTicket& command = entry->ticket;
    if (auto refusal = check_ticket(hall, command)) return tl::make_unexpected(*refusal);
    if (auto refusal = check_visitor(hall, command.check_in())) {
        return tl::make_unexpected(*refusal);
    }

    Events events;
    auto* issued = events.emplace_back().mutable_ticket_issued();
    *issued->mutable_services() = command.services();
    if (!early_waiting) open_ones_first(hall, command, *issued->mutable_services());
    issued->set_number(next_number(hall, issued->services(0)));
    issued->set_credit_ms(std::max(credit_of(hall, command), entry->credit_ms));
    issued->set_by_sight(command.by_sight() && issued->credit_ms() > 0);
    *issued->mutable_needs() = command.needs();
    *issued->mutable_prefers() = command.prefers();
    issued->set_must_speak(command.must_speak());
    issued->set_step_free(command.step_free());
    issued->set_early_waiting(early_waiting);
    issued->set_seat(seat);
    issued->set_proxy(command.proxy());
    issued->set_appointment(command.appointment());
    issued->set_check_in(command.check_in());
    issued->set_claim(ticketing::best_claim(credit_rules(hall), ask.now_ms, issued->credit_ms(),
                                            entry->slot, entry->kept_ms));
    ticketing::Key key{
        ticketing::credited_arrival(credit_rules(hall), ask.now_ms, issued->credit_ms(),
                                    entry->slot, entry->kept_ms),
        ask.now_ms, hall.data.next_key_serial()};
    issued->set_key_v_ms(key.v_ms);
    issued->set_key_t_ms(key.t_ms);
    issued->set_key_serial(key.serial);
    const ticketing::NeedSignature need = issued_need(*issued);
    issued->set_ahead(hall.queues.ahead(need, key).all);
    if (!early_waiting) {
        ticketing::Forecast said = forecast_for(hall, need, key, issued->ahead(), ask.now_ms);
        if (served_too_late_ms(hall, need, said, ask.now_ms)) {
            return Refuse(RefusalCode::issuing_stopped).field(need.service);
        }
        note(said, *issued);
    }

    if (*coming) {
        auto* attached = events.emplace_back().mutable_case_ticket_attached();
        attached->set_case_id((*coming)->id());
        attached->set_number(events.front().ticket_issued().number());
    }
    const std::string& printer =
        command.printer().empty() ? hall.data.rules().ticket_printer() : command.printer();
    if (!command.no_print() && !printer.empty()) {
        events.push_back(print_request(hall, events.front().ticket_issued().number(), printer));
    }
    return events;
}

}  // namespace

Decision decide(const Ask& ask, const protocol::IssueTicket& command) {
    const auto& data = ask.hall.data;
    bool issuing =
        data.phase() == Phase::open || (data.phase() == Phase::extended && data.by_hand());
    if (!issuing) return Refuse(RefusalCode::not_open);
    return issue(ask, command, false, false);
}

Decision decide(const Ask& ask, const protocol::RegisterEarlyWaiting& command) {
    if (ask.hall.data.phase() != Phase::early_waiting) {
        return Refuse(RefusalCode::not_early_waiting);
    }
    if (command.seat()) {
        uint32_t seats = 0;
        for (const auto& zone : ask.hall.data.rules().zones()) {
            if (zone.early_waiting()) seats += zone.seats();
        }
        // Seats are limited, registrations never: the same command without a seat succeeds.
        if (ask.hall.seats_taken >= seats) return Refuse(RefusalCode::no_seat_free);
    }
    return issue(ask, command.ticket(), true, command.seat());
}

Decision decide(const Ask& ask, const protocol::CancelTicket& command) {
    auto ticket = named_ticket(ask.hall, command.number());
    if (!ticket) return tl::make_unexpected(ticket.error());
    const state::Ticket& found = **ticket;
    if (found.state() == TicketState::called || found.state() == TicketState::serving) {
        return Refuse(RefusalCode::ticket_at_window).number(found.number()).window(found.window());
    }
    if (is_over(found)) return Refuse(RefusalCode::ticket_not_open).number(found.number());
    if (command.reason() == protocol::Reason::unspecified) {
        return Refuse(RefusalCode::reason_missing).number(found.number());
    }
    if (command.reason() == protocol::Reason::our_mistake) return had_to_leave(ask, found);
    Event event;
    event.mutable_ticket_cancelled()->set_number(found.number());
    event.mutable_ticket_cancelled()->set_reason(command.reason());
    return Events{event};
}

Decision decide(const Ask& ask, const protocol::StepOut& command) {
    auto ticket = named_ticket(ask.hall, command.number());
    if (!ticket) return tl::make_unexpected(ticket.error());
    const state::Ticket& found = **ticket;
    if (found.state() != TicketState::waiting) {
        return Refuse(RefusalCode::ticket_not_waiting)
            .number(found.number())
            .window(found.window());
    }
    const auto& rules = ask.hall.data.rules();
    if (found.step_outs() >= rules.step_out_times()) {
        return Refuse(RefusalCode::step_out_used_up).number(found.number());
    }
    Event event;
    event.mutable_ticket_stepped_out()->set_number(found.number());
    event.mutable_ticket_stepped_out()->set_until_ms(ask.now_ms + rules.step_out_ms());
    return Events{event};
}

protocol::Event returned(const HallState& hall, const state::Ticket& ticket, int64_t now_ms) {
    ticketing::Key key = key_of(ticket);
    if (ticket.state() == TicketState::missed) {
        if (now_ms - ticket.away_since_ms() <= hall.data.rules().missed_return_ms()) {
            key = ticketing::key_after_missed(key, hall.queues.third_v_ms(need_of(ticket)), now_ms);
        } else {
            key = {ticketing::credited_arrival(credit_rules(hall), now_ms, ticket.credit_ms()),
                   now_ms, key.serial};
        }
    }
    Event event;
    auto* body = event.mutable_ticket_returned();
    body->set_number(ticket.number());
    body->set_key_v_ms(key.v_ms);
    body->set_key_t_ms(key.t_ms);
    body->set_key_serial(key.serial);
    return event;
}

Decision decide(const Ask& ask, const protocol::ReturnTicket& command) {
    auto ticket = named_ticket(ask.hall, command.number());
    if (!ticket) return tl::make_unexpected(ticket.error());
    if (!is_away(**ticket)) {
        return Refuse(is_over(**ticket) ? RefusalCode::ticket_not_open
                                        : RefusalCode::ticket_not_away)
            .number((*ticket)->number())
            .window((*ticket)->window());
    }
    return Events{returned(ask.hall, **ticket, ask.now_ms)};
}

}  // namespace hall::core
