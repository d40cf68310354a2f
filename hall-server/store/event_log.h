// EventLog: where the hall's history is kept, and the only thing that must survive.
//
// The hall is a pure function of this log: the service appends the events of a batch, waits for the
// disk, and only then lets replies and views out. At the start it reads the log back. The store
// holds events as bytes and knows no rule of the hall and no protobuf.
//
// There are two logs with one contract (tests/store/contract_test.cc runs on both):
//   open_sqlite_log()   a SQLite file, for halls             sqlite_event_log.h
//   open_memory_log()   in memory, for the simulator and     memory_event_log.h
//                       tests, with faults on demand
//
// Threads: an EventLog belongs to one thread. A LogReader got from it belongs to whichever single
// thread uses it, while the log's thread goes on appending.
//
// Three ways to fail:
//   Error `storage_unavailable`  the disk is full, read-only or out of reach. Nothing of the batch
//                                is stored, the log stays open, reads go on, and a later try works
//                                as soon as the disk does.
//   Error, other codes           named at each function.
//   the process ends             a failed fsync, a failed write with an unknown outcome, or a
//                                damaged database page met while writing: what is on disk is not
//                                known, so the process aborts (as HALL_CHECK does), is started
//                                again, and replays what the disk really holds.
//
// The chain. Persistent: never renumber, never reorder, never change a width.
//
//   chain(0) = BLAKE2b-256("nuanting event log 1")
//   chain(n) = BLAKE2b-256(chain(n-1) record(n))
//   record   = seq at_ms actor command_id kind version body
//   seq      = u64      at_ms = i64      kind, version = u32
//   actor, command_id, body = u32 length in bytes, then the bytes as they are stored
//   integers are little endian, two's complement; BLAKE2b is unkeyed, 32 bytes long
//
// So a record that was changed, moved, added or taken out breaks the chain at its seq. A tail that
// was cut leaves a good chain: only a head noted elsewhere (the day report prints it) finds that.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "protocol/error.h"

namespace hall::store {

// A BLAKE2b-256 value.
using Digest = std::array<uint8_t, 32>;

// 64 lower-case hexadecimal digits, as people see a head.
std::string to_hex(const Digest& digest);
// Nothing unless `hex` is exactly 64 hexadecimal digits (either case).
std::optional<Digest> digest_from_hex(std::string_view hex);

// Limits. What is over them is refused before it gets here; append() checks them.
inline constexpr size_t kMaxIdBytes = 256;  // an actor, a command_id
inline constexpr size_t kMaxBodyBytes = size_t{1} << 20;
inline constexpr size_t kMaxReplyBytes = size_t{1} << 20;
inline constexpr size_t kMaxBatchRecords = 1'000'000;
inline constexpr size_t kMaxBatchReplies = 10'000;
inline constexpr size_t kMaxCheckpointBytes = size_t{256} << 20;
// Replies kept at once, all days together. A city hall records some 40,000 in two days; a million
// takes 0.6 s to load at the start and 45 MB.
inline constexpr size_t kMaxReplies = 2'000'000;

// An event on its way into the log.
struct NewRecord {
    int64_t at_ms = 0;       // hall time, UTC milliseconds
    std::string actor;       // device + person, opaque here
    std::string command_id;  // the command that caused it; empty for a Tick
    uint32_t kind = 0;       // which event
    uint32_t version = 0;    // which version of that event's body
    std::string body;        // the serialised event, kept byte for byte
};

// An event in the log.
struct Record : NewRecord {
    uint64_t seq = 0;  // 1 for the first, then without a gap
    Digest chain{};    // chain(seq), see the top of this file
};

// The answer that was given to a command, so that its repeat gets the same one.
struct StoredReply {
    std::string command_id;
    Digest body_digest{};   // of the command's body: tells a repeat from a reused id
    uint32_t hall_day = 0;  // the caller's counter of days; below 2^31
    std::string reply;      // the serialised reply
};

// What one turn of the loop stores: all of it or nothing.
struct Batch {
    std::vector<NewRecord> records;
    std::vector<StoredReply> replies;
};

// The end of the log. {0, chain(0)} when it is empty.
struct Head {
    uint64_t seq = 0;
    Digest chain{};

    friend bool operator==(const Head&, const Head&) = default;
};

// A state of the hall, so that a restart need not replay from the first event.
struct Checkpoint {
    uint64_t seq = 0;     // the state after this record
    uint32_t format = 0;  // the caller's version of `bytes`
    std::string bytes;
};

// A log whose every record is what was appended.
struct Verified {
    uint64_t records = 0;
    Head head;
    // The record whose chain is the expected head; nothing when none was asked for.
    std::optional<uint64_t> expected_head_seq;
};

// The first record that is not what was appended.
struct Damage {
    uint64_t seq = 0;
    std::string what;  // one sentence for people
};

// Called for each record in order; returns whether to go on. The record is the reader's: it
// changes with the next call, so copy what must stay. REQUIRES: it does not change the log.
using RecordVisitor = std::function<bool(const Record&)>;

// Reads a log from another thread: verify, export, a feed that missed some records. Sees what was
// committed when each call reached it. Must not outlive the EventLog's data.
class LogReader {
  public:
    LogReader() = default;
    LogReader(const LogReader&) = delete;
    LogReader& operator=(const LogReader&) = delete;
    virtual ~LogReader() = default;

    // As EventLog::read, head and verify; head() asks the disk, so it can fail.
    virtual tl::expected<void, Error> read(uint64_t from_seq, const RecordVisitor& visit) = 0;
    virtual tl::expected<Head, Error> head() = 0;
    virtual tl::expected<Verified, Damage> verify(const std::optional<Digest>& expected_head) = 0;
};

class EventLog {
  public:
    EventLog() = default;
    EventLog(const EventLog&) = delete;
    EventLog& operator=(const EventLog&) = delete;
    virtual ~EventLog() = default;

    // Stores the batch in one transaction with one fsync, and returns the seq of the log's last
    // record (the records got the seqs up to it, in order). When it returns, the batch survives a
    // power cut. An empty batch touches nothing.
    // REQUIRES: the limits above; no reply to a command_id that has one already.
    // Errors: `storage_unavailable`; `replies_full` at kMaxReplies. Nothing of the batch is stored
    // then, and the next batch gets the same seqs.
    virtual tl::expected<uint64_t, Error> append(const Batch& batch) = 0;

    // Gives each record from `from_seq` on (0 and 1 both mean the first) to `visit`, in order,
    // until it returns false or the log ends. Every record's chain is checked before it is given.
    // Errors: `log_damaged` names the seq that is not what was appended; `storage_unavailable`.
    virtual tl::expected<void, Error> read(uint64_t from_seq, const RecordVisitor& visit) = 0;

    // Costs nothing: no disk.
    virtual Head head() const = 0;

    // The stored answer to a command, or nothing. Errors: `storage_unavailable`.
    virtual tl::expected<std::optional<StoredReply>, Error> find_reply(
        std::string_view command_id) = 0;

    // Forgets the answers of all days before `hall_day` (replies are kept for two hall days).
    // Errors: `storage_unavailable`; some of the old answers may be gone then.
    virtual tl::expected<void, Error> drop_replies_before(uint32_t hall_day) = 0;

    // Keeps the state after record `seq`, and of all checkpoints the newest two.
    // REQUIRES: seq <= head().seq; bytes within kMaxCheckpointBytes.
    // Errors: `storage_unavailable`, with the former checkpoints untouched.
    virtual tl::expected<void, Error> save_checkpoint(uint64_t seq, uint32_t format,
                                                      std::string_view bytes) = 0;

    // The newest checkpoint that is whole and belongs to this log, or nothing: one that is damaged,
    // ahead of the log, or made from other records (its digest covers chain(seq)) is passed over.
    // Errors: `storage_unavailable`.
    virtual tl::expected<std::optional<Checkpoint>, Error> latest_checkpoint() = 0;

    // Housekeeping that append() would otherwise have to do: call it when the loop is idle. Cheap
    // when there is nothing to do. Errors: `storage_unavailable`; nothing is lost by it.
    virtual tl::expected<void, Error> tidy() = 0;

    // Reads all records and checks the chain. `expected_head` is a head noted earlier (of any
    // record: the log may have grown since); if no record has it, the tail was cut or the log was
    // written anew, and the damage is named at the first seq after the end. A log that cannot be
    // read is damage at the record that could not be.
    virtual tl::expected<Verified, Damage> verify(const std::optional<Digest>& expected_head) = 0;

    // A reader for another thread. Errors: `storage_unavailable`.
    virtual tl::expected<std::unique_ptr<LogReader>, Error> reader() = 0;
};

// For the logs themselves: what append() REQUIRES of a batch by itself, with HALL_CHECK.
void check_batch(const Batch& batch);

}  // namespace hall::store
