// Route: the way back to whoever sent a request.
#pragma once

#include <string>

namespace hall::net {

struct Route {
    std::string peer;        // ROUTER's name for the connection
    bool delimiter = false;  // the peer is a REQ: an empty frame goes before the reply
};

}  // namespace hall::net
