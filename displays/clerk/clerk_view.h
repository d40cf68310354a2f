// Draws the clerk's picture and returns what the person wants done. One file per panel: the ticket
// at the window (view_current), the next steps (view_steps), the offer (view_offer), the lists
// (view_lists), the choices (view_dialog); cases: card and page (view_case), choices
// (view_case_dialog); what the visitor sees (rating_view).
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "displays/clerk/clerk_layout.h"
#include "displays/clerk/clerk_picture.h"
#include "displays/kit/widgets.h"

namespace hall::clerk {

// At most one a picture: one press is one act.
using AnyAct =
    std::variant<Act, CaseAct, CaseWriting, console::AlarmAct, console::SignOnAct, RatingAct>;
using Wish = std::optional<AnyAct>;

Wish draw_clerk(kit::Ui& ui, const ClerkPicture& picture);

// The panels of draw_clerk.
void view_current(kit::Ui& ui, const Current& current, const kit::Box& box);
Wish view_steps(kit::Ui& ui, const ClerkPicture& picture, const ClerkLayout& layout);
void view_offer(kit::Ui& ui, const OfferPicture& offer, const kit::Box& box);
// What the visitor is told, where it is not part of the offer's panel.
void view_sentence(kit::Ui& ui, const std::string& sentence, const kit::Box& box, kit::Rgb ground);
// A needed or preferred language with its shape at the left of `box`; returns where it ends.
float view_language(kit::Ui& ui, const Word& language, const kit::Box& box, kit::Rgb ground);
// As many of `facts` as fit on a line, none of them cut.
void view_facts(kit::Ui& ui, const std::vector<std::string>& facts, const kit::Box& box,
                kit::Rgb colour, kit::Rgb ground);
void view_waiting(kit::Ui& ui, const ClerkPicture& picture, const kit::Box& box);
Wish view_away(kit::Ui& ui, const ClerkPicture& picture, const kit::Box& box);
Wish view_tools(kit::Ui& ui, const ClerkPicture& picture, const kit::Box& box);
// Begin a dialog within `area`; whoever calls ends it.
Wish view_dialog(kit::Ui& ui, const ClerkPicture& picture, const kit::Box& area);
// A choice that is written; also begins a dialog.
Wish view_case_form(kit::Ui& ui, const ClerkPicture& picture, const kit::Box& area);
Wish view_case_dialog(kit::Ui& ui, const ClerkPicture& picture, const kit::Box& area);
Wish view_card(kit::Ui& ui, const ClerkPicture& picture, const kit::Box& box);
Wish view_case_page(kit::Ui& ui, const ClerkPicture& picture, const kit::Box& area, bool wide);

}  // namespace hall::clerk
