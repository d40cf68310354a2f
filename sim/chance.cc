#include "sim/chance.h"

#include <cmath>
#include <cstring>
#include <utility>

#include "protocol/check.h"

namespace hall::sim {
namespace {

constexpr double kLn2High = 6.93147180369123816490e-01;  // its last 32 bits are 0 (fdlibm)
constexpr double kLn2Low = 1.90821492927058770002e-10;

uint64_t splitmix(uint64_t& state) {
    state += 0x9e3779b97f4a7c15U;
    uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

uint64_t rotate_left(uint64_t x, int by) {
    return (x << by) | (x >> (64 - by));
}

uint64_t bits_of(double x) {
    uint64_t bits = 0;
    std::memcpy(&bits, &x, sizeof bits);
    return bits;
}

double double_of(uint64_t bits) {
    double x = 0;
    std::memcpy(&x, &bits, sizeof x);
    return x;
}

}  // namespace

double exact_log(double x) {
    HALL_CHECK(x > 0);
    // x = m · 2^e with m in [√½, √2).
    uint64_t bits = bits_of(x);
    int exponent = static_cast<int>(bits >> 52) - 1023;
    double m = double_of((bits & 0xfffffffffffffU) | 0x3ff0000000000000U);
    if (m > 1.4142135623730951) {
        m *= 0.5;
        ++exponent;
    }
    // log m = 2 artanh s, s = (m − 1)/(m + 1), |s| <= 0.1716: eleven terms reach 2^-60.
    const double s = (m - 1.0) / (m + 1.0);
    const double z = s * s;
    double sum = 1.0 / 23.0;
    sum = sum * z + 1.0 / 21.0;
    sum = sum * z + 1.0 / 19.0;
    sum = sum * z + 1.0 / 17.0;
    sum = sum * z + 1.0 / 15.0;
    sum = sum * z + 1.0 / 13.0;
    sum = sum * z + 1.0 / 11.0;
    sum = sum * z + 1.0 / 9.0;
    sum = sum * z + 1.0 / 7.0;
    sum = sum * z + 1.0 / 5.0;
    sum = sum * z + 1.0 / 3.0;
    const double e = exponent;
    return e * kLn2High + (2.0 * s + (2.0 * s * z * sum + e * kLn2Low));
}

double exact_exp(double x) {
    HALL_CHECK(x >= -700 && x <= 700);
    // x = n ln 2 + r, |r| <= 0.35.
    const double n = std::floor(x * 1.4426950408889634 + 0.5);
    const double r = (x - n * kLn2High) - n * kLn2Low;
    double sum = 1.0;
    for (int i = 16; i > 0; --i) sum = 1.0 + sum * r / i;
    return sum * double_of(static_cast<uint64_t>(static_cast<int64_t>(n) + 1023) << 52);
}

Chance::Chance(uint64_t seed, uint64_t stream) {
    uint64_t mixed = seed;
    mixed = splitmix(mixed) ^ (stream * 0xd1342543de82ef95U);
    for (uint64_t& word : state_) word = splitmix(mixed);
}

uint64_t Chance::bits() {
    const uint64_t result = rotate_left(state_[0] + state_[3], 23) + state_[0];
    const uint64_t t = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= t;
    state_[3] = rotate_left(state_[3], 45);
    return result;
}

double Chance::uniform() {
    // The middle of one of 2^52 equal parts of (0, 1).
    return (static_cast<double>(bits() >> 12) + 0.5) * 0x1p-52;
}

uint64_t Chance::below(uint64_t end) {
    HALL_CHECK(end > 0);
    const uint64_t unfair = -end % end;  // 2^64 mod end: those would favour small numbers
    for (;;) {
        const uint64_t drawn = bits();
        if (drawn >= unfair) return drawn % end;
    }
}

double Chance::exponential() {
    return -exact_log(uniform());
}

double Chance::normal() {
    if (has_spare_) {
        has_spare_ = false;
        return spare_normal_;
    }
    for (;;) {
        const double x = 2.0 * uniform() - 1.0;
        const double y = 2.0 * uniform() - 1.0;
        const double square = x * x + y * y;
        if (square >= 1.0 || square == 0.0) continue;
        const double factor = std::sqrt(-2.0 * exact_log(square) / square);
        spare_normal_ = y * factor;
        has_spare_ = true;
        return x * factor;
    }
}

double Chance::gamma(double shape) {
    HALL_CHECK(shape > 0);
    if (shape < 1) {
        // Gamma(k) = Gamma(k + 1) · U^(1/k).
        const double power = exact_log(uniform()) / shape;
        const double larger = gamma(shape + 1.0);
        return power < -700 ? 0.0 : larger * exact_exp(power);
    }
    const double d = shape - 1.0 / 3.0;
    const double c = 1.0 / std::sqrt(9.0 * d);
    for (;;) {
        const double x = normal();
        const double v = 1.0 + c * x;
        if (v <= 0) continue;
        const double cube = v * v * v;
        if (exact_log(uniform()) < 0.5 * x * x + d - d * cube + d * exact_log(cube)) {
            return d * cube;
        }
    }
}

Duration Duration::deterministic(double mean_s) {
    Duration made;
    made.mean_s_ = mean_s;
    return made;
}

Duration Duration::exponential(double mean_s) {
    Duration made = deterministic(mean_s);
    made.kind_ = Kind::exponential;
    return made;
}

Duration Duration::erlang(int k, double mean_s) {
    HALL_CHECK(k >= 1);
    Duration made = deterministic(mean_s);
    made.kind_ = Kind::erlang;
    made.k_ = k;
    return made;
}

Duration Duration::hyperexponential(std::vector<Phase> phases) {
    HALL_CHECK(!phases.empty());
    Duration made;
    made.kind_ = Kind::hyperexponential;
    for (const Phase& phase : phases) made.mean_s_ += phase.share * phase.mean_s;
    made.phases_ = std::move(phases);
    return made;
}

Duration Duration::hyperexponential(double mean_s, double cv) {
    HALL_CHECK(cv >= 1);
    const double square = cv * cv;
    const double share = 0.5 * (1.0 + std::sqrt((square - 1.0) / (square + 1.0)));
    return hyperexponential(
        {{share, 0.5 * mean_s / share}, {1.0 - share, 0.5 * mean_s / (1.0 - share)}});
}

Duration Duration::lognormal(double mean_s, double cv) {
    Duration made = deterministic(mean_s);
    made.kind_ = Kind::lognormal;
    const double variance = exact_log(1.0 + cv * cv);
    made.mu_ = -0.5 * variance;
    made.sigma_ = std::sqrt(variance);
    return made;
}

Duration Duration::empirical(std::vector<double> values_s) {
    HALL_CHECK(!values_s.empty());
    Duration made;
    made.kind_ = Kind::empirical;
    for (const double value : values_s) made.mean_s_ += value;
    made.mean_s_ /= static_cast<double>(values_s.size());
    made.values_s_ = std::move(values_s);
    return made;
}

double Duration::draw_s(Chance& chance) const {
    switch (kind_) {
        case Kind::deterministic:
            return mean_s_;
        case Kind::exponential:
            return mean_s_ * chance.exponential();
        case Kind::erlang: {
            double sum = 0;
            for (int i = 0; i < k_; ++i) sum += chance.exponential();
            return mean_s_ / k_ * sum;
        }
        case Kind::hyperexponential: {
            double left = chance.uniform();
            std::size_t chosen = 0;
            while (chosen + 1 < phases_.size() && left >= phases_[chosen].share) {
                left -= phases_[chosen++].share;
            }
            return phases_[chosen].mean_s * chance.exponential();
        }
        case Kind::lognormal:
            return mean_s_ * exact_exp(mu_ + sigma_ * chance.normal());
        case Kind::empirical:
            return values_s_[chance.below(values_s_.size())];
    }
    HALL_CHECK(false);
}

double Duration::mean_s() const {
    return mean_s_;
}

double Duration::second_moment_s2() const {
    const double square = mean_s_ * mean_s_;
    switch (kind_) {
        case Kind::deterministic:
            return square;
        case Kind::exponential:
            return 2 * square;
        case Kind::erlang:
            return square * (1.0 + 1.0 / k_);
        case Kind::hyperexponential: {
            double sum = 0;
            for (const Phase& phase : phases_) sum += phase.share * 2 * phase.mean_s * phase.mean_s;
            return sum;
        }
        case Kind::lognormal:
            return square * exact_exp(sigma_ * sigma_);
        case Kind::empirical: {
            double sum = 0;
            for (const double value : values_s_) sum += value * value;
            return sum / static_cast<double>(values_s_.size());
        }
    }
    HALL_CHECK(false);
}

Duration Duration::scaled_to(double mean_s) const {
    Duration scaled = *this;
    const double factor = mean_s_ > 0 ? mean_s / mean_s_ : 0;
    scaled.mean_s_ = mean_s;
    for (Phase& phase : scaled.phases_) phase.mean_s *= factor;
    for (double& value : scaled.values_s_) value *= factor;
    return scaled;
}

}  // namespace hall::sim
