// The command line that the consoles' programs share, and the shell they ask for.
#pragma once

#include <cstdint>
#include <fstream>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "config/hall_file.h"
#include "displays/kit/shell.h"
#include "protocol/error.h"

namespace hall::console {

struct ConsoleOptions {
    std::string server = "tcp://127.0.0.1:7400";
    std::string keys;
    // --config: for what no view tells (the entrance's name, the port).
    std::optional<config::HallFile> hall;
    std::string printer;       // guide: prints here instead of the hall's ticket printer
    std::uint32_t window = 0;  // clerk
    bool rating = false;       // clerk: the visitor's page and nothing else
    std::string rating_keys;   // clerk: of the device on which visitors rate
    int width = 1366;
    int height = 768;
    float text_scale = 1.0F;
    bool fullscreen = false;
    std::string screenshot;
    int frames = 1;
    std::string frame_trace;  // AlarmTrace; empty: none
    std::string print;        // --help or --version: print this and end
};

// Which program's options: the guide knows --printer, the clerk needs --window and knows --rating.
enum class Console { guide, clerk, supervisor };

// Error `usage`: one sentence that names the option and what it may be.
tl::expected<ConsoleOptions, Error> options_from(Console console, int argc,
                                                 const char* const* argv);

// Exit codes of every console.
inline constexpr int kOk = 0;
inline constexpr int kRefused = 1;
inline constexpr int kUsage = 2;

// Says on stderr what stopped `program`, and gives the exit code back.
int complain(const char* program, const Error& error, int code);

// The file of --frame-trace, appended to; not open without one.
std::ofstream trace_file(const ConsoleOptions& options);

// `--screenshot FILE` draws off screen and ends after `--frames N` (1). With `--frames 0` it goes
// on, writes each picture, and is a window when there is a display: one can work at it.
kit::ShellOptions shell_options(const ConsoleOptions& options, const std::string& title);

}  // namespace hall::console
