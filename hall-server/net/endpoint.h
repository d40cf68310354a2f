// Endpoint: one listening socket of the server, with its keys, and the rebinding that ends the
// sessions of revoked devices.
#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <zmq.hpp>

#include "protocol/error.h"

namespace hall::net {

struct ServerKeys {
    std::string public_key;  // Z85
    std::string secret_key;
};

// Whether a bind address is reached from this machine only: 127.0.0.0/8, ::1, localhost.
bool is_loopback(const std::string& bind);

class Endpoint {
  public:
    Endpoint(zmq::context_t& context, zmq::socket_type type, const std::string& bind, int port);

    // For options that must be set before `listen`.
    zmq::socket_t& socket() { return socket_; }

    // Errors: `port_in_use`, `bind_failed`.
    tl::expected<void, Error> listen(const std::optional<ServerKeys>& keys);

    // Unbinds and binds again: libzmq ends every session that the old listener accepted. Enrolled
    // peers reconnect by themselves. Errors as `listen`, after kRebindMs of trying.
    tl::expected<void, Error> rebind();

  private:
    static constexpr int kRebindMs = 2'000;

    zmq::socket_t socket_;
    std::string address_;
};

// The name that ZAP gave to the sender's connection; empty without keys.
std::string user_of(zmq::message_t& message);

}  // namespace hall::net
