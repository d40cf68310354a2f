// What the consoles' programs do alike: the command line, the way to the hall, the window.
//
//   tl::expected<void, Error> run(const console::OpenConsole& console) {
//       client::GuideFeed feed(console.server, client::kGuideTopic, console.wake());
//       console::HallWires wires(console);
//       GuideScreen screen(wires.link(), …);
//       return console.shell.run(screen);
//   }
#pragma once

#include <functional>
#include <string>
#include <tl/expected.hpp>

#include "client/keys.h"
#include "client/view_feed.h"
#include "displays/console/console_options.h"
#include "displays/console/desk_screen.h"
#include "displays/console/way.h"
#include "displays/kit/shell.h"
#include "protocol/error.h"

namespace hall::console {

// A console's program whose window is open.
struct OpenConsole {
    const ConsoleOptions& options;
    const client::Server& server;
    // As whom visitors rate; without --rating-keys as this device.
    const client::Server& visitors;
    kit::Shell& shell;

    // For feeds and ways: may be called from any thread.
    std::function<void()> wake() const {
        return [&shell = shell] { shell.wake(); };
    }
};

// What every desk is plugged into: the care view and two ways to the hall.
class HallWires {
  public:
    explicit HallWires(const OpenConsole& console);

    // Good for as long as the wires are there.
    DeskLink link();
    Way& hall() { return hall_; }

  private:
    client::CareFeed care_;
    WayToHall hall_;
    WayToHall alarms_;
    std::string trace_file_;
};

// The main of a console: `run` shows its screen until it ends. Gives the exit code, and says on
// stderr what stopped it: 1 = display or screen failed, 2 = command line or keys.
int console_main(Console console, int argc, const char* const* argv,
                 tl::expected<void, Error> (*run)(const OpenConsole& console));

}  // namespace hall::console
