#include "hall-server/core/forecasting.h"

#include <algorithm>

namespace hall::core {

using ticketing::Forecast;
using ticketing::NeedSignature;

namespace {

// The last services at windows that could serve this need, oldest first.
std::vector<int64_t> services_of(const HallState& hall, const std::vector<uint32_t>& windows) {
    std::vector<bool> served(hall.service_index.size(), false);
    for (uint32_t number : windows) {
        for (uint32_t service : hall.services_at.at(number)) served[service] = true;
    }
    std::vector<int64_t> spans_ms;
    const auto& spans = hall.recent_services;
    for (auto span = spans.rbegin(); span != spans.rend(); ++span) {
        if (spans_ms.size() == ticketing::kServicesKept) break;
        if (served[span->service]) spans_ms.push_back(span->span_ms);
    }
    std::reverse(spans_ms.begin(), spans_ms.end());
    return spans_ms;
}

// Whoever may still come before: arrivals of the last half hour that could use the same windows.
std::vector<ticketing::Competing> competing_with(const HallState& hall, const NeedSignature& need,
                                                 int64_t now_ms) {
    std::map<int64_t, int64_t> by_credit;
    const std::vector<ticketing::SignatureId> sharing = hall.queues.sharing(need);
    for (ticketing::SignatureId id : sharing) {
        auto found = hall.arrivals.counts.find(id);
        if (found == hall.arrivals.counts.end()) continue;
        for (const auto& [credit_ms, count] : found->second) by_credit[credit_ms] += count;
    }
    // Those that the last event was too early to forget.
    for (const Arrivals::One& one : hall.arrivals.line) {
        if (one.at_ms > now_ms - ticketing::kArrivalSpanMs) break;
        if (std::binary_search(sharing.begin(), sharing.end(), one.signature)) {
            --by_credit[one.credit_ms];
        }
    }
    std::vector<ticketing::Competing> competing;
    for (const auto& [credit_ms, count] : by_credit) {
        if (credit_ms > 0 && count > 0) competing.push_back({credit_ms, count});
    }
    return competing;
}

// Open windows now, and as the roster changes them: a lunch break begins, a colleague is back.
std::vector<ticketing::Capacity> capacity_of(const HallState& hall,
                                             const std::vector<uint32_t>& open,
                                             const std::vector<uint32_t>& able, int64_t now_ms) {
    std::vector<ticketing::Capacity> capacity{{now_ms, static_cast<uint32_t>(open.size())}};
    std::map<int64_t, int32_t> changes;
    for (const auto& shift : hall.data.plan().shifts()) {
        if (std::find(able.begin(), able.end(), shift.window()) == able.end()) continue;
        bool is_open = std::find(open.begin(), open.end(), shift.window()) != open.end();
        bool still_to_come = shift.from_ms() > now_ms;
        bool on_duty = !still_to_come && now_ms < shift.to_ms();
        // A window that is closed against its roster stays so until its next shift; one that is
        // open against it is taken to stay.
        if (still_to_come) ++changes[shift.from_ms()];
        if (still_to_come || (on_duty && is_open)) --changes[shift.to_ms()];
    }
    // After closing nobody goes home before those who wait are served.
    auto last = changes.lower_bound(hall.data.plan().closing_at_ms());
    changes.erase(last, changes.end());
    auto windows = static_cast<int32_t>(open.size());
    for (const auto& [from_ms, change] : changes) {
        windows += change;
        capacity.push_back({from_ms, static_cast<uint32_t>(std::max(windows, 0))});
    }
    return capacity;
}

uint32_t idle_among(const HallState& hall, const std::vector<uint32_t>& open) {
    return static_cast<uint32_t>(std::count_if(open.begin(), open.end(), [&](uint32_t number) {
        return hall.find_window(number)->state() == protocol::WindowState::idle;
    }));
}

Forecast as_given(const state::Ticket& ticket) {
    Forecast forecast;
    forecast.measured = true;
    forecast.wait_ms = ticket.forecast_ms();
    forecast.low_ms = ticket.forecast_low_ms();
    forecast.high_ms = ticket.forecast_high_ms();
    forecast.scale_ms = ticket.forecast_scale_ms();
    return forecast;
}

template <typename List>
void keep_last(List& list, size_t most) {
    auto size = static_cast<size_t>(list.size());
    // A tenth at a time: one by one would move the whole list for each.
    if (size > most + most / 10) list.erase(list.begin(), list.end() - static_cast<int>(most));
}

}  // namespace

Forecast forecast_for(const HallState& hall, const NeedSignature& need, const ticketing::Key& key,
                      uint32_t ahead, int64_t now_ms) {
    if (!serves(hall.data.phase())) return {};
    const std::vector<uint32_t> open = hall.queues.open_windows_for(need);
    if (open.empty()) return {};
    auto mean_ms = ticketing::mean_service_ms(services_of(hall, open));
    if (!mean_ms) return {};
    ticketing::Standing standing{ahead, idle_among(hall, open), key.v_ms};
    return ticketing::forecast(standing, competing_with(hall, need, now_ms),
                               capacity_of(hall, open, hall.queues.windows_for(need), now_ms),
                               *mean_ms, hall.quantiles, now_ms);
}

Forecast forecast_of_newcomer(const HallState& hall, const NeedSignature& need, int64_t now_ms) {
    ticketing::Key key{now_ms, now_ms, hall.data.next_key_serial()};
    return forecast_for(hall, need, key, hall.queues.ahead(need, key).all, now_ms);
}

ShownWait shown_wait(const HallState& hall, const Forecast& forecast) {
    const auto& covered = hall.data.covered();
    auto judged = std::min<size_t>(static_cast<size_t>(covered.size()), ticketing::kCoverageKept);
    auto inside = std::count(covered.end() - static_cast<int>(judged), covered.end(), true);
    if (!forecast.measured ||
        !ticketing::reliable(static_cast<uint32_t>(inside), static_cast<uint32_t>(judged))) {
        return {};
    }
    constexpr int64_t kMinuteMs = 60'000;
    ticketing::ShownRange range = ticketing::shown(forecast);
    return {range.from_min * kMinuteMs, range.to_min * kMinuteMs};
}

ShownWait wait_at_issue(const HallState& hall, const state::Ticket& ticket) {
    return ticket.forecast_high_ms() == 0 ? ShownWait{} : shown_wait(hall, as_given(ticket));
}

std::optional<int64_t> served_too_late_ms(const HallState& hall, const NeedSignature& need,
                                          const Forecast& forecast, int64_t now_ms) {
    const auto& data = hall.data;
    bool opened_by_hand = data.by_hand() && data.phase() == protocol::Phase::open;
    if (!forecast.measured || opened_by_hand || !data.plan().opens()) return std::nullopt;
    const uint32_t service = hall.service_index.at(need.service);
    uint32_t today = 0;
    int64_t sum_ms = 0;
    for (const RecentService& span : hall.recent_services) {
        if (span.service != service || span.day != data.plan().day()) continue;
        ++today;
        sum_ms += span.span_ms;
    }
    if (today < kServicesToStopMin) return std::nullopt;
    int64_t served_ms = now_ms + forecast.wait_ms + sum_ms / today;
    int64_t end_ms = std::max(data.plan().extension_end_at_ms(), data.until_ms());
    return served_ms > end_ms ? std::optional(served_ms) : std::nullopt;
}

bool reserve_advised(const HallState& hall, int64_t now_ms) {
    const auto& rules = hall.data.rules();
    if (rules.target_wait_ms() == 0 || hall.queues.size() == 0) return false;
    for (const auto& window : hall.data.windows()) {
        if (window.reserved_credit_ms() > 0) return false;  // done already
    }
    for (const auto& service : rules.services()) {
        NeedSignature need;
        need.service = service.code();
        ticketing::Key key{now_ms - rules.credit_limit_ms(), now_ms, hall.data.next_key_serial()};
        Forecast forecast = forecast_for(hall, need, key, hall.queues.ahead(need, key).all, now_ms);
        if (forecast.measured && forecast.wait_ms > rules.target_wait_ms()) return true;
    }
    return false;
}

void note_wait_ended(HallState& hall, const state::Ticket& ticket, int64_t now_ms) {
    if (ticket.forecast_high_ms() == 0) return;
    int64_t actual_ms = now_ms - ticket.entered_at_ms();
    const Forecast given = as_given(ticket);
    auto residual = ticketing::residual_thousandths(actual_ms, given);
    if (!residual) return;
    hall.data.add_residuals(*residual);
    hall.data.add_covered(ticketing::covered(actual_ms, given));
    keep_last(*hall.data.mutable_residuals(), ticketing::kResidualsKept);
    keep_last(*hall.data.mutable_covered(), ticketing::kCoverageKept);
    const auto& residuals = hall.data.residuals();
    hall.quantiles = ticketing::quantiles({residuals.begin(), residuals.end()});
}

void note_service(HallState& hall, const state::Ticket& ticket, int64_t now_ms) {
    state::ServiceSpan& span = *hall.data.add_spans();
    span.set_service(ticket.services(static_cast<int>(ticket.service_index())));
    span.set_span_ms(now_ms - ticket.first_called_at_ms());
    span.set_day(hall.data.plan().day());
    hall.add_recent_service(span);
    keep_last(*hall.data.mutable_spans(), kSpansKept);
    auto& recent = hall.recent_services;
    if (recent.size() > static_cast<size_t>(hall.data.spans_size())) {
        recent.erase(recent.begin(), recent.end() - hall.data.spans_size());
    }
}

}  // namespace hall::core
