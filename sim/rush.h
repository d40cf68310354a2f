// Rush: a simulated hall with an opening rush, to study predictions in. More people than its
// windows can serve come in the first hours, so waits grow to an hour and fall again; a fifth of
// the windows and more close for lunch in turn. Who is next is asked of ticketing::WaitingQueues.
//
// Pure: same rush, days and seed, same report.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/prediction_study.h"

namespace hall::sim {

// Minutes of a day; from is included, to is not.
struct Break {
    int from_min = 0;
    int to_min = 0;
};

struct RushClass {
    double share = 0;
    int credit_min = 0;
};

// Arrivals from a minute on.
struct RushRate {
    int from_min = 0;
    double per_hour = 0;
};

struct Rush {
    int opening_min = 8 * 60 + 30;
    int closing_min = 17 * 60;  // nobody comes later; everybody who waits is served
    std::vector<RushRate> rates = {
        {8 * 60 + 30, 100}, {9 * 60, 60}, {11 * 60, 42}, {13 * 60, 54}, {15 * 60 + 30, 30}};
    double day_cv = 0.2;  // days differ: one factor for all rates of a day
    // The credits of policy.md; shares of a hall that many old people visit.
    std::vector<RushClass> classes = {{0.52, 0}, {0.20, 5}, {0.15, 10}, {0.05, 15}, {0.08, 20}};
    int windows = 6;
    double service_min = 6;
    double service_cv = 1.23;  // as in the bank's calls
    // Of window 0, 1, …: closed for lunch; more windows than breaks work through.
    std::vector<Break> lunch;
    bool roster_known = false;  // to the prediction
};

// The same with an hour of lunch for windows 0 and 1 from 11:00, and for 2 and 3 from 12:00.
Rush with_lunch(Rush rush, bool roster_known);

StudyReport study_of(const Rush& rush, int days, uint64_t seed);

}  // namespace hall::sim
