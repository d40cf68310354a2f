// hall-bench: runs the scenarios and prints one line per figure. Exit code 1 when a promise is not
// kept, 2 for a wrong word.
#include <cstdio>
#include <functional>
#include <iostream>
#include <string>

#include "benchmarks/figure.h"
#include "benchmarks/scenarios.h"

namespace hall::bench {
namespace {

struct Scenario {
    const char* name;
    std::function<std::vector<Figure>()> run;
};

int run(const std::vector<std::string>& words) {
    const std::vector<Scenario> scenarios = {{"choosing", choosing},     {"simulating", simulating},
                                             {"round_trip", round_trip}, {"throughput", throughput},
                                             {"board", board},           {"restart", restart},
                                             {"cases", cases},           {"alarm", alarm}};
    bool json = false;
    std::vector<std::string> names;
    for (const auto& word : words) {
        if (word == "--json") {
            json = true;
            continue;
        }
        bool known = false;
        for (const auto& scenario : scenarios) known = known || scenario.name == word;
        if (!known) {
            std::cerr << "hall-bench [--json] [NAME…], names:";
            for (const auto& scenario : scenarios) std::cerr << ' ' << scenario.name;
            std::cerr << '\n';
            return word == "--help" ? 0 : 2;
        }
        names.push_back(word);
    }
    bool kept = true;
    for (const auto& scenario : scenarios) {
        bool wanted = names.empty();
        for (const auto& name : names) wanted = wanted || name == scenario.name;
        if (!wanted) continue;
        for (const Figure& figure : scenario.run()) {
            std::cout << (json ? to_json(figure) : to_line(figure)) << std::endl;
            if (figure.kept) continue;
            kept = false;
            std::cerr << "missed: " << figure.name << ", " << figure.promise << '\n';
        }
    }
    return kept ? 0 : 1;
}

}  // namespace
}  // namespace hall::bench

int main(int argc, char** argv) {
    return hall::bench::run({argv + 1, argv + argc});
}
