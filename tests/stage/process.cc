#include "tests/stage/process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <thread>
#include <utility>

#include "protocol/check.h"

namespace hall::stage {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

int code_of(int status) {
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// In the child, between fork and exec: only what is safe there.
[[noreturn]] void become(const Command& command, const std::filesystem::path& log,
                         const std::map<std::string, std::string>& environment) {
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    // Blocked signals would be inherited, and the program could not be asked to stop.
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    const int out = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    const int in = open("/dev/null", O_RDONLY | O_CLOEXEC);
    dup2(in, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    for (const auto& [name, value] : environment) setenv(name.c_str(), value.c_str(), 1);
    std::vector<char*> words;
    for (const auto& word : command) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    execvp(words[0], words.data());
    std::perror(words[0]);
    _exit(127);
}

}  // namespace

Process::Process(const Command& command, const std::filesystem::path& log,
                 const std::map<std::string, std::string>& environment) {
    pid_ = fork();
    HALL_CHECK(pid_ >= 0);
    if (pid_ == 0) become(command, log, environment);
    setpgid(pid_, pid_);  // both do it: whoever is first
}

Process::~Process() {
    kill();
}

Process::Process(Process&& other) noexcept
    : pid_(std::exchange(other.pid_, 0)), status_(other.status_) {}

Process& Process::operator=(Process&& other) noexcept {
    if (this != &other) {
        kill();
        pid_ = std::exchange(other.pid_, 0);
        status_ = other.status_;
    }
    return *this;
}

bool Process::reap(bool block) {
    if (pid_ == 0 || status_) return true;
    int status = 0;
    if (waitpid(pid_, &status, block ? 0 : WNOHANG) != pid_) return false;
    status_ = code_of(status);
    return true;
}

bool Process::running() {
    return pid_ != 0 && !reap(false);
}

void Process::signal(int number) {
    if (running()) ::kill(pid_, number);
}

std::optional<int> Process::wait(milliseconds limit) {
    if (!eventually([this] { return reap(false); }, limit)) return std::nullopt;
    return status_;
}

void Process::kill() {
    if (pid_ == 0) return;
    // The group may outlive its leader.
    ::kill(-pid_, SIGKILL);
    reap(true);
}

Finished run(const Command& command, const std::string& input) {
    int out[2];
    int err[2];
    int in[2];
    HALL_CHECK(pipe2(out, O_CLOEXEC) == 0 && pipe2(err, O_CLOEXEC) == 0 &&
               pipe2(in, O_CLOEXEC) == 0);
    const pid_t pid = fork();
    HALL_CHECK(pid >= 0);
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        dup2(in[0], STDIN_FILENO);
        dup2(out[1], STDOUT_FILENO);
        dup2(err[1], STDERR_FILENO);
        std::vector<char*> words;
        for (const auto& word : command) words.push_back(const_cast<char*>(word.c_str()));
        words.push_back(nullptr);
        execvp(words[0], words.data());
        _exit(127);
    }
    for (const int fd : {in[0], out[1], err[1]}) close(fd);
    HALL_CHECK(write(in[1], input.data(), input.size()) == static_cast<ssize_t>(input.size()));
    close(in[1]);
    const auto read_all = [](int fd) {
        std::string text;
        char buffer[16 * 1024];
        for (ssize_t got = 0; (got = read(fd, buffer, sizeof buffer)) > 0;) {
            text.append(buffer, static_cast<std::size_t>(got));
        }
        close(fd);
        return text;
    };
    Finished finished;
    std::thread errors([&] { finished.errors = read_all(err[0]); });
    finished.output = read_all(out[0]);
    errors.join();
    int status = 0;
    HALL_CHECK(waitpid(pid, &status, 0) == pid);
    finished.exit_code = code_of(status);
    return finished;
}

bool eventually(const std::function<bool()>& holds, milliseconds limit) {
    const auto until = steady_clock::now() + limit;
    while (!holds()) {
        if (steady_clock::now() > until) return false;
        std::this_thread::sleep_for(milliseconds(3));
    }
    return true;
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void write_file(const std::filesystem::path& path, const std::string& text) {
    std::ofstream file(path, std::ios::binary);
    file << text;
    HALL_CHECK(file.good());
}

Folder::Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "nuanting-test.XXXXXX").string();
    HALL_CHECK(mkdtemp(name.data()) != nullptr);
    path_ = name;
}

Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

int free_ports(int count) {
    static std::mt19937 dice{std::random_device{}()};
    const auto is_free = [](int port) {
        const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        HALL_CHECK(fd >= 0);
        const int on = 1;
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(static_cast<uint16_t>(port));
        const bool bound =
            bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
        close(fd);
        return bound;
    };
    for (;;) {
        // Below the ports that the system gives to clients.
        const int first = std::uniform_int_distribution<int>(12'000, 32'000 - count)(dice);
        int found = 0;
        while (found < count && is_free(first + found)) ++found;
        if (found == count) return first;
    }
}

}  // namespace hall::stage
