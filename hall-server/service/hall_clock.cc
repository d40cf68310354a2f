#include "hall-server/service/hall_clock.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>

namespace hall::service {
namespace {

constexpr double kSlew = 0.01;
constexpr double kWaitingRate = 0.5;

int64_t wall_base(const TimeSource& source, int64_t monotonic_us) {
    return source.wall_ms() - monotonic_us / 1'000;
}

}  // namespace

int64_t SystemTime::monotonic_us() const {
    return std::chrono::duration_cast<std::chrono::microseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

int64_t SystemTime::wall_ms() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

HallClock::HallClock(const TimeSource& source, int64_t not_before_ms, std::optional<DemoClock> demo)
    : source_(&source), demo_(demo), read_at_us_(source.monotonic_us()) {
    const int64_t start_ms = demo_ ? demo_->start_ms : source_->wall_ms();
    now_ms_ = static_cast<double>(std::max(start_ms, not_before_ms));
    offset_ms_ = source_->wall_ms() - static_cast<int64_t>(now_ms_);
    wall_base_ms_ = wall_base(*source_, read_at_us_);
}

// Hall milliseconds per real one.
double HallClock::rate() const {
    if (demo_) return demo_->speed;
    if (offset_ms_ < -kClockStepMs) return kWaitingRate;
    if (offset_ms_ == 0) return 1.0;
    return offset_ms_ > 0 ? 1.0 + kSlew : 1.0 - kSlew;
}

HallClock::Reading HallClock::read() {
    const int64_t at_us = source_->monotonic_us();
    const double passed_ms = static_cast<double>(at_us - read_at_us_) / 1'000.0;
    read_at_us_ = at_us;
    if (demo_) {
        now_ms_ += passed_ms * demo_->speed;
        return {static_cast<int64_t>(now_ms_), 0};
    }
    // Never past the wall: a long time between two reads must not overshoot.
    const double limit_ms = passed_ms * std::abs(rate() - 1.0);
    now_ms_ += passed_ms + std::clamp(static_cast<double>(offset_ms_), -limit_ms, limit_ms);

    Reading reading;
    const int64_t wall_ms = source_->wall_ms();
    const int64_t base_ms = wall_base(*source_, at_us);
    offset_ms_ = wall_ms - static_cast<int64_t>(now_ms_);
    if (std::abs(base_ms - wall_base_ms_) > kClockStepMs) {
        reading.step_ms = offset_ms_;
        wall_base_ms_ = base_ms;
    }
    if (offset_ms_ > kClockStepMs) {
        now_ms_ = static_cast<double>(wall_ms);
        offset_ms_ = 0;
    }
    reading.now_ms = static_cast<int64_t>(now_ms_);
    return reading;
}

int64_t HallClock::real_wait_ms(int64_t hall_ms) const {
    const double left_ms = static_cast<double>(hall_ms) - now_ms_;
    if (left_ms <= 0) return 0;
    return static_cast<int64_t>(std::min(std::ceil(left_ms / rate()), 9e15));
}

}  // namespace hall::service
