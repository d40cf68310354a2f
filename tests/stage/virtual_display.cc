#include "tests/stage/virtual_display.h"

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

bool VirtualDisplay::press(const std::string& title, const std::string& key) const {
    const Finished found = run({"env", "DISPLAY=" + name_, "xdotool", "search", "--name", title});
    if (found.exit_code != 0 || found.output.empty()) return false;
    const std::string window = found.output.substr(0, found.output.find('\n'));
    return run({"env", "DISPLAY=" + name_, "xdotool", "windowfocus", "--sync", window, "key", key})
               .exit_code == 0;
}

bool VirtualDisplay::click(int x, int y) const {
    return run({"env", "DISPLAY=" + name_, "xdotool", "mousemove", "--sync", std::to_string(x),
                std::to_string(y), "click", "1"})
               .exit_code == 0;
}

}  // namespace hall::stage
