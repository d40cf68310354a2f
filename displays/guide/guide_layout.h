// Where things stand on the guide's screen. Two shapes: beside the form there is room for the card
// and a list (wide), or the card is a strip under the form and lists open over it (compact: small
// screens, large text). Pure.
#pragma once

#include <cstddef>
#include <vector>

#include "displays/kit/text.h"

namespace hall::guide {

enum class Shape { wide, compact };

// From this width on, at scale 1, the screen is wide.
inline constexpr float kWideFromPx = 1200;

struct GuideLayout {
    Shape shape = Shape::wide;
    float gap = 12;
    kit::Box service_title;  // wide only
    std::vector<kit::Box> services;
    kit::Box care_title;  // wide only
    std::vector<kit::Box> care;
    kit::Box issue;
    kit::Box clear;
    kit::Box message;
    std::vector<kit::Box> extras;  // wide only: appointments, closing, as far as there are any
    kit::Box notices;              // wide only; else they take the message's place
    kit::Box card;
    std::vector<kit::Box> tools;
    kit::Box list;  // wide only
};

// What takes room only when there is any.
struct Parts {
    bool appointments = false;
    bool closing = false;
};

// `area` is what the bar leaves of the screen, `scale` the text's.
GuideLayout guide_layout(const kit::Box& area, float scale, const Parts& parts);

// How many of `least` px (and gaps between them) `room` holds: 1 to `most`.
int as_many(float room, float least, float gap, int most);

// Which of `count` things are on a page of `slots`, one of which leads to the next page when they
// do not all fit.
struct Slice {
    std::size_t first = 0;
    std::size_t end = 0;
    bool more = false;
};
Slice slice(std::size_t count, std::size_t slots, int page);

// `box` in equal cells, row after row.
std::vector<kit::Box> grid(const kit::Box& box, int columns, int rows, float gap);

}  // namespace hall::guide
