// Draws a BoardPicture with the sizes of its screen and distance.
#pragma once

#include <string>

#include "displays/board/board_layout.h"
#include "displays/board/board_model.h"
#include "displays/board/screen_size.h"
#include "displays/kit/canvas.h"

namespace hall::board {

// A call that lights up: brighter than a panel, every text on it still has contrast 7.
inline constexpr kit::Rgb kLitPanel = kit::rgb(0x1D4173);

// The role of every text in the record: "A", "B" or "C"; kNoTier for the one message of a screen
// that is too small to meet any.
inline constexpr std::string_view kNoTier = "none";
std::string_view role_of(Tier tier);

// Returns what has more than one page, so that the picture changes with the pages. The ground is
// left to the shell, which clears the screen with it.
// REQUIRES: fits(text, screen, unit).
Turning draw_board(kit::Canvas& canvas, const BoardPicture& picture, const ScreenSize& screen);

// The only thing a board shows that is too small for its distance.
void draw_too_small(kit::Canvas& canvas, const std::string& sentence);

}  // namespace hall::board
