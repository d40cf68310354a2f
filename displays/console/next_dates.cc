#include "displays/console/next_dates.h"

#include <chrono>
#include <cstdio>

#include "wording/wording.h"

namespace hall::console {

using wording::format;
using wording::text;

namespace {

constexpr int kDaysOffered = 5;

// "11月27日 周五" of a day counted since 1970.
std::string date_label(std::chrono::sys_days day) {
    const std::chrono::year_month_day civil{day};
    const std::string date =
        format("console.date", {{"month", std::to_string(static_cast<unsigned>(civil.month()))},
                                {"day", std::to_string(static_cast<unsigned>(civil.day()))}});
    const auto weekday = std::chrono::weekday{day}.c_encoding();
    return date + " " + text("console.weekday." + std::to_string(weekday));
}

std::string iso_date(std::chrono::sys_days day) {
    const std::chrono::year_month_day civil{day};
    char out[32];
    std::snprintf(out, sizeof out, "%04d-%02u-%02u", static_cast<int>(civil.year()),
                  static_cast<unsigned>(civil.month()), static_cast<unsigned>(civil.day()));
    return out;
}

}  // namespace

std::vector<Choice> next_dates(const std::string& today) {
    std::vector<Choice> out{{"", text("console.date.any"), ""}};
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    if (std::sscanf(today.c_str(), "%4d-%2u-%2u", &year, &month, &day) != 3) return out;
    const std::chrono::sys_days first =
        std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day};
    for (int i = 1; i <= kDaysOffered; ++i) {
        const std::chrono::sys_days date = first + std::chrono::days{i};
        out.push_back({iso_date(date), date_label(date), ""});
    }
    return out;
}

}  // namespace hall::console
