// hall-sim run: a scenario, simulated and summed up.
#include <fmt/format.h>

#include <iostream>
#include <map>

#include "sim/chart.h"
#include "sim/scenario.h"
#include "sim/summary.h"
#include "sim/verb.h"

namespace hall::sim {
namespace {

namespace po = boost::program_options;

// Rows named on stderr for each reason unless all are asked for.
constexpr uint64_t kRowsNamed = 20;

struct RunArguments {
    std::string scenario;
    std::optional<uint64_t> seed;
    std::optional<int> runs;
    std::string policy;
    std::string plot;
    bool json = false;
    bool all_rejected = false;
};

po::options_description describe(RunArguments& arguments) {
    po::options_description list("Options");
    auto add = list.add_options();
    add("seed", po::value<uint64_t>()->value_name("N")->notifier([&](uint64_t seed) {
        arguments.seed = seed;
    }),
        "of all chance (the scenario's)");
    add("runs",
        po::value<int>()->value_name("N")->notifier([&](int runs) { arguments.runs = runs; }),
        "how often (the scenario's)");
    add("policy", po::value(&arguments.policy)->value_name("NAME"),
        "credited, fifo or strict, for comparison (the scenario's)");
    add("plot", po::value(&arguments.plot)->value_name("FILE.png"),
        "draw the waits by class and hour");
    add("json", po::bool_switch(&arguments.json), "one JSON object");
    add("all-rejected", po::bool_switch(&arguments.all_rejected),
        "name every row of a trace that was rejected, not only the first of each reason");
    return list;
}

int run_scenario(const Words& words) {
    RunArguments arguments;
    if (!read_words(words, run_verb(), describe(arguments), "SCENARIO.toml", &arguments.scenario)) {
        return kExitOk;
    }
    auto scenario = load_scenario(arguments.scenario);
    if (!scenario) return refused(scenario.error(), arguments.json);
    if (!arguments.policy.empty()) {
        const auto policy = policy_from(arguments.policy);
        if (!policy) throw Usage{"--policy is credited, fifo or strict"};
        scenario->policy = *policy;
    }
    const int runs = arguments.runs.value_or(scenario->runs);
    if (runs < 1 || runs > kRunsMax) throw Usage{fmt::format("--runs is 1 to {}", kRunsMax)};
    name_rejected(*scenario, arguments.all_rejected);
    const uint64_t seed = arguments.seed.value_or(scenario->seed);
    const Tally tally = run_all(*scenario, seed, runs);
    if (!arguments.plot.empty()) {
        const auto drawn = plot_waits(*scenario, tally, arguments.plot);
        if (!drawn) return refused(drawn.error());
    }
    const Summary summary = summarise(*scenario, tally, seed, runs);
    std::cout << (arguments.json ? to_json(summary) + '\n' : to_text(summary));
    return kExitOk;
}

}  // namespace

void name_rejected(const Scenario& scenario, bool all) {
    if (!scenario.trace) return;
    std::map<std::string, uint64_t> named;
    for (const Rejected& row : scenario.trace->rejected) {
        if (++named[row.reason] > kRowsNamed && !all) continue;
        std::cerr << row.reason << ": " << row.message << '\n';
    }
    for (const auto& [reason, count] : named) {
        if (count <= kRowsNamed || all) continue;
        std::cerr << fmt::format("{}: {} more rows of {} (--all-rejected names them)\n", reason,
                                 count - kRowsNamed, scenario.trace->file);
    }
}

const Verb& run_verb() {
    static const Verb verb = {"run",
                              "SCENARIO.toml [--seed N] [--runs N] [--policy NAME] [--json] "
                              "[--plot FILE.png]",
                              "Simulates a scenario: waits by class, windows' work, with 95 % "
                              "intervals.",
                              run_scenario};
    return verb;
}

}  // namespace hall::sim
