// hall-sim predict: how good "about how long?" is, on simulated days or on a recorded queue.
#include <fmt/format.h>

#include <iostream>
#include <utility>

#include "sim/csv.h"
#include "sim/prediction_study.h"
#include "sim/simulated_study.h"
#include "sim/summary.h"
#include "sim/verb.h"
#include "sim/warsaw_trace.h"

namespace hall::sim {
namespace {

namespace po = boost::program_options;

struct PredictArguments {
    std::string path;
    std::optional<uint64_t> seed;
    std::optional<int> runs;
    bool json = false;
};

struct Studied {
    std::string name;  // stable, for programs
    StudyReport report;
};

struct Result {
    std::string file;
    uint64_t seed = 1;
    int runs = 1;
    std::map<std::string, std::size_t> set_aside;
    std::vector<Studied> studies;
};

po::options_description describe(PredictArguments& arguments) {
    po::options_description list("Options");
    auto add = list.add_options();
    add("seed", po::value<uint64_t>()->value_name("N")->notifier([&](uint64_t seed) {
        arguments.seed = seed;
    }),
        "of all chance (the scenario's, or 1)");
    add("runs",
        po::value<int>()->value_name("N")->notifier([&](int runs) { arguments.runs = runs; }),
        "how often (the scenario's, or 1)");
    add("json", po::bool_switch(&arguments.json), "one JSON object");
    return list;
}

std::vector<std::pair<std::string, const Score*>> scores_of(const StudyReport& report) {
    return {{"ours", &report.ours},
            {"naive", &report.naive},
            {"last_to_enter_service", &report.last},
            {"class_mean", &report.class_mean}};
}

std::string json_of(const Studied& studied) {
    const StudyReport& report = studied.report;
    std::string scores;
    for (const auto& [name, score] : scores_of(report)) {
        scores += fmt::format(R"("{}":{{"mean_error_min":{:.4f},"too_short_share":{:.4f}}},)", name,
                              score->mean_error_min(), score->too_short_share());
    }
    return fmt::format(R"({{"study":"{}","waited":{},"mean_wait_min":{:.4f},"compared":{},{})"
                       R"("intervals":{},"coverage":{:.4f},"hidden_share":{:.4f}}})",
                       studied.name, report.waited, report.mean_wait_min(), report.ours.asked,
                       scores, report.intervals, report.coverage(), report.hidden_share());
}

void print_json(const Result& result) {
    std::string aside;
    for (const auto& [code, count] : result.set_aside) {
        aside += fmt::format(R"({}"{}":{})", aside.empty() ? "" : ",", code, count);
    }
    std::string studies;
    for (const Studied& studied : result.studies) {
        studies += (studies.empty() ? "" : ",") + json_of(studied);
    }
    std::cout
        << fmt::format(
               R"({{"file":{},"seed":{},"runs":{},"set_aside_by_code":{{{}}},"studies":[{}]}})",
               json_text(result.file), result.seed, result.runs, aside, studies)
        << '\n';
}

void print_text(const Result& result) {
    for (const Studied& studied : result.studies) {
        const StudyReport& report = studied.report;
        std::cout << fmt::format("{}, {}: {} waited, {:.1f} min on average\n", result.file,
                                 studied.name, report.waited, report.mean_wait_min());
        for (const auto& [name, score] : scores_of(report)) {
            std::cout << fmt::format("  {:22} mean error {:6.2f} min   too short {:5.1f} %\n", name,
                                     score->mean_error_min(), score->too_short_share() * 100);
        }
        std::cout << fmt::format("  interval covered {:.1f} % of {}; {:.1f} % were shown none\n",
                                 report.coverage() * 100, report.intervals,
                                 report.hidden_share() * 100);
    }
}

tl::expected<Result, Error> study_trace(const PredictArguments& arguments) {
    auto csv = CsvReader::open(arguments.path);
    if (!csv) return tl::unexpected(csv.error());
    const auto trace = read_warsaw_trace(*csv);
    if (!trace) return tl::unexpected(trace.error());
    for (std::size_t row = 0; row < std::min(trace->set_aside.size(), kSetAsideNamedMax); ++row) {
        std::cerr << trace->set_aside[row].code << ": " << trace->set_aside[row].what << '\n';
    }
    if (!trace->set_aside.empty()) {
        std::cerr << fmt::format("{} of {} rows set aside\n", trace->set_aside.size(), trace->rows);
    }
    if (trace->tickets.empty()) {
        return tl::unexpected(Error{"trace_empty", arguments.path + ": no row that can be used"});
    }
    Result result;
    result.set_aside = count_by_code(trace->set_aside);
    result.seed = arguments.seed.value_or(1);
    result.runs = arguments.runs.value_or(1);
    StudyReport report;
    for (int run = 0; run < result.runs; ++run) {
        report.add(study_of(*trace, result.seed + static_cast<uint64_t>(run)));
    }
    result.studies.push_back({"recorded", report});
    return result;
}

bool has_shifts(const Scenario& scenario) {
    for (const Window& window : scenario.windows) {
        if (!window.always) return true;
    }
    return false;
}

Result study_scenario(const PredictArguments& arguments, const Scenario& scenario) {
    Result result;
    result.seed = arguments.seed.value_or(scenario.seed);
    result.runs = arguments.runs.value_or(scenario.runs);
    const auto study = [&](RosterIs roster) {
        return study_of(scenario, result.seed, result.runs, roster);
    };
    result.studies.push_back({"roster_unknown", study(RosterIs::unknown)});
    if (has_shifts(scenario)) result.studies.push_back({"roster_known", study(RosterIs::known)});
    return result;
}

int run_predict(const Words& words) {
    PredictArguments arguments;
    if (!read_words(words, predict_verb(), describe(arguments), "SCENARIO.toml or TRACE.csv",
                    &arguments.path)) {
        return kExitOk;
    }
    if (arguments.runs && (*arguments.runs < 1 || *arguments.runs > kRunsMax)) {
        throw Usage{fmt::format("--runs is 1 to {}", kRunsMax)};
    }
    Result result;
    if (arguments.path.ends_with(".toml")) {
        const auto scenario = load_scenario(arguments.path);
        if (!scenario) return refused(scenario.error(), arguments.json);
        name_rejected(*scenario, false);
        if (scenario->endless()) {
            return refused(Error{"scenario_endless",
                                 arguments.path + ": predictions are studied over `days`, with "
                                                  "[hours]"});
        }
        result = study_scenario(arguments, *scenario);
    } else {
        auto studied = study_trace(arguments);
        if (!studied) return refused(studied.error());
        result = std::move(*studied);
    }
    result.file = arguments.path;
    if (arguments.json) {
        print_json(result);
    } else {
        print_text(result);
    }
    return kExitOk;
}

}  // namespace

const Verb& predict_verb() {
    static const Verb verb = {
        "predict", "SCENARIO.toml|TRACE.csv [--seed N] [--runs N] [--json]",
        "How good the predicted wait is beside simpler ways, on simulated days or recorded queues.",
        run_predict};
    return verb;
}

}  // namespace hall::sim
