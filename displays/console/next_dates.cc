#include "displays/console/next_dates.h"

#include <chrono>
#include <cstdio>
#include <optional>
#include <string>

#include "wording/wording.h"

namespace hall::console {

using wording::format;
using wording::text;

namespace {

// 11月27日 周五
std::string date_label(std::chrono::sys_days day) {
    const std::chrono::year_month_day civil{day};
    const std::string date =
        format("console.date", {{"month", std::to_string(static_cast<unsigned>(civil.month()))},
                                {"day", std::to_string(static_cast<unsigned>(civil.day()))}});
    const auto weekday = std::chrono::weekday{day}.c_encoding();
    return date + " " + text("console.weekday." + std::to_string(weekday));
}

std::optional<std::chrono::sys_days> day_of(const std::string& date) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    if (std::sscanf(date.c_str(), "%4d-%2u-%2u", &year, &month, &day) != 3) return std::nullopt;
    return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day};
}

}  // namespace

std::vector<Choice> next_dates(const protocol::CareView& view) {
    std::vector<Choice> out{{"", text("console.date.any"), ""}};
    for (const std::string& date : view.open_days()) {
        if (const auto day = day_of(date)) out.push_back({date, date_label(*day), ""});
    }
    return out;
}

}  // namespace hall::console
