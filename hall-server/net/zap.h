// ZapThread: answers libzmq's question "may the owner of this key connect?" (ZMTP's RFC 27).
//
// One REP on inproc://zeromq.zap.01 of the given context, on a thread of its own, because libzmq
// asks from its I/O threads and the loop may be waiting for the disk.
#pragma once

#include <cstddef>
#include <string>
#include <thread>
#include <unordered_set>
#include <zmq.hpp>

#include "hall-server/net/device_book.h"

namespace hall::net {

class ZapThread {
  public:
    // REQUIRES: made before any CURVE socket of `context` is bound. `book` outlives this. The
    // device's name becomes the connection's User-Id.
    ZapThread(zmq::context_t& context, const DeviceBook& book);

    // REQUIRES: context.shutdown() was called; that is what ends the thread.
    ~ZapThread();
    ZapThread(const ZapThread&) = delete;
    ZapThread& operator=(const ZapThread&) = delete;

  private:
    void run();
    bool answer_one();
    void log_stranger(const std::string& key);

    static constexpr size_t kStrangersLogged = 100;

    const DeviceBook& book_;
    zmq::socket_t socket_;
    std::unordered_set<std::string> strangers_;  // keys refused and logged already
    std::thread thread_;
};

}  // namespace hall::net
