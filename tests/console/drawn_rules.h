// What every console must keep, measured on what was really drawn (docs: accessibility).
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <thread>

#include "displays/console/alarm_model.h"
#include "displays/kit/shell.h"

namespace hall::console {

struct DrawnRules {
    float text_scale = 1;
    float target_px = 44;
};

// Text: inside the screen, contrast >= 4.5, at least 18 px at scale 1, not cut, not over another.
// Targets: at least target_px a side, inside the screen, none over another.
inline void expect_drawn_well(const kit::Drawn& drawn, const DrawnRules& rules) {
    const kit::Box screen{0, 0, static_cast<float>(drawn.width), static_cast<float>(drawn.height)};
    const auto inside = [&](const kit::Box& box) {
        return box.x >= 0 && box.y >= 0 && box.right() <= screen.w && box.bottom() <= screen.h;
    };
    ASSERT_FALSE(drawn.texts.empty());
    ASSERT_LT(drawn.texts.size(), kit::Drawn::kTextsMax);
    for (std::size_t i = 0; i < drawn.texts.size(); ++i) {
        const auto& text = drawn.texts[i];
        const std::string what = text.role + ": " + text.string;
        EXPECT_FALSE(text.elided) << what;
        EXPECT_GE(text.contrast, 4.5) << what;
        EXPECT_GE(text.hanzi_px, 18 * rules.text_scale - 0.5F) << what;
        EXPECT_TRUE(inside(text.ink)) << what;
        for (std::size_t k = 0; k < i; ++k) {
            EXPECT_FALSE(text.ink.overlaps(drawn.texts[k].ink))
                << what << " over " << drawn.texts[k].string;
        }
    }
    for (std::size_t i = 0; i < drawn.targets.size(); ++i) {
        const auto& target = drawn.targets[i];
        EXPECT_GE(target.box.w, rules.target_px) << target.id;
        EXPECT_GE(target.box.h, rules.target_px) << target.id;
        EXPECT_TRUE(inside(target.box)) << target.id;
        for (std::size_t k = 0; k < i; ++k) {
            EXPECT_FALSE(target.box.overlaps(drawn.targets[k].box))
                << target.id << " over " << drawn.targets[k].id;
        }
    }
}

// A shell without a display.
inline std::unique_ptr<kit::Shell> shell_without_display(int width, int height, float text_scale) {
    kit::ShellOptions options;
    options.surface.width = width;
    options.surface.height = height;
    options.surface.mode = kit::SurfaceOptions::Mode::off_screen;
    options.text_scale = text_scale;
    auto shell = kit::Shell::open(options);
    if (!shell) {
        ADD_FAILURE() << shell.error().message;
        std::abort();
    }
    return std::move(*shell);
}

// Turns the loop until nothing is left to draw.
inline void settle(kit::Shell& shell, kit::Screen& screen) {
    for (int i = 0; i < 100; ++i) {
        const auto before = shell.pictures_drawn();
        ASSERT_TRUE(shell.turn(screen, 0).has_value());
        if (shell.pictures_drawn() == before) return;
    }
    FAIL() << "the screen never comes to rest";
}

inline const kit::DrawnTarget* target_of(const kit::Drawn& drawn, const std::string& id) {
    for (const auto& target : drawn.targets) {
        if (target.id == id) return &target;
    }
    return nullptr;
}

inline bool says(const kit::Drawn& drawn, const std::string& part) {
    for (const auto& text : drawn.texts) {
        if (text.string.find(part) != std::string::npos) return true;
    }
    return false;
}

// A person reads a dialog of the alarm before the next press: AlarmModel takes none that comes
// sooner.
inline void read_it() {
    std::this_thread::sleep_for(std::chrono::milliseconds(kAlarmSettleMs + 50));
}

}  // namespace hall::console
