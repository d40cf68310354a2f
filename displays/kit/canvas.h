// What a screen is drawn with: shapes and text on one ImGui draw list, and a record of every text.
//
// The record is what tests and `--screenshot` JSON measure: not what was asked for, but the string,
// the box of the pixels set, the size of the font's hanzi and digits, and both colours.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "displays/kit/color.h"
#include "displays/kit/text.h"

struct ImDrawList;

namespace hall::kit {

// One text on the screen, in screen px.
struct DrawnText {
    std::string string;
    std::string role;    // the drawer's name for it: a tier on boards, a widget's id on consoles
    Box ink;             // of the pixels set
    float hanzi_px = 0;  // height of 国 at this size
    float digit_px = 0;  // height of H at this size
    bool has_hanzi = false;
    bool has_latin = false;
    bool elided = false;  // … stands for a part of it
    Rgb colour;
    Rgb ground;
    double contrast = 0;
};

// One thing that can be pressed.
struct DrawnTarget {
    std::string id;
    Box box;
    bool enabled = true;
    bool focused = false;
    Rgb fill;
    Rgb around;  // the colour it stands on
};

struct Drawn {
    // A screen never has as many; more are dropped, and the tests would see the limit reached.
    static constexpr std::size_t kTextsMax = 1000;
    static constexpr std::size_t kTargetsMax = 500;
    int width = 0;
    int height = 0;
    std::vector<DrawnText> texts;
    std::vector<DrawnTarget> targets;
};

// Lives for one picture. Not owned: list, text and drawn outlive it.
class Canvas {
  public:
    Canvas(ImDrawList& list, Text& text, Drawn& drawn) : list_(list), text_(text), drawn_(drawn) {}

    Box area() const;  // the whole window
    Text& text() { return text_; }
    Drawn& drawn() { return drawn_; }

    void fill(const Box& box, Rgb colour, float radius = 0);
    void outline(const Box& box, Rgb colour, float radius, float thickness);
    void disc(float x, float y, float radius, Rgb colour);
    void line(float x0, float y0, float x1, float y1, Rgb colour, float thickness);
    // Pointing right, filling `box`.
    void arrow(const Box& box, Rgb colour);
    void triangle_up(const Box& box, Rgb colour);
    // Darkens what is there: a dialog comes on top.
    void shade(const Box& box);

    // `ground` is the colour behind, for the record. Returns `measure` with ink in screen px.
    Measured write(std::string_view string, const TextStyle& style, float x, float baseline,
                   Rgb colour, Rgb ground, std::string_view role, const TextBlock& block = {});

    // One line in the middle of `box`'s height (by the box of 国), elided at its width.
    Measured write_in(const Box& box, std::string_view string, const TextStyle& style, Align align,
                      Rgb colour, Rgb ground, std::string_view role);

    // One line with its first character at `x`, seen within `box` only: it may be longer.
    Measured write_through(const Box& box, std::string_view string, const TextStyle& style, float x,
                           Rgb colour, Rgb ground, std::string_view role);

    // Lines from the top of `box`, wrapped at its width, as many as fit.
    Measured wrap_in(const Box& box, std::string_view string, const TextStyle& style, Align align,
                     Rgb colour, Rgb ground, std::string_view role);

  private:
    ImDrawList& list_;
    Text& text_;
    Drawn& drawn_;
};

}  // namespace hall::kit
