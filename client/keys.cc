#include "client/keys.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zmq.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>

#include "protocol/check.h"

namespace hall::client {
namespace {

namespace fs = std::filesystem;

constexpr size_t kKeyChars = 40;
constexpr mode_t kSecretMode = 0600;
constexpr mode_t kPublicMode = 0644;
constexpr int kPortMax = 65'535 - 2;  // the views take the two ports above

std::string path_of(const std::string& folder, const std::string& name, const char* kind) {
    return (fs::path(folder) / (name + kind)).string();
}

Error unwritable(const std::string& path) {
    return {"keys_unwritable", fmt::format("cannot write {}: {}", path, std::strerror(errno))};
}

tl::expected<void, Error> make_folder(const std::string& folder) {
    std::error_code failure;
    if (fs::exists(folder, failure)) return {};
    if (!fs::create_directories(folder, failure) || failure) {
        return tl::unexpected(
            Error{"keys_unwritable", fmt::format("cannot make {}: {}", folder, failure.message())});
    }
    fs::permissions(folder, fs::perms::owner_all, failure);
    return {};
}

tl::expected<void, Error> write_line(const std::string& path, const std::string& line, int flags,
                                     mode_t mode) {
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, mode);
    if (fd < 0 && errno == EEXIST) {
        return tl::unexpected(
            Error{"keys_exist", fmt::format("{} exists already and is kept; remove it first if its "
                                            "key is to be given up",
                                            path)});
    }
    if (fd < 0) return tl::unexpected(unwritable(path));
    const std::string text = line + "\n";
    const bool written = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    const bool synced = written && ::fsync(fd) == 0;
    if (::close(fd) != 0 || !synced) return tl::unexpected(unwritable(path));
    return {};
}

tl::expected<std::string, Error> read_key(const std::string& path) {
    std::ifstream file(path);
    if (!file) {
        return tl::unexpected(
            Error{"keys_missing", fmt::format("cannot read {}: {}", path, std::strerror(errno))});
    }
    std::string line;
    std::getline(file, line);
    if (!is_key(line)) {
        return tl::unexpected(
            Error{"keys_invalid", fmt::format("{} holds no key (40 characters of Z85)", path)});
    }
    return line;
}

tl::expected<void, Error> check_private(const std::string& path) {
    struct stat status = {};
    if (::stat(path.c_str(), &status) == 0 && (status.st_mode & 077) != 0) {
        return tl::unexpected(
            Error{"keys_readable_by_others",
                  fmt::format("{} can be read by others; chmod 600 {}", path, path)});
    }
    return {};
}

bool is_address(const std::string& address) {
    constexpr std::string_view kScheme = "tcp://";
    if (address.rfind(kScheme, 0) != 0) return false;
    const auto colon = address.rfind(':');
    if (colon <= kScheme.size() || colon == std::string::npos) return false;
    int port = 0;
    const char* end = address.data() + address.size();
    const auto [stop, failure] = std::from_chars(address.data() + colon + 1, end, port);
    return failure == std::errc() && stop == end && port >= 1 && port <= kPortMax;
}

tl::expected<std::optional<DeviceKeys>, Error> find_keys(const std::string& keys_folder) {
    const std::string folder = keys_folder.empty() ? default_keys_folder() : keys_folder;
    std::error_code ignored;
    if (!fs::exists(path_of(folder, "device", ".secret"), ignored)) {
        if (keys_folder.empty() || fs::is_directory(folder, ignored)) return std::nullopt;
        return tl::unexpected(Error{"keys_missing", fmt::format("there is no folder {}", folder)});
    }
    DeviceKeys keys;
    auto own = read_key_pair(folder, "device");
    if (!own) return tl::unexpected(own.error());
    keys.own = *own;
    auto server = read_public_key(folder, "server");
    if (!server) {
        Error error = server.error();
        error.message += "; copy the hall's keys/server.public there";
        return tl::unexpected(error);
    }
    keys.server_public_key = *server;
    return keys;
}

}  // namespace

KeyPair make_key_pair() {
    std::array<char, kKeyChars + 1> public_key = {};
    std::array<char, kKeyChars + 1> secret_key = {};
    HALL_CHECK(zmq_curve_keypair(public_key.data(), secret_key.data()) == 0);
    return {public_key.data(), secret_key.data()};
}

bool is_key(const std::string& text) {
    std::array<uint8_t, 32> bytes = {};
    return text.size() == kKeyChars && zmq_z85_decode(bytes.data(), text.c_str()) != nullptr;
}

std::string default_keys_folder() {
    const char* config = std::getenv("XDG_CONFIG_HOME");
    if (config != nullptr && *config != '\0') return std::string(config) + "/nuanting";
    const char* home = std::getenv("HOME");
    return std::string(home != nullptr ? home : "") + "/.config/nuanting";
}

tl::expected<void, Error> write_key_pair(const std::string& folder, const std::string& name,
                                         const KeyPair& pair) {
    auto written = make_folder(folder).and_then([&] {
        return write_line(path_of(folder, name, ".secret"), pair.secret_key, O_EXCL, kSecretMode);
    });
    if (!written) return written;
    return write_public_key(folder, name, pair.public_key);
}

tl::expected<void, Error> write_public_key(const std::string& folder, const std::string& name,
                                           const std::string& key) {
    return make_folder(folder).and_then(
        [&] { return write_line(path_of(folder, name, ".public"), key, O_TRUNC, kPublicMode); });
}

tl::expected<KeyPair, Error> read_key_pair(const std::string& folder, const std::string& name) {
    auto public_key = read_public_key(folder, name);
    if (!public_key) return tl::unexpected(public_key.error());
    const std::string secret_path = path_of(folder, name, ".secret");
    auto secret_key = read_key(secret_path);
    if (!secret_key) return tl::unexpected(secret_key.error());
    auto closed = check_private(secret_path);
    if (!closed) return tl::unexpected(closed.error());
    return KeyPair{*public_key, *secret_key};
}

tl::expected<std::string, Error> read_public_key(const std::string& folder,
                                                 const std::string& name) {
    return read_key(path_of(folder, name, ".public"));
}

tl::expected<Server, Error> find_server(const std::string& address,
                                        const std::string& keys_folder) {
    if (!is_address(address)) {
        return tl::unexpected(
            Error{"address_invalid",
                  fmt::format("\"{}\" is no address; write tcp://HOST:PORT, for example "
                              "tcp://127.0.0.1:7400",
                              address)});
    }
    auto keys = find_keys(keys_folder);
    if (!keys) return tl::unexpected(keys.error());
    return Server{address, std::move(*keys)};
}

std::string endpoint(const Server& server, int offset) {
    const auto colon = server.address.rfind(':');
    HALL_CHECK(colon != std::string::npos);
    int port = 0;
    std::from_chars(server.address.data() + colon + 1,
                    server.address.data() + server.address.size(), port);
    return fmt::format("{}:{}", server.address.substr(0, colon), port + offset);
}

}  // namespace hall::client
