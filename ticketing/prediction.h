// "About how long?" (预计等候): how long a ticket will wait, how sure that is, and what people are
// shown of it. Source: policy.md, "About how long?"; measured in docs/PREDICTION.md.
//
//   W = (N + 1 + sum over k of lambda_k * min(W, time in which category k still comes before)) / M
//
// N tickets ahead by key, M = open eligible windows / mean service. Whoever comes at t with credit
// h_k is before a ticket of credited arrival v while t - h_k < v: that is the time in the sum (h_k
// - h_i for a walk-in that enters now). W is where the windows' work reaches the tickets': with a
// roster (lunch) the integral of open windows, without one simply a division.
//
// Pure: every input is an argument and every result an integer, the same on every machine (integer
// arithmetic, and one correctly rounded square root). It feeds views; where it decides, as when
// issuing stops, the event records the decision. All times are milliseconds, UTC.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace hall::ticketing {

// policy.md: the mean of the last 100 services, arrivals of the last half hour, the quantiles of
// the last 400 waits, the coverage of the last 200 hidden below 65 %, ranges in steps of 5 minutes.
inline constexpr size_t kServicesKept = 100;
inline constexpr int64_t kArrivalSpanMs = 30 * 60'000;
inline constexpr size_t kResidualsKept = 400;
inline constexpr size_t kCoverageKept = 200;
inline constexpr uint32_t kCoveragePercentMin = 65;
inline constexpr int64_t kShownStepMin = 5;
inline constexpr int kIterationsMax = 50;

// Ours: below these counts a measurement says too little. Ten services of the spread seen in the
// bank data (cv 1.23) know their mean to 40 %; of fifty waits whose true coverage is 80 % fewer
// than one in a hundred such sets shows less than 65 %.
inline constexpr size_t kServicesMin = 10;
inline constexpr size_t kResidualsMin = 50;
inline constexpr size_t kCoverageMin = 50;

// Tickets and times beyond these are counted as these: no product below can overflow.
inline constexpr int64_t kTicketsMax = 1'000'000;
inline constexpr int64_t kSpanMsMax = 24 * 3'600'000;

// Where the ticket stands now.
struct Standing {
    uint32_t ahead = 0;         // N: waiting with a smaller key at a window that it could use
    uint32_t idle_windows = 0;  // open, able to serve it, with nobody: more than `ahead` = no wait
    int64_t v_ms = 0;           // its credited arrival
};

// A category whose visitors may still come before the ticket.
struct Competing {
    int64_t credit_ms = 0;
    int64_t arrivals = 0;  // over the last kArrivalSpanMs, for windows that the ticket could use
};

// Open eligible windows from a moment on, until the next entry.
struct Capacity {
    int64_t from_ms = 0;
    uint32_t windows = 0;
};

// z in thousandths: see `residual_thousandths`. The default is what services of cv 1 give (normal,
// 10 % and 90 %): used until kResidualsMin waits are known.
struct Quantiles {
    int64_t low_thousandths = -1'282;
    int64_t high_thousandths = 1'282;

    bool operator==(const Quantiles&) const = default;
};

struct Forecast {
    bool measured = false;  // false: nothing to go by, so no minutes are shown; the rest is 0
    int64_t wait_ms = 0;    // W
    int64_t low_ms = 0;     // 8 of 10 waits end between low and high
    int64_t high_ms = 0;
    int64_t scale_ms = 0;  // sqrt(W/M), the unit of z; 0: a window is idle, nothing to be unsure of

    bool operator==(const Forecast&) const = default;
};

// The mean of the last kServicesKept of `services_ms` (oldest first); nothing below kServicesMin.
// A service is what one ticket takes of its window: from its call until the window is free again.
std::optional<int64_t> mean_service_ms(const std::vector<int64_t>& services_ms);

// W and its interval, from `now_ms` on. `capacity`: rising from_ms; the first entry is what is open
// now, whatever its from_ms; the last one holds for ever. Not measured: no eligible window is open
// now, none will be open for long enough, or mean_service_ms is 0.
Forecast forecast(const Standing& standing, const std::vector<Competing>& competing,
                  const std::vector<Capacity>& capacity, int64_t mean_service_ms,
                  const Quantiles& z, int64_t now_ms);

// z of a finished wait, (actual - W) / sqrt(W/M), for the ring of the last kResidualsKept. Nothing
// when the forecast had no interval (not measured, or a window was idle): such a wait counts
// neither here nor in the coverage.
std::optional<int64_t> residual_thousandths(int64_t actual_ms, const Forecast& as_given);

// The 10 % and 90 % quantiles (nearest rank) of the last kResidualsKept of `residuals` (oldest
// first); the default ones below kResidualsMin.
Quantiles quantiles(const std::vector<int64_t>& residuals);

// Whether the wait ended within the interval that was given.
bool covered(int64_t actual_ms, const Forecast& as_given);

// Whether minutes may be shown: of the last `judged` waits (at most kCoverageKept) `inside` ended
// within their interval. Fewer than kCoverageMin judge nothing.
bool reliable(uint32_t inside, uint32_t judged);

// What people are shown, in minutes: both ends rounded up to kShownStepMin. `to_min` is never 0;
// `from_min` 0 is worded "within to_min", equal ends "about to_min". REQUIRES: measured.
struct ShownRange {
    int32_t from_min = 0;
    int32_t to_min = 0;

    bool operator==(const ShownRange&) const = default;
};
ShownRange shown(const Forecast& forecast);

}  // namespace hall::ticketing
