// Clients on bare sockets: one thread, many DEALERs, one request under way on each, so that what is
// measured is the server and not sixty-four threads.
#pragma once

#include <string>
#include <vector>
#include <zmq.hpp>

#include "client/keys.h"
#include "protocol/hall.pb.h"

namespace hall::bench {

class BareClients {
  public:
    BareClients(const client::Server& server, int count);

    // Each client sends `command` again and again, always waiting for its answer; returns how many
    // were done a second. Ends the program when one is refused.
    double rate(const protocol::Command& command, double seconds);

    // One answer of the first client, in seconds.
    double round_trip(const protocol::Command& command);

  private:
    void send(std::size_t client, const protocol::Command& command);
    void receive(std::size_t client);

    zmq::context_t context_;
    std::vector<zmq::socket_t> sockets_;
    uint64_t next_id_ = 0;
    std::string id_prefix_;
};

// As a device of this server would connect.
void secure(zmq::socket_t& socket, const client::Server& server);

}  // namespace hall::bench
