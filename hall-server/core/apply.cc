// What each event does to the hall. Cannot fail: a decision has checked everything, and an event
// that contradicts the state means that the log or we are wrong (HALL_CHECK).
//
// Every version of every event ever written is understood here, for ever.
#include "hall-server/core/apply.h"

#include <algorithm>

#include "protocol/check.h"

namespace hall::core {

using protocol::Phase;
using protocol::PrintState;
using protocol::TicketState;
using protocol::WindowState;

namespace {

struct Applying {
    HallState& hall;
    uint64_t seq;
    int64_t at_ms;
    const Actor& actor;

    state::Ticket& ticket(const std::string& number, TicketHandle& handle) const {
        auto found = hall.find_ticket(number);
        HALL_CHECK(found.has_value());
        handle = *found;
        return *hall.data.mutable_tickets(static_cast<int>(handle));
    }
    state::Window& window(uint32_t number) const {
        return *hall.data.mutable_windows(hall.window_index.at(number));
    }
    state::Print& print(uint64_t job) const {
        HALL_CHECK(hall.find_print(job) != nullptr);
        return *hall.data.mutable_prints(static_cast<int>(job - hall.data.prints(0).job()));
    }

    void enqueue(const state::Ticket& entry, TicketHandle handle) const {
        hall.queues.insert(hall.queues.signature(need_of(entry)), {key_of(entry), handle},
                           entry.credit_ms());
    }
    void dequeue(const state::Ticket& entry) const {
        hall.queues.erase(hall.queues.signature(need_of(entry)), key_of(entry), entry.credit_ms());
    }

    // Moves a ticket between states and keeps queue, away list and counts right. Change what the
    // queue depends on (key, service) in `change`, which runs while the ticket is in no index.
    template <typename Change>
    void move(const std::string& number, TicketState::Value to, Change change) const {
        TicketHandle handle = 0;
        state::Ticket& entry = ticket(number, handle);
        if (in_queue(entry)) dequeue(entry);
        if (seated(entry)) --hall.seats_taken;
        if (is_away(entry)) hall.away.erase(handle);
        if (entry.state() == TicketState::stepped_out) {
            hall.step_outs.erase({entry.stepped_out_until_ms(), handle});
        }
        --hall.count_by_state[static_cast<size_t>(entry.state())];
        entry.set_state(to);
        change(entry);
        ++hall.count_by_state[static_cast<size_t>(to)];
        if (in_queue(entry)) enqueue(entry, handle);
        if (is_away(entry)) hall.away.insert(handle);
        if (to == TicketState::stepped_out) {
            hall.step_outs.insert({entry.stepped_out_until_ms(), handle});
        }
    }

    void set_window(uint32_t number, WindowState::Value to, const std::string& holder) const {
        state::Window& entry = window(number);
        entry.set_state(to);
        entry.set_ticket(holder);
        entry.set_since_ms(at_ms);
        entry.set_pause_reason(protocol::Reason::unspecified);
        hall.queues.set_open(number, to != WindowState::closed && to != WindowState::paused);
    }
    // The ticket leaves its window, which is free again.
    void leave_window(uint32_t number) const { set_window(number, WindowState::idle, ""); }

    void operator()(const protocol::RulesInstalled& event) const {
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

    void operator()(const protocol::DayPlanned& event) const {
        bool new_day = hall.data.plan().day() != event.plan().day();
        *hall.data.mutable_plan() = event.plan();
        if (!new_day) return;
        hall.data.set_phase(Phase::closed);
        hall.data.set_by_hand(false);
        hall.data.set_until_ms(0);
        hall.data.set_edges_taken(0);
        hall.data.set_clock_step_ms(0);
    }

    // A closed day leaves memory; the log keeps it.
    void operator()(const protocol::DayEnded&) const {
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

    void operator()(const protocol::PhaseChanged& event) const {
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

    void operator()(const protocol::ClockStepped& event) const {
        hall.data.set_clock_step_ms(event.step_ms());
    }

    void operator()(const protocol::TicketIssued& event) const {
        auto number = ticketing::parse_ticket_number(event.number());
        HALL_CHECK(number.has_value());
        auto handle = static_cast<TicketHandle>(hall.data.tickets_size());
        state::Ticket& entry = *hall.data.add_tickets();
        entry.set_number(event.number());
        entry.set_state(event.early_waiting() ? TicketState::registered : TicketState::waiting);
        *entry.mutable_services() = event.services();
        entry.set_credit_ms(event.credit_ms());
        entry.set_entered_at_ms(at_ms);
        entry.set_key_v_ms(event.key_v_ms());
        entry.set_key_t_ms(event.key_t_ms());
        entry.set_key_serial(event.key_serial());
        *entry.mutable_needs() = event.needs();
        *entry.mutable_prefers() = event.prefers();
        entry.set_must_speak(event.must_speak());
        entry.set_step_free(event.step_free());
        entry.set_early_waiting(event.early_waiting());
        entry.set_seat(event.seat());
        entry.set_ahead_at_issue(event.ahead());
        hall.data.set_next_key_serial(event.key_serial() + 1);
        set_counter(event.number().substr(0, 1), number->serial);
        auto& letter = hall.by_number[static_cast<size_t>(number->letter - 'A')];
        HALL_CHECK(letter.size() + 1 == number->serial);
        letter.push_back(handle);
        ++hall.count_by_state[static_cast<size_t>(entry.state())];
        if (seated(entry)) ++hall.seats_taken;
        enqueue(entry, handle);
    }

    void set_counter(const std::string& letter, uint32_t last) const {
        for (auto& counter : *hall.data.mutable_counters()) {
            if (counter.letter() == letter) return counter.set_last(last);
        }
        auto* counter = hall.data.add_counters();
        counter->set_letter(letter);
        counter->set_last(last);
    }

    void operator()(const protocol::TicketCancelled& event) const {
        move(event.number(), TicketState::cancelled,
             [&](state::Ticket& entry) { entry.set_finished_at_ms(at_ms); });
    }

    void operator()(const protocol::TicketSteppedOut& event) const {
        move(event.number(), TicketState::stepped_out, [&](state::Ticket& entry) {
            entry.set_away_since_ms(at_ms);
            entry.set_stepped_out_until_ms(event.until_ms());
            entry.set_step_outs(entry.step_outs() + 1);
        });
    }

    void operator()(const protocol::TicketReturned& event) const {
        move(event.number(), TicketState::waiting, [&](state::Ticket& entry) {
            entry.set_key_v_ms(event.key_v_ms());
            entry.set_key_t_ms(event.key_t_ms());
            entry.set_key_serial(event.key_serial());
            entry.set_calls(0);
            entry.set_stepped_out_until_ms(0);
        });
    }

    void operator()(const protocol::TicketCalled& event) const {
        move(event.number(), TicketState::called, [&](state::Ticket& entry) {
            entry.set_window(event.window());
            entry.set_last_window(event.window());
            entry.set_calls(event.count());
            entry.set_called_at_ms(at_ms);
            if (event.count() == 1) entry.set_first_called_at_ms(at_ms);
            if (entry.first_wait_ended_at_ms() == 0) entry.set_first_wait_ended_at_ms(at_ms);
        });
        set_window(event.window(), WindowState::calling, event.number());
        remember_call(event);
    }

    // One call a window, the newest of all last: whoever was served there before needs no row.
    void remember_call(const protocol::TicketCalled& event) const {
        auto& calls = *hall.data.mutable_calls();
        for (int i = calls.size() - 1; i >= 0; --i) {
            const state::Call& old = calls.Get(i);
            if (old.number() == event.number() || old.window() == event.window()) {
                calls.DeleteSubrange(i, 1);
            }
        }
        state::Call& call = *calls.Add();
        call.set_number(event.number());
        call.set_window(event.window());
        call.set_at_ms(at_ms);
        call.set_count(event.count());
        call.set_seq(seq);
    }

    void operator()(const protocol::TicketMissed& event) const {
        leave(event.number(), event.window(), TicketState::missed);
    }

    void operator()(const protocol::ServiceStarted& event) const {
        move(event.number(), TicketState::serving,
             [&](state::Ticket& entry) { entry.set_started_at_ms(at_ms); });
        set_window(event.window(), WindowState::serving, event.number());
    }

    void operator()(const protocol::ServiceFinished& event) const {
        move(event.number(), TicketState::done, [&](state::Ticket& entry) {
            entry.set_window(0);
            entry.set_finished_at_ms(at_ms);
        });
        leave_window(event.window());
        state::Window& entry = window(event.window());
        entry.set_served_today(entry.served_today() + 1);
        hall.data.set_done(hall.data.done() + 1);
    }

    void leave(const std::string& number, uint32_t from, TicketState::Value to) const {
        move(number, to, [&](state::Ticket& entry) {
            entry.set_window(0);
            entry.set_calls(0);
            entry.set_away_since_ms(at_ms);
        });
        leave_window(from);
    }

    void operator()(const protocol::TicketSentOnErrand& event) const {
        leave(event.number(), event.window(), TicketState::on_errand);
    }

    void operator()(const protocol::TicketTransferred& event) const {
        move(event.number(), TicketState::waiting, [&](state::Ticket& entry) {
            entry.set_window(0);
            entry.set_calls(0);
            entry.set_services(static_cast<int>(entry.service_index()), event.service());
        });
        leave_window(event.window());
    }

    void operator()(const protocol::NextServiceBegun& event) const {
        move(event.number(), TicketState::waiting, [&](state::Ticket& entry) {
            entry.set_window(0);
            entry.set_calls(0);
            entry.set_service_index(entry.service_index() + 1);
        });
        leave_window(event.window());
    }

    void operator()(const protocol::TicketCarriedOver& event) const {
        uint32_t from = 0;
        move(event.number(), TicketState::appointment, [&](state::Ticket& entry) {
            from = entry.window();
            entry.set_window(0);
            entry.set_finished_at_ms(at_ms);
        });
        if (from != 0) leave_window(from);
        TicketHandle handle = 0;
        const state::Ticket& entry = ticket(event.number(), handle);
        auto& kept = *hall.data.mutable_kept();
        // The oldest go, a tenth at a time: one by one would move the whole list for each.
        if (kept.size() == static_cast<int>(kKeptArrivalsMax)) {
            kept.DeleteSubrange(0, static_cast<int>(kKeptArrivalsMax / 10));
        }
        state::KeptArrival& arrival = *kept.Add();
        arrival.set_appointment(event.appointment());
        arrival.set_date(hall.data.plan().date());
        arrival.set_number(event.number());
        arrival.set_kept_arrival_ms(event.kept_arrival_ms());
        *arrival.mutable_services() = entry.services();
        hall.data.set_next_appointment(event.appointment() + 1);
    }

    void operator()(const protocol::TicketClosedOut& event) const {
        move(event.number(), TicketState::closed_out,
             [&](state::Ticket& entry) { entry.set_finished_at_ms(at_ms); });
    }

    void operator()(const protocol::WindowOpened& event) const {
        set_window(event.window(), WindowState::idle, "");
    }
    void operator()(const protocol::WindowPaused& event) const {
        set_window(event.window(), WindowState::paused, "");
        window(event.window()).set_pause_reason(event.reason());
    }
    void operator()(const protocol::WindowClosed& event) const {
        set_window(event.window(), WindowState::closed, "");
    }

    void operator()(const protocol::PrintRequested& event) const {
        bool again = hall.find_print(event.job()) != nullptr;
        state::Print& entry = again ? print(event.job()) : *hall.data.add_prints();
        if (again) hall.forget_print(entry);
        entry.set_job(event.job());
        entry.set_number(event.number());
        entry.set_printer(event.printer());
        entry.set_attempt(event.attempt());
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

    void operator()(const protocol::PrintClaimed& event) const {
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

    void operator()(const protocol::PrintReported& event) const {
        state::Print& entry = print(event.job());
        hall.forget_print(entry);
        entry.set_state(event.verdict());
        entry.set_cause(event.cause());
        entry.set_reported_at_ms(at_ms);
        entry.set_lapsed(event.lapsed());
        if (event.lapsed()) hall.add_open_print(entry);
        if (event.verdict() != PrintState::printed) hall.bad_prints.insert(event.job());
    }

    void operator()(const protocol::PrinterReported& event) const {
        for (state::Printer& entry : *hall.data.mutable_printers()) {
            if (entry.name() != event.printer()) continue;
            entry.set_state(event.state());
            entry.set_since_ms(at_ms);
        }
    }

    void operator()(const protocol::DeviceEnrolled& event) const {
        state::Device& entry = *hall.data.add_devices();
        entry.set_name(event.name());
        entry.set_role(event.role());
        entry.set_public_key(event.public_key());
        entry.set_window(event.window());
        hall.data.set_devices_version(hall.data.devices_version() + 1);
    }

    void operator()(const protocol::DeviceRevoked& event) const {
        auto& devices = *hall.data.mutable_devices();
        for (int i = 0; i < devices.size(); ++i) {
            if (devices.Get(i).name() != event.name()) continue;
            devices.DeleteSubrange(i, 1);
            break;
        }
        hall.data.set_devices_version(hall.data.devices_version() + 1);
    }
};

}  // namespace

void apply(HallState& hall, const protocol::Event& event, uint64_t seq, int64_t at_ms,
           const Actor& actor) {
    HALL_CHECK(seq == hall.data.seq() + 1);
    HALL_CHECK(at_ms >= hall.data.last_at_ms());
    Applying applying{hall, seq, at_ms, actor};
    switch (event.body_case()) {
        case protocol::Event::kRulesInstalled:
            applying(event.rules_installed());
            break;
        case protocol::Event::kDayPlanned:
            applying(event.day_planned());
            break;
        case protocol::Event::kDayEnded:
            applying(event.day_ended());
            break;
        case protocol::Event::kPhaseChanged:
            applying(event.phase_changed());
            break;
        case protocol::Event::kClockStepped:
            applying(event.clock_stepped());
            break;
        case protocol::Event::kTicketIssued:
            applying(event.ticket_issued());
            break;
        case protocol::Event::kTicketCancelled:
            applying(event.ticket_cancelled());
            break;
        case protocol::Event::kTicketSteppedOut:
            applying(event.ticket_stepped_out());
            break;
        case protocol::Event::kTicketReturned:
            applying(event.ticket_returned());
            break;
        case protocol::Event::kTicketCalled:
            applying(event.ticket_called());
            break;
        case protocol::Event::kTicketMissed:
            applying(event.ticket_missed());
            break;
        case protocol::Event::kServiceStarted:
            applying(event.service_started());
            break;
        case protocol::Event::kServiceFinished:
            applying(event.service_finished());
            break;
        case protocol::Event::kTicketSentOnErrand:
            applying(event.ticket_sent_on_errand());
            break;
        case protocol::Event::kTicketTransferred:
            applying(event.ticket_transferred());
            break;
        case protocol::Event::kNextServiceBegun:
            applying(event.next_service_begun());
            break;
        case protocol::Event::kTicketCarriedOver:
            applying(event.ticket_carried_over());
            break;
        case protocol::Event::kTicketClosedOut:
            applying(event.ticket_closed_out());
            break;
        case protocol::Event::kWindowOpened:
            applying(event.window_opened());
            break;
        case protocol::Event::kWindowPaused:
            applying(event.window_paused());
            break;
        case protocol::Event::kWindowClosed:
            applying(event.window_closed());
            break;
        case protocol::Event::kPrintRequested:
            applying(event.print_requested());
            break;
        case protocol::Event::kPrintClaimed:
            applying(event.print_claimed());
            break;
        case protocol::Event::kPrintReported:
            applying(event.print_reported());
            break;
        case protocol::Event::kPrinterReported:
            applying(event.printer_reported());
            break;
        case protocol::Event::kDeviceEnrolled:
            applying(event.device_enrolled());
            break;
        case protocol::Event::kDeviceRevoked:
            applying(event.device_revoked());
            break;
        case protocol::Event::BODY_NOT_SET:
            // Written by a later version than ours: going on would lose what it says.
            HALL_CHECK(event.body_case() != protocol::Event::BODY_NOT_SET);
            break;
    }
    hall.data.set_seq(seq);
    hall.data.set_last_at_ms(at_ms);
}

}  // namespace hall::core
