#include "displays/console/console_program.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace hall::console {
namespace {

constexpr int kOk = 0;
constexpr int kRefused = 1;
constexpr int kUsage = 2;

bool has_display() {
    return std::getenv("DISPLAY") != nullptr || std::getenv("WAYLAND_DISPLAY") != nullptr;
}

// Of the window: which program it is, and what of it.
std::string title_of(const std::string& program, const ConsoleOptions& options) {
    std::string out = program;
    if (options.window != 0) out += fmt::format(" {}", options.window);
    if (options.rating) out += " rating";
    return out;
}

// `--screenshot FILE` draws off screen and ends after `--frames N` (1). With `--frames 0` it goes
// on, writes each picture, and is a window when there is a display: one can work at it.
kit::ShellOptions shell_options(const std::string& program, const ConsoleOptions& options) {
    using Mode = kit::SurfaceOptions::Mode;
    kit::ShellOptions out;
    out.surface.title = title_of(program, options);
    out.surface.width = options.width;
    out.surface.height = options.height;
    out.surface.mode = options.fullscreen ? Mode::fullscreen : Mode::window;
    out.text_scale = options.text_scale;
    if (!options.screenshot.empty()) {
        const bool stays = options.frames == 0 && has_display();
        if (!stays) out.surface.mode = Mode::off_screen;
        out.picture_file = options.screenshot;
        out.pictures = options.frames;
    }
    return out;
}

}  // namespace

HallWires::HallWires(const OpenConsole& console)
    : care_(console.server, client::kCareTopic, console.wake()),
      hall_(console.server, console.wake()),
      alarms_(console.server, console.wake()),
      trace_file_(console.options.frame_trace) {}

DeskLink HallWires::link() {
    AlarmTrace trace;
    if (!trace_file_.empty()) trace = AlarmTrace(std::ofstream(trace_file_, std::ios::app));
    return {[this] { return care_.newest(); }, hall_, alarms_, std::move(trace)};
}

int console_main(Console console, int argc, const char* const* argv,
                 tl::expected<void, Error> (*run)(const OpenConsole& console)) {
    const std::string program = program_of(console);
    const auto complain = [&](const Error& error, int code) {
        fmt::print(stderr, "{}: {}: {}\n", program, error.code, error.message);
        return code;
    };
    const auto options = options_from(console, argc, argv);
    if (!options) return complain(options.error(), kUsage);
    if (!options->print.empty()) {
        fmt::print("{}", options->print);
        return kOk;
    }
    const auto server = client::find_server(options->server, options->keys);
    if (!server) return complain(server.error(), kUsage);
    const auto visitors = options->rating_keys.empty()
                              ? server
                              : client::find_server(options->server, options->rating_keys);
    if (!visitors) return complain(visitors.error(), kUsage);
    const auto shell = kit::Shell::open(shell_options(program, *options));
    if (!shell) return complain(shell.error(), kRefused);
    const auto end = run({*options, *server, *visitors, **shell});
    return end ? kOk : complain(end.error(), kRefused);
}

}  // namespace hall::console
