// The EventLog of a hall: one SQLite file.
//
//   DIR/hall.db          the log (with hall.db-wal and hall.db-shm while it is open)
//   DIR/hall.lock        locked by the one process that may write; empty
//
// Tables (user_version 1; persistent: a column is never given another meaning):
//   event(seq, at_ms, actor, command_id, kind, version, body, chain)
//   reply(id, command_id, body_digest, reply)      id = hall_day * 2^32 + number within the day
//   checkpoint(seq, format, digest, bytes)         digest: see chain.h
//
// WAL with synchronous=FULL: one append is one fdatasync of the WAL. tidy() moves the WAL into the
// database when it has grown; append() does so itself only when nobody called tidy() for long.
// The first append after that costs one fdatasync more, for the WAL's new header.
#pragma once

#include <filesystem>
#include <memory>
#include <tl/expected.hpp>

#include "hall-server/store/event_log.h"
#include "protocol/error.h"

namespace hall::store {

// Opens the log in `data_dir`, and makes directory and log if there are none. The last record is
// checked; the rest when it is read.
// Errors: `data_in_use` (another process, or this one, has it open), `storage_unavailable` (cannot
// be created, written or reached), `log_not_a_database` (hall.db is something else),
// `log_from_future` (written by a newer version), `log_damaged`.
tl::expected<std::unique_ptr<EventLog>, Error> open_sqlite_log(
    const std::filesystem::path& data_dir);

// A reader of the log in `data_dir`, whether or not a server has it open. Never writes records.
// Errors: as above without `data_in_use`; `storage_unavailable` if there is no log.
tl::expected<std::unique_ptr<LogReader>, Error> open_sqlite_reader(
    const std::filesystem::path& data_dir);

}  // namespace hall::store
