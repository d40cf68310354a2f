#include "sim/tally.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "protocol/check.h"

namespace hall::sim {
namespace {

// Half of the interval around a figure of `values.size()` groups.
std::optional<double> half_width(const std::vector<double>& values) {
    const std::size_t n = values.size();
    if (n < 2) return std::nullopt;
    double mean = 0;
    for (const double value : values) mean += value;
    mean /= static_cast<double>(n);
    double squares = 0;
    for (const double value : values) squares += (value - mean) * (value - mean);
    const double variance = squares / static_cast<double>(n - 1);
    return student_t(static_cast<int>(n) - 1) * std::sqrt(variance / static_cast<double>(n));
}

Figure around(double value, const std::vector<double>& values) {
    Figure figure{value, std::nullopt};
    if (const auto half = half_width(values)) figure.ci = Interval{value - *half, value + *half};
    return figure;
}

}  // namespace

double student_t(int freedom) {
    // Source: tables of Student's distribution, two-sided 5 %.
    static constexpr std::array<double, 30> kTable = {
        12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281,
        2.2010,  2.1788, 2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860,
        2.0796,  2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423};
    HALL_CHECK(freedom >= 1);
    if (freedom <= 30) return kTable[static_cast<std::size_t>(freedom - 1)];
    // Cornish and Fisher's expansion around the normal quantile.
    constexpr double z = 1.959964;
    const double n = freedom;
    return z + (z * z * z + z) / (4 * n) +
           (5 * z * z * z * z * z + 16 * z * z * z + 3 * z) / (96 * n * n);
}

void Histogram::add(int64_t value) {
    HALL_CHECK(value >= 0);
    const auto x = static_cast<uint64_t>(value);
    // Octave 0 holds [0, 2^11) one by one; octave k holds [2^(10+k), 2^(11+k)) in cells of 2^k.
    const auto width = static_cast<int>(std::bit_width(x));
    const auto octave = static_cast<std::size_t>(std::max(0, width - kBits));
    if (octave >= octaves_.size()) octaves_.resize(octave + 1);
    auto& cells = octaves_[octave];
    if (cells.empty()) cells.resize(std::size_t{1} << kBits);
    ++cells[x >> octave];
    ++count_;
    sum_ += static_cast<double>(value);
    max_ = std::max(max_, value);
}

void Histogram::add(const Histogram& other) {
    if (other.octaves_.size() > octaves_.size()) octaves_.resize(other.octaves_.size());
    for (std::size_t octave = 0; octave < other.octaves_.size(); ++octave) {
        const auto& theirs = other.octaves_[octave];
        if (theirs.empty()) continue;
        auto& mine = octaves_[octave];
        if (mine.empty()) mine.resize(theirs.size());
        for (std::size_t i = 0; i < theirs.size(); ++i) mine[i] += theirs[i];
    }
    count_ += other.count_;
    sum_ += other.sum_;
    max_ = std::max(max_, other.max_);
}

double Histogram::quantile(double share) const {
    if (count_ == 0) return 0;
    const auto rank =
        static_cast<uint64_t>(std::max(1.0, std::ceil(share * static_cast<double>(count_) - 1e-9)));
    uint64_t seen = 0;
    for (std::size_t octave = 0; octave < octaves_.size(); ++octave) {
        for (std::size_t i = 0; i < octaves_[octave].size(); ++i) {
            seen += octaves_[octave][i];
            if (seen < rank) continue;
            const double low = std::ldexp(static_cast<double>(i), static_cast<int>(octave));
            const double middle = low + (std::ldexp(1.0, static_cast<int>(octave)) - 1) / 2;
            return std::min(middle, static_cast<double>(max_));
        }
    }
    return static_cast<double>(max_);
}

Figure figure_of(const std::vector<Histogram>& groups,
                 const std::function<double(const Histogram&)>& of) {
    Histogram all;
    std::vector<double> values;
    for (const Histogram& group : groups) {
        if (group.count() == 0) continue;
        all.add(group);
        values.push_back(of(group));
    }
    return around(of(all), values);
}

Figure mean_of(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) sum += value;
    return around(values.empty() ? 0 : sum / static_cast<double>(values.size()), values);
}

}  // namespace hall::sim
