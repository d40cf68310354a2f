// Files that nobody means well with: each gives a clear message and no crash.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <string>

#include "config/hall_file.h"
#include "tests/config/small_hall.h"

namespace hall::config {
namespace {

using ::testing::HasSubstr;

std::string first_mistake(const std::string& text) {
    const auto file = parse(text, "hall.toml");
    return file ? "no mistake" : to_string(file.error().front());
}

TEST(HostileFile, SyntaxErrorIsTheOnlyMistakeNamed) {
    const auto file = parse(kSmallHall + "[network\nprot = 1\n[[servcie]]\n", "hall.toml");
    ASSERT_FALSE(file.has_value());
    ASSERT_EQ(file.error().size(), 1U);
    EXPECT_EQ(file.error()[0].line, 29);
    EXPECT_GT(file.error()[0].column, 0);
    EXPECT_THAT(file.error()[0].what, HasSubstr("this is not TOML"));
}

TEST(HostileFile, EmptyFileSaysWhereToLook) {
    EXPECT_THAT(first_mistake(""), HasSubstr("hall.toml: is empty"));
    EXPECT_THAT(first_mistake(" \r\n\n"), HasSubstr("hall.toml: is empty"));
    EXPECT_THAT(first_mistake("# nothing\n"), HasSubstr("the file lacks `hall`"));
}

TEST(HostileFile, ByteOrderMarkAndWindowsLineEndsAreAccepted) {
    std::string text = "\xef\xbb\xbf";
    for (const char c : kSmallHall) text += c == '\n' ? "\r\n" : std::string(1, c);
    EXPECT_EQ(first_mistake(text), "no mistake");
}

TEST(HostileFile, BadBytesAndNumbersAreNamedWithTheirPlace) {
    EXPECT_THAT(first_mistake(changed("小厅", "\xff\xfe")), HasSubstr("hall.toml:3:"));
    EXPECT_THAT(first_mistake(changed("小厅", std::string(1, '\0'))), HasSubstr("hall.toml:3:"));
    EXPECT_THAT(first_mistake(changed("= 15", "= 99999999999999999999")), HasSubstr(":15:"));
    EXPECT_THAT(first_mistake(changed("= 15", "= 9223372036854775807")),
                HasSubstr(":15:16: `expected_min` of [[service]] is 9223372036854775807"));
    EXPECT_THAT(first_mistake(changed("小厅", std::string(401, 'x'))),
                HasSubstr("longer than 400"));
}

TEST(HostileFile, DeepNestingEndsInAMessage) {
    EXPECT_THAT(first_mistake("x = " + std::string(100'000, '[')), HasSubstr("this is not TOML"));
    std::string dotted = "a";
    for (int i = 0; i < 20'000; ++i) dotted += ".a";
    EXPECT_NE(first_mistake(dotted + " = 1"), "no mistake");
}

TEST(HostileFile, LimitsAreNamedAndTheListOfMistakesIsBounded) {
    std::string many = kSmallHall;
    for (int i = 2; i <= 201; ++i) {
        many += "[[window]]\nnumber = " + std::to_string(i) +
                "\nservices = [\"pension\"]\nlanguages = [\"cmn\"]\nzone = \"waiting\"\n";
    }
    EXPECT_THAT(first_mistake(many), HasSubstr("the file has 201 [[window]]: at most 200"));
    std::string unknown = kSmallHall;
    for (int i = 0; i < 1'000; ++i) unknown += "key" + std::to_string(i) + " = 1\n";
    const auto file = parse(unknown, "hall.toml");
    ASSERT_FALSE(file.has_value());
    EXPECT_EQ(file.error().size(), kProblemsMax);
    EXPECT_EQ(file.error().back().what, "and 801 more mistakes");
    EXPECT_THAT(first_mistake(std::string(kFileBytesMax + 1, '#')), HasSubstr("larger than"));
}

TEST(HostileFile, MissingFolderAndDeviceAreToldApart) {
    const auto what = [](const char* path) { return load(path).error().front().what; };
    EXPECT_THAT(what("/nowhere/hall.toml"), HasSubstr("there is no such file"));
    EXPECT_THAT(what("/tmp"), HasSubstr("is a folder"));
    EXPECT_THAT(what("/dev/zero"), HasSubstr("is not an ordinary file"));
}

// Every file that differs from a good one in a few bytes gives a hall or a message.
TEST(HostileFile, ThousandsOfDamagedFilesNeverCrash) {
    std::mt19937 random(20261124);
    for (int round = 0; round < 3'000; ++round) {
        std::string text = kSmallHall;
        for (int i = 0; i < 3; ++i) {
            const std::size_t at = random() % text.size();
            switch (random() % 3) {
                case 0:
                    text[at] = static_cast<char>(random());
                    break;
                case 1:
                    text.erase(at, random() % 20);
                    break;
                default:
                    text.insert(at, text.substr(random() % text.size(), random() % 40));
            }
        }
        const auto file = parse(text, "hall.toml");
        if (!file) {
            ASSERT_FALSE(file.error().empty());
            ASSERT_FALSE(file.error().front().what.empty());
        }
    }
}

}  // namespace
}  // namespace hall::config
