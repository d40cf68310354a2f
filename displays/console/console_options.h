// The command line that the consoles' programs share.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "config/hall_file.h"
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
// hall-guide, …
std::string program_of(Console console);

// Error `usage`: one sentence that names the option and what it may be.
tl::expected<ConsoleOptions, Error> options_from(Console console, int argc,
                                                 const char* const* argv);

}  // namespace hall::console
