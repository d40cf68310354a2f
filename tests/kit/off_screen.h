// A shell without a display, for tests that look at real pixels.
#pragma once

#include <gtest/gtest.h>

#include <memory>

#include "displays/kit/shell.h"

namespace hall::kit {

inline std::unique_ptr<Shell> open_off_screen_shell(int width, int height,
                                                    Rgb ground = kConsoleColours.ground) {
    ShellOptions options;
    options.surface.width = width;
    options.surface.height = height;
    options.surface.mode = SurfaceOptions::Mode::off_screen;
    options.ground = ground;
    auto shell = Shell::open(options);
    if (!shell) {
        ADD_FAILURE() << shell.error().message;
        std::abort();
    }
    return std::move(*shell);
}

// Turns the loop until at least one more picture is drawn and nothing is left to draw.
inline void settle(Shell& shell, Screen& screen) {
    for (int i = 0; i < 100; ++i) {
        const auto before = shell.pictures_drawn();
        ASSERT_TRUE(shell.turn(screen, 0).has_value());
        if (shell.pictures_drawn() == before) return;
    }
    FAIL() << "the screen never comes to rest";
}

inline void draw_once(Shell& shell, Screen& screen) {
    shell.set_text_scale(shell.text_scale());  // asks for a picture
    settle(shell, screen);
}

}  // namespace hall::kit
