// What a visitor's taps and an emergency come to at the clerk's console.
#include <gtest/gtest.h>

#include "tests/clerk/case_keys.h"

namespace hall::clerk {
namespace {

using console::AlarmDo;
using protocol::RefusalCode;

// Ratings.

struct Rating : CaseKeys {
    void press(RatingDo what, std::uint32_t grade = 0) { model.act(RatingAct{what, grade}, now); }
    std::optional<protocol::RateCase> rated() {
        model.tick(now);
        const auto sending = model.rating().outgoing();
        if (!sending) return std::nullopt;
        id = sending->command_id;
        return sending->command.rate_case();
    }
    RatingPage page() const { return model.picture(now).rating.page; }
    std::string id;
};

TEST_F(Rating, IsAskedWhenTheResultWasToldAndNotBefore) {
    given(with_processing());
    CaseKeys::press(CaseDo::rate);
    EXPECT_EQ(page(), RatingPage::nothing);
    given(with_told());
    CaseKeys::press(CaseDo::rate);
    const auto picture = model.picture(now).rating;
    EXPECT_EQ(picture.page, RatingPage::asking);
    EXPECT_EQ(picture.grades,
              (std::vector<std::string>{"非常满意", "满意", "基本满意", "不满意", "非常不满意"}));
    EXPECT_EQ(picture.number, "办件 118");
    EXPECT_EQ(picture.service, "养老保险待遇领取资格认证");
}

TEST_F(Rating, AWrongTapIsTakenBackAndTheRightOneSent) {
    given(with_told());
    CaseKeys::press(CaseDo::rate);
    press(RatingDo::grade, 1);
    EXPECT_EQ(page(), RatingPage::chosen);
    EXPECT_FALSE(rated().has_value());
    press(RatingDo::change);
    press(RatingDo::grade, 4);
    press(RatingDo::confirm);
    const auto rating = rated();
    ASSERT_TRUE(rating.has_value());
    EXPECT_EQ(rating->case_id(), 118U);
    EXPECT_EQ(rating->grade(), 4U);
    EXPECT_EQ(page(), RatingPage::thanks);
}

TEST_F(Rating, WithoutAnotherPressItIsSentAfterTenSecondsAndThePageReturns) {
    given(with_told());
    CaseKeys::press(CaseDo::rate);
    press(RatingDo::grade, 5);
    now += kUndoMs - 1;
    EXPECT_FALSE(rated().has_value());
    EXPECT_EQ(model.rating().idle_ms(now), 1);
    now += 1;
    EXPECT_EQ(rated().value_or(protocol::RateCase{}).grade(), 5U);
    model.rating().answered(protocol::Reply{}, now);
    now += kThanksMs;
    model.tick(now);
    EXPECT_EQ(page(), RatingPage::nothing);
}

TEST_F(Rating, DecliningSendsNothing) {
    given(with_told());
    CaseKeys::press(CaseDo::rate);
    press(RatingDo::decline);
    EXPECT_EQ(page(), RatingPage::nothing);
    now += kUndoMs * 10;
    EXPECT_FALSE(rated().has_value());
}

TEST_F(Rating, WhoLeavesWithoutConfirmingHasRated) {
    given(with_told());
    CaseKeys::press(CaseDo::rate);
    press(RatingDo::grade, 3);
    given(idle_window());
    EXPECT_EQ(rated().value_or(protocol::RateCase{}).grade(), 3U);
}

TEST_F(Rating, WhoLeavesWithoutAGradeIsNotAskedAnyMore) {
    given(with_told());
    CaseKeys::press(CaseDo::rate);
    given(idle_window());
    EXPECT_EQ(page(), RatingPage::nothing);
    EXPECT_FALSE(rated().has_value());
}

TEST_F(Rating, SilenceIsFollowedByTheSameRatingAgain) {
    given(with_told());
    CaseKeys::press(CaseDo::rate);
    press(RatingDo::grade, 2);
    press(RatingDo::confirm);
    ASSERT_TRUE(rated().has_value());
    const std::string first = id;
    model.rating().answered(tl::unexpected(Error{"server_unreachable", ""}), now);
    EXPECT_FALSE(rated().has_value());
    now += kSendAgainMs;
    EXPECT_EQ(rated().value_or(protocol::RateCase{}).grade(), 2U);
    EXPECT_EQ(id, first);
}

TEST_F(Rating, WhatWasNotTakenIsSaidInsteadOfThanks) {
    given(with_told());
    CaseKeys::press(CaseDo::rate);
    press(RatingDo::grade, 5);
    press(RatingDo::confirm);
    ASSERT_TRUE(rated().has_value());
    protocol::Reply reply;
    reply.mutable_refusal()->set_code(RefusalCode::rater_is_rated);
    model.rating().answered(reply, now);
    EXPECT_EQ(page(), RatingPage::not_taken);
}

TEST(RatingOnItsOwnScreen, AsksOnceForEachCase) {
    RatingModel model;
    auto view = with_told();
    fill_case(*view.add_cases());
    *view.mutable_cases(1) = view.cases(0);
    view.mutable_cases(1)->set_id(121);
    const auto follow = [&] { model.follow(model.next_of(view.cases()), 0); };
    follow();
    EXPECT_EQ(model.about(), 118U);
    model.act({RatingDo::decline, 0}, 0);
    follow();
    EXPECT_EQ(model.about(), 121U);
    model.act({RatingDo::decline, 0}, 0);
    follow();
    EXPECT_FALSE(model.shown());
}

// Emergencies are AlarmModel's (tests/console): here, that none waits for the clerk's commands.

TEST_F(CaseKeys, AnAlarmIsAnsweredWhileACommandIsOnItsWay) {
    auto care = quiet_hall();
    add_emergency(care, 3, "等候区", protocol::EmergencyState::raised);
    given(care);
    given(with_case());
    press(CaseDo::enter);
    sent();
    model.picture(now);
    now += console::kAlarmSettleMs;
    model.act(console::AlarmAct{AlarmDo::respond}, now);
    const auto sending = model.desk().alarm.outgoing();
    ASSERT_TRUE(sending.has_value());
    EXPECT_EQ(sending->command.acknowledge_emergency().emergency(), 3U);
}

TEST_F(CaseKeys, WhoIsAtTheWindowIsTheFirstPlaceOfAnAlarm) {
    given(with_case());
    model.act(console::AlarmAct{AlarmDo::ask_raise}, now);
    EXPECT_EQ(model.picture(now).alarm.options[0].value, "window:2#A023");
}

}  // namespace
}  // namespace hall::clerk
