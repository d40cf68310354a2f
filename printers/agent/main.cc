// hall-printd: the print agent. One lane per printer; stops on SIGTERM after its current verdicts.
#include <signal.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <boost/program_options.hpp>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "client/command_client.h"
#include "client/view_feed.h"
#include "config/hall_file.h"
#include "printers/agent/lane.h"
#include "printers/spooler/spooler.h"

namespace {

namespace fs = std::filesystem;
namespace options = boost::program_options;
using hall::Error;
using hall::printers::agent::Doorbell;
using hall::printers::agent::HallPort;
using hall::printers::agent::Lane;
using hall::printers::agent::LaneOptions;
using hall::printers::agent::Use;
using hall::printers::layout::Paper;

// Exit codes that every program of the hall shares.
constexpr int kOk = 0;
constexpr int kRefused = 1;
constexpr int kUsage = 2;

constexpr std::size_t kPrintersMax = hall::config::kPrintersMax;

constexpr int kBandPaper_mm = 25;    // of wristbands
constexpr int kSheetPaper_mm = 210;  // A4

// A lane gives up on the hall sooner than people do: it tries again with the same id anyway.
constexpr hall::client::RetryOptions kRetry{1'000, 2'000};

struct PrinterChoice {
    std::string name;
    std::string uri;
    int paper_mm = 80;
    bool zpl = false;
};

struct Choices {
    std::string server;
    std::string keys;
    std::vector<PrinterChoice> printers;
    std::string png_folder;
};

int complain(int exit_code, const Error& error) {
    std::fprintf(stderr, "%s\n%s\n", error.code.c_str(), error.message.c_str());
    return exit_code;
}

options::options_description describe() {
    options::options_description description("hall-printd prints the tickets of a hall");
    description.add_options()("help", "this text")("version", "the version")(
        "config", options::value<std::string>(), "the hall's TOML file: its [[printer]] entries")(
        "server", options::value<std::string>()->default_value("tcp://127.0.0.1:7400"),
        "where the hall answers: tcp://HOST:PORT")(
        "keys", options::value<std::string>()->default_value(""),
        "this device's keys folder (default ~/.config/nuanting)")(
        "printer", options::value<std::vector<std::string>>()->composing(),
        "NAME=URI: one printer, again for more; overrides the file's URI of that name. "
        "ipp://HOST:PORT/ipp/print, cups:QUEUE, cups://HOST:PORT/QUEUE, or socket://HOST:PORT for "
        "a label printer that takes ZPL")(
        "paper", options::value<int>()->default_value(80),
        "width in mm of the paper of --printer: rolls of 58 or 80, sheets of 210 (A4), or 25 for "
        "wristbands")(
        "png", options::value<std::string>()->default_value(""),
        "folder that also gets every printed ticket as NUMBER.png (never a paper with a name)");
    return description;
}

tl::expected<void, Error> add_flags(const options::variables_map& given, Choices& choices) {
    const int paper_mm = given["paper"].as<int>();
    if (paper_mm != 58 && paper_mm != 80 && paper_mm != kBandPaper_mm &&
        paper_mm != kSheetPaper_mm) {
        return tl::unexpected(Error{"paper_unknown", "--paper is 58, 80, 210 or 25"});
    }
    if (given.count("printer") == 0) return {};
    for (const std::string& text : given["printer"].as<std::vector<std::string>>()) {
        const std::size_t equals = text.find('=');
        if (equals == 0 || equals == std::string::npos) {
            return tl::unexpected(
                Error{"printer_invalid", "--printer " + text + ": write NAME=URI"});
        }
        const std::string name = text.substr(0, equals);
        const std::string uri = text.substr(equals + 1);
        bool known = false;
        for (PrinterChoice& printer : choices.printers) {
            if (printer.name != name) continue;
            printer.uri = uri;
            if (!given["paper"].defaulted()) printer.paper_mm = paper_mm;
            known = true;
        }
        if (!known) choices.printers.push_back({name, uri, paper_mm, false});
    }
    return {};
}

Paper paper_of(int paper_mm) {
    if (paper_mm == kSheetPaper_mm) return Paper::a4;
    return paper_mm == 58 ? Paper::roll_58mm : Paper::roll_80mm;
}

// Listens to the hall and runs one lane per printer until stop().
class Agent {
  public:
    Agent(const hall::client::Server& server, const Choices& choices)
        : server_(server),
          feed_(server, hall::client::kPrinterTopic, [this] { bell_.ring(); }),
          choices_(choices) {}

    // Errors: printer_uri_invalid; then nothing was started.
    tl::expected<void, Error> start() {
        std::vector<std::unique_ptr<hall::printers::spooler::Spooler>> spoolers;
        for (const PrinterChoice& printer : choices_.printers) {
            auto spooler = hall::printers::spooler::make_spooler(printer.uri);
            if (!spooler) return tl::unexpected(spooler.error());
            spoolers.push_back(std::move(*spooler));
        }
        for (std::size_t i = 0; i < spoolers.size(); ++i) {
            threads_.emplace_back([this, i, spooler = std::move(spoolers[i])]() mutable {
                run_lane(choices_.printers[i], std::move(spooler));
            });
        }
        return {};
    }

    hall::client::FeedState hall_state() const { return feed_.newest().state; }

    void stop() {
        bell_.stop();
        for (std::thread& thread : threads_) thread.join();
    }

  private:
    void run_lane(const PrinterChoice& printer,
                  std::unique_ptr<hall::printers::spooler::Spooler> spooler) {
        hall::client::CommandClient client(server_, kRetry);
        HallPort port;
        port.send = [&client](const hall::protocol::Command& command, const std::string& id) {
            return client.send(command, id);
        };
        port.newest = [this] { return feed_.newest().view; };
        LaneOptions lane;
        lane.printer = printer.name;
        lane.paper = paper_of(printer.paper_mm);
        lane.use = printer.paper_mm == kBandPaper_mm ? Use::wristbands : Use::slips;
        lane.zpl = printer.zpl;
        if (!choices_.png_folder.empty()) lane.png_folder = choices_.png_folder;
        Lane(std::move(lane), std::move(spooler), std::move(port), bell_).run();
    }

    const hall::client::Server server_;
    Doorbell bell_;
    hall::client::PrinterFeed feed_;
    const Choices choices_;
    std::vector<std::thread> threads_;
};

// Waits for SIGTERM or SIGINT, or until the hall says that it will never have us.
int serve(Agent& agent, const sigset_t& signals) {
    using hall::client::FeedState;
    std::optional<FeedState> last;
    while (true) {
        const timespec second{1, 0};
        if (sigtimedwait(&signals, nullptr, &second) > 0) return kOk;
        const FeedState state = agent.hall_state();
        if (state == FeedState::not_enrolled) {
            return complain(kRefused, {"device_not_enrolled",
                                       "the hall does not know this device's key: enrol it with "
                                       "hallctl device enrol --role printer"});
        }
        if (state == FeedState::keys_mismatch) {
            return complain(kRefused, {"keys_mismatch",
                                       "this device has keys and the hall runs without: leave "
                                       "--keys out or give the server its keys"});
        }
        if (state == last) continue;
        if (state == FeedState::live) spdlog::info("the hall answers");
        if (state == FeedState::stale) spdlog::warn("the hall does not answer; still trying");
        last = state;
    }
}

tl::expected<Choices, int> read_choices(int argc, char** argv) {
    const options::options_description description = describe();
    options::variables_map given;
    try {
        options::store(options::command_line_parser(argc, argv).options(description).run(), given);
        options::notify(given);
    } catch (const options::error& problem) {
        std::fprintf(stderr, "usage\n%s (see --help)\n", problem.what());
        return tl::unexpected(kUsage);
    }
    if (given.count("help") != 0) {
        std::cout << description;
        return tl::unexpected(kOk);
    }
    if (given.count("version") != 0) {
        std::puts("hall-printd " HALL_VERSION);
        return tl::unexpected(kOk);
    }
    Choices choices{given["server"].as<std::string>(),
                    given["keys"].as<std::string>(),
                    {},
                    given["png"].as<std::string>()};
    if (given.count("config") != 0) {
        const auto file = hall::config::load(given["config"].as<std::string>());
        if (!file) {
            std::fprintf(stderr, "config_invalid\n");
            for (const auto& problem : file.error()) {
                std::fprintf(stderr, "%s\n", hall::config::to_string(problem).c_str());
            }
            return tl::unexpected(kRefused);
        }
        for (const auto& printer : file->printers) {
            choices.printers.push_back({printer.name, printer.uri, printer.paper_mm,
                                        printer.language == hall::config::PrinterLanguage::zpl});
        }
    }
    if (const auto added = add_flags(given, choices); !added) {
        return tl::unexpected(complain(kUsage, added.error()));
    }
    if (choices.printers.empty() || choices.printers.size() > kPrintersMax) {
        return tl::unexpected(complain(
            kUsage, {"no_printer", "name 1 to " + std::to_string(kPrintersMax) +
                                       " printers with --printer NAME=URI or --config FILE"}));
    }
    return choices;
}

}  // namespace

int main(int argc, char** argv) {
    spdlog::set_default_logger(spdlog::stderr_logger_mt("hall-printd"));
    const auto choices = read_choices(argc, argv);
    if (!choices) return choices.error();
    const auto server = hall::client::find_server(choices->server, choices->keys);
    if (!server) return complain(kRefused, server.error());
    if (!choices->png_folder.empty()) {
        std::error_code error;
        fs::create_directories(choices->png_folder, error);
        if (error) {
            return complain(kRefused,
                            {"png_unwritable", choices->png_folder + ": " + error.message()});
        }
    }
    // Before any thread starts, so that only serve() sees them.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    signal(SIGPIPE, SIG_IGN);
    Agent agent(*server, *choices);
    if (const auto started = agent.start(); !started) return complain(kUsage, started.error());
    const int code = serve(agent, signals);
    agent.stop();
    return code;
}
