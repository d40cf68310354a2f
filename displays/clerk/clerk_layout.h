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

// What there is to show.
struct ClerkContent {
    int away = 0;          // rows of the second list
    bool card = false;     // an escort case
    bool message = false;  // something was refused
};

// `area` is what the bar leaves of the screen, `scale` the text's. A box without height is left
// out: where an alarm takes the room of a compact screen, message and offer share one place.
ClerkLayout clerk_layout(const kit::Box& area, float scale, const ClerkContent& content);

// The boxes of `count` steps in `box`: the first is the large one.
std::vector<kit::Box> step_boxes(const ClerkLayout& layout, int count);

}  // namespace hall::clerk
