// A server that comes back: how long the hall is without it, and what it carries.
#include <cstdio>
#include <cstdlib>

#include "benchmarks/bare_client.h"
#include "benchmarks/long_history.h"
#include "benchmarks/scenarios.h"
#include "benchmarks/usage.h"
#include "tests/stage/running_hall.h"
#include "tests/stage/small_hall.h"

namespace hall::bench {
namespace {

using stage::must_do;
using stage::RunningHall;

constexpr int kHistoryDays = 100;
constexpr int kTicketsADay = 2'000;

// A million events, or what is measured is not what was promised.
constexpr uint64_t kEvents = 1'000'000;

double restart_seconds(RunningHall& hall) {
    const double begin = seconds_now();
    hall.start();
    return seconds_now() - begin;
}

std::string digest(const RunningHall& hall) {
    client::CommandClient client(hall.admin(), {30'000, 60'000});
    protocol::Query query;
    query.mutable_log_digest();
    return must_do(client.ask(query)).log().digest();
}

// 2,000 tickets in a day, issued and served through the sockets.
void serve_a_day(RunningHall& hall) {
    hall.open({1});
    BareClients clients(hall.admin(), 1);
    for (int i = 0; i < kTicketsADay; ++i) {
        clients.round_trip(stage::issue(stage::kService));
        clients.round_trip(stage::call_next(1));
        clients.round_trip(stage::start_service(1));
        clients.round_trip(stage::finish(1));
    }
}

}  // namespace

std::vector<Figure> restart() {
    stage::Folder folder;
    const auto config = folder / "hall.toml";
    const auto data = folder / "data";
    std::filesystem::create_directories(data);
    stage::write_file(config, stage::small_hall_toml(8));
    const History history = make_history(config, data, kHistoryDays, kTicketsADay);
    if (history.events < kEvents) {
        std::fprintf(stderr, "bench: the history has %lu events only\n",
                     static_cast<unsigned long>(history.events));
        std::exit(1);
    }
    RunningHall::Options options;
    options.link = RunningHall::Link::plain;
    options.data = data;
    options.clock = history.next_morning + ",1";
    RunningHall hall(options);  // the first start after the day's work: not measured
    hall.stop();

    const double with_checkpoint = restart_seconds(hall);
    const std::string digest_with = digest(hall);
    hall.kill();
    forget_checkpoints(data);
    const double from_nothing = restart_seconds(hall);
    const bool equal = digest(hall) == digest_with;
    const double replayed_mb = resident_mb(hall.process().pid());
    hall.stop();
    hall.start();
    serve_a_day(hall);
    const double day_mb = resident_mb(hall.process().pid());

    Figure digests = {"digests_equal_both_ways",
                      equal ? 1.0 : 0.0,
                      "yes",
                      "of_limit",
                      equal ? 1.0 : 0.0,
                      true,
                      ""};
    digests = at_least(digests, 1, "a checkpoint is only a shortcut");
    return {value_at_most({"restart_million_events_checkpoint", with_checkpoint, "s",
                           "of_replaying_all", with_checkpoint / from_nothing, true, ""},
                          1, "a crash in the rush must cost no more than a breath"),
            value_at_most({"restart_million_events_from_nothing", from_nothing, "s", "us_per_event",
                           from_nothing * 1e6 / static_cast<double>(history.events), true, ""},
                          10, "even a lost checkpoint must not close the hall"),
            digests,
            value_at_most({"server_rss_after_day_2000_and_200000_past", day_mb, "MB", "of_limit",
                           day_mb / 60, true, ""},
                          60, "closed days leave memory"),
            {"server_rss_after_replaying_all", replayed_mb, "MB", "of_day", replayed_mb / day_mb,
             true, ""}};
}

}  // namespace hall::bench
