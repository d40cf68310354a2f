// What a visitor is told about his place.
#include <gtest/gtest.h>

#include <algorithm>

#include "client/refusal_text.h"

namespace hall::client {
namespace {

using protocol::TicketState;
using wording::Language;

constexpr int32_t kChinaS = 8 * 3'600;
constexpr int64_t kMinuteMs = 60'000;
constexpr int64_t k0841Ms = ((8 - 8) * 60 + 41) * kMinuteMs;  // 08:41 in China, 1970-01-01

const std::string kLocked = "08:41 以后到的人不会排到您前面(急救等特殊情况除外)。";

protocol::Ticket waiting(uint32_t ahead, uint32_t green) {
    protocol::Ticket ticket;
    ticket.set_state(TicketState::waiting);
    ticket.set_ahead(ahead);
    ticket.set_ahead_green(green);
    ticket.set_locked_after_ms(k0841Ms);
    return ticket;
}

protocol::Ticket waiting_for(int64_t low_minutes, int64_t high_minutes) {
    protocol::Ticket ticket = waiting(5, 2);
    ticket.set_wait_low_ms(low_minutes * kMinuteMs);
    ticket.set_wait_high_ms(high_minutes * kMinuteMs);
    return ticket;
}

std::string said(const protocol::Ticket& ticket) {
    return ticket_sentence(ticket, kChinaS);
}

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST(Sentence, TellsHowManyAreAheadHowManyWithPriorityAndFromWhenThePlaceIsLocked) {
    EXPECT_EQ(said(waiting(5, 2)), "前面 5 位,其中 2 位享受优先照顾。" + kLocked);
    EXPECT_EQ(said(waiting(5, 0)), "前面 5 位。" + kLocked);
}

TEST(Sentence, NeverTellsABareZero) {
    EXPECT_EQ(said(waiting(0, 0)), "前面没有人在等。" + kLocked);
    for (int64_t low = 0; low <= 20; ++low) {
        for (int64_t high = std::max<int64_t>(1, low); high <= 20; ++high) {
            const std::string wait = wait_text(low * kMinuteMs, high * kMinuteMs);
            EXPECT_FALSE(wait.front() == '0' || has(wait, " 0") || has(wait, "–0")) << wait;
        }
    }
}

TEST(Sentence, MinutesComeSecondAndAsARange) {
    EXPECT_EQ(said(waiting_for(15, 20)),
              "前面 5 位,其中 2 位享受优先照顾。" + kLocked + "预计等候 15–20 分钟。");
}

TEST(Sentence, MinutesAreRoundedUpToFive) {
    EXPECT_EQ(wait_text(11 * kMinuteMs, 16 * kMinuteMs), "15–20 分钟");
    EXPECT_EQ(wait_text(15 * kMinuteMs, 20 * kMinuteMs + 1), "15–25 分钟");
    // The exact ends of a step stay where they are.
    EXPECT_EQ(wait_text(10 * kMinuteMs, 15 * kMinuteMs), "10–15 分钟");
}

TEST(Sentence, ARangeIsNeverOneNumberTwice) {
    EXPECT_EQ(wait_text(12 * kMinuteMs, 13 * kMinuteMs), "10–15 分钟");
    EXPECT_EQ(wait_text(2 * kMinuteMs, 3 * kMinuteMs), "5 分钟以内");
    EXPECT_EQ(wait_text(0, 9 * kMinuteMs), "10 分钟以内");
}

TEST(Sentence, MinutesThatCannotBeReliedOnAreNotTold) {
    EXPECT_FALSE(has(said(waiting(5, 2)), "分钟"));
    EXPECT_EQ(wait_text(0, 0), "");
}

TEST(Sentence, WhenNoWindowCanServeItSaysWhatWasDoneAndNoMinutes) {
    protocol::Ticket ticket = waiting_for(15, 20);
    ticket.set_no_window_open(true);
    EXPECT_TRUE(has(said(ticket), "窗口暂未开放,已通知引导员。")) << said(ticket);
    EXPECT_FALSE(has(said(ticket), "分钟"));
    ticket.set_must_speak("za");
    EXPECT_TRUE(has(said(ticket), "暂无会壮语的窗口,已通知引导员。")) << said(ticket);
    // Before the doors open every window is closed.
    ticket.set_state(TicketState::registered);
    EXPECT_FALSE(has(said(ticket), "暂无")) << said(ticket);
}

TEST(Sentence, AnEasedLanguageSaysWhoWillHelp) {
    protocol::Ticket ticket = waiting_for(15, 20);
    ticket.set_must_speak("za");
    ticket.set_language_eased(true);
    EXPECT_TRUE(has(said(ticket), "预计等候 15–20 分钟。可由翻译或 12333 专线协助办理。"));
}

TEST(Sentence, ABoardSaysTheSameAndNoLanguage) {
    protocol::Place place;
    place.set_state(TicketState::waiting);
    place.set_ahead(5);
    place.set_ahead_green(2);
    place.set_locked_after_ms(k0841Ms);
    place.set_wait_low_ms(15 * kMinuteMs);
    place.set_wait_high_ms(20 * kMinuteMs);
    EXPECT_EQ(place_sentence(place, kChinaS), said(waiting_for(15, 20)));
    place.set_no_window_open(true);
    EXPECT_TRUE(has(place_sentence(place, kChinaS), "已通知引导员"));
}

TEST(Sentence, AfterTheQueueItSaysWhereToGo) {
    protocol::Ticket ticket;
    ticket.set_state(TicketState::called);
    ticket.set_window(2);
    EXPECT_EQ(said(ticket), "请到 2 号窗口。");
    ticket.set_state(TicketState::serving);
    EXPECT_EQ(said(ticket), "办理中,2号窗口。");
    ticket.set_window(0);
    for (const auto state : {TicketState::missed, TicketState::stepped_out, TicketState::on_errand,
                             TicketState::held}) {
        ticket.set_state(state);
        EXPECT_TRUE(has(said(ticket), "请找引导员")) << said(ticket);
    }
}

TEST(Sentence, IsToldInEnglishToo) {
    EXPECT_EQ(
        ticket_sentence(waiting_for(15, 20), kChinaS, Language::en),
        "5 ahead of you, 2 of them with priority. Nobody who comes after 08:41 will be called "
        "before you (except in an emergency). Expected wait: 15–20 minutes.");
}

TEST(Sentence, ClockIsTheHallsAlsoBeforeMidnightUtc) {
    EXPECT_EQ(clock_text(0, kChinaS), "08:00");
    EXPECT_EQ(clock_text(-60'000, 0), "23:59");
    EXPECT_EQ(clock_text(0, -3'600), "23:00");
}

TEST(Sentence, EveryRefusalGetsAMessageAndEveryPlaceItsSentence) {
    protocol::Reply reply;
    reply.mutable_refusal()->set_code(protocol::RefusalCode::nobody_eligible);
    fill_texts(reply, kChinaS);
    EXPECT_FALSE(reply.refusal().message().empty());
    reply.mutable_place()->set_state(TicketState::waiting);
    fill_texts(reply, kChinaS);
    EXPECT_FALSE(reply.place().sentence().empty());
}

}  // namespace
}  // namespace hall::client
