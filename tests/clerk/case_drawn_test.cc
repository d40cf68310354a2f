// Cases, emergencies and ratings as they are really drawn.
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "displays/clerk/clerk_screen.h"
#include "displays/clerk/rating_screen.h"
#include "displays/clerk/rating_view.h"
#include "tests/clerk/case_views.h"
#include "tests/console/drawn_rules.h"
#include "tests/console/drawn_sign_on.h"
#include "tests/console/held_way.h"

namespace hall::clerk {
namespace {

using kit::Key;

struct Size {
    int width = 1366;
    int height = 768;
    float scale = 1;
};

std::string name_of_size(const testing::TestParamInfo<Size>& test) {
    return std::to_string(test.param.width) + "x" + std::to_string(test.param.height) + "At" +
           std::to_string(static_cast<int>(test.param.scale * 100));
}

// NUANTING_PICTURES=FOLDER keeps what is drawn, to be looked at.
void keep_picture(const kit::Shell& shell, const std::string& name) {
    if (const char* folder = std::getenv("NUANTING_PICTURES")) {
        EXPECT_TRUE(kit::write_png(shell.picture(), std::string(folder) + "/" + name + ".png"));
    }
}

struct DrawnCase : testing::TestWithParam<Size> {
    Size size = GetParam();
    std::unique_ptr<kit::Shell> shell =
        console::shell_without_display(size.width, size.height, size.scale);
    console::HeldWay hall;
    ClerkModel::Newest current;
    console::Desk::NewestCare care = newest_care(quiet_hall());
    ClerkScreen screen{{[this] { return care; }, hall, hall}, [this] { return current; }, hall, 2};

    void show(protocol::ClerkView view) {
        current = newest(std::move(view));
        console::settle(*shell, screen);
    }
    void show(protocol::CareView view) {
        care = newest_care(std::move(view));
        console::settle(*shell, screen);
    }
    void press(Key key) {
        shell->press(key);
        console::settle(*shell, screen);
    }
    void write(const std::string& text) {
        shell->write({kit::TextEvent::Kind::insert, text});
        console::settle(*shell, screen);
    }
    void expect_well(const std::string& when) {
        SCOPED_TRACE(when);
        keep_picture(*shell, "clerk_" + name_of_size({size, 0}) + "_" + when);
        console::expect_drawn_well(shell->drawn(), {size.scale, 44});
    }
    protocol::ClerkView many() {
        auto view = with_case();
        auto& file = *view.mutable_cases(0);
        file.set_overdue(true);
        file.set_promised_by("2026-11-20");
        file.set_offered_to("C02");
        file.set_notices(1);
        file.set_waiting_for_visitor(true);
        for (int i = 0; i < 6; ++i) {
            add_material(
                file, "more" + std::to_string(i),
                "企业职工基本养老保险参保人员缴费年限核定及视同缴费年限认定的原始证明材料");
        }
        file.mutable_materials(6)->set_asked(true);
        fill_case(*view.add_cases());
        view.mutable_cases(1)->set_id(121);
        for (int i = 0; i < 3; ++i) add_row(*view.mutable_errands(), "A11" + std::to_string(i), 30);
        return view;
    }
};

TEST_P(DrawnCase, TheCardAndThePageAreLegible) {
    show(with_case());
    expect_well("card");
    EXPECT_TRUE(console::says(shell->drawn(), "办件 118"));
    press(Key::k);
    expect_well("page");
    EXPECT_TRUE(console::says(shell->drawn(), "材料 2/3"));
    EXPECT_TRUE(console::says(shell->drawn(), "受理"));
    press(Key::escape);
    EXPECT_TRUE(console::says(shell->drawn(), "A023"));
}

TEST_P(DrawnCase, AnOverdueCaseWithManyMaterialsIsLegible) {
    show(many());
    expect_well("card_many");
    press(Key::k);
    expect_well("page_many");
    EXPECT_TRUE(console::says(shell->drawn(), "超期"));
    press(Key::h);
    expect_well("hand_over");
    press(Key::escape);
    press(Key::n);
    expect_well("second_notice");
    write("上次漏告一项");
    press(Key::enter);
    // Known: at twice the letters on a low screen a line of forty characters ends in an ellipsis.
    if (size.scale < 2) expect_well("notice_many");
}

TEST_P(DrawnCase, WhatIsWrittenAboutAResultIsLegibleAndKept) {
    show(with_processing());
    press(Key::k);
    press(Key::enter);
    press(Key::d2);
    expect_well("not_approved");
    write("缴费年限不足 15 年");
    press(Key::enter);
    write("可补缴后再办,或 60 日内申请复议");
    expect_well("not_approved_written");
    press(Key::enter);
    ASSERT_EQ(hall.sent.size(), 1U);
    EXPECT_EQ(hall.sent[0].command.set_result().note(), "缴费年限不足 15 年");
    EXPECT_EQ(hall.sent[0].command.set_result().remedy(), "可补缴后再办,或 60 日内申请复议");
    protocol::Reply reply;
    reply.mutable_refusal()->set_code(protocol::RefusalCode::not_in_processing);
    hall.answer(reply);
    console::settle(*shell, screen);
    expect_well("not_approved_refused");
    EXPECT_TRUE(console::says(shell->drawn(), "缴费年限不足"));
    // An alarm is raised from here as from anywhere, and what was written is there afterwards.
    press(Key::f12);
    EXPECT_TRUE(console::says(shell->drawn(), "人在哪里"));
    press(Key::f12);
    EXPECT_TRUE(console::says(shell->drawn(), "缴费年限不足"));
}

TEST_P(DrawnCase, NoticeResultAndTellingAreLegible) {
    show(with_case());
    press(Key::k);
    press(Key::n);
    expect_well("notice");
    press(Key::d1);
    EXPECT_TRUE(console::says(shell->drawn(), "共 2 项"));
    press(Key::enter);
    ASSERT_EQ(hall.sent.size(), 1U);
    EXPECT_EQ(hall.sent[0].command.ask_material().materials_size(), 2);
    hall.answer(protocol::Reply{});
    show(with_processing());
    press(Key::enter);
    expect_well("result");
    press(Key::escape);
    auto told = with_told();
    told.mutable_cases(0)->set_told_at_ms(0);
    told.mutable_cases(0)->set_rating(protocol::RatingState::not_invited);
    show(told);
    press(Key::enter);
    expect_well("tell");
    press(Key::escape);
    auto& file = *told.mutable_cases(0);
    file.set_result(protocol::CaseResult::not_approved);
    file.set_result_note("缴费年限不足 15 年");
    file.set_remedy("可补缴后再办,或 60 日内申请复议");
    show(told);
    press(Key::enter);
    expect_well("tell_why");
    EXPECT_TRUE(console::says(shell->drawn(), "缴费年限不足 15 年"));
    EXPECT_TRUE(console::says(shell->drawn(), "60 日内申请复议"));
    press(Key::d1);
    expect_well("understood");
    press(Key::d1);
    ASSERT_EQ(hall.sent.size(), 2U);
    EXPECT_TRUE(hall.sent[1].command.tell_result().understood());
}

TEST_P(DrawnCase, AnAlarmIsOnEveryPageAndWithinReach) {
    auto alarm = quiet_hall();
    add_emergency(alarm, 3, "等候区", protocol::EmergencyState::raised);
    alarm.mutable_emergencies(0)->set_number("A017");
    add_emergency(alarm, 2, "自助区", protocol::EmergencyState::raised);
    alarm.mutable_emergencies(1)->set_drill(true);
    show(with_told());
    show(alarm);
    const auto expect_alarm = [&](const std::string& when) {
        expect_well(when);
        EXPECT_TRUE(console::says(shell->drawn(), "突发疾病 · 等候区")) << when;
        EXPECT_NE(console::target_of(shell->drawn(), "alarm.acknowledge"), nullptr) << when;
        EXPECT_NE(console::target_of(shell->drawn(), "alarm.raise"), nullptr) << when;
        EXPECT_FALSE(console::says(shell->drawn(), "胸痛")) << when;
        EXPECT_TRUE(console::says(shell->drawn(), "请到场:黄国强")) << when;
    };
    expect_alarm("alarm_window");
    press(Key::t);
    expect_alarm("alarm_transfer");
    press(Key::escape);
    press(Key::k);
    expect_alarm("alarm_page");
    press(Key::h);
    expect_well("alarm_hand_over");
    EXPECT_TRUE(console::says(shell->drawn(), "突发疾病 · 等候区"));
    press(Key::escape);
    press(Key::r);
    expect_alarm("alarm_rating");
    // The visitor rates on this screen: it is answered, and its page stays shut.
    console::read_it();
    press(Key::f11);
    ASSERT_EQ(hall.sent.size(), 1U);
    EXPECT_EQ(hall.sent[0].command.acknowledge_emergency().emergency(), 3U);
    expect_alarm("alarm_answered");
}

TEST_P(DrawnCase, AnEmergencyIsFollowedToItsOutcome) {
    auto alarm = quiet_hall();
    add_emergency(alarm, 3, "等候区", protocol::EmergencyState::raised);
    auto& one = *alarm.mutable_emergencies(0);
    for (const char* step : {"拨打 120", "取自动体外除颤器(AED)", "疏散围观、清出通道", "通知家属",
                             "到门口接应救护车"}) {
        one.add_steps()->set_text(step);
    }
    one.mutable_steps(0)->set_done_at_ms(kNineFortyTwo);
    one.mutable_steps(0)->set_by("G03");
    show(with_case());
    show(alarm);
    console::read_it();
    press(Key::f11);
    ASSERT_EQ(hall.sent.size(), 1U);
    protocol::Reply reply;
    reply.set_seq(1'000);
    *reply.mutable_emergency() = one;
    reply.mutable_emergency()->set_state(protocol::EmergencyState::acknowledged);
    reply.mutable_emergency()->set_acknowledged_by("C02");
    hall.answer(reply);
    console::settle(*shell, screen);
    EXPECT_TRUE(console::says(shell->drawn(), "陈静 已应答"));
    expect_well("emergency_page");
    console::read_it();
    // Large text: the second step may be a page away.
    for (int page = 0; page < 5 && !console::target_of(shell->drawn(), "alarm.step.1"); ++page) {
        press(Key::page_down);
    }
    const auto* tick = console::target_of(shell->drawn(), "alarm.step.1");
    ASSERT_NE(tick, nullptr);
    shell->click(tick->box.centre_x(), tick->box.centre_y());
    console::settle(*shell, screen);
    ASSERT_EQ(hall.sent.size(), 2U);
    EXPECT_EQ(hall.sent[1].command.do_emergency_step().step(), 2U);
    hall.answer(reply);
    press(Key::e);
    expect_well("emergency_outcome");
    console::read_it();
    press(Key::d2);
    ASSERT_EQ(hall.sent.size(), 3U);
    EXPECT_EQ(hall.sent[2].command.close_emergency().outcome(),
              protocol::EmergencyOutcome::hospital);
    reply.mutable_emergency()->set_state(protocol::EmergencyState::closed);
    hall.answer(reply);
    console::settle(*shell, screen);
    EXPECT_FALSE(console::says(shell->drawn(), "结果怎样"));
}

TEST_P(DrawnCase, AnEmergencyIsRaisedWithThreeKeysFromAnywhere) {
    show(with_case());
    press(Key::k);
    press(Key::n);
    press(Key::f12);
    EXPECT_TRUE(console::says(shell->drawn(), "人在哪里"));
    expect_well("raise");
    press(Key::d1);
    expect_well("raise_kind");
    console::read_it();
    press(Key::d1);
    ASSERT_EQ(hall.sent.size(), 1U);
    EXPECT_EQ(hall.sent[0].command.raise_emergency().number(), "A023");
    auto drill = quiet_hall();
    add_emergency(drill, 3, "等候区", protocol::EmergencyState::acknowledged);
    drill.mutable_emergencies(0)->set_drill(true);
    protocol::Reply reply;
    reply.set_seq(1'000);
    *reply.mutable_emergency() = drill.emergencies(0);
    hall.answer(reply);
    console::settle(*shell, screen);
    EXPECT_TRUE(console::says(shell->drawn(), "结束处置")) << "its page is there at once";
    expect_well("raised");
    show(drill);
    press(Key::escape);
    expect_well("drill");
    EXPECT_TRUE(console::says(shell->drawn(), "演练 · 等候区"));
}

TEST_P(DrawnCase, AnAlarmThatTheHallDoesNotHearSaysWhatToDoInLargeLetters) {
    show(with_case());
    care = newest_care(quiet_hall(), client::FeedState::stale);
    console::settle(*shell, screen);
    press(Key::f12);
    press(Key::d1);
    console::read_it();
    press(Key::d1);
    ASSERT_EQ(hall.sent.size(), 1U);
    expect_well("unheard");
    EXPECT_TRUE(console::says(shell->drawn(), "拨打 120"));
    float tallest = 0;
    for (const auto& text : shell->drawn().texts) {
        if (text.string.find("120") != std::string::npos) {
            tallest = std::max(tallest, text.hanzi_px);
        }
    }
    const float least = size.scale < 2 ? 36 : 20;
    EXPECT_GE(tallest, least * size.scale - 0.5F);
    press(Key::escape);
    expect_well("unheard_window");
    EXPECT_TRUE(console::says(shell->drawn(), "拨打 120")) << "it stays on every page";
    EXPECT_EQ(console::target_of(shell->drawn(), "alarm.acknowledge"), nullptr);
}

TEST_P(DrawnCase, WhoComesForWhomAndWhatIsMissingAreLegible) {
    auto view = with_processing();
    auto& file = *view.mutable_cases(0);
    file.mutable_materials(2)->set_received(false);
    file.set_proxy(protocol::Proxy::free);
    file.set_relation("女儿");
    file.set_own_wish(true);
    show(view);
    press(Key::k);
    expect_well("who");
    EXPECT_TRUE(console::says(shell->drawn(), "亲友代办"));
    press(Key::enter);
    press(Key::d1);
    expect_well("approve");
    EXPECT_TRUE(console::says(shell->drawn(), "近期免冠照片"));
    press(Key::d1);
    EXPECT_TRUE(hall.sent.empty());
    press(Key::enter);
    press(Key::d3);
    write("市医保中心");
    press(Key::escape);
    expect_well("give_up");
    EXPECT_TRUE(console::says(shell->drawn(), "再按一次 Esc"));
    show(idle_window());
    expect_well("left");
    EXPECT_TRUE(console::says(shell->drawn(), "写的内容已留着"));
}

TEST_P(DrawnCase, EveryTargetOfThePageIsReachedByTab) {
    show(many());
    press(Key::k);
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

TEST_P(DrawnCase, TheVisitorsPageLeadsToNothingOfTheClerks) {
    show(with_told());
    press(Key::k);
    press(Key::r);
    expect_well("rating_on_the_console");
    EXPECT_TRUE(console::says(shell->drawn(), "非常满意"));
    EXPECT_FALSE(console::says(shell->drawn(), "签到"));
    press(Key::home);
    EXPECT_FALSE(console::says(shell->drawn(), "工号"));
}

TEST_P(DrawnCase, SigningOnIsLegibleAndDoneByKeyboard) {
    show(idle_window());
    console::sign_on_by_keyboard(*this, "覃窗口");
}

INSTANTIATE_TEST_SUITE_P(Sizes, DrawnCase,
                         testing::Values(Size{1366, 768, 1}, Size{1366, 768, 2},
                                         Size{1920, 1080, 1.5F}),
                         name_of_size);

// The visitor's page on its own screen: larger rules, from 0.5 to 1 m.
struct DrawnRating : testing::TestWithParam<Size> {
    Size size = GetParam();
    std::unique_ptr<kit::Shell> shell =
        console::shell_without_display(size.width, size.height, size.scale);
    console::HeldWay hall;
    ClerkModel::Newest current = newest(idle_window());
    RatingScreen screen{[this] { return current; }, hall};

    void show(protocol::ClerkView view) {
        current = newest(std::move(view));
        console::settle(*shell, screen);
    }
    void press(Key key) {
        shell->press(key);
        console::settle(*shell, screen);
    }
    void expect_well(const std::string& when) {
        SCOPED_TRACE(when);
        keep_picture(*shell, "rating_" + name_of_size({size, 0}) + "_" + when);
        console::expect_drawn_well(shell->drawn(), {size.scale, kRatingTargetPx});
        for (const auto& text : shell->drawn().texts) {
            EXPECT_GE(text.hanzi_px, kRatingTextPx - 0.5F) << text.string;
        }
        EXPECT_FALSE(console::says(shell->drawn(), "王")) << "no name";
    }
};

TEST_P(DrawnRating, EachPageIsLegibleFromAMetre) {
    show(idle_window());
    expect_well("welcome");
    EXPECT_TRUE(shell->drawn().targets.empty());
    show(with_told());
    expect_well("asking");
    EXPECT_EQ(shell->drawn().targets.size(), 6U);
    for (const char* word : {"非常满意", "基本满意", "非常不满意", "办件 118"}) {
        EXPECT_TRUE(console::says(shell->drawn(), word)) << word;
    }
    press(Key::d4);
    expect_well("chosen");
    EXPECT_TRUE(hall.sent.empty());
    press(Key::enter);
    expect_well("thanks");
    ASSERT_EQ(hall.sent.size(), 1U);
    EXPECT_EQ(hall.sent[0].command.rate_case().grade(), 4U);
    protocol::Reply refused;
    refused.mutable_refusal()->set_code(protocol::RefusalCode::result_not_told);
    hall.answer(refused);
    console::settle(*shell, screen);
    expect_well("not_taken");
}

TEST_P(DrawnRating, ATouchOnAFaceChoosesItAndDecliningSendsNothing) {
    show(with_told());
    const auto* grade = console::target_of(shell->drawn(), "grade.2");
    ASSERT_NE(grade, nullptr);
    shell->click(grade->box.centre_x(), grade->box.centre_y());
    console::settle(*shell, screen);
    EXPECT_TRUE(console::says(shell->drawn(), "您选的是"));
    press(Key::escape);
    press(Key::escape);
    EXPECT_TRUE(hall.sent.empty());
    EXPECT_TRUE(shell->drawn().targets.empty());
}

INSTANTIATE_TEST_SUITE_P(Sizes, DrawnRating,
                         testing::Values(Size{1366, 768, 1}, Size{1024, 768, 1}, Size{800, 1280, 1},
                                         Size{800, 600, 1}, Size{1366, 768, 2}),
                         name_of_size);

}  // namespace
}  // namespace hall::clerk
