// What a visitor is told about his place.
#include <gtest/gtest.h>

#include "client/refusal_text.h"

namespace hall::client {
namespace {

constexpr int32_t kChinaS = 8 * 3'600;
constexpr int64_t k0841Ms = ((8 - 8) * 60 + 41) * 60'000;  // 08:41 in China, 1970-01-01

protocol::Ticket waiting(uint32_t ahead, uint32_t green) {
    protocol::Ticket ticket;
    ticket.set_state(protocol::TicketState::waiting);
    ticket.set_ahead(ahead);
    ticket.set_ahead_green(green);
    ticket.set_locked_after_ms(k0841Ms);
    return ticket;
}

TEST(Sentence, TellsHowManyAreAheadHowManyWithPriorityAndFromWhenThePlaceIsLocked) {
    EXPECT_EQ(
        ticket_sentence(waiting(5, 2), kChinaS),
        "前面 5 位,其中 2 位享受优先照顾。08:41 以后到的人不会排到您前面(急救等特殊情况除外)。");
    EXPECT_EQ(ticket_sentence(waiting(5, 0), kChinaS),
              "前面 5 位。08:41 以后到的人不会排到您前面(急救等特殊情况除外)。");
}

TEST(Sentence, NeverTellsABareZero) {
    EXPECT_EQ(ticket_sentence(waiting(0, 0), kChinaS),
              "前面没有人在等。08:41 以后到的人不会排到您前面(急救等特殊情况除外)。");
}

TEST(Sentence, ClockIsTheHallsAlsoBeforeMidnightUtc) {
    EXPECT_EQ(clock_text(0, kChinaS), "08:00");
    EXPECT_EQ(clock_text(-60'000, 0), "23:59");
    EXPECT_EQ(clock_text(0, -3'600), "23:00");
}

TEST(Sentence, EveryRefusalGetsAMessage) {
    protocol::Reply reply;
    reply.mutable_refusal()->set_code(protocol::RefusalCode::nobody_eligible);
    fill_texts(reply, kChinaS);
    EXPECT_FALSE(reply.refusal().message().empty());
}

}  // namespace
}  // namespace hall::client
