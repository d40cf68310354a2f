// hall-clerk. Exit codes: docs, interfaces.
#include "displays/clerk/clerk_screen.h"
#include "displays/clerk/rating_screen.h"
#include "displays/console/console_program.h"

namespace hall::clerk {
namespace {

tl::expected<void, Error> run(const console::OpenConsole& console) {
    client::ClerkFeed feed(console.server, client::clerk_topic(console.options.window),
                           console.wake());
    const auto newest = [&] { return feed.newest(); };
    // A visitor's rating never waits behind the clerk's commands.
    console::WayToHall ratings(console.visitors, console.wake());
    if (console.options.rating) {
        RatingScreen screen(newest, ratings);
        return console.shell.run(screen);
    }
    console::HallWires wires(console);
    ClerkScreen screen(wires.link(), newest, ratings, console.options.window);
    return console.shell.run(screen);
}

}  // namespace
}  // namespace hall::clerk

int main(int argc, char** argv) {
    return hall::console::console_main(hall::console::Console::clerk, argc, argv, hall::clerk::run);
}
