#include "hall-server/net/endpoint.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "hall-server/net/gate.h"

namespace hall::net {
namespace {

constexpr int kLingerMs = 500;           // for the last replies of a clean stop
constexpr int kPeerHeartbeatMs = 5'000;  // finds peers whose machine went away
constexpr int kPeerTimeoutMs = 15'000;

std::string address_of(const std::string& bind, int port) {
    const bool bare_ipv6 = bind.find(':') != std::string::npos && bind.front() != '[';
    return bare_ipv6 ? fmt::format("tcp://[{}]:{}", bind, port)
                     : fmt::format("tcp://{}:{}", bind, port);
}

}  // namespace

bool is_loopback(const std::string& bind) {
    if (bind == "localhost" || bind == "::1" || bind == "[::1]") return true;
    in_addr address = {};
    constexpr uint32_t kLoopbackNet = 127;
    return inet_pton(AF_INET, bind.c_str(), &address) == 1 &&
           ntohl(address.s_addr) >> 24 == kLoopbackNet;
}

Endpoint::Endpoint(zmq::context_t& context, zmq::socket_type type, const std::string& bind,
                   int port)
    : socket_(context, type), address_(address_of(bind, port)) {
    socket_.set(zmq::sockopt::ipv6, bind.find(':') != std::string::npos);
    socket_.set(zmq::sockopt::linger, kLingerMs);
    socket_.set(zmq::sockopt::maxmsgsize, static_cast<int64_t>(kTransportMax));
    socket_.set(zmq::sockopt::heartbeat_ivl, kPeerHeartbeatMs);
    socket_.set(zmq::sockopt::heartbeat_timeout, kPeerTimeoutMs);
}

tl::expected<void, Error> Endpoint::listen(const std::optional<ServerKeys>& keys) {
    try {
        if (keys) {
            socket_.set(zmq::sockopt::zap_domain, "hall");
            socket_.set(zmq::sockopt::curve_server, true);
            socket_.set(zmq::sockopt::curve_publickey, keys->public_key);
            socket_.set(zmq::sockopt::curve_secretkey, keys->secret_key);
        }
        socket_.bind(address_);
    } catch (const zmq::error_t& failure) {
        if (failure.num() == EADDRINUSE) {
            return tl::unexpected(Error{
                "port_in_use", fmt::format("{} is in use by another program; stop it or choose "
                                           "another --port (it and the next two are needed)",
                                           address_)});
        }
        return tl::unexpected(
            Error{"bind_failed", fmt::format("cannot listen on {}: {}", address_, failure.what())});
    }
    return {};
}

tl::expected<void, Error> Endpoint::rebind() {
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::milliseconds(kRebindMs);
    try {
        socket_.unbind(address_);
    } catch (const zmq::error_t&) {
        // Not bound: an earlier rebind gave up.
    }
    while (true) {
        auto bound = listen(std::nullopt);  // the keys stay set
        // libzmq closes the old listener on its own thread.
        if (bound || std::chrono::steady_clock::now() >= give_up) return bound;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

std::string user_of(zmq::message_t& message) {
    const char* user = zmq_msg_gets(message.handle(), "User-Id");
    return user != nullptr ? user : "";
}

}  // namespace hall::net
