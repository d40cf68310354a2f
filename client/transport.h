// PeerSocket: a client's socket together with what its connection says about itself.
//
// The only client home of zmq.hpp. Used by one thread; the socket is made anew after a failed
// handshake, which libzmq never retries by itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <zmq.hpp>

#include "client/keys.h"
#include "protocol/error.h"

namespace hall::client {

// What the connection has said since it was asked last; the gravest of them.
enum class LinkNews {
    none,
    connected,      // a handshake succeeded (again)
    lost,           // the connection is gone; libzmq reconnects
    closed_early,   // the peer hung up during the handshake: a restart, or another server's key
    keys_mismatch,  // one side has keys and the other runs plain
    not_enrolled    // the server refused our key
};

class PeerSocket {
  public:
    PeerSocket(const Server& server, zmq::socket_type type, int port_offset);

    // Makes a new socket; its options can be set until `connect`.
    void open();
    void connect();
    void close();
    bool is_open() const { return static_cast<bool>(socket_); }

    // REQUIRES: is_open().
    zmq::socket_t& socket() { return socket_; }
    zmq::socket_t& monitor() { return monitor_; }

    // Reads what the monitor has; never blocks.
    LinkNews news();

  private:
    Server server_;
    zmq::socket_type type_;
    std::string endpoint_;
    zmq::context_t context_;
    zmq::socket_t socket_;
    zmq::socket_t monitor_;
    unsigned opened_ = 0;  // names the monitor's inproc endpoint
};

// The error that a failed handshake means to the person at the device.
Error link_error(LinkNews news, const Server& server);

// Waits until one of the first `count` items is ready or `wait_ms` have passed; a signal ends it
// too.
void wait_for(zmq::pollitem_t* items, size_t count, int64_t wait_ms);

// An eventfd that wakes a poll on another thread; write once, readable until `clear`.
class Waker {
  public:
    Waker();
    ~Waker();
    Waker(const Waker&) = delete;
    Waker& operator=(const Waker&) = delete;

    int fd() const { return fd_; }
    void wake();
    void clear();

  private:
    int fd_ = -1;
};

// Milliseconds of the machine's monotonic clock.
int64_t monotonic_ms();

}  // namespace hall::client
