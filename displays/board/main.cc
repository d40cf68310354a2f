// hall-board: wiring of feed, model, view and shell. Exit codes: docs, interfaces.
#include <fmt/format.h>
#include <malloc.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>

#include "client/command_client.h"
#include "client/keys.h"
#include "client/view_feed.h"
#include "displays/board/board_options.h"
#include "displays/board/board_report.h"
#include "displays/board/board_screen.h"
#include "displays/board/board_view.h"
#include "displays/kit/shell.h"
#include "wording/wording.h"

namespace hall::board {
namespace {

constexpr int kOk = 0;
constexpr int kRefused = 1;
constexpr int kUsage = 2;
constexpr int kUnreachable = 3;
// Who asks for a place stands in front of the board: after this long it says that the hall is
// silent.
constexpr client::RetryOptions kRetry{1'000, 3'000};

// Pictures and textures come and go in pieces of 100 kB to 8 MB. Left to itself malloc soon keeps
// such pieces in its heap, among what stays, and a board runs for months on a small machine.
constexpr int kOwnMappingBytes = 128 << 10;
constexpr int kArenasMax = 2;

int complain(const Error& error, int code) {
    fmt::print(stderr, "hall-board: {}: {}\n", error.code, error.message);
    return code;
}

bool has_display() {
    return std::getenv("DISPLAY") != nullptr || std::getenv("WAYLAND_DISPLAY") != nullptr;
}

kit::ShellOptions shell_options(const BoardOptions& options) {
    kit::ShellOptions out;
    out.surface.title = "hall-board " + options.zone;
    out.surface.width = options.screen.width_px;
    out.surface.height = options.screen.height_px;
    out.surface.cursor = false;
    out.surface.mode = options.fullscreen ? kit::SurfaceOptions::Mode::fullscreen
                                          : kit::SurfaceOptions::Mode::window;
    if (!options.screenshot.empty()) {
        // A board that goes on is a window where there is a display, and keeps its pictures too.
        const bool stays = options.frames == 0 && has_display();
        if (!stays) out.surface.mode = kit::SurfaceOptions::Mode::off_screen;
        out.picture_file = options.screenshot;
        out.pictures = options.frames;
    }
    out.ground = kit::kBoardColours.ground;
    out.describe = [screen = options.screen](const kit::Drawn& drawn) {
        return report(drawn, screen);
    };
    return out;
}

// The board would have to be drawn smaller than old eyes can read: say so, here and on the screen.
int refuse_small(kit::Shell& shell, const BoardOptions& options, const std::string& unit) {
    const double serves = serves_m(shell.text(), options.screen, unit);
    const std::string metres = fmt::format("{:.1f}", serves);
    TooSmallScreen screen(wording::format(
        "board.too_small",
        {{"distance", fmt::format("{:g}", options.screen.distance_m)}, {"serves", metres}}));
    complain({"screen_too_small",
              fmt::format("a {:g} in screen of {}x{} cannot show a call that is legible from {:g} "
                          "m; it serves seats up to {} m: move the seats or use a larger screen",
                          options.screen.diagonal_in, options.screen.width_px,
                          options.screen.height_px, options.screen.distance_m, metres)},
             kRefused);
    if (const auto end = shell.run(screen); !end) return complain(end.error(), kRefused);
    return kRefused;
}

int run(int argc, const char* const* argv) {
    const auto options = options_from(argc, argv);
    if (!options) return complain(options.error(), kUsage);
    if (!options->print.empty()) {
        fmt::print("{}", options->print);
        return kOk;
    }
    const auto server = client::find_server(options->server, options->keys);
    if (!server) return complain(server.error(), kUsage);
    std::ofstream trace;
    if (!options->frame_trace.empty()) {
        trace.open(options->frame_trace, std::ios::app);
        if (!trace) return complain({"file_not_written", options->frame_trace}, kRefused);
    }
    auto shell = kit::Shell::open(shell_options(*options));
    if (!shell) return complain(shell.error(), kRefused);
    const std::string unit = wording::text("board.window_unit");
    if (!fits((*shell)->text(), options->screen, unit)) {
        return refuse_small(**shell, *options, unit);
    }
    const auto wake = [&shell] { (*shell)->wake(); };
    client::BoardFeed feed(*server, client::board_topic(options->zone), wake);
    std::unique_ptr<BoardScreen> screen;
    std::unique_ptr<client::CommandQueue> queue;
    BoardLink link{[&feed] { return feed.newest(); }};
    if (options->query) {
        queue = std::make_unique<client::CommandQueue>(*server, wake, kRetry);
        link.ask = [&](const Asking& asking) {
            queue->submit(asking.query, [&screen, id = asking.id](const client::Answer& answer) {
                screen->answered(id, answer);
            });
        };
        link.deliver = [&queue] { queue->deliver(); };
    }
    screen = std::make_unique<BoardScreen>(std::move(link), options->window, options->screen,
                                           std::move(trace));
    if (const auto end = (*shell)->run(*screen); !end) return complain(end.error(), kRefused);
    if (!options->screenshot.empty() && !screen->ready()) {
        return complain({"server_unreachable",
                         fmt::format("no view of zone {} came from {}; the picture says so",
                                     options->zone, options->server)},
                        kUnreachable);
    }
    return kOk;
}

}  // namespace
}  // namespace hall::board

int main(int argc, char** argv) {
    mallopt(M_MMAP_THRESHOLD, hall::board::kOwnMappingBytes);
    mallopt(M_ARENA_MAX, hall::board::kArenasMax);
    return hall::board::run(argc, argv);
}
