// A list of things with one act each: what it is, how it stands, and a button with a digit. Pages
// when it is long. Used by the clerk's checklist, the supervisor's lists and the plan of an
// emergency.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "displays/console/words.h"
#include "displays/kit/widgets.h"

namespace hall::console {

struct ActionRow {
    std::string title;
    std::string detail;  // a second, smaller line
    Word state;          // at the right, with its shape
    std::string press;   // label of the button; empty: there is none

    friend bool operator==(const ActionRow&, const ActionRow&) = default;
};

struct ActionList {
    std::string_view id = {};  // of the list; its buttons are ID.0, ID.1, …
    kit::Box box = {};
    std::string_view empty = {};     // said when there is nothing
    std::string_view disabled = {};  // why no button can be pressed
};

// The row whose button was pressed.
std::optional<std::size_t> action_list(kit::Ui& ui, const ActionList& spec,
                                       const std::vector<ActionRow>& rows);

}  // namespace hall::console
