// Calendar of one hall: turns its time zone, weekly hours, holidays and make-up working days into
// UTC milliseconds. The core never sees a time zone; the service asks here and enters each day's
// edges as an event.
//
// Uses the system's tz database (/usr/share/zoneinfo) through Howard Hinnant's date library.
// Immutable after construction; safe from any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/hall_file.h"
#include "protocol/types.pb.h"

namespace hall::config {

// Whether the system's tz database knows this IANA name.
bool time_zone_known(const std::string& name);
// The nearest name that it knows; empty when none is near.
std::string nearest_time_zone(const std::string& name);

// So many open days after its own a day plan names; promises count with them.
inline constexpr int kWorkingDaysAhead = 180;
// Enough for them in a hall that opens once a week.
inline constexpr int kSearchDays = 4 * 366;

class Calendar {
  public:
    // REQUIRES: `hall` comes from `load`, so its time zone is known. With `windows` the day plans
    // say when each is planned to be open; a hall none of whose windows names hours has no such
    // roster.
    explicit Calendar(const Hall& hall, std::vector<Window> windows = {});
    ~Calendar();
    Calendar(Calendar&&) noexcept;
    Calendar& operator=(Calendar&&) noexcept;

    // Local date of a UTC instant.
    Date local_date(int64_t utc_ms) const;

    // Local minus UTC at an instant, in seconds.
    int32_t utc_offset_s(int64_t utc_ms) const;

    // Hours of a local date; nullopt when the hall does not open on it. A make-up working day wins
    // over a holiday, a holiday over the weekday.
    std::optional<DayHours> hours(Date date) const;

    // UTC instant of a local time of day. A time skipped by a change to summer time is the first
    // instant after the gap; a time that comes twice is the first of the two.
    // REQUIRES: 0 <= minute <= 1440 (1440 = midnight at the end of the day).
    int64_t utc_ms(Date date, int minute) const;

    // The plan of a local date, every field set as types.proto says. The next opening and the
    // kWorkingDaysAhead next open days are searched for kSearchDays ahead; a hall that opens on
    // fewer of them has a shorter list.
    protocol::DayPlan day_plan(Date date) const;
    // The plan of the local date that contains an instant.
    protocol::DayPlan plan_of(int64_t utc_ms) const;

  private:
    void add_next_days(Date date, protocol::DayPlan& plan) const;
    void add_shifts(Date date, const DayHours& day, protocol::DayPlan& plan) const;

    struct State;
    std::unique_ptr<const State> state_;
};

// "2026-11-23".
std::string to_string(Date date);
// nullopt unless `text` is a real date in that form.
std::optional<Date> date_from(std::string_view text);
// The date `days` later (or earlier).
Date add_days(Date date, int days);
// 0 = Monday … 6 = Sunday.
int weekday(Date date);
// "08:30" or "24:00" to minutes after midnight; nullopt otherwise.
std::optional<int> time_of_day_from(std::string_view text);

}  // namespace hall::config
