// How large text must be on one screen at one distance (docs/ACCESSIBILITY.md, text height).
//
// Height H = 2·D·tan(ψ/2) for a distance D and a visual angle ψ: 0.2909 mm per metre and arc
// minute. H is the drawn box of a capital H, an 8 or a full-height hanzi, never the em. Pure
// functions.
#pragma once

#include <optional>
#include <string_view>

namespace hall::board {

// A: the number now called and its window. B: recent calls, lists, instructions. C: the rest.
enum class Tier { a, b, c };

inline constexpr double kArcMinutesA = 84;
inline constexpr double kArcMinutesB = 42;  // EN 301 549 5.1.4
inline constexpr double kArcMinutesCHanzi = 25;
inline constexpr double kArcMinutesCDigit = 20;  // digits and Latin: hanzi need 1.54 times more

struct ScreenSize {
    double diagonal_in = 55;
    int width_px = 1920;
    int height_px = 1080;
    double distance_m = 8;            // the farthest seat
    std::optional<double> mounted_m;  // floor to the text; nullopt: ADA's table is not applied

    double mm_per_px() const;
};

// Heights in px, rounded up: what is drawn with them is never below its tier.
struct TierSizes {
    int a = 0;  // hanzi and digits alike
    int b = 0;
    int c_hanzi = 0;
    int c_digit = 0;

    friend bool operator==(const TierSizes&, const TierSizes&) = default;
};

// H in mm.
double height_mm(double arc_minutes, double distance_m);

// The angle of a height, in arc minutes.
double arc_minutes(double height_mm, double distance_m);

// ADA 703.5.5, least character height in mm for text mounted so high and read from so far:
// 40–70 in 5/8 in up to 6 ft, 70–120 in 2 in up to 15 ft, above 3 in up to 21 ft, and 1/8 in for
// each further foot. Lower than 40 in counts as 40.
double ada_height_mm(double mounted_m, double distance_m);

// The least angle of a tier, in arc minutes.
double least_arc_minutes(Tier tier, bool hanzi);

TierSizes tier_sizes(const ScreenSize& screen);

// "55in" (also 55"), "8m", "1920x1080". nullopt for anything else, and outside what exists:
// 5 to 300 in, 0.3 to 60 m, 320 to 16384 px a side.
std::optional<double> inches_from(std::string_view text);
std::optional<double> metres_from(std::string_view text);
struct Resolution {
    int width_px = 0;
    int height_px = 0;
};
std::optional<Resolution> resolution_from(std::string_view text);

}  // namespace hall::board
