// The rows that views and replies are made of. Internal to hall-server/core.
#pragma once

#include "hall-server/core/hall_state.h"

namespace hall::core {

void fill_head(const HallState& hall, int64_t now_ms, protocol::ViewHead& head);
// Everything but keys; place in the queue while it waits.
void fill_ticket(const HallState& hall, const state::Ticket& from, int64_t now_ms,
                 protocol::Ticket& to);
void fill_keys(const state::Ticket& from, protocol::Ticket& to);
void fill_row(const HallState& hall, const state::Ticket& from, protocol::WaitingRow& to);
void fill_window(const HallState& hall, const state::Window& from, protocol::Window& to);
void fill_print(const HallState& hall, const state::Print& from, protocol::PrintJob& to);
void fill_printer(const HallState& hall, const state::Printer& from, protocol::Printer& to);

// What boards and slips call the current service of a ticket.
std::string service_name(const HallState& hall, const state::Ticket& ticket);

}  // namespace hall::core
