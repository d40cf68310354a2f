#include "tests/printers/cups_fixture.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <thread>

namespace hall::tests {

namespace {

namespace fs = std::filesystem;
constexpr auto kLook = std::chrono::milliseconds(5);

[[noreturn]] void give_up(const std::string& why) {
    std::fprintf(stderr, "cups_fixture: %s\n", why.c_str());
    std::abort();
}

fs::path make_folder() {
    std::string name = (fs::temp_directory_path() / "nuanting-test.XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) give_up("no temporary folder");
    fs::permissions(name, fs::perms(0755));
    return name;
}

std::vector<fs::path> documents(const fs::path& folder) {
    std::vector<fs::path> result;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const std::string extension = entry.path().extension();
        if (extension == ".pdf" || extension == ".pwg") result.push_back(entry.path());
    }
    std::sort(result.begin(), result.end());
    return result;
}

// R, S, T, Z, … of a /proc/…/stat; 0 when there is no such process.
char process_state(const fs::path& stat) {
    std::ifstream file(stat);
    std::string text;
    std::getline(file, text);
    const auto name_end = text.rfind(") ");
    return name_end == std::string::npos ? char{0} : text[name_end + 2];
}

// What it runs at the moment: the print command of a printer, the filters of cupsd.
std::vector<pid_t> children_of(pid_t pid) {
    std::vector<pid_t> result;
    for (const auto& task : fs::directory_iterator("/proc/" + std::to_string(pid) + "/task")) {
        std::ifstream list(task.path() / "children");
        pid_t child = 0;
        while (list >> child) result.push_back(child);
    }
    return result;
}

// One GET of the printer's web form.
void get(const std::string& port, const std::string& path) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo("localhost", port.c_str(), &hints, &found) != 0) give_up("no localhost");
    int connection = -1;
    for (addrinfo* at = found; at != nullptr && connection < 0; at = at->ai_next) {
        connection = ::socket(at->ai_family, at->ai_socktype, at->ai_protocol);
        if (::connect(connection, at->ai_addr, at->ai_addrlen) != 0) {
            ::close(connection);
            connection = -1;
        }
    }
    ::freeaddrinfo(found);
    if (connection < 0) give_up("the printer's web form does not answer");
    const std::string request =
        "GET " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nConnection: close\r\n\r\n";
    if (::send(connection, request.data(), request.size(), MSG_NOSIGNAL) < 0) give_up("send");
    char buffer[4096];
    std::string answer;
    ssize_t got = 0;
    while ((got = ::recv(connection, buffer, sizeof buffer, 0)) > 0) {
        answer.append(buffer, static_cast<size_t>(got));
        if (answer.find("</html>") != std::string::npos) break;
    }
    ::close(connection);
    if (answer.find(" 200 ") == std::string::npos) give_up("the web form refused: " + answer);
}

}  // namespace

bool eventually(const std::function<bool()>& holds, std::chrono::milliseconds limit) {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (!holds()) {
        if (std::chrono::steady_clock::now() >= end) return false;
        std::this_thread::sleep_for(kLook);
    }
    return true;
}

CupsFixture::CupsFixture(With with) : folder_(make_folder()) {
    const std::string script = std::string(HALL_SOURCE_DIR) + "/scripts/virtual_printer";
    const std::string folder = folder_.string();
    int ends[2];
    if (::pipe(ends) != 0) give_up("no pipe");
    script_ = ::fork();
    if (script_ == 0) {
        ::setpgid(0, 0);
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        ::dup2(ends[1], STDOUT_FILENO);
        ::close(ends[0]);
        ::close(ends[1]);
        const char* option = nullptr;
        const char* value = nullptr;
        if (with == With::printer_and_queue) {
            option = "--queue";
            value = "ticket";
        } else if (with == With::pdf_printer) {
            option = "--formats";
            value = "application/pdf";
        }
        ::execl(script.c_str(), script.c_str(), "--dir", folder.c_str(), option, value, nullptr);
        ::_exit(127);
    }
    ::close(ends[1]);
    output_ = ends[0];
    FILE* lines = ::fdopen(::dup(output_), "r");
    char line[1024];
    bool ready = false;
    while (!ready && std::fgets(line, sizeof line, lines) != nullptr) {
        std::string text = line;
        text.erase(text.find_last_not_of('\n') + 1);
        if (text.starts_with("ipp://")) printer_uri_ = text;
        if (text.starts_with("cups://")) queue_uri_ = text;
        ready = text == "ready";
    }
    std::fclose(lines);
    if (!ready) give_up("scripts/virtual_printer did not start");
}

CupsFixture::~CupsFixture() {
    ::kill(script_, SIGTERM);
    int status = 0;
    if (!eventually([&] { return ::waitpid(script_, &status, WNOHANG) != 0; })) {
        ::kill(script_, SIGKILL);
        ::waitpid(script_, &status, 0);
    }
    ::kill(-script_, SIGKILL);  // its process group, should anything be left of it
    ::close(output_);
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

void CupsFixture::set_paper(Paper paper) {
    std::string main = "250";
    std::string bypass = "25";
    switch (paper) {
        case Paper::full:
            break;
        case Paper::low:
            main = bypass = "5";
            break;
        case Paper::out:
            main = bypass = "0";
            break;
    }
    const auto colon = printer_uri_.find(':', 6);
    const std::string port =
        printer_uri_.substr(colon + 1, printer_uri_.find('/', colon) - colon - 1);
    get(port, "/media?size1=na_letter_8.5x11in&type1=stationery&level1=" + main +
                  "&size3=na_number-10_4.125x9.5in&type3=envelope&level3=" + bypass);
}

void CupsFixture::behave(const std::string& how) {
    // In one step, so that the print command never reads half a word.
    const fs::path next = folder_ / "behave.next";
    std::ofstream(next) << how << '\n';
    fs::rename(next, folder_ / "behave");
}

pid_t CupsFixture::pid_of(Process process) const {
    pid_t pid = 0;
    std::ifstream(folder_ / "pid" / (process == Process::printer ? "printer" : "cupsd")) >> pid;
    if (pid <= 0) give_up("no such process");
    return pid;
}

void CupsFixture::freeze(Process process) {
    ::kill(pid_of(process), SIGSTOP);
}
void CupsFixture::thaw(Process process) {
    ::kill(pid_of(process), SIGCONT);
}

void CupsFixture::kill(Process process) {
    const pid_t pid = pid_of(process);
    const std::vector<pid_t> children = children_of(pid);
    ::kill(pid, SIGKILL);
    for (const pid_t child : children) ::kill(child, SIGKILL);
    // The script is its parent; gone from /proc or a zombie, it no longer listens.
    const fs::path stat = "/proc/" + std::to_string(pid) + "/stat";
    if (!eventually([&] { return process_state(stat) == 'Z' || process_state(stat) == 0; })) {
        give_up("a process does not die");
    }
}

void CupsFixture::start_printer_again() {
    const pid_t before = pid_of(Process::printer);
    ::kill(script_, SIGHUP);
    if (!eventually([&] {
            pid_t pid = 0;
            std::ifstream(folder_ / "pid" / "printer") >> pid;
            return pid > 0 && pid != before;
        })) {
        give_up("the printer did not start again");
    }
}

std::vector<fs::path> CupsFixture::printed() const {
    return documents(folder_ / "paper");
}
std::vector<fs::path> CupsFixture::arrived() const {
    return documents(folder_ / "arrived");
}

std::vector<fs::path> CupsFixture::kept_by_queue() const {
    std::vector<fs::path> result;
    for (const auto& entry : fs::directory_iterator(cups_folder() / "spool")) {
        if (entry.path().filename().string().starts_with("d")) result.push_back(entry.path());
    }
    return result;
}

}  // namespace hall::tests
