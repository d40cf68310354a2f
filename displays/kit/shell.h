// The shell of every screen program: a window (or memory), the loop, keys, pictures.
//
// A picture is drawn only when something changed: input, a new view, a clock's minute, a phase of a
// highlight. Between them the process sleeps in the window system's wait, so an idle board uses no
// processor. A `Screen` decides what changed; a socket's thread calls `wake`.
//
//   auto shell = Shell::open({.surface = {.title = "显示屏"}});
//   (*shell)->run(screen);                       // until the window is closed or SIGTERM
//
// One thread, except `wake`. One Shell at a time in a process (ImGui and SDL are global).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <tl/expected.hpp>

#include "displays/kit/canvas.h"
#include "displays/kit/keys.h"
#include "displays/kit/picture.h"
#include "displays/kit/surface.h"
#include "displays/kit/theme.h"
#include "displays/kit/widgets.h"
#include "protocol/error.h"

namespace hall::kit {

// All a screen needs to draw one picture.
struct Frame {
    Canvas& canvas;
    Ui& ui;
    Key key = Key::none;  // at most one press a picture, so none is lost or counted twice
    float text_scale = 1.0F;
    std::int64_t now_ms = 0;  // monotonic
};

class Screen {
  public:
    virtual ~Screen() = default;

    // Takes in what has come since (views, replies, time); true when the picture must change.
    virtual bool update(std::int64_t now_ms) = 0;
    // For how long the picture stays true if nothing comes: until the minute turns, a highlight
    // ends, a page turns, a view grows stale. The shell wakes then and asks `update` again.
    virtual std::int64_t idle_ms(std::int64_t now_ms) const = 0;
    // A press as it comes, before the next picture: for a screen that reads typed text, where a
    // scanner types faster than pictures are drawn. True: taken, no picture gets it as its key.
    virtual bool typed(Key key, std::int64_t now_ms) {
        static_cast<void>(key);
        static_cast<void>(now_ms);
        return false;
    }
    virtual void draw(Frame& frame) = 0;
    // Whether there is something worth a screenshot: the first view has come.
    virtual bool ready() const { return true; }
    // Whether somebody must be called by sound (bell.h): asked after each `update`.
    virtual bool rings() const { return false; }
    // The picture last drawn is on the screen since `monotonic_ns` (CLOCK_MONOTONIC).
    virtual void shown(std::int64_t monotonic_ns) { static_cast<void>(monotonic_ns); }
};

struct ShellOptions {
    SurfaceOptions surface;
    Rgb ground = kConsoleColours.ground;
    float text_scale = 1.0F;
    // Written after each picture: PNG here, what was drawn as JSON beside it. Empty: none.
    std::string picture_file;
    // Stop after so many pictures of a ready screen; 0 = go on.
    int pictures = 0;
    // A screen that is not ready by then is taken as it is.
    std::int64_t ready_wait_ms = 3'000;
    // Content of the JSON file; `to_json` when empty. Boards add millimetres and tiers.
    std::function<std::string(const Drawn&)> describe;
};

class Shell {
  public:
    // Error `display_unavailable`.
    static tl::expected<std::unique_ptr<Shell>, Error> open(ShellOptions options);
    ~Shell();
    Shell(const Shell&) = delete;
    Shell& operator=(const Shell&) = delete;

    // Until the window is closed, SIGINT or SIGTERM, `quit`, or the pictures asked for are drawn.
    // Error: a picture could not be written.
    tl::expected<void, Error> run(Screen& screen);

    // One turn of the loop: waits (at most `wait_ms`), updates, draws if something changed.
    // False when the loop should end. `run` is this in a loop; tests drive it themselves.
    tl::expected<bool, Error> turn(Screen& screen, std::int64_t wait_ms);

    // Any thread: something came, ask `Screen::update` now.
    void wake();
    void quit();

    // As if a person had pressed, written or touched; for tests off screen.
    void press(Key key);
    void write(const TextEvent& event);
    void click(float x, float y);

    void set_text_scale(float scale);
    float text_scale() const;

    Text& text();
    const Drawn& drawn() const;  // of the last picture
    Picture picture() const;     // of the last picture; off screen only
    std::uint64_t pictures_drawn() const;

  private:
    struct Impl;
    explicit Shell(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

// CLOCK_MONOTONIC, the clock of `Frame::now_ms` and `Screen::shown`.
std::int64_t monotonic_ns();

}  // namespace hall::kit
