#include "sim/verb.h"

#include <fmt/format.h>

#include <iostream>

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

}  // namespace hall::sim
