// A disk that fails on demand, and counts: the system calls with which SQLite writes and syncs are
// replaced in this test program (fdatasync, fsync, pwrite64, pwrite), everything else is real.
#pragma once

namespace hall::store {

// How often anything was synced since the program started.
int disk_syncs();

// While it lives, every write fails with this errno.
class FailingWrites {
  public:
    explicit FailingWrites(int error);
    ~FailingWrites();
    FailingWrites(const FailingWrites&) = delete;
    FailingWrites& operator=(const FailingWrites&) = delete;
};

// While it lives, every sync fails with EIO.
class FailingSyncs {
  public:
    FailingSyncs();
    ~FailingSyncs();
    FailingSyncs(const FailingSyncs&) = delete;
    FailingSyncs& operator=(const FailingSyncs&) = delete;
};

}  // namespace hall::store
