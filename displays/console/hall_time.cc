#include "displays/console/hall_time.h"

#include <algorithm>
#include <chrono>

#include "client/refusal_text.h"
#include "wording/wording.h"

namespace hall::console {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kDayMs = 24 * 60 * kMinuteMs;

}  // namespace

void HallTime::take(const protocol::ViewHead& head, std::int64_t age_ms, std::int64_t now_ms) {
    base_utc_ms_ = head.server_time_ms();
    base_now_ms_ = now_ms - age_ms;
    utc_offset_s_ = head.utc_offset_s();
}

std::int64_t HallTime::utc_ms(std::int64_t now_ms) const {
    return known() ? base_utc_ms_ + (now_ms - base_now_ms_) : 0;
}

std::string HallTime::clock(std::int64_t now_ms) const {
    return known() ? clock_of(utc_ms(now_ms)) : std::string();
}

std::string HallTime::clock_of(std::int64_t utc_ms) const {
    return client::clock_text(utc_ms, utc_offset_s_);
}

std::int64_t HallTime::local_day(std::int64_t utc_ms) const {
    return (utc_ms + std::int64_t{utc_offset_s_} * 1'000) / kDayMs;
}

std::string HallTime::day_of(std::int64_t utc_ms, std::int64_t now_ms) const {
    const std::int64_t day = local_day(utc_ms);
    const std::int64_t today = local_day(this->utc_ms(now_ms));
    if (day == today) return wording::text("console.today");
    if (day == today + 1) return wording::text("console.tomorrow");
    const std::chrono::sys_days date{std::chrono::days{day}};
    const std::chrono::year_month_day civil{date};
    return wording::format("console.date",
                           {{"month", std::to_string(static_cast<unsigned>(civil.month()))},
                            {"day", std::to_string(static_cast<unsigned>(civil.day()))}});
}

std::int64_t HallTime::to_next_minute_ms(std::int64_t now_ms) const {
    if (!known()) return kMinuteMs;
    return kMinuteMs - utc_ms(now_ms) % kMinuteMs;
}

std::int64_t minutes_of(std::int64_t span_ms) {
    return std::max<std::int64_t>(0, span_ms) / kMinuteMs;
}

std::int64_t seconds_left(std::int64_t span_ms) {
    return (std::max<std::int64_t>(0, span_ms) + 999) / 1'000;
}

}  // namespace hall::console
