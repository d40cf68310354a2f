// hall-guide: wiring of feed, commands, model, view and shell. Exit codes: docs, interfaces.
#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "client/command_client.h"
#include "client/keys.h"
#include "client/view_feed.h"
#include "displays/console/console_options.h"
#include "displays/guide/guide_screen.h"
#include "displays/kit/shell.h"

namespace hall::guide {
namespace {

using console::kOk;
using console::kRefused;
using console::kUsage;

constexpr client::RetryOptions kRetry{1'000, 6'000};

int complain(const Error& error, int code) {
    return console::complain("hall-guide", error, code);
}

GuideOptions guide_options(const console::ConsoleOptions& options) {
    GuideOptions out;
    out.printer = options.printer;
    if (!options.hall) return out;
    for (const auto& zone : options.hall->zones) {
        if (zone.kind == config::ZoneKind::entrance && out.place.empty()) out.place = zone.name;
    }
    return out;
}

// Today's tickets tell which services are asked for most.
void ask_for_order(client::CommandQueue& queue, GuideModel& model) {
    protocol::Query query;
    query.mutable_ticket_list();
    queue.submit(query, [&model](const client::Answer& answer) {
        if (answer && answer->has_tickets()) model.order_services_by(answer->tickets());
    });
}

int run(int argc, const char* const* argv) {
    const auto options = console::options_from(console::Console::guide, argc, argv);
    if (!options) return complain(options.error(), kUsage);
    if (!options->print.empty()) {
        fmt::print("{}", options->print);
        return kOk;
    }
    const auto server = client::find_server(options->server, options->keys);
    if (!server) return complain(server.error(), kUsage);
    auto shell = kit::Shell::open(console::shell_options(*options, "hall-guide"));
    if (!shell) return complain(shell.error(), kRefused);
    const auto wake = [&shell] { (*shell)->wake(); };
    client::GuideFeed feed(*server, client::kGuideTopic, wake);
    client::CareFeed care(*server, client::kCareTopic, wake);
    client::CasesFeed cases(*server, client::kCasesTopic, wake);
    std::unique_ptr<GuideScreen> screen;
    client::CommandQueue queue(*server, wake, kRetry);
    client::CommandQueue alarms(*server, wake, kRetry);
    screen = std::make_unique<GuideScreen>(
        GuideLink{[&] { return feed.newest(); },
                  [&](const console::Sending& sending) {
                      queue.submit(
                          sending.command,
                          [&](const client::Answer& answer) { screen->answered(answer); },
                          sending.command_id);
                  },
                  [&] {
                      queue.deliver();
                      alarms.deliver();
                  },
                  [&](const protocol::Query& query) {
                      queue.submit(query, [&, query](const client::Answer& answer) {
                          screen->told(query, answer);
                      });
                  },
                  [&] { return care.newest(); }, [&] { return cases.newest(); },
                  [&](const console::Sending& sending) {
                      queue.submit(
                          sending.command,
                          [&](const client::Answer& answer) { screen->walk_answered(answer); },
                          sending.command_id);
                  },
                  [&](const console::Sending& sending) {
                      alarms.submit(
                          sending.command,
                          [&](const client::Answer& answer) { screen->alarm_answered(answer); },
                          sending.command_id);
                  },
                  [&](const console::SignOnSending& one) {
                      queue.submit(
                          one.sending.command,
                          [&](const client::Answer& answer) { screen->sign_on_answered(answer); },
                          one.sending.command_id, {one.staff, one.pin, ""});
                  }},
        guide_options(*options), console::AlarmTrace(console::trace_file(*options)));
    ask_for_order(queue, screen->model());
    if (const auto end = (*shell)->run(*screen); !end) return complain(end.error(), kRefused);
    return kOk;
}

}  // namespace
}  // namespace hall::guide

int main(int argc, char** argv) {
    return hall::guide::run(argc, argv);
}
