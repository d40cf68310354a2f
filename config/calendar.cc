#include "config/calendar.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <vector>

#include "config/nearest.h"
#include "protocol/check.h"

namespace hall::config {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr int kDayMin = 24 * 60;
constexpr int kNextOpeningDaysMax = 366;

date::local_days local_days_of(Date day) {
    return date::local_days{date::year{day.year} / day.month / day.day};
}

Date date_of(date::local_days days) {
    const date::year_month_day day{days};
    return {int{day.year()}, static_cast<int>(unsigned{day.month()}),
            static_cast<int>(unsigned{day.day()})};
}

// nullptr when the name is unknown or the machine has no tz database.
const date::time_zone* zone_of(const std::string& name) {
    try {
        return date::locate_zone(name);
    } catch (const std::runtime_error&) {
        return nullptr;
    }
}

std::optional<int> digits_from(std::string_view text) {
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

}  // namespace

bool time_zone_known(const std::string& name) {
    return zone_of(name) != nullptr;
}

std::string nearest_time_zone(const std::string& name) {
    std::vector<std::string> names;
    try {
        for (const auto& zone : date::get_tzdb().zones) names.push_back(zone.name());
    } catch (const std::runtime_error&) {
        return {};
    }
    return nearest(name, names);
}

struct Calendar::State {
    Hall hall;
    const date::time_zone* zone = nullptr;  // lives as long as the process
    std::vector<Window> windows;
    bool roster = false;
};

Calendar::Calendar(const Hall& hall, std::vector<Window> windows) {
    const bool roster = std::any_of(windows.begin(), windows.end(),
                                    [](const Window& window) { return !window.hours.empty(); });
    state_ = std::make_unique<const State>(
        State{hall, zone_of(hall.time_zone), std::move(windows), roster});
    HALL_CHECK(state_->zone != nullptr);
}

Calendar::~Calendar() = default;
Calendar::Calendar(Calendar&&) noexcept = default;
Calendar& Calendar::operator=(Calendar&&) noexcept = default;

Date Calendar::local_date(int64_t utc_ms) const {
    const date::sys_time<milliseconds> instant{milliseconds{utc_ms}};
    return date_of(date::floor<date::days>(state_->zone->to_local(instant)));
}

int32_t Calendar::utc_offset_s(int64_t utc_ms) const {
    const date::sys_time<milliseconds> instant{milliseconds{utc_ms}};
    const auto info = state_->zone->get_info(date::floor<seconds>(instant));
    return static_cast<int32_t>(info.offset.count());
}

std::optional<DayHours> Calendar::hours(Date date) const {
    const Hall& hall = state_->hall;
    for (const WorkingDay& day : hall.working_days) {
        if (day.date == date) return hall.hours[static_cast<std::size_t>(day.like_weekday)];
    }
    for (const Holiday& holiday : hall.holidays) {
        if (holiday.from <= date && date <= holiday.to) return std::nullopt;
    }
    return hall.hours[static_cast<std::size_t>(weekday(date))];
}

int64_t Calendar::utc_ms(Date date, int minute) const {
    HALL_CHECK(minute >= 0 && minute <= kDayMin);
    const date::local_seconds local = local_days_of(date) + minutes{minute};
    const date::local_info info = state_->zone->get_info(local);
    const date::sys_seconds instant =
        info.result == date::local_info::nonexistent
            ? info.first.end
            : date::sys_seconds{local.time_since_epoch()} - info.first.offset;
    return milliseconds{instant.time_since_epoch()}.count();
}

protocol::DayPlan Calendar::day_plan(Date date) const {
    protocol::DayPlan plan;
    plan.set_date(to_string(date));
    plan.set_day(static_cast<uint32_t>(local_days_of(date).time_since_epoch().count()));
    plan.set_midnight_at_ms(utc_ms(date, kDayMin));
    const auto today = hours(date);
    plan.set_opens(today.has_value());
    if (today) {
        plan.set_early_waiting_at_ms(utc_ms(date, today->early_waiting_min));
        plan.set_opening_at_ms(utc_ms(date, today->opening_min));
        plan.set_closing_at_ms(utc_ms(date, today->closing_min));
        plan.set_extension_end_at_ms(utc_ms(date, today->extension_end_min));
        add_shifts(date, *today, plan);
    }
    plan.set_utc_offset_s(utc_offset_s(today ? plan.opening_at_ms() : utc_ms(date, kDayMin / 2)));
    for (int ahead = 1; ahead <= kNextOpeningDaysMax; ++ahead) {
        const Date later = add_days(date, ahead);
        if (const auto next = hours(later)) {
            plan.set_next_opening_at_ms(utc_ms(later, next->opening_min));
            break;
        }
    }
    return plan;
}

void Calendar::add_shifts(Date date, const DayHours& day, protocol::DayPlan& plan) const {
    if (!state_->roster) return;
    for (const Window& window : state_->windows) {
        const std::vector<Span> all_day = {{day.opening_min, day.closing_min}};
        for (const Span& span : window.hours.empty() ? all_day : window.hours) {
            auto& shift = *plan.add_shifts();
            shift.set_window(static_cast<uint32_t>(window.number));
            shift.set_from_ms(utc_ms(date, span.from_min));
            shift.set_to_ms(utc_ms(date, span.to_min));
        }
    }
}

protocol::DayPlan Calendar::plan_of(int64_t utc_ms) const {
    return day_plan(local_date(utc_ms));
}

std::string to_string(Date date) {
    return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::optional<Date> date_from(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = digits_from(text.substr(0, 4));
    const auto month = digits_from(text.substr(5, 2));
    const auto day = digits_from(text.substr(8, 2));
    if (!year || !month || !day) return std::nullopt;
    const date::year_month_day real = date::year{*year} / *month / *day;
    if (!real.ok()) return std::nullopt;
    return Date{*year, *month, *day};
}

Date add_days(Date date, int days) {
    return date_of(local_days_of(date) + date::days{days});
}

int weekday(Date date) {
    return static_cast<int>(date::weekday{local_days_of(date)}.iso_encoding()) - 1;
}

std::optional<int> time_of_day_from(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const auto hour = digits_from(text.substr(0, 2));
    const auto minute = digits_from(text.substr(3, 2));
    if (!hour || !minute || *minute > 59) return std::nullopt;
    const int total = *hour * 60 + *minute;
    return total <= kDayMin ? std::optional<int>(total) : std::nullopt;
}

}  // namespace hall::config
