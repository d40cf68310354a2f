// Text is as high as asked: measured in the pixels that were set.
#include "displays/kit/text.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/kit/off_screen.h"

namespace hall::kit {
namespace {

constexpr Rgb kGround = rgb(0x0A1A2F);
constexpr Rgb kWhite = rgb(0xFFFFFF);

// Draws one string in the middle of 1920×600.
struct OneText final : Screen {
    std::string string;
    TextStyle style;
    TextBlock block;
    Measured drawn;

    bool update(std::int64_t) override { return false; }
    std::int64_t idle_ms(std::int64_t) const override { return 1'000; }
    void draw(Frame& frame) override {
        frame.canvas.fill(frame.canvas.area(), kGround);
        drawn = frame.canvas.write(string, style, 100, 450, kWhite, kGround, "text", block);
    }
};

// Rows that hold at least one pixel nearer to white than to the ground.
int rows_marked(const Picture& picture) {
    int rows = 0;
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            if (picture.at(x, y).r > 0x80) {
                ++rows;
                break;
            }
        }
    }
    return rows;
}

TEST(TextHeight, IsTheDrawnBoxOfAHanziOrACapitalNotTheEm) {
    auto shell = open_off_screen_shell(1920, 600, kGround);
    for (const float height : {18.0F, 57.0F, 92.0F, 154.0F, 308.0F}) {
        for (const Weight weight : {Weight::regular, Weight::bold}) {
            OneText screen;
            screen.style = {height, Reference::hanzi, weight};
            screen.string = "国";
            draw_once(*shell, screen);
            EXPECT_NEAR(rows_marked(shell->picture()), height, 1.0) << height;

            screen.style.reference = Reference::digit;
            screen.string = "H";
            draw_once(*shell, screen);
            EXPECT_NEAR(rows_marked(shell->picture()), height, 1.0) << height;
            screen.string = "8";
            draw_once(*shell, screen);
            EXPECT_GE(rows_marked(shell->picture()), height - 1.0F) << height;
        }
    }
}

TEST(TextHeight, InkReportedIsInkDrawn) {
    auto shell = open_off_screen_shell(1920, 600, kGround);
    OneText screen;
    screen.style = {120, Reference::digit, Weight::bold};
    screen.string = "A023";
    draw_once(*shell, screen);
    const Picture picture = shell->picture();
    const Box ink = screen.drawn.ink;
    for (int y = 0; y < picture.height; ++y) {
        for (int x = 0; x < picture.width; ++x) {
            const bool inside = ink.contains(static_cast<float>(x), static_cast<float>(y));
            if (!inside) {
                ASSERT_LT(picture.at(x, y).r, 0x60) << x << "," << y;
            }
        }
    }
    EXPECT_NEAR(ink.h, rows_marked(picture), 1.0);
}

TEST(TextMeasure, AgreesWithWhatIsDrawn) {
    auto shell = open_off_screen_shell(1920, 600, kGround);
    OneText screen;
    screen.style = {60, Reference::hanzi, Weight::bold};
    for (const char* string : {"养老待遇资格认证", "A023", "等候 14 人", "Ciuhcuj 壮语"}) {
        screen.string = string;
        draw_once(*shell, screen);
        const Measured measured = shell->text().measure(string, screen.style);
        EXPECT_NEAR(measured.ink.w, screen.drawn.ink.w, 3.0) << string;
        EXPECT_NEAR(100 + measured.ink.x, screen.drawn.ink.x, 3.0) << string;
        EXPECT_FALSE(measured.elided);
    }
}

TEST(TextBlockFit, ALineTooLongEndsInAnEllipsisWithinItsWidth) {
    auto shell = open_off_screen_shell(1920, 600, kGround);
    const TextStyle style{60, Reference::hanzi, Weight::bold};
    const std::string name = "城乡居民基本养老保险待遇资格认证和关系转移接续";
    const Measured cut = shell->text().measure(name, style, {Fit::ellipsis, 600, 1, Align::left});
    EXPECT_TRUE(cut.elided);
    EXPECT_LE(cut.ink.right(), 601);
    EXPECT_EQ(cut.lines, 1);
    const Measured wrapped = shell->text().measure(name, style, {Fit::wrap, 600, 4, Align::left});
    EXPECT_FALSE(wrapped.elided);
    EXPECT_GE(wrapped.lines, 3);
    EXPECT_LE(wrapped.ink.right(), 601);
}

TEST(TextBlockFit, LinePitchIsAtLeastOnePointThree) {
    Text text;
    const TextStyle style{18, Reference::hanzi, Weight::regular};
    const TextMetrics metrics = text.metrics(style);
    EXPECT_GE(metrics.line_pitch, 1.3F * metrics.em);
}

TEST(TextInput, BytesThatAreNotUtf8AreShownAndNeverCrash) {
    auto shell = open_off_screen_shell(1920, 600, kGround);
    OneText screen;
    screen.string = std::string("A\xFF\xC3", 3) + "国";
    draw_once(*shell, screen);
    EXPECT_GT(screen.drawn.ink.w, 0);
    screen.string = std::string(1'000'000, 'A');
    draw_once(*shell, screen);
    EXPECT_TRUE(screen.drawn.elided);
    screen.string = "";
    draw_once(*shell, screen);
    EXPECT_EQ(screen.drawn.ink.w, 0);
}

TEST(TextCache, StaysWithinItsLimitAndKeepsWhatIsInUse) {
    auto shell = open_off_screen_shell(1920, 600, kGround);
    OneText screen;
    screen.style = {300, Reference::digit, Weight::bold};
    for (int number = 0; number < 200; ++number) {
        screen.string = fmt::format("A{:03}", number);
        draw_once(*shell, screen);
        ASSERT_LE(shell->text().cache_bytes(), Text::kCacheBytesMax);
    }
    EXPECT_GT(shell->text().cache_bytes(), Text::kCacheBytesMax / 2);
}

TEST(Scripts, TellHanziFromDigitsAndIgnorePunctuation) {
    EXPECT_TRUE(scripts_in("号窗口").hanzi);
    EXPECT_FALSE(scripts_in("号窗口").latin);
    EXPECT_TRUE(scripts_in("等候 14 人").latin);
    EXPECT_TRUE(scripts_in("A023").latin);
    EXPECT_FALSE(scripts_in("A023,。").hanzi);
    EXPECT_FALSE(scripts_in("→ · 、").latin);
}

}  // namespace
}  // namespace hall::kit
