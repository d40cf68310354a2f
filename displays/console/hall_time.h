// The hall's clock on a console: the last view's server time plus what has passed since, so that a
// machine with a wrong clock shows the right time. Used by console models. One thread.
//
// `now_ms` is this machine's monotonic clock everywhere in displays/.
#pragma once

#include <cstdint>
#include <string>

#include "protocol/views.pb.h"

namespace hall::console {

class HallTime {
  public:
    // `age_ms`: how long ago the view with this head came.
    void take(const protocol::ViewHead& head, std::int64_t age_ms, std::int64_t now_ms);

    bool known() const { return base_utc_ms_ != 0; }
    // UTC milliseconds; 0 while unknown.
    std::int64_t utc_ms(std::int64_t now_ms) const;
    // "09:42" of now and of a UTC time; empty while unknown.
    std::string clock(std::int64_t now_ms) const;
    std::string clock_of(std::int64_t utc_ms) const;
    // 今天, 明天 or "11月27日" of a UTC time.
    std::string day_of(std::int64_t utc_ms, std::int64_t now_ms) const;
    // Until the clock's minute turns; at most a minute.
    std::int64_t to_next_minute_ms(std::int64_t now_ms) const;

  private:
    std::int64_t local_day(std::int64_t utc_ms) const;

    std::int64_t base_utc_ms_ = 0;
    std::int64_t base_now_ms_ = 0;
    std::int32_t utc_offset_s_ = 0;
};

// Whole minutes of a span, rounded down, never negative.
std::int64_t minutes_of(std::int64_t span_ms);
// Whole seconds of a span, rounded up, never negative: a countdown that ends with 1.
std::int64_t seconds_left(std::int64_t span_ms);

}  // namespace hall::console
