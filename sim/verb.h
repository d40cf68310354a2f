// Verb: one word of hall-sim. Each has its own file, which reads its options, runs and prints.
#pragma once

#include <boost/program_options.hpp>
#include <string>
#include <vector>

#include "config/hall_file.h"
#include "protocol/error.h"
#include "sim/scenario.h"

namespace hall::sim {

inline constexpr int kExitOk = 0;
inline constexpr int kExitRefused = 1;
inline constexpr int kExitUsage = 2;

// Rows set aside that are named on stderr; all are counted.
inline constexpr std::size_t kSetAsideNamedMax = 20;

using Words = std::vector<std::string>;  // what was typed after the verb

struct Verb {
    const char* name;
    const char* synopsis;  // of its words, for --help
    const char* meaning;
    int (*run)(const Words& words);
};

// A mistake in the command line. Thrown while words are read, caught by main.
struct Usage {
    std::string message;
};

// Reads `words` by `options`; the words without an option fill `place`, called `place_name` in
// messages. Throws Usage; for --help it prints and throws nothing, returns false.
bool read_words(const Words& words, const Verb& verb,
                boost::program_options::options_description options, const char* place_name,
                std::string* place);

// `code: message` on stderr; kExitRefused.
int refused(const Error& error);

// `scenario_invalid` and every mistake, each on its line of stderr.
int refused(const std::vector<config::Problem>& problems, bool json);

// Names the rows of its trace that could not be used, on stderr: `reason: FILE:LINE: what`; the
// first of each reason, or all.
void name_rejected(const Scenario& scenario, bool all);

const Verb& choices_verb();
const Verb& predict_verb();
const Verb& run_verb();
const Verb& staff_verb();

}  // namespace hall::sim
