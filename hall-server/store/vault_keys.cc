#include "hall-server/store/vault_keys.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <string_view>
#include <system_error>

namespace hall::store {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSuffix = ".key";

Error failure(const char* what, const fs::path& path) {
    return {"storage_unavailable",
            fmt::format("cannot {} {}: {}; see that the disk has room and can be written, and try "
                        "again",
                        what, path.string(), std::strerror(errno))};
}

class File {
  public:
    File(const fs::path& path, int flags) : fd_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
    ~File() {
        if (fd_ >= 0) ::close(fd_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    bool is_open() const { return fd_ >= 0; }
    // As many bytes as there are, up to one more than a key has.
    ssize_t read(std::array<unsigned char, std::tuple_size_v<VaultKey> + 1>& bytes) const {
        return ::pread(fd_, bytes.data(), bytes.size(), 0);
    }
    bool write(const VaultKey& key) const {
        return ::pwrite(fd_, key.data(), key.size(), 0) == static_cast<ssize_t>(key.size());
    }
    bool sync() const { return ::fsync(fd_) == 0; }

  private:
    int fd_;
};

bool sync_folder(const fs::path& folder) {
    const File opened(folder, O_RDONLY | O_DIRECTORY);
    return opened.is_open() && opened.sync();
}

// "20780-1.key"; nothing for any other name.
std::optional<SealedDay> day_of(std::string_view name) {
    if (name.size() <= kSuffix.size() || name.substr(name.size() - kSuffix.size()) != kSuffix) {
        return std::nullopt;
    }
    name.remove_suffix(kSuffix.size());
    SealedDay day;
    const char* const end = name.data() + name.size();
    const auto first = std::from_chars(name.data(), end, day.day);
    if (first.ec != std::errc() || first.ptr == end || *first.ptr != '-') return std::nullopt;
    const auto second = std::from_chars(first.ptr + 1, end, day.kind);
    if (second.ec != std::errc() || second.ptr != end) return std::nullopt;
    return day;
}

tl::expected<std::optional<VaultKey>, Error> read_key(const fs::path& path) {
    const File file(path, O_RDONLY);
    if (!file.is_open()) {
        if (errno == ENOENT) return std::nullopt;
        return tl::unexpected(failure("read", path));
    }
    std::array<unsigned char, std::tuple_size_v<VaultKey> + 1> bytes{};
    const ssize_t got = file.read(bytes);
    if (got < 0) return tl::unexpected(failure("read", path));
    VaultKey key{};
    if (got != static_cast<ssize_t>(key.size())) {
        return tl::unexpected(Error{
            "vault_damaged", fmt::format("{} is not {} bytes long; restore it from the export of "
                                         "the keys, or remove it to give up what it seals",
                                         path.string(), key.size())});
    }
    std::copy_n(bytes.begin(), key.size(), key.begin());
    sodium_memzero(bytes.data(), bytes.size());
    return key;
}

// Through a second name: a power cut never leaves half a key under the first.
tl::expected<void, Error> write_key(const fs::path& path, const VaultKey& key) {
    const fs::path fresh = path.string() + ".new";
    {
        const File file(fresh, O_WRONLY | O_CREAT | O_TRUNC);
        if (!file.is_open() || !file.write(key) || !file.sync()) {
            Error error = failure("write", fresh);
            ::unlink(fresh.c_str());
            return tl::unexpected(std::move(error));
        }
    }
    if (::rename(fresh.c_str(), path.c_str()) == 0 && sync_folder(path.parent_path())) return {};
    // Nothing is sealed under a key that a power cut may take away.
    Error error = failure("write", path);
    ::unlink(fresh.c_str());
    ::unlink(path.c_str());
    return tl::unexpected(std::move(error));
}

tl::expected<void, Error> overwrite_and_unlink(const fs::path& path) {
    const File file(path, O_WRONLY);
    if (!file.is_open()) {
        if (errno == ENOENT) return {};
        return tl::unexpected(failure("overwrite", path));
    }
    VaultKey noise{};
    randombytes_buf(noise.data(), noise.size());
    if (!file.write(noise) || !file.sync()) return tl::unexpected(failure("overwrite", path));
    if (::unlink(path.c_str()) != 0) return tl::unexpected(failure("remove", path));
    return {};
}

}  // namespace

VaultKeys::~VaultKeys() {
    for (auto& [day, key] : known_) sodium_memzero(key.data(), key.size());
}

fs::path VaultKeys::file_of(SealedDay day) const {
    return *folder_ / fmt::format("{}-{}{}", day.day, day.kind, kSuffix);
}

void VaultKeys::forget(SealedDay day) {
    const auto found = known_.find(day);
    if (found == known_.end()) return;
    sodium_memzero(found->second.data(), found->second.size());
    known_.erase(found);
}

tl::expected<const VaultKey*, Error> VaultKeys::find(SealedDay day) {
    const auto found = known_.find(day);
    if (found != known_.end()) return &found->second;
    if (!folder_) return nullptr;
    const auto key = read_key(file_of(day));
    if (!key) return tl::unexpected(key.error());
    if (!*key) return nullptr;
    return &known_.emplace(day, **key).first->second;
}

tl::expected<const VaultKey*, Error> VaultKeys::find_or_make(SealedDay day) {
    const auto found = find(day);
    if (!found || *found != nullptr) return found;
    VaultKey key{};
    crypto_aead_xchacha20poly1305_ietf_keygen(key.data());
    if (folder_) {
        const auto written = write_key(file_of(day), key);
        if (!written) return tl::unexpected(written.error());
    }
    return &known_.emplace(day, key).first->second;
}

tl::expected<void, Error> VaultKeys::destroy(SealedDay day) {
    forget(day);
    if (!folder_) return {};
    const fs::path path = file_of(day);
    return overwrite_and_unlink(path)
        .and_then([&] { return overwrite_and_unlink(path.string() + ".new"); })
        .and_then([&]() -> tl::expected<void, Error> {
            // Also when there was no file: a power cut may have come before the last sync.
            if (!sync_folder(*folder_)) return tl::unexpected(failure("sync", *folder_));
            return {};
        });
}

tl::expected<std::vector<SealedDay>, Error> VaultKeys::list() const {
    std::vector<SealedDay> days;
    if (!folder_) {
        for (const auto& [day, key] : known_) days.push_back(day);
        return days;
    }
    std::error_code failed;
    fs::directory_iterator entry(*folder_, failed);
    for (; !failed && entry != fs::directory_iterator(); entry.increment(failed)) {
        if (const auto day = day_of(entry->path().filename().string())) days.push_back(*day);
    }
    if (failed) {
        errno = failed.value();
        return tl::unexpected(failure("list", *folder_));
    }
    std::sort(days.begin(), days.end());
    return days;
}

}  // namespace hall::store
