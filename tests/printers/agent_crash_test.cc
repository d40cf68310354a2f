// kill -9 of hall-printd under load, on a real hall-server and a real printer: every ticket is on
// paper at least once, and whatever is on paper twice says so.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "client/command_client.h"
#include "printers/layout/captions.h"
#include "tests/printers/cups_fixture.h"

namespace hall::tests {
namespace {

using namespace std::chrono_literals;

constexpr int kRounds = 50;
constexpr int kTicketsPerRound = 2;

// A program of ours; killed when this ends.
class Program {
  public:
    explicit Program(std::vector<std::string> arguments) {
        pid_ = ::fork();
        if (pid_ != 0) return;
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        std::vector<char*> argv;
        for (std::string& argument : arguments) argv.push_back(argument.data());
        argv.push_back(nullptr);
        ::execv(argv.front(), argv.data());
        ::_exit(127);
    }
    ~Program() { end(SIGKILL); }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    // Its exit code; -1 when a signal ended it.
    int end(int with) {
        if (pid_ == 0) return ended_;
        int status = 0;
        ::kill(pid_, with);
        ::waitpid(pid_, &status, 0);
        pid_ = 0;
        ended_ = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        return ended_;
    }

  private:
    pid_t pid_ = 0;
    int ended_ = -1;
};

std::string text_of(const std::filesystem::path& pdf) {
    const std::string command = "pdftotext -raw '" + pdf.string() + "' -";
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
    std::string text;
    std::array<char, 4096> buffer{};
    size_t got = 0;
    while ((got = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) > 0) {
        text.append(buffer.data(), got);
    }
    return text;
}

class CrashingAgent : public testing::Test {
  protected:
    void SetUp() override {
        std::string name = std::filesystem::temp_directory_path() / "nuanting-hall.XXXXXX";
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder_ = name;
        const std::string port = std::to_string(21'000 + ::getpid() % 8'000 * 3);
        server_.address = "tcp://127.0.0.1:" + port;
        hall_ = std::make_unique<Program>(std::vector<std::string>{
            HALL_BIN_DIR "/hall-server", "--config", HALL_SOURCE_DIR "/config/county_hall.toml",
            "--data", folder_.string(), "--port", port});
        client_ =
            std::make_unique<client::CommandClient>(server_, client::RetryOptions{500, 20'000});
        protocol::Command open;
        open.mutable_open_hall();
        const auto opened = client_->send(open);
        ASSERT_TRUE(opened.has_value()) << opened.error().message;
        start_agent();
    }
    void TearDown() override {
        agent_.reset();
        hall_.reset();
        std::filesystem::remove_all(folder_);
    }

    void start_agent() {
        agent_ = std::make_unique<Program>(
            std::vector<std::string>{HALL_BIN_DIR "/hall-printd", "--server", server_.address,
                                     "--printer", "entrance=" + printer_.printer_uri()});
    }

    std::string issue() {
        protocol::Command command;
        command.mutable_issue_ticket()->add_services("pension_claim");
        const auto answer = client_->send(command);
        EXPECT_TRUE(answer && answer->has_ticket()) << answer->ShortDebugString();
        return answer ? answer->ticket().number() : "";
    }

    std::map<std::string, protocol::PrintState::Value> prints() {
        protocol::Query query;
        query.mutable_print_list();
        std::map<std::string, protocol::PrintState::Value> result;
        const auto answer = client_->ask(query);
        if (!answer) return result;
        for (const auto& job : answer->print_jobs().print_jobs()) {
            result[job.number()] = job.state();
        }
        return result;
    }

    std::filesystem::path folder_;
    client::Server server_;
    CupsFixture printer_{CupsFixture::With::pdf_printer};
    std::unique_ptr<Program> hall_;
    std::unique_ptr<client::CommandClient> client_;
    std::unique_ptr<Program> agent_;
};

TEST_F(CrashingAgent, EveryTicketIsOnPaperAndDuplicatesAreMarked) {
    std::mt19937 chance(7);
    std::set<std::string> numbers;
    for (int round = 0; round < kRounds; ++round) {
        for (int i = 0; i < kTicketsPerRound; ++i) numbers.insert(issue());
        // Long enough to connect, claim and print some of them; killed anywhere in between.
        const std::size_t before = printer_.arrived().size();
        eventually([&] { return printer_.arrived().size() > before; }, 5s);
        eventually([] { return false; }, std::chrono::milliseconds(chance() % 120));
        agent_->end(SIGKILL);
        start_agent();
    }
    ASSERT_EQ(numbers.size(), static_cast<std::size_t>(kRounds * kTicketsPerRound));
    EXPECT_TRUE(eventually(
        [&] {
            const auto states = prints();
            return std::all_of(numbers.begin(), numbers.end(), [&](const std::string& number) {
                return states.contains(number) &&
                       states.at(number) == protocol::PrintState::printed;
            });
        },
        60s));
    EXPECT_EQ(agent_->end(SIGTERM), 0);

    std::map<std::string, int> plain;
    std::map<std::string, int> marked;
    for (const auto& document : printer_.printed()) {
        const std::string text = text_of(document);
        for (const std::string& number : numbers) {
            if (text.find(number) == std::string::npos) continue;
            const bool reprint =
                text.find(printers::layout::caption_reprint()) != std::string::npos;
            ++(reprint ? marked : plain)[number];
        }
    }
    for (const std::string& number : numbers) {
        EXPECT_GE(plain[number] + marked[number], 1) << number << " never came out";
        EXPECT_LE(plain[number], 1) << number << " came out twice without a mark";
    }
}

}  // namespace
}  // namespace hall::tests
