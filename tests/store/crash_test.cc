// Killed at any moment, a log keeps every acknowledged record, and never half a batch.
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <map>
#include <random>

#include "tests/store/places.h"

namespace hall::store {
namespace {

constexpr uint64_t kBatch = 3;

// What the writer tells once append() has returned.
struct Acknowledged {
    uint64_t seq = 0;
    Digest chain{};
};

[[noreturn]] void write_for_ever(const std::filesystem::path& data_dir, int pipe) {
    auto log = open_sqlite_log(data_dir);
    if (!log) ::_exit(1);
    for (;;) {
        const uint64_t next = (*log)->head().seq + 1;
        Batch batch = batch_of(next, kBatch);
        for (const NewRecord& record : batch.records) {
            batch.replies.push_back(reply_to(record.command_id, 100));
        }
        const auto stored = (*log)->append(batch);
        if (!stored || !(*log)->tidy()) ::_exit(1);
        const Acknowledged told{*stored, (*log)->head().chain};
        if (::write(pipe, &told, sizeof told) != sizeof told) ::_exit(1);
    }
}

// Lets a writer run for `acknowledged` batches and `more` after them, kills it, and returns the
// last thing it told.
Acknowledged run_and_kill(const std::filesystem::path& data_dir, int acknowledged,
                          std::chrono::microseconds more) {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        write_for_ever(data_dir, ends[1]);
    }
    ::close(ends[1]);
    Acknowledged last;
    for (int i = 0; i < acknowledged; ++i) {
        EXPECT_EQ(::read(ends[0], &last, sizeof last), ssize_t{sizeof last});
    }
    const auto until = std::chrono::steady_clock::now() + more;
    while (std::chrono::steady_clock::now() < until) {
    }
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    for (Acknowledged told; ::read(ends[0], &told, sizeof told) == ssize_t{sizeof told};) {
        last = told;
    }
    ::close(ends[0]);
    return last;
}

TEST(Crash, AKilledWriterLosesNothingAcknowledgedAndNoBatchIsHalf) {
    SqlitePlace place;
    std::mt19937 random(20261124);
    for (int round = 0; round < 20; ++round) {
        const Acknowledged last = run_and_kill(place.path(), static_cast<int>(1 + random() % 20),
                                               std::chrono::microseconds(random() % 3000));
        {
            auto reader = open_sqlite_reader(place.path());  // before anyone has recovered the WAL
            ASSERT_TRUE(reader) << reader.error().message;
            EXPECT_TRUE((*reader)->verify(last.chain));
        }
        auto log = must_open(place);
        EXPECT_GE(log->head().seq, last.seq);
        EXPECT_EQ(log->head().seq % kBatch, 0U) << "half a batch";
        const auto verified = log->verify(last.chain);
        ASSERT_TRUE(verified) << verified.error().seq << ": " << verified.error().what;
        EXPECT_EQ(verified->expected_head_seq, last.seq);
        for (uint64_t number = 1; number <= log->head().seq; ++number) {
            ASSERT_TRUE(log->find_reply("command-" + std::to_string(number)).value()) << number;
        }
    }
}

// What a power cut leaves: the WAL ends anywhere. The log is then a good log of some length.
TEST(Crash, ATruncatedWalIsALogOfWholeBatches) {
    SqlitePlace source;
    run_and_kill(source.path(), 20, std::chrono::microseconds(0));
    const auto wal = source.path() / "hall.db-wal";
    const auto size = std::filesystem::file_size(wal);
    ASSERT_GT(size, 50'000U);
    std::mt19937_64 random(7);
    std::map<uint64_t, int> lengths;
    for (int round = 0; round < 40; ++round) {
        SqlitePlace place;
        std::filesystem::copy_file(source.path() / "hall.db", place.path() / "hall.db");
        std::filesystem::copy_file(wal, place.path() / "hall.db-wal");
        std::filesystem::resize_file(place.path() / "hall.db-wal",
                                     round == 0 ? size : random() % size);
        auto log = place.open();
        ASSERT_TRUE(log) << log.error().message;
        ++lengths[(*log)->head().seq];
        EXPECT_EQ((*log)->head().seq % kBatch, 0U);
        EXPECT_TRUE((*log)->verify(std::nullopt));
        EXPECT_TRUE((*log)->append(batch_of(1, 1)));
    }
    EXPECT_GT(lengths.size(), 5U) << "the cuts met too few places to show anything";
}

}  // namespace
}  // namespace hall::store
