// Draws the supervisor's picture and returns what the person wants done: the sections with their
// counts at the left, the list of the chosen one at the right; on small screens and with large text
// one after the other.
#pragma once

#include <optional>
#include <variant>

#include "displays/kit/widgets.h"
#include "displays/supervisor/supervisor_picture.h"

namespace hall::supervisor {

using Wish = std::optional<std::variant<SupervisorAct, console::AlarmAct, console::SignOnAct>>;

Wish draw_supervisor(kit::Ui& ui, const SupervisorPicture& picture);

}  // namespace hall::supervisor
