// Where things stand on the guide's screen. Two shapes: beside the form there is room for the card
// and a list (wide), or the card is a strip under the form and lists open over it (compact: small
// screens, large text). Pure.
#pragma once

#include <vector>

#include "displays/kit/text.h"

namespace hall::guide {

enum class Shape { wide, compact };

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
    kit::Box looks;  // wide only
    kit::Box card;
    std::vector<kit::Box> tools;  // away, registered, prints, number
    kit::Box list;                // wide only
};

// `area` is what the bar leaves of the screen, `scale` the text's.
GuideLayout guide_layout(const kit::Box& area, float scale);

// `box` in equal cells, row after row.
std::vector<kit::Box> grid(const kit::Box& box, int columns, int rows, float gap);

}  // namespace hall::guide
