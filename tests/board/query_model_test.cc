// What is typed in front of a board, what is asked for, and how long the answer stays.
#include "displays/board/query_model.h"

#include <gtest/gtest.h>

#include "wording/wording.h"

namespace hall::board {
namespace {

using Groups = google::protobuf::RepeatedPtrField<protocol::BoardView::Group>;

Groups groups_of(const std::string& letters) {
    Groups out;
    for (const char letter : letters) out.Add()->set_letter(std::string(1, letter));
    return out;
}

client::Answer place(const std::string& number, std::uint32_t ahead) {
    protocol::Reply reply;
    reply.mutable_place()->set_number(number);
    reply.mutable_place()->set_state(protocol::TicketState::waiting);
    reply.mutable_place()->set_ahead(ahead);
    return reply;
}

struct BoardQuery : testing::Test {
    QueryModel model;
    Groups groups = groups_of("AB");
    std::int64_t now = 5'000'000;

    void type(const std::string& text) {
        for (const char character : text) model.type(character, now);
    }
    Asking asked() {
        model.enter(groups, now);
        auto asking = model.outgoing();
        EXPECT_TRUE(asking.has_value());
        return asking.value_or(Asking{});
    }
    void answer(const Asking& asking, const client::Answer& answer) {
        model.answered(asking.id, answer, 8 * 3'600, now);
    }
    QueryPicture picture() const { return model.picture(now); }
    QueryPicture after(std::int64_t ms, int pages = 1) {
        now += ms;
        model.pass(now, pages);
        return picture();
    }
};

TEST_F(BoardQuery, ANumberAndEnterAskForItsPlaceAndTheAnswerShowsNumberAndSentence) {
    EXPECT_TRUE(picture().hint);
    type("a023");
    EXPECT_EQ(picture().typed, "A023");
    const Asking asking = asked();
    EXPECT_EQ(asking.query.place().number(), "A023");
    answer(asking, place("A023", 5));
    EXPECT_EQ(picture().number, "A023");
    EXPECT_EQ(picture().text, "前面 5 位。");
    EXPECT_FALSE(picture().hint);
}

TEST_F(BoardQuery, AScannersPayloadIsAskedForWithItsDayAndWithoutTheHall) {
    type("county/2026-11-24/A023");
    EXPECT_EQ(picture().typed, "A023");
    EXPECT_EQ(asked().query.place().number(), "2026-11-24/A023");
}

TEST_F(BoardQuery, OfMoreThanTwentyFourCharactersTheLastAreKeptWhereTheNumberIs) {
    type("hengzhou-east/2026-11-24/A1023");
    EXPECT_EQ(asked().query.place().number(), "2026-11-24/A1023");
    type(std::string(100, '7'));
    EXPECT_EQ(picture().typed.size(), kTypedMax);
}

TEST_F(BoardQuery, OnlyLettersDigitsHyphenAndSlashAreTaken) {
    for (const char character : std::string(" .,;'\"<>&%\t\n\x7f\xe4")) model.type(character, now);
    EXPECT_FALSE(picture().shown());
    model.enter(groups, now);
    EXPECT_FALSE(model.outgoing().has_value()) << "nothing typed is nothing asked";
}

TEST_F(BoardQuery, BackspaceTakesTheLastCharacterAndEscapeAll) {
    type("A024");
    model.erase(now);
    type("3");
    EXPECT_EQ(picture().typed, "A023");
    model.clear();
    EXPECT_TRUE(picture().hint);
    type("A");
    model.erase(now);
    EXPECT_TRUE(picture().hint);
    model.erase(now);
    EXPECT_TRUE(picture().hint);
}

TEST_F(BoardQuery, ZerosInFrontCanBeLeftOut) {
    EXPECT_EQ(number_asked("A7", groups), "A007");
    EXPECT_EQ(number_asked("A1023", groups), "A1023");
    EXPECT_EQ(number_asked("2026-11-24/B7", groups), "2026-11-24/B007");
}

TEST_F(BoardQuery, DigitsAloneAreEnoughWhereTheHallHasOneLetter) {
    EXPECT_EQ(number_asked("23", groups_of("A")), "A023");
    EXPECT_EQ(number_asked("23", groups_of("AB")), "23") << "the hall refuses it and says so";
    EXPECT_EQ(number_asked("", groups_of("A")), "");
    EXPECT_EQ(number_asked("A", groups_of("A")), "A");
}

TEST_F(BoardQuery, AnAnswerStaysFifteenSecondsAndIsNeverCutShortOfItsPages) {
    type("A023");
    answer(asked(), place("A023", 5));
    EXPECT_TRUE(after(kAnswerMs - 1).shown());
    EXPECT_FALSE(after(1).shown());

    type("A023");
    answer(asked(), place("A023", 5));
    EXPECT_EQ(after(kPageMs, 3).page, 1);
    EXPECT_EQ(after(kPageMs, 3).page, 2);
    EXPECT_TRUE(after(kPageMs - 1, 3).shown());
    EXPECT_FALSE(after(1, 3).shown());
}

TEST_F(BoardQuery, WhatWasTypedAndLeftIsNotFoundByTheNextVisitor) {
    type("A0");
    EXPECT_TRUE(after(kTypedMs - 1).shown());
    type("2");
    EXPECT_TRUE(after(kTypedMs - 1).shown()) << "each character starts the time anew";
    EXPECT_FALSE(after(1).shown());
}

TEST_F(BoardQuery, TheSameSecondsPassForEveryChange) {
    EXPECT_EQ(model.idle_ms(now, 1), std::nullopt);
    type("A023");
    EXPECT_EQ(model.idle_ms(now, 1), kTypedMs);
    const Asking asking = asked();
    EXPECT_EQ(model.idle_ms(now, 1), kAskingMs);
    now += kAskingMs;
    EXPECT_EQ(model.idle_ms(now, 1), std::nullopt);
    answer(asking, place("A023", 5));
    EXPECT_EQ(model.idle_ms(now, 1), kAnswerMs);
    EXPECT_EQ(model.idle_ms(now, 2), kPageMs);
    now += kPageMs;
    EXPECT_EQ(model.idle_ms(now, 2), kPageMs);
    EXPECT_EQ(model.idle_ms(now, 1), kAnswerMs - kPageMs);
}

TEST_F(BoardQuery, AnUnknownNumberGetsTheRefusalsSentence) {
    type("A999");
    protocol::Reply reply;
    reply.mutable_refusal()->set_code(protocol::RefusalCode::unknown_ticket);
    reply.mutable_refusal()->set_field("A999");
    answer(asked(), reply);
    EXPECT_EQ(picture().text, "今天没有这个号“A999”,请核对号票。");
    EXPECT_EQ(picture().number, "");
}

TEST_F(BoardQuery, ASilentHallSaysThatNumbersStayValid) {
    type("A023");
    answer(asked(), tl::unexpected(Error{"server_unreachable", ""}));
    EXPECT_EQ(picture().text, wording::text("board.stale"));
}

TEST_F(BoardQuery, AQuickAnswerFollowsWhatWasTypedAndASlowOneIsAnnounced) {
    type("A023");
    asked();
    EXPECT_EQ(picture().typed, "A023");
    now += kAskingMs;
    EXPECT_EQ(picture().text, "正在查询 A023,请稍候");
}

TEST_F(BoardQuery, OnlyTheLastQuestionsAnswerIsShown) {
    type("A001");
    const Asking first = asked();
    type("B002");
    answer(first, place("A001", 1));
    EXPECT_EQ(picture().typed, "B002") << "the next visitor is typing";
    const Asking second = asked();
    answer(first, place("A001", 1));
    EXPECT_EQ(picture().number, "");
    answer(second, place("B002", 2));
    EXPECT_EQ(picture().number, "B002");
    type("C");
    EXPECT_EQ(picture().typed, "C") << "the next key takes the answer away";
}

TEST_F(BoardQuery, ADoubleEnterAsksOnce) {
    type("A023");
    asked();
    model.enter(groups, now);
    EXPECT_FALSE(model.outgoing().has_value());
}

}  // namespace
}  // namespace hall::board
