// CommandPort: the ROUTER that takes requests from DEALERs and REQs, and sends replies back.
//
// Frames: [request] from a DEALER, [empty][request] from a REQ; the reply has the same shape.
// Used by the loop's thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "hall-server/net/device_book.h"
#include "hall-server/net/endpoint.h"
#include "hall-server/net/route.h"
#include "hall-server/service/hall_service.h"

namespace hall::net {

class CommandPort {
  public:
    struct Arrived {
        Route route;
        service::Sender sender;
        std::string frame;
        bool well_framed = true;  // one frame, or an empty one and one
    };

    // `book` null: no keys, every peer is the admin "local". `book` outlives this.
    CommandPort(zmq::context_t& context, const DeviceBook* book, const std::string& bind, int port);

    tl::expected<void, Error> listen(const std::optional<ServerKeys>& keys);
    tl::expected<void, Error> rebind();
    zmq::socket_t& socket() { return endpoint_.socket(); }

    // What is waiting, in the order of arrival, at most `limit`. Never blocks.
    std::vector<Arrived> drain(size_t limit);

    // Never blocks: a peer that went away, or does not read, loses its reply and asks again.
    void send(const Route& route, const protocol::Reply& reply);

  private:
    std::optional<Arrived> receive();

    const DeviceBook* book_;
    Endpoint endpoint_;
};

}  // namespace hall::net
