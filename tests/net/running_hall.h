// A hall with real sockets on free ports of loopback, served by a thread of the test. Its log is a
// SQLite file in a folder of its own; stop() and start() are a restart on the same ports.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "client/command_client.h"
#include "client/keys.h"
#include "protocol/hall.pb.h"

namespace hall::test {

// Whether `condition` became true within `limit`.
bool eventually(const std::function<bool()>& condition,
                std::chrono::milliseconds limit = std::chrono::seconds(5));

// The first of three free ports in a row.
int free_ports();

// A folder that is removed with the object.
class Folder {
  public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::filesystem::path& path() const { return path_; }
    std::string operator/(const std::string& name) const { return (path_ / name).string(); }

  private:
    std::filesystem::path path_;
};

// Windows 1 to 3 in zone "hall" serve "pension"; open since an hour, categories "80plus" (20 min).
protocol::HallRules small_hall_rules();

enum class Security { plain, curve };

class RunningHall {
  public:
    explicit RunningHall(Security security = Security::plain,
                         protocol::HallRules rules = small_hall_rules());
    ~RunningHall();
    RunningHall(const RunningHall&) = delete;
    RunningHall& operator=(const RunningHall&) = delete;

    void stop();
    void start();
    // Forgets the log: the next start is another hall on the same ports. REQUIRES: stopped.
    void wipe();

    int port() const { return port_; }
    // The server with the first admin's keys, or plain.
    client::Server server() const;
    // The server as seen by another device. REQUIRES: Security::curve.
    client::Server server_for(const client::KeyPair& device) const;
    // Makes a pair and enrols it.
    client::KeyPair enrol(const std::string& name, protocol::Role::Value role, uint32_t window = 0);

  private:
    struct Running;

    Folder folder_;
    int port_;
    protocol::HallRules rules_;
    std::optional<client::KeyPair> server_keys_;
    client::KeyPair admin_keys_;
    std::unique_ptr<Running> running_;
};

// Commands and queries that tests send often.
protocol::Command open_window(uint32_t window);
protocol::Command pause_window(uint32_t window);
protocol::Command issue_ticket();
protocol::Query status_query();

// The refusal code of an answer; `unknown` when it is no refusal.
protocol::RefusalCode::Value refusal_code(const client::Answer& answer);

}  // namespace hall::test
