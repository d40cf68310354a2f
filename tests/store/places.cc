#include "tests/store/places.h"

#include <cerrno>
#include <cstdlib>

#include "protocol/check.h"
#include "tests/store/faulty_disk.h"

namespace hall::store {
namespace {

const char* name_of(Column column) {
    switch (column) {
        case Column::kAtMs:
            return "at_ms";
        case Column::kActor:
            return "actor";
        case Column::kCommandId:
            return "command_id";
        case Column::kKind:
            return "kind";
        case Column::kVersion:
            return "version";
        case Column::kBody:
            return "body";
        case Column::kChain:
            return "chain";
    }
    std::abort();
}

// SQL that changes one bit or one character of the column.
std::string flipped(Column column) {
    const std::string name = name_of(column);
    switch (column) {
        case Column::kAtMs:
        case Column::kKind:
        case Column::kVersion:
            return name + " = " + name + " + 1";
        case Column::kActor:
        case Column::kCommandId:
            return name + " = 'X' || substr(" + name + ", 2)";
        case Column::kBody:
        case Column::kChain:
            return name + " = CAST(x'7f' || substr(" + name + ", 2) AS BLOB)";
    }
    std::abort();
}

}  // namespace

TestDirectory::TestDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "hall-store-XXXXXX").string();
    HALL_CHECK(mkdtemp(name.data()) != nullptr);
    path_ = name;
}

TestDirectory::~TestDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

void SqlitePlace::flip_byte(uint64_t seq, Column column) {
    run("UPDATE event SET " + flipped(column) + " WHERE seq = " + std::to_string(seq));
}

void SqlitePlace::cut_tail_after(uint64_t seq) {
    run("DELETE FROM event WHERE seq > " + std::to_string(seq));
}

void SqlitePlace::damage_newest_checkpoint() {
    run("UPDATE checkpoint SET bytes = CAST(bytes || x'01' AS BLOB) "
        "WHERE seq = (SELECT max(seq) FROM checkpoint)");
}

void SqlitePlace::run(const std::string& sql) {
    sqlite3* database = nullptr;
    HALL_CHECK(sqlite3_open((path() / "hall.db").c_str(), &database) == SQLITE_OK);
    char* error = nullptr;
    EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &error), SQLITE_OK)
        << sql << ": " << error;
    sqlite3_free(error);
    sqlite3_close(database);
}

tl::expected<uint64_t, Error> SqlitePlace::append_on_full_disk(EventLog& log, const Batch& batch) {
    const FailingWrites full(ENOSPC);
    return log.append(batch);
}

void MemoryPlace::flip_byte(uint64_t seq, Column column) {
    disk_->tamper(seq, [&](Record& record) {
        switch (column) {
            case Column::kAtMs:
                ++record.at_ms;
                break;
            case Column::kActor:
                record.actor.at(0) = 'X';
                break;
            case Column::kCommandId:
                record.command_id.at(0) = 'X';
                break;
            case Column::kKind:
                ++record.kind;
                break;
            case Column::kVersion:
                ++record.version;
                break;
            case Column::kBody:
                record.body.at(0) ^= 1;
                break;
            case Column::kChain:
                record.chain[0] ^= 1;
                break;
        }
    });
}

tl::expected<uint64_t, Error> MemoryPlace::append_on_full_disk(EventLog& log, const Batch& batch) {
    disk_->fail_next_append(Error{"storage_unavailable", "the disk is full"});
    return log.append(batch);
}

NewRecord record_number(uint64_t number) {
    NewRecord record;
    record.at_ms = 1'763'949'600'000 + static_cast<int64_t>(number);
    record.actor = "guide-1/mei";
    record.command_id = "command-" + std::to_string(number);
    record.kind = static_cast<uint32_t>(number % 40);
    record.version = 1;
    record.body = std::string(80, static_cast<char>('a' + number % 26));
    return record;
}

StoredReply reply_to(const std::string& command_id, uint32_t hall_day) {
    StoredReply reply;
    reply.command_id = command_id;
    reply.body_digest.fill(7);
    reply.hall_day = hall_day;
    reply.reply = "ticket for " + command_id;
    return reply;
}

Batch batch_of(uint64_t first, uint64_t count) {
    Batch batch;
    for (uint64_t number = first; number < first + count; ++number) {
        batch.records.push_back(record_number(number));
    }
    return batch;
}

}  // namespace hall::store
