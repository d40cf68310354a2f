// Hall: the hall as a pure function of its event log.
//
//   decide(command, now)  -> events, or a refusal that changes nothing
//   apply(event)          -> the next state; cannot fail
//   next_deadline_ms()    -> when a Tick must be decided even if nobody asks
//
// No clock, chance, thread, float, locale or I/O in here: `now` is an argument, and two halls that
// applied the same events are equal to the last byte of `snapshot()`. One thread at a time.
// Events are applied in the order of their seq; decide() never changes anything by itself.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "hall-server/core/private.pb.h"
#include "hall-server/core/state.pb.h"
#include "protocol/hall.pb.h"

namespace hall::core {

// The longest code, language tag or name that a command may carry, in bytes.
inline constexpr size_t kTextMax = 200;
inline constexpr size_t kServicesPerTicketMax = 8;
inline constexpr size_t kWishesMax = 16;  // categories, needs or preferred languages of a ticket
// A full day of these stays below the store's limits on a checkpoint and on a batch (at midnight
// every open ticket gets an event).
inline constexpr size_t kTicketsPerDayMax = 250'000;
inline constexpr size_t kPrintJobsPerDayMax = 500'000;
inline constexpr size_t kDevicesMax = 1'000;
inline constexpr size_t kKeptArrivalsMax = 100'000;
// Bookings; what days carry over comes on top, as much as a day has tickets.
inline constexpr size_t kAppointmentsMax = 100'000;
// How long a visitor whose day ended early may come back with the time that he waited.
inline constexpr int64_t kKeptForMs = 30LL * 86'400'000;
inline constexpr int64_t kOurFaultKeptForMs = 90LL * 86'400'000;
inline constexpr size_t kBoardCallsMax = 16;
inline constexpr size_t kBoardFirstMax = 12;
inline constexpr size_t kStaffRowsMax = 200;
inline constexpr size_t kClerkRowsMax = 50;
inline constexpr size_t kAwaitedRowsMax = 50;
inline constexpr size_t kPrintRowsMax = 50;
// What day reports remember. One takes at most 320 KiB with its questions and 200 KiB without (a
// busy city hall's: 25 and 8), so all of them are far below a checkpoint's limit.
inline constexpr size_t kReportDaysMax = 400;
inline constexpr size_t kReportQuestionDays = 60;  // then only their count is kept
inline constexpr size_t kReportQuestionsMax = 500;
inline constexpr size_t kReportSightsMax = 200;  // actors; the rest share the row of nobody
inline constexpr size_t kReportServicesMax = 300;
inline constexpr size_t kCasesMax = 50'000;      // open at once, and today's closed ones
inline constexpr size_t kCheckInsMax = 100'000;  // kept at once
inline constexpr size_t kStaffMax = 1'000;
inline constexpr size_t kEmergenciesMax = 200;  // open, and today's
inline constexpr size_t kLoansMax = 5'000;
inline constexpr size_t kConsultationsMax = 10'000;
inline constexpr size_t kWristbandsPerCaseMax = 20;
inline constexpr size_t kCaseMaterialsMax = 40;
inline constexpr size_t kCaseRowsMax = 200;
inline constexpr size_t kCareRowsMax = 50;
inline constexpr size_t kEmergencyRowsMax = 20;
inline constexpr size_t kNoteMax = 2'000;               // bytes of a free text
inline constexpr size_t kNameMax = 120;                 // bytes of a name
inline constexpr int64_t kRatingMs = 3 * 86'400'000LL;  // then it is 未评价
inline constexpr uint32_t kFollowUpDays = 5;            // working days
inline constexpr size_t kPaperSlipsMax = 1'000;         // in one import
inline constexpr uint32_t kPaperSerialMax = 99'999;
inline constexpr char kPaperLetter = 'Z';
// Missed so soon after the first moment at which the rules allow it: the integrity list says so.
inline constexpr int64_t kQuickMissMs = 10'000;
// A claimed print without a verdict for this long is `unconfirmed`: the agent is gone.
inline constexpr int64_t kPrintClaimMs = 10'000;

using Events = std::vector<protocol::Event>;
using Decision = tl::expected<Events, protocol::Refusal>;

// Whether the very same command may succeed later without anybody changing it: `retry` of a
// refusal.
bool retry_helps(protocol::RefusalCode::Value code);

// Who asks; the device is the transport's word, the person the sign-on's.
struct Actor {
    std::string device;
    std::string person;
};

// "device" or "device/person", as the log and the lists of staff name who did it.
std::string who_text(const Actor& actor);

struct HallState;

// What the vault has to do so that the events of a command stand for something.
struct VaultWork {
    struct Seal {
        uint64_t record = 0;
        protocol::VaultKind::Value kind = protocol::VaultKind::unknown;
        state::PrivateRecord content;
        // What `content` leaves empty is taken from this record; 0 = nothing.
        uint64_t base = 0;
        bool base_person_only = false;   // not what was noted there
        std::vector<std::string> erase;  // fields of the person that are kept no longer
    };
    std::vector<Seal> seal;       // under today's key of their kind
    std::vector<uint64_t> bring;  // case records of earlier days: sealed anew under today's key
    std::vector<uint64_t> erase;  // replaced, or deleted at the person's wish
    std::vector<state::VaultDay> destroy;  // keys, after the commit
};

class Hall {
  public:
    Hall();
    ~Hall();
    Hall(Hall&&) noexcept;
    Hall& operator=(Hall&&) noexcept;

    Decision decide(const protocol::Command& command, const Actor& actor, int64_t now_ms) const;
    // REQUIRES: seq == this->seq() + 1 and at_ms is not before the last event's.
    void apply(const protocol::Event& event, uint64_t seq, int64_t at_ms, const Actor& actor);

    // In UTC ms; never earlier than the last event. Nothing before the first day plan.
    std::optional<int64_t> next_deadline_ms() const;
    // The service must send PlanDay: there is no plan yet, or its midnight has passed.
    bool needs_day_plan(int64_t now_ms) const;

    uint64_t seq() const;
    int64_t last_at_ms() const;
    const protocol::HallRules& rules() const;
    const protocol::DayPlan& plan() const;

    state::Hall snapshot() const;
    // The inverse of snapshot().
    static Hall restore(const state::Hall& snapshot);

    // What a reply tells about the thing a command changed, after its events were applied.
    void describe(const protocol::Command& command, const Events& events, int64_t now_ms,
                  protocol::Reply& reply) const;
    // Answers every query except the two that read the log itself (events, log_verify) and
    // log_digest.
    void answer(const protocol::Query& query, int64_t now_ms, protocol::Reply& reply) const;

    std::optional<protocol::BoardView> board_view(const std::string& zone, int64_t now_ms) const;
    protocol::GuideView guide_view(int64_t now_ms) const;
    std::optional<protocol::ClerkView> clerk_view(uint32_t window, int64_t now_ms) const;
    protocol::PrinterView printer_view(int64_t now_ms) const;

    protocol::CasesView cases_view(int64_t now_ms) const;
    protocol::CareView care_view(int64_t now_ms) const;
    protocol::SupervisorView supervisor_view(int64_t now_ms) const;

    // What `events`, decided from `command` and not applied yet, ask of the vault. A PIN's hash is
    // not in the command: the caller adds it to the record of StaffPinSet.
    VaultWork vault_work(const protocol::Command& command, const Events& events) const;
    // Records of which the log speaks: any other in the vault is an orphan.
    uint64_t next_record() const;
    // The staff number signed on at a device; empty = nobody.
    std::string signed_on_at(const std::string& device) const;
    // Nothing for a number that is not known.
    std::optional<state::Staff> staff(const std::string& number) const;
    // Nothing for an id that is not (or no longer) in memory.
    std::optional<state::CheckIn> check_in(uint64_t id) const;
    std::optional<state::Case> case_file(uint64_t id) const;
    // The vault's record of whom an Unmask asks about; 0 = nothing is kept.
    uint64_t person_record(const protocol::Unmask& unmask) const;

    std::vector<protocol::Device> devices() const;
    uint64_t devices_version() const;
    std::vector<std::string> zones() const;
    std::vector<uint32_t> windows() const;

  private:
    std::unique_ptr<HallState> state_;
};

}  // namespace hall::core
