#include "tests/stage/small_hall.h"

#include <fmt/format.h>

#include <regex>

#include "tests/stage/running_hall.h"

namespace hall::stage {

std::string small_hall_toml(int windows, const std::string& printer_uri) {
    std::string text = R"([hall]
code = "stage"
name = "试验大厅"
time_zone = "Asia/Shanghai"

[hall.hours]
)";
    for (const char* day :
         {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}) {
        text += fmt::format(
            "{} = {{ opening = \"08:00\", closing = \"18:00\", extension_until = \"20:00\" }}\n",
            day);
    }
    text += fmt::format(R"(
[[group]]
letter = "A"
name = "养老"

[[service]]
code = "{}"
letter = "A"
name = "养老待遇申领"
short_name = "养老申领"
expected_min = 15

[[category]]
code = "80plus"
name = "八十岁以上老人"
credit_min = 15
by_sight = true

[[zone]]
code = "{}"
name = "办事大厅"
kind = "waiting"

[[board]]
zone = "{}"
screen_in = 55
resolution = "1920x1080"
farthest_seat_m = 8
mounting_height_m = 2.2
)",
                        kService, kZone, kZone);
    for (int number = 1; number <= windows; ++number) {
        text += fmt::format(
            "\n[[window]]\nnumber = {}\nservices = [\"{}\"]\nlanguages = [\"cmn\"]\n"
            "zone = \"{}\"\n",
            number, kService, kZone);
    }
    if (!printer_uri.empty()) {
        text += fmt::format(
            "\n[[printer]]\nname = \"{}\"\nuri = \"{}\"\npaper_mm = 80\nzone = \"{}\"\n", kPrinter,
            printer_uri, kZone);
    }
    return text;
}

std::string county_hall_toml() {
    return std::regex_replace(read_file(source("config/county_hall.toml")),
                              std::regex("catalogue = \"catalogue.toml\""),
                              "catalogue = \"" + source("config/catalogue.toml").string() + "\"");
}

}  // namespace hall::stage
