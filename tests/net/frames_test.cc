// Frames as any program could send them, on a real ROUTER.
#include <gtest/gtest.h>

#include <string>
#include <vector>
#include <zmq.hpp>

#include "hall-server/net/gate.h"
#include "tests/net/running_hall.h"

namespace hall::test {
namespace {

using protocol::RefusalCode;

constexpr int kAnswerMs = 5'000;

protocol::Request request_of(const protocol::Query& query) {
    protocol::Request request;
    request.set_protocol_version(net::kProtocolVersion);
    request.set_command_id("frames-test-1");
    *request.mutable_query() = query;
    return request;
}

class Frames : public testing::Test {
  protected:
    zmq::socket_t connect(zmq::socket_type type) {
        zmq::socket_t socket(context_, type);
        socket.set(zmq::sockopt::linger, 0);
        socket.set(zmq::sockopt::rcvtimeo, kAnswerMs);
        socket.connect("tcp://127.0.0.1:" + std::to_string(hall_.port()));
        return socket;
    }

    static void send(zmq::socket_t& socket, const std::vector<std::string>& frames) {
        for (size_t i = 0; i < frames.size(); ++i) {
            const bool more = i + 1 < frames.size();
            socket.send(zmq::buffer(frames[i]),
                        more ? zmq::send_flags::sndmore : zmq::send_flags::none);
        }
    }

    // The last frame of an answer; the frames before it must be empty.
    static protocol::Reply receive(zmq::socket_t& socket) {
        protocol::Reply reply;
        zmq::message_t frame;
        do {
            if (!socket.recv(frame)) {
                ADD_FAILURE() << "no answer";
                return reply;
            }
            EXPECT_TRUE(!frame.more() || frame.size() == 0);
        } while (frame.more());
        EXPECT_TRUE(reply.ParseFromArray(frame.data(), static_cast<int>(frame.size())));
        return reply;
    }

    RefusalCode::Value refused(const std::vector<std::string>& frames) {
        auto dealer = connect(zmq::socket_type::dealer);
        send(dealer, frames);
        return receive(dealer).refusal().code();
    }

    bool answers() {
        client::CommandClient client(hall_.server());
        const auto answer = client.ask(status_query());
        return answer && answer->has_status();
    }

    RunningHall hall_;
    zmq::context_t context_;
};

TEST_F(Frames, ADealerSendsOneFrame) {
    auto dealer = connect(zmq::socket_type::dealer);
    send(dealer, {request_of(status_query()).SerializeAsString()});
    const protocol::Reply reply = receive(dealer);
    EXPECT_TRUE(reply.has_status());
    EXPECT_EQ(reply.command_id(), "frames-test-1");
    EXPECT_GT(reply.server_time_ms(), 0);
}

TEST_F(Frames, AReqIsAnsweredInItsOwnShape) {
    auto req = connect(zmq::socket_type::req);
    for (int i = 0; i < 3; ++i) {
        send(req, {request_of(status_query()).SerializeAsString()});
        EXPECT_TRUE(receive(req).has_status());
    }
}

TEST_F(Frames, MoreFramesThanTwoAreMalformed) {
    const std::string good = request_of(status_query()).SerializeAsString();
    EXPECT_EQ(refused({good, good}), RefusalCode::malformed_request);
    EXPECT_EQ(refused({"", good, good}), RefusalCode::malformed_request);
    EXPECT_EQ(refused({"", "", good}), RefusalCode::malformed_request);
    EXPECT_EQ(refused(std::vector<std::string>(50, good)), RefusalCode::malformed_request);
    EXPECT_TRUE(answers());
}

TEST_F(Frames, NonsenseIsMalformedAndTheHallGoesOn) {
    EXPECT_EQ(refused({"\x01\x02\x03 not a request"}), RefusalCode::malformed_request);
    EXPECT_EQ(refused({""}), RefusalCode::malformed_request);
    EXPECT_TRUE(answers());
}

TEST_F(Frames, AVersionFromTheFutureIsRefusedByName) {
    protocol::Request request = request_of(status_query());
    request.set_protocol_version(99);
    EXPECT_EQ(refused({request.SerializeAsString()}), RefusalCode::protocol_version_unsupported);
}

TEST_F(Frames, Above64KiBIsRefusedAndAbove1MiBTheConnectionEnds) {
    EXPECT_EQ(refused({std::string(70 * 1024, 'x')}), RefusalCode::frame_too_large);
    EXPECT_EQ(refused({std::string(1000 * 1024, 'x')}), RefusalCode::frame_too_large);

    auto dealer = connect(zmq::socket_type::dealer);
    ASSERT_EQ(zmq_socket_monitor(dealer.handle(), "inproc://end", ZMQ_EVENT_DISCONNECTED), 0);
    zmq::socket_t monitor(context_, zmq::socket_type::pair);
    monitor.set(zmq::sockopt::rcvtimeo, kAnswerMs);
    monitor.set(zmq::sockopt::linger, 0);
    monitor.connect("inproc://end");
    send(dealer, {std::string(1100 * 1024, 'x')});
    zmq::message_t event;
    EXPECT_TRUE(monitor.recv(event).has_value());
    EXPECT_TRUE(answers());
}

TEST_F(Frames, AMissingCommandIdIsRefused) {
    protocol::Request request;
    request.set_protocol_version(net::kProtocolVersion);
    *request.mutable_command() = open_window(1);
    EXPECT_EQ(refused({request.SerializeAsString()}), RefusalCode::command_id_missing);
}

TEST_F(Frames, ManyRequestsOfOnePeerAreAnsweredInOrder) {
    constexpr int kRequests = 800;  // more than one batch
    auto dealer = connect(zmq::socket_type::dealer);
    for (int i = 0; i < kRequests; ++i) {
        protocol::Request request = request_of(status_query());
        request.set_command_id("in-order-" + std::to_string(i));
        send(dealer, {request.SerializeAsString()});
    }
    for (int i = 0; i < kRequests; ++i) {
        ASSERT_EQ(receive(dealer).command_id(), "in-order-" + std::to_string(i));
    }
}

}  // namespace
}  // namespace hall::test
