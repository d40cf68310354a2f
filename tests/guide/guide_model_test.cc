// What the guide's taps come to: given a view, when this is tapped, then that is sent and said.
#include "displays/guide/guide_model.h"

#include "tests/guide/guide_taps.h"

namespace hall::guide {
namespace {

using protocol::PrinterState;
using protocol::PrintState;
using protocol::RefusalCode;

TEST_F(GuideTaps, AGreenChannelTicketIsThreeTapsFromHome) {
    given(open_hall());
    tap(Do::service, "pension_claim");
    tap(Do::category, "80plus");
    tap(Do::issue);
    const auto sending = sent();
    ASSERT_TRUE(sending.command.has_issue_ticket());
    EXPECT_EQ(sending.command.issue_ticket().services(0), "pension_claim");
    EXPECT_EQ(sending.command.issue_ticket().categories(0), "80plus");
    EXPECT_FALSE(sending.command.issue_ticket().by_sight());
    answer(issued("A024", 7));
    EXPECT_EQ(picture().card.number, "A024");
    EXPECT_EQ(picture().card.place, "前面 5 位");
    EXPECT_FALSE(picture().clear_disabled.empty()) << "home again for the next visitor";
}

TEST_F(GuideTaps, BeforeOpeningTheSameThreeTapsRegister) {
    given(early_hall());
    tap(Do::service, "pension_claim");
    tap(Do::category, "80plus");
    tap(Do::seat);
    tap(Do::issue);
    const auto sending = sent();
    ASSERT_TRUE(sending.command.has_register_early_waiting());
    EXPECT_TRUE(sending.command.register_early_waiting().seat());
    EXPECT_EQ(sending.command.register_early_waiting().ticket().services(0), "pension_claim");
}

TEST_F(GuideTaps, ARefusalKeepsWhatWasEnteredAndSaysWhy) {
    given(early_hall());
    tap(Do::service, "card_new");
    tap(Do::category, "disabled");
    tap(Do::by_sight);
    tap(Do::seat);
    tap(Do::issue);
    sent();
    refuse(RefusalCode::no_seat_free);
    const GuidePicture after = picture();
    EXPECT_NE(after.message.word.find("爱心专座已满"), std::string::npos) << after.message.word;
    EXPECT_EQ(after.message.gravity, Gravity::bad);
    EXPECT_TRUE(service(after, "card_new").on);
    EXPECT_TRUE(after.by_sight.on);
    EXPECT_TRUE(after.seat.on);
    EXPECT_TRUE(after.issue_disabled.empty());
}

TEST_F(GuideTaps, ADoublePressIssuesOneTicket) {
    given(open_hall());
    tap(Do::service, "pension_claim");
    tap(Do::issue);
    sent();
    tap(Do::issue);
    EXPECT_FALSE(model.outgoing().has_value());
    answer(issued("A024", 7));
    tap(Do::issue);
    EXPECT_FALSE(model.outgoing().has_value()) << "nothing is chosen for the next visitor yet";
}

TEST_F(GuideTaps, WithoutAnAnswerTheNextPressIsTheSameRequest) {
    given(open_hall());
    tap(Do::service, "pension_claim");
    tap(Do::issue);
    const auto first = sent();
    model.answered(tl::unexpected(Error{"server_unreachable", ""}), now);
    EXPECT_NE(picture().message.word.find("不会办两次"), std::string::npos);
    tap(Do::issue);
    EXPECT_EQ(sent().command_id, first.command_id);
    model.answered(tl::unexpected(Error{"server_unreachable", ""}), now);
    tap(Do::clear);
    tap(Do::service, "pension_claim");
    tap(Do::issue);
    EXPECT_NE(sent().command_id, first.command_id) << "another visitor";
}

TEST_F(GuideTaps, AWrongTapIsTakenBackForTenSecondsAndTheFormReturns) {
    given(open_hall());
    issue("A024", 7);
    EXPECT_EQ(picture().card.undo, "撤销 10 秒");
    now += 9'000;
    EXPECT_EQ(picture().card.undo, "撤销 1 秒");
    tap(Do::undo);
    const auto sending = sent();
    EXPECT_EQ(sending.command.cancel_ticket().number(), "A024");
    EXPECT_EQ(sending.command.cancel_ticket().reason(), protocol::Reason::issued_by_mistake);
    answer(protocol::Reply{});
    const GuidePicture after = picture();
    EXPECT_TRUE(after.card.undo.empty());
    EXPECT_TRUE(service(after, "pension_claim").on);
    EXPECT_NE(after.card.message.word.find("已撤销"), std::string::npos);
}

TEST_F(GuideTaps, AfterTenSecondsThereIsNothingToTakeBack) {
    given(open_hall());
    issue("A024", 7);
    now += kUndoMs;
    EXPECT_TRUE(picture().card.undo.empty());
    tap(Do::undo);
    EXPECT_FALSE(model.outgoing().has_value());
}

TEST_F(GuideTaps, TheUndoCountdownWakesTheScreenEachSecondAndThenNoMore) {
    given(open_hall());
    issue("A024", 7);
    EXPECT_LE(model.idle_ms(now), 1'000);
    now += kUndoMs;
    EXPECT_GT(model.idle_ms(now), 1'000);
}

TEST_F(GuideTaps, AGuideThatDidNotPrintIsBadNewsAndATestPageIsNot) {
    auto view = open_hall();
    add_print(view, 7, "", PrintState::failed, PrinterState::paper_out);
    given(view);
    EXPECT_EQ(picture().bad_prints, 0U);
    view.mutable_prints(0)->mutable_item()->set_code("pension_claim");
    given(view);
    ASSERT_EQ(picture().bad_prints, 1U);
    tap(Do::show_prints);
    EXPECT_EQ(picture().list.prints.at(0).number, "纸质指南");
}

TEST_F(GuideTaps, AnUnprintedNumberIsBadNewsWithAWayOut) {
    given(open_hall());
    issue("A024", 7);
    auto view = open_hall();
    view.mutable_printers(0)->set_state(PrinterState::paper_out);
    add_print(view, 7, "A024", PrintState::failed, PrinterState::paper_out);
    given(view);
    const PrintRow print = picture().card.print;
    EXPECT_EQ(print.state.word, "没有打印:缺纸");
    EXPECT_EQ(print.state.gravity, Gravity::bad);
    EXPECT_EQ(print.move_to, "self-service");
    EXPECT_EQ(picture().bad_prints, 1U);
    tap(Do::move_print, "self-service", 7);
    const auto sending = sent();
    EXPECT_EQ(sending.command.retry_print().job(), 7U);
    EXPECT_EQ(sending.command.retry_print().printer(), "self-service");
}

TEST_F(GuideTaps, APrinterThatSaysNothingIsToldWithinTwoSeconds) {
    given(open_hall());
    issue("A024", 7);
    auto view = open_hall();
    add_print(view, 7, "A024", PrintState::requested);
    given(view);
    EXPECT_EQ(picture().card.print.state.word, "正在打印");
    EXPECT_LE(model.idle_ms(now), kPrintSilentMs);
    now += kPrintSilentMs;
    EXPECT_EQ(picture().card.print.state.gravity, Gravity::bad);
}

TEST_F(GuideTaps, AnEarlierPrintGoneWrongIsCountedUntilWavedAway) {
    auto view = open_hall();
    add_print(view, 5, "A020", PrintState::unconfirmed);
    given(view);
    EXPECT_EQ(picture().bad_prints, 1U);
    tap(Do::dismiss_print, "", 5);
    EXPECT_EQ(picture().bad_prints, 0U);
}

TEST_F(GuideTaps, BySightOnlyForWhatCanBeSeen) {
    given(open_hall());
    EXPECT_FALSE(picture().by_sight.disabled.empty());
    tap(Do::category, "pregnant");
    EXPECT_TRUE(picture().by_sight.disabled.empty());
    tap(Do::by_sight);
    EXPECT_TRUE(picture().by_sight.on);
    tap(Do::category, "80plus");
    EXPECT_FALSE(picture().by_sight.on);
    EXPECT_NE(picture().by_sight.disabled.find("80 岁以上"), std::string::npos);
}

TEST_F(GuideTaps, CategoriesWithPriorityComeFirst) {
    given(open_hall());
    const auto categories = picture().categories;
    EXPECT_EQ(categories.front().code, "80plus");
    EXPECT_EQ(categories.back().code, "serviceman");
}

TEST_F(GuideTaps, TheMostUsedServicesComeFirst) {
    given(open_hall());
    protocol::TicketList tickets;
    for (const char* code : {"consultation", "card_new", "consultation"}) {
        tickets.add_tickets()->add_services(code);
    }
    model.order_services_by(tickets);
    const auto services = picture().services;
    EXPECT_EQ(services[0].code, "consultation");
    EXPECT_EQ(services[1].code, "card_new");
    EXPECT_EQ(services[2].code, "pension_claim");
    issue("A024", 7);
    EXPECT_EQ(picture().services[0].code, "consultation") << "buttons stay where hands know them";
}

TEST_F(GuideTaps, ASecondServiceReplacesTheFirstUnlessSeveralAreWanted) {
    given(open_hall());
    tap(Do::service, "pension_claim");
    tap(Do::service, "card_new");
    tap(Do::issue);
    EXPECT_EQ(sent().command.issue_ticket().services_size(), 1);
    refuse(RefusalCode::server_busy);
    tap(Do::several);
    tap(Do::service, "retirement");
    tap(Do::issue);
    const auto command = sent().command.issue_ticket();
    ASSERT_EQ(command.services_size(), 2);
    EXPECT_EQ(command.services(0), "card_new");
    EXPECT_EQ(command.services(1), "retirement");
}

TEST_F(GuideTaps, AClosedHallSaysWhyAndWhenItOpens) {
    auto view = open_hall();
    view.mutable_head()->set_phase(protocol::Phase::closed);
    view.set_opening_at_ms(kNineFortyTwo + 30 * kMinuteMs);
    given(view);
    EXPECT_NE(picture().issue_disabled.find("10:12"), std::string::npos);
    tap(Do::service, "pension_claim");
    tap(Do::issue);
    EXPECT_FALSE(model.outgoing().has_value());
    view.set_opening_at_ms(kNineFortyTwo - 600 * kMinuteMs);
    given(view);
    EXPECT_NE(picture().message.word.find("明天 08:30"), std::string::npos)
        << picture().message.word;
}

TEST_F(GuideTaps, AStaleViewTurnsTheButtonsOffAndSaysSo) {
    given(open_hall());
    tap(Do::service, "pension_claim");
    model.take(newest(open_hall(), client::FeedState::stale), now);
    const GuidePicture stale = picture();
    EXPECT_EQ(stale.states.front().word, "连接中断");
    EXPECT_NE(stale.message.word.find("09:42"), std::string::npos);
    EXPECT_FALSE(stale.issue_disabled.empty());
    EXPECT_FALSE(stale.off.empty());
    tap(Do::issue);
    EXPECT_FALSE(model.outgoing().has_value());
    given(open_hall());
    EXPECT_TRUE(service(picture(), "pension_claim").on) << "what was entered is still there";
}

TEST_F(GuideTaps, WhoIsAwayComesBackWithOneTap) {
    auto view = open_hall();
    add_away(view, "A011", protocol::TicketState::missed);
    given(view);
    ASSERT_EQ(picture().list.rows.size(), 1U);
    EXPECT_TRUE(picture().list.rows[0].can_return);
    tap(Do::come_back, "A011");
    EXPECT_EQ(sent().command.return_ticket().number(), "A011");
}

TEST_F(GuideTaps, ATypedNumberStepsOutAndARefusalKeepsIt) {
    given(open_hall());
    tap(Do::enter_number);
    for (const char* character : {"A", "0", "2", "1"}) tap(Do::type, character);
    tap(Do::step_out);
    EXPECT_EQ(sent().command.step_out().number(), "A021");
    refuse(RefusalCode::ticket_not_waiting);
    EXPECT_TRUE(picture().entry.open);
    EXPECT_EQ(picture().entry.typed, "A021");
    EXPECT_EQ(picture().entry.message.gravity, Gravity::bad);
    tap(Do::step_out);
    sent();
    protocol::Reply reply;
    reply.mutable_ticket()->set_number("A021");
    reply.mutable_ticket()->set_stepped_out_until_ms(kNineFortyTwo + 15 * kMinuteMs);
    answer(reply);
    EXPECT_FALSE(picture().entry.open);
    EXPECT_EQ(picture().message.word, "A021 暂离,09:57 前回来位次不变");
}

TEST_F(GuideTaps, AGreenVisitorWhoDidNotComeIsLookedFor) {
    auto view = open_hall();
    view.add_looks()->set_number("A023");
    view.mutable_looks(0)->set_window(2);
    given(view);
    EXPECT_EQ(picture().notices.front().word, "请去找 A023(2 号窗口已叫两次)");
}

TEST_F(GuideTaps, NothingChangesWhileNothingHappens) {
    given(open_hall());
    const GuidePicture before = picture();
    const std::int64_t idle = model.idle_ms(now);
    now += idle - 1;
    EXPECT_EQ(picture(), before);
    now += 1;
    EXPECT_NE(picture().clock, before.clock);
}

}  // namespace
}  // namespace hall::guide
