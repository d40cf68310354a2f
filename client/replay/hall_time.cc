#include "client/replay/hall_time.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "protocol/check.h"

namespace hall::replay {
namespace {

// A reply that took longer than this tells less than what we knew, unless the clock was restarted.
constexpr double kReplyMs = 2'000;
constexpr double kLongestNapMs = 500;

double monotonic_ms() {
    return std::chrono::duration<double, std::milli>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

}  // namespace

void HallTime::heard(int64_t server_time_ms) {
    const double zero_ms = static_cast<double>(server_time_ms) - monotonic_ms() * speed_;
    const std::lock_guard lock(mutex_);
    // A reply is always a little old, so the largest is nearest to the truth.
    if (!known_ || zero_ms > zero_ms_ || zero_ms < zero_ms_ - kReplyMs * speed_) {
        zero_ms_ = zero_ms;
    }
    known_ = true;
}

int64_t HallTime::now_ms() const {
    const std::lock_guard lock(mutex_);
    HALL_CHECK(known_);
    return static_cast<int64_t>(zero_ms_ + monotonic_ms() * speed_);
}

void HallTime::wait_until(int64_t hall_ms) const {
    for (;;) {
        const double left_ms = static_cast<double>(hall_ms - now_ms()) / speed_;
        if (left_ms <= 0) return;
        // In naps: the clock may have been restarted meanwhile.
        std::this_thread::sleep_for(
            std::chrono::duration<double, std::milli>(std::min(left_ms + 0.2, kLongestNapMs)));
    }
}

}  // namespace hall::replay
