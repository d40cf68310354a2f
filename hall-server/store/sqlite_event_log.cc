#include "hall-server/store/sqlite_event_log.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "hall-server/store/chain.h"
#include "hall-server/store/data_lock.h"
#include "hall-server/store/reply_index.h"
#include "hall-server/store/sqlite_connection.h"
#include "hall-server/store/sqlite_log_reader.h"
#include "protocol/check.h"

namespace hall::store {
namespace {

constexpr const char* kLogSchema = R"sql(
BEGIN IMMEDIATE;
CREATE TABLE event(
    seq INTEGER PRIMARY KEY,
    at_ms INTEGER NOT NULL,
    actor TEXT NOT NULL,
    command_id TEXT NOT NULL,
    kind INTEGER NOT NULL,
    version INTEGER NOT NULL,
    body BLOB NOT NULL,
    chain BLOB NOT NULL) STRICT;
CREATE TABLE reply(
    id INTEGER PRIMARY KEY,
    command_id TEXT NOT NULL,
    body_digest BLOB NOT NULL,
    reply BLOB NOT NULL) STRICT;
CREATE TABLE checkpoint(
    seq INTEGER PRIMARY KEY,
    format INTEGER NOT NULL,
    digest BLOB NOT NULL,
    bytes BLOB NOT NULL) STRICT;
PRAGMA application_id = 0x4e75616e;
PRAGMA user_version = 1;
COMMIT;
)sql";

// WAL frames after which append() moves the WAL into the database by itself. SQLite maps the WAL's
// index in pieces of 4062 frames: staying below means that the index never has to grow on a disk
// that may be full.
constexpr int kForcedFrames = 3000;

// Replies deleted in one transaction, so that a day's end does not swell the WAL.
constexpr int64_t kDropStretch = 2000;

class SqliteEventLog : public EventLog {
  public:
    SqliteEventLog(DataLock lock, Connection connection, std::filesystem::path data_dir)
        : lock_(std::move(lock)),
          data_dir_(std::move(data_dir)),
          connection_(std::make_unique<Connection>(std::move(connection))) {}

    // To be called once, before anything else. Errors: as open_sqlite_log.
    tl::expected<void, Error> start();

    tl::expected<uint64_t, Error> append(const Batch& batch) override;
    tl::expected<void, Error> read(uint64_t from_seq, const RecordVisitor& visit) override {
        return events_->read(from_seq, visit);
    }
    Head head() const override { return head_; }
    tl::expected<std::optional<StoredReply>, Error> find_reply(
        std::string_view command_id) override;
    tl::expected<void, Error> drop_replies_before(uint32_t hall_day) override;
    tl::expected<void, Error> save_checkpoint(uint64_t seq, uint32_t format,
                                              std::string_view bytes) override;
    tl::expected<std::optional<Checkpoint>, Error> latest_checkpoint() override;
    tl::expected<void, Error> tidy() override {
        if (frames_to_move() < kTidyFrames) return {};
        return move_wal();
    }
    tl::expected<Verified, Damage> verify(const std::optional<Digest>& expected_head) override {
        return events_->verify(expected_head);
    }
    tl::expected<std::unique_ptr<LogReader>, Error> reader() override {
        return open_sqlite_reader(data_dir_);
    }

  private:
    tl::expected<void, Error> configure();
    tl::expected<void, Error> create_if_empty();
    tl::expected<void, Error> prepare();
    tl::expected<void, Error> load_head();
    tl::expected<void, Error> load_replies();
    // BEGIN, `write` (which returns SQLITE_OK or an error code), COMMIT. Nothing is stored on
    // error; ends the process if that is not certain.
    template <class Write>
    tl::expected<void, Error> transaction(const char* what, Write write);
    tl::expected<void, Error> failed_write(const char* what, int code, WritePhase phase);
    int write_record(uint64_t seq, const NewRecord& record, const Digest& chain);
    int write_reply(int64_t id, const StoredReply& reply);
    tl::expected<void, Error> move_wal();
    void committed(int wal_frames) {
        if (wal_frames < frames_tried_) frames_tried_ = 0;  // all were moved: the WAL began anew
        wal_frames_ = wal_frames;
    }
    int frames_to_move() const { return wal_frames_ - frames_tried_; }

    DataLock lock_;  // first in, last out
    std::filesystem::path data_dir_;
    std::unique_ptr<Connection> connection_;
    std::optional<EventTable> events_;
    Statement begin_;
    Statement commit_;
    Statement insert_event_;
    Statement insert_reply_;
    Statement select_reply_;
    Statement delete_replies_;
    Statement insert_checkpoint_;
    Statement trim_checkpoints_;
    Statement select_checkpoints_;
    Head head_;
    ReplyIndex replies_;
    int wal_frames_ = 0;    // in the WAL after the last commit
    int frames_tried_ = 0;  // of these, when move_wal() last ran
};

// The state on disk is unknown; only a restart that replays it can tell.
[[noreturn]] void end_process(const Connection& connection, const char* what, int code,
                              WritePhase phase) {
    std::fprintf(stderr,
                 "%s in %s: %s (SQLite %d, errno %d): the disk's state is unknown, ending\n", what,
                 connection.file().c_str(), sqlite3_errmsg(connection.get()), code,
                 connection.write_errno(phase));
    std::abort();
}

tl::expected<void, Error> SqliteEventLog::start() {
    return configure()
        .and_then([&] { return create_if_empty(); })
        .and_then([&] { return prepare(); })
        .and_then([&] { return load_head(); })
        .and_then([&] { return load_replies(); })
        .map([&] {
            // What a crash left in the WAL. A full disk does not keep the log from opening.
            (void)move_wal();
        });
}

tl::expected<void, Error> SqliteEventLog::configure() {
    if (sqlite3_db_readonly(connection_->get(), "main") != 0) {
        return tl::unexpected(Error{"storage_unavailable",
                                    fmt::format("{} is read-only; make it writable for this user",
                                                connection_->file().string())});
    }
    // temp_store: no temporary file that a full disk could refuse. autocheckpoint: move_wal() does
    // it.
    const int code = connection_->run(
        "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;"
        "PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF; PRAGMA wal_autocheckpoint = 0;");
    if (code != SQLITE_OK) return tl::unexpected(connection_->error("cannot set up the log"));
    sqlite3_wal_hook(
        connection_->get(),
        [](void* self, sqlite3*, const char*, int frames) {
            static_cast<SqliteEventLog*>(self)->committed(frames);
            return SQLITE_OK;
        },
        this);
    return {};
}

tl::expected<void, Error> SqliteEventLog::create_if_empty() {
    const auto empty = check_identity(*connection_);
    if (!empty) return tl::unexpected(empty.error());
    if (!*empty) return {};
    const int code = connection_->run("PRAGMA auto_vacuum = NONE; PRAGMA journal_mode = WAL;");
    if (code != SQLITE_OK || connection_->run(kLogSchema) != SQLITE_OK) {
        return tl::unexpected(connection_->error("cannot create the log"));
    }
    return {};
}

tl::expected<void, Error> SqliteEventLog::prepare() {
    auto mode = connection_->prepare("PRAGMA journal_mode = WAL");
    if (!mode) return tl::unexpected(mode.error());
    if (mode->step() != SQLITE_ROW || mode->bytes(0) != "wal") {
        return tl::unexpected(connection_->error("cannot use a write-ahead log"));
    }
    auto events = EventTable::prepare(*connection_);
    if (!events) return tl::unexpected(events.error());
    events_ = std::move(*events);
    const std::pair<Statement*, const char*> statements[] = {
        {&begin_, "BEGIN IMMEDIATE"},
        {&commit_, "COMMIT"},
        {&insert_event_, "INSERT INTO event VALUES(?, ?, ?, ?, ?, ?, ?, ?)"},
        {&insert_reply_, "INSERT INTO reply VALUES(?, ?, ?, ?)"},
        {&select_reply_, "SELECT command_id, body_digest, reply FROM reply WHERE id = ?"},
        {&delete_replies_,
         "DELETE FROM reply WHERE id IN (SELECT id FROM reply WHERE id < ? ORDER BY id LIMIT ?)"},
        {&insert_checkpoint_, "INSERT OR REPLACE INTO checkpoint VALUES(?, ?, ?, ?)"},
        {&trim_checkpoints_,
         "DELETE FROM checkpoint WHERE seq NOT IN "
         "(SELECT seq FROM checkpoint WHERE seq <= ? ORDER BY seq DESC LIMIT 2)"},
        {&select_checkpoints_,
         "SELECT seq, format, digest, bytes FROM checkpoint WHERE seq <= ? ORDER BY seq DESC"}};
    for (const auto& [statement, sql] : statements) {
        auto prepared = connection_->prepare(sql);
        if (!prepared) return tl::unexpected(prepared.error());
        *statement = std::move(*prepared);
    }
    return {};
}

tl::expected<void, Error> SqliteEventLog::load_head() {
    const auto head = events_->head();
    if (!head) return tl::unexpected(head.error());
    head_ = *head;
    return read(head_.seq, [](const Record&) { return true; });
}

tl::expected<void, Error> SqliteEventLog::load_replies() {
    auto rows = connection_->prepare("SELECT id, command_id FROM reply ORDER BY id");
    if (!rows) return tl::unexpected(rows.error());
    int code = rows->step();
    for (; code == SQLITE_ROW; code = rows->step()) {
        replies_.add(rows->bytes(1), rows->integer(0));
    }
    if (code != SQLITE_DONE) return tl::unexpected(connection_->error("cannot read the replies"));
    return {};
}

template <class Write>
tl::expected<void, Error> SqliteEventLog::transaction(const char* what, Write write) {
    int code = begin_.run();
    if (code == SQLITE_OK) code = write();
    if (code != SQLITE_OK) return failed_write(what, code, WritePhase::kBeforeCommit);
    code = commit_.run();
    if (code != SQLITE_OK) return failed_write(what, code, WritePhase::kCommit);
    return {};
}

tl::expected<void, Error> SqliteEventLog::failed_write(const char* what, int code,
                                                       WritePhase phase) {
    sqlite3* const database = connection_->get();
    if (!outcome_is_known(code, connection_->write_errno(phase), phase)) {
        end_process(*connection_, what, code, phase);
    }
    Error error = connection_->error(what);
    // Some failures have rolled back already.
    if (sqlite3_get_autocommit(database) == 0) (void)connection_->run("ROLLBACK");
    HALL_CHECK(sqlite3_get_autocommit(database) != 0);
    return tl::unexpected(std::move(error));
}

tl::expected<uint64_t, Error> SqliteEventLog::append(const Batch& batch) {
    if (batch.records.empty() && batch.replies.empty()) return head_.seq;
    check_batch(batch);
    if (replies_.size() + batch.replies.size() > kMaxReplies) {
        return tl::unexpected(Error{
            "replies_full",
            fmt::format("{} replies are kept already; drop those of past days", replies_.size())});
    }
    for (const StoredReply& reply : batch.replies) {
        const auto stored = find_reply(reply.command_id);
        if (!stored) return tl::unexpected(stored.error());
        HALL_CHECK(!stored->has_value());
    }

    Head head = head_;
    std::vector<int64_t> reply_ids;
    reply_ids.reserve(batch.replies.size());
    const auto stored = transaction("cannot store the batch", [&] {
        for (const NewRecord& record : batch.records) {
            head.chain = chain_after(head.chain, ++head.seq, record);
            const int code = write_record(head.seq, record, head.chain);
            if (code != SQLITE_OK) return code;
        }
        for (const StoredReply& reply : batch.replies) {
            reply_ids.push_back(replies_.next_id(reply.hall_day));
            const int code = write_reply(reply_ids.back(), reply);
            if (code != SQLITE_OK) return code;
        }
        return SQLITE_OK;
    });
    if (!stored) return tl::unexpected(stored.error());

    head_ = head;
    for (size_t i = 0; i < reply_ids.size(); ++i) {
        replies_.add(batch.replies[i].command_id, reply_ids[i]);
    }
    // The batch is safe in the WAL; what a full disk makes of this matters to a later append only.
    if (frames_to_move() >= kForcedFrames) (void)move_wal();
    return head_.seq;
}

int SqliteEventLog::write_record(uint64_t seq, const NewRecord& record, const Digest& chain) {
    insert_event_.bind(1, static_cast<int64_t>(seq));
    insert_event_.bind(2, record.at_ms);
    insert_event_.bind_text(3, record.actor);
    insert_event_.bind_text(4, record.command_id);
    insert_event_.bind(5, int64_t{record.kind});
    insert_event_.bind(6, int64_t{record.version});
    insert_event_.bind_blob(7, record.body);
    insert_event_.bind_blob(8, chain);
    return insert_event_.run();
}

int SqliteEventLog::write_reply(int64_t id, const StoredReply& reply) {
    insert_reply_.bind(1, id);
    insert_reply_.bind_text(2, reply.command_id);
    insert_reply_.bind_blob(3, reply.body_digest);
    insert_reply_.bind_blob(4, reply.reply);
    return insert_reply_.run();
}

tl::expected<std::optional<StoredReply>, Error> SqliteEventLog::find_reply(
    std::string_view command_id) {
    const auto [first, last] = replies_.candidates(command_id);
    for (auto candidate = first; candidate != last; ++candidate) {
        const int64_t id = candidate->second;
        select_reply_.bind(1, id);
        const int code = select_reply_.step();
        std::optional<Error> error;
        std::optional<StoredReply> found;
        if (code == SQLITE_ROW && select_reply_.bytes(0) == command_id) {
            found.emplace();
            found->command_id = command_id;
            found->body_digest = select_reply_.digest(1).value_or(Digest{});
            found->hall_day = static_cast<uint32_t>(id / kNumbersPerDay);
            found->reply = select_reply_.bytes(2);
        } else if (code != SQLITE_ROW && code != SQLITE_DONE) {
            error = connection_->error("cannot read a reply");
        }
        select_reply_.reset();
        if (error) return tl::unexpected(*error);
        if (found) return found;
    }
    return std::nullopt;
}

tl::expected<void, Error> SqliteEventLog::drop_replies_before(uint32_t hall_day) {
    HALL_CHECK(hall_day <= uint32_t{INT32_MAX});
    int dropped = 0;
    do {
        const auto done = transaction("cannot drop old replies", [&] {
            delete_replies_.bind(1, hall_day * kNumbersPerDay);
            delete_replies_.bind(2, kDropStretch);
            return delete_replies_.run();
        });
        if (!done) return done;
        dropped = sqlite3_changes(connection_->get());
        if (frames_to_move() >= kForcedFrames) (void)move_wal();
    } while (dropped > 0);
    replies_.drop_before(hall_day);
    return {};
}

tl::expected<void, Error> SqliteEventLog::save_checkpoint(uint64_t seq, uint32_t format,
                                                          std::string_view bytes) {
    HALL_CHECK(seq <= head_.seq);
    HALL_CHECK(bytes.size() <= kMaxCheckpointBytes);
    const auto chain = events_->chain_at(seq);
    if (!chain) return tl::unexpected(chain.error());
    HALL_CHECK(chain->has_value());
    const Digest digest = checkpoint_digest(**chain, seq, format, bytes);
    return transaction("cannot save the checkpoint", [&] {
        insert_checkpoint_.bind(1, static_cast<int64_t>(seq));
        insert_checkpoint_.bind(2, int64_t{format});
        insert_checkpoint_.bind_blob(3, digest);
        insert_checkpoint_.bind_blob(4, bytes);
        const int code = insert_checkpoint_.run();
        if (code != SQLITE_OK) return code;
        trim_checkpoints_.bind(1, static_cast<int64_t>(head_.seq));
        return trim_checkpoints_.run();
    });
}

tl::expected<std::optional<Checkpoint>, Error> SqliteEventLog::latest_checkpoint() {
    select_checkpoints_.bind(1, static_cast<int64_t>(head_.seq));
    std::optional<Checkpoint> found;
    std::optional<Error> error;
    int code = select_checkpoints_.step();
    for (; code == SQLITE_ROW && !found && !error; code = select_checkpoints_.step()) {
        const auto seq = static_cast<uint64_t>(select_checkpoints_.integer(0));
        const auto format = static_cast<uint32_t>(select_checkpoints_.integer(1));
        const std::string_view bytes = select_checkpoints_.bytes(3);
        const auto chain = events_->chain_at(seq);
        if (!chain) {
            error = chain.error();
        } else if (*chain && select_checkpoints_.digest(2) ==
                                 checkpoint_digest(**chain, seq, format, bytes)) {
            found = Checkpoint{seq, format, std::string(bytes)};
        }
    }
    // A damaged page is a damaged checkpoint: the log replays without it.
    if (!found && !error && code != SQLITE_DONE && (code & 0xff) != SQLITE_CORRUPT) {
        error = connection_->error("cannot read the checkpoint");
    }
    select_checkpoints_.reset();
    if (error) return tl::unexpected(*error);
    return found;
}

tl::expected<void, Error> SqliteEventLog::move_wal() {
    int frames = 0;
    const int code = sqlite3_wal_checkpoint_v2(connection_->get(), "main",
                                               SQLITE_CHECKPOINT_PASSIVE, &frames, nullptr);
    frames_tried_ = wal_frames_;
    if (code == SQLITE_OK) return {};
    // Whatever fails, the WAL keeps what was committed; but a failed fsync must not be tried again.
    return failed_write("cannot move the write-ahead log", code, WritePhase::kMoveWal);
}

}  // namespace

tl::expected<std::unique_ptr<EventLog>, Error> open_sqlite_log(
    const std::filesystem::path& data_dir) {
    std::error_code failed;
    std::filesystem::create_directories(data_dir, failed);
    if (failed) {
        return tl::unexpected(Error{
            "storage_unavailable",
            fmt::format("cannot create {}: {}; name a data directory that this user may write",
                        data_dir.string(), failed.message())});
    }
    auto lock = DataLock::take(data_dir);
    if (!lock) return tl::unexpected(lock.error());
    auto connection =
        Connection::open(data_dir / "hall.db", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (!connection) return tl::unexpected(connection.error());
    auto log = std::make_unique<SqliteEventLog>(std::move(*lock), std::move(*connection),
                                                std::filesystem::absolute(data_dir));
    if (const auto started = log->start(); !started) return tl::unexpected(started.error());
    return log;
}

}  // namespace hall::store
