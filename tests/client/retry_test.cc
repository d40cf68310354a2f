// A command is done once, whatever happens to its answer.
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <thread>
#include <vector>
#include <zmq.hpp>

#include "client/command_client.h"
#include "tests/net/running_hall.h"

namespace hall::test {
namespace {

using client::Answer;
using client::CommandClient;
using client::CommandQueue;

uint32_t issued(const RunningHall& hall) {
    CommandClient client(hall.server());
    const Answer answer = client.ask(status_query());
    return answer ? answer->status().issued() : 0;
}

TEST(CommandIds, AreFreshAndOfTheFormTheServerAsksFor) {
    std::set<std::string> seen;
    for (int i = 0; i < 1'000; ++i) {
        const std::string id = client::make_command_id();
        EXPECT_EQ(id.size(), 32U);
        EXPECT_EQ(id.find_first_not_of("0123456789abcdef"), std::string::npos);
        EXPECT_TRUE(seen.insert(id).second);
    }
}

TEST(Retry, TheSameIdGivesTheSameTicketAndNoSecondOne) {
    RunningHall hall;
    CommandClient client(hall.server());
    const Answer first = client.send(issue_ticket(), "same-id-0001");
    const Answer second = client.send(issue_ticket(), "same-id-0001");
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->ticket().number(), second->ticket().number());
    EXPECT_FALSE(first->repeated());
    EXPECT_TRUE(second->repeated());
    EXPECT_EQ(issued(hall), 1U);
}

TEST(Retry, AcrossARestartGivesTheSameTicket) {
    RunningHall hall;
    std::string number;
    {
        CommandClient client(hall.server());
        const Answer first = client.send(issue_ticket(), "same-id-0002");
        ASSERT_TRUE(first);
        number = first->ticket().number();
    }
    hall.stop();
    hall.start();
    CommandClient client(hall.server());
    const Answer second = client.send(issue_ticket(), "same-id-0002");
    ASSERT_TRUE(second);
    EXPECT_EQ(second->ticket().number(), number);
    EXPECT_TRUE(second->repeated());
    EXPECT_EQ(issued(hall), 1U);
}

TEST(Retry, AnOpenConnectionSurvivesARestart) {
    RunningHall hall;
    CommandClient client(hall.server(), {500, 10'000});
    ASSERT_TRUE(client.send(issue_ticket()));
    hall.stop();
    hall.start();
    const Answer second = client.send(issue_ticket());
    ASSERT_TRUE(second) << second.error().code;
    EXPECT_EQ(issued(hall), 2U);
}

TEST(Retry, ACommandSentWhileTheServerIsAwayIsDoneOnceItIsBack) {
    RunningHall hall;
    hall.stop();
    Answer answer = tl::unexpected(Error{});
    std::thread person([&] {
        CommandClient client(hall.server(), {200, 20'000});
        answer = client.send(issue_ticket(), "while-away-1");
    });
    hall.start();
    person.join();
    ASSERT_TRUE(answer) << answer.error().code;
    EXPECT_EQ(issued(hall), 1U);
}

// A server that hears everything and loses its first answers.
TEST(Retry, KeepsTheIdWhenTheAnswerIsLost) {
    const int port = free_ports();
    zmq::context_t context;
    zmq::socket_t router(context, zmq::socket_type::router);
    router.set(zmq::sockopt::linger, 0);
    router.set(zmq::sockopt::rcvtimeo, 10'000);
    router.bind("tcp://127.0.0.1:" + std::to_string(port));
    client::Server server;
    server.address = "tcp://127.0.0.1:" + std::to_string(port);
    Answer answer = tl::unexpected(Error{});
    std::thread person([&] {
        CommandClient client(server, {100, 10'000});
        answer = client.send(issue_ticket());
    });
    std::set<std::string> ids;
    for (int i = 0; i < 3; ++i) {
        zmq::message_t peer;
        zmq::message_t frame;
        ASSERT_TRUE(router.recv(peer).has_value());
        ASSERT_TRUE(router.recv(frame).has_value());
        protocol::Request request;
        ASSERT_TRUE(request.ParseFromArray(frame.data(), static_cast<int>(frame.size())));
        ids.insert(request.command_id());
        if (i < 2) continue;
        protocol::Reply late;
        late.set_command_id("somebody-elses");
        router.send(zmq::buffer(peer.to_string()), zmq::send_flags::sndmore);
        router.send(zmq::buffer(late.SerializeAsString()));
        protocol::Reply reply;
        reply.set_command_id(request.command_id());
        reply.mutable_ticket()->set_number("A007");
        router.send(zmq::buffer(peer.to_string()), zmq::send_flags::sndmore);
        router.send(zmq::buffer(reply.SerializeAsString()));
    }
    person.join();
    EXPECT_EQ(ids.size(), 1U);
    ASSERT_TRUE(answer) << answer.error().code;
    EXPECT_EQ(answer->ticket().number(), "A007");
}

TEST(Retry, NobodyThereIsUnreachable) {
    client::Server server;
    server.address = "tcp://127.0.0.1:" + std::to_string(free_ports());
    CommandClient client(server, {100, 300});
    const Answer answer = client.ask(status_query());
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "server_unreachable");
}

TEST(Retry, ACommandThatFitsNoFrameIsNotSent) {
    client::Server server;
    server.address = "tcp://127.0.0.1:" + std::to_string(free_ports());
    CommandClient client(server);
    protocol::Command command = issue_ticket();
    command.mutable_issue_ticket()->set_printer(std::string(70'000, 'x'));
    const Answer answer = client.send(command);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "request_too_large");
}

TEST(Queue, AnswersComeInOrderOnTheThreadThatDelivers) {
    RunningHall hall;
    CommandQueue queue(hall.server(), [] {});
    std::vector<std::string> numbers;
    const auto here = std::this_thread::get_id();
    for (int i = 0; i < 20; ++i) {
        queue.submit(issue_ticket(), [&](Answer answer) {
            EXPECT_EQ(std::this_thread::get_id(), here);
            ASSERT_TRUE(answer);
            numbers.push_back(answer->ticket().number());
        });
    }
    EXPECT_GT(queue.pending(), 0U);
    ASSERT_TRUE(eventually([&] {
        queue.deliver();
        return queue.pending() == 0;
    }));
    ASSERT_EQ(numbers.size(), 20U);
    EXPECT_EQ(numbers.front(), "A001");
    EXPECT_EQ(numbers.back(), "A020");
}

TEST(Queue, NeverBlocksTheScreenWhileNobodyAnswers) {
    client::Server server;
    server.address = "tcp://127.0.0.1:" + std::to_string(free_ports());
    size_t busy = 0;
    const auto start = std::chrono::steady_clock::now();
    {
        CommandQueue queue(server, [] {});
        for (size_t i = 0; i < CommandQueue::kQueuedMax + 5; ++i) {
            queue.submit(issue_ticket(), [&](Answer answer) {
                ASSERT_FALSE(answer);
                busy += answer.error().code == "client_busy" ? 1 : 0;
            });
        }
        queue.deliver();
    }
    EXPECT_EQ(busy, 5U);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(1));
}

}  // namespace
}  // namespace hall::test
