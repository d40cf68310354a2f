// Commands and queries to the hall, with a retry that can never do a thing twice.
//
// Two flavours over the same exchange:
//   CommandClient   blocking, for hallctl and agents; it has no thread of its own
//   CommandQueue    for screens: submit and go on drawing; answers come back on the screen's thread
//
// A command's id is made once and kept over every resend, so an answer that was lost on the way
// costs a repeat of the recorded reply and never a second ticket. A refusal by the hall is a Reply
// like any other (`reply.has_refusal()`); an Error means that no answer came:
//
//   server_unreachable     nobody answered within Options::give_up_ms. The command may or may not
//                          have been done: send it again with the same command_id to know
//   device_not_enrolled    the hall does not know this device's key, or wants one and there is none
//   keys_mismatch          the device has keys and the server runs without
//   client_busy            CommandQueue only: kQueuedMax commands are unanswered already
//   request_too_large      the command does not fit into a frame of 64 KiB
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <tl/expected.hpp>

#include "client/keys.h"
#include "protocol/error.h"
#include "protocol/hall.pb.h"

namespace hall::client {

using Answer = tl::expected<protocol::Reply, Error>;

struct RetryOptions {
    int resend_ms = 2'000;    // silence after which the socket is made anew and the request resent
    int give_up_ms = 10'000;  // in all
};

// Who asks, when it is not whoever is signed on at the device (Request.staff, pin, new_pin).
struct Credentials {
    std::string staff;
    std::string pin;
    std::string new_pin;  // of SetPin
};

// A fresh id: 32 hex digits from the system's random source.
std::string make_command_id();

// Used by one thread at a time. It connects with the first request.
class CommandClient {
  public:
    explicit CommandClient(Server server, RetryOptions retry = {});
    ~CommandClient();
    CommandClient(const CommandClient&) = delete;
    CommandClient& operator=(const CommandClient&) = delete;

    // From now on every request says this.
    void ask_as(Credentials credentials);

    // Waits for the answer. With an empty `command_id` a fresh one is made. `message` of a refusal
    // is left to client/refusal_text.h.
    Answer send(const protocol::Command& command, const std::string& command_id = "");
    Answer ask(const protocol::Query& query);

  private:
    friend class CommandQueue;
    struct Link;
    std::unique_ptr<Link> link_;
};

// Requests are sent one after the other in the order of submission, so that "finish" is answered
// before "call next" leaves. submit, deliver and pending may be called from any thread, and
// usually from the screen's.
class CommandQueue {
  public:
    static constexpr size_t kQueuedMax = 64;

    using Done = std::function<void(Answer)>;

    // `wake` is called from the queue's thread whenever an answer waits for `deliver`; it must only
    // wake the screen's loop (push an SDL event, write an eventfd).
    CommandQueue(Server server, std::function<void()> wake, RetryOptions retry = {});

    // Gives up what is unanswered without calling its Done; returns within about 100 ms.
    ~CommandQueue();
    CommandQueue(const CommandQueue&) = delete;
    CommandQueue& operator=(const CommandQueue&) = delete;

    // Never blocks. `done` is called once, by a later `deliver`.
    // `as`: of this command alone.
    void submit(protocol::Command command, Done done, std::string command_id = "",
                const Credentials& as = {});
    void submit(protocol::Query query, Done done);

    // Calls the Done of every answer that has come, on this thread; returns how many.
    size_t deliver();

    // Submitted and not yet delivered: a screen shows that it waits.
    size_t pending() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace hall::client
