// From the clerk's key to the board that everybody looks at.
#include <signal.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <thread>

#include "benchmarks/scenarios.h"
#include "benchmarks/usage.h"
#include "client/view_feed.h"
#include "tests/stage/running_hall.h"
#include "tests/stage/small_hall.h"
#include "tests/stage/virtual_display.h"

namespace hall::bench {
namespace {

using stage::must_do;
using stage::RunningHall;
using std::chrono::milliseconds;

constexpr int kOtherBoards = 29;
constexpr int kCalls = 300;
constexpr int kBoardWindows = 8;
constexpr milliseconds kBetweenCalls{70};
constexpr double kIdleSeconds = 20;

// The first picture that shows a call at least as new as `seq`, by the board's trace.
class Trace {
  public:
    explicit Trace(std::filesystem::path file) : file_(std::move(file)) {}

    // seq of the newest call -> when the first picture with it was on the screen
    std::map<uint64_t, int64_t> read() const {
        std::map<uint64_t, int64_t> shown;
        std::ifstream file(file_);
        uint64_t seq = 0;
        int64_t at_ns = 0;
        while (file >> seq >> at_ns) shown.emplace(seq, at_ns);
        return shown;
    }

  private:
    std::filesystem::path file_;
};

struct BoardScene {
    stage::VirtualDisplay display{1920, 1080};
    RunningHall hall;
    Trace trace{hall.folder() / "trace"};
    stage::Process board;
    std::vector<std::unique_ptr<client::BoardFeed>> others;

    BoardScene() {
        hall.open({1, 2, 3, 4, 5, 6, 7, 8});
        hall.enrol("board", protocol::Role::board);
        hall.enrol("clerk", protocol::Role::clerk);
        hall.enrol("guide", protocol::Role::guide);
        stage::Command command = {stage::program("hall-board"),
                                  "--zone",
                                  stage::kZone,
                                  "--config",
                                  hall.config().string(),
                                  "--frame-trace",
                                  (hall.folder() / "trace").string()};
        for (const auto& word : hall.words_for("board")) command.push_back(word);
        board = stage::Process(command, hall.folder() / "board.log",
                               {{"DISPLAY", display.name()}, {"LIBGL_ALWAYS_SOFTWARE", "1"}});
        for (int i = 0; i < kOtherBoards; ++i) {
            others.push_back(std::make_unique<client::BoardFeed>(
                hall.device("board"), client::board_topic(stage::kZone)));
        }
        const bool ready = stage::eventually(
            [this] {
                for (const auto& other : others) {
                    if (!other->newest().view) return false;
                }
                return !trace.read().empty();
            },
            std::chrono::seconds(30));
        if (ready) return;
        std::fprintf(stderr, "bench: the board shows nothing:\n%s",
                     stage::read_file(hall.folder() / "board.log").c_str());
        std::exit(1);
    }
};

struct Call {
    uint64_t seq = 0;
    int64_t pressed_ns = 0;
    int64_t answered_ns = 0;
};

std::vector<Call> make_calls(BoardScene& scene) {
    client::CommandClient guide(scene.hall.device("guide"));
    client::CommandClient clerk(scene.hall.device("clerk"));
    for (int i = 0; i < kCalls; ++i) must_do(guide.send(stage::issue(stage::kService)));
    std::vector<Call> calls;
    auto next = std::chrono::steady_clock::now();
    for (int i = 0; i < kCalls; ++i) {
        // Not in step with anything that ticks.
        std::this_thread::sleep_until(next += kBetweenCalls + milliseconds(i * 7 % 13));
        const auto window = static_cast<uint32_t>(i % kBoardWindows + 1);
        if (i >= kBoardWindows) {
            must_do(clerk.send(stage::start_service(window)));
            must_do(clerk.send(stage::finish(window)));
            std::this_thread::sleep_for(milliseconds(20));  // the view of that goes out by itself
        }
        Call call;
        call.pressed_ns = nanoseconds_now();
        call.seq = must_do(clerk.send(stage::call_next(window))).seq();
        call.answered_ns = nanoseconds_now();
        calls.push_back(call);
    }
    return calls;
}

std::vector<Figure> call_to_picture(BoardScene& scene) {
    const std::vector<Call> calls = make_calls(scene);
    stage::eventually([&] { return scene.trace.read().rbegin()->first >= calls.back().seq; },
                      std::chrono::seconds(5));
    const auto shown = scene.trace.read();
    std::vector<double> pictures;
    std::vector<double> replies;
    for (const Call& call : calls) {
        const auto picture = shown.lower_bound(call.seq);
        if (picture == shown.end()) {
            std::fprintf(stderr, "bench: a call never came to the board\n");
            std::exit(1);
        }
        pictures.push_back(static_cast<double>(picture->second - call.pressed_ns) / 1e6);
        replies.push_back(static_cast<double>(call.answered_ns - call.pressed_ns) / 1e6);
    }
    const double p99 = percentile(pictures, 0.99);
    const double p50 = percentile(pictures, 0.5);
    return {value_at_most({"call_to_picture_p99", p99, "ms", "over_reply_p50",
                           p99 / percentile(replies, 0.5), true, ""},
                          50, "the eye takes it for at once; boards that poll take a second"),
            {"call_to_picture_p50", p50, "ms", "of_p99", p50 / p99, true, ""}};
}

std::vector<Figure> at_rest(BoardScene& scene) {
    // Highlights end by themselves.
    std::this_thread::sleep_for(std::chrono::seconds(12));
    const double before = processor_seconds(scene.board.pid());
    const double begin = seconds_now();
    std::this_thread::sleep_for(std::chrono::duration<double>(kIdleSeconds));
    const double share =
        100 * (processor_seconds(scene.board.pid()) - before) / (seconds_now() - begin);
    const double resident = resident_mb(scene.board.pid());
    return {value_at_most({"board_idle_processor", share, "%", "of_limit", share, true, ""}, 1,
                          "thirty small machines that run all day"),
            value_at_most({"board_rss", resident, "MB", "of_limit", resident / 200, true, ""}, 200,
                          "a board's machine is a small one without a graphics card")};
}

}  // namespace

std::vector<Figure> board() {
    BoardScene scene;
    std::vector<Figure> figures = call_to_picture(scene);
    for (Figure& figure : at_rest(scene)) figures.push_back(std::move(figure));
    return figures;
}

}  // namespace hall::bench
