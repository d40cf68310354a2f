#include "sim/scenario_parts.h"

#include <fmt/format.h>

#include <cmath>

#include "config/calendar.h"
#include "sim/csv.h"

namespace hall::sim {
namespace {

using config::Presence;
using config::Range;
using config::Section;

constexpr Range<double> kMean{1e-6, kSecondsMax};
constexpr std::size_t kPhasesMax = 8;
constexpr std::size_t kProblemsNamed = 20;

// The values of one column of a CSV file.
std::optional<Duration> empirical(Section& section, const std::filesystem::path& folder) {
    const std::string file = section.text("file", Presence::required);
    std::string column = section.text("column", Presence::optional);
    if (file.empty()) return std::nullopt;
    if (column.empty()) column = "service_s";
    const auto complain = [&](const std::string& what) {
        section.report().add(section.at("file"), what);
        return std::nullopt;
    };
    auto csv = CsvReader::open((folder / file).string());
    if (!csv) return complain(csv.error().message);
    const auto at = csv->column(column);
    if (!at) return complain(fmt::format("{} has no column `{}`", file, column));
    std::vector<double> values;
    CsvRow row;
    std::size_t wrong = 0;
    while (csv->next(row)) {
        if (row.fields.size() <= *at) {
            complain(csv->at(row.line, fmt::format("no column `{}`", column)));
            ++wrong;
        } else if (!row.fields[*at].empty()) {  // an empty one was not measured
            const auto value = number_from(row.fields[*at]);
            if (value && *value >= 0 && *value <= kSecondsMax) {
                values.push_back(*value);
            } else {
                complain(csv->at(row.line, fmt::format("`{}` is \"{}\": it must be seconds, 0 or "
                                                       "more",
                                                       column, row.fields[*at].substr(0, 40))));
                ++wrong;
            }
        }
        if (wrong == kProblemsNamed) return complain(file + " has more such rows");
    }
    if (wrong > 0) return std::nullopt;
    double sum = 0;
    for (const double value : values) sum += value;
    if (sum <= 0) return complain(fmt::format("{} holds no time above 0", file));
    return Duration::empirical(std::move(values));
}

std::optional<Duration> phases(Section& section) {
    const auto shares = section.decimals("shares", {0, 1}, kPhasesMax, Presence::required);
    const auto means = section.decimals("means_s", kMean, kPhasesMax, Presence::required);
    if (shares.empty() || means.empty()) return std::nullopt;
    double sum = 0;
    std::vector<Duration::Phase> list;
    for (std::size_t i = 0; i < std::min(shares.size(), means.size()); ++i) {
        sum += shares[i];
        list.push_back({shares[i], means[i]});
    }
    if (shares.size() != means.size() || std::fabs(sum - 1) > 1e-9) {
        section.report().add(section.at("shares"),
                             fmt::format("there must be as many `shares` as `means_s`, and they "
                                         "sum to 1, not {:g}",
                                         sum));
        return std::nullopt;
    }
    return Duration::hyperexponential(std::move(list));
}

std::optional<Duration> read_duration(Section& section, const std::filesystem::path& folder,
                                      std::optional<double> given_mean_s) {
    static const std::vector<std::string> kKinds = {"deterministic",    "exponential", "erlang",
                                                    "hyperexponential", "lognormal",   "empirical"};
    const auto kind = section.choice("kind", kKinds, Presence::required);
    if (!kind) return std::nullopt;
    if (kKinds[*kind] == "empirical") {
        const auto made = empirical(section, folder);
        const auto mean = seconds(section, "mean", kMean, Presence::optional);
        return made && mean ? made->scaled_to(*mean) : made;
    }
    if (kKinds[*kind] == "hyperexponential" && section.has("shares")) return phases(section);
    auto mean_s =
        seconds(section, "mean", kMean, given_mean_s ? Presence::optional : Presence::required);
    if (!mean_s) mean_s = given_mean_s;
    switch (*kind) {
        case 0:
            return mean_s ? std::optional(Duration::deterministic(*mean_s)) : std::nullopt;
        case 1:
            return mean_s ? std::optional(Duration::exponential(*mean_s)) : std::nullopt;
        case 2: {
            const auto k = section.integer("k", Range<int>{1, 1000}, Presence::required);
            return mean_s && k ? std::optional(Duration::erlang(*k, *mean_s)) : std::nullopt;
        }
        case 3: {
            const auto cv = section.decimal("cv", {1, 100}, Presence::required);
            return mean_s && cv ? std::optional(Duration::hyperexponential(*mean_s, *cv))
                                : std::nullopt;
        }
        default: {
            const auto cv = section.decimal("cv", {0.001, 10}, Presence::required);
            return mean_s && cv ? std::optional(Duration::lognormal(*mean_s, *cv)) : std::nullopt;
        }
    }
}

// CSV: from,visitors — how many come in each step, which is as long as the times are apart.
std::optional<Rates> rates_file(Section& section, const std::filesystem::path& folder) {
    const std::string file = section.text("file", Presence::required);
    if (file.empty()) return std::nullopt;
    const auto complain = [&](const std::string& what) {
        section.report().add(section.at("file"), what);
        return std::nullopt;
    };
    auto csv = CsvReader::open((folder / file).string());
    if (!csv) return complain(csv.error().message);
    const auto from = csv->column("from");
    const auto visitors = csv->column("visitors");
    if (!from || !visitors) return complain(file + " must have the columns from,visitors");
    std::vector<int> minutes;
    std::vector<double> counts;
    CsvRow row;
    while (csv->next(row)) {
        if (row.fields.size() <= std::max(*from, *visitors)) {
            return complain(csv->at(row.line, "too few columns"));
        }
        const auto minute = config::time_of_day_from(row.fields[*from]);
        const auto count = number_from(row.fields[*visitors]);
        if (!minute) return complain(csv->at(row.line, "`from` must be a time such as 08:30"));
        if (!count || *count < 0 || *count > kPerHourMax) {
            return complain(csv->at(row.line, "`visitors` must be a number, 0 or more"));
        }
        minutes.push_back(*minute);
        counts.push_back(*count);
        const std::size_t n = minutes.size();
        const bool even = n < 2 || (minutes[n - 1] > minutes[n - 2] &&
                                    minutes[n - 1] - minutes[n - 2] == minutes[1] - minutes[0]);
        if (!even) return complain(csv->at(row.line, "the times must rise by equal steps"));
    }
    if (minutes.size() < 2) return complain(file + " needs two rows or more");
    Rates made;
    made.from = minutes.front() * kMinute;
    made.step = (minutes[1] - minutes[0]) * kMinute;
    for (const double count : counts) {
        made.per_hour.push_back(count * static_cast<double>(kHour) /
                                static_cast<double>(made.step));
    }
    return made;
}

std::optional<Rates> read_profile(Section& section, const std::filesystem::path& folder) {
    if (section.has("file")) return rates_file(section, folder);
    const auto from = section.time_of_day("from", Presence::required);
    const int step_min = section.integer("step_min", Range<int>{1, 24 * 60}, 60);
    Rates made;
    made.per_hour = section.decimals("per_hour", {0, kPerHourMax}, kStepsMax, Presence::required);
    if (!from || made.per_hour.empty()) return std::nullopt;
    made.from = *from * kMinute;
    made.step = step_min * kMinute;
    if (made.from + made.step * static_cast<Ticks>(made.per_hour.size()) > 24 * kHour) {
        section.report().add(section.at("per_hour"), "the profile goes on after midnight");
        return std::nullopt;
    }
    return made;
}

}  // namespace

std::optional<double> seconds(Section& section, const std::string& name, Range<double> range_s,
                              Presence presence) {
    const std::string in_seconds = name + "_s";
    const std::string in_minutes = name + "_min";
    if (section.has(in_seconds) && section.has(in_minutes)) {
        section.report().add(section.at(in_minutes),
                             fmt::format("`{}` and `{}` say the same thing: "
                                         "keep one",
                                         in_seconds, in_minutes));
    }
    const auto minutes =
        section.decimal(in_minutes, {range_s.min / 60, range_s.max / 60}, Presence::optional);
    const auto value = section.decimal(in_seconds, range_s,
                                       section.has(in_minutes) ? Presence::optional : presence);
    if (value) return value;
    if (minutes) return *minutes * 60;
    return std::nullopt;
}

std::optional<Duration> duration(Section& section, const std::string& key,
                                 const std::filesystem::path& folder, Presence presence,
                                 std::optional<double> mean_s) {
    std::optional<Duration> made;
    section.table(key, fmt::format("`{}`", key), presence,
                  [&](Section& s) { made = read_duration(s, folder, mean_s); });
    return made;
}

std::optional<Rates> rates(Section& section, const std::filesystem::path& folder) {
    std::optional<Rates> made;
    if (const auto rate = section.decimal("per_hour", {0, kPerHourMax}, Presence::optional)) {
        made = Rates{0, 0, {*rate}};
    }
    section.table("profile", "`profile`", Presence::optional, [&](Section& s) {
        if (section.has("per_hour")) {
            section.report().add(s.at(), "`per_hour` and `profile` say the same thing: keep one");
        }
        made = read_profile(s, folder);
    });
    return made;
}

}  // namespace hall::sim
