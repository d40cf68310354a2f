#include "hall-server/core/view_rows.h"

#include <algorithm>

#include "hall-server/core/care.h"
#include "hall-server/core/decide.h"
#include "hall-server/core/forecasting.h"
#include "ticketing/credited_arrival.h"

namespace hall::core {

using protocol::PrintState;
using protocol::TicketState;

void refuse(protocol::Reply& reply, const Refuse& refusal) {
    *reply.mutable_refusal() = refusal.refusal();
}

void fill_head(const HallState& hall, int64_t now_ms, protocol::ViewHead& head) {
    head.set_seq(hall.data.seq());
    head.set_server_time_ms(now_ms);
    head.set_utc_offset_s(hall.data.plan().utc_offset_s());
    head.set_date(hall.data.plan().date());
    head.set_hall_name(hall.data.rules().hall_name());
    head.set_phase(hall.data.phase());
}

std::string service_name(const HallState& hall, const state::Ticket& ticket) {
    const std::string& code = ticket.services(static_cast<int>(ticket.service_index()));
    const auto* service = hall.find_service(code);
    return service ? service->name() : code;
}

// A row of a list has room for a few characters.
std::string short_service_name(const HallState& hall, const state::Ticket& ticket) {
    const std::string& code = ticket.services(static_cast<int>(ticket.service_index()));
    const auto* service = hall.find_service(code);
    if (!service) return code;
    return service->short_name().empty() ? service->name() : service->short_name();
}

namespace {

void fill_place(const HallState& hall, const state::Ticket& from, int64_t now_ms,
                protocol::Ticket& to);

// What was asked for at issue; and who was measured too warm does not come to a window.
void fill_needs(const HallState& hall, const state::Ticket& from,
                google::protobuf::RepeatedField<int>& to) {
    to = from.needs();
    const state::CheckIn* entry = find_check_in(hall, from.check_in());
    if (entry == nullptr) return;
    const bool too_warm = entry->state() == protocol::CheckInState::resting ||
                          entry->state() == protocol::CheckInState::at_seat;
    if (too_warm && std::find(to.begin(), to.end(), protocol::Need::at_seat) == to.end()) {
        to.Add(protocol::Need::at_seat);
    }
}

}  // namespace

void fill_ticket(const HallState& hall, const state::Ticket& from, int64_t now_ms,
                 protocol::Ticket& to) {
    to.set_number(from.number());
    to.set_day(hall.data.plan().date());
    to.set_state(from.state());
    *to.mutable_services() = from.services();
    to.set_service_index(from.service_index());
    to.set_service_name(service_name(hall, from));
    to.set_green(is_green(from));
    to.set_credit_ms(from.credit_ms());
    to.set_entered_at_ms(from.entered_at_ms());
    int64_t until_ms = from.first_wait_ended_at_ms();
    if (until_ms == 0) until_ms = is_over(from) ? from.finished_at_ms() : now_ms;
    to.set_waited_ms(std::max<int64_t>(0, until_ms - from.entered_at_ms()));
    to.set_window(from.window());
    to.set_calls(from.calls());
    to.set_called_at_ms(from.called_at_ms());
    to.set_started_at_ms(from.started_at_ms());
    to.set_finished_at_ms(from.finished_at_ms());
    to.set_stepped_out_until_ms(from.stepped_out_until_ms());
    fill_needs(hall, from, *to.mutable_needs());
    *to.mutable_prefers() = from.prefers();
    to.set_must_speak(from.must_speak());
    to.set_step_free(from.step_free());
    to.set_early_waiting(from.early_waiting());
    to.set_seat(from.seat());
    to.set_print_job(from.print_job());
    if (const state::Print* print = hall.find_print(from.print_job())) {
        to.set_print_state(print->state());
    }
    to.set_language_eased(from.language_eased());
    to.set_claim(from.claim());
    to.set_appointment(from.appointment());
    to.set_appointment_late(from.appointment_late());
    to.set_proxy(from.proxy());
    to.set_paper(from.paper());
    to.set_closing_choice(from.closing_choice());
    for (const std::string& code : from.services()) {
        const auto* service = hall.find_service(code);
        to.add_service_names(service ? service->name() : code);
    }
    if (in_queue(from)) fill_place(hall, from, now_ms, to);
}

namespace {

// Where it stands and for how long. A signature is looked up a few times: O(G log n).
void fill_place(const HallState& hall, const state::Ticket& from, int64_t now_ms,
                protocol::Ticket& to) {
    const ticketing::NeedSignature need = need_of(from);
    ticketing::Ahead ahead = hall.queues.ahead(need, key_of(from));
    to.set_ahead(ahead.all);
    ShownWait wait = shown_wait(hall, forecast_for(hall, need, key_of(from), ahead.all, now_ms));
    to.set_wait_low_ms(wait.low_ms);
    to.set_wait_high_ms(wait.high_ms);
    to.set_no_window_open(serves(hall.data.phase()) && hall.queues.open_windows_for(need).empty());
    to.set_ahead_green(ahead.green);
    to.set_locked_after_ms(
        ticketing::locked_after_ms({hall.data.rules().credit_limit_ms(), 0, 0}, key_of(from)));
}

}  // namespace

void answer_place(const HallState& hall, const protocol::PlaceQuery& query, int64_t now_ms,
                  protocol::Reply& reply) {
    auto handle = hall.find_ticket(query.number());
    if (!handle) {
        return refuse(reply, Refuse(protocol::RefusalCode::unknown_ticket).field(query.number()));
    }
    protocol::Ticket whole;
    fill_ticket(hall, hall.ticket(*handle), now_ms, whole);
    protocol::Place& place = *reply.mutable_place();
    place.set_number(whole.number());
    place.set_state(whole.state());
    place.set_window(whole.window());
    place.set_ahead(whole.ahead());
    place.set_ahead_green(whole.ahead_green());
    place.set_locked_after_ms(whole.locked_after_ms());
    place.set_wait_low_ms(whole.wait_low_ms());
    place.set_wait_high_ms(whole.wait_high_ms());
    place.set_no_window_open(whole.no_window_open());
}

void fill_keys(const HallState& hall, const state::Ticket& from, protocol::Ticket& to) {
    to.set_key_v_ms(from.key_v_ms());
    to.set_key_t_ms(from.key_t_ms());
    to.set_key_serial(from.key_serial());
    if (!in_queue(from)) return;
    for (const auto& ahead : hall.queues.first_ahead(need_of(from), key_of(from), kStaffRowsMax)) {
        const state::Ticket& other = hall.ticket(ahead.ticket);
        auto* row = to.add_ahead_tickets();
        row->set_number(other.number());
        row->set_credit_ms(other.credit_ms());
        row->set_claim(other.claim());
        row->set_key_v_ms(other.key_v_ms());
    }
}

void fill_row(const HallState& hall, const state::Ticket& from, protocol::WaitingRow& to) {
    to.set_number(from.number());
    to.set_green(is_green(from));
    to.set_service_name(short_service_name(hall, from));
    to.set_entered_at_ms(from.entered_at_ms());
    to.set_credit_ms(from.credit_ms());
    to.set_state(from.state());
    fill_needs(hall, from, *to.mutable_needs());
    to.set_must_speak(from.must_speak());
    to.set_claim(from.claim());
    to.set_closing_choice(from.closing_choice());
}

namespace {

// An idle window shows the ticket that it is asked to call. Without one it shows who is offered
// elsewhere: its key calls him all the same, for nobody may wait while it stands idle.
void fill_offer(const HallState& hall, const std::vector<ticketing::Offer>& offers,
                const state::Window& from, protocol::Window& to) {
    auto best = hall.queues.best_for(from.number());
    if (!best) return;
    const std::string& next = hall.ticket(best->ticket).number();
    if (from.state() != protocol::WindowState::idle) return to.set_offer(next);
    for (const ticketing::Offer& offer : offers) {
        if (offer.window == from.number()) to.set_offer(hall.ticket(offer.waiting.ticket).number());
        if (offer.waiting.key == best->key) to.set_offered_at(offer.window);
    }
    if (!to.offer().empty()) return to.set_offered_at(0);
    to.set_offered_elsewhere(next);
}

}  // namespace

void fill_window(const HallState& hall, const std::vector<ticketing::Offer>& offers,
                 const state::Window& from, protocol::Window& to) {
    to.set_number(from.number());
    to.set_state(from.state());
    if (const auto* rule = hall.window_rules(from.number())) {
        *to.mutable_services() = rule->services();
        *to.mutable_languages() = rule->languages();
    }
    to.set_ticket_number(from.ticket());
    to.set_since_ms(from.since_ms());
    to.set_served_today(from.served_today());
    to.set_pause_reason(from.pause_reason());
    to.set_reserved_credit_ms(from.reserved_credit_ms());
    fill_offer(hall, offers, from, to);
}

// The slip of an appointment instead of a ticket's. One that is no longer known prints its number.
void fill_slip(const HallState& hall, uint64_t id, protocol::PrintJob& to) {
    to.mutable_appointment()->set_appointment(id);
    to.set_code(hall.data.rules().hall_code() + "/appointment/" + std::to_string(id));
    const state::Appointment* appointment = hall.find_appointment(id);
    if (!appointment) return;
    fill_appointment(hall, *appointment, *to.mutable_appointment());
    *to.mutable_service_names() = to.appointment().service_names();
    to.set_green(to.appointment().green());
}

void fill_print(const HallState& hall, const state::Print& from, protocol::PrintJob& to) {
    to.set_job(from.job());
    to.set_number(from.number());
    to.set_printer(from.printer());
    to.set_state(from.state());
    to.set_cause(from.cause());
    to.set_attempt(from.attempt());
    to.set_requested_at_ms(from.requested_at_ms());
    to.set_reported_at_ms(from.reported_at_ms());
    to.set_hall_name(hall.data.rules().hall_name());
    to.set_utc_offset_s(hall.data.plan().utc_offset_s());
    if (from.case_id() != 0) return fill_case_print(hall, from, to);
    if (from.appointment() != 0) return fill_slip(hall, from.appointment(), to);
    if (!from.service().empty()) return fill_guide_print(hall, from, to);
    auto handle = hall.find_ticket(from.number());
    if (!handle) return;
    const state::Ticket& ticket = hall.ticket(*handle);
    for (const std::string& code : ticket.services()) {
        const auto* service = hall.find_service(code);
        to.add_service_names(service ? service->name() : code);
    }
    to.set_green(is_green(ticket));
    to.set_ahead(ticket.ahead_at_issue());
    to.set_issued_at_ms(ticket.entered_at_ms());
    to.set_early_waiting(ticket.early_waiting());
    to.set_code(hall.data.rules().hall_code() + "/" + hall.data.plan().date() + "/" +
                ticket.number());
    to.set_opening_at_ms(hall.data.plan().opening_at_ms());
    ShownWait wait = wait_at_issue(hall, ticket);
    to.set_wait_low_ms(wait.low_ms);
    to.set_wait_high_ms(wait.high_ms);
}

void fill_printer(const HallState& hall, const state::Printer& from, protocol::Printer& to) {
    to.set_name(from.name());
    to.set_state(from.state());
    to.set_since_ms(from.since_ms());
    auto open = hall.open_by_printer.find(from.name());
    bool any = open != hall.open_by_printer.end();
    to.set_waiting_jobs(any ? static_cast<uint32_t>(open->second.size()) : 0);
    for (const auto& rule : hall.data.rules().printers()) {
        if (rule.name() == from.name()) to.set_fallback(rule.fallback());
    }
}

}  // namespace hall::core
