// The day: phases by the clock or by a supervisor, and what becomes of tickets when it ends.
#include <algorithm>
#include <set>

#include "hall-server/core/decide.h"

namespace hall::core {

using protocol::Event;
using protocol::Phase;
using protocol::RefusalCode;
using protocol::TicketState;

namespace {

Event phase_changed(Phase::Value phase, bool by_hand, int64_t until_ms = 0) {
    Event event;
    auto* body = event.mutable_phase_changed();
    body->set_phase(phase);
    body->set_by_hand(by_hand);
    body->set_until_ms(until_ms);
    return event;
}

// Midnight came while somebody was still served. Who was only called has not been: he is carried
// over like those who wait.
void end_service(const HallState& hall, Events& events) {
    for (const state::Ticket& ticket : hall.data.tickets()) {
        if (ticket.state() == TicketState::serving) {
            auto* finished = events.emplace_back().mutable_service_finished();
            finished->set_number(ticket.number());
            finished->set_window(ticket.window());
            finished->set_by_day_end(true);
        }
    }
}

bool has_open_tickets(const HallState& hall) {
    return hall.at_windows() > 0 || hall.queues.size() > 0 || !hall.away.empty();
}

// What the clock asks for: the phase that follows the next edge behind `now`.
std::optional<Event> edge_due(const HallState& hall, int64_t now_ms) {
    const auto& plan = hall.data.plan();
    if (!plan.opens() || hall.data.by_hand()) return std::nullopt;
    uint32_t taken = hall.data.edges_taken();
    if (taken < kOpening && now_ms >= plan.closing_at_ms()) {
        return phase_changed(Phase::closed, false);  // nobody was here to open: today is over
    }
    if (taken < kOpening && now_ms >= plan.opening_at_ms()) {
        return phase_changed(Phase::open, false);
    }
    if (taken < kEarlyWaiting && now_ms >= plan.early_waiting_at_ms()) {
        return phase_changed(Phase::early_waiting, false);
    }
    // Whatever edges were taken: a hall that a supervisor closed, opened again and then extended
    // is back under the clock.
    if (now_ms >= plan.closing_at_ms() && hall.data.phase() == Phase::open) {
        if (hall.data.until_ms() > now_ms) {
            return phase_changed(Phase::extended, true, hall.data.until_ms());
        }
        if (has_open_tickets(hall)) {
            return phase_changed(Phase::extended, false, plan.extension_end_at_ms());
        }
        return phase_changed(Phase::closed, false);
    }
    return std::nullopt;
}

bool extension_over(const HallState& hall, int64_t now_ms) {
    return hall.data.phase() == Phase::extended && hall.at_windows() == 0 &&
           (now_ms >= hall.data.until_ms() || (!hall.data.by_hand() && !has_open_tickets(hall)));
}

// When the first of those who need a language that no open window speaks has waited long enough for
// an interpreter or the language line to do; nothing while nobody has.
std::optional<int64_t> language_due_ms(const HallState& hall, const ticketing::NeedSignature& need,
                                       int64_t first_entered_ms) {
    if (!hall.queues.open_windows_for(need).empty()) return std::nullopt;
    ticketing::NeedSignature eased = need;
    eased.interpreted = true;
    if (hall.queues.windows_for(eased).size() == hall.queues.windows_for(need).size()) {
        return std::nullopt;  // no window has an interpreter or the line for it
    }
    return std::max(first_entered_ms, hall.data.first_opened_at_ms()) +
           hall.data.rules().language_wait_ms();
}

Events languages_eased(const HallState& hall, int64_t now_ms) {
    Events events;
    if (!serves(hall.data.phase())) return events;
    for (const auto& [need, tickets] : hall.speakers) {
        for (const auto& [entered_ms, handle] : tickets) {
            auto due_ms = language_due_ms(hall, need, entered_ms);
            if (!due_ms || *due_ms > now_ms) break;
            events.emplace_back().mutable_ticket_language_eased()->set_number(
                hall.ticket(handle).number());
        }
    }
    return events;
}

}  // namespace

Decision decide(const Ask& ask, const protocol::OpenHall&) {
    if (ask.hall.data.plan().date().empty()) return Refuse(RefusalCode::day_not_planned);
    if (serves(ask.hall.data.phase())) return Refuse(RefusalCode::already_open);
    return Events{phase_changed(Phase::open, true)};
}

Decision decide(const Ask& ask, const protocol::CloseHall&) {
    const HallState& hall = ask.hall;
    if (hall.data.phase() == Phase::closed || hall.data.phase() == Phase::unknown) {
        return Refuse(RefusalCode::already_closed);
    }
    if (hall.at_windows() > 0) {
        Refuse refuse(RefusalCode::tickets_at_windows);
        for (const state::Window& window : hall.data.windows()) {
            if (window.ticket().empty()) continue;
            return refuse.number(window.ticket()).window(window.number());
        }
        return refuse;
    }
    Events events;
    end_waiting(ask, Slips::printed, events);
    close_care(ask, events);
    events.push_back(phase_changed(Phase::closed, true));
    return events;
}

Decision decide(const Ask& ask, const protocol::ExtendHall& command) {
    const auto& data = ask.hall.data;
    if (!serves(data.phase())) return Refuse(RefusalCode::not_open);
    if (command.until_ms() <= ask.now_ms) return Refuse(RefusalCode::until_in_the_past);
    const auto& plan = data.plan();
    // Only a hall that was opened by hand, or extended from there, may stay later than its plan
    // says; an extension by hand is no such opening.
    bool beyond_plan = !plan.opens() || (data.by_hand() && data.phase() == Phase::open) ||
                       data.until_ms() > plan.extension_end_at_ms();
    int64_t latest = beyond_plan ? plan.midnight_at_ms() : plan.extension_end_at_ms();
    if (command.until_ms() > latest) {
        return Refuse(RefusalCode::until_too_late).wait_ms(command.until_ms() - latest);
    }
    // Before closing time the hall is simply open; the extension begins when it would have closed.
    bool now_extended =
        data.phase() == Phase::extended || !plan.opens() || ask.now_ms >= plan.closing_at_ms();
    if (!now_extended && command.until_ms() <= plan.closing_at_ms()) {
        return Refuse(RefusalCode::value_out_of_range).field(std::to_string(command.until_ms()));
    }
    return Events{phase_changed(now_extended ? Phase::extended : Phase::open, now_extended,
                                command.until_ms())};
}

Decision decide(const Ask& ask, const protocol::StartEarlyWaiting&) {
    const auto& data = ask.hall.data;
    if (data.plan().date().empty()) return Refuse(RefusalCode::day_not_planned);
    if (data.phase() != Phase::closed || data.edges_taken() >= kOpening) {
        return Refuse(RefusalCode::early_waiting_over);
    }
    return Events{phase_changed(Phase::early_waiting, false)};
}

Decision decide(const Ask& ask, const protocol::InstallRules& command) {
    // Open tickets and busy windows must keep what they stand on: every service on the slip, and
    // for what is still to be done a window that can do it.
    ticketing::WaitingQueues after;
    for (const auto& rule : command.rules().windows()) {
        after.set_ability(rule.number(), ability_of(rule));
    }
    std::set<ticketing::NeedSignature> served;  // found before: tickets share their needs
    auto has_service = [&](const std::string& code) {
        for (const auto& service : command.rules().services()) {
            if (service.code() == code) return true;
        }
        return false;
    };
    for (const state::Ticket& ticket : ask.hall.data.tickets()) {
        if (is_over(ticket)) continue;
        for (int i = 0; i < ticket.services_size(); ++i) {
            const std::string& code = ticket.services(i);
            ticketing::NeedSignature need{code, ticket.must_speak(), ticket.step_free()};
            need.interpreted = true;  // an interpreter may do, now or after a while
            if (served.count(need) > 0) continue;
            bool to_do = i >= static_cast<int>(ticket.service_index());
            if (!has_service(code) || (to_do && after.windows_for(need).empty())) {
                return Refuse(RefusalCode::rules_strand_tickets)
                    .number(ticket.number())
                    .field(code);
            }
            if (to_do) served.insert(std::move(need));
        }
    }
    for (const state::Window& window : ask.hall.data.windows()) {
        if (window.ticket().empty()) continue;
        bool kept = false;
        for (const auto& rule : command.rules().windows()) kept |= rule.number() == window.number();
        if (!kept) {
            return Refuse(RefusalCode::rules_strand_tickets)
                .number(window.ticket())
                .window(window.number());
        }
    }
    for (const state::Case& entry : ask.hall.data.cases()) {
        if (entry.closed() || has_service(entry.service())) continue;
        return Refuse(RefusalCode::rules_strand_tickets).field(entry.service());
    }
    // A group that takes the letter of today's paper slips would give their numbers again.
    for (const auto& service : command.rules().services()) {
        bool paper = service.letter() == std::string(1, kPaperLetter) &&
                     ask.hall.last_number(kPaperLetter) == 0 &&
                     !ask.hall.by_number[kPaperLetter - 'A'].empty();
        if (paper) return Refuse(RefusalCode::rules_strand_tickets).field(service.code());
    }
    Event event;
    *event.mutable_rules_installed()->mutable_rules() = command.rules();
    return Events{event};
}

Decision decide(const Ask& ask, const protocol::PlanDay& command) {
    const HallState& hall = ask.hall;
    Events events;
    if (!hall.data.plan().date().empty() && hall.data.plan().day() != command.plan().day()) {
        end_service(hall, events);
        // Nobody is there any more to take a slip.
        end_waiting(ask, Slips::none, events);
        lapse_appointments(ask, command.plan().date(), events);
        end_care_day(ask, command.plan(), events);
        events.emplace_back().mutable_day_ended();
    }
    *events.emplace_back().mutable_day_planned()->mutable_plan() = command.plan();
    return events;
}

Decision decide(const Ask& ask, const protocol::Tick&) {
    const HallState& hall = ask.hall;
    std::optional<Event> edge = edge_due(hall, ask.now_ms);
    if (!edge && extension_over(hall, ask.now_ms)) edge = phase_changed(Phase::closed, false);
    if (edge) {
        Events events;
        if (edge->phase_changed().phase() == Phase::closed) {
            end_waiting(ask, Slips::printed, events);
            close_care(ask, events);
        }
        events.push_back(*edge);
        return events;
    }
    Events events = lapsed_claims(hall, ask.now_ms);
    for (Event& eased : languages_eased(hall, ask.now_ms)) events.push_back(std::move(eased));
    for (Event& lapsed : case_deadlines(ask)) events.push_back(std::move(lapsed));
    for (Event& escalated : care_deadlines(ask)) events.push_back(std::move(escalated));
    for (const auto& [until_ms, handle] : hall.step_outs) {
        if (until_ms > ask.now_ms) break;
        events.push_back(returned(hall, hall.ticket(handle), ask.now_ms));
    }
    return events;
}

Decision decide(const Ask&, const protocol::NoteClockStep& command) {
    Event event;
    event.mutable_clock_stepped()->set_step_ms(command.step_ms());
    return Events{event};
}

std::optional<int64_t> next_tick_ms(const HallState& hall) {
    const auto& plan = hall.data.plan();
    if (plan.date().empty()) return std::nullopt;
    int64_t next = plan.midnight_at_ms();
    auto sooner = [&next](int64_t at_ms) { next = std::min(next, at_ms); };
    if (plan.opens() && !hall.data.by_hand()) {
        if (hall.data.edges_taken() < kEarlyWaiting) sooner(plan.early_waiting_at_ms());
        if (hall.data.edges_taken() < kOpening) sooner(plan.opening_at_ms());
    }
    if (plan.opens() && !hall.data.by_hand() && hall.data.phase() == Phase::open) {
        sooner(plan.closing_at_ms());
    }
    if (hall.data.phase() == Phase::extended && hall.at_windows() == 0) {
        sooner(!hall.data.by_hand() && !has_open_tickets(hall) ? hall.data.last_at_ms()
                                                               : hall.data.until_ms());
    }
    if (serves(hall.data.phase())) {
        for (const auto& [need, tickets] : hall.speakers) {
            if (auto due_ms = language_due_ms(hall, need, tickets.begin()->first)) sooner(*due_ms);
        }
    }
    if (auto due_ms = next_case_deadline_ms(hall)) sooner(*due_ms);
    if (auto due_ms = next_care_deadline_ms(hall)) sooner(*due_ms);
    if (!hall.claim_deadlines.empty()) sooner(hall.claim_deadlines.begin()->first);
    if (!hall.step_outs.empty()) sooner(hall.step_outs.begin()->first);
    return std::max(next, hall.data.last_at_ms());
}

}  // namespace hall::core
