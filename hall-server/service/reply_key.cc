#include "hall-server/service/reply_key.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/random.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "protocol/check.h"

namespace hall::service {
namespace {

using Key = std::array<uint8_t, 32>;

Error failure(const std::filesystem::path& path) {
    return {"keys_unwritable", fmt::format("{}: {}", path.string(), std::strerror(errno))};
}

tl::expected<Key, Error> read_key(int fd, const std::filesystem::path& path) {
    std::array<uint8_t, Key().size() + 1> bytes{};
    const ssize_t got = ::read(fd, bytes.data(), bytes.size());
    if (got != static_cast<ssize_t>(Key().size())) {
        return tl::unexpected(
            Error{"keys_invalid", fmt::format("{} is not 32 bytes long; restore it, or remove it "
                                              "to have a new one made",
                                              path.string())});
    }
    Key key{};
    std::memcpy(key.data(), bytes.data(), key.size());
    return key;
}

// Through a second name: a power cut never leaves half a key under the first.
tl::expected<Key, Error> make_key(const std::filesystem::path& path) {
    Key key{};
    HALL_CHECK(getrandom(key.data(), key.size(), 0) == static_cast<ssize_t>(key.size()));
    const std::string fresh = path.string() + ".new";
    const int fd = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) return tl::unexpected(failure(path));
    const bool stored =
        ::write(fd, key.data(), key.size()) == static_cast<ssize_t>(key.size()) && ::fsync(fd) == 0;
    if (::close(fd) != 0 || !stored || ::rename(fresh.c_str(), path.c_str()) != 0) {
        return tl::unexpected(failure(path));
    }
    return key;
}

}  // namespace

tl::expected<Key, Error> reply_key(const std::filesystem::path& keys_folder) {
    std::error_code ignored;
    if (std::filesystem::create_directories(keys_folder, ignored)) {
        std::filesystem::permissions(keys_folder, std::filesystem::perms::owner_all, ignored);
    }
    const std::filesystem::path path = keys_folder / "reply.key";
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno != ENOENT) return tl::unexpected(failure(path));
    if (fd < 0) return make_key(path);
    auto key = read_key(fd, path);
    ::close(fd);
    return key;
}

}  // namespace hall::service
