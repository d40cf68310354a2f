// The rows that views and replies are made of. Internal to hall-server/core.
#pragma once

#include "hall-server/core/hall_state.h"

namespace hall::core {

void fill_head(const HallState& hall, int64_t now_ms, protocol::ViewHead& head);
// Everything but keys; place in the queue while it waits.
void fill_ticket(const HallState& hall, const state::Ticket& from, int64_t now_ms,
                 protocol::Ticket& to);
// Keys, and who is ahead with what claim; for staff.
void fill_keys(const HallState& hall, const state::Ticket& from, protocol::Ticket& to);
void fill_row(const HallState& hall, const state::Ticket& from, protocol::WaitingRow& to);
// `offers`: of now (offers_now), made once for all windows of a view.
void fill_window(const HallState& hall, const std::vector<ticketing::Offer>& offers,
                 const state::Window& from, protocol::Window& to);
void fill_print(const HallState& hall, const state::Print& from, protocol::PrintJob& to);
void fill_printer(const HallState& hall, const state::Printer& from, protocol::Printer& to);

// What boards and slips call the current service of a ticket.
std::string service_name(const HallState& hall, const state::Ticket& ticket);

void fill_appointment(const HallState& hall, const state::Appointment& from,
                      protocol::Appointment& to);

// The guide's part: appointments of today whose visitors have not come, and whom to ask before
// closing.
void fill_awaited(const HallState& hall, protocol::GuideView& view);
void fill_closing_offers(const HallState& hall, int64_t now_ms, protocol::GuideView& view);

// Answers to queries that have a file of their own: view_appointments.cc, report.cc.
void answer_place(const HallState& hall, const protocol::PlaceQuery& query, int64_t now_ms,
                  protocol::Reply& reply);
void answer_slots(const HallState& hall, const protocol::SlotListQuery& query, int64_t now_ms,
                  protocol::Reply& reply);
void answer_appointments(const HallState& hall, const protocol::AppointmentListQuery& query,
                         protocol::Reply& reply);
void answer_report(const HallState& hall, const protocol::ReportQuery& query, int64_t now_ms,
                   protocol::Reply& reply);

}  // namespace hall::core
