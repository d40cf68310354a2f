// DayAuditor: a second, much simpler idea of the hall, which believes nothing but the events.
//
// It holds a plain list of tickets and searches it every time. Fed with every event, it says when
// one breaks a rule of domain.md or a property of policy.md.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/core/test_hall.h"

namespace hall::core {

class DayAuditor {
  public:
    struct Ticket {
        Words services;
        size_t index = 0;
        std::string must_speak;
        bool eased = false;  // an interpreter will do
        bool paper = false;
        bool step_free = false;
        int64_t v_ms = 0;
        int64_t t_ms = 0;
        uint64_t serial = 0;
        int64_t credit_ms = 0;
        int64_t entered_ms = 0;  // of the entry that its key is made from
        TicketState::Value state = TicketState::unknown;
        uint32_t window = 0;
        uint32_t calls = 0;
        int64_t first_call_ms = 0;
        int64_t last_call_ms = 0;
        int64_t away_ms = 0;
        uint32_t step_outs = 0;

        bool before(const Ticket& other) const;
    };

    // Who a window must call first; the key's order unless a test says otherwise (P7).
    using Order = bool (*)(const Ticket&, const Ticket&);
    explicit DayAuditor(Order order = [](const Ticket& a, const Ticket& b) { return a.before(b); })
        : order_(order) {}

    void see(const LoggedEvent& entry);
    // The first thing that was wrong; empty while nothing is.
    const std::string& complaint() const { return complaint_; }

    const std::map<std::string, Ticket>& tickets() const { return tickets_; }
    std::vector<std::string> numbers(std::initializer_list<TicketState::Value> states) const;
    std::string holder(uint32_t window) const;
    TicketState::Value state_at(uint32_t window) const;
    Phase::Value phase() const { return phase_; }

  private:
    void expect(bool holds, const std::string& rule, const std::string& number);
    Ticket& find(const std::string& number);
    bool can(uint32_t window, const Ticket& ticket) const;
    bool has_unreserved(const Ticket& ticket) const;
    int64_t reserved_at(uint32_t window) const;
    bool first_at(uint32_t window, const Ticket& ticket) const;
    void bring_forward(Ticket& ticket, const std::string& service);
    uint32_t ahead_of(const Ticket& ticket) const;
    void called(const protocol::TicketCalled& event, int64_t at_ms);
    void issued(const protocol::TicketIssued& event, int64_t at_ms);
    void returned(const protocol::TicketReturned& event, int64_t at_ms);
    void leave(const std::string& number, uint32_t window, TicketState::Value from,
               TicketState::Value to);

    Order order_;
    protocol::HallRules rules_;
    std::map<uint32_t, const protocol::HallRules::Window*> rule_of_;
    std::map<std::string, Ticket> tickets_;
    std::map<char, uint32_t> last_;
    std::map<uint32_t, bool> open_;
    std::map<uint32_t, int64_t> reserved_;
    Phase::Value phase_ = Phase::closed;
    std::string complaint_;
};

}  // namespace hall::core
