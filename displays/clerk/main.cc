// hall-clerk: wiring of feeds, commands, models, views and shell. Exit codes: docs, interfaces.
#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "client/command_client.h"
#include "client/keys.h"
#include "client/view_feed.h"
#include "displays/clerk/clerk_screen.h"
#include "displays/clerk/rating_screen.h"
#include "displays/console/console_options.h"
#include "displays/kit/shell.h"

namespace hall::clerk {
namespace {

using console::kOk;
using console::kRefused;
using console::kUsage;

constexpr client::RetryOptions kRetry{1'000, 6'000};

int complain(const Error& error, int code) {
    return console::complain("hall-clerk", error, code);
}

// Sends, and brings the answer to a screen that is made later.
template <typename Screen>
auto sender(client::CommandQueue& queue, std::unique_ptr<Screen>& screen,
            void (Screen::*answered)(const client::Answer&)) {
    return [&queue, &screen, answered](const console::Sending& sending) {
        queue.submit(
            sending.command,
            [&screen, answered](const client::Answer& answer) { ((*screen).*answered)(answer); },
            sending.command_id);
    };
}

// `visitors`: as whom ratings are sent.
int run_rating(kit::Shell& shell, const console::ConsoleOptions& options,
               const client::Server& server, const client::Server& visitors) {
    const auto wake = [&shell] { shell.wake(); };
    client::ClerkFeed feed(server, client::clerk_topic(options.window), wake);
    std::unique_ptr<RatingScreen> screen;
    client::CommandQueue queue(visitors, wake, kRetry);
    screen = std::make_unique<RatingScreen>(
        RatingLink{[&] { return feed.newest(); }, sender(queue, screen, &RatingScreen::answered),
                   [&] { queue.deliver(); }});
    if (const auto end = shell.run(*screen); !end) return complain(end.error(), kRefused);
    return kOk;
}

int run_clerk(kit::Shell& shell, const console::ConsoleOptions& options,
              const client::Server& server, const client::Server& visitors) {
    const auto wake = [&shell] { shell.wake(); };
    client::ClerkFeed feed(server, client::clerk_topic(options.window), wake);
    client::CareFeed care(server, client::kCareTopic, wake);
    std::unique_ptr<ClerkScreen> screen;
    client::CommandQueue queue(server, wake, kRetry);
    // An alarm and a visitor's rating never wait behind the clerk's commands.
    client::CommandQueue alarms(server, wake, kRetry);
    client::CommandQueue ratings(visitors, wake, kRetry);
    screen = std::make_unique<ClerkScreen>(
        ClerkLink{
            [&] { return feed.newest(); }, sender(queue, screen, &ClerkScreen::answered),
            [&] {
                queue.deliver();
                alarms.deliver();
                ratings.deliver();
            },
            [&] { return care.newest(); }, sender(alarms, screen, &ClerkScreen::alarm_answered),
            sender(ratings, screen, &ClerkScreen::rating_answered),
            [&](const console::SignOnSending& one) {
                queue.submit(
                    one.sending.command,
                    [&](const client::Answer& answer) { screen->sign_on_answered(answer); },
                    one.sending.command_id, {one.staff, one.pin, ""});
            },
            [&](const protocol::Query& query) {
                queue.submit(query, [&](const client::Answer& answer) { screen->told(answer); });
            }},
        options.window, console::AlarmTrace(console::trace_file(options)));
    if (const auto end = shell.run(*screen); !end) return complain(end.error(), kRefused);
    return kOk;
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
    auto visitors = server;
    if (!options->rating_keys.empty()) {
        visitors = client::find_server(options->server, options->rating_keys);
    }
    if (!visitors) return complain(visitors.error(), kUsage);
    const char* title = options->rating ? "hall-clerk {} rating" : "hall-clerk {}";
    auto shell = kit::Shell::open(
        console::shell_options(*options, fmt::format(fmt::runtime(title), options->window)));
    if (!shell) return complain(shell.error(), kRefused);
    return options->rating ? run_rating(**shell, *options, *server, *visitors)
                           : run_clerk(**shell, *options, *server, *visitors);
}

}  // namespace
}  // namespace hall::clerk

int main(int argc, char** argv) {
    return hall::clerk::run(argc, argv);
}
