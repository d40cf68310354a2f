#include "benchmarks/figure.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "protocol/check.h"

namespace hall::bench {

Figure at_least(Figure figure, double limit, const std::string& why) {
    figure.kept = figure.ratio >= limit;
    figure.promise = fmt::format("{} at least {:g}: {}", figure.ratio_name, limit, why);
    return figure;
}

Figure ratio_at_most(Figure figure, double limit, const std::string& why) {
    figure.kept = figure.ratio <= limit;
    figure.promise = fmt::format("{} at most {:g}: {}", figure.ratio_name, limit, why);
    return figure;
}

Figure value_at_most(Figure figure, double limit, const std::string& why) {
    figure.kept = figure.value <= limit;
    figure.promise = fmt::format("at most {:g} {}: {}", limit, figure.unit, why);
    return figure;
}

std::string to_line(const Figure& figure) {
    return fmt::format("{} {:.4g} {} {} {:.3g}", figure.name, figure.value, figure.unit,
                       figure.ratio_name, figure.ratio);
}

std::string to_json(const Figure& figure) {
    return fmt::format(
        R"({{"name":"{}","value":{:.6g},"unit":"{}","ratio_name":"{}","ratio":{:.6g},"kept":{},)"
        R"("promise":"{}"}})",
        figure.name, figure.value, figure.unit, figure.ratio_name, figure.ratio, figure.kept,
        figure.promise);
}

double percentile(std::vector<double> values, double share) {
    HALL_CHECK(!values.empty());
    std::sort(values.begin(), values.end());
    const auto rank =
        static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
    return values[std::clamp<std::size_t>(rank, 1, values.size()) - 1];
}

int64_t nanoseconds_now() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

double seconds_now() {
    return static_cast<double>(nanoseconds_now()) * 1e-9;
}

}  // namespace hall::bench
