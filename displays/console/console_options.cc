#include "displays/console/console_options.h"

#include <fmt/format.h>

#include <boost/program_options.hpp>
#include <cstdio>
#include <sstream>

#include "displays/kit/theme.h"

namespace hall::console {
namespace {

namespace po = boost::program_options;

constexpr int kSideMinPx = 640;
constexpr int kSideMaxPx = 8192;

const char* headline_of(Console console) {
    switch (console) {
        case Console::guide:
            return "hall-guide: tickets and care at the entrance\n\nOptions";
        case Console::clerk:
            return "hall-clerk: calls and serves at one window\n\nOptions";
        case Console::supervisor:
            return "hall-supervisor: what asks for a decision today\n\nOptions";
    }
    return "";
}

po::options_description described(Console console) {
    po::options_description all(headline_of(console));
    const auto word = [] { return po::value<std::string>(); };
    // clang-format off
    if (console == Console::guide) all.add_options()
        ("printer", word(), "print tickets here instead of at the hall's ticket printer");
    if (console == Console::clerk) all.add_options()
        ("window", po::value<std::uint32_t>(), "number of the window it stands at")
        ("rating", "only the page on which visitors rate: for a second screen")
        ("rating-keys", word(), "keys of a kiosk device that sends the visitors' ratings");
    all.add_options()
        ("server", word(), "command port of the hall, tcp://127.0.0.1:7400")
        ("keys", word(), "folder of this device's keys (~/.config/nuanting)")
        ("config", word(), "hall file: port, and names that the server does not tell")
        ("size", word(), "of the window, 1366x768")
        ("scale", po::value<float>(), "text size, 1 to 2; Ctrl + and Ctrl - change it")
        ("fullscreen", "fill the display")
        ("screenshot", word(), "draw off screen: PNG to this file, what was drawn to FILE.json")
        ("frames", po::value<int>(), "with --screenshot: end after so many pictures (1); 0: write each change, in a window when there is a display")
        ("frame-trace", word(), "append a line per alarm: its id, monotonic nanoseconds when it was on the screen")
        ("version", "print the version")
        ("help", "print this");
    // clang-format on
    return all;
}

tl::unexpected<Error> wrong(std::string message) {
    return tl::unexpected(Error{"usage", std::move(message)});
}

tl::expected<void, Error> take_size(const std::string& size, ConsoleOptions& out) {
    int end = 0;
    const int read = std::sscanf(size.c_str(), "%5dx%5d%n", &out.width, &out.height, &end);
    const auto good = [](int side) { return side >= kSideMinPx && side <= kSideMaxPx; };
    if (read != 2 || end != static_cast<int>(size.size()) || !good(out.width) ||
        !good(out.height)) {
        return wrong(fmt::format("--size {}: expected WIDTHxHEIGHT from {} to {}, as 1366x768",
                                 size, kSideMinPx, kSideMaxPx));
    }
    return {};
}

tl::expected<void, Error> take_hall_file(const std::string& path, ConsoleOptions& out) {
    auto hall = config::load(path);
    if (!hall) {
        std::string problems;
        for (const auto& problem : hall.error()) problems += "\n" + config::to_string(problem);
        return wrong("the hall file has mistakes" + problems);
    }
    out.hall = std::move(*hall);
    out.server = fmt::format("tcp://127.0.0.1:{}", out.hall->network.port);
    return {};
}

tl::expected<void, Error> take_window(const po::variables_map& given, ConsoleOptions& out) {
    if (given.count("window") == 0) return wrong("--window is missing: which window this is");
    out.window = given["window"].as<std::uint32_t>();
    if (out.window < 1 || out.window > config::kWindowNumberMax) {
        return wrong(
            fmt::format("--window {}: expected 1 to {}", out.window, config::kWindowNumberMax));
    }
    return {};
}

tl::expected<void, Error> take_picture(const po::variables_map& given, ConsoleOptions& out) {
    if (given.count("scale") != 0) {
        out.text_scale = given["scale"].as<float>();
        if (!(out.text_scale >= kit::kTextScaleMin && out.text_scale <= kit::kTextScaleMax)) {
            return wrong(fmt::format("--scale {}: expected 1 to 2", out.text_scale));
        }
    }
    if (given.count("frames") != 0) {
        if (out.screenshot.empty()) return wrong("--frames needs --screenshot FILE");
        out.frames = given["frames"].as<int>();
        if (out.frames < 0) {
            return wrong(fmt::format("--frames {}: expected 0 or more", out.frames));
        }
    }
    return {};
}

}  // namespace

std::string program_of(Console console) {
    switch (console) {
        case Console::guide:
            return "hall-guide";
        case Console::clerk:
            return "hall-clerk";
        case Console::supervisor:
            return "hall-supervisor";
    }
    return {};
}

tl::expected<ConsoleOptions, Error> options_from(Console console, int argc,
                                                 const char* const* argv) {
    ConsoleOptions out;
    po::variables_map given;
    try {
        po::command_line_parser parser(argc, argv);
        // No abbreviations: a script must not change meaning when an option is added.
        const auto all = described(console);
        parser.options(all).style(po::command_line_style::unix_style &
                                  ~po::command_line_style::allow_guessing);
        parser.positional(po::positional_options_description());
        po::store(parser.run(), given);
    } catch (const po::error& error) {
        return wrong(
            fmt::format("{}; {} --help lists the options", error.what(), program_of(console)));
    }
    if (given.count("help") != 0) {
        std::ostringstream text;
        text << described(console);
        out.print = text.str();
        return out;
    }
    if (given.count("version") != 0) {
        out.print = program_of(console) + " " HALL_VERSION "\n";
        return out;
    }
    const auto word = [&](const char* option) {
        return given.count(option) != 0 ? given[option].as<std::string>() : std::string();
    };
    if (console == Console::clerk) {
        if (auto taken = take_window(given, out); !taken) return tl::unexpected(taken.error());
        out.rating = given.count("rating") != 0;
        out.rating_keys = word("rating-keys");
    }
    if (console == Console::guide) {
        out.printer = word("printer");
    }
    if (given.count("config") != 0) {
        if (auto taken = take_hall_file(word("config"), out); !taken) {
            return tl::unexpected(taken.error());
        }
    }
    if (given.count("size") != 0) {
        if (auto taken = take_size(word("size"), out); !taken) return tl::unexpected(taken.error());
    }
    if (given.count("server") != 0) out.server = word("server");
    out.keys = word("keys");
    out.screenshot = word("screenshot");
    out.frame_trace = word("frame-trace");
    out.fullscreen = given.count("fullscreen") != 0;
    if (auto taken = take_picture(given, out); !taken) return tl::unexpected(taken.error());
    return out;
}

}  // namespace hall::console
