// Process: a program that a test or a measurement started. It runs in a group of its own, ends with
// the object, and dies with whoever started it.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hall::stage {

using Command = std::vector<std::string>;

class Process {
  public:
    Process() = default;
    // Output goes to `log`, appended; `environment` is added to ours. Ends the program with a
    // sentence when it cannot be started: nothing can go on then.
    Process(const Command& command, const std::filesystem::path& log,
            const std::map<std::string, std::string>& environment = {});
    ~Process();
    Process(Process&& other) noexcept;
    Process& operator=(Process&& other) noexcept;

    pid_t pid() const { return pid_; }
    bool running();
    // To the process only; does nothing when it has ended.
    void signal(int number);
    // Its exit code, 128 + the signal that ended it, or nothing when it still runs at the limit.
    std::optional<int> wait(std::chrono::milliseconds limit = std::chrono::seconds(10));
    // SIGKILL to the whole group, and waits.
    void kill();

  private:
    bool reap(bool block);

    pid_t pid_ = 0;
    std::optional<int> status_;
};

struct Finished {
    int exit_code = 0;
    std::string output;  // stdout
    std::string errors;  // stderr
};

// Runs a program to its end and keeps what it said.
Finished run(const Command& command, const std::string& input = "");

// Waits until `holds()`, looking every few milliseconds; false when `limit` passed first.
bool eventually(const std::function<bool()>& holds,
                std::chrono::milliseconds limit = std::chrono::seconds(10));

std::string read_file(const std::filesystem::path& path);
void write_file(const std::filesystem::path& path, const std::string& text);

// A new folder under the system's temporary one, removed with the object.
class Folder {
  public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

  private:
    std::filesystem::path path_;
};

// The first of `count` neighbouring TCP ports of 127.0.0.1 that nobody listens on.
int free_ports(int count);

}  // namespace hall::stage
