#include "tests/stage/wire_tap.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

#include "protocol/check.h"
#include "tests/stage/process.h"

namespace hall::stage {
namespace {

constexpr int kLookEveryMs = 20;

sockaddr_in at_port(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<uint16_t>(port));
    return address;
}

int listen_at(int port) {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    const sockaddr_in address = at_port(port);
    HALL_CHECK(bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
    HALL_CHECK(listen(fd, SOMAXCONN) == 0);
    return fd;
}

}  // namespace

WireTap::WireTap(int server_port, int ports) : server_port_(server_port), port_(free_ports(ports)) {
    for (int i = 0; i < ports; ++i) listening_.push_back(listen_at(port_ + i));
    thread_ = std::thread([this] { run(); });
}

WireTap::~WireTap() {
    stopping_ = true;
    thread_.join();
    for (int fd : listening_) close(fd);
    for (const Pair& pair : pairs_) {
        close(pair.client);
        close(pair.server);
    }
}

std::string WireTap::captured() const {
    std::lock_guard<std::mutex> lock(mutex_);
    return bytes_;
}

void WireTap::accept_at(int which) {
    Pair pair;
    pair.client = accept4(listening_[static_cast<size_t>(which)], nullptr, nullptr, SOCK_CLOEXEC);
    pair.server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = at_port(server_port_ + which);
    const bool connected =
        connect(pair.server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    if (connected) {
        pairs_.push_back(pair);
    } else {
        close(pair.client);
        close(pair.server);
    }
}

bool WireTap::pass(int from, int to) {
    std::array<char, 65'536> part{};
    const ssize_t got = read(from, part.data(), part.size());
    if (got <= 0) return false;
    {
        std::lock_guard<std::mutex> lock(mutex_);
        bytes_.append(part.data(), static_cast<size_t>(got));
    }
    for (ssize_t sent = 0; sent < got;) {
        const ssize_t more =
            send(to, part.data() + sent, static_cast<size_t>(got - sent), MSG_NOSIGNAL);
        if (more <= 0) return false;
        sent += more;
    }
    return true;
}

void WireTap::run() {
    while (!stopping_) {
        std::vector<pollfd> waiting;
        for (int fd : listening_) waiting.push_back({fd, POLLIN, 0});
        for (const Pair& pair : pairs_) {
            waiting.push_back({pair.client, POLLIN, 0});
            waiting.push_back({pair.server, POLLIN, 0});
        }
        poll(waiting.data(), waiting.size(), kLookEveryMs);
        const size_t first = listening_.size();
        for (size_t i = pairs_.size(); i-- > 0;) {
            const Pair pair = pairs_[i];
            const bool asked = waiting[first + 2 * i].revents != 0;
            const bool answered = waiting[first + 2 * i + 1].revents != 0;
            const bool alive = (!asked || pass(pair.client, pair.server)) &&
                               (!answered || pass(pair.server, pair.client));
            if (alive) continue;
            close(pair.client);
            close(pair.server);
            pairs_.erase(pairs_.begin() + static_cast<ptrdiff_t>(i));
        }
        for (size_t which = 0; which < first; ++which) {
            if (waiting[which].revents != 0) accept_at(static_cast<int>(which));
        }
    }
}

}  // namespace hall::stage
