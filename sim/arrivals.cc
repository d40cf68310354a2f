#include "sim/arrivals.h"

#include <algorithm>
#include <cmath>

namespace hall::sim {
namespace {

constexpr uint64_t kFirstStream = 100;  // of random numbers; the others are the simulation's
constexpr uint64_t kTraceStream = 99;

std::size_t choose(const std::vector<std::pair<std::size_t, double>>& classes, Chance& chance) {
    if (classes.size() == 1) return classes.front().first;
    double left = chance.uniform();
    for (const auto& [which, share] : classes) {
        if (left < share) return which;
        left -= share;
    }
    return classes.back().first;
}

}  // namespace

Arrivals::Arrivals(const Scenario& scenario, uint64_t seed)
    : scenario_(scenario), trace_chance_(seed, kTraceStream) {
    for (std::size_t i = 0; i < scenario.streams.size(); ++i) {
        Stream stream{Chance(seed, kFirstStream + i), 0, 0, 1, std::nullopt};
        streams_.push_back(stream);
    }
}

void Arrivals::begin_day(int day, int weekday) {
    day_factor_ = scenario_.weekday_factor[static_cast<std::size_t>(weekday)];
    for (std::size_t i = 0; i < streams_.size(); ++i) {
        streams_[i].at = static_cast<double>(scenario_.streams[i].rates.from);
        streams_[i].step = 0;
        begin_step(scenario_.streams[i], streams_[i]);
        advance(i);
    }
    recorded_.clear();
    recorded_at_ = 0;
    if (scenario_.trace) begin_trace_day(static_cast<std::size_t>(day));
    pick();
}

// A count of mean m and variance d·m: the rate of the step is drawn from a gamma distribution of
// shape m/(d − 1), so that the count is negative binomial.
void Arrivals::begin_step(const ArrivalStream& source, Stream& stream) {
    stream.factor = day_factor_;
    if (source.dispersion <= 1 || stream.step >= source.rates.per_hour.size()) return;
    const double mean = source.rates.per_hour[stream.step] * day_factor_ *
                        static_cast<double>(source.rates.step) / static_cast<double>(kHour);
    if (mean <= 0) return;
    const double shape = mean / (source.dispersion - 1);
    stream.factor *= stream.chance.gamma(shape) / shape;
}

void Arrivals::advance(std::size_t index) {
    const ArrivalStream& source = scenario_.streams[index];
    Stream& stream = streams_[index];
    stream.next.reset();
    double gap = stream.chance.exponential();
    while (stream.step < source.rates.per_hour.size()) {
        const double rate =
            source.rates.per_hour[stream.step] * stream.factor / static_cast<double>(kHour);
        const double end = source.rates.step == 0 ? INFINITY
                                                  : static_cast<double>(source.rates.from) +
                                                        static_cast<double>(source.rates.step) *
                                                            static_cast<double>(stream.step + 1);
        if (rate > 0 && stream.at + gap / rate < end) {
            stream.at += gap / rate;
            Arrival arrival;
            arrival.at = static_cast<Ticks>(stream.at);
            arrival.visitor_class = choose(source.classes, stream.chance);
            stream.next = arrival;
            return;
        }
        gap -= rate * (end - stream.at);
        stream.at = end;
        ++stream.step;
        begin_step(source, stream);
    }
}

void Arrivals::begin_trace_day(std::size_t day) {
    for (const TraceRow& row : scenario_.trace->rows) {
        if (row.day != day) continue;
        Arrival arrival;
        arrival.at = row.by;
        if (row.after < row.by) {
            const auto width = static_cast<uint64_t>(row.by - row.after);
            arrival.at = row.after + 1 + static_cast<Ticks>(trace_chance_.below(width));
        }
        arrival.service = row.service;
        arrival.service_time = row.service_time;
        arrival.visitor_class =
            row.visitor_class ? *row.visitor_class : choose(scenario_.trace_classes, trace_chance_);
        recorded_.push_back(arrival);
    }
    std::stable_sort(recorded_.begin(), recorded_.end(),
                     [](const Arrival& a, const Arrival& b) { return a.at < b.at; });
}

void Arrivals::pick() {
    next_.reset();
    first_ = streams_.size();
    if (recorded_at_ < recorded_.size()) next_ = recorded_[recorded_at_];
    for (std::size_t i = 0; i < streams_.size(); ++i) {
        const auto& theirs = streams_[i].next;
        if (!theirs || (next_ && next_->at <= theirs->at)) continue;
        next_ = theirs;
        first_ = i;
    }
}

void Arrivals::advance() {
    if (first_ < streams_.size()) {
        advance(first_);
    } else {
        ++recorded_at_;
    }
    pick();
}

}  // namespace hall::sim
