// Prints and printers.
#include "hall-server/core/applying.h"

namespace hall::core {

using protocol::Phase;
using protocol::PrintState;
using protocol::TicketState;
using protocol::WindowState;

void Applying::operator()(const protocol::PrintRequested& event) const {
    bool again = hall.find_print(event.job()) != nullptr;
    state::Print& entry = again ? print(event.job()) : *hall.data.add_prints();
    if (again) hall.forget_print(entry);
    entry.set_job(event.job());
    entry.set_number(event.number());
    entry.set_printer(event.printer());
    entry.set_attempt(event.attempt());
    entry.set_appointment(event.appointment());
    entry.set_case_id(event.case_id());
    entry.set_paper(event.paper());
    entry.set_token(event.token());
    entry.set_service(event.service());
    *entry.mutable_materials() = event.materials();
    entry.set_next_date(event.next_date());
    entry.set_state(PrintState::requested);
    entry.set_cause(protocol::PrinterState::unknown);
    entry.set_requested_at_ms(at_ms);
    entry.set_lapsed(false);
    hall.add_open_print(entry);
    if (!again) hall.data.set_next_print_job(event.job() + 1);
    if (event.number().empty()) return;
    TicketHandle handle = 0;
    ticket(event.number(), handle).set_print_job(event.job());
}

void Applying::operator()(const protocol::PrintClaimed& event) const {
    state::Print& entry = print(event.job());
    hall.forget_print(entry);
    entry.set_state(PrintState::claimed);
    entry.set_attempt(event.attempt());
    entry.set_claimed_by(actor.device);
    entry.set_claimed_at_ms(at_ms);
    entry.set_lapsed(false);
    hall.add_open_print(entry);
    hall.claim_deadlines.emplace(at_ms + kPrintClaimMs, event.job());
}

void Applying::operator()(const protocol::PrintReported& event) const {
    state::Print& entry = print(event.job());
    hall.forget_print(entry);
    entry.set_state(event.verdict());
    entry.set_cause(event.cause());
    entry.set_reported_at_ms(at_ms);
    entry.set_lapsed(event.lapsed());
    if (event.lapsed()) hall.add_open_print(entry);
    if (event.verdict() != PrintState::printed) hall.bad_prints.insert(event.job());
}

void Applying::operator()(const protocol::PrinterReported& event) const {
    for (state::Printer& entry : *hall.data.mutable_printers()) {
        if (entry.name() != event.printer()) continue;
        entry.set_state(event.state());
        entry.set_since_ms(at_ms);
    }
}

}  // namespace hall::core
