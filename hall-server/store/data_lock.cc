#include "hall-server/store/data_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace hall::store {

tl::expected<DataLock, Error> DataLock::take(const std::filesystem::path& data_dir) {
    const std::filesystem::path file = data_dir / "hall.lock";
    DataLock lock;
    lock.fd_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock.fd_ >= 0 && ::flock(lock.fd_, LOCK_EX | LOCK_NB) == 0) return lock;
    if (lock.fd_ >= 0 && errno == EWOULDBLOCK) {
        return tl::unexpected(Error{
            "data_in_use", fmt::format("another hall-server uses {}; stop it or name another data "
                                       "directory",
                                       data_dir.string())});
    }
    return tl::unexpected(
        Error{"storage_unavailable",
              fmt::format("cannot lock {}: {}; make the directory writable for this user",
                          file.string(), std::strerror(errno))});
}

DataLock::DataLock(DataLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

DataLock::~DataLock() {
    if (fd_ >= 0) ::close(fd_);
}

}  // namespace hall::store
