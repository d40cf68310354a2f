// HallService: the loop's middle — decide, apply, commit, reveal — with no socket and no SQL.
//
// One thread owns it. Whoever runs the loop (hall-server/net, the simulator, a test) collects the
// requests that are waiting, calls `turn` once, and sends what it returns. Nothing that `turn`
// returns is true before it is on disk, and everything it returns is.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "hall-server/core/hall.h"
#include "hall-server/service/calendar.h"
#include "hall-server/store/event_log.h"
#include "hall-server/store/vault.h"
#include "protocol/error.h"
#include "protocol/hall.pb.h"

namespace hall::service {

// Who sent a frame, as the transport proved it.
struct Sender {
    std::string device;
    protocol::Role::Value role = protocol::Role::unknown;
    uint32_t window = 0;  // clerk devices: the only window they may act for; 0 = any
    // Staff number whose PIN came with the frame and was right; empty: whoever is signed on there.
    std::string person;
};

// REQUIRES: the command_id holds at most 64 of [A-Za-z0-9-] (it goes into the log).
struct Incoming {
    Sender sender;
    protocol::Request request;  // without its PINs
    std::string new_pin_hash;   // of SetPin: Argon2id, libsodium's string form
};

// What a PIN is checked against.
struct PinOnRecord {
    bool known = false;  // there is such a colleague
    std::string hash;    // empty: no PIN was set
};

class HallService {
  public:
    struct Options {
        bool secure = false;                 // reported in Status
        uint64_t checkpoint_every = 20'000;  // events between two checkpoints
        // Of this installation: keys the digests by which a repeated command is told from a reused
        // id. Kept beside the server's keys, never in the log.
        std::array<uint8_t, 32> reply_key{};
    };

    // Rebuilds the hall from `log` (checkpoint and tail), sweeps `vault` to what the log says, and
    // installs `rules` when they differ from the logged ones. `log`, `vault` and `calendar` outlive
    // the service. `now_ms` is the hall's clock.
    // Errors: the log cannot be read; the vault's; `vault_of_another_log`; `rules_strand_tickets`.
    static tl::expected<std::unique_ptr<HallService>, Error> start(store::EventLog& log,
                                                                   store::Vault& vault,
                                                                   const Calendar& calendar,
                                                                   const protocol::HallRules& rules,
                                                                   int64_t now_ms, Options options);

    // Handles one batch: due deadlines first, then `batch` in order, then one commit: the vault,
    // then the log. Replies are in the order of `batch`, with the names that the vault has. When
    // vault or log refuses the commit, every command of the batch is refused with
    // `storage_unavailable`, the hall is rebuilt from the log, and queries still answer.
    // REQUIRES: now_ms never falls between two calls.
    std::vector<protocol::Reply> turn(const std::vector<Incoming>& batch, int64_t now_ms);

    // When `turn` wants to be called even if nobody asks anything; in the hall's clock.
    int64_t next_deadline_ms() const;

    // Seq of the last committed event. Views change with it and with nothing else.
    uint64_t seq() const;

    // Whole views as of the last commit. `publication` of the head is left to the transport.
    std::optional<protocol::BoardView> board_view(const std::string& zone, int64_t now_ms) const;
    protocol::GuideView guide_view(int64_t now_ms) const;
    std::optional<protocol::ClerkView> clerk_view(uint32_t window, int64_t now_ms) const;
    protocol::CareView care_view(int64_t now_ms) const;
    protocol::CasesView cases_view(int64_t now_ms) const;
    protocol::SupervisorView supervisor_view(int64_t now_ms) const;
    protocol::PrinterView printer_view(int64_t now_ms) const;
    std::vector<std::string> zones() const;
    std::vector<uint32_t> windows() const;

    // Events committed by the last `turn`, for the event feed.
    const std::vector<protocol::EventRecord>& committed() const;

    // Enrolled devices, for ZAP. `devices_version` rises when the list changes.
    std::vector<protocol::Device> devices() const;
    uint64_t devices_version() const;

    // For the transport, which checks PINs away from the loop.
    PinOnRecord pin_of(const std::string& staff) const;
    // What the hall runs by now.
    const protocol::HallRules& rules() const;

    // Time of the last event: hall time starts no earlier.
    int64_t last_at_ms() const;

    // Notes a wall clock step over 2 s; it becomes an event with the next turn.
    void note_clock_step(int64_t step_ms);

    // Saves a checkpoint now (clean stop).
    void checkpoint();

    ~HallService();

  private:
    struct State;
    explicit HallService(std::unique_ptr<State> state);
    template <class View>
    View revealed(View view) const;
    std::unique_ptr<State> state_;
};

}  // namespace hall::service
