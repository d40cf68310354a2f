// The EventLog of simulator and tests: the same contract in memory, with faults on demand.
//
// MemoryDisk is what survives a crash; a log opened on it is the process. Destroy the log and open
// another on the same disk: that is a restart.
//
// Threads: as EventLog; the disk guards itself, so that readers may run beside the log. The fault
// functions may be called from any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <tl/expected.hpp>

#include "hall-server/store/event_log.h"
#include "protocol/error.h"

namespace hall::store {

// When the power goes during an append. Nobody was told that the batch is stored; both are right.
enum class PowerCut {
    kBeforeSync,  // what was not synced is dropped: the batch is lost
    kAfterSync,   // the batch is on disk
};

class MemoryDisk {
  public:
    MemoryDisk();
    ~MemoryDisk();
    MemoryDisk(const MemoryDisk&) = delete;
    MemoryDisk& operator=(const MemoryDisk&) = delete;

    // The next append is refused with this error and changes nothing.
    void fail_next_append(Error error);
    // The next append returns Error `power_cut`; so does everything that the log opened now is
    // asked afterwards. Destroy it and open another one.
    void cut_power_in_next_append(PowerCut when);
    // Changes a stored record as a bad disk or a bad person would. REQUIRES: 1 <= seq <= head.
    void tamper(uint64_t seq, const std::function<void(Record&)>& change);
    // Takes away the records after `seq`.
    void cut_tail_after(uint64_t seq);
    // Changes the bytes of the newest checkpoint, if there is one.
    void damage_newest_checkpoint();

    struct State;  // the .cc's
    State& state() { return *state_; }

  private:
    std::unique_ptr<State> state_;
};

// Errors: `data_in_use` while another log is open on the disk; `log_damaged` if the last record is.
tl::expected<std::unique_ptr<EventLog>, Error> open_memory_log(std::shared_ptr<MemoryDisk> disk);

}  // namespace hall::store
