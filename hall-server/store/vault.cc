#include "hall-server/store/vault.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <mutex>
#include <string_view>
#include <system_error>
#include <utility>

#include "hall-server/store/chain.h"
#include "hall-server/store/sqlite_connection.h"
#include "hall-server/store/vault_keys.h"
#include "protocol/check.h"

namespace hall::store {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kVaultApplicationId = 0x4e75566c;  // "NuVl"
constexpr int64_t kVaultVersion = 1;
constexpr const char* kVaultSchema = R"sql(
BEGIN IMMEDIATE;
CREATE TABLE sealed(
    record INTEGER NOT NULL,
    day INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    from_seq INTEGER NOT NULL,
    until_seq INTEGER,
    bytes BLOB NOT NULL,
    PRIMARY KEY(record, day)) STRICT, WITHOUT ROWID;
CREATE INDEX sealed_under ON sealed(kind, day);
CREATE INDEX sealed_from ON sealed(from_seq);
CREATE INDEX sealed_until ON sealed(until_seq) WHERE until_seq IS NOT NULL;
PRAGMA application_id = 0x4e75566c;
PRAGMA user_version = 1;
COMMIT;
)sql";

constexpr int64_t kEveryDay = -1;

constexpr size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

template <class Number>
void append_little_endian(std::string& to, Number value) {
    for (size_t i = 0; i < sizeof value; ++i) {
        to.push_back(static_cast<char>((value >> (8 * i)) & 0xff));
    }
}

// What a row is bound to: see the top of vault.h.
std::string bound(uint64_t record, SealedDay under) {
    std::string text = "nuanting vault 1";
    append_little_endian(text, record);
    append_little_endian(text, under.kind);
    append_little_endian(text, under.day);
    return text;
}

std::string sealed(std::string_view content, uint64_t record, SealedDay under,
                   const VaultKey& key) {
    const std::string with = bound(record, under);
    std::string row(kNonceBytes + content.size() + kTagBytes, '\0');
    randombytes_buf(row.data(), kNonceBytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes_of(row) + kNonceBytes, nullptr,
                                               bytes_of(content), content.size(), bytes_of(with),
                                               with.size(), nullptr, bytes_of(row), key.data());
    return row;
}

// Nothing when the row is not what was sealed.
std::optional<std::string> opened(std::string_view row, uint64_t record, SealedDay under,
                                  const VaultKey& key) {
    if (row.size() < kNonceBytes + kTagBytes) return std::nullopt;
    const std::string with = bound(record, under);
    std::string content(row.size() - kNonceBytes - kTagBytes, '\0');
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(bytes_of(content), nullptr, nullptr,
                                                   bytes_of(row) + kNonceBytes,
                                                   row.size() - kNonceBytes, bytes_of(with),
                                                   with.size(), bytes_of(row), key.data()) != 0) {
        return std::nullopt;
    }
    return content;
}

// The connection speaks of the log; programs tell the two files apart by the code.
Error of_the_vault(Error error) {
    constexpr std::string_view kLog = "log_";
    if (error.code.rfind(kLog, 0) == 0) error.code = "vault_" + error.code.substr(kLog.size());
    return error;
}

struct Row {
    SealedDay under;
    std::string bytes;
};

class SqliteVault final : public Vault {
  public:
    SqliteVault(Connection connection, std::optional<fs::path> keys, bool on_disk)
        : connection_(std::make_unique<Connection>(std::move(connection))),
          keys_folder_(keys),
          keys_(std::move(keys)),
          on_disk_(on_disk) {}

    // To be called once, before anything else.
    tl::expected<void, Error> start();

    tl::expected<std::optional<std::string>, Error> read(uint64_t record) override;
    tl::expected<void, Error> prepare(const VaultBatch& batch, uint64_t seq) override;
    tl::expected<void, Error> settle(uint64_t seq) override;
    tl::expected<void, Error> sweep(uint64_t log_seq, uint64_t next_record) override;
    tl::expected<void, Error> destroy(const std::vector<SealedDay>& days) override;
    tl::expected<std::vector<SealedDay>, Error> days() override;
    tl::expected<void, Error> tidy() override;

  private:
    tl::expected<void, Error> configure();
    tl::expected<void, Error> create_if_empty();
    tl::expected<void, Error> prepare_statements();
    tl::expected<void, Error> find_keys();
    tl::expected<bool, Error> any_row(const char* condition) const;
    tl::expected<std::vector<SealedDay>, Error> days_of_rows();
    tl::expected<std::vector<Row>, Error> rows_of(uint64_t record);
    // The copy sealed last, as far as one opens.
    tl::expected<std::optional<std::pair<SealedDay, std::string>>, Error> open(uint64_t record);

    tl::expected<void, Error> make_keys(const VaultBatch& batch);
    int put(uint64_t record, SealedDay under, uint64_t seq, std::string_view content);
    int mark(uint64_t record, int64_t except_day, uint64_t seq);
    int move(const VaultBatch::Bring& bring, uint64_t seq);
    int drop(SealedDay under);
    // As SqliteEventLog's.
    template <class Write>
    tl::expected<void, Error> transaction(const char* what, Write write);
    tl::expected<void, Error> failed_write(const char* what, int code, WritePhase phase);
    tl::expected<void, Error> wipe_wal();
    Error failure(const char* what) const { return of_the_vault(connection_->error(what)); }

    std::mutex mutex_;  // guards all below
    std::unique_ptr<Connection> connection_;
    std::optional<fs::path> keys_folder_;
    VaultKeys keys_;
    const bool on_disk_;
    Statement begin_;
    Statement commit_;
    Statement put_;
    Statement rows_;
    Statement mark_;
    Statement settle_;
    Statement undo_;
    Statement unmark_;
    Statement drop_;
    Statement days_;
    bool leaving_ = false;  // some row has an until_seq
    bool to_wipe_ = false;  // freed content may still be in the WAL
    int wal_frames_ = 0;
};

tl::expected<void, Error> SqliteVault::start() {
    (void)genesis_chain();  // readies libsodium
    return configure()
        .and_then([&] { return create_if_empty(); })
        .and_then([&] { return prepare_statements(); })
        .and_then([&] { return find_keys(); })
        .and_then([&] { return any_row("WHERE until_seq IS NOT NULL"); })
        .map([&](bool leaving) {
            leaving_ = leaving;
            // What a crash left in the WAL. A full disk does not keep the vault from opening.
            to_wipe_ = on_disk_;
            (void)wipe_wal();
        });
}

tl::expected<void, Error> SqliteVault::configure() {
    if (sqlite3_db_readonly(connection_->get(), "main") != 0) {
        return tl::unexpected(Error{"storage_unavailable",
                                    fmt::format("{} is read-only; make it writable for this user",
                                                connection_->file().string())});
    }
    const int code = connection_->run(
        "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;"
        "PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF; PRAGMA wal_autocheckpoint = 0;");
    if (code != SQLITE_OK) return tl::unexpected(failure("cannot set up the vault"));
    sqlite3_wal_hook(
        connection_->get(),
        [](void* self, sqlite3*, const char*, int frames) {
            static_cast<SqliteVault*>(self)->wal_frames_ = frames;
            return SQLITE_OK;
        },
        this);
    return {};
}

tl::expected<void, Error> SqliteVault::create_if_empty() {
    const auto tables = connection_->number("SELECT count(*) FROM sqlite_schema");
    if (!tables) return tl::unexpected(of_the_vault(tables.error()));
    const auto application = connection_->number("PRAGMA application_id");
    if (!application) return tl::unexpected(of_the_vault(application.error()));
    const auto version = connection_->number("PRAGMA user_version");
    if (!version) return tl::unexpected(of_the_vault(version.error()));

    const std::string file = connection_->file().string();
    const bool empty = *tables == 0 && *application == 0 && *version == 0;
    if (!empty && *application != kVaultApplicationId) {
        return tl::unexpected(Error{
            "vault_not_a_database",
            fmt::format("{} is a database, but not a hall's vault (application_id {:#x}); move it "
                        "away, or restore the vault from a backup",
                        file, *application)});
    }
    if (*version > kVaultVersion) {
        return tl::unexpected(
            Error{"vault_from_future",
                  fmt::format("{} was written by a newer version (format {}, this program reads up "
                              "to {}); install that version",
                              file, *version, kVaultVersion)});
    }
    if (!empty) return {};
    const int code = connection_->run("PRAGMA auto_vacuum = NONE; PRAGMA journal_mode = WAL;");
    if (code != SQLITE_OK || connection_->run(kVaultSchema) != SQLITE_OK) {
        return tl::unexpected(failure("cannot create the vault"));
    }
    return {};
}

tl::expected<void, Error> SqliteVault::prepare_statements() {
    auto mode = connection_->prepare("PRAGMA journal_mode = WAL");
    if (!mode) return tl::unexpected(of_the_vault(mode.error()));
    if (mode->step() != SQLITE_ROW || (on_disk_ && mode->bytes(0) != "wal")) {
        return tl::unexpected(failure("cannot use a write-ahead log"));
    }
    const std::pair<Statement*, const char*> statements[] = {
        {&begin_, "BEGIN IMMEDIATE"},
        {&commit_, "COMMIT"},
        {&put_, "INSERT OR REPLACE INTO sealed VALUES(?, ?, ?, ?, NULL, ?)"},
        {&rows_, "SELECT kind, day, bytes FROM sealed WHERE record = ? ORDER BY day DESC"},
        {&mark_, "UPDATE sealed SET until_seq = ? WHERE record = ? AND day <> ?"},
        {&settle_, "DELETE FROM sealed WHERE until_seq <= ?"},
        {&undo_, "DELETE FROM sealed WHERE from_seq > ? OR record >= ?"},
        {&unmark_, "UPDATE sealed SET until_seq = NULL WHERE until_seq > ?"},
        {&drop_, "DELETE FROM sealed WHERE kind = ? AND day = ?"},
        {&days_, "SELECT DISTINCT kind, day FROM sealed ORDER BY kind, day"}};
    for (const auto& [statement, sql] : statements) {
        auto prepared = connection_->prepare(sql);
        if (!prepared) return tl::unexpected(of_the_vault(prepared.error()));
        *statement = std::move(*prepared);
    }
    return {};
}

// A vault with rows and without its folder of keys was restored in part: sweeping it now would drop
// everything.
tl::expected<void, Error> SqliteVault::find_keys() {
    if (!keys_folder_) return {};
    std::error_code failed;
    if (fs::is_directory(*keys_folder_, failed)) return {};
    const auto rows = any_row("");
    if (!rows) return tl::unexpected(rows.error());
    if (*rows) {
        return tl::unexpected(
            Error{"vault_keys_missing",
                  fmt::format("{} holds records, but there is no folder {}; restore the export of "
                              "the keys, or make the folder to give the records up",
                              connection_->file().string(), keys_folder_->string())});
    }
    fs::create_directories(*keys_folder_, failed);
    if (!failed) fs::permissions(*keys_folder_, fs::perms::owner_all, failed);
    if (failed) {
        return tl::unexpected(Error{
            "storage_unavailable",
            fmt::format("cannot create {}: {}; name a data directory that this user may write",
                        keys_folder_->string(), failed.message())});
    }
    return {};
}

tl::expected<bool, Error> SqliteVault::any_row(const char* condition) const {
    const auto found = connection_->number(
        fmt::format("SELECT EXISTS(SELECT 1 FROM sealed {})", condition).c_str());
    if (!found) return tl::unexpected(of_the_vault(found.error()));
    return *found != 0;
}

template <class Write>
tl::expected<void, Error> SqliteVault::transaction(const char* what, Write write) {
    int code = begin_.run();
    if (code == SQLITE_OK) code = write();
    if (code != SQLITE_OK) return failed_write(what, code, WritePhase::kBeforeCommit);
    code = commit_.run();
    if (code != SQLITE_OK) return failed_write(what, code, WritePhase::kCommit);
    return {};
}

tl::expected<void, Error> SqliteVault::failed_write(const char* what, int code, WritePhase phase) {
    sqlite3* const database = connection_->get();
    if (!outcome_is_known(code, connection_->write_errno(phase), phase)) {
        std::fprintf(stderr,
                     "%s in %s: %s (SQLite %d, errno %d): the disk's state is unknown, ending\n",
                     what, connection_->file().c_str(), sqlite3_errmsg(database), code,
                     connection_->write_errno(phase));
        std::abort();
    }
    Error error = failure(what);
    // Some failures have rolled back already.
    if (sqlite3_get_autocommit(database) == 0) (void)connection_->run("ROLLBACK");
    HALL_CHECK(sqlite3_get_autocommit(database) != 0);
    return tl::unexpected(std::move(error));
}

// TRUNCATE: what was freed is neither in the database (secure_delete) nor behind in the WAL.
tl::expected<void, Error> SqliteVault::wipe_wal() {
    if (!on_disk_) return {};
    const int code = sqlite3_wal_checkpoint_v2(connection_->get(), "main",
                                               SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    if (code != SQLITE_OK) {
        return failed_write("cannot wipe the write-ahead log", code, WritePhase::kMoveWal);
    }
    to_wipe_ = false;
    wal_frames_ = 0;
    return {};
}

tl::expected<std::vector<Row>, Error> SqliteVault::rows_of(uint64_t record) {
    std::vector<Row> rows;
    rows_.bind(1, static_cast<int64_t>(record));
    int code = rows_.step();
    for (; code == SQLITE_ROW; code = rows_.step()) {
        Row& row = rows.emplace_back();
        row.under.kind = static_cast<uint32_t>(rows_.integer(0));
        row.under.day = static_cast<uint32_t>(rows_.integer(1));
        row.bytes = std::string(rows_.bytes(2));
    }
    std::optional<Error> error;
    if (code != SQLITE_DONE) error = failure("cannot read a record");
    rows_.reset();
    if (error) return tl::unexpected(std::move(*error));
    return rows;
}

tl::expected<std::optional<std::pair<SealedDay, std::string>>, Error> SqliteVault::open(
    uint64_t record) {
    const auto rows = rows_of(record);
    if (!rows) return tl::unexpected(rows.error());
    bool damaged = false;
    for (const Row& row : *rows) {
        const auto key = keys_.find(row.under);
        if (!key) return tl::unexpected(key.error());
        if (*key == nullptr) continue;
        auto content = opened(row.bytes, record, row.under, **key);
        if (content) return std::make_pair(row.under, std::move(*content));
        damaged = true;
    }
    if (!damaged) return std::nullopt;
    return tl::unexpected(
        Error{"vault_damaged",
              fmt::format("record {} of {} is not what was sealed; restore the vault from a backup",
                          record, connection_->file().string())});
}

tl::expected<std::optional<std::string>, Error> SqliteVault::read(uint64_t record) {
    const std::lock_guard guard(mutex_);
    auto found = open(record);
    if (!found) return tl::unexpected(found.error());
    if (!*found) return std::nullopt;
    return std::move((*found)->second);
}

// Before the transaction: a key without rows does no harm, rows without a key are lost.
tl::expected<void, Error> SqliteVault::make_keys(const VaultBatch& batch) {
    for (const auto& seal : batch.seal) {
        const auto key = keys_.find_or_make(seal.under);
        if (!key) return tl::unexpected(key.error());
    }
    for (const auto& bring : batch.bring) {
        const auto found = open(bring.record);
        if (!found && found.error().code != "vault_damaged") return tl::unexpected(found.error());
        if (!found || !*found) continue;
        const auto key = keys_.find_or_make({(*found)->first.kind, bring.day});
        if (!key) return tl::unexpected(key.error());
    }
    return {};
}

int SqliteVault::put(uint64_t record, SealedDay under, uint64_t seq, std::string_view content) {
    const auto key = keys_.find(under);
    HALL_CHECK(key && *key != nullptr);
    const std::string row = sealed(content, record, under, **key);
    put_.bind(1, static_cast<int64_t>(record));
    put_.bind(2, int64_t{under.day});
    put_.bind(3, int64_t{under.kind});
    put_.bind(4, static_cast<int64_t>(seq));
    put_.bind_blob(5, row);
    return put_.run();
}

int SqliteVault::mark(uint64_t record, int64_t except_day, uint64_t seq) {
    mark_.bind(1, static_cast<int64_t>(seq));
    mark_.bind(2, static_cast<int64_t>(record));
    mark_.bind(3, except_day);
    leaving_ = true;
    return mark_.run();
}

int SqliteVault::move(const VaultBatch::Bring& bring, uint64_t seq) {
    const auto found = open(bring.record);
    if (!found) return found.error().code == "vault_damaged" ? SQLITE_OK : SQLITE_IOERR_READ;
    if (!*found) return SQLITE_OK;
    const SealedDay under{(*found)->first.kind, bring.day};
    if ((*found)->first.day >= bring.day) return SQLITE_OK;
    const int code = put(bring.record, under, seq, (*found)->second);
    return code == SQLITE_OK ? mark(bring.record, bring.day, seq) : code;
}

tl::expected<void, Error> SqliteVault::prepare(const VaultBatch& batch, uint64_t seq) {
    if (batch.empty()) return {};
    const std::lock_guard guard(mutex_);
    const auto keys = make_keys(batch);
    if (!keys) return keys;
    return transaction("cannot seal the batch", [&] {
        int code = SQLITE_OK;
        for (const auto& seal : batch.seal) {
            if (code == SQLITE_OK) code = put(seal.record, seal.under, seq, seal.bytes);
        }
        for (const auto& bring : batch.bring) {
            if (code == SQLITE_OK) code = move(bring, seq);
        }
        for (const uint64_t record : batch.erase) {
            if (code == SQLITE_OK) code = mark(record, kEveryDay, seq);
        }
        return code;
    });
}

tl::expected<void, Error> SqliteVault::settle(uint64_t seq) {
    const std::lock_guard guard(mutex_);
    if (!leaving_) return {};
    const auto erased = transaction("cannot erase what was replaced", [&] {
        settle_.bind(1, static_cast<int64_t>(seq));
        return settle_.run();
    });
    if (!erased) return erased;
    leaving_ = false;
    to_wipe_ = true;
    return wipe_wal();
}

tl::expected<void, Error> SqliteVault::sweep(uint64_t log_seq, uint64_t next_record) {
    const std::lock_guard guard(mutex_);
    const auto rows = days_of_rows();
    if (!rows) return tl::unexpected(rows.error());
    std::vector<SealedDay> keyless;
    for (const SealedDay day : *rows) {
        const auto key = keys_.find(day);
        if (!key) return tl::unexpected(key.error());
        if (*key == nullptr) keyless.push_back(day);
    }
    const auto swept = transaction("cannot sweep the vault", [&] {
        undo_.bind(1, static_cast<int64_t>(log_seq));
        undo_.bind(2, static_cast<int64_t>(next_record));
        int code = undo_.run();
        settle_.bind(1, static_cast<int64_t>(log_seq));
        if (code == SQLITE_OK) code = settle_.run();
        unmark_.bind(1, static_cast<int64_t>(log_seq));
        if (code == SQLITE_OK) code = unmark_.run();
        for (const SealedDay day : keyless) {
            if (code == SQLITE_OK) code = drop(day);
        }
        return code;
    });
    if (!swept) return swept;
    leaving_ = false;
    to_wipe_ = true;
    return wipe_wal();
}

int SqliteVault::drop(SealedDay under) {
    drop_.bind(1, int64_t{under.kind});
    drop_.bind(2, int64_t{under.day});
    return drop_.run();
}

tl::expected<void, Error> SqliteVault::destroy(const std::vector<SealedDay>& days) {
    if (days.empty()) return {};
    const std::lock_guard guard(mutex_);
    std::optional<Error> kept;  // a key that could not be destroyed
    std::vector<SealedDay> destroyed;
    for (const SealedDay day : days) {
        const auto gone = keys_.destroy(day);
        if (gone) {
            destroyed.push_back(day);
        } else {
            kept = gone.error();
        }
    }
    const auto dropped = transaction("cannot delete what cannot be opened any more", [&] {
        int code = SQLITE_OK;
        for (const SealedDay day : destroyed) {
            if (code == SQLITE_OK) code = drop(day);
        }
        return code;
    });
    if (!dropped) return dropped;
    to_wipe_ = true;
    const auto wiped = wipe_wal();
    if (kept) return tl::unexpected(std::move(*kept));
    return wiped;
}

tl::expected<std::vector<SealedDay>, Error> SqliteVault::days_of_rows() {
    std::vector<SealedDay> days;
    int code = days_.step();
    for (; code == SQLITE_ROW; code = days_.step()) {
        days.push_back(
            {static_cast<uint32_t>(days_.integer(0)), static_cast<uint32_t>(days_.integer(1))});
    }
    std::optional<Error> error;
    if (code != SQLITE_DONE) error = failure("cannot read the vault");
    days_.reset();
    if (error) return tl::unexpected(std::move(*error));
    return days;
}

tl::expected<std::vector<SealedDay>, Error> SqliteVault::days() {
    const std::lock_guard guard(mutex_);
    const auto with_key = keys_.list();
    if (!with_key) return with_key;
    const auto with_rows = days_of_rows();
    if (!with_rows) return with_rows;
    std::vector<SealedDay> all;
    std::set_union(with_key->begin(), with_key->end(), with_rows->begin(), with_rows->end(),
                   std::back_inserter(all));
    return all;
}

tl::expected<void, Error> SqliteVault::tidy() {
    const std::lock_guard guard(mutex_);
    if (!to_wipe_ && wal_frames_ < kTidyFrames) return {};
    return wipe_wal();
}

}  // namespace

tl::expected<std::unique_ptr<Vault>, Error> open_vault(const fs::path& data_dir) {
    auto connection =
        Connection::open(data_dir / "vault.sqlite", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (!connection) return tl::unexpected(of_the_vault(connection.error()));
    auto vault =
        std::make_unique<SqliteVault>(std::move(*connection), data_dir / "keys" / "vault", true);
    if (const auto started = vault->start(); !started) return tl::unexpected(started.error());
    return vault;
}

std::unique_ptr<Vault> open_memory_vault() {
    auto connection = Connection::open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    HALL_CHECK(connection.has_value());
    auto vault = std::make_unique<SqliteVault>(std::move(*connection), std::nullopt, false);
    HALL_CHECK(vault->start().has_value());
    return vault;
}

}  // namespace hall::store
