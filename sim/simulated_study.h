// A prediction study of simulated days: what each visitor of a scenario is told when he enters, and
// what came. The days are hall-sim's own (sim/simulation.h); this only listens.
#pragma once

#include <cstdint>

#include "sim/prediction_study.h"
#include "sim/scenario.h"

namespace hall::sim {

// What the prediction knows of the windows: those open now, or the shifts of the day as well.
enum class RosterIs { unknown, known };

// The report of every run of the scenario, each with a memory of its own that lasts over its days.
// REQUIRES: the scenario has days.
StudyReport study_of(const Scenario& scenario, uint64_t seed, int runs, RosterIs roster);

}  // namespace hall::sim
