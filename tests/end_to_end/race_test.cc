// Many people at once: no ticket has two windows, no number is given twice.
#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <set>
#include <thread>

#include "tests/end_to_end/size.h"
#include "tests/stage/running_hall.h"
#include "tests/stage/small_hall.h"

namespace hall::end_to_end {
namespace {

using client::CommandClient;
using protocol::RefusalCode;
using protocol::Reply;
using stage::must;
using stage::must_do;
using stage::RunningHall;

constexpr uint32_t kClerks = 8;

// What the clerks of one round were told.
struct Round {
    std::string number;
    std::atomic<int> winners{0};
    std::atomic<uint32_t> winner{0};
    std::array<std::atomic<uint32_t>, kClerks + 1> told_winner{};  // by window; 0 = nothing
};

// One clerk: all call the ticket that their screens offer, at the same moment.
void clerk(const RunningHall& hall, uint32_t window, int rounds, Round& round,
           std::barrier<>& all_ready, std::barrier<>& all_called, std::barrier<>& all_checked) {
    CommandClient client(hall.device("clerk" + std::to_string(window)));
    for (int i = 0; i < rounds; ++i) {
        all_ready.arrive_and_wait();
        const Reply reply = must(client.send(stage::call_next(window, round.number)));
        if (!reply.has_refusal()) {
            ++round.winners;
            round.winner = window;
        } else if (reply.refusal().code() == RefusalCode::lost_to_another_window &&
                   reply.refusal().number() == round.number) {
            round.told_winner[window] = reply.refusal().window();
        }
        all_called.arrive_and_wait();
        if (round.winner == window) {
            must_do(client.send(stage::start_service(window)));
            must_do(client.send(stage::finish(window)));
        }
        all_checked.arrive_and_wait();
    }
}

TEST(Race, OneTicketHasOneWindowAndTheOthersLearnWhoseItIs) {
    const int rounds = end_to_end::rounds(300, 10'000, 10'000);
    RunningHall hall;
    hall.open({1, 2, 3, 4, 5, 6, 7, 8});
    for (uint32_t window = 1; window <= kClerks; ++window) {
        hall.enrol("clerk" + std::to_string(window), protocol::Role::clerk, window);
    }
    hall.enrol("guide", protocol::Role::guide);

    Round round;
    std::barrier all_ready(kClerks + 1);
    std::barrier all_called(kClerks + 1);
    std::barrier all_checked(kClerks + 1);
    std::vector<std::thread> clerks;
    for (uint32_t window = 1; window <= kClerks; ++window) {
        clerks.emplace_back([&, window] {
            clerk(hall, window, rounds, round, all_ready, all_called, all_checked);
        });
    }
    CommandClient guide(hall.device("guide"));
    int bad_rounds = 0;
    for (int i = 0; i < rounds; ++i) {
        round.number = must_do(guide.send(stage::issue(stage::kService))).ticket().number();
        round.winners = 0;
        round.winner = 0;
        for (auto& told : round.told_winner) told = 0;
        all_ready.arrive_and_wait();
        all_called.arrive_and_wait();
        bool good = round.winners == 1;
        for (uint32_t window = 1; window <= kClerks; ++window) {
            if (window != round.winner) good = good && round.told_winner[window] == round.winner;
        }
        if (!good) ++bad_rounds;
        all_checked.arrive_and_wait();
    }
    for (auto& thread : clerks) thread.join();
    EXPECT_EQ(bad_rounds, 0);

    CommandClient admin(hall.admin());
    std::map<std::string, int> calls;
    for (const auto& event : stage::all_events(admin)) {
        if (event.event().has_ticket_called()) ++calls[event.event().ticket_called().number()];
    }
    EXPECT_EQ(calls.size(), static_cast<std::size_t>(rounds));
    for (const auto& [number, count] : calls) EXPECT_EQ(count, 1) << number;
}

TEST(Race, SixtyFourClientsNeverGetOneNumberTwiceAndNoneIsMissing) {
    constexpr int kClients = 64;
    const int tickets = end_to_end::rounds(4'000, 20'000, 20'000);
    RunningHall hall;
    hall.open({1});
    hall.enrol("guide", protocol::Role::guide);
    std::atomic<int> left = tickets;
    std::vector<std::vector<std::string>> numbers(kClients);
    std::vector<std::thread> clients;
    for (auto& mine : numbers) {
        clients.emplace_back([&] {
            CommandClient client(hall.device("guide"));
            while (left.fetch_sub(1) > 0) {
                mine.push_back(
                    must_do(client.send(stage::issue(stage::kService))).ticket().number());
            }
        });
    }
    for (auto& thread : clients) thread.join();

    std::set<std::string> all;
    for (const auto& mine : numbers) {
        for (const auto& number : mine) EXPECT_TRUE(all.insert(number).second) << number;
    }
    ASSERT_EQ(all.size(), static_cast<std::size_t>(tickets));
    for (int i = 1; i <= tickets; ++i) {
        char number[16];
        std::snprintf(number, sizeof number, "A%03d", i);
        EXPECT_TRUE(all.contains(number)) << number;
    }
}

}  // namespace
}  // namespace hall::end_to_end
