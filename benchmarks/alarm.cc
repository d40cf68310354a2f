// From an alarm that somebody raises to the pictures on the consoles, with the whole hall watching.
#include <signal.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <memory>
#include <thread>

#include "benchmarks/scenarios.h"
#include "client/view_feed.h"
#include "tests/stage/running_hall.h"
#include "tests/stage/small_hall.h"
#include "tests/stage/virtual_display.h"

namespace hall::bench {
namespace {

using stage::must_do;
using stage::RunningHall;
using std::chrono::milliseconds;

constexpr int kWatchers = 28;
constexpr int kAlarms = 100;
constexpr milliseconds kBetweenAlarms{150};

// Emergency -> when the first picture with it was on the screen.
std::map<uint64_t, int64_t> read_trace(const std::filesystem::path& path) {
    std::map<uint64_t, int64_t> shown;
    std::ifstream file(path);
    uint64_t id = 0;
    int64_t at_ns = 0;
    while (file >> id >> at_ns) shown.emplace(id, at_ns);
    return shown;
}

struct AlarmScene {
    stage::VirtualDisplay display{1920, 1080};
    RunningHall hall;
    stage::Process guide;
    stage::Process clerk;
    std::vector<std::unique_ptr<client::CareFeed>> watchers;

    AlarmScene() {
        hall.open({1});
        hall.enrol("guide", protocol::Role::guide);
        hall.enrol("clerk", protocol::Role::clerk, 1);
        guide = console("guide", {});
        clerk = console("clerk", {"--window", "1"});
        for (int i = 0; i < kWatchers; ++i) {
            watchers.push_back(
                std::make_unique<client::CareFeed>(hall.device("guide"), client::kCareTopic));
        }
        const bool ready = stage::eventually(
            [this] {
                for (const auto& watcher : watchers) {
                    if (!watcher->newest().view) return false;
                }
                return true;
            },
            std::chrono::seconds(30));
        if (!ready) give_up("nobody hears of the hall");
    }

    stage::Process console(const std::string& name, const stage::Command& words) {
        stage::Command command = {stage::program("hall-" + name), "--frame-trace",
                                  trace(name).string()};
        for (const auto& word : hall.words_for(name)) command.push_back(word);
        command.insert(command.end(), words.begin(), words.end());
        return {command,
                hall.folder() / (name + ".log"),
                {{"DISPLAY", display.name()}, {"LIBGL_ALWAYS_SOFTWARE", "1"}}};
    }
    std::filesystem::path trace(const std::string& name) const {
        return hall.folder() / (name + ".trace");
    }
    [[noreturn]] void give_up(const std::string& what) const {
        std::fprintf(stderr, "bench: %s\n%s%s", what.c_str(),
                     stage::read_file(hall.folder() / "guide.log").c_str(),
                     stage::read_file(hall.folder() / "clerk.log").c_str());
        std::exit(1);
    }
};

protocol::Command raise() {
    protocol::Command command;
    command.mutable_raise_emergency()->set_place(stage::kZone);
    return command;
}

protocol::Command close(uint64_t id) {
    protocol::Command command;
    command.mutable_close_emergency()->set_emergency(id);
    command.mutable_close_emergency()->set_outcome(protocol::EmergencyOutcome::recovered);
    return command;
}

// One alarm before the measured ones: both consoles are up when they have shown it.
void warm_up(AlarmScene& scene, client::CommandClient& client) {
    const uint64_t id = must_do(client.send(raise())).emergency().id();
    const bool both = stage::eventually(
        [&] {
            return !read_trace(scene.trace("guide")).empty() &&
                   !read_trace(scene.trace("clerk")).empty();
        },
        std::chrono::seconds(30));
    if (!both) scene.give_up("a console shows no alarm");
    must_do(client.send(close(id)));
}

}  // namespace

std::vector<Figure> alarm() {
    AlarmScene scene;
    client::CommandClient client(scene.hall.admin());
    warm_up(scene, client);
    std::map<uint64_t, int64_t> raised;
    std::vector<double> replies;
    for (int i = 0; i < kAlarms; ++i) {
        std::this_thread::sleep_for(kBetweenAlarms + milliseconds(i * 7 % 13));
        const int64_t begin = nanoseconds_now();
        const uint64_t id = must_do(client.send(raise())).emergency().id();
        replies.push_back(static_cast<double>(nanoseconds_now() - begin) / 1e6);
        raised[id] = begin;
        std::this_thread::sleep_for(kBetweenAlarms);
        must_do(client.send(close(id)));
    }
    std::vector<double> pictures;
    for (const char* name : {"guide", "clerk"}) {
        stage::eventually(
            [&] { return read_trace(scene.trace(name)).count(raised.rbegin()->first) > 0; });
        const auto shown = read_trace(scene.trace(name));
        for (const auto& [id, at_ns] : raised) {
            const auto picture = shown.lower_bound(id);
            if (picture == shown.end()) scene.give_up("an alarm never came to a console");
            pictures.push_back(static_cast<double>(picture->second - at_ns) / 1e6);
        }
    }
    const double p99 = percentile(pictures, 0.99);
    const double p50 = percentile(pictures, 0.5);
    return {value_at_most({"alarm_to_consoles_p99", p99, "ms", "over_reply_p50",
                           p99 / percentile(replies, 0.5), true, ""},
                          1'000, "somebody lies on the floor"),
            {"alarm_to_consoles_p50", p50, "ms", "of_p99", p50 / p99, true, ""}};
}

}  // namespace hall::bench
