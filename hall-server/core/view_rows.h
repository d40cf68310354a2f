// The rows that views and replies are made of. Internal to hall-server/core.
#pragma once

#include "hall-server/core/hall_state.h"

namespace hall::core {

class Refuse;

void refuse(protocol::Reply& reply, const Refuse& refusal);

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

// view_cases.cc. `now_ms` tells what is overdue.
enum class CaseDetail { row, materials, whole };
void fill_case(const HallState& hall, const state::Case& from, int64_t now_ms, CaseDetail detail,
               protocol::Case& to);
// The cases of the ticket at a window, and those that a scan opened there.
void fill_window_cases(const HallState& hall, uint32_t window, int64_t now_ms,
                       protocol::ClerkView& view);
void fill_case_print(const HallState& hall, const state::Print& from, protocol::PrintJob& to);
void fill_guide_print(const HallState& hall, const state::Print& from, protocol::PrintJob& to);
void fill_item(const HallState& hall, const protocol::HallRules::Service& from,
               protocol::CatalogueItem& to);
// What a command about a case or a wristband is answered; false: it is about neither.
bool describe_case(const HallState& hall, const protocol::Command& command, const Events& events,
                   int64_t now_ms, protocol::Reply& reply);
void answer_case(const HallState& hall, const protocol::CaseQuery& query, int64_t now_ms,
                 protocol::Reply& reply);
void answer_cases(const HallState& hall, const protocol::CaseListQuery& query, int64_t now_ms,
                  protocol::Reply& reply);
void answer_wristbands(const HallState& hall, protocol::Reply& reply);
void answer_catalogue(const HallState& hall, const protocol::CatalogueQuery& query,
                      protocol::Reply& reply);

// view_care.cc
void fill_check_ins(const HallState& hall, protocol::GuideView& view);
void fill_staff(const HallState& hall, const state::Staff& from, protocol::Staff& to);
void fill_emergency(const HallState& hall, const state::Emergency& from, protocol::Emergency& to);
void fill_loan(const HallState& hall, const state::Loan& from, protocol::Loan& to);
void fill_consultation(const HallState& hall, const state::Consultation& from,
                       protocol::Consultation& to);
bool describe_care(const HallState& hall, const protocol::Command& command, const Events& events,
                   int64_t now_ms, protocol::Reply& reply);
void answer_check_ins(const HallState& hall, const protocol::CheckInListQuery& query,
                      protocol::Reply& reply);
void answer_emergencies(const HallState& hall, const protocol::EmergencyListQuery& query,
                        protocol::Reply& reply);
void answer_facilities(const HallState& hall, protocol::Reply& reply);
void answer_staff(const HallState& hall, protocol::Reply& reply);
void answer_consultations(const HallState& hall, const protocol::ConsultationListQuery& query,
                          protocol::Reply& reply);

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
