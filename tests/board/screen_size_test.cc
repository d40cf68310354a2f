// The sizes of docs/ACCESSIBILITY.md, by its own figures.
#include "displays/board/screen_size.h"

#include <gtest/gtest.h>

#include <cmath>

namespace hall::board {
namespace {

ScreenSize sketch(double distance_m) {
    ScreenSize screen;
    screen.distance_m = distance_m;
    return screen;
}

TEST(TextHeight, IsPoint2909MillimetresPerMetreAndArcMinute) {
    EXPECT_NEAR(height_mm(1, 1), 0.2909, 0.00005);
    EXPECT_NEAR(height_mm(kArcMinutesA, 1), 24.4, 0.05);
    EXPECT_NEAR(height_mm(kArcMinutesB, 1), 12.2, 0.05);
    EXPECT_NEAR(height_mm(kArcMinutesCHanzi, 1), 7.3, 0.05);
    EXPECT_NEAR(height_mm(kArcMinutesCDigit, 1), 5.8, 0.05);
    EXPECT_NEAR(arc_minutes(height_mm(42, 8), 8), 42, 1e-9);
}

TEST(Tiers, OfAFiftyFiveInchScreenAtEightAndFiveMetres) {
    const TierSizes eight = tier_sizes(sketch(8));
    EXPECT_NEAR(eight.a, 308, 1);
    EXPECT_NEAR(eight.b, 154, 1);
    EXPECT_NEAR(eight.c_hanzi, 92, 1);
    const TierSizes five = tier_sizes(sketch(5));
    EXPECT_NEAR(five.a, 193, 1);
    EXPECT_NEAR(five.b, 96, 1);
    EXPECT_NEAR(five.c_hanzi, 57, 1);
}

TEST(Tiers, AreNeverRoundedBelowTheirAngle) {
    for (double distance = 0.5; distance < 15; distance += 0.37) {
        const ScreenSize screen = sketch(distance);
        const TierSizes sizes = tier_sizes(screen);
        const double mm = screen.mm_per_px();
        EXPECT_GE(arc_minutes(sizes.a * mm, distance), kArcMinutesA);
        EXPECT_GE(arc_minutes(sizes.b * mm, distance), kArcMinutesB);
        EXPECT_GE(arc_minutes(sizes.c_hanzi * mm, distance), kArcMinutesCHanzi);
        EXPECT_GE(arc_minutes(sizes.c_digit * mm, distance), kArcMinutesCDigit);
    }
}

TEST(AdaTable, FollowsHeightAndDistance) {
    constexpr double kInch = 25.4;
    constexpr double kFoot = 0.3048;
    constexpr double kInchM = 0.0254;
    EXPECT_NEAR(ada_height_mm(50 * kInchM, 6 * kFoot), 0.625 * kInch, 1e-6);
    EXPECT_NEAR(ada_height_mm(50 * kInchM, 10 * kFoot), (0.625 + 0.5) * kInch, 1e-6);
    EXPECT_NEAR(ada_height_mm(80 * kInchM, 15 * kFoot), 2 * kInch, 1e-6);
    EXPECT_NEAR(ada_height_mm(80 * kInchM, 17 * kFoot), 2.25 * kInch, 1e-6);
    EXPECT_NEAR(ada_height_mm(130 * kInchM, 21 * kFoot), 3 * kInch, 1e-6);
    EXPECT_NEAR(ada_height_mm(130 * kInchM, 3 * kFoot), 3 * kInch, 1e-6);
}

TEST(AdaTable, RaisesATierThatIsSmallerAndNoOther) {
    ScreenSize screen = sketch(5);
    const TierSizes without = tier_sizes(screen);
    screen.mounted_m = 2.2;
    const TierSizes with = tier_sizes(screen);
    EXPECT_EQ(with.a, without.a);
    EXPECT_EQ(with.c_hanzi,
              static_cast<int>(std::ceil(ada_height_mm(2.2, 5) / screen.mm_per_px())));
    EXPECT_GT(with.c_hanzi, without.c_hanzi);
}

TEST(Quantities, AreReadWithTheirUnitAndNothingElse) {
    EXPECT_DOUBLE_EQ(inches_from("55in").value(), 55);
    EXPECT_DOUBLE_EQ(inches_from("31.5in").value(), 31.5);
    EXPECT_DOUBLE_EQ(metres_from("8m").value(), 8);
    EXPECT_EQ(resolution_from("1920x1080").value().height_px, 1080);
    for (const char* bad : {"", "55", "in", "55inch", "55 in", "-55in", "4in", "nanin", "1e9in"}) {
        EXPECT_FALSE(inches_from(bad).has_value()) << bad;
    }
    for (const char* bad : {"8", "8mm", "0m", "-1m", "1000m", "infm", "m"}) {
        EXPECT_FALSE(metres_from(bad).has_value()) << bad;
    }
    for (const char* bad : {"1920", "1920x", "x1080", "1920*1080", "0x0", "1920.5x1080",
                            "1920x1080x2", "99999x1080", "-1920x1080"}) {
        EXPECT_FALSE(resolution_from(bad).has_value()) << bad;
    }
}

}  // namespace
}  // namespace hall::board
