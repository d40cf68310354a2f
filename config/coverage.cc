#include "config/coverage.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "config/reader.h"

namespace hall::config {
namespace {

enum class Which { all, unreserved };

// When the windows of a service are there, sorted by start.
std::vector<Span> served_spans(const HallFile& file, const Service& service, const DayHours& day,
                               Which which) {
    std::vector<Span> out;
    for (const Window& window : file.windows) {
        if (which == Which::unreserved && window.reserved_credit_min > 0) continue;
        const auto& served = window.services;
        if (std::find(served.begin(), served.end(), service.code) == served.end()) continue;
        if (window.hours.empty()) out.push_back({day.opening_min, day.closing_min});
        out.insert(out.end(), window.hours.begin(), window.hours.end());
    }
    std::sort(out.begin(), out.end(),
              [](const Span& a, const Span& b) { return a.from_min < b.from_min; });
    return out;
}

// The first part of the open hours that no span covers.
std::optional<Span> first_gap(const std::vector<Span>& spans, const DayHours& day) {
    int covered = day.opening_min;
    for (const Span& span : spans) {
        if (span.to_min <= covered) continue;
        if (span.from_min > covered) return Span{covered, std::min(span.from_min, day.closing_min)};
        covered = span.to_min;
        if (covered >= day.closing_min) return std::nullopt;
    }
    if (covered >= day.closing_min) return std::nullopt;
    return Span{covered, day.closing_min};
}

void check_service(const HallFile& file, const Service& service, Place at, Report& report) {
    if (service.windows.empty()) {
        report.add(at, fmt::format("no window serves \"{}\"", service.code));
        return;
    }
    for (std::size_t weekday = 0; weekday < weekday_names().size(); ++weekday) {
        const auto& day = file.hall.hours[weekday];
        if (!day) continue;
        if (const auto gap = first_gap(served_spans(file, service, *day, Which::all), *day)) {
            report.add(at, fmt::format("no window serves \"{}\" on {} from {} to {}: change the "
                                       "hours of a window",
                                       service.code, weekday_names()[weekday],
                                       clock_text(gap->from_min), clock_text(gap->to_min)));
            return;
        }
        // Who has no credit must have a window as well.
        if (const auto gap =
                first_gap(served_spans(file, service, *day, Which::unreserved), *day)) {
            report.add(at, fmt::format("only reserved windows serve \"{}\" on {} from {} to {}: "
                                       "leave one without reserved_credit_min",
                                       service.code, weekday_names()[weekday],
                                       clock_text(gap->from_min), clock_text(gap->to_min)));
            return;
        }
    }
}

}  // namespace

void check_coverage(const HallFile& file, const Coverage& coverage, Report& report) {
    for (std::size_t i = 0; i < file.services.size(); ++i) {
        if (!file.services[i].code.empty()) {
            check_service(file, file.services[i], coverage.services[i], report);
        }
    }
    const auto& hours = file.hall.hours;
    if (std::none_of(hours.begin(), hours.end(), [](const auto& day) { return day.has_value(); })) {
        return;
    }
    for (const auto& span : coverage.spans) {
        const bool inside = std::any_of(hours.begin(), hours.end(), [&](const auto& day) {
            return day && span.value.from_min < day->closing_min &&
                   span.value.to_min > day->opening_min;
        });
        if (!inside) {
            report.add(span.at,
                       fmt::format("the hall is never open from {} to {}",
                                   clock_text(span.value.from_min), clock_text(span.value.to_min)));
        }
    }
}

}  // namespace hall::config
