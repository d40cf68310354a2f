// What one person at one screen waits for, beside the least that the parts allow.
#include <sqlite3.h>

#include <filesystem>
#include <thread>

#include "benchmarks/bare_client.h"
#include "benchmarks/scenarios.h"
#include "protocol/check.h"
#include "tests/stage/running_hall.h"
#include "tests/stage/small_hall.h"

namespace hall::bench {
namespace {

using stage::RunningHall;

constexpr int kWarmUp = 200;
constexpr int kRounds = 1'500;
constexpr int kMessageBytes = 160;  // about a command, and a record of the log

// One row, one commit: the least that durability costs on this disk.
class BareLog {
  public:
    explicit BareLog(const std::filesystem::path& file) {
        HALL_CHECK(sqlite3_open(file.c_str(), &database_) == SQLITE_OK);
        run("PRAGMA journal_mode=WAL");
        run("PRAGMA synchronous=FULL");
        run("CREATE TABLE record (seq INTEGER PRIMARY KEY, body BLOB NOT NULL)");
        HALL_CHECK(sqlite3_prepare_v2(database_, "INSERT INTO record (body) VALUES (?)", -1,
                                      &insert_, nullptr) == SQLITE_OK);
    }
    ~BareLog() {
        sqlite3_finalize(insert_);
        sqlite3_close(database_);
    }
    BareLog(const BareLog&) = delete;
    BareLog& operator=(const BareLog&) = delete;

    void commit() {
        static const std::string body(kMessageBytes, 'x');
        run("BEGIN IMMEDIATE");
        sqlite3_bind_blob(insert_, 1, body.data(), static_cast<int>(body.size()), SQLITE_STATIC);
        HALL_CHECK(sqlite3_step(insert_) == SQLITE_DONE);
        sqlite3_reset(insert_);
        run("COMMIT");
    }

  private:
    void run(const char* sql) {
        HALL_CHECK(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
    }

    sqlite3* database_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
};

// A ROUTER that commits one row and answers: the least that a durable answer over TCP can be.
class BareServer {
  public:
    BareServer(int port, const std::filesystem::path& file)
        : log_(file),
          server_(context_, zmq::socket_type::router),
          client_(client_context_, zmq::socket_type::dealer) {
        const std::string address = "tcp://127.0.0.1:" + std::to_string(port);
        server_.bind(address);
        client_.set(zmq::sockopt::linger, 0);
        client_.connect(address);
        thread_ = std::thread([this] { serve(); });
    }
    ~BareServer() {
        client_.send(zmq::buffer(std::string("end")));
        thread_.join();
    }
    BareServer(const BareServer&) = delete;
    BareServer& operator=(const BareServer&) = delete;

    double round_trip() {
        static const std::string body(kMessageBytes, 'x');
        const double begin = seconds_now();
        client_.send(zmq::buffer(body));
        zmq::message_t back;
        HALL_CHECK(client_.recv(back));
        return seconds_now() - begin;
    }

  private:
    void serve() {
        for (;;) {
            zmq::message_t route;
            zmq::message_t body;
            HALL_CHECK(server_.recv(route) && server_.recv(body));
            if (body.size() == 3) return;
            log_.commit();
            server_.send(route, zmq::send_flags::sndmore);
            server_.send(body, zmq::send_flags::none);
        }
    }

    BareLog log_;
    zmq::context_t context_;
    zmq::context_t client_context_;
    zmq::socket_t server_;
    zmq::socket_t client_;
    std::thread thread_;
};

}  // namespace

std::vector<Figure> round_trip() {
    RunningHall::Options options;
    options.link = RunningHall::Link::plain;
    RunningHall hall(options);
    hall.open({1});
    BareClients client(hall.admin(), 1);
    BareServer bare(stage::free_ports(1), hall.folder() / "bare.db");
    const protocol::Command issue = stage::issue(stage::kService);
    std::vector<double> ours;
    std::vector<double> least;
    // In turn, one by one: disks are fast for a while and slow for a while.
    for (int i = 0; i < kWarmUp + kRounds; ++i) {
        const double one = client.round_trip(issue);
        const double other = bare.round_trip();
        if (i < kWarmUp) continue;
        ours.push_back(one);
        least.push_back(other);
    }
    const double p50 = percentile(ours, 0.5);
    const double p50_least = percentile(least, 0.5);
    return {ratio_at_most({"one_client_ticket_p50", p50 * 1e6, "us", "over_zmq_trip_plus_commit",
                           p50 / p50_least, true, ""},
                          1.6, "a guide's tap waits for little more than the disk"),
            {"bare_zmq_trip_plus_commit_p50", p50_least * 1e6, "us", "of_the_ticket",
             p50_least / p50, true, ""}};
}

}  // namespace hall::bench
