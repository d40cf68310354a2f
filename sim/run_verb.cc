// hall-sim run: a scenario, simulated and summed up.
#include "sim/verb.h"

namespace hall::sim {
namespace {

int run(const Words& words) {
    std::string path;
    if (!read_words(words, run_verb(), boost::program_options::options_description("Options"),
                    "SCENARIO.toml", &path)) {
        return kExitOk;
    }
    return refused({"not_there_yet", "hall-sim run is being written"});
}

}  // namespace

const Verb& run_verb() {
    static const Verb verb = {"run", "SCENARIO.toml", "Simulates a scenario.", run};
    return verb;
}

}  // namespace hall::sim
