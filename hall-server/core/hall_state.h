// What a hall remembers between two events: the message that a checkpoint holds, and the indexes
// that decisions ask.
//
// Internal to hall-server/core. Only apply.cc changes it. Every index can be rebuilt from `data`.
#pragma once

#include <array>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "hall-server/core/hall.h"
#include "hall-server/core/state.pb.h"
#include "ticketing/prediction.h"
#include "ticketing/ticket_number.h"
#include "ticketing/waiting_queues.h"

namespace hall::core {

using ticketing::TicketHandle;

// Edges of a day plan, in order; data.edges_taken is the last one behind us, 0 before the first.
// Persistent: checkpoints and digests hold the numbers.
enum Edge : uint32_t { kEarlyWaiting = 1, kOpening = 2, kClosing = 3 };

// Tickets of the last half hour by what they need, as prediction asks for them. Early-waiting
// registrations are not among them: they say nothing about who still comes.
struct Arrivals {
    struct One {
        int64_t at_ms = 0;
        ticketing::SignatureId signature = 0;
        int64_t credit_ms = 0;
    };
    std::deque<One> line;                                                 // rising at_ms
    std::map<ticketing::SignatureId, std::map<int64_t, int64_t>> counts;  // by credit

    void add(const One& one);
    void forget_before(int64_t at_ms);
    void clear();
};

// What data.spans holds, with services as positions in the rules.
struct RecentService {
    uint32_t service = 0;
    int64_t span_ms = 0;
    uint32_t day = 0;
};

inline constexpr int64_t kDayLengthMs = 86'400'000;
inline constexpr uint32_t kWeek = 7;
// Arrivals are kept by parts of a day, for so many days.
inline constexpr int kLoadParts = 48;
inline constexpr int64_t kLoadPartMs = kDayLengthMs / kLoadParts;
inline constexpr uint32_t kLoadDays = 56;

struct HallState {
    state::Hall data;

    ticketing::WaitingQueues queues;  // registered and waiting tickets
    // [letter][serial - 1]; kNoTicket where a paper slip was never imported.
    std::array<std::vector<TicketHandle>, 26> by_number;
    std::map<uint32_t, int> window_index;
    std::map<std::string, uint32_t> service_index;          // position in the rules
    std::map<uint32_t, std::vector<uint32_t>> services_at;  // of a window, as positions
    Arrivals arrivals;
    std::vector<RecentService> recent_services;  // oldest first
    ticketing::Quantiles quantiles;              // of data.residuals
    // In the queue with a language that must be spoken and no interpreter yet: by need, then by
    // entry.
    std::map<ticketing::NeedSignature, std::set<std::pair<int64_t, TicketHandle>>> speakers;
    std::set<TicketHandle> away;                           // missed, on an errand, stepped out
    std::set<std::pair<int64_t, TicketHandle>> step_outs;  // by the time they end
    std::set<uint64_t> open_prints;  // requested, claimed, or lapsed: an agent's work
    std::map<std::string, std::set<uint64_t>> open_by_printer;  // the same; no empty sets
    std::set<uint64_t> bad_prints;                              // failed or unconfirmed
    std::set<std::pair<int64_t, uint64_t>> claim_deadlines;     // of claimed prints
    std::array<uint32_t, 16> count_by_state{};                  // tickets of today by TicketState
    uint32_t seats_taken = 0;                                   // by the registered
    std::set<TicketHandle> staying;  // chose to stay when the hall closes
    // Places by begin of the slot and first service; no zeros.
    std::map<std::pair<int64_t, std::string>, uint32_t> slot_places_taken;
    // Appointments whose visitors have not come, by date (empty: any day), slot and id.
    std::map<std::string, std::set<std::pair<int64_t, uint64_t>>> awaited;

    // Of data.cases, wristbands, staff, check_ins: positions by id.
    std::map<uint64_t, int> case_index;
    std::map<std::string, int> wristband_index;
    std::map<std::string, int> staff_index;
    std::map<uint64_t, int> check_in_index;
    std::map<std::string, std::set<uint64_t>> cases_on;       // open ones, by today's ticket
    std::map<uint32_t, std::set<uint64_t>> shown_at;          // open ones, by a scan's console
    std::map<std::string, uint32_t> load;                     // open cases, by escort; no zeros
    std::map<std::string, uint32_t> offered;                  // handed over, not accepted; no zeros
    std::set<std::pair<int64_t, uint64_t>> rating_deadlines;  // of invited ratings
    std::set<std::pair<int64_t, uint64_t>> emergency_deadlines;  // to escalate

    static constexpr TicketHandle kNoTicket = ~TicketHandle{0};

    void note_arrival(const state::Ticket& ticket);
    void add_recent_service(const state::ServiceSpan& span);

    // Rebuilds every index from `data`.
    void reindex();

    uint32_t count(protocol::TicketState::Value value) const {
        return count_by_state[static_cast<size_t>(value)];
    }
    uint32_t at_windows() const {
        return count(protocol::TicketState::called) + count(protocol::TicketState::serving);
    }

    void add_open_print(const state::Print& print);
    // From every index; the print itself stays. REQUIRES: `print` is as it was indexed.
    void forget_print(const state::Print& print);

    // By a number of today, "A001", or with today's date, "2026-11-23/A001".
    std::optional<TicketHandle> find_ticket(const std::string& number) const;
    const state::Ticket& ticket(TicketHandle handle) const {
        return data.tickets(static_cast<int>(handle));
    }
    // Into the queue and out of it, with what hangs on it.
    void enqueue(const state::Ticket& entry, TicketHandle handle);
    void dequeue(const state::Ticket& entry, TicketHandle handle);
    void add_number(ticketing::TicketNumber number, TicketHandle handle);
    // The last serial that was issued today with this letter.
    uint32_t last_number(char letter) const;
    void add_appointment(const state::Appointment& entry);
    // From every index; the appointment stays. REQUIRES: `entry` is as it was indexed.
    void forget_appointment(const state::Appointment& entry);
    uint32_t places_taken(int64_t slot_ms, const std::string& service) const;
    // Bookings and what was carried over, until the day after they are of use.
    const state::Appointment* find_appointment(uint64_t id) const;
    // When the visitor of a carried-over appointment first came; nothing for other appointments.
    std::optional<int64_t> kept_arrival_ms(uint64_t appointment) const;
    const state::Window* find_window(uint32_t number) const;
    const state::Print* find_print(uint64_t job) const;
    const state::Printer* find_printer(const std::string& name) const;
    const state::Device* find_device(const std::string& name) const;
    const protocol::HallRules::Service* find_service(const std::string& code) const;
    const protocol::HallRules::Category* find_category(const std::string& code) const;
    const protocol::HallRules::Window* window_rules(uint32_t number) const;

    // The window that calls or serves this ticket's holder right now, and its ticket.
    const state::Ticket* ticket_at(const state::Window& window) const;
};

// Parts of HallState::reindex, in cases.cc and care.cc.
void index_cases(HallState& hall);
void index_care(HallState& hall);

// Which idle window is asked to call whom (WaitingQueues::offers).
std::vector<ticketing::Offer> offers_now(const HallState& hall);
// What a ticket needs of a window for its current service.
ticketing::NeedSignature need_of(const state::Ticket& ticket);
ticketing::Key key_of(const state::Ticket& ticket);
ticketing::Ability ability_of(const protocol::HallRules::Window& rule);
inline bool seated(const state::Ticket& ticket) {
    return ticket.seat() && ticket.state() == protocol::TicketState::registered;
}
inline bool is_green(const state::Ticket& ticket) {
    return ticket.credit_ms() > 0;
}
bool in_queue(const state::Ticket& ticket);
bool is_away(const state::Ticket& ticket);
// Has a place in the hall's day that its end would take: is asked before closing.
bool asked_at_closing(const state::Ticket& ticket);
// Done, cancelled, closed out or turned into an appointment.
bool is_over(const state::Ticket& ticket);
// Tickets are called and served in this phase.
bool serves(protocol::Phase::Value phase);

}  // namespace hall::core
