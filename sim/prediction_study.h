// PredictionStudy: how good "about how long?" is, beside three simpler ways of saying it.
//
// A study is told what happens in a hall, in the order of time: who comes, who is called, how long
// a service took. It answers each visitor as the hall would (ticketing/prediction.h), knowing only
// what was known then, and compares what it said with what came:
//   ours         policy.md, with an interval that learns from the last 400 waits
//   naive        (N + 1) / M, nobody else comes before
//   last         the wait of whoever entered service last
//   class mean   the mean of the last kClassWaits waits of the same class
// Visitors who found a window idle are not asked about: there is nothing to predict.
//
// One thread. docs/PREDICTION.md has the figures.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "ticketing/prediction.h"

namespace hall::sim {

inline constexpr std::size_t kClassWaits = 50;
inline constexpr int64_t kTooShortMs = 60'000;  // told more than a minute too short

// One way of predicting, over all visitors for whom every way had an answer.
struct Score {
    std::size_t asked = 0;
    double error_ms = 0;        // sum of |actual - told|
    std::size_t too_short = 0;  // of more than kTooShortMs

    void count(int64_t actual_ms, int64_t told_ms);
    double mean_error_min() const;
    double too_short_share() const;
};

struct StudyReport {
    Score ours;
    Score naive;
    Score last;
    Score class_mean;
    std::size_t intervals = 0;  // given, and the wait is known
    std::size_t inside = 0;
    std::size_t waited = 0;  // did not find a window idle, and the wait is known
    std::size_t hidden = 0;  // of those, who was shown no minutes
    double wait_ms = 0;      // sum of those

    void add(const StudyReport& other);
    double coverage() const;
    double hidden_share() const;
    double mean_wait_min() const;
};

// A visitor who comes.
struct Asked {
    uint32_t group = 0;  // visitors of one need: one rate of their windows, one stream of arrivals
    uint32_t visitor_class = 0;
    ticketing::Standing standing;
    std::vector<ticketing::Capacity> capacity;
    int64_t now_ms = 0;
};

// What the visitor was told; kept until the call.
struct Told {
    uint32_t group = 0;
    uint32_t visitor_class = 0;
    int64_t at_ms = 0;
    bool shown = false;
    ticketing::Forecast ours;
    std::optional<int64_t> naive_ms;
    std::optional<int64_t> last_ms;
    std::optional<int64_t> class_mean_ms;
};

class PredictionStudy {
  public:
    Told arrives(const Asked& asked);
    // Somebody came who may take a window of this group's visitors. After he was answered.
    void came(uint32_t group, int64_t credit_ms, int64_t now_ms);
    // The visitor was called: what was said is judged, and learnt from.
    void called(const Told& told, int64_t now_ms);
    // A window that can serve the group was busy for so long with one visitor.
    void served(uint32_t group, int64_t service_ms);

    // False: visitors are answered and learnt from, but not judged.
    void judge(bool on) { judging_ = on; }
    const StudyReport& report() const { return report_; }

  private:
    struct Arrival {
        int64_t at_ms = 0;
        int64_t credit_ms = 0;
    };
    struct Group {
        std::vector<int64_t> services_ms;  // at most twice kServicesKept
        std::deque<Arrival> arrivals;      // of the last kArrivalSpanMs
        std::optional<int64_t> last_ms;
    };

    std::vector<ticketing::Competing> competing(Group& group, int64_t now_ms) const;
    void learn(const Told& told, int64_t wait_ms);
    void judge(const Told& told, int64_t wait_ms);

    std::map<uint32_t, Group> groups_;
    std::map<uint32_t, std::deque<int64_t>> class_waits_;
    std::vector<int64_t> residuals_;  // at most twice kResidualsKept
    std::deque<bool> covered_;        // of the last kCoverageKept
    uint32_t inside_ = 0;             // of those
    ticketing::Quantiles quantiles_;
    bool judging_ = true;
    StudyReport report_;
};

}  // namespace hall::sim
