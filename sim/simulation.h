// Simulation: one run of a scenario under a virtual clock. Who is next is asked of
// ticketing::WaitingQueues and of nobody else; a free window takes at once whom it is offered.
//
// Events of one instant come in this order: shifts end, services end, shifts begin, people come
// back, lose patience, arrive. Same scenario and seed: same run, to the microsecond.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <queue>
#include <vector>

#include "sim/arrivals.h"
#include "sim/scenario.h"
#include "sim/tally.h"
#include "ticketing/waiting_queues.h"

namespace hall::sim {

inline constexpr std::size_t kBuckets = 24;  // of a picture: hours of arrival, or parts of a run

struct ClassTally {
    std::vector<Histogram> waits;      // by group
    std::vector<Histogram> by_bucket;  // all groups
    uint64_t abandoned = 0;            // lost patience
    uint64_t unserved = 0;             // the day ended first
    uint64_t missed = 0;               // called and not there
    uint64_t lost = 0;                 // of those, never came back
};

struct WindowTally {
    std::vector<double> utilisation;  // by run
    uint64_t served = 0;
};

struct Tally {
    std::vector<ClassTally> classes;
    std::vector<WindowTally> windows;
    uint64_t arrivals = 0;           // counted ones
    uint64_t turned_away = 0;        // came after closing
    std::vector<double> overtime_s;  // by day: last service's end after closing

    explicit Tally(const Scenario& scenario);
};

// What a test sees of a run.
struct Started {
    Ticks at = 0;
    uint32_t window = 0;
    std::size_t visitor_class = 0;
    ticketing::Key key;
    ticketing::SignatureId signature = 0;
    bool came = true;  // false: called in vain, the window waited for nobody
};
// Whoever enters the queue, before anybody is asked to take him.
struct Entered {
    Ticks at = 0;
    std::size_t visitor_class = 0;
    ticketing::Key key;
    ticketing::SignatureId signature = 0;
    const ticketing::NeedSignature& need;
};
class Watcher {
  public:
    virtual ~Watcher() = default;
    virtual void day_begins(int /*day*/) {}
    virtual void entered(const Entered& /*entry*/, const ticketing::WaitingQueues& /*queues*/,
                         const std::vector<ticketing::IdleWindow>& /*idle*/) {}
    // A window has finished with somebody who took so long of it.
    virtual void ended(uint32_t /*window*/, Ticks /*took*/) {}
    virtual void started(const Started& start) = 0;
    // After everything of an instant: who still waits, and which windows idle.
    virtual void settled(Ticks now, const ticketing::WaitingQueues& queues,
                         const std::vector<ticketing::IdleWindow>& idle) = 0;
};

// Run number `run` of `runs`, counted into `tally`. REQUIRES: run < runs.
void simulate(const Scenario& scenario, uint64_t seed, int run, int runs, Tally& tally,
              Watcher* watcher = nullptr);

}  // namespace hall::sim
