// What hall-sim staff prints, and how a target is read.
#include <fmt/format.h>

#include <algorithm>

#include "sim/csv.h"
#include "sim/staff.h"
#include "sim/summary.h"

namespace hall::sim {
namespace {

std::string clock(Ticks at) {
    return fmt::format("{:02}:{:02}", at / kHour, at % kHour / kMinute);
}

std::optional<Ticks> span_from(std::string text) {
    text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
    const std::size_t unit = text.find_first_not_of("0123456789.");
    const auto value = number_from(text.substr(0, unit));
    if (!value || *value <= 0 || unit == std::string::npos) return std::nullopt;
    const std::string name = text.substr(unit);
    const Ticks size = name == "s" ? kSecond : name == "min" ? kMinute : name == "h" ? kHour : 0;
    if (size == 0) return std::nullopt;
    return static_cast<Ticks>(*value * static_cast<double>(size));
}

tl::expected<Target, std::string> target_from(std::string text, const Scenario& scenario) {
    while (!text.empty() && text.front() == ' ') text.erase(0, 1);
    while (!text.empty() && text.back() == ' ') text.pop_back();
    Target target;
    target.text = text;
    const std::size_t sign = text.find("<=");
    if (sign == std::string::npos) return tl::unexpected(std::string("it has no <="));
    const std::size_t end = text.find_last_not_of(' ', sign == 0 ? 0 : sign - 1);
    const std::string left = text.substr(0, end + 1);
    const std::size_t space = left.rfind(' ');
    if (space == std::string::npos) {
        return tl::unexpected(std::string("before <= stand a class and a figure"));
    }
    const std::string figure = left.substr(space + 1);
    const std::string name = left.substr(0, left.find_last_not_of(' ', space) + 1);
    if (figure == "mean") {
        target.quantile = 0;
    } else if (figure == "p50" || figure == "p90" || figure == "p95" || figure == "p99") {
        target.quantile = *number_from(figure.substr(1)) / 100;
    } else {
        return tl::unexpected("\"" + figure + "\" is not mean, p50, p90, p95 or p99");
    }
    if (name != "all") {
        const auto found = std::find_if(scenario.classes.begin(), scenario.classes.end(),
                                        [&](const auto& one) { return one.name == name; });
        if (found == scenario.classes.end()) {
            return tl::unexpected("the scenario has no class \"" + name + "\"");
        }
        target.visitor_class = static_cast<std::size_t>(found - scenario.classes.begin());
    }
    const auto limit = span_from(text.substr(sign + 2));
    if (!limit) return tl::unexpected(std::string("after <= stands a time such as 10min"));
    target.limit = *limit;
    return target;
}

}  // namespace

tl::expected<std::vector<Target>, Error> targets_from(const std::string& text,
                                                      const Scenario& scenario) {
    std::vector<Target> targets;
    constexpr std::string_view kAnd = " and ";
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(kAnd, at), text.size());
        const auto target = target_from(text.substr(at, end - at), scenario);
        if (!target) {
            return tl::unexpected(
                Error{"target_invalid",
                      fmt::format("\"{}\": {}; write for example \"{} p95 <= "
                                  "10min\"",
                                  text, target.error(), scenario.classes.front().name)});
        }
        targets.push_back(*target);
        at = end + kAnd.size();
    }
    return targets;
}

std::string to_json(const StaffResult& result, const Scenario& scenario, uint64_t seed) {
    const auto seconds = [](double ticks) { return json_number(ticks / kTicksASecond); };
    std::vector<std::string> targets;
    for (std::size_t i = 0; i < result.targets.size(); ++i) {
        const Figure& reached = result.reached[i];
        std::optional<Interval> ci = reached.ci;
        if (ci) ci = Interval{ci->low / kTicksASecond, ci->high / kTicksASecond};
        targets.push_back(
            fmt::format(R"({{"target":{},"limit_s":{},"reached_s":{},"reached_ci_s":{}}})",
                        json_text(result.targets[i].text),
                        seconds(static_cast<double>(result.targets[i].limit)),
                        seconds(reached.value), json_interval(ci)));
    }
    std::vector<std::string> hours;
    for (const RosterHour& hour : result.roster) {
        std::vector<uint32_t> open;
        for (std::size_t i = 0; i < hour.open.size(); ++i) {
            if (hour.open[i]) open.push_back(scenario.windows[i].number);
        }
        hours.push_back(fmt::format(R"({{"from":"{}","to":"{}","open":{},"windows":[{}]}})",
                                    clock(hour.from), clock(hour.to), open.size(),
                                    fmt::join(open, ",")));
    }
    return fmt::format(
        R"({{"scenario":{},"seed":{},"met":{},"targets":[{}],"window_hours":{},)"
        R"("window_hours_all_open":{},"window_hours_lower_bound":{},"removable":{},)"
        R"("unserved_share":{},"wait_mean_s":{},"overtime_mean_s":{},"evaluations":{},)"
        R"("roster":[{}]}})",
        json_text(scenario.file), seed, result.met, fmt::join(targets, ","), result.cost,
        result.pool, result.lower_bound, result.removable, json_number(result.unserved_share),
        seconds(result.all_mean.value), json_number(result.overtime_mean_s), result.evaluations,
        fmt::join(hours, ","));
}

std::string to_text(const StaffResult& result, const Scenario& scenario) {
    std::string out = fmt::format(
        "{} window-hours of {}; at least {} to have a window for every "
        "need in every hour\n",
        result.cost, result.pool, result.lower_bound);
    for (std::size_t i = 0; i < result.targets.size(); ++i) {
        const Figure& reached = result.reached[i];
        out +=
            fmt::format("{}: {}", result.targets[i].text, span_text(reached.value / kTicksASecond));
        if (reached.ci) {
            out += fmt::format(" (95 %: {} to {})", span_text(reached.ci->low / kTicksASecond),
                               span_text(reached.ci->high / kTicksASecond));
        }
        out += " on fresh seeds\n";
    }
    out += result.met ? "met" : "NOT met on fresh seeds";
    out +=
        result.removable == 0
            ? "; without any single window-hour it is missed, or a need has no window\n"
            : fmt::format("; on fresh seeds {} window-hours could be left out\n", result.removable);
    out +=
        fmt::format("everybody: mean wait {}, unserved {:.2f} %, last service {} after closing\n",
                    span_text(result.all_mean.value / kTicksASecond), 100 * result.unserved_share,
                    span_text(result.overtime_mean_s));
    out += fmt::format("\n{:<14}", "hour");
    for (const Window& window : scenario.windows) out += fmt::format("{:>4}", window.number);
    out += "   open\n";
    for (const RosterHour& hour : result.roster) {
        out += fmt::format("{}-{}   ", clock(hour.from), clock(hour.to));
        for (const bool open : hour.open) out += open ? "   #" : "   .";
        out += fmt::format("   {:>4}\n", std::count(hour.open.begin(), hour.open.end(), true));
    }
    return out;
}

}  // namespace hall::sim
