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
              "A009 was called by Window 3 first. Next in line: A012.");
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

protocol::Refusal about(RefusalCode::Value code, const std::string& field) {
    protocol::Refusal refusal;
    refusal.set_code(code);
    refusal.set_field(field);
    return refusal;
}

TEST(RefusalSentence, AFieldIsCalledByTheNameThatPeopleKnow) {
    EXPECT_EQ(sentence(about(RefusalCode::text_too_long, "name")), "文字太长(姓名),请缩短。");
    EXPECT_EQ(sentence(about(RefusalCode::value_out_of_range, "count")),
              "这一项(数量)超出允许的范围,请核对后再填。");
    EXPECT_EQ(sentence(about(RefusalCode::value_out_of_range, "count"), Language::zh, "0"),
              "这一项(数量“0”)超出允许的范围,请核对后再填。");
    EXPECT_EQ(sentence(about(RefusalCode::value_out_of_range, "count"), Language::en, "0"),
              "The value (count \"0\") is out of range; check it and try again.");
    // Not said twice.
    EXPECT_EQ(sentence(about(RefusalCode::unknown_staff, "staff")), "没有这个工号,请核对。");
    EXPECT_EQ(sentence(about(RefusalCode::unknown_staff, "staff"), Language::zh, "G9"),
              "没有这个工号“G9”,请核对。");
    EXPECT_EQ(sentence(about(RefusalCode::unknown_service, "tax")),
              "没有这项业务“tax”,请从业务清单中选择。");
    EXPECT_THAT(sentence(about(RefusalCode::value_out_of_range, "1799139600000")),
                Not(HasSubstr("1799")));
}

TEST(RefusalSentence, SaysWhatIsWrongWithADayWhoseFormIsRight) {
    EXPECT_THAT(sentence(about(RefusalCode::date_invalid, "date")), HasSubstr("今天或更早"));
    EXPECT_THAT(sentence(about(RefusalCode::date_invalid, "answer_by")), HasSubstr("今天或更晚"));
    EXPECT_THAT(sentence(about(RefusalCode::value_out_of_range, "next_date")),
                HasSubstr("今天或更晚"));
    EXPECT_EQ(sentence(about(RefusalCode::date_invalid, "2026-13-01")),
              "日期“2026-13-01”不对,请写成 2026-11-24 这样。");
}

TEST(RefusalSentence, ANumberOfCasesIsACount) {
    EXPECT_EQ(sentence(about(RefusalCode::cases_open, "4")), "还有 4 件没有交接,请先交接。");
    EXPECT_EQ(sentence(about(RefusalCode::cases_open, "")), "手上还有没交接的办件,请先交接。");
}

TEST(RefusalSentence, AnExtensionThatIsTooLateIsNothingToWaitFor) {
    protocol::Refusal refusal = about(RefusalCode::until_too_late, "");
    refusal.set_wait_ms(3'600'000);
    EXPECT_THAT(sentence(refusal), Not(HasSubstr("秒")));
}

TEST(RefusalSentence, CodeOfANewerServerIsNamed) {
    protocol::Refusal refusal;
    refusal.set_code(static_cast<RefusalCode::Value>(9'999));
    EXPECT_THAT(sentence(refusal), HasSubstr("9999"));
}

}  // namespace
}  // namespace hall::wording
