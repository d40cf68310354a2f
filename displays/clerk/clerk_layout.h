// Where things stand on the clerk's screen: with the lists beside (wide), or with lists that open
// over it (compact: small screens, large text). Pure.
#pragma once

#include <vector>

#include "displays/kit/text.h"

namespace hall::clerk {

enum class Shape { wide, compact };

struct ClerkLayout {
    Shape shape = Shape::wide;
    float gap = 16;
    kit::Box current;
    kit::Box steps;
    kit::Box message;
    kit::Box offer;
    kit::Box waiting;  // wide only
    kit::Box away;     // wide only
    kit::Box tools;    // compact only: opens the lists
    kit::Box card;     // wide only: of an escort case
};

// `area` is what the bar leaves of the screen, `scale` the text's, `away` how many rows the second
// list has, `card` whether a case has to be shown.
ClerkLayout clerk_layout(const kit::Box& area, float scale, int away, bool card);

// The boxes of `count` steps in `box`: the first is the large one.
std::vector<kit::Box> step_boxes(const ClerkLayout& layout, int count);

}  // namespace hall::clerk
