// hallctl log verify: whoever changes, moves, adds, removes or cuts records is found.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/store/places.h"

namespace hall::store {
namespace {

template <class Place>
void a_flipped_byte_in_any_column_is_found_at_its_seq() {
    for (const Column column : kAllColumns) {
        Place place;
        ASSERT_TRUE(must_open(place)->append(batch_of(1, 20)));
        place.flip_byte(13, column);
        auto log = must_open(place);
        const auto verified = log->verify(std::nullopt);
        ASSERT_FALSE(verified) << "column " << static_cast<int>(column);
        EXPECT_EQ(verified.error().seq, 13U);
        const auto by_reader = (*log->reader())->verify(std::nullopt);
        ASSERT_FALSE(by_reader);
        EXPECT_EQ(by_reader.error().seq, 13U);

        uint64_t given = 0;
        const auto done = log->read(1, [&](const Record& record) {
            given = record.seq;
            return true;
        });
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error().code, "log_damaged");
        EXPECT_NE(done.error().message.find("13"), std::string::npos);
        EXPECT_EQ(given, 12U) << "a damaged record was given to the replay";
    }
}

TEST(Tampering, AFlippedByteInAnyColumnIsFoundAtItsSeqInSqlite) {
    a_flipped_byte_in_any_column_is_found_at_its_seq<SqlitePlace>();
}

TEST(Tampering, AFlippedByteInAnyColumnIsFoundAtItsSeqInMemory) {
    a_flipped_byte_in_any_column_is_found_at_its_seq<MemoryPlace>();
}

TEST(Tampering, ACutTailIsFoundByAHeadNotedBefore) {
    SqlitePlace place;
    auto log = must_open(place);
    ASSERT_TRUE(log->append(batch_of(1, 10)));
    const Digest yesterday = log->head().chain;
    ASSERT_TRUE(log->append(batch_of(11, 10)));
    const Digest today = log->head().chain;

    // The log may have grown since the head was noted.
    EXPECT_EQ(log->verify(yesterday).value().expected_head_seq, 10U);
    EXPECT_EQ(log->verify(today).value().expected_head_seq, 20U);
    EXPECT_EQ(log->verify(today).value().records, 20U);
    EXPECT_EQ(log->verify(today).value().head, log->head());
    log.reset();

    place.cut_tail_after(15);
    log = must_open(place);
    EXPECT_TRUE(log->verify(std::nullopt)) << "a cut tail alone leaves a good chain";
    EXPECT_TRUE(log->verify(yesterday));
    const auto verified = log->verify(today);
    ASSERT_FALSE(verified);
    EXPECT_EQ(verified.error().seq, 16U);
}

TEST(Tampering, ALogWrittenAnewIsFoundByAHeadNotedBefore) {
    MemoryPlace original;
    auto log = must_open(original);
    ASSERT_TRUE(log->append(batch_of(1, 5)));
    MemoryPlace forged;
    auto other = must_open(forged);
    ASSERT_TRUE(other->append(batch_of(2, 5)));
    EXPECT_FALSE(other->verify(log->head().chain));
}

TEST(Tampering, ARecordTakenOutOrMovedIsNamed) {
    SqlitePlace taken_out;
    ASSERT_TRUE(must_open(taken_out)->append(batch_of(1, 20)));
    taken_out.run("DELETE FROM event WHERE seq = 7");
    EXPECT_EQ(must_open(taken_out)->verify(std::nullopt).error().seq, 7U);
    EXPECT_EQ(must_open(taken_out)->read(8, [](const Record&) { return true; }).error().code,
              "log_damaged");

    SqlitePlace swapped;
    ASSERT_TRUE(must_open(swapped)->append(batch_of(1, 20)));
    swapped.run(
        "UPDATE event SET seq = 99 WHERE seq = 7; UPDATE event SET seq = 7 WHERE seq = 8;"
        "UPDATE event SET seq = 8 WHERE seq = 99");
    EXPECT_EQ(must_open(swapped)->verify(std::nullopt).error().seq, 7U);
}

TEST(Tampering, AColumnOfAnotherTypeOrRangeIsFoundThoughItsBytesAreEqual) {
    for (const std::string change :
         {"kind = kind + 4294967296", "version = version - 4294967296"}) {
        SqlitePlace place;
        ASSERT_TRUE(must_open(place)->append(batch_of(1, 20)));
        place.run("UPDATE event SET " + change + " WHERE seq = 9");
        EXPECT_EQ(must_open(place)->verify(std::nullopt).error().seq, 9U) << change;
    }
}

TEST(Tampering, ADamagedLastRecordIsFoundAtOpening) {
    SqlitePlace place;
    ASSERT_TRUE(must_open(place)->append(batch_of(1, 20)));
    place.flip_byte(20, Column::kBody);
    const auto opened = place.open();
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, "log_damaged");
}

// Whatever a bad disk does to the file, verify says so and nothing crashes.
TEST(Tampering, AnOverwrittenPageIsFound) {
    SqlitePlace place;
    ASSERT_TRUE(must_open(place)->append(batch_of(1, 2000)));
    const auto file = place.path() / "hall.db";
    const auto size = std::filesystem::file_size(file);
    {
        std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
        bytes.seekp(static_cast<std::streamoff>(size / 2 / 4096 * 4096));
        bytes << std::string(4096, '\x5a');
    }
    auto reader = open_sqlite_reader(place.path());
    ASSERT_TRUE(reader) << reader.error().message;
    const auto verified = (*reader)->verify(std::nullopt);
    ASSERT_FALSE(verified);
    EXPECT_GT(verified.error().seq, 1U);
    EXPECT_LT(verified.error().seq, 2000U);
}

}  // namespace
}  // namespace hall::store
