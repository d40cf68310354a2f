#include "displays/board/board_options.h"

#include <fmt/format.h>

#include <boost/program_options.hpp>
#include <sstream>

#include "config/hall_file.h"

namespace hall::board {
namespace {

namespace po = boost::program_options;

po::options_description described() {
    po::options_description all("hall-board: the large display of a zone\n\nOptions");
    const auto word = [] { return po::value<std::string>(); };
    // clang-format off
    all.add_options()
        ("zone", word(), "the zone whose calls it shows (as in the hall file)")
        ("window", po::value<std::uint32_t>(), "be the small board over this window")
        ("screen", word(), "diagonal of the picture, 55in")
        ("resolution", word(), "of the picture, 1920x1080")
        ("distance", word(), "from the farthest seat, 8m")
        ("mounting-height", word(), "floor to the lower edge of the picture, 2.2m: adds ADA's least heights")
        ("fullscreen", "fill the display")
        ("no-query", "no keypad or scanner stands in front of it: numbers are not asked for")
        ("screenshot", word(), "draw off screen, no display needed: PNG to this file, what was drawn to FILE.json")
        ("frames", po::value<int>(), "with --screenshot: end after so many pictures (1); 0: write each change, in a window when there is a display")
        ("server", word(), "command port of the hall, tcp://127.0.0.1:7400")
        ("keys", word(), "folder of this device's keys (~/.config/nuanting)")
        ("config", word(), "hall file: takes screen, resolution, distance and height of the zone's [[board]]")
        ("frame-trace", word(), "append a line per picture: newest call's seq, monotonic nanoseconds when it was on the screen")
        ("version", "print the version")
        ("help", "print this");
    // clang-format on
    return all;
}

tl::unexpected<Error> wrong(std::string message) {
    return tl::unexpected(Error{"usage", std::move(message)});
}

// The [[board]] of the zone (and window) sets what the command line leaves open.
tl::expected<void, Error> take_hall_file(const std::string& path, BoardOptions& options) {
    const auto hall = config::load(path);
    if (!hall) {
        std::string problems;
        for (const auto& problem : hall.error()) problems += config::to_string(problem) + "\n";
        return wrong(problems);
    }
    for (const config::Board& board : hall->boards) {
        if (board.zone != options.zone || board.window != static_cast<int>(options.window))
            continue;
        options.screen.diagonal_in = board.screen_in;
        options.screen.width_px = board.width_px;
        options.screen.height_px = board.height_px;
        options.screen.distance_m = board.farthest_seat_m;
        if (board.mounting_height_m > 0) options.screen.mounted_m = board.mounting_height_m;
        return {};
    }
    return {};
}

tl::expected<void, Error> take_screen(const po::variables_map& given, ScreenSize& screen) {
    const auto refuse = [&](const char* option, const char* form) {
        return wrong(
            fmt::format("--{} {}: expected {}", option, given[option].as<std::string>(), form));
    };
    if (given.count("screen") != 0) {
        const auto inches = inches_from(given["screen"].as<std::string>());
        if (!inches) return refuse("screen", "inches from 5in to 300in, as 55in");
        screen.diagonal_in = *inches;
    }
    if (given.count("resolution") != 0) {
        const auto size = resolution_from(given["resolution"].as<std::string>());
        if (!size) return refuse("resolution", "WIDTHxHEIGHT from 320 to 16384, as 1920x1080");
        screen.width_px = size->width_px;
        screen.height_px = size->height_px;
    }
    if (given.count("distance") != 0) {
        const auto metres = metres_from(given["distance"].as<std::string>());
        if (!metres) return refuse("distance", "metres from 0.3m to 60m, as 8m");
        screen.distance_m = *metres;
    }
    if (given.count("mounting-height") != 0) {
        const auto metres = metres_from(given["mounting-height"].as<std::string>());
        if (!metres) return refuse("mounting-height", "metres from 0.3m to 60m, as 2.2m");
        screen.mounted_m = *metres;
    }
    return {};
}

}  // namespace

tl::expected<BoardOptions, Error> options_from(int argc, const char* const* argv) {
    BoardOptions out;
    po::variables_map given;
    try {
        // The parser keeps references.
        const po::options_description known = described();
        const po::positional_options_description no_more_words;
        po::command_line_parser parser(argc, argv);
        // No abbreviations: a script must not change meaning when an option is added.
        parser.options(known).style(po::command_line_style::unix_style &
                                    ~po::command_line_style::allow_guessing);
        parser.positional(no_more_words);
        po::store(parser.run(), given);
    } catch (const po::error& error) {
        return wrong(fmt::format("{}; hall-board --help lists the options", error.what()));
    }
    if (given.count("help") != 0) {
        std::ostringstream text;
        text << described();
        out.print = text.str();
        return out;
    }
    if (given.count("version") != 0) {
        out.print = "hall-board " HALL_VERSION "\n";
        return out;
    }
    if (given.count("zone") == 0) return wrong("--zone is missing: which zone's calls to show");
    out.zone = given["zone"].as<std::string>();
    if (given.count("window") != 0) {
        out.window = given["window"].as<std::uint32_t>();
        if (out.window < 1 || out.window > config::kWindowNumberMax) {
            return wrong(
                fmt::format("--window {}: expected 1 to {}", out.window, config::kWindowNumberMax));
        }
    }
    if (given.count("config") != 0) {
        auto taken = take_hall_file(given["config"].as<std::string>(), out);
        if (!taken) return tl::unexpected(taken.error());
    }
    if (auto taken = take_screen(given, out.screen); !taken) return tl::unexpected(taken.error());
    const auto word = [&](const char* option) {
        return given.count(option) != 0 ? given[option].as<std::string>() : std::string();
    };
    out.screenshot = word("screenshot");
    out.keys = word("keys");
    out.frame_trace = word("frame-trace");
    out.server = given.count("server") != 0 ? word("server") : "tcp://127.0.0.1:7400";
    out.fullscreen = given.count("fullscreen") != 0;
    out.query = given.count("no-query") == 0 && out.window == 0;
    if (given.count("frames") != 0) {
        if (out.screenshot.empty()) return wrong("--frames needs --screenshot FILE");
        out.frames = given["frames"].as<int>();
        if (out.frames < 0)
            return wrong(fmt::format("--frames {}: expected 0 or more", out.frames));
    }
    return out;
}

}  // namespace hall::board
