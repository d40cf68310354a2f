// Where the tests keep a log: a data directory with a SQLite log, or a memory disk. Both can be
// opened again, fail, and be tampered with, so that one suite runs on both.
#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <string>

#include "hall-server/store/event_log.h"
#include "hall-server/store/memory_event_log.h"
#include "hall-server/store/sqlite_event_log.h"

namespace hall::store {

// A directory of its own for one test, gone with it.
class TestDirectory {
  public:
    TestDirectory();
    ~TestDirectory();
    TestDirectory(const TestDirectory&) = delete;
    TestDirectory& operator=(const TestDirectory&) = delete;

    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

enum class Column { kAtMs, kActor, kCommandId, kKind, kVersion, kBody, kChain };
inline constexpr Column kAllColumns[] = {Column::kAtMs, Column::kActor,   Column::kCommandId,
                                         Column::kKind, Column::kVersion, Column::kBody,
                                         Column::kChain};

using OpenedLog = tl::expected<std::unique_ptr<EventLog>, Error>;

class SqlitePlace {
  public:
    OpenedLog open() { return open_sqlite_log(directory_.path()); }
    const std::filesystem::path& path() const { return directory_.path(); }

    // REQUIRES for all below: the log is not open.
    void flip_byte(uint64_t seq, Column column);
    void cut_tail_after(uint64_t seq);
    void damage_newest_checkpoint();
    // Runs a statement on the file, as a bad person would.
    void run(const std::string& sql);

    // Appends once on a disk that is full.
    tl::expected<uint64_t, Error> append_on_full_disk(EventLog& log, const Batch& batch);

  private:
    TestDirectory directory_;
};

class MemoryPlace {
  public:
    OpenedLog open() { return open_memory_log(disk_); }
    MemoryDisk& disk() { return *disk_; }

    void flip_byte(uint64_t seq, Column column);
    void cut_tail_after(uint64_t seq) { disk_->cut_tail_after(seq); }
    void damage_newest_checkpoint() { disk_->damage_newest_checkpoint(); }
    tl::expected<uint64_t, Error> append_on_full_disk(EventLog& log, const Batch& batch);

  private:
    std::shared_ptr<MemoryDisk> disk_ = std::make_shared<MemoryDisk>();
};

// Opens, or fails the test with the reason.
template <class Place>
std::unique_ptr<EventLog> must_open(Place& place);

// The event that tests append: all its fields follow from `number`.
NewRecord record_number(uint64_t number);
StoredReply reply_to(const std::string& command_id, uint32_t hall_day);
// `count` records from number `first` on.
Batch batch_of(uint64_t first, uint64_t count);

}  // namespace hall::store

#include <gtest/gtest.h>

template <class Place>
std::unique_ptr<hall::store::EventLog> hall::store::must_open(Place& place) {
    OpenedLog log = place.open();
    if (!log) {
        ADD_FAILURE() << log.error().code << ": " << log.error().message;
        std::abort();
    }
    return std::move(*log);
}
