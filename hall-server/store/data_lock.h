// The right to write in a data directory, for one process at a time. Inside store only.
#pragma once

#include <filesystem>
#include <tl/expected.hpp>

#include "protocol/error.h"

namespace hall::store {

// Holds a flock on DIR/hall.lock while it lives; the kernel lets go of it however the process ends.
class DataLock {
  public:
    // Never waits. Errors: `data_in_use`; `storage_unavailable` if the file cannot be made.
    static tl::expected<DataLock, Error> take(const std::filesystem::path& data_dir);

    DataLock(DataLock&& other) noexcept;
    DataLock& operator=(DataLock&&) = delete;
    ~DataLock();

  private:
    DataLock() = default;
    int fd_ = -1;
};

}  // namespace hall::store
