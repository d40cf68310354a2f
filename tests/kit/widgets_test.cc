// What a console is made of can be seen, pressed, and reached without a mouse.
#include "displays/kit/widgets.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <functional>

#include "tests/kit/off_screen.h"

namespace hall::kit {
namespace {

struct Console final : Screen {
    std::function<void(Ui&)> content;

    bool update(std::int64_t) override { return false; }
    std::int64_t idle_ms(std::int64_t) const override { return 60'000; }
    void draw(Frame& frame) override { content(frame.ui); }
};

struct ConsoleTest : testing::Test {
    std::unique_ptr<Shell> shell = open_off_screen_shell(1366, 768);
    Console screen;
    std::vector<std::string> pressed;

    void button(Ui& ui, const ButtonSpec& spec) {
        if (ui.button(spec)) pressed.emplace_back(spec.id);
    }
    void three_buttons(Ui& ui) {
        button(ui, {.id = "next",
                    .box = {24, 404, 420, 120},
                    .label = "下一位",
                    .kind = ButtonKind::primary,
                    .hint = "空格",
                    .key = Key::space});
        button(ui, {.id = "finish",
                    .box = {464, 404, 200, 120},
                    .label = "办结",
                    .hint = "Enter",
                    .key = Key::enter});
        button(ui, {.id = "missed",
                    .box = {464, 544, 200, 88},
                    .label = "过号",
                    .hint = "N",
                    .key = Key::n,
                    .disabled = "还要等 20 秒"});
    }
    void start(std::function<void(Ui&)> content) {
        screen.content = std::move(content);
        draw_once(*shell, screen);
    }
    void press(Key key) {
        shell->press(key);
        settle(*shell, screen);
    }
    void click(float x, float y) {
        shell->click(x, y);
        settle(*shell, screen);
    }
    const DrawnText* text_of(const std::string& string) const {
        for (const DrawnText& text : shell->drawn().texts) {
            if (text.string == string) return &text;
        }
        return nullptr;
    }
};

TEST_F(ConsoleTest, AButtonIsPressedByClickAndByItsKeyOnce) {
    start([this](Ui& ui) { three_buttons(ui); });
    click(200, 460);
    EXPECT_EQ(pressed, (std::vector<std::string>{"next"}));
    press(Key::space);
    EXPECT_EQ(pressed, (std::vector<std::string>{"next", "next"}));
    click(1000, 100);
    EXPECT_EQ(pressed.size(), 2U);
}

TEST_F(ConsoleTest, ADisabledButtonSaysWhyAndDoesNothing) {
    start([this](Ui& ui) { three_buttons(ui); });
    press(Key::n);
    EXPECT_TRUE(pressed.empty());
    EXPECT_NE(text_of("还要等 20 秒"), nullptr);
    click(500, 580);
    EXPECT_TRUE(pressed.empty());
}

TEST_F(ConsoleTest, TabReachesEveryButtonAndEnterPressesTheFocusedOne) {
    start([this](Ui& ui) { three_buttons(ui); });
    std::vector<std::string> focused;
    for (int i = 0; i < 3; ++i) {
        press(Key::tab);
        for (const DrawnTarget& target : shell->drawn().targets) {
            if (target.focused) focused.push_back(target.id);
        }
    }
    EXPECT_EQ(focused, (std::vector<std::string>{"next", "finish", "missed"}));
    press(Key::back_tab);
    press(Key::enter);  // would be the shortcut of finish as well: pressed once
    EXPECT_EQ(pressed, (std::vector<std::string>{"finish"}));
    press(Key::left);
    press(Key::enter);
    EXPECT_EQ(pressed, (std::vector<std::string>{"finish", "next"}));
    press(Key::escape);
    press(Key::enter);  // the ring is gone: Enter is the shortcut again
    EXPECT_EQ(pressed, (std::vector<std::string>{"finish", "next", "finish"}));
}

TEST_F(ConsoleTest, TheFocusRingIsSeen) {
    start([this](Ui& ui) { three_buttons(ui); });
    const Picture before = shell->picture();
    press(Key::tab);
    const Picture after = shell->picture();
    EXPECT_EQ(before.at(200, 400), kConsoleColours.ground);
    EXPECT_GE(contrast(after.at(200, 400), kConsoleColours.ground), 3.0);
}

TEST_F(ConsoleTest, BehindADialogNothingCanBePressed) {
    bool open = true;
    start([&](Ui& ui) {
        three_buttons(ui);
        if (!open) return;
        if (ui.begin_dialog({300, 200, 600, 400}, "其他")) open = false;
        button(ui, {.id = "rest", .box = {340, 300, 200, 80}, .label = "休息"});
        ui.end_dialog();
    });
    press(Key::space);
    click(100, 460);
    EXPECT_TRUE(pressed.empty());
    click(440, 340);
    EXPECT_EQ(pressed, (std::vector<std::string>{"rest"}));
    press(Key::escape);
    EXPECT_FALSE(open);
    press(Key::space);
    EXPECT_EQ(pressed, (std::vector<std::string>{"rest", "next"}));
}

TEST_F(ConsoleTest, ALongListHasPagesAndEveryRowIsOnOne) {
    std::vector<int> seen;
    start([&](Ui& ui) {
        const Page page = ui.pages("waiting", {24, 24, 600, 400}, 25, 44);
        seen.clear();
        float y = page.rows.y;
        for (int row = page.first; row < page.end; ++row) {
            const std::string number = fmt::format("A{:03}", row);
            ui.row({.id = number, .box = {24, y, 600, 44}, .columns = {{number}}});
            EXPECT_LE(y + 44, page.rows.bottom() + 0.5F);
            seen.push_back(row);
            y += 44;
        }
    });
    std::vector<int> all = seen;
    for (int i = 0; i < 6 && all.back() != 24; ++i) {
        press(Key::page_down);
        all.insert(all.end(), seen.begin(), seen.end());
    }
    ASSERT_EQ(all.size(), 25U);
    for (int row = 0; row < 25; ++row) EXPECT_EQ(all[static_cast<std::size_t>(row)], row);
}

TEST_F(ConsoleTest, AListThatWasAwayBeginsAtItsFirstPage) {
    bool open = true;
    int first = -1;
    start([&](Ui& ui) {
        if (open) first = ui.pages("case", {24, 24, 600, 400}, 25, 44).first;
    });
    press(Key::page_down);
    EXPECT_GT(first, 0);
    open = false;
    press(Key::tab);
    open = true;
    press(Key::tab);
    EXPECT_EQ(first, 0);
}

TEST_F(ConsoleTest, EveryTextKeepsItsContrastAndGrowsToTwoHundredPercent) {
    start([this](Ui& ui) {
        three_buttons(ui);
        button(ui, {.id = "green",
                    .box = {24, 24, 260, 88},
                    .label = "80 岁以上",
                    .kind = ButtonKind::green,
                    .on = true});
        button(ui, {.id = "sos",
                    .box = {300, 24, 300, 64},
                    .label = "有人不适 呼叫急救",
                    .kind = ButtonKind::danger});
        ui.pill({.x = 24, .centre_y = 160, .word = "正常"});
        ui.status({24, 200, 600, 60}, "打印机没有纸", Tone::warning);
        ui.label({.box = {700, 24, 600, 40}, .string = "按早到 20 分钟算"});
    });
    for (const DrawnText& text : shell->drawn().texts) {
        EXPECT_GE(text.contrast, 4.5) << text.string;
        EXPECT_FALSE(text.elided) << text.string;
        EXPECT_GE(text.hanzi_px, 17.9F) << text.string;
    }
    const float before = text_of("按早到 20 分钟算")->hanzi_px;
    shell->set_text_scale(2.0F);
    draw_once(*shell, screen);
    EXPECT_NEAR(text_of("按早到 20 分钟算")->hanzi_px, 2 * before, 0.1);
}

}  // namespace
}  // namespace hall::kit
