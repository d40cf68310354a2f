// What a spreadsheet is given, and what it gives back.
#include <gtest/gtest.h>

#include "client/csv_text.h"
#include "client/paper_slips.h"

namespace hall::client {
namespace {

using protocol::RefusalCode;

const HallDay kToday{"2026-11-24", 60'000'000};
const std::string kHeader = "slip,arrived,service,category,served\n";

int64_t today_ms(int64_t minute) {
    return kToday.midnight_ms + minute * 60'000;
}

std::string one_row(const std::string& field) {
    CsvText csv;
    csv.add({field});
    return csv.text();
}

TEST(CsvText, OpensInASpreadsheet) {
    CsvText csv;
    csv.add({"取号", "12"});
    csv.blank();
    csv.add({"a \"b\"", "c,d\n"});
    EXPECT_EQ(csv.text(), "\xEF\xBB\xBF\"取号\",\"12\"\r\n\r\n\"a \"\"b\"\"\",\"c,d\n\"\r\n");
}

TEST(CsvText, NoFieldBecomesAFormula) {
    for (const char* begin :
         {"=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20"}) {
        EXPECT_EQ(one_row(begin + std::string("1")),
                  "\xEF\xBB\xBF\"'" + std::string(begin) + "1\"\r\n");
    }
    EXPECT_EQ(one_row("a=1"), "\xEF\xBB\xBF\"a=1\"\r\n");
}

// Taking one apostrophe away where apostrophes and such a sign begin a field gives it back.
TEST(CsvText, WhatWasGuardedIsToldFromWhatBeganWithAnApostrophe) {
    const auto field = [](const std::string& text) { return one_row(text).substr(4); };
    EXPECT_EQ(field("=1"), "'=1\"\r\n");
    EXPECT_EQ(field("'=1"), "''=1\"\r\n");
    EXPECT_EQ(field("''=1"), "'''=1\"\r\n");
    for (const char* plain : {"'", "''", "'s", ""}) {
        EXPECT_EQ(field(plain), plain + std::string("\"\r\n"));
    }
}

// "LINE: sentence" of each mistake.
std::vector<std::string> mistakes(const std::string& csv) {
    std::vector<std::string> list;
    const auto slips = read_paper_slips(csv, kToday);
    if (slips) return list;
    for (const auto& mistake : slips.error()) {
        list.push_back(std::to_string(mistake.line) + ": " + mistake.what);
    }
    return list;
}

TEST(PaperSlips, AreReadWithTheirLines) {
    const auto slips = read_paper_slips(
        "\xEF\xBB\xBFslip,arrived,service,category,served\r\n"
        "\r\n"
        "Z001,08:40,pension + card,80plus+disabled,\r\n"
        " , ,,, \r\n"  // as spreadsheets leave an empty row
        "\"z2\", 2026-11-24 9:05 ,\"medical\",,yes\r\n"
        "Z1234,23:59,pension,,no",
        kToday);
    ASSERT_TRUE(slips);
    EXPECT_EQ(slips->lines, (std::vector<int>{3, 5, 6}));
    const auto& first = slips->import.slips(0);
    EXPECT_EQ(first.number(), "Z001");
    EXPECT_EQ(first.arrived_ms(), today_ms(520));
    ASSERT_EQ(first.services_size(), 2);
    EXPECT_EQ(first.services(1), "card");
    ASSERT_EQ(first.categories_size(), 2);
    EXPECT_FALSE(first.served());
    const auto& second = slips->import.slips(1);
    EXPECT_EQ(second.number(), "Z002");
    EXPECT_EQ(second.arrived_ms(), today_ms(545));
    EXPECT_EQ(second.categories_size(), 0);
    EXPECT_TRUE(second.served());
    EXPECT_EQ(slips->import.slips(2).number(), "Z1234");
    EXPECT_FALSE(slips->import.slips(2).served());
}

TEST(PaperSlips, EveryMistakeIsNamedByItsLine) {
    EXPECT_EQ(
        mistakes(kHeader + "A001,08:40,pension,,\n"
                           "Z002,8:4,pension,,\n"
                           "Z003,2026-11-23 08:40,pension,,\n"
                           "Z004,08:40,,,maybe\n"
                           "Z005,08:40,养老,,\n"
                           "Z006,08:40\n"
                           "Z007,08:40,\"pension,,\n"
                           "Z008,08:40,\xD1\xF8,,\n"
                           "Z009,08:40,pension+,,\n"
                           "Z010,24:00,pension,,\n"
                           "z2,08:40,pension,,\n"),
        (std::vector<std::string>{
            "2: 号单号码“A001”不对,请写成 Z001 到 Z99999", "3: 到达时间“8:4”不对,请写成 08:40 这样",
            "4: “2026-11-23”不是今天(2026-11-24);纸质号单只能在当天录入", "5: 没有写事项",
            "5: “maybe”不对,已办结写 yes,没有写 no 或留空",
            "6: “养老”不是代码;几个代码之间用 + 连接", "7: 应有 5 列,这里有 2 列", "8: 引号不成对",
            "9: 这一行不是 UTF-8 编码,请另存为“CSV UTF-8”", "10: “”不是代码;几个代码之间用 + 连接",
            "11: 到达时间“24:00”不对,请写成 08:40 这样", "12: 号码 Z002 与第 3 行重复"}));
}

TEST(PaperSlips, AFileWithoutHeaderOrSlipsIsSaidOnce) {
    EXPECT_EQ(mistakes("Z001,08:40,pension,,\nZ002,08:41,pension,,\n"),
              std::vector<std::string>{"1: 第一行应当是 slip,arrived,service,category,served"});
    EXPECT_EQ(mistakes(kHeader + "\n"), std::vector<std::string>{"2: 文件里没有号单"});
    EXPECT_EQ(mistakes("").size(), 1U);
}

TEST(PaperSlips, AThousandAreEnough) {
    std::string csv = kHeader;
    for (int i = 1; i <= 1'000; ++i) csv += "Z" + std::to_string(i) + ",08:40,pension,,\n";
    EXPECT_TRUE(read_paper_slips(csv, kToday));
    csv += "Z1001,08:40,pension,,\nZ1002,08:40,pension,,\n";
    EXPECT_EQ(mistakes(csv), std::vector<std::string>{"1002: 一次最多 1000 张,请分成几个文件"});
}

// Whatever is in the file: no crash, and each mistake has a line of it.
TEST(PaperSlips, GarbageIsRefusedLineByLine) {
    uint64_t random = 7;
    for (int round = 0; round < 2'000; ++round) {
        std::string csv = round % 2 == 0 ? kHeader : "";
        int lines = 1 + (round % 2 == 0 ? 1 : 0);
        for (int i = 0; i < 60; ++i) {
            random = random * 6364136223846793005U + 1442695040888963407U;
            const char c = "Z01:,\"+\n\r\xE5 -s\t\xFF\0y"[random >> 33 & 15];
            csv += c;
            lines += c == '\n' ? 1 : 0;
        }
        const auto slips = read_paper_slips(csv, kToday);
        if (slips) continue;
        for (const auto& mistake : slips.error()) {
            EXPECT_GE(mistake.line, 1);
            EXPECT_LE(mistake.line, lines);
        }
    }
}

TEST(PaperSlips, WhatTheHallFindsWrongIsToldByTheLineOfTheFile) {
    const auto slips =
        read_paper_slips(kHeader + "\nZ001,08:40,pension,,\nZ002,08:40,tax,,\n", kToday);
    ASSERT_TRUE(slips);
    const auto told = [&](RefusalCode::Value code, const std::string& field,
                          const std::string& number) {
        protocol::Refusal refusal;
        refusal.set_code(code);
        refusal.set_field(field);
        refusal.set_number(number);
        const SlipMistake mistake = mistake_of(refusal, *slips);
        return std::to_string(mistake.line) + ": " + mistake.what;
    };
    EXPECT_EQ(told(RefusalCode::paper_slip_invalid, "1 arrived_in_future", "Z001"),
              "3: 到达时间还没有到,请核对");
    EXPECT_EQ(told(RefusalCode::paper_slip_invalid, "2 unknown_service tax", "Z002").substr(0, 3),
              "4: ");
    EXPECT_NE(told(RefusalCode::paper_slip_invalid, "2 unknown_service tax", "Z002").find("tax"),
              std::string::npos);
    EXPECT_EQ(told(RefusalCode::paper_slip_known, "", "Z002").substr(0, 3), "4: ");
    // Of a newer hall: nothing that stops the program.
    EXPECT_EQ(told(RefusalCode::paper_slip_invalid, "", "").substr(0, 3), "0: ");
    EXPECT_EQ(told(RefusalCode::paper_slip_invalid, "99 new word", "").substr(0, 3), "0: ");
}

}  // namespace
}  // namespace hall::client
