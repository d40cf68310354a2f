// Emergencies at a console: what the banner says, raising one, the plan's steps, the outcome.
#include <gtest/gtest.h>

#include "displays/console/alarm_model.h"

namespace hall::console {
namespace {

using protocol::EmergencyState;
using protocol::RefusalCode;

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kNineFortyTwo = 1'790'214'120'000;  // 2026-09-24 09:42 in Nanning

struct Alarm : testing::Test {
    AlarmModel model{2};
    protocol::CareView care;
    std::int64_t now = 1'000'000;

    Alarm() {
        care.mutable_head()->set_seq(40);
        care.mutable_head()->set_utc_offset_s(8 * 3600);
        const char* places[][2] = {{"entrance", "入口"}, {"hall", "等候区"}};
        for (const auto& place : places) {
            care.add_places(place[0]);
            care.add_place_names(place[1]);
        }
        for (const std::uint32_t window : {1U, 2U}) care.add_windows(window);
        auto* person = care.add_staff();
        person->set_number("G03");
        person->set_name("李华");
        come();
    }
    void come() {
        AlarmModel::Newest newest;
        newest.view = std::make_shared<const protocol::CareView>(care);
        newest.state = client::FeedState::live;
        model.take(newest);
        picture();  // a screen draws what comes
    }
    void fall_silent() {
        AlarmModel::Newest newest;
        newest.view = std::make_shared<const protocol::CareView>(care);
        newest.state = client::FeedState::stale;
        model.take(newest);
    }
    protocol::Emergency emergency(std::uint64_t id, EmergencyState::Value state) const {
        protocol::Emergency one;
        one.set_id(id);
        one.set_place("hall");
        one.set_place_name("等候区");
        one.set_state(state);
        one.set_raised_at_ms(kNineFortyTwo - static_cast<std::int64_t>(id) * kMinuteMs);
        one.set_kind("胸闷胸痛");
        one.add_responders("S01");
        one.add_responder_names("黄国强");
        for (const char* step : {"拨打 120", "取除颤仪"}) one.add_steps()->set_text(step);
        return one;
    }
    protocol::Emergency& open(std::uint64_t id, EmergencyState::Value state) {
        *care.add_emergencies() = emergency(id, state);
        care.set_emergency_count(static_cast<std::uint32_t>(care.emergencies_size()));
        come();
        return *care.mutable_emergencies(care.emergencies_size() - 1);
    }
    // A person takes a moment between two presses.
    void press(AlarmDo what, const std::string& value = "") {
        now += kAlarmSettleMs;
        model.act({what, value}, now);
    }
    AlarmPicture picture() const { return model.picture(now); }
    protocol::Command sent() {
        const auto sending = model.outgoing();
        EXPECT_TRUE(sending.has_value());
        return sending.value_or(Sending{}).command;
    }
    bool nothing_sent() { return !model.outgoing().has_value(); }
    // The hall has done it, and its view is not here yet.
    void answer(protocol::Emergency changed) {
        protocol::Reply reply;
        reply.set_seq(41);
        *reply.mutable_emergency() = std::move(changed);
        model.answered(reply, now);
    }
    void refuse(RefusalCode::Value code) {
        protocol::Reply reply;
        reply.mutable_refusal()->set_code(code);
        model.answered(reply, now);
    }
    // The way to the hall gives up after a while.
    void silence() {
        now += 6'000;
        model.answered(tl::unexpected(Error{"server_unreachable", ""}), now);
    }
    void raise(const std::string& place) {
        press(AlarmDo::ask_raise);
        press(AlarmDo::place, place);
        press(AlarmDo::kind, picture().options[0].value);
    }
};

TEST_F(Alarm, TheBannerSaysWhereAndWhoIsAskedToComeAndNothingOfTheIllness) {
    open(3, EmergencyState::raised).set_number("A017");
    come();
    const AlarmPicture shown = picture();
    EXPECT_EQ(shown.title, "突发疾病 · 等候区 · A017 · 09:39");
    EXPECT_EQ(shown.state.word, "还没有人应答");
    EXPECT_EQ(shown.responders, "请到场:黄国强");
    EXPECT_FALSE(shown.answered);
    const std::string all = shown.title + shown.state.word + shown.responders + shown.more;
    EXPECT_EQ(all.find("胸"), std::string::npos);
}

TEST_F(Alarm, AWindowIsNamedAsPeopleSayIt) {
    auto& one = open(3, EmergencyState::raised);
    one.set_place("window:2");
    one.clear_place_name();
    come();
    EXPECT_EQ(picture().title, "突发疾病 · 2 号窗口 · 09:39");
}

TEST_F(Alarm, ADrillIsMarkedAndARealOneComesFirst) {
    open(1, EmergencyState::raised).set_drill(true);
    come();
    EXPECT_TRUE(picture().drill);
    EXPECT_EQ(picture().title.rfind("演练", 0), 0U);
    open(5, EmergencyState::raised);
    EXPECT_FALSE(picture().drill);
    EXPECT_EQ(picture().more, "另有 1 起");
}

TEST_F(Alarm, AnUnansweredOneIsShownBeforeANewerAnsweredOne) {
    open(1, EmergencyState::acknowledged);
    open(5, EmergencyState::raised);
    EXPECT_EQ(picture().title, "突发疾病 · 等候区 · 09:37");
    EXPECT_FALSE(picture().answered);
}

TEST_F(Alarm, OneKeyAnswersItAndOpensItsPage) {
    open(3, EmergencyState::raised);
    press(AlarmDo::respond);
    EXPECT_EQ(sent().acknowledge_emergency().emergency(), 3U);
    auto changed = emergency(3, EmergencyState::acknowledged);
    changed.set_acknowledged_by("G03");
    answer(changed);
    const AlarmPicture page = picture();
    EXPECT_EQ(page.dialog, AlarmDialog::page);
    EXPECT_EQ(page.page_state.word, "胸闷胸痛 · 李华 已应答");
    EXPECT_EQ(page.page_responders, "请到场:黄国强");
    EXPECT_FALSE(page.can_acknowledge);
    ASSERT_EQ(page.steps.size(), 2U);
}

TEST_F(Alarm, WhatSomebodyAnsweredIsOnlyLookedAt) {
    auto& one = open(3, EmergencyState::acknowledged);
    one.set_acknowledged_by("G03");
    come();
    EXPECT_TRUE(picture().answered);
    EXPECT_EQ(picture().state.word, "李华 已应答");
    EXPECT_EQ(picture().responders, "") << "somebody is going";
    press(AlarmDo::respond);
    EXPECT_TRUE(nothing_sent());
    EXPECT_EQ(picture().dialog, AlarmDialog::page);
}

TEST_F(Alarm, RingsUntilSomebodyAnswersWhileTheHallIsHeard) {
    EXPECT_FALSE(model.rings());
    open(3, EmergencyState::raised);
    EXPECT_TRUE(model.rings());
    AlarmModel::Newest stale;
    stale.view = std::make_shared<const protocol::CareView>(care);
    stale.state = client::FeedState::stale;
    model.take(stale);
    EXPECT_FALSE(model.rings()) << "nobody could silence it";
    care.mutable_emergencies(0)->set_state(EmergencyState::acknowledged);
    come();
    EXPECT_FALSE(model.rings());
}

TEST_F(Alarm, StepsAreTickedWithTimeAndName) {
    open(3, EmergencyState::acknowledged);
    press(AlarmDo::show, "3");
    press(AlarmDo::step, "2");
    EXPECT_EQ(sent().do_emergency_step().emergency(), 3U);
    auto changed = emergency(3, EmergencyState::acknowledged);
    changed.mutable_steps(1)->set_done_at_ms(kNineFortyTwo);
    changed.mutable_steps(1)->set_by("G03");
    answer(changed);
    EXPECT_TRUE(picture().steps[0].open);
    EXPECT_FALSE(picture().steps[1].open);
    EXPECT_EQ(picture().steps[1].done.word, "09:42 李华");
}

TEST_F(Alarm, ClosingAsksForAnOutcomeOfItsKind) {
    open(3, EmergencyState::acknowledged);
    press(AlarmDo::show, "3");
    press(AlarmDo::ask_outcome);
    EXPECT_TRUE(nothing_sent()) << "without an outcome it stays open";
    ASSERT_EQ(picture().dialog, AlarmDialog::outcome);
    EXPECT_EQ(picture().options.front().value, "recovered");
    press(AlarmDo::dismiss);
    EXPECT_EQ(picture().dialog, AlarmDialog::page);
    press(AlarmDo::ask_outcome);
    press(AlarmDo::outcome, "hospital");
    const auto close = sent().close_emergency();
    EXPECT_EQ(close.emergency(), 3U);
    EXPECT_EQ(close.outcome(), protocol::EmergencyOutcome::hospital);
    answer(emergency(3, EmergencyState::closed));
    EXPECT_EQ(picture().dialog, AlarmDialog::none);
    open(4, EmergencyState::acknowledged).set_drill(true);
    come();
    press(AlarmDo::show, "4");
    press(AlarmDo::ask_outcome);
    EXPECT_EQ(picture().options.front().value, "practised");
}

TEST_F(Alarm, APageClosesWhenSomebodyElseClosedIt) {
    open(3, EmergencyState::acknowledged);
    press(AlarmDo::show, "3");
    care.clear_emergencies();
    come();
    EXPECT_EQ(picture().dialog, AlarmDialog::none);
    EXPECT_FALSE(picture().shown);
}

TEST_F(Alarm, TheNextOpenOneIsOneKeyAway) {
    open(3, EmergencyState::acknowledged);
    open(4, EmergencyState::raised);
    press(AlarmDo::show, "3");
    EXPECT_TRUE(picture().others);
    press(AlarmDo::next);
    EXPECT_TRUE(picture().can_acknowledge);
    press(AlarmDo::acknowledge);
    EXPECT_EQ(sent().acknowledge_emergency().emergency(), 4U);
}

TEST_F(Alarm, IsRaisedWithPlaceAndKindForWhoIsAtTheWindow) {
    model.at_window("A023");
    press(AlarmDo::ask_raise);
    const auto places = picture().options;
    ASSERT_EQ(places.size(), 5U);
    EXPECT_EQ(places[0].label, "2 号窗口");
    EXPECT_EQ(places[4].label, "1 号窗口");
    press(AlarmDo::place, places[0].value);
    EXPECT_TRUE(nothing_sent());
    press(AlarmDo::kind, picture().options[0].value);
    auto raise = sent().raise_emergency();
    EXPECT_EQ(raise.place(), "window:2");
    EXPECT_EQ(raise.number(), "A023");
    EXPECT_EQ(raise.kind(), "晕倒");
    EXPECT_FALSE(raise.drill());
    EXPECT_EQ(raise.case_id(), 0U);
    answer(emergency(9, EmergencyState::raised));
    EXPECT_EQ(picture().dialog, AlarmDialog::page) << "what is to be done is there at once";
}

TEST_F(Alarm, IsRaisedInAZoneForACaseOrAsADrill) {
    press(AlarmDo::ask_raise, "12");
    press(AlarmDo::drill);
    press(AlarmDo::place, "hall");
    press(AlarmDo::kind, picture().options[1].value);
    const auto raise = sent().raise_emergency();
    EXPECT_EQ(raise.place(), "hall");
    EXPECT_TRUE(raise.number().empty());
    EXPECT_TRUE(raise.drill());
    EXPECT_EQ(raise.case_id(), 12U);
}

TEST_F(Alarm, IsRaisedAlsoWhileNoViewComes) {
    AlarmModel::Newest none;
    none.state = client::FeedState::connecting;
    model.take(none);
    raise("window:2");
    EXPECT_EQ(sent().raise_emergency().place(), "window:2");
}

TEST_F(Alarm, WhatTheHallDidNotHearIsSentAgainAndIsTheSameAlarm) {
    raise("hall");
    const auto first = model.outgoing();
    ASSERT_TRUE(first.has_value());
    for (int i = 0; i < 3; ++i) {
        silence();
        const auto again = model.outgoing();
        ASSERT_TRUE(again.has_value()) << i;
        EXPECT_EQ(again->command_id, first->command_id);
        EXPECT_TRUE(again->command.has_raise_emergency());
    }
    answer(emergency(9, EmergencyState::raised));
    EXPECT_TRUE(nothing_sent());
    EXPECT_EQ(picture().dialog, AlarmDialog::page);
    EXPECT_TRUE(picture().message.word.empty());
}

TEST_F(Alarm, WhoeverIsNotHeardReadsAtOnceThatPeopleMustBeCalled) {
    fall_silent();
    raise("hall");
    sent();
    const char* what = "系统不通,请马上喊人并拨打 120;恢复后自动报警";
    EXPECT_EQ(picture().dialog, AlarmDialog::unheard);
    EXPECT_EQ(picture().dialog_title, "突发疾病 · 等候区");
    EXPECT_TRUE(picture().unheard);
    EXPECT_EQ(picture().title, what);
    press(AlarmDo::dismiss);
    EXPECT_EQ(picture().dialog, AlarmDialog::none);
    silence();
    sent();
    EXPECT_EQ(picture().title, what) << "it stays on every page";
    answer(emergency(9, EmergencyState::raised));
    EXPECT_EQ(picture().dialog, AlarmDialog::none) << "the person does something else by now";
    EXPECT_FALSE(picture().unheard);
}

TEST_F(Alarm, ALinkThatLooksAliveIsTrustedForTwoSeconds) {
    raise("hall");
    sent();
    EXPECT_EQ(picture().dialog, AlarmDialog::kind);
    now += kUnheardMs;
    EXPECT_EQ(picture().dialog, AlarmDialog::unheard);
}

TEST_F(Alarm, ChosenOnceMoreWhileTheHallIsAwayItIsOneAlarm) {
    fall_silent();
    raise("hall");
    sent();
    silence();
    sent();
    raise("hall");
    EXPECT_TRUE(nothing_sent()) << "on its way already";
    EXPECT_EQ(picture().dialog, AlarmDialog::unheard);
    answer(emergency(9, EmergencyState::raised));
    EXPECT_TRUE(nothing_sent());
    EXPECT_EQ(picture().dialog, AlarmDialog::page);
}

TEST_F(Alarm, ADrillThatIsNotHeardCallsNobodyByVoice) {
    fall_silent();
    press(AlarmDo::ask_raise);
    press(AlarmDo::drill);
    press(AlarmDo::place, "hall");
    press(AlarmDo::kind, picture().options[1].value);
    sent();
    silence();
    sent();
    EXPECT_FALSE(picture().unheard);
    EXPECT_EQ(picture().message.word, "系统不通,恢复后自动发送");
}

TEST_F(Alarm, AHallThatRefusesTheWayIsAskedAgainWithItsNextView) {
    raise("hall");
    const auto first = model.outgoing();
    model.answered(tl::unexpected(Error{"device_not_enrolled", ""}), now);
    EXPECT_TRUE(nothing_sent()) << "it would be asked without end";
    EXPECT_TRUE(picture().unheard);
    come();
    const auto again = model.outgoing();
    ASSERT_TRUE(again.has_value() && first.has_value());
    EXPECT_EQ(again->command_id, first->command_id);
}

TEST_F(Alarm, WhatSomebodyElseDidMeanwhileIsNotSentAgain) {
    open(3, EmergencyState::raised);
    press(AlarmDo::respond);
    sent();
    care.mutable_emergencies(0)->set_state(EmergencyState::acknowledged);
    come();
    silence();
    EXPECT_TRUE(nothing_sent());
    EXPECT_TRUE(picture().message.word.empty());
}

TEST_F(Alarm, AnAlarmThatCameAMomentBeforeTheKeyIsNotAnswered) {
    open(3, EmergencyState::raised);
    now += kAlarmSettleMs;
    open(1, EmergencyState::raised);
    model.act({AlarmDo::respond}, now + 100);
    EXPECT_TRUE(nothing_sent()) << "the banner said another one";
    EXPECT_EQ(picture().dialog, AlarmDialog::none);
    press(AlarmDo::respond);
    EXPECT_EQ(sent().acknowledge_emergency().emergency(), 1U);
}

TEST_F(Alarm, WhoAnsweredAndWentOffDutyIsStillNamed) {
    auto& one = open(3, EmergencyState::acknowledged);
    one.set_acknowledged_by("S01");
    come();
    EXPECT_EQ(picture().state.word, "黄国强 已应答");
}

TEST_F(Alarm, PressedTwiceItIsOne) {
    raise("hall");
    sent();
    press(AlarmDo::kind, picture().options[0].value);
    press(AlarmDo::kind, picture().options[1].value);
    answer(emergency(9, EmergencyState::raised));
    EXPECT_TRUE(nothing_sent());
}

TEST_F(Alarm, BehindAnotherOneNoneIsLostAndEachKeepsItsId) {
    open(3, EmergencyState::raised);
    raise("hall");
    const auto first = model.outgoing();
    raise("entrance");
    press(AlarmDo::respond);
    press(AlarmDo::respond);
    EXPECT_TRUE(nothing_sent()) << "one after the other";
    silence();
    EXPECT_FALSE(picture().message.word.empty()) << "the first is not known to be raised";
    EXPECT_EQ(sent().raise_emergency().place(), "entrance");
    answer(emergency(9, EmergencyState::raised));
    EXPECT_EQ(sent().acknowledge_emergency().emergency(), 3U);
    answer(emergency(3, EmergencyState::acknowledged));
    const auto again = model.outgoing();
    ASSERT_TRUE(again.has_value() && first.has_value());
    EXPECT_EQ(again->command_id, first->command_id);
    answer(emergency(10, EmergencyState::raised));
    EXPECT_TRUE(nothing_sent()) << "answered once";
}

TEST_F(Alarm, ADialogOpenedMeanwhileStaysWhenAnAnswerComes) {
    raise("hall");
    sent();
    press(AlarmDo::ask_raise);
    answer(emergency(9, EmergencyState::raised));
    EXPECT_EQ(picture().dialog, AlarmDialog::place);
    open(3, EmergencyState::acknowledged);
    press(AlarmDo::show, "3");
    press(AlarmDo::ask_outcome);
    press(AlarmDo::outcome, "other");
    sent();
    press(AlarmDo::ask_raise);
    answer(emergency(3, EmergencyState::closed));
    EXPECT_EQ(picture().dialog, AlarmDialog::place);
}

TEST_F(Alarm, APressMeantForTheDialogBeforeDoesNothing) {
    press(AlarmDo::ask_raise);
    press(AlarmDo::place, "hall");
    model.act({AlarmDo::kind, picture().options[0].value}, now + 100);
    EXPECT_TRUE(nothing_sent());
    press(AlarmDo::kind, picture().options[0].value);
    sent();
    answer(emergency(9, EmergencyState::raised));
    ASSERT_EQ(picture().dialog, AlarmDialog::page);
    model.act({AlarmDo::step, "1"}, now + 100);
    EXPECT_TRUE(nothing_sent()) << "nobody has called 120 yet";
    press(AlarmDo::step, "1");
    EXPECT_EQ(sent().do_emergency_step().step(), 1U);
}

TEST_F(Alarm, WhoCameSecondReadsWhoGoesAndNotARefusal) {
    open(3, EmergencyState::raised);
    press(AlarmDo::respond);
    sent();
    refuse(RefusalCode::emergency_acknowledged);
    EXPECT_FALSE(picture().message.word.empty());
    auto& one = *care.mutable_emergencies(0);
    one.set_state(EmergencyState::acknowledged);
    one.set_acknowledged_by("G03");
    come();
    EXPECT_TRUE(picture().message.word.empty());
    EXPECT_EQ(picture().page_state.word, "胸闷胸痛 · 李华 已应答");
}

TEST_F(Alarm, WhileAVisitorLooksItIsAnsweredAndItsPageStaysShut) {
    open(3, EmergencyState::raised);
    model.faces_visitor(true);
    press(AlarmDo::respond);
    EXPECT_EQ(sent().acknowledge_emergency().emergency(), 3U);
    EXPECT_EQ(picture().dialog, AlarmDialog::none);
}

}  // namespace
}  // namespace hall::console
