// Every slip of a scanner or a hand is noticed; the format itself is pinned, as bands outlive
// releases.
#include "wristband/code/code.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>
#include <vector>

namespace hall::wristband {
namespace {

constexpr std::string_view kHall = "hengzhou";

std::vector<std::string> tokens(size_t count) {
    std::mt19937_64 chance(20'261'124);
    std::vector<std::string> result;
    for (size_t i = 0; i < count; ++i) {
        std::string random;
        for (size_t j = 0; j < kRandomBytes; ++j) random += static_cast<char>(chance() & 0xFF);
        result.push_back(make_token(kHall, random));
    }
    return result;
}

bool accepted(const std::string& text) {
    const Reading reading = read_token(kHall, text);
    return reading == Reading::ours || reading == Reading::other_hall;
}

TEST(WristbandCode, TheFormatIsWhatBandsOutThereHave) {
    const std::string zero(kRandomBytes, '\0');
    EXPECT_EQ(make_token("hengzhou", zero), "W699F0000000000000000Q");
    EXPECT_EQ(make_token("hengzhou", "0123456789"), "W699F60RK4CSM6MV3EE1S9");
    EXPECT_EQ(make_token("xinghe", std::string(kRandomBytes, '\xFF')), "WS3B0ZZZZZZZZZZZZZZZZP");
}

TEST(WristbandCode, ATokenIsOfTheAlphabetAndSaysNothingButItsHall) {
    std::set<std::string> seen;
    for (const std::string& token : tokens(10'000)) {
        ASSERT_EQ(token.size(), kTokenSize);
        ASSERT_EQ(token.find_first_not_of(kAlphabet), std::string::npos) << token;
        ASSERT_EQ(token.substr(0, 5), tokens(1).front().substr(0, 5));
        ASSERT_EQ(read_token(kHall, token), Reading::ours);
        seen.insert(token);
    }
    EXPECT_EQ(seen.size(), 10'000U);
}

TEST(WristbandCode, EveryWrongCharacterIsNoticed) {
    std::string printable;
    for (char c = '!'; c <= '~'; ++c) printable += c;
    size_t seen = 0;
    for (const std::string& token : tokens(10'000)) {
        std::string wrong = token;
        const std::string_view others = ++seen <= 500 ? printable : kAlphabet;
        for (size_t at = 0; at < kTokenSize; ++at) {
            for (const char c : others) {
                if (c == token[at]) continue;
                wrong[at] = c;
                ASSERT_FALSE(accepted(wrong)) << token << " read as " << wrong;
            }
            wrong[at] = token[at];
        }
    }
}

TEST(WristbandCode, TwoCharactersThatChangedPlacesAreNoticedHoweverFarApart) {
    for (const std::string& token : tokens(10'000)) {
        for (size_t i = 0; i + 1 < kTokenSize; ++i) {
            for (size_t j = i + 1; j < kTokenSize; ++j) {
                if (token[i] == token[j]) continue;
                std::string wrong = token;
                std::swap(wrong[i], wrong[j]);
                ASSERT_FALSE(accepted(wrong)) << token << " read as " << wrong;
            }
        }
    }
}

TEST(WristbandCode, EqualNeighboursReadAsAnotherPairAreNoticed) {
    for (const std::string& token : tokens(2'000)) {
        for (size_t i = 0; i + 1 < kTokenSize; ++i) {
            if (token[i] != token[i + 1]) continue;
            std::string wrong = token;
            for (const char c : kAlphabet) {
                if (c == token[i]) continue;
                wrong[i] = wrong[i + 1] = c;
                ASSERT_FALSE(accepted(wrong)) << token << " read as " << wrong;
            }
        }
    }
}

TEST(WristbandCode, LostAndDoubledCharactersAreNoticed) {
    for (const std::string& token : tokens(1'000)) {
        for (size_t at = 0; at < kTokenSize; ++at) {
            std::string shorter = token;
            shorter.erase(at, 1);
            EXPECT_EQ(read_token(kHall, shorter), Reading::misread) << shorter;
            std::string longer = token;
            longer.insert(at, 1, token[at]);
            EXPECT_EQ(read_token(kHall, longer), Reading::misread) << longer;
        }
    }
}

TEST(WristbandCode, AnotherHallsBandIsToldFromOursAndFromNoise) {
    for (const char* hall : {"xinghe", "hengzhou2", "Hengzhou", "", "nanning", "guilin"}) {
        const std::string token = make_token(hall, "0123456789");
        EXPECT_EQ(read_token(kHall, token), Reading::other_hall) << hall;
        EXPECT_EQ(read_token(hall, token), Reading::ours) << hall;
    }
}

TEST(WristbandCode, TicketCodesAndNoiseAreNoTokens) {
    for (const char* text :
         {"", "A023", "W001", "HENGZHOU/2026-11-24/A023", "6901234567892", "W",
          "WIFI:S:HALL;T:WPA;P:X;", "HTTPS://EXAMPLE.ORG/W1", "W/2026-11-24/A0234567",
          "\x01\x02\xFF", "王小明", "452123193011220014"}) {
        EXPECT_FALSE(accepted(text)) << text;
    }
    EXPECT_EQ(read_token(kHall, "HENGZHOU/2026-11-24/A023"), Reading::no_token);
    EXPECT_EQ(read_token(kHall, "W001"), Reading::no_token);
    EXPECT_EQ(read_token(kHall, "W/2026-11-24/A0234567"), Reading::no_token);
}

TEST(WristbandCode, LowerCaseAndBlanksAroundAreTakenAndBlanksInsideAreNot) {
    for (const std::string& token : tokens(1'000)) {
        std::string typed = " \t";
        for (const char c : token) typed += static_cast<char>(std::tolower(c));
        typed += "\r\n";
        EXPECT_EQ(normalised(typed), token);
    }
    const std::string token = tokens(1).front();
    EXPECT_FALSE(accepted(normalised(token.substr(0, 9) + " " + token.substr(9))));
    EXPECT_EQ(normalised(" \t\r\n"), "");
    EXPECT_EQ(normalised(""), "");
}

TEST(WristbandCode, WhoTypesAnOhOrAnElMeansADigit) {
    const std::string token = make_token(kHall, std::string(kRandomBytes, '\0'));
    std::string typed = token;
    for (char& c : typed) {
        if (c == '0') c = 'o';
        if (c == '1') c = 'l';
    }
    EXPECT_EQ(normalised(typed), token);
    EXPECT_EQ(normalised("Hall-O/2026-11-24/A001"), "HALL-O/2026-11-24/A001");
}

TEST(WristbandCode, ChanceTextOfTheRightShapePassesNoMoreOftenThanOneInThousands) {
    std::mt19937_64 chance(7);
    int passed = 0;
    for (int i = 0; i < 100'000; ++i) {
        std::string text = "W";
        while (text.size() < kTokenSize) text += kAlphabet[chance() & 31];
        if (read_token(kHall, text) == Reading::ours) ++passed;
    }
    EXPECT_LE(passed, 2);  // 1 in 32 for the check and 1 in 2^20 for the hall
}

}  // namespace
}  // namespace hall::wristband
