// Reading the event table: the walk that the log and its readers share. Inside store only.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "hall-server/store/chain.h"
#include "hall-server/store/event_log.h"
#include "hall-server/store/sqlite_connection.h"

namespace hall::store {

// Why a walk over the records ended early: `code` is `log_damaged` or `storage_unavailable`.
struct WalkFailure {
    std::string code;
    Damage damage;
};

// The event table of one connection, which it must not outlive.
class EventTable {
  public:
    static tl::expected<EventTable, Error> prepare(const Connection& connection);

    tl::expected<Head, Error> head();
    // The stored chain of a record, chain(0) for 0, nothing if there is no such record.
    tl::expected<std::optional<Digest>, Error> chain_at(uint64_t seq);

    // LogReader::read and verify. The records are read in stretches, each its own short
    // transaction, so that a slow visitor never keeps the WAL from being moved into the database.
    tl::expected<void, Error> read(uint64_t from_seq, const RecordVisitor& visit);
    tl::expected<Verified, Damage> verify(const std::optional<Digest>& expected_head);

  private:
    explicit EventTable(const Connection& connection) : connection_(&connection) {}
    tl::expected<void, WalkFailure> walk(uint64_t from_seq, const RecordVisitor& visit);
    tl::expected<std::optional<Head>, WalkFailure> known_before(uint64_t from_seq);
    WalkFailure failure(uint64_t seq) const;

    const Connection* connection_;
    Statement head_;
    Statement chain_at_;
    Statement stretch_;
};

}  // namespace hall::store
