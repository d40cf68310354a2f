#include "client/transport.h"

#include <fmt/format.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <utility>

#include "protocol/check.h"
#include "wording/wording.h"

namespace hall::client {
namespace {

constexpr int kReconnectMs = 100;
constexpr int kReconnectMaxMs = 1'000;
// ZMTP heartbeats find a peer whose machine went away without closing the connection.
constexpr int kHeartbeatMs = 1'000;
constexpr int kHeartbeatTimeoutMs = 3'000;

LinkNews news_of(uint16_t event, uint32_t value) {
    switch (event) {
        case ZMQ_EVENT_HANDSHAKE_SUCCEEDED:
            return LinkNews::connected;
        case ZMQ_EVENT_DISCONNECTED:
            return LinkNews::lost;
        case ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL:
            return LinkNews::closed_early;
        case ZMQ_EVENT_HANDSHAKE_FAILED_AUTH:
            return LinkNews::not_enrolled;
        case ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL:
            return value == ZMQ_PROTOCOL_ERROR_ZMTP_MECHANISM_MISMATCH ? LinkNews::keys_mismatch
                                                                       : LinkNews::closed_early;
        default:
            return LinkNews::none;
    }
}

}  // namespace

PeerSocket::PeerSocket(const Server& server, zmq::socket_type type, int port_offset)
    : server_(server), type_(type), endpoint_(endpoint(server, port_offset)) {}

void PeerSocket::open() {
    close();
    socket_ = zmq::socket_t(context_, type_);
    socket_.set(zmq::sockopt::linger, 0);
    socket_.set(zmq::sockopt::ipv6, true);
    socket_.set(zmq::sockopt::reconnect_ivl, kReconnectMs);
    socket_.set(zmq::sockopt::reconnect_ivl_max, kReconnectMaxMs);
    socket_.set(zmq::sockopt::heartbeat_ivl, kHeartbeatMs);
    socket_.set(zmq::sockopt::heartbeat_timeout, kHeartbeatTimeoutMs);
    if (server_.keys) {
        socket_.set(zmq::sockopt::curve_serverkey, server_.keys->server_public_key);
        socket_.set(zmq::sockopt::curve_publickey, server_.keys->own.public_key);
        socket_.set(zmq::sockopt::curve_secretkey, server_.keys->own.secret_key);
    }
    const std::string name = fmt::format("inproc://monitor-{}", ++opened_);
    constexpr int kEvents = ZMQ_EVENT_HANDSHAKE_SUCCEEDED | ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL |
                            ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL | ZMQ_EVENT_HANDSHAKE_FAILED_AUTH |
                            ZMQ_EVENT_DISCONNECTED;
    HALL_CHECK(zmq_socket_monitor(socket_.handle(), name.c_str(), kEvents) == 0);
    monitor_ = zmq::socket_t(context_, zmq::socket_type::pair);
    monitor_.set(zmq::sockopt::linger, 0);
    monitor_.connect(name);
}

void PeerSocket::connect() {
    socket_.connect(endpoint_);
}

void PeerSocket::close() {
    if (!socket_) return;
    zmq_socket_monitor(socket_.handle(), nullptr, 0);
    monitor_.close();
    socket_.close();
}

LinkNews PeerSocket::news() {
    LinkNews gravest = LinkNews::none;
    zmq::message_t event;
    while (monitor_.recv(event, zmq::recv_flags::dontwait)) {
        uint16_t kind = 0;
        uint32_t value = 0;
        HALL_CHECK(event.size() == sizeof kind + sizeof value && event.more());
        std::memcpy(&kind, event.data(), sizeof kind);
        std::memcpy(&value, event.data<char>() + sizeof kind, sizeof value);
        zmq::message_t address;
        HALL_CHECK(monitor_.recv(address, zmq::recv_flags::none).has_value());
        gravest = std::max(gravest, news_of(kind, value));
    }
    return gravest;
}

Error link_error(LinkNews news, const Server& server) {
    switch (news) {
        case LinkNews::not_enrolled:
            return {"device_not_enrolled",
                    wording::format("link.not_enrolled",
                                    {{"address", server.address},
                                     {"key", server.keys ? server.keys->own.public_key : "KEY"}})};
        case LinkNews::keys_mismatch:
            if (!server.keys) {
                return {"device_not_enrolled",
                        wording::format("link.no_keys", {{"address", server.address}})};
            }
            return {"keys_mismatch",
                    wording::format("link.keys_mismatch", {{"address", server.address}})};
        case LinkNews::closed_early:
            return {"server_unreachable",
                    wording::format("link.closed_early", {{"address", server.address}})};
        case LinkNews::none:
        case LinkNews::connected:
        case LinkNews::lost:
            break;
    }
    return {"server_unreachable",
            wording::format("link.unreachable", {{"address", server.address}})};
}

void wait_for(zmq::pollitem_t* items, size_t count, int64_t wait_ms) {
    try {
        zmq::poll(items, count, std::chrono::milliseconds(wait_ms));
    } catch (const zmq::error_t& failure) {
        if (failure.num() != EINTR) throw;
    }
}

Waker::Waker() : fd_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    HALL_CHECK(fd_ >= 0);
}

Waker::~Waker() {
    ::close(fd_);
}

void Waker::wake() {
    const uint64_t one = 1;
    // A full counter (EAGAIN) means that it is readable already.
    [[maybe_unused]] const auto written = ::write(fd_, &one, sizeof one);
}

void Waker::clear() {
    uint64_t count = 0;
    [[maybe_unused]] const auto got = ::read(fd_, &count, sizeof count);
}

int64_t monotonic_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

}  // namespace hall::client
