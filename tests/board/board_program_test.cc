// hall-board as people start it: exit codes, pictures, a live link and a broken one.
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>
#include <zmq.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>

#include "displays/kit/shell.h"
#include "tests/board/sample_view.h"
#include "tests/stage/process.h"
#include "tests/stage/virtual_display.h"
#include "wording/wording.h"

namespace hall::board {
namespace {

using stage::Command;
using stage::Finished;

Command board(const Command& words) {
    Command out = {HALL_BIN_DIR "/hall-board"};
    out.insert(out.end(), words.begin(), words.end());
    return out;
}

// Publishes one zone's view like the server does: at once, and each 200 ms.
class Publisher {
  public:
    explicit Publisher(protocol::BoardView view) : port_(stage::free_ports(3)), view_(view) {
        context_ = zmq_ctx_new();
        socket_ = zmq_socket(context_, ZMQ_PUB);
        const int no_linger = 0;
        zmq_setsockopt(socket_, ZMQ_LINGER, &no_linger, sizeof no_linger);
        const std::string endpoint = fmt::format("tcp://127.0.0.1:{}", port_ + 1);
        if (zmq_bind(socket_, endpoint.c_str()) != 0) ADD_FAILURE() << zmq_strerror(zmq_errno());
        thread_ = std::thread([this] { publish(); });
    }
    ~Publisher() {
        stop();
        zmq_close(socket_);
        zmq_ctx_term(context_);
    }
    Publisher(const Publisher&) = delete;
    Publisher& operator=(const Publisher&) = delete;

    std::string server() const { return fmt::format("tcp://127.0.0.1:{}", port_); }
    void set(const protocol::BoardView& view) {
        const std::lock_guard lock(mutex_);
        view_ = view;
    }
    void stop() {
        ended_ = true;
        if (thread_.joinable()) thread_.join();
    }

  private:
    void publish() {
        while (!ended_) {
            std::string frame = "board:hall|";
            {
                const std::lock_guard lock(mutex_);
                view_.mutable_head()->set_publication(view_.head().publication() + 1);
                frame += view_.SerializeAsString();
            }
            zmq_send(socket_, frame.data(), frame.size(), 0);
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
    }

    int port_;
    void* context_ = nullptr;
    void* socket_ = nullptr;
    std::mutex mutex_;
    protocol::BoardView view_;
    std::atomic<bool> ended_ = false;
    std::thread thread_;
};

google::protobuf::Struct json_of(const std::filesystem::path& file) {
    google::protobuf::Struct out;
    const auto status = google::protobuf::util::JsonStringToMessage(stage::read_file(file), &out);
    EXPECT_TRUE(status.ok()) << status.ToString();
    return out;
}

TEST(Program, HelpAndVersionEndWithZero) {
    const Finished help = stage::run(board({"--help"}));
    EXPECT_EQ(help.exit_code, 0);
    EXPECT_NE(help.output.find("--distance"), std::string::npos);
    const Finished version = stage::run(board({"--version"}));
    EXPECT_EQ(version.exit_code, 0);
    EXPECT_NE(version.output.find(HALL_VERSION), std::string::npos);
}

TEST(Program, WrongOptionsAreNamedAndEndWithTwo) {
    const std::vector<std::pair<Command, std::string>> wrong = {
        {{}, "--zone"},
        {{"--zone", "hall", "--distance", "8"}, "--distance"},
        {{"--zone", "hall", "--screen", "55 inches"}, "--screen"},
        {{"--zone", "hall", "--resolution", "1920"}, "--resolution"},
        {{"--zone", "hall", "--window", "0"}, "--window"},
        {{"--zone", "hall", "--window", "three"}, "window"},
        {{"--zone", "hall", "--frames", "3"}, "--screenshot"},
        {{"--zone", "hall", "--voice"}, "voice"},
        {{"--zone", "hall", "--server", "localhost"}, "localhost"},
        {{"--zone", "hall", "--config", "/no/such/file.toml"}, "/no/such/file.toml"},
        {{"--zone", "hall", "--keys", "/no/such/folder"}, "/no/such/folder"},
        {{"--zone", "hall", "surprise"}, "hall-board"},
    };
    for (const auto& [words, named] : wrong) {
        const Finished end = stage::run(board(words));
        EXPECT_EQ(end.exit_code, 2) << named;
        EXPECT_NE(end.errors.find(named), std::string::npos) << named << ": " << end.errors;
    }
}

TEST(Program, AScreenshotNeedsNoDisplayAndTellsWhatWasDrawn) {
    const Publisher hall(open_view());
    const stage::Folder folder;
    const std::string file = folder / "board.png";
    const Finished end = stage::run(board(
        {"--zone", "hall", "--server", hall.server(), "--distance", "5m", "--screenshot", file}));
    EXPECT_EQ(end.exit_code, 0) << end.errors;
    EXPECT_GT(std::filesystem::file_size(file), 10'000U);
    const auto report = json_of(file + ".json");
    bool number = false;
    for (const auto& value : report.fields().at("texts").list_value().values()) {
        const auto& text = value.struct_value().fields();
        if (text.at("string").string_value() != "A023") continue;
        number = true;
        EXPECT_EQ(text.at("tier").string_value(), "A");
        const auto& digit = text.at("glyphs").struct_value().fields().at("digit");
        const auto& size = digit.struct_value().fields();
        EXPECT_GE(size.at("arc_minutes").number_value(),
                  size.at("least_arc_minutes").number_value());
        EXPECT_NEAR(size.at("mm").number_value(), 122, 1);
    }
    EXPECT_TRUE(number);
}

TEST(Program, WithoutAServerThePictureSaysSoAndTheEndIsThree) {
    const stage::Folder folder;
    const std::string file = folder / "board.png";
    const std::string server = fmt::format("tcp://127.0.0.1:{}", stage::free_ports(3));
    const Finished end =
        stage::run(board({"--zone", "hall", "--server", server, "--screenshot", file}));
    EXPECT_EQ(end.exit_code, 3) << end.errors;
    EXPECT_NE(end.errors.find("server_unreachable"), std::string::npos) << end.errors;
    std::string shown;
    const auto report = json_of(file + ".json");
    for (const auto& value : report.fields().at("texts").list_value().values()) {
        shown += value.struct_value().fields().at("string").string_value();
    }
    EXPECT_EQ(shown, wording::text("board.stale"));
}

TEST(Program, AScreenTooSmallForItsDistanceIsRefusedWithTheDistanceItServes) {
    const stage::Folder folder;
    const std::string file = folder / "board.png";
    const Finished end = stage::run(
        board({"--zone", "hall", "--screen", "32in", "--distance", "8m", "--screenshot", file}));
    EXPECT_EQ(end.exit_code, 1);
    EXPECT_NE(end.errors.find("screen_too_small"), std::string::npos) << end.errors;
    const auto texts = json_of(file + ".json").fields().at("texts").list_value();
    ASSERT_EQ(texts.values_size(), 1);
}

TEST(Program, AWindowShowsACallAndThenThatTheLinkIsBroken) {
    const stage::VirtualDisplay display(1920, 1080);
    Publisher hall(open_view());
    const stage::Folder folder;
    const auto trace = folder / "trace";
    stage::Process board_process(board({"--zone", "hall", "--server", hall.server(), "--distance",
                                        "5m", "--frame-trace", trace.string()}),
                                 folder / "board.log",
                                 {{"DISPLAY", display.name()}, {"SDL_VIDEODRIVER", "x11"}});
    const auto shown = [&](const std::string& seq) {
        std::istringstream lines(stage::read_file(trace));
        for (std::string line; std::getline(lines, line);) {
            if (line.rfind(seq + " ", 0) == 0) return true;
        }
        return false;
    };
    EXPECT_TRUE(stage::eventually([&] { return std::filesystem::exists(trace) && shown("60"); }))
        << stage::read_file(folder / "board.log");
    auto next = open_view();
    next.mutable_head()->set_seq(101);
    add_call(next, "A024", 2, true, false, 101);
    hall.set(next);
    EXPECT_TRUE(stage::eventually([&] { return shown("101"); }));

    hall.stop();
    const std::string before = stage::read_file(trace);
    EXPECT_TRUE(stage::eventually([&] { return stage::read_file(trace).size() > before.size(); },
                                  std::chrono::seconds(8)));
    board_process.signal(SIGTERM);
    EXPECT_EQ(board_process.wait(), 0);
}

}  // namespace
}  // namespace hall::board
