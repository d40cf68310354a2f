// What a public board is told. The message has no field for a name, a category or a reason.
#include <algorithm>
#include <map>

#include "hall-server/core/hall.h"
#include "hall-server/core/view_rows.h"

namespace hall::core {

using protocol::BoardView;
using protocol::TicketState;
using protocol::WindowState;

namespace {

// The windows that a zone's boards are about: those that stand in it, or all when none does (an
// entrance, a waiting area).
std::vector<uint32_t> windows_of(const HallState& hall, const std::string& zone) {
    std::vector<uint32_t> inside;
    std::vector<uint32_t> all;
    for (const auto& window : hall.data.rules().windows()) {
        all.push_back(window.number());
        if (window.zone() == zone) inside.push_back(window.number());
    }
    return inside.empty() ? all : inside;
}

bool among(const std::vector<uint32_t>& windows, uint32_t number) {
    return std::find(windows.begin(), windows.end(), number) != windows.end();
}

void fill_calls(const HallState& hall, const std::vector<uint32_t>& windows, BoardView& view) {
    const auto& calls = hall.data.calls();
    for (auto call = calls.rbegin(); call != calls.rend(); ++call) {
        if (view.calls_size() == static_cast<int>(kBoardCallsMax)) break;
        if (!among(windows, call->window())) continue;
        auto handle = hall.find_ticket(call->number());
        if (!handle) continue;
        const state::Ticket& ticket = hall.ticket(*handle);
        // A ticket that went back to the queue, away or home no longer belongs to that window.
        if (ticket.window() != call->window() && ticket.state() != TicketState::done) continue;
        auto* row = view.add_calls();
        row->set_number(call->number());
        row->set_window(call->window());
        row->set_green(is_green(ticket));
        row->set_called_at_ms(call->at_ms());
        row->set_count(call->count());
        row->set_calling(ticket.state() == TicketState::called);
        row->set_call_seq(call->seq());
    }
}

void fill_groups(const HallState& hall, const std::vector<uint32_t>& windows, BoardView& view) {
    std::map<std::string, uint32_t> waiting;
    for (const auto& [need, count] : hall.queues.sizes()) {
        const auto* service = hall.find_service(need.service);
        if (service) waiting[service->letter()] += count;
    }
    for (const auto& group : hall.data.rules().groups()) {
        bool here = false;
        for (const auto& service : hall.data.rules().services()) {
            if (service.letter() != group.letter() || here) continue;
            for (uint32_t window : hall.queues.windows_for({service.code(), "", false})) {
                here = here || among(windows, window);
            }
        }
        if (!here) continue;
        auto* row = view.add_groups();
        row->set_letter(group.letter());
        row->set_name(group.name());
        row->set_waiting(waiting[group.letter()]);
        view.set_waiting(view.waiting() + waiting[group.letter()]);
    }
}

// Before the doors open: the first in line and where they will be called.
void fill_first(const HallState& hall, const std::vector<uint32_t>& windows, BoardView& view) {
    view.set_registered(hall.count(TicketState::registered));
    if (hall.data.phase() != protocol::Phase::early_waiting) return;
    for (const auto& waiting : hall.queues.first(kStaffRowsMax)) {
        if (view.first_size() == static_cast<int>(kBoardFirstMax)) return;
        const state::Ticket& ticket = hall.ticket(waiting.ticket);
        BoardView::First row;
        for (uint32_t number : hall.queues.windows_for(need_of(ticket))) {
            if (among(windows, number)) row.add_windows(number);
        }
        if (row.windows().empty()) continue;  // will be called in another zone
        row.set_number(ticket.number());
        row.set_green(is_green(ticket));
        *view.add_first() = std::move(row);
    }
}

}  // namespace

std::optional<BoardView> Hall::board_view(const std::string& zone, int64_t now_ms) const {
    const HallState& hall = *state_;
    const protocol::HallRules::Zone* found = nullptr;
    for (const auto& entry : hall.data.rules().zones()) {
        if (entry.code() == zone) found = &entry;
    }
    if (!found) return std::nullopt;
    BoardView view;
    fill_head(hall, now_ms, *view.mutable_head());
    view.set_zone(zone);
    view.set_zone_name(found->name());
    std::vector<uint32_t> windows = windows_of(hall, zone);
    fill_calls(hall, windows, view);
    fill_groups(hall, windows, view);
    fill_first(hall, windows, view);
    for (uint32_t number : windows) {
        const state::Window& window = *hall.find_window(number);
        auto* row = view.add_windows();
        row->set_number(number);
        row->set_state(window.state());
        row->set_ticket_number(window.ticket());
        const state::Ticket* ticket = hall.ticket_at(window);
        row->set_green(ticket && is_green(*ticket));
    }
    const auto& plan = hall.data.plan();
    view.set_opening_at_ms(plan.opening_at_ms());
    view.set_closing_at_ms(plan.closing_at_ms());
    view.set_early_waiting_at_ms(plan.early_waiting_at_ms());
    view.set_next_opening_at_ms(plan.next_opening_at_ms());
    for (const auto& entry : hall.data.rules().zones()) {
        if (entry.early_waiting()) view.set_early_waiting_zone(entry.name());
    }
    return view;
}

}  // namespace hall::core
