// Where pictures go and input comes from: an SDL window, or memory when there is no display.
// Used by Shell only. One thread, except `wake`.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "displays/kit/keys.h"
#include "displays/kit/text.h"
#include "displays/kit/text_edit.h"
#include "protocol/error.h"

namespace hall::kit {

struct SurfaceOptions {
    std::string title;
    int width = 1366;
    int height = 768;
    enum class Mode { window, fullscreen, off_screen } mode = Mode::window;
    bool cursor = true;  // boards hide it
};

// A key, what it means in a text, or both: ← is a key where nothing is written.
struct Press {
    Key key = Key::none;
    std::optional<TextEvent> text = std::nullopt;
};

struct Input {
    bool any = false;  // something happened that may change the picture
    bool quit = false;
    // In the order they came. A held key repeats in a text only: it calls nobody twice.
    std::vector<Press> presses;
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
    // After each picture: where text is written, so that an input method opens there; nowhere:
    // it must not swallow the keys.
    virtual void write_at(const std::optional<Box>& caret) = 0;
    virtual void put_on_clipboard(const std::string& text) = 0;
    virtual int width() const = 0;
    virtual int height() const = 0;
};

// Both need an ImGui context and leave a current OpenGL 3.3 core context.
// Error `display_unavailable` says what is missing.
tl::expected<std::unique_ptr<Surface>, Error> open_window(const SurfaceOptions& options);
tl::expected<std::unique_ptr<Surface>, Error> open_off_screen(const SurfaceOptions& options);

}  // namespace hall::kit
