// HallTime: what the hall's clock says now, learnt from the server's replies. A demo clock runs
// `speed` times as fast as the machine's. Any thread.
#pragma once

#include <cstdint>
#include <mutex>

namespace hall::replay {

class HallTime {
  public:
    // `speed`: hall seconds per second, above 0.
    explicit HallTime(double speed) : speed_(speed) {}

    // A reply just came; the hall wrote this time into it.
    void heard(int64_t server_time_ms);

    // REQUIRES: `heard` was called.
    int64_t now_ms() const;

    // Sleeps until the hall's clock says `hall_ms`.
    void wait_until(int64_t hall_ms) const;

    double speed() const { return speed_; }

  private:
    const double speed_;
    mutable std::mutex mutex_;
    double zero_ms_ = 0;  // hall time at the zero of the machine's monotonic clock
    bool known_ = false;
};

}  // namespace hall::replay
