// RunningHall: a real hall-server in a process of its own, with a folder, ports and keys of its
// own. Used by tests/end_to_end and by the benchmarks.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "client/command_client.h"
#include "client/keys.h"
#include "protocol/hall.pb.h"
#include "tests/stage/process.h"

namespace hall::stage {

// A program of this build, by name.
std::string program(const std::string& name);
// A file of this source tree.
std::filesystem::path source(const std::string& path);

class RunningHall {
  public:
    enum class Link { plain, curve };
    struct Options {
        Link link = Link::curve;
        std::string hall;                          // text of its file; empty: small_hall_toml(8)
        std::filesystem::path data;                // empty: a temporary folder
        std::string clock = "2026-11-23T10:00,1";  // --demo-clock; empty: the wall's
        std::vector<std::string> words;            // more options of hall-server
        Command under;                             // words before the program: what it is run under
    };

    // Started and answering when it returns; ends the program with the server's log when not.
    explicit RunningHall(Options options);
    RunningHall() : RunningHall(Options()) {}

    // Starts it after stop() or kill(), with the same folder and ports.
    void start();
    // The same, on another demo clock: the hall's next morning.
    void start_at(const std::string& clock);
    // SIGTERM; returns its exit code.
    int stop();
    // As if the plug was pulled.
    void kill() { process_.kill(); }
    Process& process() { return process_; }

    int port() const { return port_; }
    const std::filesystem::path& data() const { return data_; }
    const std::filesystem::path& config() const { return config_; }
    const std::filesystem::path& folder() const { return folder_.path(); }
    std::string log() const { return read_file(log_); }

    // How an admin reaches it.
    client::Server admin() const { return device("admin"); }
    // The same as a folder for programs; empty when plain.
    std::string keys_folder(const std::string& device) const;
    // Makes keys and enrols them (nothing to do when plain).
    void enrol(const std::string& name, protocol::Role::Value role, uint32_t window = 0);
    // How an enrolled device reaches it.
    client::Server device(const std::string& name) const;
    // "--server", …, "--keys", …: what every program of this hall is told.
    Command words_for(const std::string& device) const;
    // hallctl as the admin.
    Finished hallctl(const Command& words) const;

    // Opens the hall by hand, and the windows given.
    void open(const std::vector<uint32_t>& windows);

  private:
    Options options_;
    Folder folder_;
    std::filesystem::path config_;
    std::filesystem::path data_;
    std::filesystem::path log_;
    int port_ = 0;
    Process process_;
};

// The commands that tests send most.
protocol::Command issue(const std::string& service);
protocol::Command call_next(uint32_t window, const std::string& offered = "");
protocol::Command start_service(uint32_t window);
protocol::Command finish(uint32_t window);
protocol::Command open_window(uint32_t window);
protocol::Query status();

// The answer, or the end of the program with what went wrong. A refusal is an answer.
protocol::Reply must(const client::Answer& answer);
// As `must`, and it is no refusal.
protocol::Reply must_do(const client::Answer& answer);

// All events of the log, asked for in pages.
std::vector<protocol::EventRecord> all_events(client::CommandClient& client);

}  // namespace hall::stage
