// hall-sim: the hall's rule of who is next, under a virtual clock. This file finds the verb.
//
// Exit codes: 0 ok, 1 refused (`code: sentence` on stderr), 2 usage.
#include <algorithm>
#include <iostream>
#include <vector>

#include "sim/verb.h"

namespace hall::sim {
namespace {

std::vector<const Verb*> all_verbs() {
    return {&choices_verb(), &predict_verb(), &run_verb(), &staff_verb()};
}

void print_help(std::ostream& out) {
    out << "hall-sim VERB …   [--help] [--version]\n\n";
    for (const Verb* verb : all_verbs()) {
        out << "  " << verb->name << ' ' << verb->synopsis << "\n        " << verb->meaning << '\n';
    }
}

int run_typed(const Words& typed) {
    if (!typed.empty() && typed.front() == "--help") {
        print_help(std::cout);
        return kExitOk;
    }
    if (!typed.empty() && typed.front() == "--version") {
        std::cout << "hall-sim " HALL_VERSION "\n";
        return kExitOk;
    }
    for (const Verb* verb : all_verbs()) {
        if (typed.empty() || typed.front() != verb->name) continue;
        try {
            return verb->run(Words(typed.begin() + 1, typed.end()));
        } catch (const Usage& usage) {
            std::cerr << "usage: " << usage.message << "\nhall-sim " << verb->name << ' '
                      << verb->synopsis << '\n';
            return kExitUsage;
        }
    }
    print_help(std::cerr);
    return kExitUsage;
}

}  // namespace
}  // namespace hall::sim

int main(int argc, char** argv) {
    return hall::sim::run_typed({argv + 1, argv + argc});
}
