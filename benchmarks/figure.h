// Figure: one promise of the project, measured beside a baseline of the same run.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace hall::bench {

struct Figure {
    std::string name;
    double value = 0;
    std::string unit;
    std::string ratio_name;  // what `ratio` is
    double ratio = 0;
    // The promise. Empty `promise`: only shown.
    bool kept = true;
    std::string promise;  // in words, with its reason
};

// What must hold, written where the figure is made: the limit and why it is one.
Figure at_least(Figure figure, double limit, const std::string& why);       // of its ratio
Figure ratio_at_most(Figure figure, double limit, const std::string& why);  // of its ratio
Figure value_at_most(Figure figure, double limit, const std::string& why);

// One line for people and scripts: name value unit ratio_name ratio.
std::string to_line(const Figure& figure);
std::string to_json(const Figure& figure);

// Nearest rank, 0 < share <= 1. REQUIRES: values is not empty.
double percentile(std::vector<double> values, double share);

double seconds_now();       // CLOCK_MONOTONIC
int64_t nanoseconds_now();  // the same clock

}  // namespace hall::bench
