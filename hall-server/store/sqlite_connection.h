// The thin layer over SQLite's C interface that the log needs: a connection, kept statements, and
// what a failure means. Inside store only.
//
// Threads: a connection and its statements belong to one thread at a time.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "hall-server/store/event_log.h"
#include "protocol/error.h"

namespace hall::store {

// A prepared statement, kept for as long as its connection. Columns count from 0, parameters
// from 1.
class Statement {
  public:
    // What is bound is not copied: it must stay until reset().
    void bind(int parameter, int64_t value);
    void bind_text(int parameter, std::string_view text);
    void bind_blob(int parameter, std::string_view bytes);
    void bind_blob(int parameter, const Digest& digest);

    // SQLITE_ROW, SQLITE_DONE or an extended error code.
    int step() { return sqlite3_step(handle_.get()); }
    // Ends the run, so that it holds no lock and may be bound anew.
    void reset() { sqlite3_reset(handle_.get()); }
    // A run that gives no rows: SQLITE_OK or an extended error code. Resets.
    int run();

    int type(int column) const { return sqlite3_column_type(handle_.get(), column); }
    int64_t integer(int column) const { return sqlite3_column_int64(handle_.get(), column); }
    // Text or blob, as stored. Stays until the next step() or reset().
    std::string_view bytes(int column) const;
    // Nothing unless the column holds a blob of a digest's size.
    std::optional<Digest> digest(int column) const;

  private:
    friend class Connection;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

// Where a write failed.
enum class WritePhase {
    kBeforeCommit,  // no commit frame was written: whatever happened, nothing is stored
    kCommit,
    kMoveWal,  // into the database; the WAL keeps what was committed
};

class Connection {
  public:
    // `flags` are SQLITE_OPEN_….  Errors: as open_sqlite_log.
    static tl::expected<Connection, Error> open(const std::filesystem::path& file, int flags);

    sqlite3* get() const { return handle_.get(); }
    const std::filesystem::path& file() const { return file_; }

    // Statements without results. SQLITE_OK or an extended error code.
    int run(const char* sql) const;
    // The first column of the only row.
    tl::expected<int64_t, Error> number(const char* sql) const;
    tl::expected<Statement, Error> prepare(const char* sql) const;

    // The errno of the last SQLITE_IOERR_WRITE in that phase. sqlite3_system_errno() does not have
    // it: a failed COMMIT leaves that alone.
    int write_errno(WritePhase phase) const;

    // The last failure as an Error: `log_not_a_database`, `log_damaged` or `storage_unavailable`.
    // `what` says what could not be done, as in "cannot store the batch".
    Error error(std::string_view what) const;

  private:
    struct Close {
        void operator()(sqlite3* database) const { sqlite3_close(database); }
    };
    std::unique_ptr<sqlite3, Close> handle_;
    std::filesystem::path file_;
};

// Whether a failed write leaves a known state, so that a rollback makes it as if never tried.
//
// Known: SQLITE_FULL (a write met ENOSPC), SQLITE_READONLY, _BUSY, _LOCKED, _PROTOCOL, _CANTOPEN,
// _PERM, _INTERRUPT; SQLITE_IOERR_WRITE with EDQUOT, EFBIG, ENOSPC or EROFS, since a commit frame
// that was cut short fails its checksum; before the commit also a failed read, lock or mapping.
// Not known: any failed fsync (the kernel may have dropped the dirty pages and forgotten it), other
// I/O errors at the commit (the shared index is mapped after the commit frame is on disk),
// SQLITE_CORRUPT, SQLITE_NOTADB, and every code that means a mistake of ours.
bool outcome_is_known(int extended_code, int system_errno, WritePhase phase);

// WAL frames (4 KiB pages) after which a tidy() moves the WAL into the database.
inline constexpr int kTidyFrames = 500;

// The application_id and user_version of hall.db.
inline constexpr int64_t kApplicationId = 0x4e75616e;  // "Nuan"
inline constexpr int64_t kUserVersion = 1;

// Checks that an opened file is a log this program can read; true if it is an empty database still.
// Errors: `log_not_a_database`, `log_from_future`, `log_damaged`, `storage_unavailable`.
tl::expected<bool, Error> check_identity(const Connection& connection);

}  // namespace hall::store
