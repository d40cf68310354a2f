// Draws the alarm of a console: the banner while an emergency is open, the key that raises one, and
// the dialogs: place and kind, the page of an emergency, its outcome.
//
//   const kit::Box below = console::bar(ui, {…, .right_room = console::raise_width(ui)});
//   const kit::Box rest = below less console::alarm_height(ui, picture) at its top;
//   … the page; its dialog is begun, not ended …
//   act = console::draw_alarm(ui, picture, below);
//   … ui.end_dialog() if the page began one …
//
// Drawn last, so that it is within reach over every dialog. While `picture.dialog` is open the page
// begins no dialog of its own. A screen that places the parts itself (the guide's, whose banner
// takes the bar's place) draws them with the three functions below.
#pragma once

#include <optional>

#include "displays/console/alarm_model.h"
#include "displays/kit/widgets.h"

namespace hall::console {

// What the key that raises an alarm needs at the right of the bar.
float raise_width(kit::Ui& ui);

// Of the banner; 0 while there is nothing to say.
float alarm_height(const kit::Ui& ui, const AlarmPicture& picture);

// `area`: what the bar leaves.
std::optional<AlarmAct> draw_alarm(kit::Ui& ui, const AlarmPicture& picture, const kit::Box& area);

// Filled from edge to edge, with a shape and a word: an alarm is never colour alone.
std::optional<AlarmAct> view_alarm_banner(kit::Ui& ui, const AlarmPicture& picture,
                                          const kit::Box& box);
std::optional<AlarmAct> view_raise_key(kit::Ui& ui, const AlarmPicture& picture,
                                       const kit::Box& box);
// Begins a dialog and does not end it. REQUIRES: picture.dialog is open.
std::optional<AlarmAct> view_alarm_dialog(kit::Ui& ui, const AlarmPicture& picture,
                                          const kit::Box& area);

}  // namespace hall::console
