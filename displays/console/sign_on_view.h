// Draws who is on duty at a console: the key in the bar, and the dialog it opens.
//
//   const kit::Box below = console::bar(ui, {…, .right_room = console::raise_width(ui) +
//                                                            console::sign_on_width(ui, picture)});
//   … the page; no dialog of its own while picture.open …
//   act = console::draw_sign_on(ui, picture, below.y, area);
//   act = console::draw_alarm(ui, …);
//   … ui.end_dialog() if picture.open …
#pragma once

#include <optional>

#include "displays/console/sign_on_model.h"
#include "displays/kit/widgets.h"

namespace hall::console {

// What its key needs at the right of the bar, left of the alarm's; 0 in a hall without staff.
float sign_on_width(kit::Ui& ui, const SignOnPicture& picture);

// `bar`: height of the bar in px; `area`: what bar and alarm leave. While `picture.open` it begins
// a dialog; whoever calls ends it.
std::optional<SignOnAct> draw_sign_on(kit::Ui& ui, const SignOnPicture& picture, float bar,
                                      const kit::Box& area);

}  // namespace hall::console
