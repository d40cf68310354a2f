// What the day does: rules, plans, phases, and what a day leaves behind.
#include <algorithm>

#include "hall-server/core/applying.h"
#include "hall-server/core/counting.h"

namespace hall::core {

using protocol::Phase;
using protocol::PrintState;
using protocol::TicketState;
using protocol::WindowState;

void Applying::operator()(const protocol::RulesInstalled& event) const {
    std::map<uint32_t, state::Window> windows;
    for (const auto& entry : hall.data.windows()) windows[entry.number()] = entry;
    std::map<std::string, state::Printer> printers;
    for (const auto& entry : hall.data.printers()) printers[entry.name()] = entry;
    *hall.data.mutable_rules() = event.rules();
    hall.data.clear_windows();
    for (const auto& rule : event.rules().windows()) {
        state::Window entry = windows[rule.number()];
        entry.set_number(rule.number());
        if (entry.state() == WindowState::unknown) entry.set_state(WindowState::closed);
        entry.set_reserved_credit_ms(rule.reserved_credit_ms());
        *hall.data.add_windows() = entry;
    }
    hall.data.clear_printers();
    for (const auto& rule : event.rules().printers()) {
        state::Printer entry = printers[rule.name()];
        entry.set_name(rule.name());
        *hall.data.add_printers() = entry;
    }
    hall.reindex();
}

void Applying::operator()(const protocol::DayPlanned& event) const {
    bool new_day = hall.data.plan().day() != event.plan().day();
    *hall.data.mutable_plan() = event.plan();
    if (!new_day) return;
    hall.data.set_phase(Phase::closed);
    hall.data.set_by_hand(false);
    hall.data.set_until_ms(0);
    hall.data.set_edges_taken(0);
    hall.data.set_clock_step_ms(0);
}

// A closed day leaves memory but for its report; the log keeps it.
void Applying::operator()(const protocol::DayEnded&) const {
    keep_report(hall);
    note_load();
    forget_ended_appointments();
    end_case_day();
    end_care_day();
    // Swapped, not cleared: a cleared list keeps its memory.
    google::protobuf::RepeatedPtrField<state::Ticket>().Swap(hall.data.mutable_tickets());
    google::protobuf::RepeatedPtrField<state::Print>().Swap(hall.data.mutable_prints());
    hall.data.clear_calls();
    hall.data.clear_counters();
    hall.data.set_done(0);
    for (state::Window& entry : *hall.data.mutable_windows()) {
        entry.set_state(WindowState::closed);
        entry.clear_ticket();
        entry.set_since_ms(at_ms);
        entry.set_served_today(0);
        entry.set_pause_reason(protocol::Reason::unspecified);
    }
    hall.reindex();
}

void Applying::note_load() const {
    const protocol::DayPlan& plan = hall.data.plan();
    // A day on which the hall was closed says nothing about those on which it opens.
    if (!plan.opens() && hall.data.tickets().empty()) return;
    auto& loads = *hall.data.mutable_loads();
    state::DayLoad& load = *loads.Add();
    load.set_date(plan.date());
    load.set_day(plan.day());
    load.mutable_arrivals()->Resize(kLoadParts, 0);
    // Counted from the end of the day: on one of 23 or 25 hours only the parts before the change
    // are off, and the first instants of a longer one count as midnight.
    const int64_t begin_ms = plan.midnight_at_ms() - kDayLengthMs;
    for (const state::Ticket& entry : hall.data.tickets()) {
        const int64_t part = (entry.entered_at_ms() - begin_ms) / kLoadPartMs;
        const int at = static_cast<int>(std::clamp<int64_t>(part, 0, kLoadParts - 1));
        load.set_arrivals(at, load.arrivals(at) + 1);
    }
    int old = 0;
    while (loads.Get(old).day() + kLoadDays <= plan.day()) ++old;
    old = std::max(old, loads.size() - static_cast<int>(kLoadDays));
    loads.DeleteSubrange(0, old);
}

void Applying::operator()(const protocol::PhaseChanged& event) const {
    hall.data.set_phase(event.phase());
    hall.data.set_by_hand(event.by_hand());
    hall.data.set_until_ms(event.until_ms());
    uint32_t taken = hall.data.edges_taken();
    switch (event.phase()) {
        case Phase::early_waiting:
            taken = std::max<uint32_t>(taken, kEarlyWaiting);
            break;
        case Phase::open:
            taken = std::max<uint32_t>(taken, kOpening);
            break;
        case Phase::extended:
        case Phase::closed:
            taken = kClosing;
            break;
        case Phase::unknown:
        case protocol::Phase_Value_Phase_Value_INT_MIN_SENTINEL_DO_NOT_USE_:
        case protocol::Phase_Value_Phase_Value_INT_MAX_SENTINEL_DO_NOT_USE_:
            break;
    }
    hall.data.set_edges_taken(taken);
    if (event.phase() == Phase::closed) {
        for (state::Loan& loan : *hall.data.mutable_loans()) {
            if (loan.returned_at_ms() == 0) loan.set_overdue(true);
        }
    }
    if (event.phase() != Phase::open || hall.count(TicketState::registered) == 0) return;
    // Opening: the registered wait, with their registration as arrival; their keys stay.
    hall.seats_taken = 0;
    for (state::Ticket& entry : *hall.data.mutable_tickets()) {
        if (entry.state() != TicketState::registered) continue;
        entry.set_state(TicketState::waiting);
        --hall.count_by_state[TicketState::registered];
        ++hall.count_by_state[TicketState::waiting];
    }
}

void Applying::operator()(const protocol::ClockStepped& event) const {
    hall.data.set_clock_step_ms(event.step_ms());
}

}  // namespace hall::core
