#include "config/hall_file.h"

#include <fmt/format.h>

#include "config/section.h"
#include "config/sections.h"
#include "config/text_file.h"

namespace hall::config {

tl::expected<HallFile, std::vector<Problem>> load(const std::filesystem::path& path) {
    const std::string name = path.string();
    const auto text = read_text(path);
    if (text) return parse(*text, name);
    Report report(name);
    report.add(Place{}, text.error());
    return tl::make_unexpected(report.take());
}

tl::expected<HallFile, std::vector<Problem>> parse(std::string_view text, const std::string& name) {
    Report report(name);
    const auto table = parse_toml(text, "county_hall.toml shows what a hall file says", report);
    if (!table) return tl::make_unexpected(report.take());
    HallFile file = read_sections(*table, std::filesystem::path(name).parent_path(), report);
    if (report.empty() && rules(file).ByteSizeLong() > kRulesBytesMax) {
        report.add(Place{}, fmt::format("says more than {} bytes with its catalogue: shorten the "
                                        "materials and guides of its services",
                                        kRulesBytesMax));
    }
    if (!report.empty()) return tl::make_unexpected(report.take());
    return file;
}

}  // namespace hall::config
