// Draws the guide's picture and returns what the person wants done. One file per panel: services,
// care and the button (view_form), the number just issued (view_card), lists (view_lists), a number
// typed (view_entry).
#pragma once

#include <optional>

#include "displays/guide/guide_layout.h"
#include "displays/guide/guide_model.h"
#include "displays/guide/guide_picture.h"
#include "displays/kit/widgets.h"

namespace hall::guide {

// At most one a picture: one press is one act.
using Wish = std::optional<Act>;

Wish draw_guide(kit::Ui& ui, const GuidePicture& picture);

// The panels of draw_guide.
Wish view_form(kit::Ui& ui, const GuidePicture& picture, const GuideLayout& layout);
Wish view_card(kit::Ui& ui, const GuidePicture& picture, const GuideLayout& layout);
Wish view_tools(kit::Ui& ui, const GuidePicture& picture, const GuideLayout& layout);
Wish view_list(kit::Ui& ui, const GuidePicture& picture, const kit::Box& box);
Wish view_list_dialog(kit::Ui& ui, const GuidePicture& picture);
Wish view_entry(kit::Ui& ui, const Entry& entry);

}  // namespace hall::guide
