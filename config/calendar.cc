#include "config/calendar.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <stdexcept>
#include <utility>
#include <vector>

#include "config/nearest.h"
#include "protocol/check.h"

namespace hall::config {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr int kDayMin = 24 * 60;

using Exception = std::pair<int, std::optional<DayHours>>;  // day since 1970, its hours

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

int day_number(Date day) {
    return static_cast<int>(local_days_of(day).time_since_epoch().count());
}

// Holidays as spans of days [first, last], sorted and apart, so that a day is found by halving:
// a day plan asks for some hundred days.
std::vector<std::pair<int, int>> holiday_spans(const std::vector<Holiday>& holidays) {
    std::vector<std::pair<int, int>> sorted;
    for (const Holiday& holiday : holidays) {
        sorted.emplace_back(day_number(holiday.from), day_number(holiday.to));
    }
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::pair<int, int>> out;
    for (const auto& span : sorted) {
        if (out.empty() || span.first > out.back().second) {
            out.push_back(span);
        } else {
            out.back().second = std::max(out.back().second, span.second);
        }
    }
    return out;
}

std::vector<Exception> make_up_days(const Hall& hall) {
    std::vector<Exception> out;
    for (const WorkingDay& day : hall.working_days) {
        out.emplace_back(day_number(day.date),
                         hall.hours[static_cast<std::size_t>(day.like_weekday)]);
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    return out;
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
    std::vector<std::pair<int, int>> holidays;
    std::vector<Exception> make_up_days;

    std::optional<DayHours> hours(int day) const {
        const auto make_up = std::lower_bound(
            make_up_days.begin(), make_up_days.end(), day,
            [](const Exception& known, int wanted) { return known.first < wanted; });
        if (make_up != make_up_days.end() && make_up->first == day) return make_up->second;
        // The last holiday that starts by this day.
        const auto after = std::upper_bound(
            holidays.begin(), holidays.end(), day,
            [](int wanted, const std::pair<int, int>& span) { return wanted < span.first; });
        if (after != holidays.begin() && day <= std::prev(after)->second) return std::nullopt;
        // 1970-01-01 was a Thursday, 3 from Monday.
        return hall.hours[static_cast<std::size_t>(((day + 3) % 7 + 7) % 7)];
    }
};

Calendar::Calendar(const Hall& hall, std::vector<Window> windows) {
    const bool roster = std::any_of(windows.begin(), windows.end(),
                                    [](const Window& window) { return !window.hours.empty(); });
    state_ = std::make_unique<const State>(State{hall, zone_of(hall.time_zone), std::move(windows),
                                                 roster, holiday_spans(hall.holidays),
                                                 make_up_days(hall)});
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
    return state_->hours(day_number(date));
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
    plan.set_day(static_cast<uint32_t>(day_number(date)));
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
    add_next_days(date, plan);
    return plan;
}

void Calendar::add_next_days(Date date, protocol::DayPlan& plan) const {
    const int today = day_number(date);
    for (int day = today + 1; day <= today + kSearchDays; ++day) {
        const auto open = state_->hours(day);
        if (!open) continue;
        if (plan.working_days_size() == 0) {
            plan.set_next_opening_at_ms(utc_ms(add_days(date, day - today), open->opening_min));
        }
        plan.add_working_days(static_cast<uint32_t>(day));
        if (plan.working_days_size() == kWorkingDaysAhead) return;
    }
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
