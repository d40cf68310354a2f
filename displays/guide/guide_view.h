// Draws the guide's picture and returns what the person wants done. One file per panel: services,
// care and the button (view_form), the number just issued (view_card), tools and notices
// (view_tools), lists (view_lists), a number typed (view_entry), needs (view_needs), appointments
// and slots (view_appointments, view_booking), the choices before closing (view_closing); the pages
// of walking with a person (view_page), the board of cases (view_board).
#pragma once

#include <optional>
#include <string>

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

// What lies over the screen. Each draws nothing while it is not open.
Wish view_list_sheet(kit::Ui& ui, const GuidePicture& picture);
Wish view_notices(kit::Ui& ui, const GuidePicture& picture);
Wish view_entry(kit::Ui& ui, const GuidePicture& picture);
Wish view_needs(kit::Ui& ui, const GuidePicture& picture);
Wish view_appointments(kit::Ui& ui, const GuidePicture& picture);
Wish view_booking(kit::Ui& ui, const GuidePicture& picture);
Wish view_stopped(kit::Ui& ui, const GuidePicture& picture);
Wish view_closing(kit::Ui& ui, const GuidePicture& picture);
Wish view_walk(kit::Ui& ui, const GuidePicture& picture);
Wish view_board(kit::Ui& ui, const GuidePicture& picture);

// What no page may hide. The strip of an open emergency takes the bar's place, on top of a dialog
// too: called between begin_dialog and end_dialog, or after the bar.
float top_height(const kit::Ui& ui);
// The strip, and the key that raises an alarm with its right end at `right`.
Wish view_always(kit::Ui& ui, const GuidePicture& picture, float right, float y);
// What a dialog may cover.
kit::Box dialog_area(kit::Ui& ui, const GuidePicture& picture);

// A dialog over the whole screen with its title and the button that leads back; the caller fills
// `body` and ends the dialog.
struct Sheet {
    kit::Box body;
    Wish wish;
};
Sheet begin_sheet(kit::Ui& ui, const std::string& title, const GuidePicture& picture);

// The page of equal rows that `at` is on, and ◀ 1 / 3 ▶ at the foot of `box` when there are
// several: they ask for `move` by a page.
struct RowsSpec {
    const char* id = "";
    kit::Box box = {};
    int count = 0;
    float height = 0;
    int at = 0;
    Do move = Do::close;
};
kit::Page rows_around(kit::Ui& ui, const RowsSpec& spec, Wish& wish);

// A number, bold, with the mark of the green channel; returns where the words after it begin.
float view_number(kit::Ui& ui, const kit::Box& row, const std::string& number, bool green);

// A word with the shape of its gravity before it.
void view_message(kit::Ui& ui, const kit::Box& box, const Word& word, kit::Rgb ground,
                  const char* role);

// The key that stands `steps` after `first`: d1 and letters.
kit::Key key_after(kit::Key first, std::size_t steps);

}  // namespace hall::guide
