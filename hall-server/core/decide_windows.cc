// Windows: who is called, and what a clerk does with the ticket at the window.
#include <algorithm>

#include "hall-server/core/decide.h"

namespace hall::core {

using protocol::Event;
using protocol::RefusalCode;
using protocol::TicketState;
using protocol::WindowState;

namespace {

// How far down the line a call looks for people who came earlier: whoever stands further back has
// been passed over as well, and the count says "at least".
constexpr size_t kOvertakenLookedAt = 32;

tl::expected<const state::Window*, protocol::Refusal> named_window(const HallState& hall,
                                                                   uint32_t number) {
    const state::Window* window = hall.find_window(number);
    if (!window) return Refuse(RefusalCode::unknown_window).field(std::to_string(number));
    return window;
}

bool busy(const state::Window& window) {
    return window.state() == WindowState::calling || window.state() == WindowState::serving;
}

// Whom the window must finish with first.
Refuse busy_with(const state::Window& window) {
    return Refuse(RefusalCode::window_busy).window(window.number()).number(window.ticket());
}

// The window and the ticket it serves; what every step of a service starts from.
struct AtWindow {
    const state::Window* window = nullptr;
    const state::Ticket* ticket = nullptr;
};

tl::expected<AtWindow, protocol::Refusal> at_window(const HallState& hall, uint32_t number,
                                                    WindowState::Value state) {
    auto window = named_window(hall, number);
    if (!window) return tl::make_unexpected(window.error());
    if ((*window)->state() != state) {
        RefusalCode::Value code = state == WindowState::calling ? RefusalCode::window_not_calling
                                                                : RefusalCode::window_not_serving;
        return Refuse(code).window(number).number((*window)->ticket());
    }
    return AtWindow{*window, hall.ticket_at(**window)};
}

// The event of a step whose only facts are the ticket and its window.
template <typename Body>
Events step(const AtWindow& at, Body* (Event::*body_of)()) {
    Event event;
    Body* body = (event.*body_of)();
    body->set_number(at.ticket->number());
    body->set_window(at.window->number());
    return {event};
}

// A window that may call somebody now.
std::optional<protocol::Refusal> cannot_call(const Ask& ask, const state::Window& window) {
    const auto& data = ask.hall.data;
    bool extension_over =
        data.phase() == protocol::Phase::extended && ask.now_ms >= data.until_ms();
    if (!serves(data.phase()) || extension_over) return Refuse(RefusalCode::not_open).refusal();
    if (busy(window)) {
        return busy_with(window).refusal();
    }
    if (window.state() != WindowState::idle) {
        return Refuse(RefusalCode::window_not_open).window(window.number()).refusal();
    }
    return std::nullopt;
}

std::string next_for(const HallState& hall, uint32_t window) {
    auto best = hall.queues.best_for(window);
    return best ? hall.ticket(best->ticket).number() : std::string();
}

// Nobody is left; if another window has just taken somebody this one could have served, say who.
Decision nobody(const HallState& hall, const state::Window& window) {
    Refuse refuse(RefusalCode::nobody_eligible);
    const auto& calls = hall.data.calls();
    for (auto call = calls.rbegin(); call != calls.rend(); ++call) {
        auto handle = hall.find_ticket(call->number());
        if (!handle) continue;
        const state::Ticket& ticket = hall.ticket(*handle);
        if (ticket.window() == 0 || ticket.window() == window.number()) continue;
        if (!hall.queues.can_serve(window.number(), need_of(ticket))) continue;
        return refuse.number(ticket.number()).window(ticket.window());
    }
    return refuse.window(0);
}

Event called(const state::Ticket& ticket, uint32_t window, uint32_t count) {
    Event event;
    auto* body = event.mutable_ticket_called();
    body->set_number(ticket.number());
    body->set_window(window);
    body->set_count(count);
    return event;
}

// How many of the first in line at the window came before a ticket that is called.
uint32_t overtaken_by(const HallState& hall, const state::Ticket& ticket, uint32_t window) {
    uint32_t overtaken = 0;
    for (const auto& waiting : hall.queues.first_for(window, kOvertakenLookedAt)) {
        if (hall.ticket(waiting.ticket).entered_at_ms() < ticket.entered_at_ms()) ++overtaken;
    }
    return overtaken;
}

// A window closes: who waits for a service that no other open window serves, and has another one on
// the slip that one does, is served that first.
Events other_services_first(const HallState& hall, uint32_t closing) {
    Events events;
    auto open_elsewhere = [&](ticketing::NeedSignature need, const std::string& service) {
        need.service = service;
        std::vector<uint32_t> open = hall.queues.open_windows_for(need);
        return !open.empty() && open != std::vector<uint32_t>{closing};
    };
    for (const state::Ticket& ticket : hall.data.tickets()) {
        int next = static_cast<int>(ticket.service_index()) + 1;
        if (ticket.state() != TicketState::waiting || next >= ticket.services_size()) continue;
        ticketing::NeedSignature need = need_of(ticket);
        if (!hall.queues.can_serve(closing, need) || open_elsewhere(need, need.service)) continue;
        for (; next < ticket.services_size(); ++next) {
            if (!open_elsewhere(need, ticket.services(next))) continue;
            auto* changed = events.emplace_back().mutable_service_order_changed();
            changed->set_number(ticket.number());
            changed->set_service(ticket.services(next));
            break;
        }
    }
    return events;
}

// The next service of the slip: the first that an open window serves, else simply the next.
std::string next_service_of(const HallState& hall, const state::Ticket& ticket) {
    ticketing::NeedSignature need = need_of(ticket);
    int next = static_cast<int>(ticket.service_index()) + 1;
    for (int i = next; i < ticket.services_size(); ++i) {
        need.service = ticket.services(i);
        if (!hall.queues.open_windows_for(need).empty()) return need.service;
    }
    return ticket.services(next);
}

}  // namespace

Decision decide(const Ask& ask, const protocol::OpenWindow& command) {
    auto window = named_window(ask.hall, command.window());
    if (!window) return tl::make_unexpected(window.error());
    auto state = (*window)->state();
    if (state != WindowState::closed && state != WindowState::paused) {
        return Refuse(RefusalCode::window_already_open).window(command.window());
    }
    Event event;
    event.mutable_window_opened()->set_window(command.window());
    return Events{event};
}

Decision decide(const Ask& ask, const protocol::PauseWindow& command) {
    auto window = named_window(ask.hall, command.window());
    if (!window) return tl::make_unexpected(window.error());
    if (busy(**window)) {
        return busy_with(**window);
    }
    if ((*window)->state() == WindowState::paused) {
        return Refuse(RefusalCode::window_already_paused).window(command.window());
    }
    if ((*window)->state() == WindowState::closed) {
        return Refuse(RefusalCode::window_not_open).window(command.window());
    }
    if (command.reason() == protocol::Reason::unspecified) {
        return Refuse(RefusalCode::reason_missing).window(command.window());
    }
    Event event;
    event.mutable_window_paused()->set_window(command.window());
    event.mutable_window_paused()->set_reason(command.reason());
    Events events = other_services_first(ask.hall, command.window());
    events.insert(events.begin(), event);
    return events;
}

Decision decide(const Ask& ask, const protocol::CloseWindow& command) {
    auto window = named_window(ask.hall, command.window());
    if (!window) return tl::make_unexpected(window.error());
    if (busy(**window)) {
        return busy_with(**window);
    }
    if ((*window)->state() == WindowState::closed) {
        return Refuse(RefusalCode::window_already_closed).window(command.window());
    }
    Event event;
    event.mutable_window_closed()->set_window(command.window());
    Events events;
    // A paused window has sent them elsewhere already.
    if ((*window)->state() == WindowState::idle) {
        events = other_services_first(ask.hall, command.window());
    }
    events.insert(events.begin(), event);
    return events;
}

Decision decide(const Ask& ask, const protocol::ReserveWindow& command) {
    const HallState& hall = ask.hall;
    auto window = named_window(hall, command.window());
    if (!window) return tl::make_unexpected(window.error());
    if (command.credit_ms() < 0 || command.credit_ms() > hall.data.rules().credit_limit_ms()) {
        return Refuse(RefusalCode::value_out_of_range).field(std::to_string(command.credit_ms()));
    }
    if (command.credit_ms() > 0 && !hall.queues.spares(command.window())) {
        return Refuse(RefusalCode::no_unreserved_window).window(command.window());
    }
    Event event;
    event.mutable_window_reserved()->set_window(command.window());
    event.mutable_window_reserved()->set_credit_ms(command.credit_ms());
    return Events{event};
}

Decision decide(const Ask& ask, const protocol::CallNext& command) {
    const HallState& hall = ask.hall;
    auto window = named_window(hall, command.window());
    if (!window) return tl::make_unexpected(window.error());
    if (auto refusal = cannot_call(ask, **window)) return tl::make_unexpected(*refusal);
    if (!command.offered().empty()) {
        auto handle = hall.find_ticket(command.offered());
        if (handle && hall.ticket(*handle).window() != 0) {
            const state::Ticket& lost = hall.ticket(*handle);
            return Refuse(RefusalCode::lost_to_another_window)
                .number(lost.number())
                .window(lost.window())
                .next_number(next_for(hall, command.window()));
        }
    }
    auto best = hall.queues.best_for(command.window());
    if (!best) return nobody(hall, **window);
    const state::Ticket& next = hall.ticket(best->ticket);
    Event event = called(next, command.window(), 1);
    event.mutable_ticket_called()->set_reserved(hall.queues.smallest_for(command.window())->key !=
                                                best->key);
    event.mutable_ticket_called()->set_overtook(overtaken_by(hall, next, command.window()));
    return Events{event};
}

Decision decide(const Ask& ask, const protocol::CallTicket& command) {
    const HallState& hall = ask.hall;
    auto window = named_window(hall, command.window());
    if (!window) return tl::make_unexpected(window.error());
    if (auto refusal = cannot_call(ask, **window)) return tl::make_unexpected(*refusal);
    auto handle = hall.find_ticket(command.number());
    if (!handle) {
        return Refuse(RefusalCode::unknown_ticket).field(command.number());
    }
    const state::Ticket& ticket = hall.ticket(*handle);
    if (ticket.window() != 0) {
        return Refuse(RefusalCode::lost_to_another_window)
            .number(ticket.number())
            .window(ticket.window())
            .next_number(next_for(hall, command.window()));
    }
    if (ticket.state() != TicketState::waiting) {
        return Refuse(RefusalCode::ticket_not_waiting).number(ticket.number());
    }
    if (command.reason() == protocol::Reason::unspecified) {
        return Refuse(RefusalCode::reason_missing).number(ticket.number());
    }
    if (!hall.queues.can_serve(command.window(), need_of(ticket))) {
        return Refuse(RefusalCode::window_cannot_serve)
            .number(ticket.number())
            .window(command.window());
    }
    Event event = called(ticket, command.window(), 1);
    event.mutable_ticket_called()->set_out_of_order(true);
    event.mutable_ticket_called()->set_reason(command.reason());
    return Events{event};
}

int64_t recall_from_ms(const HallState& hall, const state::Ticket& ticket) {
    return ticket.called_at_ms() + hall.data.rules().missed_spacing_ms();
}

int64_t missed_from_ms(const HallState& hall, const state::Ticket& ticket, int64_t now_ms) {
    const auto& rules = hall.data.rules();
    int64_t calls_left = std::max<int64_t>(0, int64_t{rules.missed_calls()} - ticket.calls());
    int64_t from_ms = std::max(ticket.first_called_at_ms() + rules.missed_total_ms(),
                               ticket.called_at_ms() + calls_left * rules.missed_spacing_ms());
    return calls_left == 0 ? from_ms : std::max(from_ms, now_ms + rules.missed_spacing_ms());
}

Decision decide(const Ask& ask, const protocol::Recall& command) {
    auto at = at_window(ask.hall, command.window(), WindowState::calling);
    if (!at) return tl::make_unexpected(at.error());
    int64_t from_ms = recall_from_ms(ask.hall, *at->ticket);
    if (ask.now_ms < from_ms) {
        return Refuse(RefusalCode::too_early_to_recall)
            .number(at->ticket->number())
            .wait_ms(from_ms - ask.now_ms);
    }
    return Events{called(*at->ticket, command.window(), at->ticket->calls() + 1)};
}

Decision decide(const Ask& ask, const protocol::MarkMissed& command) {
    auto at = at_window(ask.hall, command.window(), WindowState::calling);
    if (!at) return tl::make_unexpected(at.error());
    int64_t from_ms = missed_from_ms(ask.hall, *at->ticket, ask.now_ms);
    if (at->ticket->calls() < ask.hall.data.rules().missed_calls() || ask.now_ms < from_ms) {
        return Refuse(RefusalCode::too_early_to_miss)
            .number(at->ticket->number())
            .wait_ms(std::max<int64_t>(0, from_ms - ask.now_ms));
    }
    return step(*at, &Event::mutable_ticket_missed);
}

Decision decide(const Ask& ask, const protocol::StartService& command) {
    auto at = at_window(ask.hall, command.window(), WindowState::calling);
    if (!at) return tl::make_unexpected(at.error());
    return step(*at, &Event::mutable_service_started);
}

Decision decide(const Ask& ask, const protocol::FinishService& command) {
    auto at = at_window(ask.hall, command.window(), WindowState::serving);
    if (!at) return tl::make_unexpected(at.error());
    return step(*at, &Event::mutable_service_finished);
}

Decision decide(const Ask& ask, const protocol::SendOnErrand& command) {
    auto at = at_window(ask.hall, command.window(), WindowState::serving);
    if (!at) return tl::make_unexpected(at.error());
    return step(*at, &Event::mutable_ticket_sent_on_errand);
}

Decision decide(const Ask& ask, const protocol::Transfer& command) {
    auto at = at_window(ask.hall, command.window(), WindowState::serving);
    if (!at) return tl::make_unexpected(at.error());
    if (!ask.hall.find_service(command.service())) {
        return Refuse(RefusalCode::unknown_service).field(command.service());
    }
    // A later service of the slip would be done twice: that is what `next_service` is for.
    const auto& slip = at->ticket->services();
    auto later = slip.begin() + static_cast<int>(at->ticket->service_index()) + 1;
    if (std::find(later, slip.end(), command.service()) != slip.end()) {
        return Refuse(RefusalCode::duplicate_service)
            .number(at->ticket->number())
            .field(command.service());
    }
    ticketing::NeedSignature need = need_of(*at->ticket);
    need.service = command.service();
    need.interpreted = true;
    if (ask.hall.queues.windows_for(need).empty()) {
        return Refuse(RefusalCode::no_window_for_service).field(command.service());
    }
    Event event;
    auto* body = event.mutable_ticket_transferred();
    body->set_number(at->ticket->number());
    body->set_window(command.window());
    body->set_service(command.service());
    return Events{event};
}

Decision decide(const Ask& ask, const protocol::NextService& command) {
    auto at = at_window(ask.hall, command.window(), WindowState::serving);
    if (!at) return tl::make_unexpected(at.error());
    if (static_cast<int>(at->ticket->service_index()) + 1 >= at->ticket->services_size()) {
        return Refuse(RefusalCode::no_next_service).number(at->ticket->number());
    }
    Events events = step(*at, &Event::mutable_next_service_begun);
    events[0].mutable_next_service_begun()->set_service(next_service_of(ask.hall, *at->ticket));
    return events;
}

}  // namespace hall::core
