#include "sim/prediction_study.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace hall::sim {
namespace {

// Keeps the last `kept` of a ring that grows at its end, without moving it each time.
void trim(std::vector<int64_t>& ring, std::size_t kept) {
    if (ring.size() < 2 * kept) return;
    ring.erase(ring.begin(), ring.end() - static_cast<std::ptrdiff_t>(kept));
}

double share_of(std::size_t part, std::size_t whole) {
    return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

void Score::count(int64_t actual_ms, int64_t told_ms) {
    ++asked;
    error_ms += std::abs(static_cast<double>(actual_ms - told_ms));
    if (actual_ms - told_ms > kTooShortMs) ++too_short;
}

double Score::mean_error_min() const {
    return asked == 0 ? 0.0 : error_ms / static_cast<double>(asked) / 60'000;
}

double Score::too_short_share() const {
    return share_of(too_short, asked);
}

void StudyReport::add(const StudyReport& other) {
    const auto add_score = [](Score& to, const Score& from) {
        to.asked += from.asked;
        to.error_ms += from.error_ms;
        to.too_short += from.too_short;
    };
    add_score(ours, other.ours);
    add_score(naive, other.naive);
    add_score(last, other.last);
    add_score(class_mean, other.class_mean);
    intervals += other.intervals;
    inside += other.inside;
    waited += other.waited;
    hidden += other.hidden;
    wait_ms += other.wait_ms;
}

double StudyReport::coverage() const {
    return share_of(inside, intervals);
}

double StudyReport::hidden_share() const {
    return share_of(hidden, waited);
}

double StudyReport::mean_wait_min() const {
    return waited == 0 ? 0.0 : wait_ms / static_cast<double>(waited) / 60'000;
}

std::vector<ticketing::Competing> PredictionStudy::competing(Group& group, int64_t now_ms) const {
    while (!group.arrivals.empty() &&
           group.arrivals.front().at_ms <= now_ms - ticketing::kArrivalSpanMs) {
        group.arrivals.pop_front();
    }
    std::map<int64_t, int64_t> by_credit;
    for (const Arrival& arrival : group.arrivals) ++by_credit[arrival.credit_ms];
    std::vector<ticketing::Competing> list;
    for (const auto& [credit_ms, arrivals] : by_credit) list.push_back({credit_ms, arrivals});
    return list;
}

Told PredictionStudy::arrives(const Asked& asked) {
    Group& group = groups_[asked.group];
    const int64_t mean_ms = ticketing::mean_service_ms(group.services_ms).value_or(0);
    Told told;
    told.group = asked.group;
    told.visitor_class = asked.visitor_class;
    told.at_ms = asked.now_ms;
    told.ours = ticketing::forecast(asked.standing, competing(group, asked.now_ms), asked.capacity,
                                    mean_ms, quantiles_, asked.now_ms);
    told.shown =
        told.ours.measured && ticketing::reliable(inside_, static_cast<uint32_t>(covered_.size()));
    if (told.ours.measured) {
        const int64_t queue = int64_t{asked.standing.ahead} + 1;
        told.naive_ms = queue * mean_ms / asked.capacity.front().windows;
    }
    told.last_ms = group.last_ms;
    const std::deque<int64_t>& waits = class_waits_[asked.visitor_class];
    if (!waits.empty()) {
        told.class_mean_ms = std::accumulate(waits.begin(), waits.end(), int64_t{0}) /
                             static_cast<int64_t>(waits.size());
    }
    return told;
}

void PredictionStudy::came(uint32_t group, int64_t credit_ms, int64_t now_ms) {
    groups_[group].arrivals.push_back({now_ms, credit_ms});
}

void PredictionStudy::called(const Told& told, int64_t now_ms) {
    const int64_t wait_ms = now_ms - told.at_ms;
    const bool found_idle = told.ours.measured && told.ours.scale_ms == 0;
    if (judging_ && !found_idle) judge(told, wait_ms);
    learn(told, wait_ms);
}

void PredictionStudy::judge(const Told& told, int64_t wait_ms) {
    ++report_.waited;
    report_.wait_ms += static_cast<double>(wait_ms);
    if (!told.shown) ++report_.hidden;
    if (!told.ours.measured) return;
    ++report_.intervals;
    if (ticketing::covered(wait_ms, told.ours)) ++report_.inside;
    if (!told.last_ms || !told.class_mean_ms) return;
    report_.ours.count(wait_ms, told.ours.wait_ms);
    report_.naive.count(wait_ms, *told.naive_ms);
    report_.last.count(wait_ms, *told.last_ms);
    report_.class_mean.count(wait_ms, *told.class_mean_ms);
}

void PredictionStudy::learn(const Told& told, int64_t wait_ms) {
    groups_[told.group].last_ms = wait_ms;
    std::deque<int64_t>& waits = class_waits_[told.visitor_class];
    waits.push_back(wait_ms);
    if (waits.size() > kClassWaits) waits.pop_front();
    const auto residual = ticketing::residual_thousandths(wait_ms, told.ours);
    if (!residual) return;
    residuals_.push_back(*residual);
    trim(residuals_, ticketing::kResidualsKept);
    quantiles_ = ticketing::quantiles(residuals_);
    covered_.push_back(ticketing::covered(wait_ms, told.ours));
    if (covered_.back()) ++inside_;
    if (covered_.size() > ticketing::kCoverageKept) {
        if (covered_.front()) --inside_;
        covered_.pop_front();
    }
}

void PredictionStudy::served(uint32_t group, int64_t service_ms) {
    std::vector<int64_t>& services = groups_[group].services_ms;
    services.push_back(service_ms);
    trim(services, ticketing::kServicesKept);
}

}  // namespace hall::sim
