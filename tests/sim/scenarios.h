// Scenarios that several tests use.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "sim/scenario.h"

namespace hall::sim {

inline Scenario scenario_from(const std::string& text) {
    auto scenario = parse_scenario(text, "test.toml");
    if (scenario) return std::move(*scenario);
    for (const auto& problem : scenario.error())
        ADD_FAILURE() << to_string(problem) << '\n' << text;
    std::abort();
}

// M/M/c of two classes; the mean service is one hour, `head_start` in hours.
inline std::string two_classes(double high, double low, double head_start, int windows = 1,
                               double mu = 1) {
    return fmt::format(
        "[run]\nvisitors = 200000\nwarm_up = 5000\n[[service]]\ncode = \"s\"\n"
        "time = {{ kind = \"exponential\", mean_s = {} }}\n"
        "[[class]]\nname = \"high\"\ncredit_s = {}\nper_hour = {}\n"
        "[[class]]\nname = \"low\"\nper_hour = {}\n[[window]]\nnumber = 1\ncount = {}\n",
        3600 / mu, head_start * 3600, high, low, windows);
}

// A file in the test's temporary folder; its path.
inline std::string trace_file(const std::string& name, const std::string& text) {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    const auto folder = std::filesystem::path(testing::TempDir()) /
                        (std::string(test->test_suite_name()) + "." + test->name());
    std::filesystem::create_directories(folder);
    std::ofstream(folder / name) << text;
    return (folder / name).string();
}

}  // namespace hall::sim
