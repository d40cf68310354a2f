#include "sim/verb.h"

#include <fmt/format.h>

#include <iostream>

#include "sim/summary.h"

namespace hall::sim {

namespace po = boost::program_options;

bool read_words(const Words& words, const Verb& verb, po::options_description options,
                const char* place_name, std::string* place) {
    options.add_options()("help", "this text");
    po::options_description all;
    all.add(options);
    std::vector<std::string> places;
    all.add_options()("place", po::value(&places), "");
    po::positional_options_description positions;
    positions.add("place", -1);
    constexpr int kStyle = po::command_line_style::default_style &
                           ~static_cast<int>(po::command_line_style::allow_guessing);
    try {
        po::variables_map values;
        po::store(
            po::command_line_parser(words).options(all).positional(positions).style(kStyle).run(),
            values);
        if (values.count("help") > 0) {
            std::cout << fmt::format("hall-sim {} {}\n{}\n\n", verb.name, verb.synopsis,
                                     verb.meaning)
                      << options;
            return false;
        }
        po::notify(values);
    } catch (const po::error& error) {
        throw Usage{error.what()};
    }
    if (places.size() != 1) throw Usage{fmt::format("one {} is needed", place_name)};
    *place = places.front();
    return true;
}

int refused(const Error& error) {
    std::cerr << error.code << ": " << error.message << '\n';
    return kExitRefused;
}

int refused(const std::vector<config::Problem>& problems, bool json) {
    if (json) {
        std::vector<std::string> list;
        for (const auto& problem : problems) {
            list.push_back(
                fmt::format(R"({{"file":{},"line":{},"column":{},"what":{},"nearest":{}}})",
                            json_text(problem.file), problem.line, problem.column,
                            json_text(problem.what), json_text(problem.nearest)));
        }
        std::cout << fmt::format(
            R"({{"refusal":{{"code":"scenario_invalid","message":{},"problems":[{}]}}}})"
            "\n",
            json_text(to_string(problems.front())), fmt::join(list, ","));
    }
    for (const auto& problem : problems) std::cerr << to_string(problem) << '\n';
    std::cerr << "scenario_invalid\n";
    return kExitRefused;
}

}  // namespace hall::sim
