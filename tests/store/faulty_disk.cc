#include "tests/store/faulty_disk.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>

namespace hall::store {
namespace {

std::atomic<int> syncs{0};
std::atomic<int> write_error{0};
std::atomic<bool> syncs_fail{false};

int sync_with(long call, int file) {
    ++syncs;
    if (syncs_fail) {
        errno = EIO;
        return -1;
    }
    return static_cast<int>(::syscall(call, file));
}

}  // namespace

int disk_syncs() {
    return syncs;
}

FailingWrites::FailingWrites(int error) {
    write_error = error;
}
FailingWrites::~FailingWrites() {
    write_error = 0;
}

FailingSyncs::FailingSyncs() {
    syncs_fail = true;
}
FailingSyncs::~FailingSyncs() {
    syncs_fail = false;
}

}  // namespace hall::store

extern "C" int fdatasync(int file) {
    return hall::store::sync_with(SYS_fdatasync, file);
}

extern "C" int fsync(int file) {
    return hall::store::sync_with(SYS_fsync, file);
}

extern "C" ssize_t pwrite64(int file, const void* data, size_t size, off64_t offset) {
    if (const int error = hall::store::write_error; error != 0) {
        errno = error;
        return -1;
    }
    return ::syscall(SYS_pwrite64, file, data, size, offset);
}

extern "C" ssize_t pwrite(int file, const void* data, size_t size, off_t offset) {
    return ::pwrite64(file, data, size, offset);
}
