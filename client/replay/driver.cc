#include "client/replay/driver.h"

#include <fmt/format.h>

#include <chrono>
#include <mutex>
#include <optional>
#include <thread>

#include "client/command_client.h"
#include "client/refusal_text.h"

namespace hall::replay {
namespace {

using protocol::Command;
using protocol::RefusalCode;
using protocol::Reply;
using std::chrono::steady_clock;

// Real time. A hall that restarts is back within seconds; the hall opens when its clock says so.
constexpr std::chrono::seconds kHallAway{60};
constexpr std::chrono::seconds kNotYet{30};
constexpr std::chrono::milliseconds kAskAgain{10};
constexpr std::size_t kFailuresKept = 20;

class Stage {
  public:
    Stage(HallTime& time) : time_(time) {}

    HallTime& time() { return time_; }

    void note_failure(std::string sentence) {
        const std::lock_guard lock(mutex_);
        if (played_.failures.size() < kFailuresKept) {
            played_.failures.push_back(std::move(sentence));
        }
    }
    void issued(std::string number, int64_t late_ms) {
        const std::lock_guard lock(mutex_);
        played_.numbers.push_back(std::move(number));
        played_.issue_late_ms.push_back(late_ms);
    }
    void called(int64_t late_ms) {
        const std::lock_guard lock(mutex_);
        played_.call_late_ms.push_back(late_ms);
    }
    void called_in_vain() {
        const std::lock_guard lock(mutex_);
        ++played_.calls_in_vain;
    }
    Played result() { return std::move(played_); }

  private:
    HallTime& time_;
    std::mutex mutex_;
    Played played_;
};

// One person of the hall with a connection of their own.
class Person {
  public:
    Person(const client::Server& server, Stage& stage) : client_(server), stage_(stage) {}

    // Until the hall answers: the same command_id, so nothing is done twice. Nothing when the hall
    // stayed away.
    std::optional<Reply> send(const Command& command) {
        const std::string id = client::make_command_id();
        const auto until = steady_clock::now() + kHallAway;
        for (;;) {
            const client::Answer answer = client_.send(command, id);
            if (answer) {
                stage_.time().heard(answer->server_time_ms());
                return *answer;
            }
            if (answer.error().code != "server_unreachable" || steady_clock::now() > until) {
                stage_.note_failure(answer.error().code + ": " + answer.error().message);
                return std::nullopt;
            }
        }
    }

    // As `send`, again while the hall refuses with `code`: it is about to change.
    std::optional<Reply> send_when_possible(const Command& command, RefusalCode::Value code) {
        const auto until = steady_clock::now() + kNotYet;
        for (;;) {
            auto reply = send(command);
            const bool not_yet = reply && reply->has_refusal() && reply->refusal().code() == code;
            if (!not_yet || steady_clock::now() > until) return reply;
            std::this_thread::sleep_for(kAskAgain);
        }
    }

    // True when it was done.
    bool done(const std::optional<Reply>& reply, const char* what) {
        if (!reply) return false;
        if (!reply->has_refusal()) return true;
        stage_.note_failure(fmt::format("{}: {} {}", what,
                                        RefusalCode::Value_Name(reply->refusal().code()),
                                        client::refusal_text(reply->refusal())));
        return false;
    }

  private:
    client::CommandClient client_;
    Stage& stage_;
};

void guide(const Plan& plan, const std::map<std::string, Counters>& counters,
           const client::Server& server, Stage& stage) {
    Person person(server, stage);
    for (const Arrival& arrival : plan.arrivals) {
        stage.time().wait_until(arrival.at_ms);
        Command command;
        command.mutable_issue_ticket()->add_services(counters.at(arrival.letter).service);
        const auto reply = person.send_when_possible(command, RefusalCode::not_open);
        if (!person.done(reply, "issue")) continue;
        stage.issued(reply->ticket().number(), reply->server_time_ms() - arrival.at_ms);
    }
}

class ClerkAtWork {
  public:
    ClerkAtWork(uint32_t window, const client::Server& server, Stage& stage)
        : window_(window), person_(server, stage), stage_(stage) {}

    void work(const Clerk& clerk) {
        for (const Step& step : clerk.steps) {
            stage_.time().wait_until(step.at_ms);
            switch (step.kind) {
                case Step::Kind::open:
                    open();
                    break;
                case Step::Kind::call:
                    call(step.at_ms);
                    break;
                case Step::Kind::close:
                    close();
                    break;
            }
        }
        close();
    }

  private:
    void open() {
        Command command;
        command.mutable_open_window()->set_window(window_);
        open_ = person_.done(person_.send_when_possible(command, RefusalCode::not_open), "open");
    }

    void call(int64_t planned_ms) {
        finish();
        Command command;
        command.mutable_call_next()->set_window(window_);
        // The record calls somebody: when he is late by our doing, he is still on his way.
        const auto reply = person_.send_when_possible(command, RefusalCode::nobody_eligible);
        if (reply && reply->has_refusal() &&
            reply->refusal().code() == RefusalCode::nobody_eligible) {
            stage_.called_in_vain();
            return;
        }
        if (!person_.done(reply, "call")) return;
        stage_.called(reply->server_time_ms() - planned_ms);
        Command start;
        start.mutable_start_service()->set_window(window_);
        serving_ = person_.done(person_.send(start), "start");
    }

    void finish() {
        if (!serving_) return;
        Command command;
        command.mutable_finish_service()->set_window(window_);
        serving_ = !person_.done(person_.send(command), "finish");
    }

    void close() {
        finish();
        if (!open_) return;
        Command command;
        command.mutable_close_window()->set_window(window_);
        open_ = !person_.done(person_.send(command), "close");
    }

    const uint32_t window_;
    Person person_;
    Stage& stage_;
    bool open_ = false;
    bool serving_ = false;
};

}  // namespace

Played play(const Plan& plan, const std::map<std::string, Counters>& counters,
            const client::Server& server, HallTime& time) {
    Stage stage(time);
    std::vector<std::thread> clerks;
    for (const Clerk& clerk : plan.clerks) {
        const uint32_t window = counters.at(clerk.letter).windows.at(clerk.counter);
        clerks.emplace_back(
            [&clerk, &server, &stage, window] { ClerkAtWork(window, server, stage).work(clerk); });
    }
    guide(plan, counters, server, stage);
    for (std::thread& clerk : clerks) clerk.join();
    return stage.result();
}

}  // namespace hall::replay
