#include "displays/board/screen_size.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>

namespace hall::board {
namespace {

constexpr double kMmPerInch = 25.4;
constexpr double kInchesPerMetre = 1000.0 / kMmPerInch;
constexpr double kRadiansPerArcMinute = std::numbers::pi / 180.0 / 60.0;

// A number from `least` to `most` followed by exactly `unit`.
std::optional<double> quantity(std::string_view text, std::string_view unit, double least,
                               double most) {
    double value = 0;
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} ||
        std::string_view(rest, static_cast<std::size_t>(end - rest)) != unit) {
        return std::nullopt;
    }
    if (!(value >= least && value <= most)) return std::nullopt;
    return value;
}

}  // namespace

double ScreenSize::mm_per_px() const {
    return diagonal_in * kMmPerInch / std::hypot(width_px, height_px);
}

double height_mm(double arc_minutes, double distance_m) {
    return 2 * distance_m * 1000 * std::tan(arc_minutes * kRadiansPerArcMinute / 2);
}

double arc_minutes(double height_mm, double distance_m) {
    return 2 * std::atan(height_mm / (2 * distance_m * 1000)) / kRadiansPerArcMinute;
}

double ada_height_mm(double mounted_m, double distance_m) {
    const double mounted_in = mounted_m * kInchesPerMetre;
    const double distance_ft = distance_m * kInchesPerMetre / 12;
    double least_in = 3;
    double within_ft = 21;
    if (mounted_in < 70) {
        least_in = 0.625;
        within_ft = 6;
    } else if (mounted_in <= 120) {
        least_in = 2;
        within_ft = 15;
    }
    return (least_in + std::max(0.0, distance_ft - within_ft) / 8) * kMmPerInch;
}

double least_arc_minutes(Tier tier, bool hanzi) {
    switch (tier) {
        case Tier::a:
            return kArcMinutesA;
        case Tier::b:
            return kArcMinutesB;
        case Tier::c:
            return hanzi ? kArcMinutesCHanzi : kArcMinutesCDigit;
    }
    return kArcMinutesA;
}

TierSizes tier_sizes(const ScreenSize& screen) {
    const auto px = [&](Tier tier, bool hanzi) {
        double mm = height_mm(least_arc_minutes(tier, hanzi), screen.distance_m);
        if (screen.mounted_m)
            mm = std::max(mm, ada_height_mm(*screen.mounted_m, screen.distance_m));
        return static_cast<int>(std::ceil(mm / screen.mm_per_px()));
    };
    return {px(Tier::a, true), px(Tier::b, true), px(Tier::c, true), px(Tier::c, false)};
}

std::optional<double> inches_from(std::string_view text) {
    const auto inches = quantity(text, "in", 5, 300);
    return inches ? inches : quantity(text, "\"", 5, 300);
}

std::optional<double> metres_from(std::string_view text) {
    return quantity(text, "m", 0.3, 60);
}

std::optional<Resolution> resolution_from(std::string_view text) {
    const std::size_t cross = text.find('x');
    if (cross == std::string_view::npos) return std::nullopt;
    const auto width = quantity(text.substr(0, cross), "", 320, 16384);
    const auto height = quantity(text.substr(cross + 1), "", 320, 16384);
    if (!width || !height || *width != std::floor(*width) || *height != std::floor(*height)) {
        return std::nullopt;
    }
    return Resolution{static_cast<int>(*width), static_cast<int>(*height)};
}

}  // namespace hall::board
