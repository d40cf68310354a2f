#include "hall-server/store/sqlite_connection.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

#include "protocol/check.h"

namespace hall::store {
namespace {

// How long a statement waits for another program that holds the database: an administrator's
// sqlite3, a backup. Readers and one writer never wait for each other in WAL mode.
constexpr int kBusyTimeoutMs = 250;

bool no_room_or_right(int system_errno) {
    return system_errno == ENOSPC || system_errno == EDQUOT || system_errno == EFBIG ||
           system_errno == EROFS;
}

bool io_outcome_is_known(int extended_code, int system_errno, WritePhase phase) {
    switch (extended_code) {
        case SQLITE_IOERR_WRITE:
            return no_room_or_right(system_errno);
        case SQLITE_IOERR_READ:
        case SQLITE_IOERR_SHORT_READ:
        case SQLITE_IOERR_FSTAT:
        case SQLITE_IOERR_ACCESS:
        case SQLITE_IOERR_LOCK:
        case SQLITE_IOERR_RDLOCK:
        case SQLITE_IOERR_SHMLOCK:
        case SQLITE_IOERR_SHMMAP:
        case SQLITE_IOERR_SHMOPEN:
        case SQLITE_IOERR_SHMSIZE:
            return phase != WritePhase::kCommit;
        default:
            return false;
    }
}

}  // namespace

void Statement::bind(int parameter, int64_t value) {
    HALL_CHECK(sqlite3_bind_int64(handle_.get(), parameter, value) == SQLITE_OK);
}

void Statement::bind_text(int parameter, std::string_view text) {
    HALL_CHECK(sqlite3_bind_text64(handle_.get(), parameter, text.data(), text.size(),
                                   SQLITE_STATIC, SQLITE_UTF8) == SQLITE_OK);
}

void Statement::bind_blob(int parameter, std::string_view bytes) {
    // A null pointer would bind NULL instead of an empty blob.
    const void* data = bytes.empty() ? "" : bytes.data();
    HALL_CHECK(sqlite3_bind_blob64(handle_.get(), parameter, data, bytes.size(), SQLITE_STATIC) ==
               SQLITE_OK);
}

void Statement::bind_blob(int parameter, const Digest& digest) {
    bind_blob(parameter,
              std::string_view(reinterpret_cast<const char*>(digest.data()), digest.size()));
}

int Statement::run() {
    const int code = step();
    reset();
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

std::string_view Statement::bytes(int column) const {
    const void* data = sqlite3_column_blob(handle_.get(), column);
    const auto size = static_cast<size_t>(sqlite3_column_bytes(handle_.get(), column));
    return {static_cast<const char*>(data), data == nullptr ? 0 : size};
}

std::optional<Digest> Statement::digest(int column) const {
    Digest digest;
    const std::string_view stored = bytes(column);
    if (type(column) != SQLITE_BLOB || stored.size() != digest.size()) return std::nullopt;
    std::memcpy(digest.data(), stored.data(), digest.size());
    return digest;
}

tl::expected<Connection, Error> Connection::open(const std::filesystem::path& file, int flags) {
    Connection connection;
    connection.file_ = file;
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &handle,
                                     flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    HALL_CHECK(handle != nullptr);  // only without memory
    connection.handle_.reset(handle);
    if (code != SQLITE_OK) return tl::unexpected(connection.error("cannot open the log"));
    sqlite3_busy_timeout(handle, kBusyTimeoutMs);
    return connection;
}

int Connection::run(const char* sql) const {
    return sqlite3_exec(get(), sql, nullptr, nullptr, nullptr);
}

tl::expected<int64_t, Error> Connection::number(const char* sql) const {
    auto statement = prepare(sql);
    if (!statement) return tl::unexpected(statement.error());
    if (statement->step() != SQLITE_ROW) return tl::unexpected(error("cannot read the log"));
    return statement->integer(0);
}

tl::expected<Statement, Error> Connection::prepare(const char* sql) const {
    Statement statement;
    sqlite3_stmt* handle = nullptr;
    const int code =
        sqlite3_prepare_v3(get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
    if (code != SQLITE_OK) return tl::unexpected(error("cannot read the log"));
    statement.handle_.reset(handle);
    return statement;
}

int Connection::write_errno(WritePhase phase) const {
    const int which = phase == WritePhase::kMoveWal ? SQLITE_FCNTL_FILE_POINTER
                                                    : SQLITE_FCNTL_JOURNAL_POINTER;  // the WAL
    sqlite3_file* file = nullptr;
    int error = 0;
    if (sqlite3_file_control(get(), "main", which, &file) != SQLITE_OK || file == nullptr ||
        file->pMethods == nullptr ||
        file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &error) != SQLITE_OK) {
        return 0;
    }
    return error;
}

Error Connection::error(std::string_view what) const {
    const int code = sqlite3_extended_errcode(get());
    const std::string reason =
        fmt::format("{} in {}: {} (SQLite {})", what, file_.string(), sqlite3_errmsg(get()), code);
    switch (code & 0xff) {
        case SQLITE_NOTADB:
            return {"log_not_a_database",
                    reason + "; move the file away or name another data directory"};
        case SQLITE_CORRUPT:
            return {"log_damaged", reason + "; restore the data directory from a backup"};
        default:
            break;
    }
    // Only these two set it.
    const bool from_system = (code & 0xff) == SQLITE_CANTOPEN || (code & 0xff) == SQLITE_IOERR;
    const int system_errno = from_system ? sqlite3_system_errno(get()) : 0;
    const std::string cause =
        system_errno == 0 ? "" : fmt::format(", {}", std::strerror(system_errno));
    return {"storage_unavailable",
            fmt::format("{}{}; nothing was changed: see that the disk has room and can be written, "
                        "and try again",
                        reason, cause)};
}

bool outcome_is_known(int extended_code, int system_errno, WritePhase phase) {
    switch (extended_code & 0xff) {
        case SQLITE_FULL:
        case SQLITE_READONLY:
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_PROTOCOL:
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
        case SQLITE_INTERRUPT:
            return true;
        case SQLITE_IOERR:
            return io_outcome_is_known(extended_code, system_errno, phase);
        default:
            return false;
    }
}

tl::expected<bool, Error> check_identity(const Connection& connection) {
    const auto tables = connection.number("SELECT count(*) FROM sqlite_schema");
    if (!tables) return tl::unexpected(tables.error());
    const auto application = connection.number("PRAGMA application_id");
    if (!application) return tl::unexpected(application.error());
    const auto version = connection.number("PRAGMA user_version");
    if (!version) return tl::unexpected(version.error());

    const std::string file = connection.file().string();
    if (*tables == 0 && *application == 0 && *version == 0) return true;
    if (*application != kApplicationId) {
        return tl::unexpected(
            Error{"log_not_a_database",
                  fmt::format("{} is a database, but not a hall's log (application_id {:#x}); move "
                              "it away or name another data directory",
                              file, *application)});
    }
    if (*version > kUserVersion) {
        return tl::unexpected(
            Error{"log_from_future",
                  fmt::format("{} was written by a newer version (format {}, this program reads up "
                              "to {}); install that version",
                              file, *version, kUserVersion)});
    }
    return false;
}

}  // namespace hall::store
