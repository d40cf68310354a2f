// A disk that is full or read-only is a refusal; a disk that lies ends the process.
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <fstream>

#include "hall-server/store/sqlite_connection.h"
#include "tests/store/faulty_disk.h"
#include "tests/store/places.h"

namespace hall::store {
namespace {

// No file of this process may grow beyond the size while it lives: a real refusal by the kernel.
class FileSizeLimit {
  public:
    explicit FileSizeLimit(rlim_t bytes) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        handler_ = std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

  private:
    rlimit before_{};
    void (*handler_)(int) = SIG_DFL;
};

// Appends until refused; returns what is stored then. Fails if that takes more than `limit`
// records.
uint64_t append_until_refused(EventLog& log, uint64_t limit) {
    for (uint64_t number = log.head().seq + 1; number <= limit; ++number) {
        Batch batch = batch_of(number, 1);
        batch.replies = {reply_to(batch.records[0].command_id, 100)};
        const auto stored = log.append(batch);
        if (stored) continue;
        EXPECT_EQ(stored.error().code, "storage_unavailable") << stored.error().message;
        EXPECT_FALSE(log.find_reply(batch.records[0].command_id).value());
        return log.head().seq;
    }
    ADD_FAILURE() << "the disk was never full";
    return 0;
}

void expect_whole(SqlitePlace& place, uint64_t records) {
    auto log = must_open(place);
    const auto verified = log->verify(std::nullopt);
    ASSERT_TRUE(verified) << verified.error().what;
    EXPECT_EQ(verified->records, records);
    for (uint64_t number = 1; number <= records; ++number) {
        EXPECT_TRUE(log->find_reply("command-" + std::to_string(number)).value()) << number;
    }
}

TEST(FullDisk, AFileThatMayNotGrowRefusesAndGoesOnOnceItMay) {
    SqlitePlace place;
    auto log = must_open(place);
    uint64_t stored = 0;
    {
        const FileSizeLimit limit(400'000);
        stored = append_until_refused(*log, 10'000);
        EXPECT_GT(stored, 10U);
        EXPECT_EQ(append_until_refused(*log, 10'000), stored);
        EXPECT_TRUE(log->verify(std::nullopt));
    }
    ASSERT_TRUE(log->append(batch_of(stored + 1, 1)));
    EXPECT_EQ(log->head().seq, stored + 1);
    log.reset();
    auto again = must_open(place);
    EXPECT_EQ(again->verify(std::nullopt).value().records, stored + 1);
}

TEST(FullDisk, EveryWayToSayNoRoomOrNoRightIsARefusalAndNothingIsLost) {
    for (const int error : {ENOSPC, EDQUOT, EFBIG, EROFS}) {
        SqlitePlace place;
        auto log = must_open(place);
        Batch first = batch_of(1, 1);
        first.replies = {reply_to("command-1", 100)};
        ASSERT_TRUE(log->append(first));
        {
            const FailingWrites failing(error);
            for (int attempt = 0; attempt < 3; ++attempt) {
                EXPECT_EQ(append_until_refused(*log, 2), 1U) << "errno " << error;
                EXPECT_FALSE(log->save_checkpoint(1, 1, "state"));
                EXPECT_FALSE(log->drop_replies_before(101));
            }
            EXPECT_TRUE(log->verify(std::nullopt));
            EXPECT_TRUE(log->find_reply("command-1").value());
        }
        Batch batch = batch_of(2, 1);
        batch.replies = {reply_to("command-2", 100)};
        EXPECT_EQ(log->append(batch), 2U);
        log.reset();
        expect_whole(place, 2);
    }
}

// Larger than SQLite's page cache, so that it meets the full disk long before its commit.
TEST(FullDisk, ABatchTooLargeForTheCacheLeavesNothingEither) {
    SqlitePlace place;
    auto log = must_open(place);
    ASSERT_TRUE(log->append(batch_of(1, 1)));
    Batch large = batch_of(2, 5000);
    for (NewRecord& record : large.records) record.body.resize(1000, 'l');
    {
        const FailingWrites full(ENOSPC);
        EXPECT_EQ(log->append(large).error().code, "storage_unavailable");
        EXPECT_EQ(log->verify(std::nullopt).value().records, 1U);
    }
    EXPECT_EQ(log->append(large), 5001U);
    EXPECT_EQ(log->verify(std::nullopt).value().records, 5001U);
}

TEST(FullDisk, AnotherProgramThatHoldsTheDatabaseIsARefusal) {
    SqlitePlace place;
    auto log = must_open(place);
    sqlite3* other = nullptr;
    ASSERT_EQ(sqlite3_open((place.path() / "hall.db").c_str(), &other), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
    EXPECT_EQ(log->append(batch_of(1, 1)).error().code, "storage_unavailable");
    ASSERT_EQ(sqlite3_close(other), SQLITE_OK);
    EXPECT_EQ(log->append(batch_of(1, 1)), 1U);
}

// Needs the right to mount; where there is none, the file size limit covers the same rule.
TEST(FullDisk, ARealFullFileSystemRefusesAndGoesOnOnceThereIsRoom) {
    SqlitePlace place;
    const bool mounted = ::mount("none", place.path().c_str(), "tmpfs", 0, "size=600k") == 0;
    auto log = must_open(place);
    const auto ballast = place.path() / "ballast";
    std::ofstream(ballast) << std::string(200'000, 'b') << std::flush;
    uint64_t stored = 0;
    {
        const FileSizeLimit limit(mounted ? RLIM_INFINITY : 200'000);
        stored = append_until_refused(*log, 10'000);
        EXPECT_GT(stored, 5U);
        EXPECT_EQ(append_until_refused(*log, 10'000), stored);
        EXPECT_TRUE(log->verify(std::nullopt));
        std::filesystem::remove(ballast);
    }
    Batch batch = batch_of(stored + 1, 1);
    batch.replies = {reply_to(batch.records[0].command_id, 100)};
    ASSERT_TRUE(log->append(batch));
    log.reset();
    expect_whole(place, stored + 1);
    if (mounted) {
        EXPECT_EQ(::umount2(place.path().c_str(), MNT_DETACH), 0);
    }
}

TEST(LyingDisk, AFailedSyncEndsTheProcess) {
    testing::GTEST_FLAG(death_test_style) = "fast";
    SqlitePlace place;
    auto log = must_open(place);
    ASSERT_TRUE(log->append(batch_of(1, 1)));
    EXPECT_DEATH(
        {
            const FailingSyncs failing;
            (void)log->append(batch_of(2, 1));
        },
        "state is unknown");
}

TEST(LyingDisk, AFailedWriteOfUnknownOutcomeEndsTheProcess) {
    testing::GTEST_FLAG(death_test_style) = "fast";
    SqlitePlace place;
    auto log = must_open(place);
    ASSERT_TRUE(log->append(batch_of(1, 1)));
    EXPECT_DEATH(
        {
            const FailingWrites failing(EIO);
            (void)log->append(batch_of(2, 1));
        },
        "state is unknown");
}

TEST(LyingDisk, WhichFailuresHaveAKnownOutcome) {
    using enum WritePhase;
    struct Case {
        int code;
        int system_errno;
        WritePhase phase;
        bool known;
    };
    for (const Case& c :
         {Case{SQLITE_FULL, 0, kCommit, true}, Case{SQLITE_READONLY, 0, kCommit, true},
          Case{SQLITE_READONLY_DBMOVED, 0, kBeforeCommit, true},
          Case{SQLITE_BUSY, 0, kBeforeCommit, true},
          Case{SQLITE_IOERR_WRITE, ENOSPC, kCommit, true},
          Case{SQLITE_IOERR_WRITE, EIO, kCommit, false},
          Case{SQLITE_IOERR_FSYNC, ENOSPC, kCommit, false},
          Case{SQLITE_IOERR_FSYNC, EIO, kBeforeCommit, false},
          Case{SQLITE_IOERR_DIR_FSYNC, EIO, kBeforeCommit, false},
          Case{SQLITE_IOERR_READ, EIO, kBeforeCommit, true},
          Case{SQLITE_IOERR_READ, EIO, kCommit, false},
          Case{SQLITE_IOERR_SHMSIZE, ENOSPC, kCommit, false},
          Case{SQLITE_IOERR_SHMSIZE, ENOSPC, kBeforeCommit, true},
          Case{SQLITE_CORRUPT, 0, kBeforeCommit, false},
          Case{SQLITE_NOTADB, 0, kBeforeCommit, false},
          Case{SQLITE_MISUSE, 0, kBeforeCommit, false},
          Case{SQLITE_CONSTRAINT_PRIMARYKEY, 0, kBeforeCommit, false}}) {
        EXPECT_EQ(outcome_is_known(c.code, c.system_errno, c.phase), c.known) << c.code;
    }
}

TEST(GroupCommit, OneAppendIsOneSync) {
    SqlitePlace place;
    auto log = must_open(place);
    ASSERT_TRUE(log->append(batch_of(1, 1)));  // makes the WAL's header
    for (uint64_t turn = 1; turn <= 100; ++turn) {
        Batch batch = batch_of(turn, 1 + turn % 40);
        batch.replies = {reply_to("turn " + std::to_string(turn), 100)};
        const int before = disk_syncs();
        ASSERT_TRUE(log->append(batch));
        EXPECT_EQ(disk_syncs() - before, 1);
    }
    const int before = disk_syncs();
    ASSERT_TRUE(log->append(Batch{}));
    EXPECT_EQ(disk_syncs(), before);
}

TEST(GroupCommit, TheWalStaysSmallWhetherTidiedOrNot) {
    for (const bool tidied : {true, false}) {
        SqlitePlace place;
        auto log = must_open(place);
        for (uint64_t turn = 1; turn <= 4000; ++turn) {
            Batch batch = batch_of(turn, 1);
            batch.replies = {reply_to("turn " + std::to_string(turn), 100)};
            ASSERT_TRUE(log->append(batch));
            if (tidied) {
                ASSERT_TRUE(log->tidy());
            }
        }
        const auto size = std::filesystem::file_size(place.path() / "hall.db-wal");
        EXPECT_LT(size, tidied ? 3'000'000U : 16'000'000U);
    }
}

}  // namespace
}  // namespace hall::store
