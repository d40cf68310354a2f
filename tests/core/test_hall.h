// TestHall: a small hall whose every step is checked, so that a test reads as given, when, then.
//
//     TestHall hall;                                    // early in the morning, rules and day
//     known hall.at("08:35").does(open_window(1)); hall.does(issue("pension", {"80plus"})); // A001
//     hall.at("08:40").refuses(call_next(2), RefusalCode::window_not_open);
//
// Moving the clock runs every deadline on the way at its own time, as the service does. After each
// step the hall must equal one restored from its snapshot, in every view and answer, and windows,
// tickets and counts must agree.
#pragma once

#include <gtest/gtest.h>

#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

#include "hall-server/core/hall.h"
#include "protocol/hall.pb.h"

namespace hall::core {

using protocol::Command;
using protocol::Event;
using protocol::Phase;
using protocol::PrintState;
using protocol::Reason;
using protocol::RefusalCode;
using protocol::TicketState;
using protocol::WindowState;

inline constexpr int64_t kSecondMs = 1'000;
inline constexpr int64_t kMinuteMs = 60'000;
inline constexpr int64_t kHourMs = 3'600'000;
inline constexpr int64_t kDayMs = 86'400'000;
inline constexpr uint32_t kFirstDay = 20'780;  // 2026-11-23, a Monday; local time is UTC + 8 h
inline constexpr uint32_t kTuesday = kFirstDay + 1;

// Four services A to D, the categories of policy.md, five windows in two zones, two printers:
//   1 pension, medical             cmn za    step-free   east
//   2 pension                      cmn yue               east
//   3 medical, card                cmn       step-free   west
//   4 jobs                         cmn                   west
//   5 all                          cmn                   west
protocol::HallRules test_rules();
// The same, and appointments: slots of half an hour with two places, a week ahead; who waits is
// asked 15 minutes before closing.
protocol::HallRules rules_with_appointments();
// Early waiting 07:30, open 08:30 to 17:00, extension to 18:00 at the latest.
protocol::DayPlan test_plan(uint32_t day = kFirstDay, bool opens = true);
// "08:30" or "08:30:15" of a day, in UTC ms.
int64_t time_ms(const std::string& clock, uint32_t day = kFirstDay);
int64_t tuesday(const std::string& clock);

using Words = std::vector<std::string>;

// Commands, in the words of hallctl.
Command issue(const Words& services, const Words& categories = {});
Command issue(const std::string& service, const Words& categories = {});
Command enter_early(const std::string& service, const Words& categories = {}, bool seat = false);
Command cancel(const std::string& number, Reason::Value reason = Reason::visitor_left);
Command step_out(const std::string& number);
Command come_back(const std::string& number);
// At `slot_ms`; by phone unless `print` says otherwise.
Command book(const std::string& service, int64_t slot_ms, const Words& categories = {},
             bool print = false);
Command cancel_appointment(uint64_t appointment);
// With the services that were booked, or others.
Command check_in(uint64_t appointment, const Words& services = {});
Command choose(const std::string& number, protocol::ClosingChoice::Value choice);
Command open_window(uint32_t window);
Command pause_window(uint32_t window, Reason::Value reason = Reason::meal);
Command close_window(uint32_t window);
Command reserve(uint32_t window, int64_t credit_ms);
Command call_next(uint32_t window, const std::string& offered = "");
Command call_ticket(uint32_t window, const std::string& number,
                    Reason::Value reason = Reason::frail);
Command recall(uint32_t window);
Command miss(uint32_t window);
Command start(uint32_t window);
Command finish(uint32_t window);
Command errand(uint32_t window);
Command transfer(uint32_t window, const std::string& service);
Command next_service(uint32_t window);
Command open_hall();
Command close_hall();
Command extend_hall(int64_t until_ms);
Command start_early_waiting();
Command retry_print(uint64_t job, const std::string& printer = "");
Command test_print(const std::string& printer);
Command print_guide(const std::string& service, const std::string& printer = "");
Command claim(uint64_t job);
Command report(uint64_t job, PrintState::Value verdict,
               protocol::PrinterState::Value cause = protocol::PrinterState::unknown);
Command report_printer(const std::string& printer, protocol::PrinterState::Value state);
Command enrol(const std::string& name, char key_letter, uint32_t window = 0);
Command revoke(const std::string& name);
Command install(const protocol::HallRules& rules);
Command plan_day(const protocol::DayPlan& plan);
// The `days` days after `day`; those of a weekend are closed.
Command plan_ahead(uint32_t days = 7, uint32_t day = kFirstDay);
Command tick();
protocol::ImportPaper::Slip paper_slip(const std::string& number, const std::string& service,
                                       int64_t arrived_ms, const Words& categories = {});
// The same, and it was served on paper.
protocol::ImportPaper::Slip served_slip(const std::string& number, const std::string& service,
                                        int64_t arrived_ms);
Command import_paper(const std::vector<protocol::ImportPaper::Slip>& slips);

struct LoggedEvent {
    Event event;
    int64_t at_ms = 0;
    Actor actor;
};

// The state of `hall` as the bytes of a checkpoint.
std::string bytes_of(const Hall& hall);
// A hall that lived through these events.
Hall replay(const std::vector<LoggedEvent>& log);
// The first view or answer in which two halls differ; empty when there is none.
std::string difference(const Hall& a, const Hall& b, int64_t now_ms);
// What does not hold together in a hall's state: windows and tickets, counts, limits.
std::string contradiction(const Hall& hall);

class TestHall {
  public:
    // How often the expensive checks run; every step unless a test takes thousands.
    explicit TestHall(const protocol::HallRules& rules = test_rules(),
                      const protocol::DayPlan& plan = test_plan(), uint32_t check_every = 1);

    // Every new day of a test is planned like the first, and from this one on the week after it.
    TestHall& with_days_ahead();
    // Moves the clock; never back.
    TestHall& at(const std::string& clock);
    TestHall& at_ms(int64_t now_ms);
    TestHall& after_s(int64_t seconds) { return at_ms(now_ms_ + seconds * kSecondMs); }
    TestHall& on_next_day(const std::string& clock);
    // Who acts from now on.
    TestHall& by(const std::string& device, const std::string& person = "");

    // Does it, or fails the test. Returns the events.
    Events does(const Command& command);
    // Expects exactly this refusal. Returns it.
    protocol::Refusal refuses(const Command& command, RefusalCode::Value code);
    // Either; for random halls.
    Decision tries(const Command& command);

    // What it told whoever did the last thing.
    const protocol::Reply& reply() const { return reply_; }

    state::Ticket ticket(const std::string& number) const;
    TicketState::Value state(const std::string& number) const { return ticket(number).state(); }
    WindowState::Value window(uint32_t number) const;
    state::Appointment appointment(uint64_t id) const;
    std::vector<protocol::Slot> slots(const std::string& service,
                                      const std::string& date = "") const;
    state::Print print(uint64_t job) const;
    protocol::Ticket shown(const std::string& number) const;  // as TicketQuery answers, with keys
    protocol::DayReport report(const std::string& date = "") const;
    Phase::Value phase() const { return hall_.snapshot().phase(); }

    const Hall& hall() const { return hall_; }
    int64_t now_ms() const { return now_ms_; }
    const std::vector<LoggedEvent>& log() const { return log_; }
    std::vector<LoggedEvent> log_from(size_t index) const;

    // Given: three calls without answer at `window`, then missed. 60 s pass.
    void miss_whoever_is_next(uint32_t window);
    // Given: the next in line is called to `window` and served.
    void serve_next(uint32_t window);

  private:
    void apply(const Events& events, const Actor& actor);
    void run_deadline();
    void check();

    Hall hall_;
    int64_t now_ms_ = 0;
    uint32_t day_ = 0;
    Actor actor_{"guide-1", ""};
    protocol::Reply reply_;
    std::vector<LoggedEvent> log_;
    uint32_t check_every_ = 1;
    bool plans_ahead_ = false;
    uint32_t steps_ = 0;
};

// A hall in the middle of an ordinary morning: 09:00, windows 1 to 5 open.
class OpenHallTest : public testing::Test {
  protected:
    void SetUp() override;
    TestHall hall;
};

}  // namespace hall::core
