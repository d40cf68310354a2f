#include "sim/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace hall::sim {
namespace {

Figure in_seconds(Figure figure) {
    figure.value /= kTicksASecond;
    if (figure.ci) {
        figure.ci->low /= kTicksASecond;
        figure.ci->high /= kTicksASecond;
    }
    return figure;
}

ClassSummary summarise_class(const std::vector<Histogram>& groups) {
    ClassSummary made;
    const auto quantile = [](double share) {
        return [share](const Histogram& waits) { return waits.quantile(share); };
    };
    for (const Histogram& group : groups) {
        made.n += group.count();
        made.wait_max_s =
            std::max(made.wait_max_s, static_cast<double>(group.max()) / kTicksASecond);
    }
    made.wait_mean_s =
        in_seconds(figure_of(groups, [](const Histogram& waits) { return waits.mean(); }));
    made.wait_p50_s = in_seconds(figure_of(groups, quantile(0.5)));
    made.wait_p95_s = in_seconds(figure_of(groups, quantile(0.95)));
    return made;
}

std::string class_json(const ClassSummary& one) {
    const auto figure = [&](const char* name, const Figure& value) {
        return fmt::format(R"("wait_{}_s":{},"wait_{}_ci_s":{})", name,
                           one.n > 0 ? json_number(value.value) : "null", name,
                           one.n > 0 ? json_interval(value.ci) : "null");
    };
    return fmt::format(
        R"({{"name":{},"credit_s":{},"n":{},{},{},{},"wait_max_s":{},"abandoned":{},"unserved":{},)"
        R"("missed":{},"lost":{}}})",
        json_text(one.name), json_number(one.credit_s), one.n, figure("mean", one.wait_mean_s),
        figure("p50", one.wait_p50_s), figure("p95", one.wait_p95_s),
        one.n > 0 ? json_number(one.wait_max_s) : "null", one.abandoned, one.unserved, one.missed,
        one.lost);
}

std::string padded(const std::string& text, std::size_t width) {
    const std::size_t columns = columns_of(text);
    return text + std::string(width > columns ? width - columns : 0, ' ');
}

std::string with_interval(const Figure& figure) {
    std::string text = span_text(figure.value);
    if (figure.ci) text += fmt::format(" ± {}", span_text(figure.ci->high - figure.value));
    return text;
}

std::string class_line(const ClassSummary& one, std::size_t name_width) {
    std::string line = fmt::format("{}  {:>9}  ", padded(one.name, name_width), one.n);
    if (one.n == 0) return line + "nobody was served";
    line += padded(with_interval(one.wait_mean_s), 22) +
            padded(span_text(one.wait_p50_s.value), 11) +
            padded(with_interval(one.wait_p95_s), 22) + padded(span_text(one.wait_max_s), 11);
    line += fmt::format("{:>6}", one.abandoned);
    if (one.unserved > 0)
        line += fmt::format("  {} unserved at the end of their day", one.unserved);
    if (one.missed > 0) {
        line += fmt::format("  {} missed their call, {} for good", one.missed, one.lost);
    }
    return line;
}

}  // namespace

std::string to_string(Policy policy) {
    switch (policy) {
        case Policy::credited:
            return "credited";
        case Policy::fifo:
            return "fifo";
        case Policy::strict:
            return "strict";
    }
    return "";
}

std::optional<Policy> policy_from(const std::string& name) {
    for (const Policy policy : {Policy::credited, Policy::fifo, Policy::strict}) {
        if (to_string(policy) == name) return policy;
    }
    return std::nullopt;
}

std::string json_text(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out += fmt::format("\\u{:04x}", static_cast<int>(c));
        } else {
            out += c;
        }
    }
    return out + '"';
}

std::string json_number(double value) {
    return std::isfinite(value) ? fmt::format("{}", value) : "null";
}

std::string json_interval(const std::optional<Interval>& interval) {
    if (!interval) return "null";
    return fmt::format("[{},{}]", json_number(interval->low), json_number(interval->high));
}

std::string span_text(double seconds) {
    const double size = std::fabs(seconds);
    if (size < 120) return fmt::format("{:.1f} s", seconds);
    if (size < 2 * 3600) return fmt::format("{:.1f} min", seconds / 60);
    return fmt::format("{:.2f} h", seconds / 3600);
}

std::size_t columns_of(const std::string& text) {
    std::size_t columns = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xc0) == 0x80) continue;
        columns += byte >= 0xe2 ? 2 : 1;  // what we write beyond is Chinese …
        if (byte == 0xe2) --columns;      // … but dashes and quotes are narrow
    }
    return columns;
}

Tally run_all(const Scenario& scenario, uint64_t seed, int runs) {
    Tally tally(scenario);
    for (int run = 0; run < runs; ++run) simulate(scenario, seed, run, runs, tally);
    return tally;
}

Summary summarise(const Scenario& scenario, const Tally& tally, uint64_t seed, int runs) {
    Summary made;
    made.scenario = scenario.file;
    made.title = scenario.title;
    made.policy = scenario.policy;
    made.seed = seed;
    made.runs = runs;
    made.days = scenario.days;
    made.arrivals = tally.arrivals;
    made.turned_away = tally.turned_away;
    std::vector<Histogram> everybody(kGroupsMax);
    ClassSummary sums;
    for (std::size_t i = 0; i < scenario.classes.size(); ++i) {
        const ClassTally& counted = tally.classes[i];
        ClassSummary one = summarise_class(counted.waits);
        one.name = scenario.classes[i].name;
        one.credit_s = static_cast<double>(scenario.classes[i].credit) / kTicksASecond;
        one.abandoned = counted.abandoned;
        one.unserved = counted.unserved;
        one.missed = counted.missed;
        one.lost = counted.lost;
        sums.abandoned += one.abandoned;
        sums.unserved += one.unserved;
        sums.missed += one.missed;
        sums.lost += one.lost;
        for (std::size_t g = 0; g < kGroupsMax; ++g) everybody[g].add(counted.waits[g]);
        made.classes.push_back(std::move(one));
    }
    if (made.classes.size() > 1) {
        made.all = summarise_class(everybody);
        made.all->name = "all";
        made.all->abandoned = sums.abandoned;
        made.all->unserved = sums.unserved;
        made.all->missed = sums.missed;
        made.all->lost = sums.lost;
    }
    std::vector<double> utilisation(static_cast<std::size_t>(runs), 0.0);
    for (std::size_t i = 0; i < scenario.windows.size(); ++i) {
        const auto& theirs = tally.windows[i].utilisation;
        made.windows.push_back(
            {scenario.windows[i].number, mean_of(theirs), tally.windows[i].served});
        for (std::size_t run = 0; run < theirs.size(); ++run) {
            utilisation[run] += theirs[run] / static_cast<double>(scenario.windows.size());
        }
    }
    made.utilisation = mean_of(utilisation);
    made.overtime_s = mean_of(tally.overtime_s);
    if (scenario.trace) {
        for (const Rejected& row : scenario.trace->rejected) ++made.rejected[row.reason];
    }
    return made;
}

std::string to_json(const Summary& summary) {
    std::vector<std::string> classes;
    for (const ClassSummary& one : summary.classes) classes.push_back(class_json(one));
    std::vector<std::string> windows;
    for (const WindowSummary& one : summary.windows) {
        windows.push_back(fmt::format(
            R"({{"number":{},"utilisation":{},"utilisation_ci":{},"served":{}}})", one.number,
            json_number(one.utilisation.value), json_interval(one.utilisation.ci), one.served));
    }
    std::vector<std::string> rejected;
    for (const auto& [reason, count] : summary.rejected) {
        rejected.push_back(fmt::format("{}:{}", json_text(reason), count));
    }
    return fmt::format(
        R"({{"scenario":{},"title":{},"policy":{},"seed":{},"runs":{},"days":{},"arrivals":{},)"
        R"("turned_away":{},"rejected":{{{}}},"classes":[{}],"all":{},"windows":[{}],)"
        R"("utilisation":{},"utilisation_ci":{},"overtime_mean_s":{}}})",
        json_text(summary.scenario), json_text(summary.title), json_text(to_string(summary.policy)),
        summary.seed, summary.runs, summary.days, summary.arrivals, summary.turned_away,
        fmt::join(rejected, ","), fmt::join(classes, ","),
        class_json(summary.all ? *summary.all : summary.classes.front()), fmt::join(windows, ","),
        json_number(summary.utilisation.value), json_interval(summary.utilisation.ci),
        json_number(summary.overtime_s.value));
}

std::string to_text(const Summary& summary) {
    std::string out;
    if (!summary.title.empty()) out += summary.title + '\n';
    out += fmt::format("{}, seed {}, {} run{}", to_string(summary.policy), summary.seed,
                       summary.runs, summary.runs == 1 ? "" : "s");
    if (summary.days > 0) {
        out += fmt::format(" of {} day{}", summary.days, summary.days == 1 ? "" : "s");
    }
    out += fmt::format(", {} arrivals", summary.arrivals);
    if (summary.turned_away > 0) out += fmt::format(", {} after closing", summary.turned_away);
    out += "\n\n";
    std::size_t width = 5;
    for (const auto& one : summary.classes) width = std::max(width, columns_of(one.name));
    out += fmt::format("{}  {:>9}  {}{}{}{}{}\n", padded("class", width), "n",
                       padded("wait, mean", 22), padded("p50", 11), padded("p95", 22),
                       padded("longest", 11), "  left");
    for (const auto& one : summary.classes) out += class_line(one, width) + '\n';
    if (summary.all) out += class_line(*summary.all, width) + '\n';
    out += "\nwindows busy: ";
    std::vector<std::string> windows;
    for (const auto& one : summary.windows) {
        windows.push_back(fmt::format("{} {:.1f} %", one.number, 100 * one.utilisation.value));
    }
    out += fmt::format("{}", fmt::join(windows, ", ")) + '\n';
    if (summary.days > 0 && summary.overtime_s.value > 0) {
        out += fmt::format("the last service ends {} after closing, on average\n",
                           span_text(summary.overtime_s.value));
    }
    for (const auto& [reason, count] : summary.rejected) {
        out += fmt::format("rejected rows of the trace: {} {}\n", count, reason);
    }
    return out;
}

}  // namespace hall::sim
