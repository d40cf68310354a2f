// Pictures of what was drawn: pixels as PNG, texts and targets as JSON.
#pragma once

#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "displays/kit/canvas.h"
#include "protocol/error.h"

namespace hall::kit {

// Rows from the top; four bytes a pixel: blue, green, red, unused (cairo's RGB24).
struct Picture {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> pixels;

    // REQUIRES: 0 <= x < width, 0 <= y < height.
    Rgb at(int x, int y) const;
};

// Of the current GL framebuffer.
Picture read_picture(int width, int height);

// Replaces the file in one step, so a reader never sees half a picture.
// Error `file_not_written` names it.
tl::expected<void, Error> write_png(const Picture& picture, const std::string& path);
tl::expected<void, Error> write_file(const std::string& content, const std::string& path);

// {"width", "height", "texts": [{"string", "role", "x", "y", "width", "height", "hanzi_px",
// "digit_px", "colour", "ground", "contrast", "elided"}], "targets": [{"id", "x", …, "enabled"}]}
std::string to_json(const Drawn& drawn);

}  // namespace hall::kit
