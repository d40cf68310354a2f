#include "ticketing/prediction.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "protocol/check.h"

namespace hall::ticketing {

namespace {

constexpr int64_t kThousand = 1'000;
constexpr int64_t kMinuteMs = 60'000;
constexpr int64_t kZThousandthsMax = 1'000'000;

int64_t divide_rounded(int64_t dividend, int64_t divisor) {  // of a dividend >= 0
    return (dividend + divisor / 2) / divisor;
}

// Until when the windows have worked so much, and how much of that time any was open.
struct Reached {
    int64_t wait_ms = 0;
    int64_t busy_ms = 0;
};

std::optional<Reached> reach(int64_t window_ms, const std::vector<Capacity>& capacity,
                             int64_t now_ms) {
    Reached at;
    for (size_t entry = 0; entry < capacity.size(); ++entry) {
        bool last = entry + 1 == capacity.size();
        int64_t end_ms = last ? kSpanMsMax : capacity[entry + 1].from_ms - now_ms;
        if (!last && end_ms <= at.wait_ms) continue;
        int64_t windows = capacity[entry].windows;
        if (windows > 0) {
            int64_t needed_ms = divide_rounded(window_ms, windows);
            if (last || at.wait_ms + needed_ms <= end_ms) {
                return Reached{at.wait_ms + needed_ms, at.busy_ms + needed_ms};
            }
            window_ms -= windows * (end_ms - at.wait_ms);
            at.busy_ms += end_ms - at.wait_ms;
        }
        at.wait_ms = end_ms;
    }
    return std::nullopt;
}

// How many thousandths of a ticket will come before the ticket while it waits `wait_ms`.
int64_t overtaking_thousandths(const std::vector<Competing>& competing, int64_t v_ms,
                               int64_t now_ms, int64_t wait_ms) {
    int64_t sum = 0;
    for (const Competing& category : competing) {
        int64_t until_ms = std::min({wait_ms, v_ms + category.credit_ms - now_ms, kSpanMsMax});
        if (until_ms <= 0) continue;
        int64_t arrivals = std::clamp<int64_t>(category.arrivals, 0, kTicketsMax);
        sum += divide_rounded(arrivals * kThousand * until_ms, kArrivalSpanMs);
    }
    return std::min(sum, kTicketsMax * kThousand);
}

// W/sqrt(n), which is sqrt(W/M) when W = n/M; time in which nobody works makes nothing less sure.
int64_t scale_of(int64_t busy_ms, int64_t tickets_thousandths) {
    double root = std::sqrt(static_cast<double>(tickets_thousandths) * 1'000.0);
    return static_cast<int64_t>(std::floor(static_cast<double>(busy_ms) * 1'000.0 / root + 0.5));
}

template <typename Value>
std::vector<Value> last_of(const std::vector<Value>& values, size_t count) {
    size_t first = values.size() > count ? values.size() - count : 0;
    return {values.begin() + static_cast<std::ptrdiff_t>(first), values.end()};
}

}  // namespace

std::optional<int64_t> mean_service_ms(const std::vector<int64_t>& services_ms) {
    if (services_ms.size() < kServicesMin) return std::nullopt;
    std::vector<int64_t> last = last_of(services_ms, kServicesKept);
    int64_t sum = std::accumulate(last.begin(), last.end(), int64_t{0});
    return divide_rounded(sum, static_cast<int64_t>(last.size()));
}

Forecast forecast(const Standing& standing, const std::vector<Competing>& competing,
                  const std::vector<Capacity>& capacity, int64_t mean_service_ms,
                  const Quantiles& z, int64_t now_ms) {
    if (capacity.empty() || capacity.front().windows == 0 || mean_service_ms <= 0) return {};
    Forecast result;
    result.measured = true;
    if (standing.idle_windows > standing.ahead) return result;
    const int64_t service_ms = std::min(mean_service_ms, kSpanMsMax);
    const int64_t own = std::min<int64_t>(int64_t{standing.ahead} + 1, kTicketsMax) * kThousand;
    int64_t tickets = own;
    std::optional<Reached> at;
    for (int iteration = 0; iteration < kIterationsMax; ++iteration) {
        at = reach(divide_rounded(tickets * service_ms, kThousand), capacity, now_ms);
        if (!at) return {};
        int64_t next = own + overtaking_thousandths(competing, standing.v_ms, now_ms, at->wait_ms);
        if (next == tickets) break;
        tickets = next;
    }
    result.wait_ms = at->wait_ms;
    result.scale_ms = std::max<int64_t>(scale_of(at->busy_ms, tickets), 1);
    auto bound = [&](int64_t thousandths) {
        int64_t limited = std::clamp(thousandths, -kZThousandthsMax, kZThousandthsMax);
        return std::max<int64_t>(result.wait_ms + limited * result.scale_ms / kThousand, 0);
    };
    result.low_ms = bound(z.low_thousandths);
    result.high_ms = bound(z.high_thousandths);
    return result;
}

std::optional<int64_t> residual_thousandths(int64_t actual_ms, const Forecast& as_given) {
    if (!as_given.measured || as_given.scale_ms == 0) return std::nullopt;
    int64_t off_ms = std::clamp(actual_ms - as_given.wait_ms, -kSpanMsMax, kSpanMsMax);
    return std::clamp(off_ms * kThousand / as_given.scale_ms, -kZThousandthsMax, kZThousandthsMax);
}

Quantiles quantiles(const std::vector<int64_t>& residuals) {
    if (residuals.size() < kResidualsMin) return {};
    std::vector<int64_t> sorted = last_of(residuals, kResidualsKept);
    std::sort(sorted.begin(), sorted.end());
    auto rank = [&](size_t percent) { return sorted[(sorted.size() * percent + 99) / 100 - 1]; };
    return {rank(10), rank(90)};
}

bool covered(int64_t actual_ms, const Forecast& as_given) {
    return as_given.low_ms <= actual_ms && actual_ms <= as_given.high_ms;
}

bool reliable(uint32_t inside, uint32_t judged) {
    return judged < kCoverageMin || inside * 100ULL >= uint64_t{kCoveragePercentMin} * judged;
}

ShownRange shown(const Forecast& forecast) {
    HALL_CHECK(forecast.measured);
    constexpr int64_t kStepMs = kShownStepMin * kMinuteMs;
    auto up = [](int64_t wait_ms) {
        return static_cast<int32_t>((wait_ms + kStepMs - 1) / kStepMs * kShownStepMin);
    };
    return {up(forecast.low_ms), std::max(up(forecast.high_ms), int32_t{kShownStepMin})};
}

}  // namespace hall::ticketing
