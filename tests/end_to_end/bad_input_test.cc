// Whatever comes from outside: a refusal that says what is wrong, the exit code that goes with it,
// and a hall that did not notice.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <random>
#include <zmq.hpp>

#include "tests/stage/running_hall.h"
#include "tests/stage/small_hall.h"

namespace hall::end_to_end {
namespace {

using client::CommandClient;
using protocol::Command;
using protocol::RefusalCode;
using protocol::Reply;
using stage::must;
using stage::must_do;
using stage::RunningHall;

struct Case {
    stage::Command words;
    int exit_code;
    std::string says;  // on stderr
};

TEST(BadInput, EveryMistakeHasItsCodeAndItsExitCode) {
    RunningHall hall;
    hall.open({1});
    const std::vector<Case> cases = {
        {{"ticket", "issue", "--service", "pension_clam"}, 1, "unknown_service"},
        {{"ticket", "issue", "--service", stage::kService, "--category", "90plus"},
         1,
         "unknown_category"},
        {{"ticket", "issue", "--service", stage::kService, "--must-speak", "tlh"},
         1,
         "unknown_language"},
        {{"ticket", "cancel", "A999", "--reason", "visitor_left"}, 1, "unknown_ticket"},
        {{"ticket", "show", "Z001"}, 1, "unknown_ticket"},
        {{"window", "open", "99"}, 1, "unknown_window"},
        {{"window", "open", "1"}, 1, "window_already_open"},
        {{"call", "next", "--window", "2"}, 1, "window_not_open"},
        {{"call", "next", "--window", "1"}, 1, "nobody_eligible"},
        {{"serve", "finish", "--window", "1"}, 1, "window_not_serving"},
        {{"print", "retry", "4711"}, 1, "unknown_print_job"},
        {{"print", "test", "nowhere"}, 1, "unknown_printer"},
        {{"hall", "open"}, 1, "already_open"},
        {{"device", "revoke", "nobody"}, 1, "unknown_device"},
        {{"device", "enrol", "--name", "x", "--role", "board", "--public", "short"},
         1,
         "device_key_invalid"},
        {{"config", "check", "/nowhere.toml"}, 1, ""},
        {{}, 2, ""},
        {{"dance"}, 2, ""},
        {{"ticket"}, 2, ""},
        {{"ticket", "issue"}, 2, ""},
        {{"call", "next"}, 2, ""},
        {{"call", "next", "--window", "one"}, 2, ""},
        {{"call", "next", "--window", "-1"}, 2, ""},
        {{"window", "open", "1", "2"}, 2, ""},
        {{"device", "enrol", "--name", "x", "--role", "king", "--public", "short"}, 2, ""},
    };
    for (const Case& one : cases) {
        std::string typed;
        for (const auto& word : one.words) typed += word + " ";
        const stage::Finished finished = hall.hallctl(one.words);
        EXPECT_EQ(finished.exit_code, one.exit_code) << typed << finished.errors;
        EXPECT_NE(finished.errors.find(one.says), std::string::npos) << typed << finished.errors;
        EXPECT_FALSE(finished.errors.empty()) << typed;
    }
}

TEST(BadInput, ARefusalIsAnObjectOnStdoutWithJson) {
    RunningHall hall;
    hall.open({});
    const stage::Finished refused =
        hall.hallctl({"--json", "ticket", "issue", "--service", "nothing"});
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_EQ(refused.output.rfind("{\"refusal\":{", 0), 0U) << refused.output;
    EXPECT_NE(refused.output.find("\"code\":\"unknown_service\""), std::string::npos);
    EXPECT_NE(refused.errors.find("unknown_service"), std::string::npos);
}

TEST(BadInput, AHallThatIsNotThereIsExitCodeThree) {
    const std::string nobody = "tcp://127.0.0.1:" + std::to_string(stage::free_ports(3));
    const stage::Finished finished =
        stage::run({stage::program("hallctl"), "--server", nobody, "status"});
    EXPECT_EQ(finished.exit_code, 3);
    EXPECT_NE(finished.errors.find("server_unreachable"), std::string::npos) << finished.errors;
}

TEST(BadInput, ADeviceThatIsNotEnrolledIsTurnedAway) {
    RunningHall hall;
    stage::Folder folder;
    const std::string keys = (folder / "keys").string();
    const auto server_key = client::read_public_key(hall.keys_folder("admin"), "server");
    ASSERT_TRUE(server_key);
    ASSERT_EQ(stage::run({stage::program("hallctl"), "--keys", keys, "device", "keys",
                          "--server-key", *server_key})
                  .exit_code,
              0);
    const stage::Finished refused =
        stage::run({stage::program("hallctl"), "--server",
                    "tcp://127.0.0.1:" + std::to_string(hall.port()), "--keys", keys, "status"});
    EXPECT_EQ(refused.exit_code, 1);
    EXPECT_NE(refused.errors.find("device_not_enrolled"), std::string::npos) << refused.errors;
}

std::vector<std::string> hostile_strings() {
    std::ifstream file(stage::source("tests/data/blns.txt"));
    std::vector<std::string> strings;
    for (std::string line; std::getline(file, line);) {
        if (!line.empty() && line[0] != '#') strings.push_back(line);
    }
    strings.push_back(std::string(60'000, 'A'));
    strings.push_back("\xff\xfe\xc0\x80 no UTF-8");
    strings.push_back(std::string("zero\0inside", 11));
    return strings;
}

// Every text that a command can carry.
std::vector<Command> commands_with(const std::string& text) {
    std::vector<Command> all;
    const auto add = [&all]() -> Command& { return all.emplace_back(); };
    add().mutable_issue_ticket()->add_services(text);
    Command categories = stage::issue(stage::kService);
    categories.mutable_issue_ticket()->add_categories(text);
    all.push_back(categories);
    Command languages = stage::issue(stage::kService);
    languages.mutable_issue_ticket()->add_prefers(text);
    languages.mutable_issue_ticket()->set_must_speak(text);
    all.push_back(languages);
    Command printer = stage::issue(stage::kService);
    printer.mutable_issue_ticket()->set_no_print(false);
    printer.mutable_issue_ticket()->set_printer(text);
    all.push_back(printer);
    add().mutable_cancel_ticket()->set_number(text);
    add().mutable_step_out()->set_number(text);
    add().mutable_return_ticket()->set_number(text);
    add().mutable_test_print()->set_printer(text);
    add().mutable_revoke_device()->set_name(text);
    auto* device = add().mutable_enrol_device();
    device->set_name("x");
    device->set_role(protocol::Role::board);
    device->set_public_key(text);
    Command call;
    call.mutable_call_ticket()->set_window(1);
    call.mutable_call_ticket()->set_number(text);
    call.mutable_call_ticket()->set_reason(protocol::Reason::frail);
    all.push_back(call);
    return all;
}

TEST(BadInput, HostileTextsAreRefusedAndLeaveNoTraceInTheLog) {
    RunningHall hall;
    hall.open({1});
    CommandClient client(hall.admin());
    const uint64_t seq = must_do(client.ask(stage::status())).seq();
    for (const std::string& text : hostile_strings()) {
        for (const Command& command : commands_with(text)) {
            const client::Answer answer = client.send(command);
            if (!answer) {
                EXPECT_EQ(answer.error().code, "request_too_large") << text.substr(0, 80);
                continue;
            }
            EXPECT_TRUE(answer->has_refusal())
                << text.substr(0, 80) << command.ShortDebugString().substr(0, 200);
        }
    }
    EXPECT_EQ(must_do(client.ask(stage::status())).seq(), seq);
    EXPECT_EQ(hall.stop(), 0);
}

TEST(BadInput, HostileWordsOnTheCommandLineEndWithOneOrTwo) {
    RunningHall hall;
    hall.open({1});
    const std::vector<stage::Command> heads = {{"ticket", "show"},
                                               {"--json", "print", "test"},
                                               {"ticket", "issue", "--service"},
                                               {"call", "next", "--window"}};
    std::size_t turn = 0;
    for (const std::string& text : hostile_strings()) {
        // A command line has no zero byte, and these two words are not hostile.
        if (text.find('\0') != std::string::npos || text == "--help" || text == "--version")
            continue;
        stage::Command words = heads[turn++ % heads.size()];
        words.push_back(text);
        const stage::Finished finished = hall.hallctl(words);
        EXPECT_TRUE(finished.exit_code == 1 || finished.exit_code == 2)
            << finished.exit_code << ": " << text.substr(0, 80);
    }
}

class RawPeer {
  public:
    explicit RawPeer(int port) : socket_(context_, zmq::socket_type::dealer) {
        socket_.set(zmq::sockopt::linger, 0);
        socket_.set(zmq::sockopt::rcvtimeo, 3'000);
        socket_.connect("tcp://127.0.0.1:" + std::to_string(port));
    }
    void send(const std::string& frame) { socket_.send(zmq::buffer(frame)); }
    std::optional<Reply> receive() {
        zmq::message_t frame;
        if (!socket_.recv(frame)) return std::nullopt;
        Reply reply;
        if (!reply.ParseFromArray(frame.data(), static_cast<int>(frame.size())))
            return std::nullopt;
        return reply;
    }
    RefusalCode::Value refused(const std::string& frame) {
        send(frame);
        const auto reply = receive();
        return reply && reply->has_refusal() ? reply->refusal().code() : RefusalCode::unknown;
    }

  private:
    zmq::context_t context_;
    zmq::socket_t socket_;
};

// Bytes that are not even ZMTP.
void send_raw(int port, const std::string& bytes) {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<uint16_t>(port));
    ASSERT_EQ(connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    close(fd);
}

TEST(BadInput, MalformedAndOversizedFramesAndTheFutureAreRefusedByName) {
    RunningHall::Options options;
    options.link = RunningHall::Link::plain;
    RunningHall hall(options);
    RawPeer peer(hall.port());
    EXPECT_EQ(peer.refused("this is no protobuf"), RefusalCode::malformed_request);
    EXPECT_EQ(peer.refused(std::string(65 * 1024, 'x')), RefusalCode::frame_too_large);
    protocol::Request future;
    future.set_protocol_version(99);
    future.set_command_id("from-the-future");
    *future.mutable_query() = stage::status();
    EXPECT_EQ(peer.refused(future.SerializeAsString()), RefusalCode::protocol_version_unsupported);
    future.set_protocol_version(1);
    future.clear_command_id();
    *future.mutable_command() = stage::issue(stage::kService);
    EXPECT_EQ(peer.refused(future.SerializeAsString()), RefusalCode::command_id_missing);

    std::mt19937 dice(7);
    for (int i = 0; i < 300; ++i) {
        std::string noise(std::uniform_int_distribution<std::size_t>(0, 900)(dice), '\0');
        for (char& byte : noise) byte = static_cast<char>(dice());
        if (i % 3 == 0) {
            send_raw(hall.port() + i % 9 / 3, noise);
        } else {
            peer.send(noise);
        }
    }
    RawPeer large(hall.port());
    large.send(std::string(2 << 20, 'x'));  // ends that connection, and nothing else

    CommandClient client(hall.admin());
    EXPECT_EQ(must_do(client.ask(stage::status())).status().issued(), 0U);
    EXPECT_EQ(hall.stop(), 0);
}

}  // namespace
}  // namespace hall::end_to_end
