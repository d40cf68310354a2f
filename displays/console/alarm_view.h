// Draws the alarm of a console: the banner under the bar while an emergency is open, the key that
// raises one in the bar, and the choice of its place.
//
//   const kit::Box area = console::bar(ui, {…, .right_room = console::raise_width(ui)});
//   const kit::Box rest = area less console::alarm_height(ui, picture) at its top;
//   … the page; its dialog is begun, not ended …
//   act = console::draw_alarm(ui, picture, area);
//   … ui.end_dialog() if the page began one …
//
// Drawn last, so that it is within reach over every dialog.
#pragma once

#include <optional>

#include "displays/console/alarm_model.h"
#include "displays/kit/widgets.h"

namespace hall::console {

// What the key that raises an alarm needs at the right of the bar.
float raise_width(kit::Ui& ui);

// Of the banner with its gap; 0 while there is nothing to say.
float alarm_height(const kit::Ui& ui, const AlarmPicture& picture);

// `area`: what the bar leaves. While `picture.choosing` it begins a dialog itself and ends it: the
// page then begins none.
std::optional<AlarmAct> draw_alarm(kit::Ui& ui, const AlarmPicture& picture, const kit::Box& area);

}  // namespace hall::console
