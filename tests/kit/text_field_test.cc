// A text field as a person meets it: reached by Tab and by touch, written in with an input method,
// and its letters are nobody's shortcut.
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "tests/kit/off_screen.h"

namespace hall::kit {
namespace {

using Kind = TextEvent::Kind;

struct Form final : Screen {
    std::string name;
    std::string phone;
    std::string error;
    bool secret = false;
    int saved = 0;
    int shortcuts = 0;

    bool update(std::int64_t) override { return false; }
    std::int64_t idle_ms(std::int64_t) const override { return 60'000; }
    void draw(Frame& frame) override {
        Ui& ui = frame.ui;
        const float high = text_field_heights(frame.text_scale).all();
        const auto field = [&](const char* id, const char* caption, float y, std::string& text,
                               bool last) {
            const auto changed = ui.text_field({.id = id,
                                                .box = {24, y, 600, high},
                                                .caption = caption,
                                                .text = text,
                                                .error = last ? "" : error,
                                                .bytes_max = 30,
                                                .secret = last && secret,
                                                .last = last});
            if (changed) text = *changed;
        };
        field("name", "姓名", 24, name, false);
        field("phone", "电话", 24 + high, phone, true);
        if (ui.button(
                {.id = "save", .box = {700, 24, 200, 80}, .label = "保存", .key = Key::enter})) {
            ++saved;
        }
        if (ui.shortcut(Key::n)) ++shortcuts;
    }
};

// A form of three pages with a button before all of them: fields and a choice, one more field,
// choices only. Its red key is for the touch and its own key.
struct LongForm final : Screen {
    std::map<std::string, std::string> texts;
    std::vector<std::string> pressed;
    bool with_check = false;  // a button that goes away when it is pressed

    bool update(std::int64_t) override { return false; }
    std::int64_t idle_ms(std::int64_t) const override { return 60'000; }
    void draw(Frame& frame) override {
        Ui& ui = frame.ui;
        ui.expects_writing();
        const auto button = [&](const std::string& id, float x, float y, Key key = Key::none) {
            if (ui.button({.id = id, .box = {x, y, 200, 60}, .label = id, .key = key})) {
                pressed.push_back(id);
                if (id == "check") with_check = false;
            }
        };
        ui.in_ring(false);
        button("alarm", 1000, 10, Key::f12);
        ui.in_ring(true);
        button("send", 700, 10, Key::f5);
        if (with_check) button("check", 400, 10);
        const std::vector<std::vector<std::string>> rows = {
            {"name", "phone"}, {"choice"}, {"note"}, {"other"}, {"service"}, {"more"}};
        const float high = text_field_heights(frame.text_scale).all();
        const std::vector<float> heights(rows.size(), high);
        const Page page = ui.pages("form", {24, 90, 900, 2 * high + 100}, heights, -1);
        float y = page.rows.y;
        for (int i = page.first; i < page.end; ++i) {
            float x = page.rows.x;
            for (const std::string& id : rows[static_cast<std::size_t>(i)]) {
                if (id == "name" || id == "phone" || id == "note") {
                    const auto changed = ui.text_field({.id = id,
                                                        .box = {x, y, 400, high},
                                                        .caption = id,
                                                        .text = texts[id],
                                                        .first = id == "name"});
                    if (changed) texts[id] = *changed;
                } else {
                    button(id, x, y);
                }
                x += 420;
            }
            y += high;
        }
    }
};

// A form in a window that nobody sees.
template <class Drawn>
struct FormTest : testing::Test {
    std::unique_ptr<Shell> shell = open_off_screen_shell(1366, 768);
    Drawn form;

    FormTest() { draw_once(*shell, form); }
    void press(Key key) {
        shell->press(key);
        settle(*shell, form);
    }
    void write(const std::string& text) {
        shell->write({.text = text});
        settle(*shell, form);
    }
    bool shows(const std::string& text) const {
        for (const auto& one : shell->drawn().texts) {
            if (one.string == text) return true;
        }
        return false;
    }
};

struct LongFormTest : FormTest<LongForm> {
    std::string focused() const {
        for (const DrawnTarget& target : shell->drawn().targets) {
            if (target.focused) return target.id;
        }
        return {};
    }
    void click(const std::string& id) {
        for (const DrawnTarget& target : shell->drawn().targets) {
            if (target.id == id) shell->click(target.box.centre_x(), target.box.centre_y());
        }
        settle(*shell, form);
    }
};

TEST_F(LongFormTest, EnterGoesFromFieldToFieldOverThePagesAndNeverToAButton) {
    write("王明");
    press(Key::enter);
    EXPECT_EQ(focused(), "phone");
    write("138");
    press(Key::enter);
    EXPECT_TRUE(shows("2 / 3")) << "the last field of a page turns it";
    EXPECT_EQ(focused(), "note");
    write("1");
    press(Key::enter);
    EXPECT_TRUE(shows("3 / 3"));
    EXPECT_EQ(focused(), "") << "no field here";
    press(Key::enter);
    press(Key::d1);
    EXPECT_TRUE(form.pressed.empty());
    EXPECT_EQ(form.texts["name"], "王明");
    EXPECT_EQ(form.texts["phone"], "138");
    EXPECT_EQ(form.texts["note"], "1");
}

TEST_F(LongFormTest, APageThatIsTurnedIsWrittenOnFromItsFirstField) {
    press(Key::page_down);
    EXPECT_EQ(focused(), "note");
    write("耳背");
    press(Key::page_up);
    EXPECT_EQ(focused(), "name");
    write("李");
    EXPECT_EQ(form.texts["note"], "耳背");
    EXPECT_EQ(form.texts["name"], "李");
}

TEST_F(LongFormTest, WhatIsTypedIntoNoFieldIsTold) {
    press(Key::page_down);
    press(Key::page_down);
    EXPECT_EQ(focused(), "");
    press(Key::d7);
    EXPECT_TRUE(shows("没有选中要填的格子,刚才按的没有写入"));
}

TEST_F(LongFormTest, WhatIsOutsideTheRingIsNeverReachedByTabButByItsKey) {
    for (std::size_t i = 0; i < 2 * shell->drawn().targets.size(); ++i) {
        press(Key::tab);
        EXPECT_NE(focused(), "alarm");
        EXPECT_NE(focused(), "");
    }
    EXPECT_TRUE(form.pressed.empty());
    press(Key::f12);
    EXPECT_EQ(form.pressed, (std::vector<std::string>{"alarm"}));
}

TEST_F(LongFormTest, WhenWhatHadTheFocusGoesAwayTheFirstFieldHasIt) {
    form.with_check = true;
    draw_once(*shell, form);
    click("check");
    EXPECT_EQ(form.pressed, (std::vector<std::string>{"check"}));
    EXPECT_EQ(focused(), "name");
    write("王");
    EXPECT_EQ(form.texts["name"], "王");
}

struct TextFieldTest : FormTest<Form> {
    void edit(Kind kind, const std::string& text = "") {
        shell->write({.kind = kind, .text = text});
        settle(*shell, form);
    }
};

TEST_F(TextFieldTest, NothingIsWrittenBeforeAFieldIsChosen) {
    write("王");
    EXPECT_EQ(form.name, "");
    press(Key::n);
    EXPECT_EQ(form.shortcuts, 1);
}

TEST_F(TextFieldTest, TabReachesItAndLettersAreText) {
    press(Key::tab);
    press(Key::n);  // the key comes first, then its text
    write("n");
    write("阿𠮷·明");
    EXPECT_EQ(form.name, "n阿𠮷·明");
    EXPECT_EQ(form.shortcuts, 0);
    EXPECT_TRUE(shows("n阿𠮷·明"));
    press(Key::tab);
    write("138");
    EXPECT_EQ(form.phone, "138");
    EXPECT_EQ(form.name, "n阿𠮷·明");
}

TEST_F(TextFieldTest, EnterGoesOnAndInTheLastOneItIsTheScreens) {
    press(Key::tab);
    write("王明");
    press(Key::enter);
    EXPECT_EQ(form.saved, 0);
    write("139");
    press(Key::enter);
    EXPECT_EQ(form.phone, "139");
    EXPECT_EQ(form.saved, 1);
}

TEST_F(TextFieldTest, ATouchChoosesItAndOneElsewhereLeavesIt) {
    const auto& target = shell->drawn().targets.front();
    shell->click(target.box.centre_x(), target.box.centre_y());
    settle(*shell, form);
    write("李");
    EXPECT_EQ(form.name, "李");
    shell->click(1200, 700);
    settle(*shell, form);
    write("四");
    EXPECT_EQ(form.name, "李");
}

TEST_F(TextFieldTest, ALineThatComesAtOnceKeepsItsOrder) {
    press(Key::tab);
    for (const char digit : std::string("45212419510203")) {
        shell->write({.text = std::string(1, digit)});
    }
    shell->press(Key::tab);
    for (int i = 0; i < 20; ++i) shell->write({.text = std::to_string(i % 10)});
    settle(*shell, form);
    EXPECT_EQ(form.name, "45212419510203");
    EXPECT_EQ(form.phone, "01234567890123456789");
}

TEST_F(TextFieldTest, ATouchBetweenTwoCharactersPutsTheCaretThere) {
    form.name = "王明";
    draw_once(*shell, form);
    const auto& target = shell->drawn().targets.front();
    shell->click(target.box.x + 14 + 22, target.box.centre_y());
    settle(*shell, form);
    write("小");
    EXPECT_EQ(form.name, "王小明");
}

TEST_F(TextFieldTest, WhatIsComposedIsShownAndUnderlinedButNotTaken) {
    press(Key::tab);
    write("王");
    const Picture before = shell->picture();
    edit(Kind::compose, "xm");
    EXPECT_EQ(form.name, "王");
    EXPECT_TRUE(shows("王xm"));
    const Picture after = shell->picture();
    int underlined = 0;
    for (int x = 30; x < 200; ++x) {
        for (int y = 50; y < 120; ++y) {
            const Rgb action = kConsoleColours.action;
            if (after.at(x, y) == action && !(before.at(x, y) == action)) ++underlined;
        }
    }
    EXPECT_GT(underlined, 30);
    edit(Kind::insert, "小明");
    EXPECT_EQ(form.name, "王小明");
}

TEST_F(TextFieldTest, WhatCannotStandThereIsSaidUnderIt) {
    press(Key::tab);
    write("王\t明");
    EXPECT_EQ(form.name, "王明");
    EXPECT_TRUE(shows("有些字符不能写在这里,已去掉"));
    write(std::string(40, 'x'));
    EXPECT_EQ(form.name.size(), 30U);
    EXPECT_TRUE(shows("写满了,后面的没有写入"));
}

TEST_F(TextFieldTest, AnErrorStandsUnderTheFieldAndKeepsWhatWasWritten) {
    press(Key::tab);
    write("王明");
    form.error = "请填写姓名。";
    draw_once(*shell, form);
    EXPECT_TRUE(shows("✕ 请填写姓名。"));
    EXPECT_TRUE(shows("王明"));
}

TEST_F(TextFieldTest, ASecretIsNeverDrawnOrCopied) {
    form.secret = true;
    press(Key::tab);
    press(Key::tab);
    write("4711");
    EXPECT_EQ(form.phone, "4711");
    EXPECT_TRUE(shows("●●●●"));
    for (const auto& text : shell->drawn().texts) {
        EXPECT_EQ(text.string.find("4711"), std::string::npos);
    }
}

TEST_F(TextFieldTest, ALongTextIsSeenAtItsCaretAndStaysInTheField) {
    press(Key::tab);
    shell->set_text_scale(2);
    write("一二三四五六七八九十");
    write("一二三四五六七八九十");
    bool seen = false;
    for (const auto& text : shell->drawn().texts) {
        if (text.string.find("十") == std::string::npos) continue;
        seen = true;
        EXPECT_LE(text.ink.right(), 24 + 600) << text.string;
    }
    EXPECT_TRUE(seen);
    EXPECT_EQ(form.name, "一二三四五六七八九十") << "thirty bytes";
}

TEST_F(TextFieldTest, TheModelsTextWins) {
    press(Key::tab);
    write("王明");
    form.name = "";
    draw_once(*shell, form);
    write("李");
    EXPECT_EQ(form.name, "李");
}

}  // namespace
}  // namespace hall::kit
