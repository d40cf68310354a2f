#include "hall-server/net/command_port.h"

#include <utility>

namespace hall::net {
namespace {

// Unanswered requests that one peer may have on the way.
constexpr int kPerPeerMax = 1'000;

service::Sender local_admin() {
    service::Sender sender;
    sender.device = "local";
    sender.role = protocol::Role::admin;
    return sender;
}

}  // namespace

CommandPort::CommandPort(zmq::context_t& context, const DeviceBook* book, const std::string& bind,
                         int port)
    : book_(book), endpoint_(context, zmq::socket_type::router, bind, port) {
    socket().set(zmq::sockopt::rcvhwm, kPerPeerMax);
    socket().set(zmq::sockopt::sndhwm, kPerPeerMax);
    socket().set(zmq::sockopt::router_mandatory, false);
}

tl::expected<void, Error> CommandPort::listen(const std::optional<ServerKeys>& keys) {
    return endpoint_.listen(keys);
}

tl::expected<void, Error> CommandPort::rebind() {
    return endpoint_.rebind();
}

std::optional<CommandPort::Arrived> CommandPort::receive() {
    zmq::message_t part;
    if (!socket().recv(part, zmq::recv_flags::dontwait)) return std::nullopt;
    Arrived arrived;
    arrived.route.peer = part.to_string();
    size_t parts = 0;
    bool more = part.more();
    while (more) {
        // The rest of a message is there with its first part.
        if (!socket().recv(part, zmq::recv_flags::none)) break;
        more = part.more();
        ++parts;
        if (parts == 1 && part.size() == 0 && more) arrived.route.delimiter = true;
        const bool is_request = parts == (arrived.route.delimiter ? 2U : 1U);
        if (!is_request) continue;
        arrived.frame = part.to_string();
        arrived.sender = book_ != nullptr ? book_->sender(user_of(part)) : local_admin();
    }
    arrived.well_framed = parts == (arrived.route.delimiter ? 2U : 1U);
    return arrived;
}

std::vector<CommandPort::Arrived> CommandPort::drain(size_t limit) {
    std::vector<Arrived> waiting;
    while (waiting.size() < limit) {
        auto arrived = receive();
        if (!arrived) break;
        waiting.push_back(std::move(*arrived));
    }
    return waiting;
}

void CommandPort::send(const Route& route, const protocol::Reply& reply) {
    constexpr auto kMore = zmq::send_flags::dontwait | zmq::send_flags::sndmore;
    if (!socket().send(zmq::buffer(route.peer), kMore)) return;
    if (route.delimiter) (void)socket().send(zmq::message_t(), kMore);
    (void)socket().send(zmq::buffer(reply.SerializeAsString()), zmq::send_flags::dontwait);
}

}  // namespace hall::net
