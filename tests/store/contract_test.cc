// What every EventLog promises; runs on the SQLite log and on the one in memory.
#include <gtest/gtest.h>

#include <limits>
#include <thread>

#include "tests/store/places.h"

namespace hall::store {
namespace {

template <class PlaceType>
class EventLogContract : public testing::Test {
  protected:
    void reopen() {
        log_.reset();
        log_ = must_open(place_);
    }
    std::vector<Record> read_from(uint64_t seq) {
        std::vector<Record> records;
        const auto done = log_->read(seq, [&](const Record& record) {
            records.push_back(record);
            return true;
        });
        EXPECT_TRUE(done) << done.error().message;
        return records;
    }

    PlaceType place_;
    std::unique_ptr<EventLog> log_ = must_open(place_);
};

using Places = testing::Types<SqlitePlace, MemoryPlace>;
class PlaceNames {
  public:
    template <class Place>
    static std::string GetName(int) {
        return std::is_same_v<Place, SqlitePlace> ? "Sqlite" : "Memory";
    }
};
TYPED_TEST_SUITE(EventLogContract, Places, PlaceNames);

TYPED_TEST(EventLogContract, SeqsAreGaplessFromOne) {
    EXPECT_EQ(this->log_->head().seq, 0U);
    EXPECT_EQ(this->log_->append(batch_of(1, 1)), 1U);
    EXPECT_EQ(this->log_->append(batch_of(2, 3)), 4U);
    EXPECT_EQ(this->log_->append(Batch{}), 4U);
    EXPECT_EQ(this->log_->append(batch_of(5, 1)), 5U);
    uint64_t expected = 0;
    for (const Record& record : this->read_from(1)) EXPECT_EQ(record.seq, ++expected);
    EXPECT_EQ(expected, 5U);
}

TYPED_TEST(EventLogContract, EveryByteComesBack) {
    NewRecord extreme;
    extreme.at_ms = std::numeric_limits<int64_t>::min();
    extreme.actor = std::string("\0\xff'\"", 4);
    extreme.kind = std::numeric_limits<uint32_t>::max();
    extreme.version = std::numeric_limits<uint32_t>::max();
    extreme.body = std::string(100'000, '\0');
    Batch batch;
    batch.records = {extreme, NewRecord{}};
    ASSERT_TRUE(this->log_->append(batch));
    this->reopen();
    const auto records = this->read_from(1);
    ASSERT_EQ(records.size(), 2U);
    EXPECT_EQ(records[0].at_ms, extreme.at_ms);
    EXPECT_EQ(records[0].actor, extreme.actor);
    EXPECT_EQ(records[0].command_id, "");
    EXPECT_EQ(records[0].kind, extreme.kind);
    EXPECT_EQ(records[0].version, extreme.version);
    EXPECT_EQ(records[0].body, extreme.body);
    EXPECT_EQ(records[1].body, "");
    EXPECT_TRUE(this->log_->verify(std::nullopt));
}

// Computed with Python's hashlib from the grammar in event_log.h; it may never change.
TYPED_TEST(EventLogContract, TheChainFollowsTheWrittenGrammar) {
    EXPECT_EQ(to_hex(this->log_->head().chain),
              "90c28717c0a253937ddb25efa6715c759f22b6994a4123eb85a60fbb45df34f7");
    ASSERT_TRUE(this->log_->append(batch_of(1, 2)));
    EXPECT_EQ(to_hex(this->log_->head().chain),
              "ad7df226181c416b6e413be7726df6683769a933e0c7bc5f99ad1c9fdc88d034");
}

TYPED_TEST(EventLogContract, ReadingStartsAnywhereAndStopsWhenTold) {
    constexpr uint64_t kRecords = 2500;  // more than a stretch of the walk, not a multiple
    ASSERT_EQ(this->log_->append(batch_of(1, kRecords)), kRecords);
    EXPECT_EQ(this->read_from(0).size(), kRecords);
    for (const uint64_t from : {1U, 2U, 1000U, 1001U, 1500U, 2500U}) {
        const auto records = this->read_from(from);
        ASSERT_EQ(records.size(), kRecords - from + 1);
        EXPECT_EQ(records.front().seq, from);
        EXPECT_EQ(records.back().seq, kRecords);
    }
    EXPECT_TRUE(this->read_from(kRecords + 1).empty());
    EXPECT_TRUE(this->read_from(std::numeric_limits<uint64_t>::max()).empty());
    uint64_t seen = 0;
    ASSERT_TRUE(this->log_->read(1, [&](const Record&) { return ++seen < 1000; }));
    EXPECT_EQ(seen, 1000U);
}

TYPED_TEST(EventLogContract, RecordsAndRepliesSurviveReopening) {
    Batch batch = batch_of(1, 2);
    batch.replies = {reply_to("command-1", 100), reply_to("command-2", 101)};
    ASSERT_TRUE(this->log_->append(batch));
    const Head head = this->log_->head();
    this->reopen();
    EXPECT_EQ(this->log_->head(), head);
    const auto found = this->log_->find_reply("command-2");
    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->reply, "ticket for command-2");
    EXPECT_EQ((*found)->hall_day, 101U);
    EXPECT_EQ((*found)->body_digest, batch.replies[1].body_digest);
    EXPECT_EQ(this->log_->append(batch_of(3, 1)), 3U);
}

TYPED_TEST(EventLogContract, AReplyWithoutEventsIsKeptToo) {
    Batch batch;
    batch.replies = {reply_to("nothing-changed", 100)};
    EXPECT_EQ(this->log_->append(batch), 0U);
    EXPECT_TRUE(this->log_->find_reply("nothing-changed").value());
    EXPECT_FALSE(this->log_->find_reply("never-sent").value());
}

TYPED_TEST(EventLogContract, RepliesOfPastDaysAreDroppedAndNoOthers) {
    for (const uint32_t day : {100U, 102U, 101U, 100U}) {
        Batch batch;
        for (int i = 0; i < 3000; ++i) {
            const uint64_t total = this->log_->head().seq;
            batch.replies.push_back(reply_to(
                std::to_string(day) + "/" + std::to_string(total) + "/" + std::to_string(i), day));
        }
        batch.records = {record_number(1)};
        ASSERT_TRUE(this->log_->append(batch));
    }
    ASSERT_TRUE(this->log_->drop_replies_before(101));
    for (int pass = 0; pass < 2; ++pass) {
        EXPECT_FALSE(this->log_->find_reply("100/0/0").value());
        EXPECT_FALSE(this->log_->find_reply("100/3/2999").value());
        EXPECT_TRUE(this->log_->find_reply("101/2/0").value());
        EXPECT_TRUE(this->log_->find_reply("102/1/2999").value());
        this->reopen();
    }
}

TYPED_TEST(EventLogContract, ASecondReplyToACommandIsOurMistake) {
    testing::GTEST_FLAG(death_test_style) = "fast";
    Batch batch;
    batch.replies = {reply_to("command-1", 100)};
    ASSERT_TRUE(this->log_->append(batch));
    EXPECT_DEATH((void)this->log_->append(batch), "check failed");
}

TYPED_TEST(EventLogContract, ARefusedBatchLeavesNothingAndTheNextOneGetsItsSeqs) {
    ASSERT_TRUE(this->log_->append(batch_of(1, 3)));
    const Head before = this->log_->head();
    Batch batch = batch_of(4, 2);
    batch.replies = {reply_to("command-4", 100)};
    const auto refused = this->place_.append_on_full_disk(*this->log_, batch);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "storage_unavailable");
    EXPECT_EQ(this->log_->head(), before);
    EXPECT_FALSE(this->log_->find_reply("command-4").value());
    EXPECT_EQ(this->read_from(1).size(), 3U);
    EXPECT_EQ(this->log_->append(batch), 5U);
    this->reopen();
    EXPECT_EQ(this->log_->head().seq, 5U);
    EXPECT_TRUE(this->log_->find_reply("command-4").value());
    EXPECT_TRUE(this->log_->verify(std::nullopt));
}

TYPED_TEST(EventLogContract, ASecondOpenerIsRefusedUntilTheFirstIsGone) {
    const auto second = this->place_.open();
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, "data_in_use");
    EXPECT_TRUE(this->log_->append(batch_of(1, 1)));
    this->reopen();
}

TYPED_TEST(EventLogContract, TheNewestCheckpointIsGiven) {
    EXPECT_FALSE(this->log_->latest_checkpoint().value());
    ASSERT_TRUE(this->log_->append(batch_of(1, 10)));
    const std::string large(300'000, 's');
    for (const uint64_t seq : {0U, 4U, 7U, 10U}) {
        ASSERT_TRUE(this->log_->save_checkpoint(seq, 3, large + std::to_string(seq)));
    }
    this->reopen();
    const auto checkpoint = this->log_->latest_checkpoint();
    ASSERT_TRUE(checkpoint && *checkpoint);
    EXPECT_EQ((*checkpoint)->seq, 10U);
    EXPECT_EQ((*checkpoint)->format, 3U);
    EXPECT_EQ((*checkpoint)->bytes, large + "10");
}

TYPED_TEST(EventLogContract, ADamagedCheckpointIsPassedOverForTheOneBefore) {
    ASSERT_TRUE(this->log_->append(batch_of(1, 10)));
    for (const uint64_t seq : {4U, 7U, 10U}) {
        ASSERT_TRUE(this->log_->save_checkpoint(seq, 1, "state " + std::to_string(seq)));
    }
    this->log_.reset();
    this->place_.damage_newest_checkpoint();
    this->log_ = must_open(this->place_);
    EXPECT_EQ(this->log_->latest_checkpoint().value().value().seq, 7U);
}

TYPED_TEST(EventLogContract, ACheckpointAheadOfTheLogOrOfOtherRecordsIsPassedOver) {
    ASSERT_TRUE(this->log_->append(batch_of(1, 10)));
    ASSERT_TRUE(this->log_->save_checkpoint(4, 1, "state 4"));
    ASSERT_TRUE(this->log_->save_checkpoint(8, 1, "state 8"));
    this->log_.reset();
    this->place_.cut_tail_after(6);
    this->log_ = must_open(this->place_);
    EXPECT_EQ(this->log_->latest_checkpoint().value().value().seq, 4U);
    // Record 8 exists again, but it is another one than the checkpoint was made from.
    ASSERT_TRUE(this->log_->append(batch_of(100, 4)));
    EXPECT_EQ(this->log_->latest_checkpoint().value().value().seq, 4U);
}

TYPED_TEST(EventLogContract, AReaderOnAnotherThreadSeesGoodRecordsWhileTheLogGrows) {
    constexpr uint64_t kRecords = 300;
    auto reader = this->log_->reader();
    ASSERT_TRUE(reader) << reader.error().message;
    std::thread worker([&] {
        uint64_t seen = 0;
        while (seen < kRecords) {
            ASSERT_TRUE((*reader)->verify(std::nullopt));
            const auto done = (*reader)->read(seen + 1, [&](const Record& record) {
                EXPECT_EQ(record.seq, ++seen);
                return true;
            });
            ASSERT_TRUE(done) << done.error().message;
        }
        EXPECT_EQ((*reader)->head().value().seq, kRecords);
    });
    for (uint64_t number = 1; number <= kRecords; ++number) {
        EXPECT_TRUE(this->log_->append(batch_of(number, 1)));
        EXPECT_TRUE(this->log_->tidy());
    }
    worker.join();
}

TEST(MemoryDisk, APowerCutLosesTheBatchOrKeepsItButNeverHalf) {
    for (const PowerCut when : {PowerCut::kBeforeSync, PowerCut::kAfterSync}) {
        MemoryPlace place;
        auto log = must_open(place);
        ASSERT_TRUE(log->append(batch_of(1, 2)));
        place.disk().cut_power_in_next_append(when);
        EXPECT_EQ(log->append(batch_of(3, 2)).error().code, "power_cut");
        EXPECT_EQ(log->append(batch_of(3, 2)).error().code, "power_cut");
        log.reset();
        log = must_open(place);
        EXPECT_EQ(log->head().seq, when == PowerCut::kAfterSync ? 4U : 2U);
        EXPECT_TRUE(log->verify(std::nullopt));
    }
}

TEST(DigestText, OnlySixtyFourHexDigitsAreADigest) {
    Digest digest{};
    digest[0] = 0xa5;
    EXPECT_EQ(digest_from_hex(to_hex(digest)), digest);
    EXPECT_EQ(to_hex(digest).substr(0, 4), "a500");
    EXPECT_FALSE(digest_from_hex(""));
    EXPECT_FALSE(digest_from_hex(to_hex(digest) + "00"));
    EXPECT_FALSE(digest_from_hex(std::string(63, '0') + "g"));
}

}  // namespace
}  // namespace hall::store
