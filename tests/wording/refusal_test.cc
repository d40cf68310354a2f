// A refusal says in one sentence what to do next, whatever facts the server sent with it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "wording/names.h"

namespace hall::wording {
namespace {

using protocol::RefusalCode;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(RefusalSentence, EveryCodeHasOneInEveryLanguage) {
    const auto* codes = RefusalCode::Value_descriptor();
    for (int i = 0; i < codes->value_count(); ++i) {
        const std::string key = "refusal." + codes->value(i)->name();
        EXPECT_TRUE(has(key, Language::zh)) << key;
        EXPECT_TRUE(has(key, Language::en)) << key;
    }
}

TEST(RefusalSentence, FactsThatAreAbsentLeaveNoGap) {
    const auto* codes = RefusalCode::Value_descriptor();
    for (int i = 0; i < codes->value_count(); ++i) {
        protocol::Refusal bare;
        bare.set_code(static_cast<RefusalCode::Value>(codes->value(i)->number()));
        protocol::Refusal full = bare;
        full.set_number("A001");
        full.set_window(3);
        full.set_next_number("A002");
        full.set_field("x");
        full.set_wait_ms(1'001);
        for (const Language language : {Language::zh, Language::en}) {
            for (const auto& refusal : {bare, full}) {
                const std::string said = sentence(refusal, language);
                EXPECT_THAT(said, Not(HasSubstr("{"))) << codes->value(i)->name();
                EXPECT_THAT(said, Not(HasSubstr("  "))) << said;
            }
        }
    }
}

TEST(RefusalSentence, LostTicketNamesTheWinnerAndTheNext) {
    protocol::Refusal refusal;
    refusal.set_code(RefusalCode::lost_to_another_window);
    refusal.set_number("A009");
    refusal.set_window(3);
    refusal.set_next_number("A012");
    EXPECT_EQ(sentence(refusal), "A009 已由3号窗口呼叫。可以改叫 A012。");
    EXPECT_EQ(sentence(refusal, Language::en),
              "A009 was called by window 3 first. Next in line: A012.");
}

TEST(RefusalSentence, WhoFindsNobodyLeftIsToldWhomAnotherWindowTook) {
    protocol::Refusal refusal;
    refusal.set_code(RefusalCode::nobody_eligible);
    EXPECT_EQ(sentence(refusal), "现在没有该窗口能办的号,请稍候。");
    refusal.set_number("A009");
    refusal.set_window(3);
    EXPECT_EQ(sentence(refusal), "现在没有该窗口能办的号,请稍候。刚才的 A009 已由3号窗口呼叫。");
}

TEST(RefusalSentence, WaitIsToldInWholeSecondsNeverTooShort) {
    protocol::Refusal refusal;
    refusal.set_code(RefusalCode::too_early_to_recall);
    refusal.set_wait_ms(12'001);
    EXPECT_THAT(sentence(refusal), HasSubstr("请等 13 秒再试。"));
}

TEST(RefusalSentence, CodeOfANewerServerIsNamed) {
    protocol::Refusal refusal;
    refusal.set_code(static_cast<RefusalCode::Value>(9'999));
    EXPECT_THAT(sentence(refusal), HasSubstr("9999"));
}

}  // namespace
}  // namespace hall::wording
