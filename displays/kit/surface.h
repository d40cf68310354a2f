// Where pictures go and input comes from: an SDL window, or memory when there is no display.
// Used by Shell only. One thread, except `wake`.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "displays/kit/keys.h"
#include "protocol/error.h"

namespace hall::kit {

struct SurfaceOptions {
    std::string title;
    int width = 1366;
    int height = 768;
    enum class Mode { window, fullscreen, off_screen } mode = Mode::window;
    bool cursor = true;  // boards hide it
};

struct Input {
    bool any = false;  // something happened that may change the picture
    bool quit = false;
    std::vector<Key> keys;  // presses, no repeats: a held key calls nobody twice
};

class Surface {
  public:
    virtual ~Surface() = default;

    // Waits until there is input, `wake` was called or the time is over.
    virtual Input wait(std::int64_t ms) = 0;
    // Ends a `wait`, also the next one. Any thread.
    virtual void wake() = 0;
    // Before ImGui::NewFrame: size, time, mouse.
    virtual void new_frame() = 0;
    // Makes what was drawn visible.
    virtual void present() = 0;
    virtual int width() const = 0;
    virtual int height() const = 0;
};

// Both need an ImGui context and leave a current OpenGL 3.3 core context.
// Error `display_unavailable` says what is missing.
tl::expected<std::unique_ptr<Surface>, Error> open_window(const SurfaceOptions& options);
tl::expected<std::unique_ptr<Surface>, Error> open_off_screen(const SurfaceOptions& options);

}  // namespace hall::kit
