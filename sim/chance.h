// Chance: random numbers that are the same bytes with every compiler and library.
//
// The engine is xoshiro256++ (Blackman, Vigna 2019) seeded by splitmix64. The logarithm, the
// exponential and every distribution are our own, of additions, multiplications, divisions and
// square roots only, which IEEE 754 defines to the bit; hall_sim is built without contraction of
// a·b + c for the same reason.
//
// One stream for each purpose, so that a change of the rule leaves arrivals and service times as
// they were (common random numbers). Values; one thread each.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace hall::sim {

// Natural logarithm and exponential within 2 ulp. REQUIRES: x > 0 and finite; |x| <= 700.
double exact_log(double x);
double exact_exp(double x);

class Chance {
  public:
    // Streams of one seed are independent of each other.
    explicit Chance(uint64_t seed, uint64_t stream = 0);

    uint64_t bits();
    double uniform();              // in (0, 1): never 0 or 1
    uint64_t below(uint64_t end);  // in [0, end); REQUIRES: end > 0
    double exponential();          // mean 1
    double normal();               // mean 0, variance 1; Marsaglia's polar method
    double gamma(double shape);    // mean = shape; Marsaglia and Tsang 2000
    bool happens(double share) { return uniform() < share; }

  private:
    std::array<uint64_t, 4> state_{};
    double spare_normal_ = 0;
    bool has_spare_ = false;
};

// How long something takes, in seconds.
class Duration {
  public:
    // All means in seconds, > 0; cv = standard deviation / mean.
    static Duration deterministic(double mean_s);
    static Duration exponential(double mean_s);
    static Duration erlang(int k, double mean_s);  // k >= 1 phases
    struct Phase {
        double share = 0;
        double mean_s = 0;
    };
    static Duration hyperexponential(std::vector<Phase> phases);  // shares sum to 1
    // Two phases with balanced means (share_1 · mean_1 = share_2 · mean_2). REQUIRES: cv >= 1.
    static Duration hyperexponential(double mean_s, double cv);
    static Duration lognormal(double mean_s, double cv);
    // One of the values, each as likely. REQUIRES: not empty, all >= 0.
    static Duration empirical(std::vector<double> values_s);

    double draw_s(Chance& chance) const;
    double mean_s() const;
    double second_moment_s2() const;

    // The same shape with another mean.
    Duration scaled_to(double mean_s) const;

  private:
    enum class Kind { deterministic, exponential, erlang, hyperexponential, lognormal, empirical };
    Kind kind_ = Kind::deterministic;
    double mean_s_ = 0;
    int k_ = 1;
    double mu_ = 0;     // lognormal, of a mean of 1
    double sigma_ = 0;  // lognormal
    std::vector<Phase> phases_;
    std::vector<double> values_s_;
};

}  // namespace hall::sim
