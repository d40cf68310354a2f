// Way: one way from a console to the hall, or to a test in its place. What goes by it goes in the
// order it was given, each when the one before is answered; so what must wait for nothing (an
// alarm, a visitor's rating) has a way of its own.
//
// One thread: the screen's.
#pragma once

#include <functional>

#include "client/command_client.h"
#include "displays/console/command_slot.h"

namespace hall::console {

class Way {
  public:
    using Done = std::function<void(const client::Answer&)>;

    virtual ~Way() = default;

    // Neither waits. `done` is called once, by a later `deliver`, and not at all when the way ends
    // before.
    virtual void send(const Sending& sending, Done done) = 0;
    virtual void ask(const protocol::Query& query, Done done) = 0;
    // Calls the `done` of every answer that has come.
    virtual void deliver() = 0;
};

class WayToHall final : public Way {
  public:
    // `wake` is called from another thread whenever an answer waits for `deliver`.
    WayToHall(const client::Server& server, std::function<void()> wake);

    void send(const Sending& sending, Done done) override;
    void ask(const protocol::Query& query, Done done) override;
    void deliver() override { queue_.deliver(); }

  private:
    client::CommandQueue queue_;
};

}  // namespace hall::console
