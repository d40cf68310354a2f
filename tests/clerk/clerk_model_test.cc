// What the clerk's keys come to: given a view, when this is pressed, then that is sent and said.
#include "displays/clerk/clerk_model.h"

#include <gtest/gtest.h>

#include "tests/clerk/clerk_views.h"

namespace hall::clerk {
namespace {

using protocol::RefusalCode;
using protocol::WindowState;
using Facts = std::vector<std::string>;

struct ClerkKeys : testing::Test {
    ClerkModel model{2};
    std::int64_t now = 1'000'000;

    void given(protocol::ClerkView view) { model.take(newest(std::move(view)), now); }
    void press(Do what, const std::string& value = "") { model.act({what, value}, now); }
    console::Sending sent() {
        auto sending = model.outgoing();
        EXPECT_TRUE(sending.has_value());
        return sending.value_or(console::Sending{});
    }
    bool nothing_sent() { return !model.outgoing().has_value(); }
    void answer(const protocol::Reply& reply) { model.answered(reply, now); }
    ClerkPicture picture() const { return model.picture(now); }
    Step step(Do what) const {
        for (const Step& step : picture().steps) {
            if (step.what == what) return step;
        }
        ADD_FAILURE() << "no such step";
        return {};
    }
};

TEST_F(ClerkKeys, OneKeyCallsWhomTheScreenOffers) {
    given(idle_window());
    EXPECT_EQ(picture().steps.front().what, Do::call_next);
    press(Do::call_next);
    const auto sending = sent();
    EXPECT_EQ(sending.command.call_next().window(), 2U);
    EXPECT_EQ(sending.command.call_next().offered(), "A024");
}

TEST_F(ClerkKeys, ADoublePressCallsOnePerson) {
    given(idle_window());
    press(Do::call_next);
    sent();
    press(Do::call_next);
    EXPECT_TRUE(nothing_sent());
    protocol::Reply reply;
    reply.set_seq(41);
    reply.mutable_window()->set_state(WindowState::calling);
    reply.mutable_window()->set_ticket_number("A024");
    answer(reply);
    press(Do::call_next);
    EXPECT_TRUE(nothing_sent()) << "the window is calling already";
}

TEST_F(ClerkKeys, WhoActedDoesNotWaitForTheView) {
    given(idle_window());
    press(Do::call_next);
    sent();
    protocol::Reply reply;
    reply.set_seq(41);
    reply.mutable_window()->set_state(WindowState::calling);
    reply.mutable_window()->set_ticket_number("A024");
    reply.mutable_window_ticket()->set_number("A024");
    reply.mutable_window_ticket()->set_calls(1);
    answer(reply);
    EXPECT_EQ(picture().current.number, "A024");
    EXPECT_EQ(picture().steps.front().what, Do::start);
    auto view = serving_window();
    view.mutable_head()->set_seq(42);
    given(view);
    EXPECT_EQ(picture().current.number, "A023") << "the newer view counts";
}

TEST_F(ClerkKeys, ALostRaceSaysWhoHasItAndOffersTheNextAtOnce) {
    given(idle_window());
    press(Do::call_next);
    sent();
    protocol::Reply reply;
    auto& refusal = *reply.mutable_refusal();
    refusal.set_code(RefusalCode::lost_to_another_window);
    refusal.set_number("A024");
    refusal.set_window(5);
    refusal.set_next_number("A025");
    answer(reply);
    EXPECT_NE(picture().message.word.find("A024 已被 5 号窗口叫走"), std::string::npos);
    EXPECT_EQ(picture().offer.number, "A025");
    press(Do::call_next);
    EXPECT_EQ(sent().command.call_next().offered(), "A025");
}

TEST_F(ClerkKeys, RecallAndMissedCountDown) {
    given(calling_window());
    EXPECT_EQ(step(Do::recall).detail, "20 秒");
    EXPECT_FALSE(step(Do::recall).disabled.empty());
    EXPECT_EQ(step(Do::missed).detail, "再叫 2 次");
    press(Do::recall);
    EXPECT_TRUE(nothing_sent());
    now += 19'500;
    EXPECT_EQ(step(Do::recall).detail, "1 秒");
    EXPECT_EQ(model.idle_ms(now), 500);
    now += 500;
    EXPECT_TRUE(step(Do::recall).disabled.empty());
    press(Do::recall);
    EXPECT_TRUE(sent().command.has_recall());
}

TEST_F(ClerkKeys, MissedNeedsTheCallsAndTheTime) {
    auto view = calling_window();
    view.set_calls_before_missed(0);
    given(view);
    EXPECT_EQ(step(Do::missed).detail, "60 秒");
    press(Do::missed);
    EXPECT_TRUE(nothing_sent());
    now += 60'000;
    press(Do::missed);
    EXPECT_TRUE(sent().command.has_mark_missed());
}

TEST_F(ClerkKeys, ADoublePressOfEnterStartsAndDoesNotFinish) {
    given(calling_window());
    press(Do::start);
    sent();
    protocol::Reply reply;
    reply.set_seq(41);
    reply.mutable_window()->set_state(WindowState::serving);
    reply.mutable_window()->set_ticket_number("A023");
    answer(reply);
    now += 200;
    press(Do::finish);
    EXPECT_TRUE(nothing_sent());
    now += kSettleMs;
    press(Do::finish);
    EXPECT_TRUE(sent().command.has_finish_service());
}

TEST_F(ClerkKeys, TheNextServiceComesFirstWhenTheTicketHasOne) {
    auto view = serving_window();
    given(view);
    EXPECT_EQ(picture().steps.front().what, Do::finish);
    view.mutable_current()->add_services("card_new");
    given(view);
    EXPECT_EQ(picture().steps.front().what, Do::next_service);
    EXPECT_EQ(picture().current.facts.at(1), "之后 办社保卡");
    press(Do::next_service);
    EXPECT_TRUE(sent().command.has_next_service());
}

TEST_F(ClerkKeys, TransferShowsWhereWindowsAreOpenFirst) {
    given(serving_window());
    press(Do::ask_transfer);
    const auto options = picture().options;
    ASSERT_EQ(options.size(), 4U);
    EXPECT_EQ(options[0].value, "card_new");
    EXPECT_EQ(options[0].detail, "5、6 号窗口");
    EXPECT_EQ(options[1].detail, "暂无开着的窗口") << "this window itself does not count";
    press(Do::transfer, "card_new");
    EXPECT_EQ(sent().command.transfer().service(), "card_new");
    EXPECT_EQ(picture().dialog, Dialog::none);
}

TEST_F(ClerkKeys, PauseHasAReason) {
    given(idle_window());
    press(Do::ask_pause);
    ASSERT_EQ(picture().options.size(), 5U);
    press(Do::pause, picture().options[1].value);
    EXPECT_EQ(sent().command.pause_window().reason(), protocol::Reason::meal);
}

TEST_F(ClerkKeys, OnlyTheWindowsOwnStageCanBePressed) {
    given(idle_window());
    for (const Do what : {Do::start, Do::finish, Do::recall, Do::missed, Do::errand, Do::open}) {
        press(what);
        EXPECT_TRUE(nothing_sent());
    }
    auto closed = idle_window();
    closed.mutable_window()->set_state(WindowState::closed);
    given(closed);
    EXPECT_EQ(picture().steps.size(), 1U);
    EXPECT_FALSE(picture().offer.shown);
    press(Do::open);
    EXPECT_TRUE(sent().command.has_open_window());
}

TEST_F(ClerkKeys, TheOfferSaysWhyAndWhatItsVisitorIsTold) {
    given(idle_window());
    const OfferPicture offer = picture().offer;
    EXPECT_EQ(offer.facts, Facts({"资格认证", "优先照顾", "按早到 20 分钟算", "已等 7 分钟"}));
    EXPECT_EQ(offer.sentence,
              "前面没有人在等。08:41 以后到的人不会排到您前面(急救等特殊情况除外)。"
              "预计等候 5 分钟以内。");
    EXPECT_TRUE(offer.green);
}

TEST_F(ClerkKeys, WhatAPlaceComesFromIsOneWord) {
    auto view = idle_window();
    view.mutable_offer()->set_credit_ms(0);
    const std::pair<protocol::Claim::Value, const char*> words[] = {
        {protocol::Claim::none, "按先后"},
        {protocol::Claim::appointment, "预约"},
        {protocol::Claim::kept, "上次已等候"},
        {protocol::Claim::returned, "过号返回"}};
    for (const auto& [claim, word] : words) {
        view.mutable_offer()->set_claim(claim);
        given(view);
        EXPECT_EQ(picture().offer.facts.at(1), word);
    }
}

TEST_F(ClerkKeys, WhoIsOfferedElsewhereCanBeCalledAllTheSame) {
    auto view = idle_window();
    view.clear_offer();
    view.mutable_window()->clear_offer();
    view.mutable_window()->set_offered_elsewhere("A012");
    view.mutable_window()->set_offered_at(3);
    given(view);
    EXPECT_FALSE(picture().offer.shown);
    EXPECT_EQ(picture().offer.empty, "A012 先请 3 号窗口;按呼叫键也可接");
    EXPECT_TRUE(step(Do::call_next).disabled.empty());
    press(Do::call_next);
    const auto sending = sent();
    EXPECT_EQ(sending.command.call_next().window(), 2U);
    EXPECT_EQ(sending.command.call_next().offered(), "");
}

TEST_F(ClerkKeys, AReservedWindowIsMarkedWithAWordAndAShape) {
    given(idle_window());
    EXPECT_EQ(picture().states.size(), 1U);
    auto view = idle_window();
    view.mutable_window()->set_reserved_credit_ms(10 * kMinuteMs);
    given(view);
    ASSERT_EQ(picture().states.size(), 2U);
    EXPECT_EQ(picture().states[1].word, "优先窗口 ≥10 分钟");
    EXPECT_NE(picture().states[1].gravity, Gravity::plain) << "plain has no shape";
}

TEST_F(ClerkKeys, ANeededLanguageIsToldApartFromAPreferredOne) {
    auto view = idle_window();
    view.mutable_offer()->add_prefers("yue");
    given(view);
    EXPECT_EQ(picture().offer.language.word, "最好说粤语");
    view.mutable_offer()->set_must_speak("za");
    given(view);
    EXPECT_EQ(picture().offer.language.word, "需要壮语");
    EXPECT_EQ(picture().offer.language.gravity, Gravity::warning);
    view.mutable_offer()->set_language_eased(true);
    given(view);
    EXPECT_EQ(picture().offer.language.word, "需要壮语 · 可用翻译/12333");
    auto serving = serving_window();
    serving.mutable_current()->set_must_speak("za");
    given(serving);
    EXPECT_EQ(picture().current.language.word, "需要壮语");
}

TEST_F(ClerkKeys, OfSeveralServicesItSaysWhichThisIsAndWhatIsLeft) {
    auto view = serving_window();
    view.mutable_current()->add_services("card_new");
    view.mutable_current()->add_services("retirement");
    given(view);
    EXPECT_EQ(picture().current.facts,
              Facts({"第 1 项,共 3 项", "之后 办社保卡、办退休", "等了 7 分钟"}));
    view.mutable_current()->set_service_index(2);
    given(view);
    EXPECT_EQ(picture().current.facts, Facts({"等了 7 分钟"}));
}

TEST_F(ClerkKeys, NobodyToCallIsSaidOnTheButton) {
    auto view = idle_window();
    view.clear_offer();
    view.mutable_window()->clear_offer();
    view.clear_waiting();
    given(view);
    EXPECT_FALSE(step(Do::call_next).disabled.empty());
    press(Do::call_next);
    EXPECT_TRUE(nothing_sent());
}

TEST_F(ClerkKeys, AStaleViewTurnsTheButtonsOffAndSaysSo) {
    given(idle_window());
    model.take(newest(idle_window(), client::FeedState::stale), now);
    EXPECT_EQ(picture().states.front().word, "连接中断");
    EXPECT_NE(picture().message.word.find("09:42"), std::string::npos);
    EXPECT_FALSE(step(Do::call_next).disabled.empty());
    press(Do::call_next);
    EXPECT_TRUE(nothing_sent());
}

TEST_F(ClerkKeys, WithoutAnAnswerTheSameKeyIsTheSameRequest) {
    given(calling_window());
    press(Do::start);
    const auto first = sent();
    model.answered(tl::unexpected(Error{"server_unreachable", ""}), now);
    EXPECT_EQ(picture().message.gravity, Gravity::bad);
    press(Do::start);
    EXPECT_EQ(sent().command_id, first.command_id);
}

TEST_F(ClerkKeys, WhoWasSentAwayComesBack) {
    auto view = idle_window();
    add_row(*view.mutable_errands(), "A019", 30, protocol::TicketState::on_errand);
    given(view);
    press(Do::ask_return);
    ASSERT_EQ(picture().options.size(), 1U);
    press(Do::come_back, "A019");
    EXPECT_EQ(sent().command.return_ticket().number(), "A019");
    protocol::Reply reply;
    reply.mutable_ticket()->set_number("A019");
    answer(reply);
    EXPECT_EQ(picture().message.gravity, Gravity::good);
}

TEST_F(ClerkKeys, NothingChangesWhileNothingHappens) {
    given(serving_window());
    const ClerkPicture before = picture();
    const std::int64_t idle = model.idle_ms(now);
    now += idle - 1;
    EXPECT_EQ(picture(), before);
    now += 1;
    EXPECT_NE(picture(), before);
}

}  // namespace
}  // namespace hall::clerk
