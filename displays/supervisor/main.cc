// hall-supervisor: wiring of feeds, commands, model, view and shell. Exit codes: docs, interfaces.
#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "client/command_client.h"
#include "client/keys.h"
#include "client/view_feed.h"
#include "displays/console/console_options.h"
#include "displays/kit/shell.h"
#include "displays/supervisor/supervisor_screen.h"

namespace hall::supervisor {
namespace {

using console::kOk;
using console::kRefused;
using console::kUsage;

constexpr client::RetryOptions kRetry{1'000, 6'000};

int complain(const Error& error, int code) {
    return console::complain("hall-supervisor", error, code);
}

int run(int argc, const char* const* argv) {
    const auto options = console::options_from(console::Console::supervisor, argc, argv);
    if (!options) return complain(options.error(), kUsage);
    if (!options->print.empty()) {
        fmt::print("{}", options->print);
        return kOk;
    }
    const auto server = client::find_server(options->server, options->keys);
    if (!server) return complain(server.error(), kUsage);
    auto shell = kit::Shell::open(console::shell_options(*options, "hall-supervisor"));
    if (!shell) return complain(shell.error(), kRefused);
    const auto wake = [&shell] { (*shell)->wake(); };
    client::SupervisorFeed feed(*server, client::kSupervisorTopic, wake);
    client::CareFeed care(*server, client::kCareTopic, wake);
    std::unique_ptr<SupervisorScreen> screen;
    client::CommandQueue queue(*server, wake, kRetry);
    client::CommandQueue alarms(*server, wake, kRetry);
    const auto submit = [&](client::CommandQueue& to, const console::Sending& sending,
                            void (SupervisorScreen::*answered)(const client::Answer&)) {
        to.submit(
            sending.command,
            [&screen, answered](const client::Answer& answer) { ((*screen).*answered)(answer); },
            sending.command_id);
    };
    screen = std::make_unique<SupervisorScreen>(SupervisorLink{
        [&] { return feed.newest(); }, [&] { return care.newest(); },
        [&](const console::Sending& sending) {
            submit(queue, sending, &SupervisorScreen::answered);
        },
        [&](const console::Sending& sending) {
            submit(alarms, sending, &SupervisorScreen::alarm_answered);
        },
        [&] {
            queue.deliver();
            alarms.deliver();
        },
        [&](const console::SignOnSending& one) {
            queue.submit(one.sending.command,
                         [&](const client::Answer& answer) { screen->sign_on_answered(answer); },
                         one.sending.command_id, {one.staff, one.pin, ""});
        },
        [&](const protocol::Query& query) {
            queue.submit(query, [&](const client::Answer& answer) { screen->told(answer); });
        }});
    if (const auto end = (*shell)->run(*screen); !end) return complain(end.error(), kRefused);
    return kOk;
}

}  // namespace
}  // namespace hall::supervisor

int main(int argc, char** argv) {
    return hall::supervisor::run(argc, argv);
}
