// Draws the page that the visitor sees, for 0.5 to 1 m: text of 28 px or more, targets of 100 px or
// more, each grade a word and a face of its own.
#pragma once

#include <optional>

#include "displays/clerk/rating_model.h"
#include "displays/kit/widgets.h"

namespace hall::clerk {

// At least; from a text scale of 28 / 18 on they grow with it.
inline constexpr float kRatingTextPx = 28;
inline constexpr float kRatingTargetPx = 100;

// On `area`, which it fills.
std::optional<RatingAct> draw_rating(kit::Ui& ui, const RatingPicture& picture,
                                     const kit::Box& area);

}  // namespace hall::clerk
