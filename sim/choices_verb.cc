// hall-sim choices: a recorded trace with classes, and how much of it the rule explains.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iostream>
#include <limits>
#include <utility>

#include "sim/choices.h"
#include "sim/summary.h"
#include "sim/verb.h"

namespace hall::sim {
namespace {

namespace po = boost::program_options;

constexpr std::size_t kSweepStepsMax = 10'000;
constexpr int64_t kNotGiven = std::numeric_limits<int64_t>::min();

struct Options {
    std::string path;
    std::string service;
    int64_t credit_s = kNotGiven;
    int64_t guard_s = 3;
    std::string sweep;
    std::string from;
    std::string to;
    bool json = false;
};

struct Sweep {
    int64_t from_s = 0;
    int64_t to_s = 0;
    int64_t step_s = 1;
};

struct Explained {
    int64_t credit_s = 0;
    std::size_t count = 0;
};

po::options_description describe(Options& options) {
    po::options_description list("Options");
    auto add = list.add_options();
    add("service", po::value(&options.service)->value_name("CODE")->required(),
        "calls for this service, PS");
    add("credit-s", po::value(&options.credit_s)->value_name("N"),
        "head start of a priority caller in seconds; 0 is first come first served, 86400 strict "
        "priority");
    add("sweep", po::value(&options.sweep)->value_name("FROM:TO:STEP"),
        "every credit from FROM to TO seconds instead of one");
    add("guard-s", po::value(&options.guard_s)->value_name("N"),
        "clearly waiting: so many seconds on either side of the start (3)");
    add("from", po::value(&options.from)->value_name("DATE"), "only from this day on");
    add("to", po::value(&options.to)->value_name("DATE"), "only until this day, inclusive");
    add("json", po::bool_switch(&options.json), "one JSON object");
    return list;
}

std::optional<config::Date> date_option(const char* name, const std::string& text) {
    if (text.empty()) return std::nullopt;
    const auto date = config::date_from(text);
    if (!date) throw Usage{fmt::format("--{}: '{}' is not YYYY-MM-DD", name, text)};
    return date;
}

ChoiceRange range_of(const Options& options) {
    if (options.guard_s < 0 || options.guard_s > kGuardSecondsMax) {
        throw Usage{fmt::format("--guard-s: 0 to {} seconds", kGuardSecondsMax)};
    }
    ChoiceRange range{options.service, options.guard_s * 1'000, date_option("from", options.from),
                      date_option("to", options.to)};
    if (range.from && range.to && *range.to < *range.from) {
        throw Usage{"--to is before --from"};
    }
    return range;
}

// "0:600:10"
Sweep sweep_of(const std::string& text) {
    Sweep sweep;
    const char* at = text.data();
    const char* const end = at + text.size();
    for (int64_t* value : {&sweep.from_s, &sweep.to_s, &sweep.step_s}) {
        const auto [stop, error] = std::from_chars(at, end, *value);
        if (error != std::errc() || (value != &sweep.step_s && (stop == end || *stop != ':'))) {
            throw Usage{fmt::format("--sweep: '{}' is not FROM:TO:STEP in seconds", text)};
        }
        at = value == &sweep.step_s ? stop : stop + 1;
    }
    if (at != end || sweep.from_s < 0 || sweep.to_s < sweep.from_s || sweep.step_s < 1 ||
        sweep.to_s > kCreditSecondsMax ||
        static_cast<std::size_t>((sweep.to_s - sweep.from_s) / sweep.step_s) >= kSweepStepsMax) {
        throw Usage{fmt::format("--sweep: 0 <= FROM <= TO <= {}, STEP >= 1, at most {} steps",
                                kCreditSecondsMax, kSweepStepsMax)};
    }
    return sweep;
}

double share_of(std::size_t part, std::size_t whole) {
    return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::string json_of(const Remaining& remaining) {
    std::string customers;
    for (const CustomerEvidence& customer : remaining.customers) {
        customers += fmt::format(R"({}{{"customer":{},"with":{},"without":{}}})",
                                 customers.empty() ? "" : ",", json_text(customer.customer),
                                 customer.with, customer.without);
    }
    const auto& pairs = remaining.starts_passed;
    return fmt::format(
        R"({{"choices":{},"regular_passes_priority":{},"priority_passes_priority":{},)"
        R"("priority_passes_regular":{},"regular_passes_regular":{},"one_passed":{},)"
        R"("without_their_credit":{},"short_services":{},"short_services_of_all":{},)"
        R"("calls_telling":{},"calls_without":{},"calls_telling_twice":{},"calls_split":{},)"
        R"("split_by_chance":{:.1f},"explained_then":{},"customers":[{}]}})",
        remaining.choices, pairs[0][1], pairs[1][1], pairs[1][0], pairs[0][0], remaining.one_passed,
        remaining.without_their_credit, remaining.short_services, remaining.short_services_of_all,
        remaining.calls_telling, remaining.calls_without, remaining.calls_telling_twice,
        remaining.calls_split, remaining.split_by_chance, remaining.explained_then, customers);
}

// What both kinds of result begin with.
std::string json_head(const Options& options, const BankTrace& trace, std::size_t choices) {
    std::string counts;
    for (const auto& [code, count] : count_by_code(trace.set_aside)) {
        counts += fmt::format(R"({}"{}":{})", counts.empty() ? "" : ",", code, count);
    }
    return fmt::format(
        R"({{"service":{},"guard_s":{},"rows":{},"set_aside":{},"set_aside_by_code":{{{}}},)"
        R"("choices":{})",
        json_text(options.service), options.guard_s, trace.rows, trace.set_aside.size(), counts,
        choices);
}

void print_one(const Options& options, const BankTrace& trace, const std::vector<Choice>& choices) {
    const std::size_t count = explained_count(choices, options.credit_s * 1'000);
    const double share = share_of(count, choices.size());
    const Remaining rest = remaining_of(choices, options.credit_s * 1'000);
    if (options.json) {
        std::cout << json_head(options, trace, choices.size())
                  << fmt::format(
                         R"(,"credit_s":{},"explained_count":{},"share":{:.6f},"remaining":{}}})",
                         options.credit_s, count, share, json_of(rest))
                  << '\n';
        return;
    }
    std::cout << fmt::format(
        "{}: {} choices; a head start of {} s explains {} ({:.2f} %)\n"
        "remaining {}: regular before priority {}, priority before priority {}, priority before "
        "regular {}, regular before regular {}\n"
        "  {} pass over one caller only; {} are right if those passed over had no head start\n"
        "  {} served for less than 10 s (of all choices {})\n"
        "  of {} calls that tell, {} had no head start; without it for them {} are explained "
        "({:.2f} %)\n"
        "  of {} calls that tell twice or more, {} say both (by chance it would be {:.1f})\n",
        options.service, choices.size(), options.credit_s, count, share * 100, rest.choices,
        rest.starts_passed[0][1], rest.starts_passed[1][1], rest.starts_passed[1][0],
        rest.starts_passed[0][0], rest.one_passed, rest.without_their_credit, rest.short_services,
        rest.short_services_of_all, rest.calls_telling, rest.calls_without, rest.explained_then,
        share_of(rest.explained_then, choices.size()) * 100, rest.calls_telling_twice,
        rest.calls_split, rest.split_by_chance);
    for (const CustomerEvidence& customer : rest.customers) {
        std::cout << fmt::format("  {}: {} calls with, {} without\n", customer.customer,
                                 customer.with, customer.without);
    }
}

void print_sweep(const Options& options, const BankTrace& trace, const std::vector<Choice>& choices,
                 const Sweep& sweep) {
    std::vector<Explained> steps;
    for (int64_t credit_s = sweep.from_s; credit_s <= sweep.to_s; credit_s += sweep.step_s) {
        steps.push_back({credit_s, explained_count(choices, credit_s * 1'000)});
    }
    const Explained peak =
        *std::max_element(steps.begin(), steps.end(),
                          [](const Explained& a, const Explained& b) { return a.count < b.count; });
    std::string rows;
    for (const Explained& step : steps) {
        const double share = share_of(step.count, choices.size());
        rows +=
            options.json
                ? fmt::format(R"({}{{"credit_s":{},"explained_count":{},"share":{:.6f}}})",
                              rows.empty() ? "" : ",", step.credit_s, step.count, share)
                : fmt::format("{:6} s {:6} {:7.2f} % {}\n", step.credit_s, step.count, share * 100,
                              std::string(static_cast<std::size_t>(share * 50), '#'));
    }
    if (options.json) {
        std::cout << json_head(options, trace, choices.size())
                  << fmt::format(R"(,"peak":{{"credit_s":{},"explained_count":{},"share":{:.6f}}})",
                                 peak.credit_s, peak.count, share_of(peak.count, choices.size()))
                  << ",\"sweep\":[" << rows << "]}\n";
        return;
    }
    std::cout << fmt::format("{}: {} choices; explained by a head start of\n{}peak at {} s\n",
                             options.service, choices.size(), rows, peak.credit_s);
}

void name_set_aside(const BankTrace& trace) {
    const std::size_t named = std::min(trace.set_aside.size(), kSetAsideNamedMax);
    for (std::size_t row = 0; row < named; ++row) {
        std::cerr << trace.set_aside[row].code << ": " << trace.set_aside[row].what << '\n';
    }
    if (trace.set_aside.empty()) return;
    std::cerr << fmt::format("{} of {} rows set aside", trace.set_aside.size(), trace.rows);
    if (named < trace.set_aside.size()) std::cerr << fmt::format(", the first {} named", named);
    std::cerr << '\n';
}

int run_choices(const Words& words) {
    Options options;
    if (!read_words(words, choices_verb(), describe(options), "TRACE.csv", &options.path)) {
        return kExitOk;
    }
    const bool sweeps = !options.sweep.empty();
    if (sweeps == (options.credit_s != kNotGiven)) throw Usage{"either --credit-s or --sweep"};
    if (!sweeps && (options.credit_s < 0 || options.credit_s > kCreditSecondsMax)) {
        throw Usage{fmt::format("--credit-s: 0 to {} seconds", kCreditSecondsMax)};
    }
    const Sweep sweep = sweeps ? sweep_of(options.sweep) : Sweep{};
    const ChoiceRange range = range_of(options);
    const auto trace = read_bank_trace(options.path);
    if (!trace) return refused(trace.error());
    name_set_aside(*trace);
    const auto choices = choices_in(*trace, range);
    if (!choices) return refused(choices.error());
    if (sweeps) {
        print_sweep(options, *trace, *choices, sweep);
    } else {
        print_one(options, *trace, *choices);
    }
    return kExitOk;
}

}  // namespace

const Verb& choices_verb() {
    static const Verb verb = {
        "choices",
        "TRACE.csv --service CODE (--credit-s N | --sweep FROM:TO:STEP) [--guard-s 3] "
        "[--from DATE] [--to DATE] [--json]",
        "For a recorded trace with classes: the share of real choices that the rule explains.",
        run_choices};
    return verb;
}

}  // namespace hall::sim
