#include "tests/stage/virtual_display.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <regex>

namespace hall::stage {

VirtualDisplay::VirtualDisplay(int width, int height) {
    const auto log = folder_ / "xvfb.log";
    const std::string screen = std::to_string(width) + "x" + std::to_string(height) + "x24";
    // It chooses a free number and writes it to its output.
    server_ = Process(
        {"Xvfb", "-displayfd", "1", "-screen", "0", screen, "-nolisten", "tcp", "-noreset"}, log);
    // Before the number it may complain about displays that others have.
    const auto number = [&] {
        const std::string text = read_file(log);
        std::smatch line;
        const bool told = std::regex_search(text, line, std::regex("(?:^|\n)([0-9]+)\n"));
        return told ? line[1].str() : std::string();
    };
    if (!eventually([&] { return !number().empty(); })) {
        std::fprintf(stderr, "no hidden display:\n%s", read_file(log).c_str());
        std::exit(1);
    }
    name_ = ":" + number();
}

std::string VirtualDisplay::window_of(const std::string& title) const {
    const Finished found = run({"env", "DISPLAY=" + name_, "xdotool", "search", "--name", title});
    return found.exit_code == 0 ? found.output.substr(0, found.output.find('\n')) : std::string();
}

bool VirtualDisplay::press(const std::string& title, const std::string& key) const {
    const std::string window = window_of(title);
    if (window.empty()) return false;
    return run({"env", "DISPLAY=" + name_, "xdotool", "windowfocus", "--sync", window, "key", key})
               .exit_code == 0;
}

bool VirtualDisplay::write(const std::string& title, const std::string& text) const {
    const std::string window = window_of(title);
    if (window.empty()) return false;
    // A letter that is on no key is put on a spare one while it is pressed: the window needs time to
    // hear of it.
    const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return c > 0; });
    return run({"env", "DISPLAY=" + name_, "xdotool", "windowfocus", "--sync", window, "type",
                "--delay", plain ? "40" : "1200", text})
               .exit_code == 0;
}

bool VirtualDisplay::click(int x, int y) const {
    return run({"env", "DISPLAY=" + name_, "xdotool", "mousemove", "--sync", std::to_string(x),
                std::to_string(y), "click", "1"})
               .exit_code == 0;
}

}  // namespace hall::stage
