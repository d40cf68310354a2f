// hall-clerk: wiring of feed, commands, model, view and shell. Exit codes: docs, interfaces.
#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "client/command_client.h"
#include "client/keys.h"
#include "client/view_feed.h"
#include "displays/clerk/clerk_screen.h"
#include "displays/console/console_options.h"
#include "displays/kit/shell.h"

namespace hall::clerk {
namespace {

constexpr int kOk = 0;
constexpr int kRefused = 1;
constexpr int kUsage = 2;
constexpr client::RetryOptions kRetry{1'000, 6'000};

int complain(const Error& error, int code) {
    fmt::print(stderr, "hall-clerk: {}: {}\n", error.code, error.message);
    return code;
}

int run(int argc, const char* const* argv) {
    const auto options = console::options_from(console::Console::clerk, argc, argv);
    if (!options) return complain(options.error(), kUsage);
    if (!options->print.empty()) {
        fmt::print("{}", options->print);
        return kOk;
    }
    const auto server = client::find_server(options->server, options->keys);
    if (!server) return complain(server.error(), kUsage);
    auto shell = kit::Shell::open(
        console::shell_options(*options, fmt::format("hall-clerk {}", options->window)));
    if (!shell) return complain(shell.error(), kRefused);
    const auto wake = [&shell] { (*shell)->wake(); };
    client::ClerkFeed feed(*server, client::clerk_topic(options->window), wake);
    std::unique_ptr<ClerkScreen> screen;
    client::CommandQueue queue(*server, wake, kRetry);
    screen = std::make_unique<ClerkScreen>(
        ClerkLink{[&] { return feed.newest(); },
                  [&](const console::Sending& sending) {
                      queue.submit(
                          sending.command,
                          [&](const client::Answer& answer) { screen->answered(answer); },
                          sending.command_id);
                  },
                  [&] { queue.deliver(); }},
        options->window);
    if (const auto end = (*shell)->run(*screen); !end) return complain(end.error(), kRefused);
    return kOk;
}

}  // namespace
}  // namespace hall::clerk

int main(int argc, char** argv) {
    return hall::clerk::run(argc, argv);
}
