#include "displays/console/command_slot.h"

#include "protocol/check.h"

namespace hall::console {

std::optional<Sending> CommandSlot::begin(const protocol::Command& command,
                                          const std::string& situation) {
    if (busy_) return std::nullopt;
    const bool same = unanswered_ && situation == situation_ &&
                      command.SerializeAsString() == command_.SerializeAsString();
    if (!same) command_id_ = client::make_command_id();
    command_ = command;
    situation_ = situation;
    busy_ = true;
    unanswered_ = false;
    return Sending{command_, command_id_, {}};
}

void CommandSlot::answered(const client::Answer& answer) {
    HALL_CHECK(busy_);
    busy_ = false;
    unanswered_ = !answer.has_value();
}

}  // namespace hall::console
