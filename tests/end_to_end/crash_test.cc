// The plug is pulled: whatever was acknowledged is there afterwards, once.
#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <map>
#include <mutex>
#include <random>
#include <thread>

#include "tests/end_to_end/size.h"
#include "tests/stage/running_hall.h"
#include "tests/stage/small_hall.h"

namespace hall::end_to_end {
namespace {

using client::CommandClient;
using protocol::Reply;
using stage::must;
using stage::must_do;
using stage::RunningHall;

// Clients that issue tickets until told to stop; each keeps a command until it is answered.
class Load {
  public:
    Load(const RunningHall& hall, int clients) {
        for (int i = 0; i < clients; ++i) {
            threads_.emplace_back([this, &hall] { issue(hall); });
        }
    }
    ~Load() { stop(); }

    void stop() {
        stopping_ = true;
        for (auto& thread : threads_) thread.join();
        threads_.clear();
    }

    std::size_t acknowledged() const {
        const std::lock_guard lock(mutex_);
        return answers_.size();
    }
    // command_id -> number
    std::map<std::string, std::string> answers() const {
        const std::lock_guard lock(mutex_);
        return answers_;
    }

  private:
    void issue(const RunningHall& hall) {
        CommandClient client(hall.device("guide"), {100, 400});
        while (!stopping_) {
            const std::string id = client::make_command_id();
            client::Answer answer;
            // The server may be away: the same id until it answers.
            do {
                answer = client.send(stage::issue(stage::kService), id);
            } while (!answer && !stopping_);
            if (!answer) return;
            const Reply reply = must_do(answer);
            const std::lock_guard lock(mutex_);
            answers_[id] = reply.ticket().number();
        }
    }

    std::atomic<bool> stopping_{false};
    mutable std::mutex mutex_;
    std::map<std::string, std::string> answers_;
    std::vector<std::thread> threads_;
};

TEST(Crash, EveryAcknowledgedTicketIsThereOnceAfterThePlugWasPulledUnderLoad) {
    const int rounds = end_to_end::rounds(8, 50, 200);
    RunningHall hall;
    hall.open({1});
    hall.enrol("guide", protocol::Role::guide);
    std::mt19937 dice(20261124);
    std::map<std::string, std::string> acknowledged;
    {
        Load load(hall, 8);
        for (int i = 0; i < rounds; ++i) {
            const std::size_t before = load.acknowledged();
            ASSERT_TRUE(stage::eventually([&] { return load.acknowledged() > before; }));
            // At any moment of a batch.
            std::this_thread::sleep_for(
                std::chrono::microseconds(std::uniform_int_distribution<int>(0, 40'000)(dice)));
            hall.kill();
            hall.start();
        }
        load.stop();
        acknowledged = load.answers();
    }
    CommandClient admin(hall.admin());
    std::map<std::string, std::string> issued;  // command_id -> number
    std::map<std::string, int> times;
    for (const auto& event : stage::all_events(admin)) {
        if (!event.event().has_ticket_issued()) continue;
        const std::string& number = event.event().ticket_issued().number();
        EXPECT_TRUE(issued.emplace(event.command_id(), number).second) << event.command_id();
        EXPECT_EQ(++times[number], 1) << number;
    }
    EXPECT_GT(acknowledged.size(), static_cast<std::size_t>(rounds));
    for (const auto& [id, number] : acknowledged) EXPECT_EQ(issued[id], number) << id;

    const stage::Finished verified = hall.hallctl({"log", "verify"});
    EXPECT_EQ(verified.exit_code, 0) << verified.output << verified.errors;
}

TEST(Crash, ARepeatedCommandIdChangesNothingAlsoAcrossARestart) {
    RunningHall hall;
    hall.open({1});
    const std::string id = client::make_command_id();
    Reply first;
    {
        CommandClient client(hall.admin());
        first = must_do(client.send(stage::issue(stage::kService), id));
        EXPECT_FALSE(first.repeated());
        const Reply again = must_do(client.send(stage::issue(stage::kService), id));
        EXPECT_TRUE(again.repeated());
        EXPECT_EQ(again.ticket().number(), first.ticket().number());
    }
    hall.kill();
    hall.start();
    CommandClient client(hall.admin());
    const Reply after = must_do(client.send(stage::issue(stage::kService), id));
    EXPECT_TRUE(after.repeated());
    EXPECT_EQ(after.ticket().number(), first.ticket().number());
    const Reply other = must(client.send(stage::call_next(1), id));
    EXPECT_EQ(other.refusal().code(), protocol::RefusalCode::command_id_reused);
    EXPECT_EQ(must_do(client.ask(stage::status())).status().issued(), 1U);
}

TEST(Stop, ASecondServerOnTheSameDataIsRefusedAndTheFirstGoesOn) {
    RunningHall hall;
    const stage::Finished second =
        stage::run({stage::program("hall-server"), "--config", hall.config().string(), "--data",
                    hall.data().string(), "--port", std::to_string(stage::free_ports(3))});
    EXPECT_EQ(second.exit_code, 1);
    EXPECT_NE(second.errors.find("data_in_use"), std::string::npos) << second.errors;
    CommandClient client(hall.admin());
    EXPECT_TRUE(client.ask(stage::status()));
}

TEST(Stop, SigtermEndsItCleanlyAndFreesItsPorts) {
    RunningHall hall;
    hall.open({1});
    {
        CommandClient client(hall.admin());
        must_do(client.send(stage::issue(stage::kService)));
    }
    EXPECT_EQ(hall.stop(), 0) << hall.log();
    hall.start();  // the same three ports
    CommandClient client(hall.admin());
    EXPECT_EQ(must_do(client.ask(stage::status())).status().issued(), 1U);
    EXPECT_EQ(hall.stop(), 0) << hall.log();
}

TEST(Stop, APortInUseIsRefusedByName) {
    RunningHall hall;
    const stage::Folder other;
    const stage::Finished second =
        stage::run({stage::program("hall-server"), "--config", hall.config().string(), "--data",
                    other.path().string(), "--port", std::to_string(hall.port())});
    EXPECT_EQ(second.exit_code, 1);
    EXPECT_NE(second.errors.find("port_in_use"), std::string::npos) << second.errors;
}

}  // namespace
}  // namespace hall::end_to_end
