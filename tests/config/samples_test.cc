// The halls that come with the project.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "config/calendar.h"
#include "config/hall_file.h"

namespace hall::config {
namespace {

HallFile sample(const std::string& name) {
    const auto file = load(HALL_SOURCE_DIR "/config/" + name);
    if (file) return *file;
    for (const Problem& problem : file.error()) ADD_FAILURE() << to_string(problem);
    return {};
}

TEST(SampleHalls, CountyHallHasSixWindowsAndThePoliciesCredits) {
    const HallFile file = sample("county_hall.toml");
    EXPECT_EQ(file.windows.size(), 6U);
    EXPECT_EQ(file.services.size(), 12U);
    std::map<std::string, int> credits;
    for (const Category& category : file.categories) credits[category.code] = category.credit_min;
    EXPECT_EQ(credits["80plus"], 20);
    EXPECT_EQ(credits["70plus"], 10);
    EXPECT_EQ(credits["60plus"], 5);
    EXPECT_EQ(credits["disabled"], 15);
    EXPECT_EQ(credits["pregnant"], 15);
    EXPECT_EQ(credits["infant"], 15);
    EXPECT_EQ(Calendar(file.hall).day_plan({2026, 11, 23}).utc_offset_s(), 8 * 3600);
}

TEST(SampleHalls, CityHallHas24WindowsAnd60ServicesOfTheCatalogue) {
    const HallFile file = sample("city_hall.toml");
    EXPECT_EQ(file.windows.size(), 24U);
    EXPECT_EQ(file.services.size(), 60U);
    std::set<std::string> short_names;
    for (const Service& service : file.services) {
        EXPECT_FALSE(service.catalogue_code.empty()) << service.code;
        EXPECT_TRUE(short_names.insert(service.short_name).second) << service.short_name;
    }
}

TEST(SampleHalls, RecordedHallHasAWindowOfItsOwnForEveryQueue) {
    const HallFile file = sample("warsaw_replay.toml");
    EXPECT_EQ(file.services.size(), 17U);
    for (const Window& window : file.windows) EXPECT_EQ(window.services.size(), 1U);
    EXPECT_EQ(file.windows.front().services.front(), "queue_658");
    for (const Service& service : file.services) {
        EXPECT_TRUE(service.code != "queue_658" || service.windows == std::vector<int>{1});
    }
    const Calendar calendar(file.hall);
    const protocol::DayPlan day = calendar.day_plan({2019, 12, 30});
    EXPECT_TRUE(day.opens());
    EXPECT_LE(day.opening_at_ms(), calendar.utc_ms({2019, 12, 30}, 8 * 60));
}

}  // namespace
}  // namespace hall::config
