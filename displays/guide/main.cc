// hall-guide. Exit codes: docs, interfaces.
#include "displays/console/console_program.h"
#include "displays/guide/guide_screen.h"

namespace hall::guide {
namespace {

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
void ask_for_order(console::Way& hall, GuideModel& model) {
    protocol::Query query;
    query.mutable_ticket_list();
    hall.ask(query, [&model](const client::Answer& answer) {
        if (answer && answer->has_tickets()) model.order_services_by(answer->tickets());
    });
}

tl::expected<void, Error> run(const console::OpenConsole& console) {
    client::GuideFeed feed(console.server, client::kGuideTopic, console.wake());
    client::CasesFeed cases(console.server, client::kCasesTopic, console.wake());
    console::HallWires wires(console);
    GuideScreen screen(wires.link(),
                       {[&] { return feed.newest(); }, [&] { return cases.newest(); }},
                       guide_options(console.options));
    ask_for_order(wires.hall(), screen.model());
    return console.shell.run(screen);
}

}  // namespace
}  // namespace hall::guide

int main(int argc, char** argv) {
    return hall::console::console_main(hall::console::Console::guide, argc, argv, hall::guide::run);
}
