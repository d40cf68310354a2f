// The supervisor's page as it is really drawn.
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "displays/supervisor/supervisor_screen.h"
#include "tests/console/drawn_rules.h"
#include "tests/console/drawn_sign_on.h"
#include "tests/console/held_way.h"
#include "tests/supervisor/supervisor_views.h"

namespace hall::supervisor {
namespace {

using kit::Key;

struct Size {
    int width = 1366;
    int height = 768;
    float scale = 1;
};

std::string name_of_size(const testing::TestParamInfo<Size>& test) {
    return std::to_string(test.param.width) + "At" +
           std::to_string(static_cast<int>(test.param.scale * 100));
}

struct DrawnSupervisor : testing::TestWithParam<Size> {
    Size size = GetParam();
    std::unique_ptr<kit::Shell> shell =
        console::shell_without_display(size.width, size.height, size.scale);
    console::HeldWay hall;
    SupervisorModel::Newest current = newest(busy_day());
    console::Desk::NewestCare care;
    SupervisorScreen screen{{[this] { return care; }, hall, hall}, [this] { return current; }};

    bool wide() const { return static_cast<float>(size.width) / size.scale >= 1000; }
    void press(Key key) {
        shell->press(key);
        console::settle(*shell, screen);
    }
    void write(const std::string& text) {
        shell->write({kit::TextEvent::Kind::insert, text});
        console::settle(*shell, screen);
    }
    // NUANTING_PICTURES=FOLDER keeps what is drawn, to be looked at.
    void expect_well(const std::string& when) {
        SCOPED_TRACE(when);
        if (const char* folder = std::getenv("NUANTING_PICTURES")) {
            EXPECT_TRUE(kit::write_png(shell->picture(), std::string(folder) + "/supervisor_" +
                                                             name_of_size({size, 0}) + "_" + when +
                                                             ".png"));
        }
        console::expect_drawn_well(shell->drawn(), {size.scale, 44});
        const bool page = console::target_of(shell->drawn(), "alarm.end") != nullptr;
        EXPECT_EQ(console::says(shell->drawn(), "胸痛"), page) << "who opens its page reads it";
    }
};

TEST_P(DrawnSupervisor, EverySectionIsLegibleAndOneKeyAway) {
    console::settle(*shell, screen);
    expect_well("first");
    const std::pair<Key, const char*> sections[] = {{Key::f1, "急救与演练"}, {Key::f2, "超期办件"},
                                                    {Key::f3, "待回访"},     {Key::f4, "疑难咨询"},
                                                    {Key::f5, "今日破例"},   {Key::f6, "待评价"},
                                                    {Key::f7, "逾期未还"},   {Key::f8, "在岗人员"},
                                                    {Key::f9, "窗口"},       {Key::f10, "打印机"}};
    for (const auto& [key, name] : sections) {
        press(key);
        expect_well(std::string("section_") + std::to_string(static_cast<int>(key)));
        EXPECT_TRUE(console::says(shell->drawn(), name)) << name;
        if (!wide()) press(Key::escape);
    }
}

TEST_P(DrawnSupervisor, AFollowUpIsWrittenAndSentByKeyboard) {
    console::settle(*shell, screen);
    press(Key::f3);
    press(Key::d1);
    expect_well("answer");
    write("已电话致歉,材料已补办");
    expect_well("answer_written");
    press(Key::enter);
    ASSERT_EQ(hall.sent.size(), 1U);
    EXPECT_EQ(hall.sent[0].command.answer_follow_up().note(), "已电话致歉,材料已补办");
    protocol::Reply reply;
    reply.mutable_refusal()->set_code(protocol::RefusalCode::storage_unavailable);
    hall.answer(reply);
    console::settle(*shell, screen);
    expect_well("answer_refused");
    EXPECT_TRUE(console::says(shell->drawn(), "已电话致歉"));
}

TEST_P(DrawnSupervisor, AnAlarmIsOnEveryPageAndEndsWithAnOutcome) {
    care = care_of(busy_day());
    console::settle(*shell, screen);
    expect_well("alarm");
    EXPECT_TRUE(console::says(shell->drawn(), "突发疾病 · 等候区"));
    press(Key::f1);
    press(Key::d1);
    expect_well("emergency");
    press(Key::e);
    expect_well("outcome");
    console::read_it();
    EXPECT_TRUE(console::says(shell->drawn(), "突发疾病 · 等候区"));
    press(Key::d2);
    ASSERT_EQ(hall.sent.size(), 1U);
    EXPECT_EQ(hall.sent[0].command.close_emergency().outcome(),
              protocol::EmergencyOutcome::hospital);
}

TEST_P(DrawnSupervisor, EveryTargetIsReachedByTab) {
    console::settle(*shell, screen);
    press(Key::f2);
    const std::size_t targets = shell->drawn().targets.size();
    std::set<std::string> focused;
    for (std::size_t i = 0; i < targets; ++i) {
        press(Key::tab);
        for (const auto& target : shell->drawn().targets) {
            if (target.focused) focused.insert(target.id);
        }
    }
    EXPECT_EQ(focused.size(), targets);
}

TEST_P(DrawnSupervisor, SigningOnIsLegibleAndDoneByKeyboard) {
    care = care_of(busy_day());
    console::settle(*shell, screen);
    console::sign_on_by_keyboard(*this, "陆主任");
}

INSTANTIATE_TEST_SUITE_P(Sizes, DrawnSupervisor,
                         testing::Values(Size{1366, 768, 1}, Size{1366, 768, 2},
                                         Size{1920, 1080, 1.5F}),
                         name_of_size);

}  // namespace
}  // namespace hall::supervisor
