// hall-replay: feeds a recorded day to a running hall and audits what became of it.
//
// Exit codes: 0 all well, 1 refused, or something was lost, doubled or not printed, 2 usage,
// 3 unreachable.
#include <fmt/format.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <cstdio>
#include <iostream>
#include <set>
#include <string>

#include "client/command_client.h"
#include "client/replay/audit.h"
#include "client/replay/driver.h"
#include "client/replay/hall_time.h"
#include "client/replay/plan.h"
#include "client/replay/recorded_day.h"
#include "client/replay/report.h"
#include "config/calendar.h"
#include "config/hall_file.h"

namespace hall::replay {
namespace {

namespace po = boost::program_options;

constexpr int kOk = 0;
constexpr int kRefused = 1;
constexpr int kUsage = 2;
constexpr int kUnreachable = 3;

constexpr int kPatienceS = 30;
// Before the first arrival: real time in which a hall and its screens start.
constexpr double kStartS = 20;
constexpr int64_t kStartMs = 10 * 60 * 1'000;  // and at least so much of the hall's

struct Arguments {
    std::string config;
    std::string server;
    std::string keys;
    std::string day;
    Selection selection;
    uint64_t seed = 1;
    double speed = 1;
    std::string paper;
};

int complain(const Error& error) {
    std::cerr << error.code << ": " << error.message << '\n';
    return error.code == "server_unreachable" ? kUnreachable : kRefused;
}

po::options_description describe(Arguments& arguments) {
    po::options_description list("Options");
    auto add = list.add_options();
    add("config", po::value(&arguments.config)->value_name("FILE"), "the hall's TOML file");
    add("day", po::value(&arguments.day)->value_name("FILE"), "the recorded day, CSV");
    add("office", po::value(&arguments.selection.office), "only this office of the file");
    add("queue", po::value(&arguments.selection.queue), "only this queue");
    add("date", po::value(&arguments.selection.date), "only this date");
    add("seed", po::value(&arguments.seed), "draws the times within their bounds (1)");
    add("speed", po::value(&arguments.speed), "of the server's --demo-clock (1)");
    add("paper", po::value(&arguments.paper)->value_name("DIR"),
        "what the virtual printer printed, to count the sheets");
    add("server", po::value(&arguments.server)->default_value("tcp://127.0.0.1:7400"),
        "the hall's command port");
    add("keys", po::value(&arguments.keys)->value_name("DIR"), "keys of a supervisor's device");
    add("show-start", "print where the server's demo clock should start, and end");
    add("help", "this text");
    add("version", "the version");
    return list;
}

// Which windows serve exactly this one service: a clerk of the record knows one queue. The service
// is the one called after the queue ("queue_655"), else the one with its letter.
tl::expected<std::map<std::string, Counters>, Error> counters_of(const config::HallFile& hall,
                                                                 const RecordedDay& day) {
    std::map<std::string, Counters> counters;
    std::map<std::string, std::string> queues;
    for (const auto& ticket : day.tickets) {
        counters[ticket.letter];
        queues[ticket.letter] = ticket.queue;
    }
    for (auto& [letter, counter] : counters) {
        for (const auto& service : hall.services) {
            const bool named = service.code == "queue_" + queues[letter];
            const bool lettered = counter.service.empty() && service.letter == letter;
            if (named || lettered) counter.service = service.code;
        }
        for (const auto& window : hall.windows) {
            if (window.services == std::vector{counter.service}) {
                counter.windows.push_back(static_cast<uint32_t>(window.number));
            }
        }
        std::sort(counter.windows.begin(), counter.windows.end());
        if (counter.windows.empty()) {
            return tl::unexpected(
                Error{"recording_unserved",
                      fmt::format("letter {} of the record: no window serves its service alone",
                                  letter)});
        }
    }
    return counters;
}

// Asks once so that the hall's time is known.
tl::expected<void, Error> listen(const client::Server& server, HallTime& time) {
    client::CommandClient client(server);
    protocol::Query query;
    query.mutable_status();
    const auto reply = client.ask(query);
    if (!reply) return tl::unexpected(reply.error());
    time.heard(reply->server_time_ms());
    return {};
}

std::string clock_text(const config::Calendar& calendar, int64_t at_ms) {
    const auto date = calendar.local_date(at_ms);
    const int64_t minute = (at_ms - calendar.utc_ms(date, 0)) / 60'000;
    return fmt::format("{}T{:02}:{:02}", config::to_string(date), minute / 60, minute % 60);
}

int replay(const Arguments& arguments, bool show_start) {
    const auto file = config::load(arguments.config);
    if (!file) {
        for (const auto& problem : file.error()) std::cerr << to_string(problem) << '\n';
        return complain({"config_invalid", arguments.config});
    }
    const auto day = read_day(arguments.day, arguments.selection);
    if (!day) return complain(day.error());
    const auto counters = counters_of(*file, *day);
    if (!counters) return complain(counters.error());

    const config::Calendar calendar(file->hall);
    std::map<std::string, std::size_t> windows;
    for (const auto& [letter, counter] : *counters) windows[letter] = counter.windows.size();
    const Plan plan = plan_day(
        *day, windows, [&](int minute) { return calendar.utc_ms(day->date, minute); },
        arguments.seed);
    if (show_start) {
        const auto lead_ms = static_cast<int64_t>(kStartS * 1'000 * arguments.speed);
        const int64_t start_ms = plan.arrivals.front().at_ms - std::max(kStartMs, lead_ms);
        std::cout << clock_text(calendar, start_ms) << '\n';
        return kOk;
    }

    const auto server = client::find_server(arguments.server, arguments.keys);
    if (!server) return complain(server.error());
    HallTime time(arguments.speed);
    if (const auto heard = listen(*server, time); !heard) return complain(heard.error());
    if (time.now_ms() > plan.arrivals.front().at_ms) {
        return complain({"too_late", "the hall's clock is past the first arrival; start it at " +
                                         clock_text(calendar, plan.arrivals.front().at_ms) +
                                         " or before"});
    }
    const Played played = play(plan, *counters, *server, time);
    const auto record = read_record(*server, arguments.paper, kPatienceS);
    if (!record) return complain(record.error());
    const Findings findings = audit(played.numbers, *record);
    std::cout << report(*day, plan, played, findings, arguments.speed);
    const bool well = findings.violations.empty() && played.failures.empty() &&
                      played.calls_in_vain == 0 && findings.issued == plan.arrivals.size();
    return well ? kOk : kRefused;
}

int run(int argc, char** argv) {
    Arguments arguments;
    const po::options_description list = describe(arguments);
    po::variables_map given;
    try {
        po::store(po::command_line_parser(argc, argv)
                      .options(list)
                      .positional(po::positional_options_description())
                      .run(),
                  given);
        po::notify(given);
    } catch (const po::error& error) {
        std::cerr << "hall-replay: " << error.what() << "\nhall-replay --help\n";
        return kUsage;
    }
    if (given.count("help") != 0) {
        std::cout << "hall-replay --config FILE --day FILE [options]\n" << list;
        return kOk;
    }
    if (given.count("version") != 0) {
        std::cout << "hall-replay " << HALL_VERSION << '\n';
        return kOk;
    }
    if (arguments.config.empty() || arguments.day.empty() || !(arguments.speed > 0)) {
        std::cerr << "hall-replay: --config FILE, --day FILE and a --speed above 0\n";
        return kUsage;
    }
    return replay(arguments, given.count("show-start") != 0);
}

}  // namespace
}  // namespace hall::replay

int main(int argc, char** argv) {
    return hall::replay::run(argc, argv);
}
