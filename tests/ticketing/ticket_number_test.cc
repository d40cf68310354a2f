#include "ticketing/ticket_number.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace hall::ticketing {
namespace {

TEST(TicketNumber, HasAtLeastThreeDigitsAndNoUpperEnd) {
    EXPECT_EQ(to_text({'A', 1}), "A001");
    EXPECT_EQ(to_text({'B', 999}), "B999");
    EXPECT_EQ(to_text({'Z', 1000}), "Z1000");
    EXPECT_EQ(to_text({'Z', 4'294'967'295U}), "Z4294967295");
}

TEST(TicketNumber, IsReadAsPeopleTypeIt) {
    for (const char* text : {"A017", "a017", "a17", "A00017"}) {
        EXPECT_EQ(parse_ticket_number(text), (TicketNumber{'A', 17})) << text;
    }
}

TEST(TicketNumber, NothingElseIsANumber) {
    for (const char* text : {"", "A", "A0", "A000", "17", "AA17", "A17 ", " A17", "A-1", "A+1",
                             "A1x", "A4294967296", "A99999999999", "号17", "[17", "@1", "A١"}) {
        EXPECT_EQ(parse_ticket_number(text), std::nullopt) << text;
    }
}

TEST(TicketNumber, ReadingIsTheInverseOfWriting) {
    EXPECT_TRUE(rc::check([] {
        TicketNumber number{*rc::gen::inRange('A', static_cast<char>('Z' + 1)),
                            *rc::gen::inRange<uint32_t>(1, 999'999'999)};
        RC_ASSERT(parse_ticket_number(to_text(number)) == number);
    }));
}

}  // namespace
}  // namespace hall::ticketing
