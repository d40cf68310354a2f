// Server: the loop that gives the hall its hands and its voice.
//
//   drain what is waiting → freeze `now` once → HallService::turn → replies → changed views
//
// Only what `turn` returned goes out, so nothing is told before it is on disk. Nothing in the loop
// waits for a peer: sends never block; queries that read the log and the checking of PINs run on
// workers. One thread runs it; the ZAP thread and the two workers belong to it.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "hall-server/net/endpoint.h"
#include "hall-server/net/log_worker.h"
#include "hall-server/service/hall_clock.h"
#include "hall-server/service/hall_service.h"
#include "hall-server/store/event_log.h"
#include "protocol/error.h"

namespace hall::net {

inline constexpr size_t kBatchLimit = 512;
inline constexpr int kPortMax = 65'535 - 2;

class Server {
  public:
    struct Options {
        std::string bind = "127.0.0.1";
        int port = 7400;                   // and the next two
        size_t batch_limit = kBatchLimit;  // requests a commit; 1 to measure what batching gives
        std::optional<ServerKeys> keys;    // none: plain, on loopback only, every peer an admin
        std::string first_admin_key;       // Z85; empty = none
        FillRow fill_row;                  // for ledgers; none: they have no names
    };

    // Binds the three ports. The service, the clock and the log outlive the server.
    // Errors: `keys_required` (no keys and not on loopback), `port_in_use`, `bind_failed`, those
    // of EventLog::reader.
    static tl::expected<std::unique_ptr<Server>, Error> open(service::HallService& service,
                                                             service::HallClock& clock,
                                                             store::EventLog& log, Options options);
    ~Server();

    // Serves until `stop_fd` is readable; the batch under way is finished and answered.
    // Errors: a port could not be bound again after a device was revoked.
    tl::expected<void, Error> run(int stop_fd);

  private:
    struct State;
    explicit Server(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace hall::net
