// What the supervisor's page says and sends, given a view.
#include "displays/supervisor/supervisor_model.h"

#include <gtest/gtest.h>

#include "tests/supervisor/supervisor_views.h"

namespace hall::supervisor {
namespace {

using protocol::EmergencyState;

struct SupervisorPage : testing::Test {
    SupervisorModel model;
    std::int64_t now = 1'000'000;

    void given(protocol::SupervisorView view) { model.take(newest(std::move(view)), now); }
    void press(SupervisorDo what, const std::string& value = "") { model.act({what, value}, now); }
    void look_at(Section section) {
        press(SupervisorDo::section, std::to_string(static_cast<int>(section)));
    }
    SupervisorPicture picture() const { return model.picture(now); }
    Word count(Section section) const {
        return picture().sections.at(static_cast<std::size_t>(section)).count;
    }
    protocol::Command sent() {
        auto sending = model.outgoing();
        EXPECT_TRUE(sending.has_value());
        return sending.value_or(console::Sending{}).command;
    }
    bool nothing_sent() { return !model.outgoing().has_value(); }
};

TEST_F(SupervisorPage, EverySectionTellsHowManyAndHowGrave) {
    given(busy_day());
    ASSERT_EQ(picture().sections.size(), kSections);
    EXPECT_EQ(count(Section::overdue), (Word{"15", Gravity::bad}));
    EXPECT_EQ(count(Section::emergencies), (Word{"2", Gravity::bad}));
    EXPECT_EQ(count(Section::follow_ups), (Word{"1", Gravity::warning}));
    EXPECT_EQ(count(Section::consultations), (Word{"1", Gravity::bad})) << "its day is past";
    EXPECT_EQ(count(Section::overrides), (Word{"1", Gravity::waiting}));
    EXPECT_EQ(count(Section::loans), (Word{"1", Gravity::warning}));
    EXPECT_EQ(count(Section::printers), (Word{"2", Gravity::bad})) << "one has no paper";
    given({});
    EXPECT_EQ(count(Section::overdue), (Word{"0", Gravity::waiting}));
    EXPECT_EQ(count(Section::printers), (Word{"0", Gravity::good}));
}

TEST_F(SupervisorPage, EverySectionListsItsRows) {
    given(busy_day());
    const std::pair<Section, std::size_t> sizes[] = {
        {Section::emergencies, 2}, {Section::overdue, 12},      {Section::follow_ups, 1},
        {Section::overrides, 1},   {Section::consultations, 1}, {Section::unrated, 1},
        {Section::loans, 1},       {Section::staff, 4},         {Section::windows, 12},
        {Section::printers, 2}};
    for (const auto& [section, size] : sizes) {
        look_at(section);
        EXPECT_EQ(picture().rows.size(), size) << picture().title;
    }
    look_at(Section::overdue);
    EXPECT_EQ(picture().rows[0].title, "办件 101 · 王*明 · 养老保险待遇领取资格认证");
    EXPECT_EQ(picture().rows[0].state.word, "承诺 2026-11-20,已过");
    EXPECT_EQ(picture().more, "另有 3 条未列出");
    look_at(Section::overrides);
    EXPECT_EQ(picture().rows[0].detail, "年老体弱 · supervisor-1/S01");
    look_at(Section::unrated);
    EXPECT_EQ(picture().rows[0].state.word, "今天 10:42 截止");
}

TEST_F(SupervisorPage, AFollowUpIsAnsweredWithWhatWasWritten) {
    given(busy_day());
    look_at(Section::follow_ups);
    press(SupervisorDo::press, "96");
    EXPECT_EQ(picture().dialog, SupervisorDialog::follow_up);
    EXPECT_NE(picture().about.find("办件 96"), std::string::npos);
    press(SupervisorDo::send);
    EXPECT_TRUE(nothing_sent()) << "nothing was written";
    press(SupervisorDo::write, "已电话致歉并补办");
    press(SupervisorDo::send);
    const auto answer = sent().answer_follow_up();
    EXPECT_EQ(answer.case_id(), 96U);
    EXPECT_EQ(answer.note(), "已电话致歉并补办");
    model.answered(protocol::Reply{});
    EXPECT_EQ(picture().dialog, SupervisorDialog::none);
    EXPECT_EQ(picture().message.word, "已记下");
}

TEST_F(SupervisorPage, WhatWasWrittenStaysAfterARefusalAndAfterSilence) {
    given(busy_day());
    look_at(Section::consultations);
    press(SupervisorDo::press, "31");
    press(SupervisorDo::write, "可以认定");
    press(SupervisorDo::send);
    EXPECT_EQ(sent().answer_consultation().consultation(), 31U);
    protocol::Reply reply;
    reply.mutable_refusal()->set_code(protocol::RefusalCode::storage_unavailable);
    model.answered(reply);
    EXPECT_EQ(picture().written, "可以认定");
    press(SupervisorDo::send);
    sent();
    model.answered(tl::unexpected(Error{"server_unreachable", ""}));
    EXPECT_EQ(picture().dialog, SupervisorDialog::consultation);
    EXPECT_EQ(picture().written, "可以认定");
    EXPECT_FALSE(picture().message.word.empty());
}

TEST_F(SupervisorPage, ANewAnswerIsNotHeadedByWhatBecameOfTheLast) {
    given(busy_day());
    look_at(Section::follow_ups);
    press(SupervisorDo::press, "96");
    press(SupervisorDo::write, "已电话致歉");
    press(SupervisorDo::send);
    sent();
    model.answered(protocol::Reply{});
    EXPECT_EQ(picture().message.word, "已记下");
    press(SupervisorDo::press, "96");
    EXPECT_TRUE(picture().message.word.empty());
}

TEST_F(SupervisorPage, WhatIsWrittenIsGivenUpOnlyWithASecondEsc) {
    given(busy_day());
    look_at(Section::follow_ups);
    press(SupervisorDo::press, "96");
    press(SupervisorDo::dismiss);
    EXPECT_EQ(picture().dialog, SupervisorDialog::none) << "nothing was written";
    press(SupervisorDo::press, "96");
    press(SupervisorDo::write, "已电话致歉");
    press(SupervisorDo::dismiss);
    EXPECT_EQ(picture().dialog, SupervisorDialog::follow_up);
    EXPECT_EQ(picture().message.word, "再按一次 Esc,就放弃所写的内容");
    press(SupervisorDo::write, "已电话致歉并补办");
    press(SupervisorDo::dismiss);
    EXPECT_EQ(picture().written, "已电话致歉并补办") << "asked anew after more was written";
    press(SupervisorDo::dismiss);
    EXPECT_EQ(picture().dialog, SupervisorDialog::none);
}

TEST_F(SupervisorPage, WhatIsOverdueSaysWhichDayIsPast) {
    auto view = busy_day();
    auto& late = *view.mutable_overdue(0);
    late.set_follow_up_open(true);
    late.set_follow_up_by("2026-11-23");
    given(view);
    look_at(Section::overdue);
    EXPECT_EQ(picture().rows[0].state.word, "回访 2026-11-23,已过") << "the promise was kept";
    EXPECT_EQ(picture().rows[1].state.word, "承诺 2026-11-20,已过");
}

TEST_F(SupervisorPage, OnDutyAreThoseWhoAre) {
    auto view = busy_day();
    view.mutable_staff(0)->set_on_duty(false);
    view.mutable_staff(3)->set_trained_on("2024-01-10");
    given(view);
    look_at(Section::staff);
    EXPECT_EQ(count(Section::staff).word, "3");
    ASSERT_EQ(picture().rows.size(), 3U);
    EXPECT_TRUE(picture().more.empty());
    EXPECT_EQ(picture().rows[0].detail, "guide-1 · 没有急救培训记录");
    EXPECT_EQ(picture().rows[1].detail, "guide-2 · 急救培训有效");
    EXPECT_EQ(picture().rows[2].detail, "guide-3 · 急救培训已到期");
}

TEST_F(SupervisorPage, PeopleAreNamedAndAnotherDayHasItsDate) {
    auto view = busy_day();
    view.mutable_emergencies(0)->set_acknowledged_by("G01");
    view.mutable_overrides(0)->set_actor("guide-2/G02");
    auto& old = *view.add_overdue_loans();
    old.set_name("轮椅");
    old.set_lent_at_ms(kNineFortyTwo - 9 * 24 * 60 * kMinuteMs);
    old.set_by("guide-9/G09");
    given(view);
    EXPECT_NE(picture().rows[0].detail.find("李华 应答"), std::string::npos);
    look_at(Section::overrides);
    EXPECT_EQ(picture().rows[0].detail, "年老体弱 · 李华");
    look_at(Section::loans);
    EXPECT_EQ(picture().rows[0].detail, "李华");
    EXPECT_EQ(picture().rows[0].state.word, "08:12 借出");
    EXPECT_EQ(picture().rows[1].detail, "guide-9/G09") << "nobody is known by this number";
    EXPECT_EQ(picture().rows[1].state.word, "11月15日 09:42 借出");
}

TEST_F(SupervisorPage, ARowOfAnEmergencyOpensItsPage) {
    protocol::SupervisorView view;
    add_emergency(view, 7, EmergencyState::raised);
    given(view);
    model.desk().take(care_of(view));
    EXPECT_EQ(picture().rows[0].state.word, "还没有人应答");
    EXPECT_EQ(picture().rows[0].detail.find("胸痛"), std::string::npos);
    press(SupervisorDo::press, "7");
    EXPECT_EQ(picture().alarm.dialog, console::AlarmDialog::page);
    EXPECT_TRUE(picture().alarm.can_acknowledge);
    EXPECT_TRUE(nothing_sent());
}

TEST_F(SupervisorPage, WithoutALinkTheReasonIsSaidAndNothingSent) {
    model.take(newest(busy_day(), client::FeedState::stale), now);
    EXPECT_EQ(picture().message.gravity, Gravity::bad);
    look_at(Section::follow_ups);
    press(SupervisorDo::press, "96");
    press(SupervisorDo::write, "好");
    press(SupervisorDo::send);
    EXPECT_TRUE(nothing_sent());
}

}  // namespace
}  // namespace hall::supervisor
