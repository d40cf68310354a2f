#include "config/calendar.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace hall::config {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kDayMs = 24 * kHourMs;

// Open on weekdays 08:30 to 17:30, early waiting from 07:30, extension until 18:30.
Hall weekdays(const std::string& time_zone) {
    Hall hall;
    hall.time_zone = time_zone;
    for (std::size_t day = 0; day < 5; ++day) hall.hours[day] = DayHours{450, 510, 1050, 1110};
    return hall;
}

TEST(Calendar, ShanghaiDayHasItsEdgesEightHoursBeforeUtc) {
    const Calendar calendar(weekdays("Asia/Shanghai"));
    const protocol::DayPlan plan = calendar.day_plan({2026, 11, 23});  // a Monday
    const std::int64_t local_midnight_ms = 1'795'363'200'000;          // 2026-11-22T16:00Z
    EXPECT_EQ(plan.date(), "2026-11-23");
    EXPECT_TRUE(plan.opens());
    EXPECT_EQ(plan.early_waiting_at_ms(), local_midnight_ms + 450 * kMinuteMs);
    EXPECT_EQ(plan.opening_at_ms(), local_midnight_ms + 510 * kMinuteMs);
    EXPECT_EQ(plan.closing_at_ms(), local_midnight_ms + 1050 * kMinuteMs);
    EXPECT_EQ(plan.extension_end_at_ms(), local_midnight_ms + 1110 * kMinuteMs);
    EXPECT_EQ(plan.midnight_at_ms(), local_midnight_ms + kDayMs);
    EXPECT_EQ(plan.next_opening_at_ms(), plan.opening_at_ms() + kDayMs);
    EXPECT_EQ(plan.utc_offset_s(), 8 * 3600);
    EXPECT_EQ(plan.day(), 20'780U);
}

TEST(Calendar, ARosterIsThatOfTheWindowsWithHoursAndOfTheOthersAllDay) {
    std::vector<Window> windows(2);
    windows[0].number = 1;
    windows[0].hours = {{510, 720}, {780, 1050}};
    windows[1].number = 2;
    const Calendar calendar(weekdays("Asia/Shanghai"), windows);
    const protocol::DayPlan plan = calendar.day_plan({2026, 11, 23});
    ASSERT_EQ(plan.shifts_size(), 3);
    EXPECT_EQ(plan.shifts(0).from_ms(), plan.opening_at_ms());
    EXPECT_EQ(plan.shifts(1).from_ms() - plan.shifts(0).to_ms(), 60 * kMinuteMs);
    EXPECT_EQ(plan.shifts(2).window(), 2U);
    EXPECT_EQ(plan.shifts(2).to_ms(), plan.closing_at_ms());
    windows[0].hours.clear();
    EXPECT_EQ(Calendar(weekdays("Asia/Shanghai"), windows).day_plan({2026, 11, 23}).shifts_size(),
              0);
    EXPECT_EQ(calendar.day_plan({2026, 11, 21}).shifts_size(), 0);
}

TEST(Calendar, ClosedDayHasOnlyItsMidnightAndTheNextOpening) {
    const Calendar calendar(weekdays("Asia/Shanghai"));
    const protocol::DayPlan saturday = calendar.day_plan({2026, 11, 21});
    EXPECT_FALSE(saturday.opens());
    EXPECT_EQ(saturday.opening_at_ms(), 0);
    EXPECT_EQ(saturday.closing_at_ms(), 0);
    EXPECT_GT(saturday.midnight_at_ms(), 0);
    EXPECT_EQ(saturday.next_opening_at_ms(), calendar.day_plan({2026, 11, 23}).opening_at_ms());
}

TEST(Calendar, PlanOfAnInstantIsThatOfItsLocalDate) {
    const Calendar calendar(weekdays("Asia/Shanghai"));
    const std::int64_t midnight_ms = calendar.day_plan({2026, 11, 23}).midnight_at_ms();
    EXPECT_EQ(calendar.plan_of(midnight_ms - 1).date(), "2026-11-23");
    EXPECT_EQ(calendar.plan_of(midnight_ms).date(), "2026-11-24");
}

TEST(Calendar, MakeUpDayWinsOverHolidayAndHolidayOverWeekday) {
    Hall hall = weekdays("Asia/Shanghai");
    Holiday holiday;
    holiday.from = {2026, 10, 1};
    holiday.to = {2026, 10, 10};
    hall.holidays.push_back(holiday);
    WorkingDay make_up;
    make_up.date = {2026, 10, 10};  // a Saturday inside the holiday
    make_up.like_weekday = 4;
    hall.working_days.push_back(make_up);
    const Calendar calendar(hall);
    EXPECT_TRUE(calendar.hours({2026, 9, 30}).has_value());
    EXPECT_FALSE(calendar.hours({2026, 10, 1}).has_value());
    EXPECT_FALSE(calendar.hours({2026, 10, 9}).has_value());
    EXPECT_TRUE(calendar.hours({2026, 10, 10}).has_value());
    EXPECT_EQ(calendar.day_plan({2026, 9, 30}).next_opening_at_ms(),
              calendar.day_plan({2026, 10, 10}).opening_at_ms());
}

TEST(Calendar, HallThatNeverOpensAgainHasNoNextOpening) {
    Hall hall = weekdays("Asia/Shanghai");
    Holiday closed;
    closed.from = {2026, 11, 24};
    closed.to = {2036, 1, 1};
    hall.holidays.push_back(closed);
    EXPECT_EQ(Calendar(hall).day_plan({2026, 11, 23}).next_opening_at_ms(), 0);
}

std::vector<std::uint32_t> working_days(const Calendar& calendar, Date date) {
    const protocol::DayPlan plan = calendar.day_plan(date);
    return {plan.working_days().begin(), plan.working_days().end()};
}

TEST(Calendar, WorkingDaysAreTheOpenDaysAfterTodayWithHolidaysLeftOutAndMakeUpDaysIn) {
    Hall hall = weekdays("Asia/Shanghai");
    // Two spans that overlap, one inside another, in no order.
    for (const auto& [from, to] :
         std::vector<std::pair<Date, Date>>{{{2026, 10, 5}, {2026, 10, 9}},
                                            {{2026, 10, 1}, {2026, 10, 7}},
                                            {{2026, 10, 2}, {2026, 10, 3}}}) {
        Holiday holiday;
        holiday.from = from;
        holiday.to = to;
        hall.holidays.push_back(holiday);
    }
    WorkingDay make_up;
    make_up.date = {2026, 10, 10};  // a Saturday
    make_up.like_weekday = 4;
    hall.working_days.push_back(make_up);
    const Calendar calendar(hall);
    const std::uint32_t today = calendar.day_plan({2026, 9, 29}).day();  // a Tuesday
    const auto days = working_days(calendar, {2026, 9, 29});
    ASSERT_EQ(days.size(), 180U);
    EXPECT_EQ(days[0], today + 1) << "Wednesday 30 September";
    EXPECT_EQ(days[1], today + 11) << "Saturday 10 October, made up for";
    EXPECT_EQ(days[2], today + 13) << "Monday 12 October";
    EXPECT_TRUE(std::is_sorted(days.begin(), days.end()));
    // The fifth working day of a promise made on the last day before the holiday.
    EXPECT_EQ(working_days(calendar, {2026, 9, 30})[4], calendar.day_plan({2026, 10, 15}).day());
}

TEST(Calendar, WorkingDaysAreThoseOnWhichThePlanOpensInEveryZoneAndOverSummerTime) {
    for (const char* zone : {"Asia/Shanghai", "Europe/Warsaw", "Africa/Cairo", "Pacific/Apia"}) {
        Hall hall = weekdays(zone);
        Holiday holiday;
        holiday.from = {2026, 3, 27};
        holiday.to = {2026, 3, 30};  // Warsaw's clocks change on the 29th
        hall.holidays.push_back(holiday);
        const Calendar calendar(hall);
        const Date start{2026, 3, 1};
        std::vector<std::uint32_t> expected;
        for (int ahead = 1; expected.size() < 180; ++ahead) {
            const protocol::DayPlan plan = calendar.day_plan(add_days(start, ahead));
            if (plan.opens()) expected.push_back(plan.day());
        }
        EXPECT_EQ(working_days(calendar, start), expected) << zone;
        // An instant of the change's own day has the list of that local day.
        const std::int64_t change_ms = calendar.utc_ms({2026, 3, 29}, 150);
        EXPECT_EQ(calendar.plan_of(change_ms).working_days(0),
                  calendar.day_plan({2026, 3, 31}).day())
            << zone;
    }
}

TEST(Calendar, AHallOfOneDayAWeekHas180WorkingDaysAndOneThatNeverOpensHasNone) {
    Hall hall = weekdays("Asia/Shanghai");
    for (std::size_t day = 1; day < 5; ++day) hall.hours[day].reset();
    const auto days = working_days(Calendar(hall), {2026, 11, 23});
    ASSERT_EQ(days.size(), 180U);
    EXPECT_EQ(days.back() - days.front(), 179U * 7);
    hall.hours[0].reset();
    EXPECT_TRUE(working_days(Calendar(hall), {2026, 11, 23}).empty());
}

TEST(Calendar, DayOfTheChangeToSummerTimeHas23Hours) {
    const Calendar calendar(weekdays("Europe/Warsaw"));
    const Date spring{2020, 3, 29};
    EXPECT_EQ(calendar.utc_ms(spring, 1440) - calendar.utc_ms(spring, 0), 23 * kHourMs);
    // 02:30 does not exist: the first instant after the gap, 03:00 summer time.
    EXPECT_EQ(calendar.utc_ms(spring, 150), calendar.utc_ms(spring, 180));
    EXPECT_EQ(calendar.utc_offset_s(calendar.utc_ms(spring, 60)), 3600);
    EXPECT_EQ(calendar.utc_offset_s(calendar.utc_ms(spring, 180)), 7200);
}

TEST(Calendar, TimeThatComesTwiceIsTheFirstOfTheTwo) {
    const Calendar calendar(weekdays("Europe/Warsaw"));
    const Date autumn{2020, 10, 25};
    EXPECT_EQ(calendar.utc_ms(autumn, 1440) - calendar.utc_ms(autumn, 0), 25 * kHourMs);
    EXPECT_EQ(calendar.utc_ms(autumn, 150) - calendar.utc_ms(autumn, 0), 150 * kMinuteMs);
    EXPECT_EQ(calendar.utc_offset_s(calendar.utc_ms(autumn, 150)), 7200);
}

TEST(Calendar, MidnightThatSummerTimeSkipsIsTheFirstInstantOfTheDay) {
    const Calendar calendar(weekdays("Africa/Cairo"));  // 2023-04-28 began at 01:00
    const Date day{2023, 4, 28};
    const std::int64_t start_ms = calendar.utc_ms(day, 0);
    EXPECT_EQ(calendar.local_date(start_ms), day);
    EXPECT_EQ(calendar.local_date(start_ms - 1), add_days(day, -1));
    EXPECT_EQ(calendar.day_plan(add_days(day, -1)).midnight_at_ms(), start_ms);
}

TEST(Calendar, KnowsZonesByNameAndOffersTheNearest) {
    EXPECT_TRUE(time_zone_known("Asia/Shanghai"));
    EXPECT_TRUE(time_zone_known("UTC"));
    for (const char* name : {"", "Asia", "../etc/passwd", "Asia/Shanghai/", "asia/shanghai\n"}) {
        EXPECT_FALSE(time_zone_known(name)) << name;
    }
    EXPECT_EQ(nearest_time_zone("Asia/Shanghia"), "Asia/Shanghai");
    EXPECT_EQ(nearest_time_zone(std::string(5'000, 'x')), "");
}

TEST(Dates, OnlyRealDatesInOneForm) {
    EXPECT_EQ(date_from("2028-02-29"), (Date{2028, 2, 29}));
    for (const char* text : {"2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "2026/01/01",
                             "2026-01-0x", "", "99999-01-01"}) {
        EXPECT_FALSE(date_from(text).has_value()) << text;
    }
    EXPECT_EQ(to_string(add_days({2026, 12, 31}, 1)), "2027-01-01");
    EXPECT_EQ(weekday({2026, 11, 23}), 0);
    EXPECT_EQ(weekday({2026, 11, 22}), 6);
}

TEST(Dates, TimesOfDayRunFromMidnightToMidnight) {
    EXPECT_EQ(time_of_day_from("00:00"), 0);
    EXPECT_EQ(time_of_day_from("08:30"), 510);
    EXPECT_EQ(time_of_day_from("24:00"), 1440);
    for (const char* text : {"24:01", "25:00", "12:60", "8:30", "0830", "08:30:00", "-1:00", ""}) {
        EXPECT_FALSE(time_of_day_from(text).has_value()) << text;
    }
}

}  // namespace
}  // namespace hall::config
