// EventFeed: every event of the hall in order, without gaps and without repeats.
//
// Events are published as they are committed and a subscriber may miss some (it was away, or too
// slow); the feed then asks the server for the missing ones with EventsQuery. For `hallctl watch
// --events` and integrators. Used by one thread at a time; it has no thread of its own.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <tl/expected.hpp>

#include "client/keys.h"
#include "protocol/error.h"
#include "protocol/events.pb.h"

namespace hall::client {

class EventFeed {
  public:
    // Starts with event `from_seq`; 0 = with the first one after now.
    EventFeed(Server server, uint64_t from_seq);
    ~EventFeed();
    EventFeed(const EventFeed&) = delete;
    EventFeed& operator=(const EventFeed&) = delete;

    // The next event in order, or nothing when none came within about `wait_ms`. Once the first
    // contact was made, the server being away is no error: the feed resumes where it was.
    // Errors: `device_not_enrolled`, `keys_mismatch`; the code of a refusal (`role_not_allowed`);
    // `server_unreachable` when the first contact fails; `log_changed` when the server came back
    // with a log that ends before what was already read.
    tl::expected<std::optional<protocol::EventRecord>, Error> next(int wait_ms);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace hall::client
