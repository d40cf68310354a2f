// What the guide's and the clerk's screens are drawn with beyond the kit: a button that shows its
// key beside its word, the bar on top, lines of words, and how large a text can be in a box.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "displays/console/words.h"
#include "displays/kit/widgets.h"

namespace hall::console {

struct KeyButton {
    std::string_view id = {};
    kit::Box box = {};
    std::string_view label = {};
    std::string_view detail = {};  // a second, smaller line; left out when there is no room
    std::string_view key_name = {};
    kit::Key key = kit::Key::none;
    kit::ButtonKind kind = kit::ButtonKind::secondary;
    bool on = false;                 // choice and green
    std::string_view disabled = {};  // why it cannot be pressed
    kit::Size size = kit::Size::title;
};

// True when it was pressed. The label is never cut: it becomes smaller down to the least size of
// consoles, then takes two lines.
bool key_button(kit::Ui& ui, const KeyButton& spec);

// Height in px of a button in a row of its own.
float button_height(const kit::Ui& ui);

// Whether a button of this box shows its detail under a label of `size`.
bool has_room_for_detail(const kit::Ui& ui, const kit::Box& box, kit::Size size);

// One line of text in `box`, as large as `sizes` allow from the first on; wrapped into as many
// lines as fit when even the last is too wide.
struct LineSpec {
    kit::Box box = {};
    std::string_view string = {};
    std::vector<kit::Size> sizes = {kit::Size::body, kit::Size::small};
    kit::Weight weight = kit::Weight::regular;
    kit::Align align = kit::Align::left;
    kit::Rgb colour = kit::kConsoleColours.text;
    kit::Rgb ground = kit::kConsoleColours.panel;
    std::string_view role = "line";
};
void line(kit::Ui& ui, const LineSpec& spec);

// Height in px of one line of `size`, with its share of the pitch.
float line_height(const kit::Ui& ui, kit::Size size);

// Width in px of `string` when drawn with `size`.
float width_of(kit::Ui& ui, std::string_view string, kit::Size size,
               kit::Weight weight = kit::Weight::regular);

// The colour of a word on a light ground and in the dark bar, and the shape that goes with it.
kit::Rgb on_light(Gravity gravity);
kit::Rgb in_bar(Gravity gravity);
kit::Mark mark_of(Gravity gravity);
kit::Tone tone_of(Gravity gravity);

// A small shape in `box`, centred.
void mark(kit::Ui& ui, const kit::Box& box, Gravity gravity, kit::Rgb colour);

// The green channel's mark in front of a number: a disc with 优.
void green_mark(kit::Ui& ui, float x, float centre_y, float diameter);

struct BarSpec {
    std::string_view title = {};
    std::vector<std::string> facts = {};  // after the title, as many as fit
    std::vector<Word> states = {};        // link first, then printers
    std::string_view right = {};
    float right_room = 0;    // px kept free at the right end, for a key of the screen's own
    float least_height = 0;  // px
};
// The dark bar on top; returns the area below it.
kit::Box bar(kit::Ui& ui, const BarSpec& spec);

}  // namespace hall::console
