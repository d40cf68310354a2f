#include "tests/core/day_auditor.h"

#include <algorithm>
#include <tuple>

namespace hall::core {

bool DayAuditor::Ticket::before(const Ticket& other) const {
    return std::tie(v_ms, t_ms, serial) < std::tie(other.v_ms, other.t_ms, other.serial);
}

void DayAuditor::expect(bool holds, const std::string& rule, const std::string& number) {
    if (!holds && complaint_.empty()) complaint_ = rule + ": " + number;
}

DayAuditor::Ticket& DayAuditor::find(const std::string& number) {
    expect(tickets_.count(number) > 0, "unheard of", number);
    return tickets_[number];
}

std::vector<std::string> DayAuditor::numbers(
    std::initializer_list<TicketState::Value> states) const {
    std::vector<std::string> found;
    for (const auto& [number, ticket] : tickets_) {
        if (std::count(states.begin(), states.end(), ticket.state)) found.push_back(number);
    }
    return found;
}

std::string DayAuditor::holder(uint32_t window) const {
    for (const auto& [number, ticket] : tickets_) {
        if (ticket.window == window) return number;
    }
    return "";
}

TicketState::Value DayAuditor::state_at(uint32_t window) const {
    auto found = tickets_.find(holder(window));
    return found == tickets_.end() ? TicketState::unknown : found->second.state;
}

bool DayAuditor::can(uint32_t window, const Ticket& ticket) const {
    auto found = rule_of_.find(window);
    if (found == rule_of_.end()) return false;
    const auto& rule = *found->second;
    auto has = [](const auto& list, const std::string& value) {
        return std::find(list.begin(), list.end(), value) != list.end();
    };
    return has(rule.services(), ticket.services[ticket.index]) &&
           (ticket.must_speak.empty() || has(rule.languages(), ticket.must_speak) ||
            (ticket.eased && has(rule.interprets(), ticket.must_speak))) &&
           (!ticket.step_free || rule.step_free());
}

void DayAuditor::bring_forward(Ticket& ticket, const std::string& service) {
    auto first = ticket.services.begin() + static_cast<std::ptrdiff_t>(ticket.index);
    auto found = std::find(first, ticket.services.end(), service);
    if (found == ticket.services.end()) return expect(false, "not on the slip", service);
    ticket.services.erase(found);
    ticket.services.insert(ticket.services.begin() + static_cast<std::ptrdiff_t>(ticket.index),
                           service);
}

// Whether an open window that is not reserved could serve it.
bool DayAuditor::has_unreserved(const Ticket& ticket) const {
    return std::any_of(rule_of_.begin(), rule_of_.end(), [&](const auto& entry) {
        auto open = open_.find(entry.first);
        return open != open_.end() && open->second && reserved_at(entry.first) == 0 &&
               can(entry.first, ticket);
    });
}

int64_t DayAuditor::reserved_at(uint32_t window) const {
    auto found = reserved_.find(window);
    return found == reserved_.end() ? 0 : found->second;
}

// Whom a reserved window takes before the others.
bool DayAuditor::first_at(uint32_t window, const Ticket& ticket) const {
    return ticket.credit_ms >= reserved_at(window) || !has_unreserved(ticket);
}

uint32_t DayAuditor::ahead_of(const Ticket& mine) const {
    std::vector<uint32_t> usable;
    for (bool must_be_open : {true, false}) {
        for (const auto& [window, rule] : rule_of_) {
            auto open = open_.find(window);
            bool is_open = open != open_.end() && open->second;
            if (can(window, mine) && (is_open || !must_be_open)) usable.push_back(window);
        }
        if (!usable.empty()) break;
    }
    uint32_t count = 0;
    for (const auto& [number, ticket] : tickets_) {
        bool waits =
            ticket.state == TicketState::waiting || ticket.state == TicketState::registered;
        if (!waits || !ticket.before(mine)) continue;
        count += std::any_of(usable.begin(), usable.end(),
                             [&, &other = ticket](uint32_t window) { return can(window, other); });
    }
    return count;
}

void DayAuditor::issued(const protocol::TicketIssued& event, int64_t at_ms) {
    const std::string& number = event.number();
    char letter = number[0];
    if (!event.paper()) {
        expect(std::stoul(number.substr(1)) == ++last_[letter], "numbers are gapless", number);
    }
    expect(number.size() >= 4, "at least three digits", number);
    expect(tickets_.count(number) == 0, "numbers are unique", number);
    Ticket ticket;
    ticket.services.assign(event.services().begin(), event.services().end());
    ticket.must_speak = event.must_speak();
    ticket.step_free = event.step_free();
    ticket.v_ms = event.key_v_ms();
    ticket.t_ms = event.key_t_ms();
    ticket.serial = event.key_serial();
    ticket.credit_ms = event.credit_ms();
    ticket.entered_ms = event.paper() ? event.entered_at_ms() : at_ms;
    ticket.paper = event.paper();
    ticket.state = event.early_waiting() ? TicketState::registered : TicketState::waiting;
    const int64_t entered_ms = ticket.entered_ms;
    expect(ticket.t_ms == entered_ms, "t is the entry", number);
    expect(ticket.v_ms >= entered_ms - rules_.credit_limit_ms(), "P8 v >= e0 - H", number);
    // P10: another claim never makes it later.
    expect(ticket.v_ms <= entered_ms - ticket.credit_ms, "v is the best claim", number);
    if (event.appointment() == 0) {
        expect(ticket.v_ms == entered_ms - ticket.credit_ms, "v is the entry less the credit",
               number);
    }
    expect(event.ahead() == ahead_of(ticket), "people ahead when issued", number);
    tickets_[number] = ticket;
}

void DayAuditor::called(const protocol::TicketCalled& event, int64_t at_ms) {
    Ticket& mine = find(event.number());
    const std::string& number = event.number();
    if (event.count() > 1) {
        expect(mine.state == TicketState::called && mine.window == event.window(),
               "recalled where it was called", number);
        expect(event.count() == mine.calls + 1, "calls are counted", number);
        expect(at_ms - mine.last_call_ms >= rules_.missed_spacing_ms(), "spacing", number);
        mine.calls = event.count();
        mine.last_call_ms = at_ms;
        return;
    }
    expect(mine.state == TicketState::waiting, "only who waits is called", number);
    expect(holder(event.window()).empty(), "one ticket at a window", number);
    expect(open_[event.window()], "an open window calls", number);
    expect(can(event.window(), mine), "the window can serve it", number);
    bool passed_over_by_reserve = false;
    for (const auto& [other_number, other] : tickets_) {
        if (event.out_of_order()) break;
        if (other.state != TicketState::waiting || !can(event.window(), other)) continue;
        if (other.serial == mine.serial) continue;
        // A reserved window looks at those it is there for first; among the same it is P1 and P2.
        bool mine_first = first_at(event.window(), mine);
        bool other_first = first_at(event.window(), other);
        expect(mine_first || !other_first, "reserved for " + other_number, number);
        if (mine_first && !other_first) {
            passed_over_by_reserve = passed_over_by_reserve || order_(other, mine);
            continue;
        }
        expect(!order_(other, mine), "P1 " + other_number + " was before", number);
        expect(mine.paper || mine.entered_ms <= other.v_ms + rules_.credit_limit_ms(),
               "P2 " + other_number + " was locked", number);
    }
    expect(event.reserved() == (passed_over_by_reserve && !event.out_of_order()),
           "a call before the order is marked reserved", number);
    mine.state = TicketState::called;
    mine.window = event.window();
    mine.calls = 1;
    mine.first_call_ms = at_ms;
    mine.last_call_ms = at_ms;
}

void DayAuditor::returned(const protocol::TicketReturned& event, int64_t at_ms) {
    Ticket& mine = find(event.number());
    const std::string& number = event.number();
    bool away = mine.state == TicketState::missed || mine.state == TicketState::on_errand ||
                mine.state == TicketState::stepped_out;
    expect(away, "only who is away returns", number);
    expect(event.key_serial() == mine.serial, "the serial is the ticket's", number);
    if (mine.state != TicketState::missed) {
        expect(event.key_v_ms() == mine.v_ms && event.key_t_ms() == mine.t_ms,
               "P3 the key does not change", number);
    } else if (at_ms - mine.away_ms <= rules_.missed_return_ms()) {
        expect(event.key_v_ms() >= mine.v_ms && event.key_t_ms() == at_ms,
               "missed and back is never before its old place", number);
    } else {
        mine.entered_ms = at_ms;
        expect(event.key_v_ms() == at_ms - mine.credit_ms, "a new entry", number);
    }
    mine.v_ms = event.key_v_ms();
    mine.t_ms = event.key_t_ms();
    mine.state = TicketState::waiting;
    mine.calls = 0;
}

void DayAuditor::leave(const std::string& number, uint32_t window, TicketState::Value from,
                       TicketState::Value to) {
    Ticket& mine = find(number);
    expect(mine.state == from && mine.window == window,
           TicketState::Value_Name(from) + " to " + TicketState::Value_Name(to), number);
    mine.state = to;
    mine.window = 0;
}

void DayAuditor::see(const LoggedEvent& entry) {
    const Event& event = entry.event;
    switch (event.body_case()) {
        case Event::kRulesInstalled:
            rules_ = event.rules_installed().rules();
            rule_of_.clear();
            reserved_.clear();
            for (const auto& rule : rules_.windows()) {
                rule_of_[rule.number()] = &rule;
                reserved_[rule.number()] = rule.reserved_credit_ms();
            }
            break;
        case Event::kDayEnded:
            for (const auto& [number, ticket] : tickets_) {
                bool over = ticket.state >= TicketState::done;
                expect(over, "the day leaves nobody behind", number);
            }
            phase_ = Phase::closed;
            tickets_.clear();
            last_.clear();
            open_.clear();
            break;
        case Event::kPhaseChanged:
            phase_ = event.phase_changed().phase();
            for (auto& [number, ticket] : tickets_) {
                if (event.phase_changed().phase() == Phase::closed) {
                    expect(ticket.state >= TicketState::done, "closing drops nobody", number);
                }
                if (event.phase_changed().phase() != Phase::open) continue;
                if (ticket.state == TicketState::registered) ticket.state = TicketState::waiting;
            }
            break;
        case Event::kTicketIssued:
            issued(event.ticket_issued(), entry.at_ms);
            break;
        case Event::kTicketCancelled: {
            Ticket& mine = find(event.ticket_cancelled().number());
            expect(mine.window == 0 && mine.state < TicketState::done, "cancelled",
                   event.ticket_cancelled().number());
            mine.state = TicketState::cancelled;
            break;
        }
        case Event::kTicketSteppedOut: {
            Ticket& mine = find(event.ticket_stepped_out().number());
            expect(
                mine.state == TicketState::waiting && ++mine.step_outs <= rules_.step_out_times(),
                "stepped out", event.ticket_stepped_out().number());
            mine.state = TicketState::stepped_out;
            break;
        }
        case Event::kTicketReturned:
            returned(event.ticket_returned(), entry.at_ms);
            break;
        case Event::kTicketCalled:
            called(event.ticket_called(), entry.at_ms);
            break;
        case Event::kTicketMissed: {
            const auto& missed = event.ticket_missed();
            Ticket& mine = find(missed.number());
            expect(mine.calls >= rules_.missed_calls() &&
                       entry.at_ms - mine.first_call_ms >= rules_.missed_total_ms(),
                   "called often and long enough", missed.number());
            leave(missed.number(), missed.window(), TicketState::called, TicketState::missed);
            mine.away_ms = entry.at_ms;
            break;
        }
        case Event::kServiceStarted: {
            Ticket& mine = find(event.service_started().number());
            expect(mine.state == TicketState::called &&
                       mine.window == event.service_started().window(),
                   "started", event.service_started().number());
            mine.state = TicketState::serving;
            break;
        }
        case Event::kServiceFinished:
            leave(event.service_finished().number(), event.service_finished().window(),
                  TicketState::serving, TicketState::done);
            break;
        case Event::kTicketSentOnErrand:
            leave(event.ticket_sent_on_errand().number(), event.ticket_sent_on_errand().window(),
                  TicketState::serving, TicketState::on_errand);
            break;
        case Event::kTicketTransferred: {
            const auto& moved = event.ticket_transferred();
            leave(moved.number(), moved.window(), TicketState::serving, TicketState::waiting);
            Ticket& mine = find(moved.number());
            mine.services[mine.index] = moved.service();
            break;
        }
        case Event::kNextServiceBegun:
            leave(event.next_service_begun().number(), event.next_service_begun().window(),
                  TicketState::serving, TicketState::waiting);
            ++find(event.next_service_begun().number()).index;
            if (!event.next_service_begun().service().empty()) {
                bring_forward(find(event.next_service_begun().number()),
                              event.next_service_begun().service());
            }
            break;
        case Event::kTicketCarriedOver: {
            Ticket& mine = find(event.ticket_carried_over().number());
            // The day's end closes out who missed his call; our own fault keeps his claim.
            bool ours = event.ticket_carried_over().kind() == protocol::AppointmentKind::our_fault;
            expect(mine.state < TicketState::done && mine.state != TicketState::serving &&
                       (ours || mine.state != TicketState::missed),
                   "carried over", event.ticket_carried_over().number());
            mine.state = TicketState::appointment;
            mine.window = 0;
            break;
        }
        case Event::kTicketClosedOut: {
            Ticket& mine = find(event.ticket_closed_out().number());
            expect(mine.state == TicketState::missed, "closed out",
                   event.ticket_closed_out().number());
            mine.state = TicketState::closed_out;
            break;
        }
        case Event::kWindowOpened:
            open_[event.window_opened().window()] = true;
            break;
        case Event::kWindowPaused:
            open_[event.window_paused().window()] = false;
            break;
        case Event::kWindowClosed:
            open_[event.window_closed().window()] = false;
            break;
        case Event::kServiceOrderChanged: {
            const auto& changed = event.service_order_changed();
            Ticket& mine = find(changed.number());
            expect(mine.state == TicketState::waiting, "only who waits is sent elsewhere",
                   changed.number());
            bring_forward(mine, changed.service());
            break;
        }
        case Event::kTicketLanguageEased: {
            Ticket& mine = find(event.ticket_language_eased().number());
            expect(mine.state == TicketState::waiting && !mine.must_speak.empty() && !mine.eased,
                   "eased once, while waiting", event.ticket_language_eased().number());
            expect(entry.at_ms - mine.entered_ms >= rules_.language_wait_ms(), "eased too early",
                   event.ticket_language_eased().number());
            mine.eased = true;
            break;
        }
        case Event::kTicketServedOnPaper:
            find(event.ticket_served_on_paper().number()).state = TicketState::done;
            break;
        case Event::kWindowReserved:
            reserved_[event.window_reserved().window()] = event.window_reserved().credit_ms();
            break;
        case Event::kClosingChosen:
        case Event::kAppointmentBooked:
        case Event::kAppointmentCancelled:
        case Event::kAppointmentLapsed:
        case Event::kAheadPlanned:
        case Event::kDayPlanned:
        case Event::kClockStepped:
        case Event::kPrintRequested:
        case Event::kPrintClaimed:
        case Event::kPrintReported:
        case Event::kPrinterReported:
        case Event::kDeviceEnrolled:
        case Event::kDeviceRevoked:
        case Event::kCaseOpened:
        case Event::kCaseStageEntered:
        case Event::kCaseStageLeft:
        case Event::kCasePromised:
        case Event::kMaterialReceived:
        case Event::kMaterialAsked:
        case Event::kCaseTicketAttached:
        case Event::kCaseOffered:
        case Event::kCaseHandedOver:
        case Event::kCaseDecided:
        case Event::kResultTold:
        case Event::kCaseRated:
        case Event::kRatingLapsed:
        case Event::kFollowUpAnswered:
        case Event::kCaseClosed:
        case Event::kWristbandIssued:
        case Event::kWristbandRevoked:
        case Event::kCodeScanned:
        case Event::kCheckedIn:
        case Event::kCheckInMeasured:
        case Event::kCheckInCorrected:
        case Event::kPersonCorrected:
        case Event::kPersonForgotten:
        case Event::kPersonUnmasked:
        case Event::kVaultDaysDestroyed:
        case Event::kEmergencyRaised:
        case Event::kTicketHeld:
        case Event::kTicketReleased:
        case Event::kEmergencyAcknowledged:
        case Event::kEmergencyEscalated:
        case Event::kEmergencyStepDone:
        case Event::kEmergencyClosed:
        case Event::kAssistanceGiven:
        case Event::kConsultationGiven:
        case Event::kConsultationAnswered:
        case Event::kFacilityLent:
        case Event::kFacilityReturned:
        case Event::kStockSet:
        case Event::kStockTaken:
        case Event::kStaffAdded:
        case Event::kStaffRemoved:
        case Event::kStaffPinSet:
        case Event::kStaffSignedOn:
        case Event::kStaffOffDuty:
        case Event::kStaffTrained:
        case Event::BODY_NOT_SET:
            break;
    }
}

}  // namespace hall::core
