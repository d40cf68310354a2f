// CommandSlot: at most one command of a console is on its way, so a double press is one command.
//
// A command whose answer never came may have been done. Pressed again in the same situation it goes
// out with the same command_id: the hall answers from its record and does nothing twice. The
// situation is a string of the model's (which form, which ticket): a later, different wish that
// happens to look the same gets an id of its own.
//
// Used by console models. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "client/command_client.h"
#include "protocol/commands.pb.h"

namespace hall::console {

// A command under way is told from then on; most are answered long before, and would only flicker.
inline constexpr std::int64_t kSlowMs = 400;

struct Sending {
    protocol::Command command;
    std::string command_id;
    client::Credentials as = {};  // empty: who is signed on
};

class CommandSlot {
  public:
    // False while another one is on its way. `now_ms`: for `slow`.
    bool begin(const protocol::Command& command, const std::string& situation,
               std::int64_t now_ms = 0);
    // What must be sent now; given out once.
    std::optional<Sending> outgoing();

    // What it was about, for the answer's reader. REQUIRES: busy().
    const protocol::Command& command() const { return command_; }
    bool busy() const { return busy_; }
    // On its way for so long that it is told. `idle_ms`: for how long that stays as it is; the
    // largest number when nothing is waited for.
    bool slow(std::int64_t now_ms) const { return busy_ && now_ms - begun_ms_ >= kSlowMs; }
    std::int64_t idle_ms(std::int64_t now_ms) const;

    // REQUIRES: busy().
    void answered(const client::Answer& answer);

  private:
    bool busy_ = false;
    bool given_out_ = false;
    bool unanswered_ = false;
    std::int64_t begun_ms_ = 0;
    protocol::Command command_;
    std::string command_id_;
    std::string situation_;
};

}  // namespace hall::console
