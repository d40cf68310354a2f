// The command line of hall-board, and the board's entry in the hall file.
#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "displays/board/screen_size.h"
#include "protocol/error.h"

namespace hall::board {

struct BoardOptions {
    std::string zone;
    std::uint32_t window = 0;  // 0: the zone's large board
    ScreenSize screen;
    std::string screenshot;  // empty: a window
    int frames = 1;          // pictures before it ends; 0: until stopped
    bool fullscreen = false;
    bool query =
        true;  // a number typed in front of it is answered; never on a window's small board
    std::string server;
    std::string keys;
    std::string frame_trace;
    // --help or --version: print this and end.
    std::string print;
};

// Error `usage`: one sentence that names the option and what it may be.
tl::expected<BoardOptions, Error> options_from(int argc, const char* const* argv);

}  // namespace hall::board
