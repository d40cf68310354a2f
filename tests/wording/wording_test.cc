#include "wording/wording.h"

#include <gtest/gtest.h>

#include "wording/names.h"

namespace hall::wording {
namespace {

TEST(Wording, SentenceIsChineseUnlessAnotherLanguageIsAsked) {
    EXPECT_EQ(text("ticket_state.waiting"), "等候中");
    EXPECT_EQ(text("ticket_state.waiting", Language::en), "Waiting");
}

TEST(Wording, MissingSentenceShowsItsKey) {
    EXPECT_EQ(text("no.such_key"), "no.such_key");
    EXPECT_EQ(format("no.such_{key}", {{"key", "x"}}), "no.such_x");
    EXPECT_FALSE(has("no.such_key"));
}

TEST(Wording, EmptyKeyNeverShowsTheCataloguesHeader) {
    EXPECT_EQ(text(""), "");
    EXPECT_FALSE(has(""));
}

TEST(Wording, ValuesAreNamedAndNotLookedIntoAgain) {
    EXPECT_EQ(format("ticket.sentence_ahead_green", {{"green", "2"}, {"ahead", "5"}}),
              "前面 5 位,其中 2 位享受优先照顾。");
    EXPECT_EQ(format("{a}{b}{c}", {{"a", "{b}"}, {"b", "2"}}), "{b}2{c}");
    EXPECT_EQ(format("open {", {{"", "x"}}), "open {");
    EXPECT_EQ(format("}{x}", {{"x", ""}}), "}");
}

TEST(Wording, LanguageIsKnownByTheFirstPartOfItsTag) {
    EXPECT_EQ(language_from("zh_CN.UTF-8"), Language::zh);
    EXPECT_EQ(language_from("en-GB"), Language::en);
    EXPECT_EQ(language_from("pl"), std::nullopt);
    EXPECT_EQ(language_from(""), std::nullopt);
}

TEST(Names, ValueOfANewerPeerIsUnknownAndNotACrash) {
    EXPECT_EQ(name_of(static_cast<protocol::TicketState::Value>(999)),
              text("ticket_state.unknown"));
}

TEST(Names, LocalVarietyHasItsLanguagesName) {
    EXPECT_EQ(name_of_language("za"), "壮语");
    EXPECT_EQ(name_of_language("za-yongbei"), "壮语");
    EXPECT_EQ(name_of_language("cmn-x-guiliu"), "桂柳话");
    EXPECT_EQ(name_of_language("tlh"), "tlh");
    EXPECT_EQ(name_of_language(""), "");
}

}  // namespace
}  // namespace hall::wording
