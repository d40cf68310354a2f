// Names as people have them: masked without breaking a character, and found however they are typed.
#include "hall-server/service/private_names.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace hall::service {
namespace {

std::vector<std::string> lines_of(const std::string& name) {
    std::ifstream file(std::filesystem::path(HALL_SOURCE_DIR) / "tests" / "data" / name);
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
}

TEST(MaskedName, KeepsTheFirstAndTheLastOfThreeOrMore) {
    EXPECT_EQ(masked_name("王小明"), "王*明");
    EXPECT_EQ(masked_name("司马相如"), "司**如");
    EXPECT_EQ(masked_name("王明"), "王*");
    EXPECT_EQ(masked_name("王"), "*");
    EXPECT_EQ(masked_name(""), "");
    EXPECT_EQ(masked_name("   "), "");
    EXPECT_EQ(masked_name("　王明 "), "王*");
}

TEST(MaskedName, NeverBreaksACharacter) {
    EXPECT_EQ(masked_name("𠮷田明"), "𠮷*明");
    EXPECT_EQ(masked_name("王𠮷"), "王*");
    EXPECT_EQ(masked_name("田中𠮷"), "田*𠮷");
    EXPECT_EQ(masked_name("𠮷"), "*");
    // A variation selector and a combining mark stay with what they belong to.
    EXPECT_EQ(masked_name("葛󠄀城󠄀"), "葛󠄀*");
    EXPECT_EQ(masked_name("Ne\xCC\x81"
                          "e\xCC\x81"),
              "N*e\xCC\x81");
}

TEST(MaskedName, CountsTheMiddleDotAsACharacter) {
    EXPECT_EQ(masked_name("买买提·艾山"), "买****山");
    EXPECT_EQ(masked_name("买·山"), "买*山");
}

TEST(MaskedName, OfEveryRareNameShowsTheEndsAndNothingElse) {
    const auto names = lines_of("rare_names.txt");
    ASSERT_EQ(names.size(), 62U);
    for (const auto& name : names) {
        const std::string masked = masked_name(name);
        EXPECT_EQ(masked.substr(0, 3), name.substr(0, 3));
        EXPECT_NE(masked, name);
        EXPECT_NE(masked.find('*'), std::string::npos) << name;
    }
}

TEST(Normalised, FindsARareNameHoweverItIsSpaced) {
    const auto names = lines_of("rare_names.txt");
    for (const auto& name : names) {
        EXPECT_TRUE(name_matches(normalised(name), name));
        EXPECT_TRUE(name_matches(normalised("　" + name + " "), name)) << name;
        EXPECT_TRUE(name_matches(normalised(name.substr(0, 3)), name)) << name;
        EXPECT_FALSE(name_matches(normalised(name + "甲"), name)) << name;
    }
}

TEST(Normalised, KeepsEveryRareCharacterApart) {
    const auto characters = lines_of("rare_characters.txt");
    ASSERT_EQ(characters.size(), 80U);
    for (size_t i = 0; i < characters.size(); ++i) {
        EXPECT_EQ(normalised(characters[i]), characters[i]);
        EXPECT_EQ(masked_name("王" + characters[i] + "明"), "王*明");
        EXPECT_EQ(masked_name(characters[i] + "小明"), characters[i] + "*明");
        const std::string& next = characters[(i + 1) % characters.size()];
        EXPECT_FALSE(name_matches(normalised(next), "王" + characters[i]));
    }
}

TEST(Normalised, TakesEveryMiddleDotForTheSame) {
    const std::string wanted = normalised("买买提·艾山");
    for (const char* dot : {"·", "•", "‧", "・", "･", "⋅", "∙", "᛫", "．", "ꞏ", "·", ".", "﹒"}) {
        const std::string typed = std::string("买买提") + dot + "艾山";
        EXPECT_EQ(normalised(typed), wanted) << dot;
        EXPECT_EQ(normalised(std::string("买买提 ") + dot + "　艾山"), wanted) << dot;
    }
    EXPECT_NE(normalised("买买提艾山"), wanted);
}

TEST(Normalised, DropsWhatHasNoWidthAndFoldsTheRest) {
    EXPECT_EQ(normalised("王\u200b小\ufeff明\u200d"), "王小明");
    EXPECT_EQ(normalised(" 王　小\t明\n"), "王小明");
    EXPECT_EQ(normalised("１３９ｘＡ"), "139xa");
    EXPECT_EQ(normalised("ANNA Straße"), "annastrasse");
    EXPECT_EQ(normalised("葛󠄀"), "葛");
    EXPECT_EQ(normalised("\u8c48"), normalised("\uf900"));  // a compatibility ideograph
    EXPECT_EQ(normalised("e\u0301"), normalised("É"));
    EXPECT_EQ(normalised(std::string("a\0b", 3)), "ab");
    EXPECT_EQ(normalised(""), "");
}

TEST(Normalised, ChangesNothingTheSecondTime) {
    for (const char* file : {"rare_names.txt", "rare_characters.txt", "blns.txt"}) {
        for (const auto& line : lines_of(file)) {
            const std::string once = normalised(line);
            EXPECT_EQ(normalised(once), once) << line;
            (void)masked_name(line);
        }
    }
}

TEST(NumberMatches, ByItsEndHoweverItIsWritten) {
    EXPECT_TRUE(number_matches(normalised("6666"), "139 7888-6666"));
    EXPECT_TRUE(number_matches(normalised("139-7888-6666"), "13978886666"));
    EXPECT_TRUE(number_matches(normalised("１３９７８８８６６６６"), "13978886666"));
    EXPECT_TRUE(number_matches(normalised("002x"), "45010319461111002X"));
    EXPECT_FALSE(number_matches(normalised("666"), "13978886666"));  // half the town
    EXPECT_FALSE(number_matches(normalised("1397"), "13978886666"));
    EXPECT_FALSE(number_matches(normalised("113978886666"), "13978886666"));
    EXPECT_FALSE(number_matches(normalised("6666"), ""));
    EXPECT_TRUE(number_matches("", "13978886666"));
}

TEST(IdentityToMatch, IsTheSameOfFifteenDigitsAndOfTheEighteenTheyBecame) {
    EXPECT_EQ(identity_to_match("110105491231002"), "11010519491231002x");
    EXPECT_EQ(identity_to_match("１１０１０５ 491231-002"), "11010519491231002x");
    EXPECT_EQ(identity_to_match("11010519491231002X"), "11010519491231002x");
    EXPECT_EQ(identity_to_match("110105493231002"), "110105493231002") << "no day";
    EXPECT_EQ(identity_to_match("-"), "-") << "nothing would match everybody";
    EXPECT_EQ(identity_to_match("002X"), "002x");
}

}  // namespace
}  // namespace hall::service
