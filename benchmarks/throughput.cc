// Group commit: while the disk syncs, the next batch gathers.
#include "benchmarks/bare_client.h"
#include "benchmarks/scenarios.h"
#include "tests/stage/running_hall.h"
#include "tests/stage/small_hall.h"

namespace hall::bench {
namespace {

using stage::RunningHall;

constexpr int kClients = 64;
constexpr double kSeconds = 3;
constexpr int kTurns = 3;  // each way in turn, so that a slow moment of the disk meets both

double tickets_a_second(RunningHall::Link link, const std::string& batch_limit) {
    RunningHall::Options options;
    options.link = link;
    options.words = {"--batch-limit", batch_limit};
    RunningHall hall(options);
    hall.open({1});
    hall.enrol("guide", protocol::Role::guide);
    BareClients clients(hall.device("guide"), kClients);
    clients.rate(stage::issue(stage::kService), 0.3);
    return clients.rate(stage::issue(stage::kService), kSeconds);
}

Figure group_commit(RunningHall::Link link, const std::string& name) {
    std::vector<double> together;
    std::vector<double> alone;
    for (int turn = 0; turn < kTurns; ++turn) {
        together.push_back(tickets_a_second(link, "512"));
        alone.push_back(tickets_a_second(link, "1"));
    }
    const double rate = percentile(together, 0.5);
    return at_least({name, rate, "tickets/s", "over_one_commit_a_ticket",
                     rate / percentile(alone, 0.5), true, ""},
                    4, "a hall's rush must not wait for one fsync each");
}

}  // namespace

std::vector<Figure> throughput() {
    return {group_commit(RunningHall::Link::plain, "durable_tickets_64_clients"),
            group_commit(RunningHall::Link::curve, "durable_tickets_64_clients_curve")};
}

}  // namespace hall::bench
