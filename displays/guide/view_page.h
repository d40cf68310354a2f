// How pages of lines are drawn: one way for check-in, cases, loans, help, signing on.
#pragma once

#include <string>
#include <vector>

#include "displays/guide/guide_view.h"
#include "displays/guide/walk_picture.h"

namespace hall::guide {

// A button in `box`; true when it was pressed.
bool walk_button(kit::Ui& ui, const WalkButton& button, const kit::Box& box,
                 kit::Size size = kit::Size::body);

// The key that a picture names: "F9", "Enter", "1", "A"; none for anything else.
kit::Key key_named(const std::string& name);

// Lines in `box`, a page of them at a time.
Wish view_lines(kit::Ui& ui, const WalkPage& page, const kit::Box& box);

// Buttons at the left and a message beside them, at the foot of `body`, which gets smaller.
Wish view_foot(kit::Ui& ui, const std::vector<WalkButton>& foot, const Word& message,
               kit::Box& body);

}  // namespace hall::guide
