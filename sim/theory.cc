#include "sim/theory.h"

#include <cmath>
#include <complex>
#include <numbers>
#include <numeric>

#include "protocol/check.h"

namespace hall::sim {
namespace {

using Complex = std::complex<double>;

// f(t) from its transform: the fixed Talbot method. Source: Abate, Valkó 2004, 14 significant
// digits being what M = 24 nodes give in double precision.
template <typename Transform>
double invert(const Transform& transform, double t) {
    constexpr int kNodes = 24;
    const double r = 2.0 * kNodes / (5.0 * t);
    double sum = 0.5 * std::exp(r * t) * transform(Complex(r, 0)).real();
    for (int k = 1; k < kNodes; ++k) {
        const double theta = k * std::numbers::pi / kNodes;
        const double cot = std::cos(theta) / std::sin(theta);
        const Complex s = r * theta * Complex(cot, 1);
        const double sigma = theta + (theta * cot - 1) * cot;
        sum += (std::exp(t * s) * transform(s) * Complex(1, sigma)).real();
    }
    return r / kNodes * sum;
}

}  // namespace

double erlang_c(double lambda, double mu, int c) {
    const double load = lambda / mu;
    HALL_CHECK(c >= 1 && load >= 0 && load < c);
    double blocked = 1;  // Erlang B by its recursion, which never overflows
    for (int k = 1; k <= c; ++k) blocked = load * blocked / (k + load * blocked);
    const double rho = load / c;
    return blocked / (1 - rho + rho * blocked);
}

double mmc_wait(double lambda, double mu, int c) {
    return erlang_c(lambda, mu, c) / (c * mu - lambda);
}

double mg1_wait(double lambda, double service_mean, double service_second_moment) {
    const double rho = lambda * service_mean;
    HALL_CHECK(rho < 1);
    return lambda * service_second_moment / (2 * (1 - rho));
}

std::vector<double> cobham_mg1(const std::vector<ClassLoad>& classes) {
    double residual = 0;
    for (const ClassLoad& one : classes) residual += one.lambda * one.service_second_moment / 2;
    std::vector<double> waits;
    double before = 0;
    for (const ClassLoad& one : classes) {
        const double with = before + one.lambda * one.service_mean;
        HALL_CHECK(with < 1);
        waits.push_back(residual / ((1 - before) * (1 - with)));
        before = with;
    }
    return waits;
}

std::vector<double> cobham_mmc(const std::vector<double>& lambdas, double mu, int c) {
    const double lambda = std::accumulate(lambdas.begin(), lambdas.end(), 0.0);
    const double residual = erlang_c(lambda, mu, c) / (c * mu);
    std::vector<double> waits;
    double before = 0;
    for (const double one : lambdas) {
        const double with = before + one / (c * mu);
        waits.push_back(residual / ((1 - before) * (1 - with)));
        before = with;
    }
    return waits;
}

double conserved_mg1(const std::vector<ClassLoad>& classes) {
    double rho = 0;
    double residual = 0;
    for (const ClassLoad& one : classes) {
        rho += one.lambda * one.service_mean;
        residual += one.lambda * one.service_second_moment / 2;
    }
    return rho * residual / (1 - rho);
}

HeadStart head_start_mmc(double lambda_high, double lambda_low, double mu, int c,
                         double head_start) {
    const double capacity = c * mu;
    const double lambda = lambda_high + lambda_low;
    const double rho = lambda / capacity;
    const double waits = erlang_c(lambda, mu, c);
    const double first_come = waits / (capacity - lambda);
    if (std::isinf(head_start)) {
        const auto strict = cobham_mmc({lambda_high, lambda_low}, mu, c);
        return {strict[0], strict[1]};
    }
    if (head_start <= 0) return {first_come, first_come};
    const auto transform = [&](Complex s) {
        const Complex sum = lambda_high + capacity + s;
        // Two roots, not one of the product: the cut then lies on the negative axis only.
        const double edge = 2 * std::sqrt(lambda_high * capacity);
        const Complex root = std::sqrt(sum - edge) * std::sqrt(sum + edge);
        const Complex theta = (sum - root) / (2 * lambda_high);
        const Complex phi = (1 - rho) * theta / (1.0 - rho * theta);
        return waits * (1.0 - phi) / (s * s);
    };
    const double overtaking = invert(transform, head_start);
    return {first_come - lambda_low / capacity * overtaking,
            first_come + lambda_high / capacity * overtaking};
}

}  // namespace hall::sim
