// The measures of docs/ACCESSIBILITY.md against its check values, and our palettes against them.
#include "displays/kit/color.h"

#include <gtest/gtest.h>

#include <vector>

#include "displays/kit/theme.h"

namespace hall::kit {
namespace {

constexpr Sight kSights[] = {Sight::normal, Sight::protan, Sight::deutan, Sight::tritan};

TEST(Contrast, MatchesTheCheckValuesOfWcag) {
    const Rgb white = rgb(0xFFFFFF);
    EXPECT_NEAR(contrast(rgb(0x000000), white), 21.0, 0.001);
    EXPECT_NEAR(contrast(rgb(0x767676), white), 4.54, 0.005);
    EXPECT_NEAR(contrast(rgb(0x777777), white), 4.48, 0.005);
    EXPECT_NEAR(contrast(rgb(0x595959), white), 7.00, 0.005);
    EXPECT_DOUBLE_EQ(contrast(white, rgb(0x595959)), contrast(rgb(0x595959), white));
}

TEST(ColourDistance, BlackToWhiteIsHundred) {
    EXPECT_NEAR(oklab_distance(rgb(0x000000), rgb(0xFFFFFF)), 100.0, 0.01);
    EXPECT_DOUBLE_EQ(oklab_distance(rgb(0x70FF00), rgb(0x70FF00)), 0.0);
}

TEST(ColourBlindSight, MatrixRowsSumToOneSoThatGreyStaysGrey) {
    for (const Sight sight : kSights) {
        for (const auto& row : machado_matrix(sight)) {
            EXPECT_NEAR(row[0] + row[1] + row[2], 1.0, 2e-6);
        }
        EXPECT_LT(oklab_distance(seen_by(sight, rgb(0x808080)), linear(rgb(0x808080))), 0.01);
    }
}

TEST(ColourBlindSight, RedAndGreenFailUnderDeutan) {
    const double distance = oklab_distance(seen_by(Sight::deutan, rgb(0xFF0000)),
                                           seen_by(Sight::deutan, rgb(0x00B050)));
    EXPECT_NEAR(distance, 5.5, 0.1);
}

TEST(BoardPalette, StatesStayApartInEverySight) {
    const BoardColours& board = kBoardColours;
    const std::vector<Rgb> states = {board.text, board.green, board.info, board.warm};
    for (const Sight sight : kSights) {
        for (std::size_t i = 0; i < states.size(); ++i) {
            const LinearRgb one = seen_by(sight, states[i]);
            EXPECT_GE(contrast(one, seen_by(sight, board.ground)), 7.0) << hex(states[i]);
            for (std::size_t j = i + 1; j < states.size(); ++j) {
                EXPECT_GE(oklab_distance(one, seen_by(sight, states[j])), 15.0)
                    << hex(states[i]) << " and " << hex(states[j]);
            }
        }
    }
}

TEST(BoardPalette, TextOnPanelsAndInMarksHasContrastSeven) {
    const BoardColours& board = kBoardColours;
    EXPECT_GE(contrast(board.text, board.panel), 7.0);
    EXPECT_GE(contrast(board.green, board.panel), 7.0);
    EXPECT_GE(contrast(board.ground, board.green), 7.0);
    EXPECT_GE(contrast(board.ground, board.warm), 7.0);
}

TEST(ConsolePalette, EveryPairInUseHasContrastFourAndAHalf) {
    const ConsoleColours& c = kConsoleColours;
    const std::vector<std::pair<Rgb, Rgb>> pairs = {
        {c.text, c.ground},    {c.text, c.panel},    {c.text, c.soft},      {c.text, c.notice},
        {c.muted, c.panel},    {c.muted, c.soft},    {c.muted, c.ground},   {c.muted, c.notice},
        {c.on_dark, c.action}, {c.on_dark, c.green}, {c.on_dark, c.danger}, {c.on_dark, c.warning},
        {c.on_dark, c.bar},    {c.bar_muted, c.bar}, {c.bar_ok, c.bar},     {c.bar_warning, c.bar},
        {c.action, c.panel},   {c.danger, c.panel},  {c.green, c.panel},    {c.warning, c.panel},
        {c.green, c.ground},   {c.danger, c.ground}, {c.action, c.notice}};
    for (const auto& [colour, ground] : pairs) {
        EXPECT_GE(contrast(colour, ground), 4.5) << hex(colour) << " on " << hex(ground);
    }
}

TEST(ConsolePalette, WhatCanBePressedHasAnEdgeOfContrastThree) {
    const ConsoleColours& c = kConsoleColours;
    // Secondary buttons have a white fill on a pale ground: the outline alone says that they are
    // there (WCAG 1.4.11, 3:1).
    EXPECT_GE(contrast(c.edge, c.panel), 3.0);
    EXPECT_GE(contrast(c.focus, c.panel), 3.0);
}

}  // namespace
}  // namespace hall::kit
