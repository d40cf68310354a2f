#include "tests/stage/running_hall.h"

#include <fmt/format.h>
#include <signal.h>

#include <cstdio>
#include <cstdlib>

#include "protocol/check.h"
#include "tests/stage/small_hall.h"

namespace hall::stage {
namespace {

constexpr std::chrono::seconds kUpWithin{30};
constexpr uint32_t kEventsAPage = 1'000;

[[noreturn]] void give_up(const std::string& sentence) {
    std::fprintf(stderr, "%s\n", sentence.c_str());
    std::exit(1);
}

}  // namespace

std::string program(const std::string& name) {
    return HALL_BIN_DIR "/" + name;
}

std::filesystem::path source(const std::string& path) {
    return std::filesystem::path(HALL_SOURCE_DIR) / path;
}

RunningHall::RunningHall(Options options)
    : options_(std::move(options)), data_(options_.data), port_(free_ports(3)) {
    config_ = folder_ / "hall.toml";
    write_file(config_, options_.hall.empty() ? small_hall_toml(8) : options_.hall);
    if (data_.empty()) data_ = folder_ / "data";
    std::filesystem::create_directories(data_);
    log_ = folder_ / "server.log";
    if (options_.link == Link::curve && !std::filesystem::exists(data_ / "keys")) {
        const Finished made = run({program("hallctl"), "--keys", keys_folder("admin"), "device",
                                   "init", "--data", data_.string()});
        if (made.exit_code != 0) give_up(made.errors);
    }
    start();
}

void RunningHall::start() {
    Command command = options_.under;
    command.insert(command.end(), {program("hall-server"), "--config", config_.string(), "--data",
                                   data_.string(), "--port", std::to_string(port_)});
    if (!options_.clock.empty()) command.insert(command.end(), {"--demo-clock", options_.clock});
    command.insert(command.end(), options_.words.begin(), options_.words.end());
    process_ = Process(command, log_);
    client::CommandClient client(admin(), {200, 1'000});
    const bool up =
        eventually([&] { return !process_.running() || client.ask(status()); }, kUpWithin);
    if (!up || !process_.running()) give_up("the server does not run:\n" + log());
}

void RunningHall::start_at(const std::string& clock) {
    options_.clock = clock;
    start();
}

int RunningHall::stop() {
    process_.signal(SIGTERM);
    const auto code = process_.wait();
    if (!code) give_up("the server does not stop:\n" + log());
    return *code;
}

std::string RunningHall::keys_folder(const std::string& device) const {
    if (options_.link == Link::plain) return {};
    return (folder_ / ("keys-" + device)).string();
}

void RunningHall::enrol(const std::string& name, protocol::Role::Value role, uint32_t window) {
    if (options_.link == Link::plain) return;
    const client::KeyPair pair = client::make_key_pair();
    const auto server_key = client::read_public_key(keys_folder("admin"), "server");
    HALL_CHECK(server_key && client::write_key_pair(keys_folder(name), "device", pair) &&
               client::write_public_key(keys_folder(name), "server", *server_key));
    client::CommandClient client(admin());
    protocol::Command command;
    auto* device = command.mutable_enrol_device();
    device->set_name(name);
    device->set_role(role);
    device->set_public_key(pair.public_key);
    device->set_window(window);
    must_do(client.send(command));
}

client::Server RunningHall::device(const std::string& name) const {
    const std::string address = fmt::format("tcp://127.0.0.1:{}", port_);
    if (options_.link == Link::plain) return {address, std::nullopt};
    const auto server = client::find_server(address, keys_folder(name));
    if (!server) give_up(server.error().message);
    return *server;
}

Command RunningHall::words_for(const std::string& device) const {
    Command words = {"--server", fmt::format("tcp://127.0.0.1:{}", port_)};
    if (options_.link == Link::curve) {
        words.push_back("--keys");
        words.push_back(keys_folder(device));
    }
    return words;
}

Finished RunningHall::hallctl(const Command& words) const {
    Command command = {program("hallctl")};
    const Command reach = words_for("admin");
    command.insert(command.end(), reach.begin(), reach.end());
    command.insert(command.end(), words.begin(), words.end());
    return run(command);
}

void RunningHall::open(const std::vector<uint32_t>& windows) {
    client::CommandClient client(admin());
    protocol::Command hall;
    hall.mutable_open_hall();
    const protocol::Reply opened = must(client.send(hall));
    // By the clock it may be open already.
    HALL_CHECK(!opened.has_refusal() ||
               opened.refusal().code() == protocol::RefusalCode::already_open);
    for (const uint32_t window : windows) must_do(client.send(open_window(window)));
}

protocol::Command issue(const std::string& service) {
    protocol::Command command;
    command.mutable_issue_ticket()->add_services(service);
    command.mutable_issue_ticket()->set_no_print(true);
    return command;
}

protocol::Command call_next(uint32_t window, const std::string& offered) {
    protocol::Command command;
    command.mutable_call_next()->set_window(window);
    command.mutable_call_next()->set_offered(offered);
    return command;
}

protocol::Command start_service(uint32_t window) {
    protocol::Command command;
    command.mutable_start_service()->set_window(window);
    return command;
}

protocol::Command finish(uint32_t window) {
    protocol::Command command;
    command.mutable_finish_service()->set_window(window);
    return command;
}

protocol::Command open_window(uint32_t window) {
    protocol::Command command;
    command.mutable_open_window()->set_window(window);
    return command;
}

protocol::Query status() {
    protocol::Query query;
    query.mutable_status();
    return query;
}

protocol::Reply must(const client::Answer& answer) {
    if (!answer) give_up(answer.error().code + ": " + answer.error().message);
    return *answer;
}

protocol::Reply must_do(const client::Answer& answer) {
    protocol::Reply reply = must(answer);
    if (reply.has_refusal()) give_up("refused: " + reply.refusal().ShortDebugString());
    return reply;
}

std::vector<protocol::EventRecord> all_events(client::CommandClient& client) {
    std::vector<protocol::EventRecord> events;
    for (uint64_t next = 1;;) {
        protocol::Query query;
        query.mutable_events()->set_from_seq(next);
        query.mutable_events()->set_limit(kEventsAPage);
        protocol::Reply reply = must_do(client.ask(query));
        for (auto& event : *reply.mutable_events()->mutable_events()) {
            next = event.seq() + 1;
            events.push_back(std::move(event));
        }
        if (next > reply.events().head_seq() || reply.events().events().empty()) return events;
    }
}

}  // namespace hall::stage
