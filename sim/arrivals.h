// Arrivals: who comes when, one after another, as a scenario says. Inside sim/ only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "sim/chance.h"
#include "sim/scenario.h"

namespace hall::sim {

struct Arrival {
    Ticks at = 0;
    std::size_t visitor_class = 0;
    std::optional<std::size_t> service;  // of a trace; else one of the class's needs
    Ticks service_time = -1;             // of a trace; -1: drawn
};

// The arrivals of one run. The same seed gives the same people whatever the rule is.
class Arrivals {
  public:
    // REQUIRES: `scenario` outlives this.
    Arrivals(const Scenario& scenario, uint64_t seed);

    // Begins day `day` of the run (0 for an endless run), which falls on `weekday`.
    void begin_day(int day, int weekday);
    // The next one; nullopt when nobody comes any more today.
    const std::optional<Arrival>& next() const { return next_; }
    void advance();

  private:
    struct Stream {
        Chance chance;
        double at = 0;  // ticks
        std::size_t step = 0;
        double factor = 1;  // of this step's rate
        std::optional<Arrival> next;
    };

    void begin_step(const ArrivalStream& source, Stream& stream);
    void advance(std::size_t index);
    void begin_trace_day(std::size_t day);
    void pick();

    const Scenario& scenario_;
    double day_factor_ = 1;
    std::vector<Stream> streams_;
    std::size_t first_ = 0;  // the stream of next_
    Chance trace_chance_;
    std::vector<Arrival> recorded_;
    std::size_t recorded_at_ = 0;
    std::optional<Arrival> next_;
};

}  // namespace hall::sim
