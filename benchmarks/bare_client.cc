#include "benchmarks/bare_client.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

#include "benchmarks/figure.h"
#include "client/command_client.h"
#include "protocol/check.h"

namespace hall::bench {

void secure(zmq::socket_t& socket, const client::Server& server) {
    if (!server.keys) return;
    socket.set(zmq::sockopt::curve_serverkey, server.keys->server_public_key);
    socket.set(zmq::sockopt::curve_publickey, server.keys->own.public_key);
    socket.set(zmq::sockopt::curve_secretkey, server.keys->own.secret_key);
}

BareClients::BareClients(const client::Server& server, int count)
    : id_prefix_(client::make_command_id().substr(0, 12)) {
    for (int i = 0; i < count; ++i) {
        zmq::socket_t& socket = sockets_.emplace_back(context_, zmq::socket_type::dealer);
        socket.set(zmq::sockopt::linger, 0);
        secure(socket, server);
        socket.connect(server.address);
    }
}

void BareClients::send(std::size_t client, const protocol::Command& command) {
    protocol::Request request;
    request.set_protocol_version(1);
    request.set_command_id(fmt::format("{}-{}", id_prefix_, next_id_++));
    *request.mutable_command() = command;
    sockets_[client].send(zmq::buffer(request.SerializeAsString()));
}

void BareClients::receive(std::size_t client) {
    zmq::message_t frame;
    HALL_CHECK(sockets_[client].recv(frame));
    protocol::Reply reply;
    HALL_CHECK(reply.ParseFromArray(frame.data(), static_cast<int>(frame.size())));
    if (!reply.has_refusal()) return;
    std::fprintf(stderr, "bench: refused: %s\n", reply.refusal().ShortDebugString().c_str());
    std::exit(1);
}

double BareClients::rate(const protocol::Command& command, double seconds) {
    std::vector<zmq::pollitem_t> items;
    for (std::size_t i = 0; i < sockets_.size(); ++i) {
        send(i, command);
        items.push_back({sockets_[i].handle(), 0, ZMQ_POLLIN, 0});
    }
    const double begin = seconds_now();
    const double end = begin + seconds;
    std::size_t done = 0;
    double last = begin;
    std::size_t under_way = sockets_.size();
    while (under_way > 0) {
        zmq::poll(items, std::chrono::milliseconds(10'000));
        const double now = seconds_now();
        for (std::size_t i = 0; i < sockets_.size(); ++i) {
            if ((items[i].revents & ZMQ_POLLIN) == 0) continue;
            receive(i);
            ++done;
            last = now;
            if (now < end) {
                send(i, command);
            } else {
                --under_way;
            }
        }
    }
    return static_cast<double>(done) / (last - begin);
}

double BareClients::round_trip(const protocol::Command& command) {
    const double begin = seconds_now();
    send(0, command);
    receive(0);
    return seconds_now() - begin;
}

}  // namespace hall::bench
