// Identity numbers, and the calendar they are checked with. The rows of
// tests/data/id_number_vectors.csv are computed: none belongs to a person.
#include "hall-server/core/identity_number.h"

#include <fstream>
#include <sstream>

#include "hall-server/core/local_date.h"
#include "tests/core/test_hall.h"

namespace hall::core {
namespace {

struct Row {
    std::string input;
    bool valid = false;
    std::string note;
};

// CSV with quotes, as RFC 4180: a quoted field may hold line ends.
std::vector<std::vector<std::string>> read_csv(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream all;
    all << file.rdbuf();
    const std::string text = all.str();
    std::vector<std::vector<std::string>> rows{{""}};
    bool quoted = false;
    for (size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"' && quoted && i + 1 < text.size() && text[i + 1] == '"') {
            rows.back().back() += text[++i];
        } else if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            rows.back().emplace_back();
        } else if (c == '\n' && !quoted) {
            rows.push_back({""});
        } else if (c != '\r' || quoted) {
            rows.back().back() += c;
        }
    }
    return rows;
}

std::vector<Row> vectors() {
    std::vector<Row> rows;
    for (const auto& cells : read_csv(HALL_SOURCE_DIR "/tests/data/id_number_vectors.csv")) {
        if (cells.size() != 3 || cells[0] == "input") continue;
        rows.push_back({cells[0], cells[1] == "1", cells[2]});
    }
    return rows;
}

// The number with this area, birth and sequence that is valid for somebody born by `today`; "?" at
// its end when there is none.
std::string number_of(const std::string& area, const std::string& birth,
                      uint32_t today = kFirstDay) {
    const std::string digits = area + birth + "002";
    for (char check : std::string("0123456789X")) {
        if (identity_number(digits + check, today)) return digits + check;
    }
    return digits + "?";
}

TEST(IdentityNumber, TheKnownVectorsAreToldApart) {
    const auto rows = vectors();
    ASSERT_EQ(rows.size(), 21U);
    for (const Row& row : rows) {
        // The list calls a full-width digit wrong; the hall reads it as the narrow one, because
        // input methods of the visitors' own phones and consoles write such digits.
        const bool valid = row.valid || row.note == "full-width digit inside";
        EXPECT_EQ(identity_number(row.input, kFirstDay).has_value(), valid) << row.note;
    }
}

TEST(IdentityNumber, OneFormForEveryWayOfWritingIt) {
    const std::string number = "11010519491231002X";
    for (const char* written :
         {"11010519491231002X", "11010519491231002x", "  11010519491231002X\r\n",
          "110105 19491231 002X", "１１０１０５１９４９１２３１００２Ｘ",
          "110105\u300019491231002ｘ", "110105\u00a019491231\u2003002X\ufeff", "110105491231002"}) {
        EXPECT_EQ(identity_number(written, kFirstDay), number) << written;
    }
}

TEST(IdentityNumber, EveryOtherCheckCharacterIsWrong) {
    int valid = 0;
    for (char check : std::string("0123456789X")) {
        valid += identity_number("11010519491231002" + std::string(1, check), kFirstDay) ? 1 : 0;
    }
    EXPECT_EQ(valid, 1);
}

// ISO 7064 MOD 11-2 notices every single wrong digit and every exchange of two neighbours.
TEST(IdentityNumber, ASlipOfTheFingerIsNoticed) {
    const std::string number = "45010319600229001X";
    for (size_t i = 0; i + 1 < number.size(); ++i) {
        for (char digit = '0'; digit <= '9'; ++digit) {
            std::string wrong = number;
            wrong[i] = digit;
            if (wrong != number) {
                EXPECT_FALSE(identity_number(wrong, kFirstDay)) << wrong;
            }
        }
        std::string swapped = number;
        std::swap(swapped[i], swapped[i + 1]);
        if (swapped != number) {
            EXPECT_FALSE(identity_number(swapped, kFirstDay)) << swapped;
        }
    }
}

TEST(IdentityNumber, AreasOfToday_OfThePast_AndOfResidencePermits) {
    for (const char* area :
         {"450103", "452101", "110103", "440524", "810000", "820000", "830000"}) {
        const std::string number = number_of(area, "19550101");
        EXPECT_TRUE(identity_number(number, kFirstDay)) << area;
    }
    for (const char* area : {"000000", "990103", "459999", "110199"}) {
        EXPECT_EQ(number_of(area, "19550101").back(), '?') << area;
    }
}

TEST(IdentityNumber, NobodyIsBornTomorrowOrOlderThan150) {
    const uint32_t today = *parse_date("2026-11-23");
    const uint32_t tomorrow = today + 1;
    EXPECT_NE(number_of("450103", "20261123", today).back(), '?');
    EXPECT_EQ(number_of("450103", "20261124", today).back(), '?');
    EXPECT_NE(number_of("450103", "20261124", tomorrow).back(), '?');
    EXPECT_NE(number_of("450103", "18760101", today).back(), '?');
    EXPECT_EQ(number_of("450103", "18751231", today).back(), '?');
}

TEST(IdentityNumber, EveryBirthIsADayOfTheCalendar) {
    for (const char* birth : {"20000229", "19960229", "19501231"}) {
        EXPECT_NE(number_of("450103", birth).back(), '?') << birth;
    }
    for (const char* birth :
         {"20250229", "19000229", "19500431", "19500400", "19501301", "19500001"}) {
        EXPECT_EQ(number_of("450103", birth).back(), '?') << birth;
    }
}

TEST(IdentityNumber, HostileTextsAreNone) {
    for (const std::string& text :
         {std::string("\xFF\xFE"), std::string(100'000, '1'), std::string(18, '\0'),
          std::string("11010519491231002\xE2\x84\xAA"), std::string("١١٠١٠٥١٩٤٩١٢٣١٠٠٢X"),
          std::string("-1010519491231002X"), std::string("X1010519491231002X")}) {
        EXPECT_FALSE(identity_number(text, kFirstDay));
    }
}

TEST(LocalDate, DaysAndTextsAreInverse) {
    EXPECT_EQ(date_text(0), "1970-01-01");
    EXPECT_EQ(date_text(kFirstDay), "2026-11-23");
    for (uint32_t day = 0; day < 60'000; day += 17) EXPECT_EQ(parse_date(date_text(day)), day);
    for (const char* text :
         {"", "2026-11-31", "2026-02-29", "1969-12-31", "2026-1-01", "2026-11-2-", "----------",
          "2026/11/23", "2026-11-23 ", "2026-00-10", "2026-13-10", "２026-11-23"}) {
        EXPECT_FALSE(parse_date(text)) << text;
    }
}

}  // namespace
}  // namespace hall::core
