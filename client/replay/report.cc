#include "client/replay/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "config/calendar.h"

namespace hall::replay {
namespace {

// The record itself only knows its times to five minutes.
constexpr int64_t kLateMsMax = 60'000;

std::string minutes(double ms) {
    return fmt::format("{:.1f}", ms / 60'000);
}
std::string seconds(double ms) {
    return fmt::format("{:.1f}", ms / 1'000);
}

std::string line(const char* zh, const char* en, const std::string& ours,
                 const std::string& theirs) {
    return fmt::format("  {}\t{:<22}{:>10}{:>10}\n", zh, en, ours, theirs);
}

std::string counts(const Plan& plan, const Findings& found) {
    const std::size_t called = plan.recorded_wait_ms.size();
    return line("取号", "issued", std::to_string(found.issued),
                std::to_string(plan.arrivals.size())) +
           line("叫号", "called", std::to_string(found.called), std::to_string(called)) +
           line("过号", "missed", std::to_string(found.missed), "0") +
           line("出票", "printed", std::to_string(found.printed), "-");
}

std::string waits(const Plan& plan, const Findings& found) {
    const Spread ours = spread_of(found.wait_ms);
    const Spread theirs = spread_of(plan.recorded_wait_ms);
    const auto at = [](int64_t ms) { return minutes(static_cast<double>(ms)); };
    return line("等候", "wait mean, min", minutes(ours.mean), minutes(theirs.mean)) +
           line("", "wait p50, min", at(ours.p50), at(theirs.p50)) +
           line("", "wait p95, min", at(ours.p95), at(theirs.p95)) +
           line("", "wait max, min", at(ours.max), at(theirs.max));
}

std::string machine(const Played& played, const Findings& found, double speed) {
    const Spread print = spread_of(found.print_ms);
    const Spread issue = spread_of(played.issue_late_ms);
    const Spread call = spread_of(played.call_late_ms);
    std::string text = fmt::format(
        "  asked to printed, real ms: mean {:.0f}, p50 {:.0f}, p95 {:.0f}, max {:.0f}\n"
        "  behind the record, hall s: issue p50 {} p95 {} max {}; call p50 {} p95 {} max {}\n",
        print.mean / speed, static_cast<double>(print.p50) / speed,
        static_cast<double>(print.p95) / speed, static_cast<double>(print.max) / speed,
        seconds(static_cast<double>(issue.p50)), seconds(static_cast<double>(issue.p95)),
        seconds(static_cast<double>(issue.max)), seconds(static_cast<double>(call.p50)),
        seconds(static_cast<double>(call.p95)), seconds(static_cast<double>(call.max)));
    if (!kept_up(played)) {
        text += fmt::format(
            "  慢 this machine cannot keep up at {:g} times: the waits above are not the record's; "
            "choose a smaller --speed\n",
            speed);
    }
    return text;
}

std::string verdict(const Plan& plan, const Played& played, const Findings& found) {
    std::string text;
    if (plan.counters_missing > 0) {
        text += fmt::format("  note: {} calls of counters that this hall does not have\n",
                            plan.counters_missing);
    }
    if (found.marked_reprints > 0) {
        text += fmt::format("  note: {} slips marked 补打\n", found.marked_reprints);
    }
    for (const auto& failure : played.failures) text += "  失败 failed: " + failure + "\n";
    if (played.calls_in_vain > 0) {
        text += fmt::format("  失败 failed: {} calls found nobody waiting\n", played.calls_in_vain);
    }
    for (const auto& violation : found.violations) text += "  错 wrong: " + violation + "\n";
    if (found.violations.empty()) {
        text += "  核对 audit: none lost, none doubled, all printed (没有丢号、重号、漏打)\n";
    }
    return text;
}

}  // namespace

Spread spread_of(std::vector<int64_t> values) {
    if (values.empty()) return {};
    std::sort(values.begin(), values.end());
    const auto rank = [&](double share) {
        const auto at =
            static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
        return values[std::max<std::size_t>(at, 1) - 1];
    };
    double sum = 0;
    for (const int64_t value : values) sum += static_cast<double>(value);
    return {sum / static_cast<double>(values.size()), rank(0.5), rank(0.95), values.back()};
}

bool kept_up(const Played& played) {
    return spread_of(played.issue_late_ms).p95 <= kLateMsMax &&
           spread_of(played.call_late_ms).p95 <= kLateMsMax;
}

std::string report(const RecordedDay& day, const Plan& plan, const Played& played,
                   const Findings& findings, double speed) {
    return fmt::format("重放 replay: {} {}, {:g} times real time\n", day.office,
                       config::to_string(day.date), speed) +
           line("", "", "本厅 hall", "记录 record") + counts(plan, findings) +
           waits(plan, findings) + machine(played, findings, speed) +
           verdict(plan, played, findings);
}

}  // namespace hall::replay
