// hall-supervisor. Exit codes: docs, interfaces.
#include "displays/console/console_program.h"
#include "displays/supervisor/supervisor_screen.h"

namespace hall::supervisor {
namespace {

tl::expected<void, Error> run(const console::OpenConsole& console) {
    client::SupervisorFeed feed(console.server, client::kSupervisorTopic, console.wake());
    console::HallWires wires(console);
    SupervisorScreen screen(wires.link(), [&] { return feed.newest(); });
    return console.shell.run(screen);
}

}  // namespace
}  // namespace hall::supervisor

int main(int argc, char** argv) {
    return hall::console::console_main(hall::console::Console::supervisor, argc, argv,
                                       hall::supervisor::run);
}
