#include "hall-server/store/sqlite_log_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "hall-server/store/sqlite_event_log.h"
#include "protocol/check.h"

namespace hall::store {
namespace {

constexpr int64_t kReadStretch = 1000;  // records per transaction of a walk

enum Column { kSeq, kAtMs, kActor, kCommandId, kKind, kVersion, kBody, kChain, kColumns };

constexpr std::array<int, kColumns> kColumnTypes = {SQLITE_INTEGER, SQLITE_INTEGER, SQLITE_TEXT,
                                                    SQLITE_TEXT,    SQLITE_INTEGER, SQLITE_INTEGER,
                                                    SQLITE_BLOB,    SQLITE_BLOB};

bool fits_u32(int64_t value) {
    return value >= 0 && value <= std::numeric_limits<uint32_t>::max();
}

// Fills `record` from a row, reusing its memory. False if the row holds what append() cannot have
// written: SQLite would convert it, and the chain would not notice.
bool load(const Statement& row, Record& record) {
    for (int column = 0; column < kColumns; ++column) {
        if (row.type(column) != kColumnTypes[static_cast<size_t>(column)]) return false;
    }
    const std::optional<Digest> chain = row.digest(kChain);
    if (!chain || !fits_u32(row.integer(kKind)) || !fits_u32(row.integer(kVersion))) return false;
    record.seq = static_cast<uint64_t>(row.integer(kSeq));
    record.at_ms = row.integer(kAtMs);
    record.actor = row.bytes(kActor);
    record.command_id = row.bytes(kCommandId);
    record.kind = static_cast<uint32_t>(row.integer(kKind));
    record.version = static_cast<uint32_t>(row.integer(kVersion));
    record.body = row.bytes(kBody);
    record.chain = *chain;
    return true;
}

class SqliteLogReader : public LogReader {
  public:
    SqliteLogReader(std::unique_ptr<Connection> connection, EventTable events)
        : connection_(std::move(connection)), events_(std::move(events)) {}

    tl::expected<void, Error> read(uint64_t from_seq, const RecordVisitor& visit) override {
        return events_.read(from_seq, visit);
    }
    tl::expected<Head, Error> head() override { return events_.head(); }
    tl::expected<Verified, Damage> verify(const std::optional<Digest>& expected_head) override {
        return events_.verify(expected_head);
    }

  private:
    std::unique_ptr<Connection> connection_;
    EventTable events_;
};

}  // namespace

tl::expected<EventTable, Error> EventTable::prepare(const Connection& connection) {
    EventTable table(connection);
    const std::pair<Statement*, const char*> statements[] = {
        {&table.head_, "SELECT seq, chain FROM event ORDER BY seq DESC LIMIT 1"},
        {&table.chain_at_, "SELECT chain FROM event WHERE seq = ?"},
        {&table.stretch_,
         "SELECT seq, at_ms, actor, command_id, kind, version, body, chain FROM event "
         "WHERE seq >= ? ORDER BY seq LIMIT ?"}};
    for (const auto& [statement, sql] : statements) {
        auto prepared = connection.prepare(sql);
        if (!prepared) return tl::unexpected(prepared.error());
        *statement = std::move(*prepared);
    }
    return table;
}

tl::expected<Head, Error> EventTable::head() {
    Head head{0, genesis_chain()};
    const int code = head_.step();
    std::optional<Error> error;
    if (code == SQLITE_ROW) {
        head.seq = static_cast<uint64_t>(head_.integer(0));
        // A chain of the wrong size is left as zeros: the walk over this record finds it.
        head.chain = head_.digest(1).value_or(Digest{});
    } else if (code != SQLITE_DONE) {
        error = connection_->error("cannot read the end of the log");
    }
    head_.reset();
    if (error) return tl::unexpected(*error);
    return head;
}

tl::expected<std::optional<Digest>, Error> EventTable::chain_at(uint64_t seq) {
    if (seq == 0) return genesis_chain();
    chain_at_.bind(1, static_cast<int64_t>(seq));
    const int code = chain_at_.step();
    std::optional<Digest> chain;
    std::optional<Error> error;
    if (code == SQLITE_ROW) {
        chain = chain_at_.digest(0);
    } else if (code != SQLITE_DONE) {
        error = connection_->error(fmt::format("cannot read record {}", seq));
    }
    chain_at_.reset();
    if (error) return tl::unexpected(*error);
    return chain;
}

tl::expected<void, Error> EventTable::read(uint64_t from_seq, const RecordVisitor& visit) {
    return walk(from_seq, visit).map_error([&](const WalkFailure& failure) {
        return Error{failure.code, fmt::format("record {} of {}: {}", failure.damage.seq,
                                               connection_->file().string(), failure.damage.what)};
    });
}

tl::expected<Verified, Damage> EventTable::verify(const std::optional<Digest>& expected_head) {
    HeadSearch search(expected_head);
    const auto walked = walk(1, [&](const Record& record) {
        search.see(record);
        return true;
    });
    if (!walked) return tl::unexpected(walked.error().damage);
    return search.result();
}

tl::expected<void, WalkFailure> EventTable::walk(uint64_t from_seq, const RecordVisitor& visit) {
    const auto before = known_before(std::max<uint64_t>(from_seq, 1));
    if (!before) return tl::unexpected(before.error());
    if (!*before) return {};

    ChainWalk chain(**before);
    Record record;
    for (;;) {
        stretch_.bind(1, static_cast<int64_t>(chain.last().seq + 1));
        stretch_.bind(2, kReadStretch);
        int64_t rows = 0;
        int code = stretch_.step();
        bool go_on = true;
        std::optional<Damage> damage;
        for (; code == SQLITE_ROW && go_on && !damage; ++rows) {
            if (!load(stretch_, record)) {
                damage = Damage{chain.last().seq + 1, "a column has an impossible type or size"};
            } else if (damage = chain.step(record); !damage) {
                go_on = visit(record);
                if (go_on) code = stretch_.step();
            }
        }
        std::optional<WalkFailure> failed;
        if (damage) {
            failed = WalkFailure{"log_damaged", *damage};
        } else if (go_on && code != SQLITE_DONE) {
            failed = failure(chain.last().seq + 1);
        }
        stretch_.reset();
        if (failed) return tl::unexpected(*failed);
        if (!go_on || rows < kReadStretch) return {};
    }
}

// The end of what comes before the walk, on whose chain it builds; nothing if the log ends there.
tl::expected<std::optional<Head>, WalkFailure> EventTable::known_before(uint64_t from_seq) {
    if (from_seq == 1) return Head{0, genesis_chain()};
    const auto end = head();
    if (!end) return tl::unexpected(failure(from_seq));
    if (end->seq < from_seq) return std::nullopt;
    const auto chain = chain_at(from_seq - 1);
    if (!chain) return tl::unexpected(failure(from_seq - 1));
    if (!*chain) {
        return tl::unexpected(
            WalkFailure{"log_damaged", Damage{from_seq - 1, "the record is missing"}});
    }
    return Head{from_seq - 1, **chain};
}

WalkFailure EventTable::failure(uint64_t seq) const {
    Error error = connection_->error("cannot read the record");
    return {std::move(error.code), Damage{seq, std::move(error.message)}};
}

tl::expected<std::unique_ptr<LogReader>, Error> open_sqlite_reader(
    const std::filesystem::path& data_dir) {
    auto opened = Connection::open(data_dir / "hall.db", SQLITE_OPEN_READONLY);
    if (!opened) return tl::unexpected(opened.error());
    auto connection = std::make_unique<Connection>(std::move(*opened));
    const auto empty = check_identity(*connection);
    if (!empty) return tl::unexpected(empty.error());
    if (*empty) {
        return tl::unexpected(
            Error{"storage_unavailable", fmt::format("{} holds no log yet; start the server once",
                                                     connection->file().string())});
    }
    auto events = EventTable::prepare(*connection);
    if (!events) return tl::unexpected(events.error());
    return std::make_unique<SqliteLogReader>(std::move(connection), std::move(*events));
}

}  // namespace hall::store
