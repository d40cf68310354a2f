// hall-sim staff: the smallest roster that meets a target.
#include <fmt/format.h>

#include <iostream>
#include <optional>

#include "sim/chart.h"
#include "sim/scenario.h"
#include "sim/staff.h"
#include "sim/verb.h"

namespace hall::sim {
namespace {

namespace po = boost::program_options;

constexpr int kSearchDaysMax = 100'000;

int run_staff(const Words& words) {
    std::string path;
    std::string target;
    std::string plot;
    std::optional<uint64_t> seed;
    StaffOptions options;
    bool json = false;
    po::options_description list("Options");
    auto add = list.add_options();
    add("target", po::value(&target)->value_name("TEXT"),
        "what must hold: \"80plus p95 <= 10min\", several joined by \"and\"");
    add("seed",
        po::value<uint64_t>()->value_name("N")->notifier([&](uint64_t typed) { seed = typed; }),
        "of all chance (the scenario's)");
    add("days", po::value(&options.polish_days)->value_name("N"),
        "simulated for each roster that comes near (400); twice as many for the report");
    add("plot", po::value(&plot)->value_name("FILE.png"), "draw the roster and the waits");
    add("json", po::bool_switch(&json), "one JSON object");
    if (!read_words(words, staff_verb(), list, "SCENARIO.toml", &path)) return kExitOk;
    if (target.empty()) throw Usage{"--target is needed"};
    if (options.polish_days < 20 || options.polish_days > kSearchDaysMax) {
        throw Usage{fmt::format("--days is 20 to {}", kSearchDaysMax)};
    }
    options.search_days = std::max(20, options.polish_days / 5);
    options.report_days = 2 * options.polish_days;

    const auto scenario = load_scenario(path);
    if (!scenario) return refused(scenario.error(), json);
    const auto targets = targets_from(target, *scenario);
    if (!targets) return refused(targets.error());
    name_rejected(*scenario, false);
    options.seed = seed.value_or(scenario->seed);
    const auto result = find_roster(*scenario, *targets, options);
    if (!result) return refused(result.error());
    if (!plot.empty()) {
        const auto drawn = plot_roster(*scenario, *result, plot);
        if (!drawn) return refused(drawn.error());
    }
    std::cout << (json ? to_json(*result, *scenario, options.seed) + '\n'
                       : to_text(*result, *scenario));
    return kExitOk;
}

}  // namespace

const Verb& staff_verb() {
    static const Verb verb = {"staff",
                              "SCENARIO.toml --target TEXT [--seed N] [--days N] [--json] "
                              "[--plot FILE.png]",
                              "Finds the smallest roster that meets a target, hour by hour.",
                              run_staff};
    return verb;
}

}  // namespace hall::sim
