// Tally: what a simulation counts, and what its counts say with how much certainty.
//
// Observations fall into groups: runs, or for a single run equal parts of it (batch means). A
// figure is computed from all of them; its 95 % interval from the spread of the groups' own
// figures, by Student's t (sectioning: Asmussen, Glynn, Stochastic Simulation 2007, III.5a).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace hall::sim {

inline constexpr std::size_t kGroupsMax = 20;

struct Interval {
    double low = 0;
    double high = 0;
};

// value ± interval; no interval with fewer than two groups.
struct Figure {
    double value = 0;
    std::optional<Interval> ci;
};

// The 97.5 % quantile of Student's t. REQUIRES: freedom >= 1.
double student_t(int freedom);

// How often each length of time occurred: exact below 2,048 ticks, above it quantiles are
// within 0.05 %.
class Histogram {
  public:
    void add(int64_t value);
    void add(const Histogram& other);
    uint64_t count() const { return count_; }
    int64_t max() const { return max_; }
    double mean() const { return count_ == 0 ? 0 : sum_ / static_cast<double>(count_); }
    double sum() const { return sum_; }
    // Nearest rank, 0 < share <= 1; 0 when nothing was counted.
    double quantile(double share) const;

  private:
    static constexpr int kBits = 11;
    std::vector<std::vector<uint32_t>> octaves_;
    uint64_t count_ = 0;
    double sum_ = 0;
    int64_t max_ = 0;
};

// A figure of all groups together, with the interval of the groups' own.
Figure figure_of(const std::vector<Histogram>& groups,
                 const std::function<double(const Histogram&)>& of);
// The mean of one value per group.
Figure mean_of(const std::vector<double>& values);

}  // namespace hall::sim
