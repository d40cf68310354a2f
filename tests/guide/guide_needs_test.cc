// Waits, stopped services, and what a visitor needs beyond a service.
#include "tests/guide/guide_taps.h"

namespace hall::guide {
namespace {

using protocol::Proxy;
using protocol::RefusalCode;

struct GuideNeeds : GuideTaps {
    // The command that the form comes to.
    protocol::IssueTicket issued_ticket() {
        tap(Do::issue);
        return sent().command.issue_ticket();
    }
    protocol::GuideView with_proxy(Proxy::Value proxy) {
        auto view = busy_hall();
        view.mutable_services(0)->set_proxy(proxy);
        return view;
    }
};

TEST_F(GuideNeeds, AServiceSaysPeopleFirstAndMinutesAsARange) {
    auto view = busy_hall();
    auto& first = *view.mutable_services(0);
    first.set_ahead(5);
    first.set_wait_low_ms(15 * kMinuteMs);
    first.set_wait_high_ms(20 * kMinuteMs);
    given(view);
    EXPECT_EQ(picture().services[0].detail, "前 5 位·约 15–20 分钟");
    first.set_wait_low_ms(0);
    given(view);
    EXPECT_EQ(picture().services[0].detail, "前 5 位·约 20 分钟内");
    first.set_wait_low_ms(20 * kMinuteMs);
    given(view);
    EXPECT_EQ(picture().services[0].detail, "前 5 位·约 20 分钟");
}

TEST_F(GuideNeeds, NoMinutesAreSaidWhenNothingCanBeSaid) {
    auto view = open_hall();
    view.mutable_services(0)->set_ahead(5);
    given(view);
    EXPECT_EQ(picture().services[0].detail, "前面 5 位");
    view.mutable_services(0)->set_ahead(0);
    given(view);
    EXPECT_EQ(picture().services[0].detail, "前面没有人");
}

TEST_F(GuideNeeds, TheVisitorIsToldTheMinutesOfHisOwnNumber) {
    given(busy_hall());
    tap(Do::service, "pension_claim");
    tap(Do::issue);
    sent();
    auto reply = issued("A024", 7);
    reply.mutable_ticket()->set_wait_low_ms(15 * kMinuteMs);
    reply.mutable_ticket()->set_wait_high_ms(20 * kMinuteMs);
    answer(reply);
    EXPECT_EQ(picture().card.place, "前 5 位·约 15–20 分钟");
}

TEST_F(GuideNeeds, AStoppedServiceSaysSoWithAShapeAndWhatToOffer) {
    auto view = busy_hall();
    view.mutable_services(0)->set_stopped(true);
    given(view);
    EXPECT_EQ(picture().services[0].detail, "■ 已停止取号");
    tap(Do::service, "pension_claim");
    EXPECT_EQ(picture().message.gravity, Gravity::warning);
    EXPECT_NE(picture().message.word.find("改约明天"), std::string::npos);
    EXPECT_NE(picture().message.word.find("留件"), std::string::npos);
}

TEST_F(GuideNeeds, ARefusalBecauseIssuingStoppedOffersTomorrowsFirstSlotWithOneTap) {
    given(busy_hall());
    tap(Do::service, "pension_claim");
    tap(Do::category, "80plus");
    tap(Do::issue);
    sent();
    refuse(RefusalCode::issuing_stopped);
    EXPECT_TRUE(picture().stopped.open);
    EXPECT_NE(picture().stopped.sentence.find("轮不到"), std::string::npos);
    EXPECT_FALSE(picture().stopped.disabled.empty()) << "no slot is known yet";
    EXPECT_EQ(slots_come(), "pension_claim");
    EXPECT_EQ(picture().stopped.tomorrow, "预约 明天 08:30")
        << "the earliest, not the first of the list, and not today's";
    tap(Do::book_tomorrow);
    const auto booking = sent().command.book_appointment();
    EXPECT_EQ(booking.slot_ms(), kNineFortyTwo + (24 * 60 - 72) * kMinuteMs);
    EXPECT_EQ(booking.ticket().services(0), "pension_claim");
    EXPECT_EQ(booking.ticket().categories(0), "80plus");
    EXPECT_FALSE(booking.leaves_papers());
}

TEST_F(GuideNeeds, PapersCanBeLeftInstead) {
    given(busy_hall());
    tap(Do::service, "pension_claim");
    tap(Do::issue);
    sent();
    refuse(RefusalCode::issuing_stopped);
    slots_come();
    tap(Do::leave_papers);
    EXPECT_TRUE(sent().command.book_appointment().leaves_papers());
}

TEST_F(GuideNeeds, AStoppedServiceWithoutAnyFreeSlotSaysSo) {
    given(busy_hall());
    tap(Do::service, "pension_claim");
    tap(Do::issue);
    sent();
    refuse(RefusalCode::issuing_stopped);
    protocol::Reply none;
    add_slot(*none.mutable_slots(), "2026-11-24", kNineFortyTwo + 60 * kMinuteMs, 3);
    add_slot(*none.mutable_slots(), "2026-11-25", kNineFortyTwo + 1'500 * kMinuteMs, 0);
    slots_come(none);
    EXPECT_EQ(picture().stopped.disabled, "没有可约的时段");
    tap(Do::book_tomorrow);
    EXPECT_FALSE(model.outgoing().has_value());
    tap(Do::close);
    EXPECT_TRUE(service(picture(), "pension_claim").on) << "what was entered is still there";
}

TEST_F(GuideNeeds, EverythingChosenGoesOntoTheTicketAndIsSaidBeforeIt) {
    given(busy_hall());
    tap(Do::service, "pension_claim");
    tap(Do::must_speak, "za");
    tap(Do::prefers, "yue");
    tap(Do::step_free);
    tap(Do::mean, "low_desk");
    tap(Do::proxy, "letter");
    tap(Do::principal, "80plus");
    EXPECT_EQ(picture().more_needs.label, "需要 5 项");
    EXPECT_EQ(picture().message.word, "领养老金:前 3 位·授权代理等 5 项需要");
    const auto ticket = issued_ticket();
    EXPECT_EQ(ticket.must_speak(), "za");
    ASSERT_EQ(ticket.prefers_size(), 1);
    EXPECT_EQ(ticket.prefers(0), "yue");
    EXPECT_TRUE(ticket.step_free());
    ASSERT_EQ(ticket.needs_size(), 1);
    EXPECT_EQ(ticket.needs(0), protocol::Need::low_desk);
    EXPECT_EQ(ticket.proxy(), Proxy::letter);
    ASSERT_EQ(ticket.principal_categories_size(), 1);
    EXPECT_EQ(ticket.principal_categories(0), "80plus");
}

TEST_F(GuideNeeds, TwoNeedsAreSaidByName) {
    given(busy_hall());
    tap(Do::service, "pension_claim");
    tap(Do::proxy, "free");
    tap(Do::must_speak, "za");
    EXPECT_EQ(picture().message.word, "领养老金:前 3 位·亲友代办·要会壮语");
    EXPECT_EQ(picture().message.gravity, Gravity::plain) << "no notice takes its place";
}

TEST_F(GuideNeeds, OneLanguageMustBeSpokenAndIsNotPreferredAsWell) {
    given(busy_hall());
    tap(Do::service, "pension_claim");
    tap(Do::prefers, "za");
    tap(Do::must_speak, "yue");
    tap(Do::must_speak, "za");
    const auto ticket = issued_ticket();
    EXPECT_EQ(ticket.must_speak(), "za");
    EXPECT_EQ(ticket.prefers_size(), 0);
}

TEST_F(GuideNeeds, LanguagesAreThoseTheHallTells) {
    given(busy_hall());
    tap(Do::show_needs);
    const auto needs = picture().needs;
    ASSERT_EQ(needs.must_speak.size(), 4U);
    EXPECT_EQ(needs.must_speak[3].label, "壮语");
    given(open_hall());
    EXPECT_TRUE(picture().needs.must_speak.empty());
}

TEST_F(GuideNeeds, AProxyIsOfferedAsTheServiceAllows) {
    const auto offered = [&](Proxy::Value proxy) {
        given(with_proxy(proxy));
        return picture().needs.who.size();
    };
    given(busy_hall());
    tap(Do::service, "pension_claim");
    tap(Do::show_needs);
    EXPECT_EQ(offered(Proxy::none), 3U);
    EXPECT_EQ(offered(Proxy::free), 3U);
    EXPECT_EQ(offered(Proxy::letter), 2U);
    EXPECT_EQ(picture().needs.who[1].code, "letter");
    EXPECT_EQ(offered(Proxy::in_person), 0U);
    EXPECT_EQ(picture().needs.who_only, "这项业务要本人办理,不能代办");
    tap(Do::close);
    EXPECT_NE(picture().message.word.find("须本人办理"), std::string::npos)
        << "the guide reads it before the ticket is issued";
}

TEST_F(GuideNeeds, AProxyThatTheNextServiceDoesNotTakeIsDroppedAndSaid) {
    auto view = with_proxy(Proxy::in_person);
    given(view);
    tap(Do::service, "card_new");
    tap(Do::proxy, "free");
    tap(Do::service, "pension_claim");
    EXPECT_EQ(picture().message.word, "这项业务要本人办理,不能代办");
    EXPECT_EQ(issued_ticket().proxy(), Proxy::none);
}

TEST_F(GuideNeeds, ThePrincipalsCareCountsOnlyWhereProxiesInherit) {
    auto view = busy_hall();
    given(view);
    tap(Do::proxy, "free");
    tap(Do::show_needs);
    EXPECT_FALSE(picture().needs.principal.empty());
    view.set_proxy_inherits(false);
    given(view);
    EXPECT_TRUE(picture().needs.principal.empty());
}

TEST_F(GuideNeeds, BeforeOpeningTheNeedsAreRegisteredToo) {
    given(early_hall());
    tap(Do::service, "pension_claim");
    tap(Do::step_free);
    tap(Do::issue);
    EXPECT_TRUE(sent().command.register_early_waiting().ticket().step_free());
}

TEST_F(GuideNeeds, WhatWasClearedByMistakeComesBack) {
    given(busy_hall());
    tap(Do::service, "pension_claim");
    tap(Do::category, "80plus");
    tap(Do::must_speak, "za");
    tap(Do::clear);
    EXPECT_FALSE(service(picture(), "pension_claim").on);
    EXPECT_EQ(picture().clear_label, "恢复");
    now += 3'600'000;
    tap(Do::clear);
    EXPECT_TRUE(service(picture(), "pension_claim").on);
    EXPECT_EQ(issued_ticket().must_speak(), "za");
}

TEST_F(GuideNeeds, AnUndoneNumberDoesNotTakeTheNextVisitorsForm) {
    given(busy_hall());
    issue("A024", 7);
    tap(Do::service, "card_new");
    tap(Do::undo);
    sent();
    answer(protocol::Reply{});
    EXPECT_TRUE(service(picture(), "card_new").on);
    EXPECT_FALSE(service(picture(), "pension_claim").on);
}

TEST_F(GuideNeeds, WhoNobodyCanServeIsNamedWithTheLanguage) {
    auto view = open_hall();
    view.add_unspoken()->set_number("A012");
    view.mutable_unspoken(0)->set_must_speak("za");
    view.add_unspoken()->set_number("B003");
    view.set_unspoken_count(60);
    view.set_reserve_advised(true);
    given(view);
    const auto notices = picture().notices;
    ASSERT_EQ(notices.size(), 4U);
    EXPECT_EQ(notices[0].word, "暂无窗口能办:B003");
    EXPECT_EQ(notices[1].word, "有人需要壮语,暂无窗口(A012)");
    EXPECT_NE(notices[2].word.find("58 位"), std::string::npos);
    EXPECT_NE(notices[3].word.find("建议设优先窗口"), std::string::npos);
    for (const Word& notice : notices) EXPECT_EQ(notice.gravity, Gravity::warning);
}

TEST_F(GuideNeeds, ManyWithoutAWindowAreCountedNotListed) {
    auto view = open_hall();
    for (int i = 0; i < 5; ++i) {
        auto* row = view.add_unspoken();
        row->set_number("A01" + std::to_string(i));
        row->set_must_speak("za");
    }
    view.set_unspoken_count(5);
    given(view);
    EXPECT_EQ(picture().notices.front().word, "有人需要壮语,暂无窗口(A010、A011 等 5 位)");
}

}  // namespace
}  // namespace hall::guide
