// Theory: what queueing theory says a simulation must give. Closed formulas, each with its source.
//
// `lambda` arrivals and `mu` services a window per unit of time, `c` windows; waits in that unit.
// Used by tests of the simulator and shown beside its results. Pure.
#pragma once

#include <vector>

namespace hall::sim {

// Erlang C: the share of visitors who wait in M/M/c. Source: Erlang 1917. REQUIRES: lambda < c mu.
double erlang_c(double lambda, double mu, int c);
// Mean wait in M/M/c, in any order that does not look at service times.
double mmc_wait(double lambda, double mu, int c);
// Mean wait in M/G/1: lambda E[S²] / (2 (1 − rho)). Source: Pollaczek 1930, Khinchine 1932.
double mg1_wait(double lambda, double service_mean, double service_second_moment);

struct ClassLoad {
    double lambda = 0;
    double service_mean = 0;
    double service_second_moment = 0;
};
// Mean wait of each class under nonpreemptive strict priority, first = highest, one window, any
// service times: W0/((1 − σ(k−1))(1 − σ(k))), W0 = Σ lambda E[S²]/2. Source: Cobham 1954.
std::vector<double> cobham_mg1(const std::vector<ClassLoad>& classes);
// The same with c windows and one exponential service time: W0 = C/(c mu). Source: policy.md.
std::vector<double> cobham_mmc(const std::vector<double>& lambdas, double mu, int c);
// What Σ rho_i W_i is in every order that does not look at service times: rho W0/(1 − rho), per
// window. Source: Kleinrock 1965 (M/G/1); M/M/c with one mu likewise.
double conserved_mg1(const std::vector<ClassLoad>& classes);

struct HeadStart {
    double wait_high = 0;
    double wait_low = 0;
};
// Mean waits of two classes of M/M/c, the first treated as if it had come `head_start` earlier.
// W_L = W_F + rho_H I(h), W_H = W_F − rho_L I(h), I(h) = ∫₀^h P(T > y) dy with the transform
// I*(s) = C (1 − φ)/s², inverted numerically (Talbot; 1e-9). Source: policy.md, after Goldberg
// 1977. REQUIRES: lambda_high, lambda_low > 0, head_start >= 0; infinity gives strict priority.
HeadStart head_start_mmc(double lambda_high, double lambda_low, double mu, int c,
                         double head_start);

}  // namespace hall::sim
