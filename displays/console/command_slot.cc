#include "displays/console/command_slot.h"

#include <limits>
#include <utility>

#include "protocol/check.h"

namespace hall::console {

bool CommandSlot::begin(const protocol::Command& command, const std::string& situation,
                        std::int64_t now_ms) {
    if (busy_) return false;
    const bool same = unanswered_ && situation == situation_ &&
                      command.SerializeAsString() == command_.SerializeAsString();
    if (!same) command_id_ = client::make_command_id();
    command_ = command;
    situation_ = situation;
    busy_ = true;
    given_out_ = false;
    unanswered_ = false;
    begun_ms_ = now_ms;
    return true;
}

std::optional<Sending> CommandSlot::outgoing() {
    if (!busy_ || std::exchange(given_out_, true)) return std::nullopt;
    return Sending{command_, command_id_, {}};
}

std::int64_t CommandSlot::idle_ms(std::int64_t now_ms) const {
    const bool waits = busy_ && !slow(now_ms);
    return waits ? begun_ms_ + kSlowMs - now_ms : std::numeric_limits<std::int64_t>::max();
}

void CommandSlot::answered(const client::Answer& answer) {
    HALL_CHECK(busy_);
    busy_ = false;
    unanswered_ = !answer.has_value();
}

}  // namespace hall::console
