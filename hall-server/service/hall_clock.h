// HallClock: the time that the hall lives by, in UTC milliseconds.
//
// It runs on the machine's monotonic clock and slews to the wall clock, so it never steps back,
// whoever sets the clock:
//
//   wall up to 2 s off      hall time runs 1 % faster or slower until they agree
//   wall steps forward      hall time follows at once, and the step is reported once
//   wall steps back         hall time runs at half speed until the wall has caught up; the step is
//                           reported once
//
// A demo clock starts at a time of its own, runs `speed` times as fast, and ignores the wall.
// Used by one thread.
#pragma once

#include <cstdint>
#include <optional>

namespace hall::service {

// Where time comes from; a test has its own.
class TimeSource {
  public:
    virtual ~TimeSource() = default;
    virtual int64_t monotonic_us() const = 0;
    virtual int64_t wall_ms() const = 0;  // UTC
};

// CLOCK_MONOTONIC and CLOCK_REALTIME.
class SystemTime final : public TimeSource {
  public:
    int64_t monotonic_us() const override;
    int64_t wall_ms() const override;
};

struct DemoClock {
    int64_t start_ms = 0;
    double speed = 1.0;  // kDemoSpeedMin to kDemoSpeedMax
};
inline constexpr double kDemoSpeedMin = 0.01;
inline constexpr double kDemoSpeedMax = 10'000.0;

inline constexpr int64_t kClockStepMs = 2'000;  // more than this is a step

class HallClock {
  public:
    struct Reading {
        int64_t now_ms = 0;   // never falls
        int64_t step_ms = 0;  // wall minus hall time when a step was noticed just now; 0 = none
    };

    // `source` outlives the clock. Hall time starts at the wall's (or the demo's) but not before
    // `not_before_ms`, the time of the log's last event.
    HallClock(const TimeSource& source, int64_t not_before_ms,
              std::optional<DemoClock> demo = std::nullopt);

    Reading read();

    // Real milliseconds until hall time reaches `hall_ms`, rounded up; 0 when it has. Counted from
    // the last `read`.
    int64_t real_wait_ms(int64_t hall_ms) const;

  private:
    double rate() const;

    const TimeSource* source_;
    std::optional<DemoClock> demo_;
    double now_ms_ = 0;  // with its fraction: a millisecond at 1 % speed-up is not lost
    int64_t read_at_us_ = 0;
    int64_t offset_ms_ = 0;     // wall minus hall at the last read
    int64_t wall_base_ms_ = 0;  // wall minus monotonic when a step was reported last
};

}  // namespace hall::service
