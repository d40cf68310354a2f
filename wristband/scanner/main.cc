// hall-wristband: one scanner at one station. Each code held before it moves its case there; one
// line is printed for each scan.
//
// Exit codes: 0 ok, 1 refused (the stable code on stderr), 2 usage, 3 unreachable. At a device it
// runs until SIGTERM, or until the hall says that it does not know this device. On standard input
// ("-") it ends with the input, with 1 when a scan was refused and 3 when one did not reach the
// hall.
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <signal.h>
#include <sys/signalfd.h>

#include <boost/make_shared.hpp>
#include <boost/program_options.hpp>
#include <cstdio>
#include <iostream>
#include <string>

#include "client/command_client.h"
#include "client/refusal_text.h"
#include "config/hall_file.h"
#include "wording/wording.h"
#include "wristband/scanner/scans.h"
#include "wristband/scanner/source.h"

namespace {

namespace options = boost::program_options;
namespace protocol = hall::protocol;
namespace wording = hall::wording;
using hall::Error;
using hall::wristband::scanner::LineReader;
using hall::wristband::scanner::RepeatFilter;
using hall::wristband::scanner::Source;
using std::chrono::milliseconds;

constexpr int kOk = 0;
constexpr int kRefused = 1;
constexpr int kUsage = 2;
constexpr int kUnreachable = 3;

// Whoever holds a band there waits for it: after this it is said that the hall does not answer.
constexpr hall::client::RetryOptions kRetry{1'000, 5'000};
constexpr milliseconds kLook{1'000};

struct Choices {
    std::string server;
    std::string keys;
    std::string station;
    std::string device;
    bool json = false;
};

int complain(int exit_code, const Error& error) {
    std::fprintf(stderr, "%s\n%s\n", error.code.c_str(), error.message.c_str());
    return exit_code;
}

options::options_description describe() {
    options::options_description description("hall-wristband: " + wording::text("scanner.help"));
    const auto add = [&](const char* name, options::value_semantic* value, const char* key) {
        description.add(boost::make_shared<options::option_description>(
            name, value, wording::text(key).c_str()));
    };
    const auto text_with = [](const char* value) {
        return options::value<std::string>()->default_value(value);
    };
    add("help", new options::untyped_value(true), "scanner.help.help");
    add("version", new options::untyped_value(true), "scanner.help.version");
    add("config", options::value<std::string>(), "scanner.help.config");
    add("server", text_with("tcp://127.0.0.1:7400"), "scanner.help.server");
    add("keys", text_with(""), "scanner.help.keys");
    add("station", options::value<std::string>(), "scanner.help.station");
    add("device", text_with("/dev/ttyACM0"), "scanner.help.device");
    add("json", new options::untyped_value(true), "scanner.help.json");
    return description;
}

// Reads the scanner and asks the hall, until there is nothing more to read.
class Gateway {
  public:
    Gateway(const Choices& choices, const hall::client::Server& server, Source& source)
        : choices_(choices), client_(server, kRetry), source_(source) {}

    int run() {
        std::string bytes;
        while (true) {
            switch (source_.next(bytes, kLook)) {
                case Source::Event::bytes:
                    for (const std::string& code : lines_.feed(bytes)) {
                        if (const int end = scan(code); end != kOk) return end;
                    }
                    break;
                case Source::Event::nothing:
                    break;
                case Source::Event::back:
                    note("scanner_connected");
                    break;
                case Source::Event::absent:
                    note("scanner_absent");
                    std::fprintf(
                        stderr, "%s\n",
                        wording::format("scanner.absent", {{"device", choices_.device}}).c_str());
                    break;
                case Source::Event::gone:
                    lines_.cut();
                    note("scanner_lost");
                    break;
                case Source::Event::end:
                    lines_.cut();
                    return worst_;
                case Source::Event::stop:
                    return kOk;
            }
            tell_of_noise();
        }
    }

  private:
    // Anything but kOk ends the program.
    int scan(const std::string& code) {
        if (!repeats_.is_new(code, std::chrono::steady_clock::now())) return kOk;
        protocol::Command command;
        command.mutable_scan_code()->set_code(code);
        command.mutable_scan_code()->set_station(choices_.station);
        // One id for every resend: the hall hears of a scan once.
        const auto answer = client_.send(command, hall::client::make_command_id());
        if (!answer) {
            repeats_.forget(code);
            const Error& error = answer.error();
            if (error.code != "server_unreachable") return complain(kRefused, error);
            print(code, "error", error.code, error.message);
            worst_ = kUnreachable;
            return kOk;
        }
        if (answer->has_refusal()) {
            print(code, "refusal", protocol::RefusalCode::Value_Name(answer->refusal().code()),
                  hall::client::refusal_text(answer->refusal()));
            if (worst_ == kOk) worst_ = kRefused;
            return kOk;
        }
        print(code, answer->wristband());
        return kOk;
    }

    // What stopped a scan; the code too on stderr, as every program says it.
    void print(const std::string& code, const char* kind, const std::string& stable,
               const std::string& message) {
        std::fprintf(stderr, "%s\n", stable.c_str());
        if (!choices_.json) {
            std::printf("%s\n", message.c_str());
        } else {
            google::protobuf::Struct line = line_of(code);
            auto& inner = *(*line.mutable_fields())[kind].mutable_struct_value();
            (*inner.mutable_fields())["code"].set_string_value(stable);
            (*inner.mutable_fields())["message"].set_string_value(message);
            print(line);
        }
        std::fflush(stdout);
    }

    // Where the case stands now; nothing of the person.
    void print(const std::string& code, const protocol::Wristband& scanned) {
        const protocol::Case& file = scanned.case_file();
        const std::string stage = protocol::CaseStage::Value_Name(file.stage());
        if (!choices_.json) {
            std::printf("%s\n", wording::format("paper.scanned",
                                                {{"case", std::to_string(file.id())},
                                                 {"stage", wording::text("case_stage." + stage)}})
                                    .c_str());
        } else {
            google::protobuf::Struct line = line_of(code);
            auto& fields = *line.mutable_fields();
            fields["case_id"].set_number_value(static_cast<double>(file.id()));
            fields["stage"].set_string_value(stage);
            fields["window"].set_number_value(scanned.window());
            print(line);
        }
        std::fflush(stdout);
    }

    google::protobuf::Struct line_of(const std::string& code) const {
        google::protobuf::Struct line;
        (*line.mutable_fields())["scanned"].set_string_value(code);
        (*line.mutable_fields())["station"].set_string_value(choices_.station);
        return line;
    }
    static void print(const google::protobuf::Struct& line) {
        std::string text;
        if (!google::protobuf::util::MessageToJsonString(line, &text).ok()) return;
        std::printf("%s\n", text.c_str());
    }

    static void note(const char* what) { std::fprintf(stderr, "%s\n", what); }

    void tell_of_noise() {
        if (lines_.left_out() == noise_) return;
        noise_ = lines_.left_out();
        note("line_unreadable");
    }

    const Choices& choices_;
    hall::client::CommandClient client_;
    Source& source_;
    LineReader lines_;
    RepeatFilter repeats_;
    std::size_t noise_ = 0;
    int worst_ = kOk;
};

tl::expected<Choices, int> read_choices(int argc, char** argv) {
    const options::options_description description = describe();
    options::variables_map given;
    try {
        options::store(options::command_line_parser(argc, argv).options(description).run(), given);
        options::notify(given);
    } catch (const options::error& problem) {
        std::fprintf(stderr, "usage\n%s: %s\n", wording::text("scanner.usage").c_str(),
                     problem.what());
        return tl::unexpected(kUsage);
    }
    if (given.count("help") != 0) {
        std::cout << description;
        return tl::unexpected(kOk);
    }
    if (given.count("version") != 0) {
        std::puts("hall-wristband " HALL_VERSION);
        return tl::unexpected(kOk);
    }
    if (given.count("station") == 0) {
        return tl::unexpected(
            complain(kUsage, {"station_missing", wording::text("scanner.station_missing")}));
    }
    Choices choices{given["server"].as<std::string>(), given["keys"].as<std::string>(),
                    given["station"].as<std::string>(), given["device"].as<std::string>(),
                    given.count("json") != 0};
    if (given.count("config") != 0) {
        const auto file = hall::config::load(given["config"].as<std::string>());
        if (!file) {
            std::fprintf(stderr, "config_invalid\n");
            for (const auto& problem : file.error()) {
                std::fprintf(stderr, "%s\n", hall::config::to_string(problem).c_str());
            }
            return tl::unexpected(kRefused);
        }
        if (given["server"].defaulted()) {
            choices.server =
                "tcp://" + file->network.bind + ":" + std::to_string(file->network.port);
        }
    }
    return choices;
}

// Readable once somebody asks us to end.
int stop_descriptor() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigprocmask(SIG_BLOCK, &signals, nullptr);
    signal(SIGPIPE, SIG_IGN);
    return signalfd(-1, &signals, SFD_CLOEXEC);
}

}  // namespace

int main(int argc, char** argv) {
    const auto choices = read_choices(argc, argv);
    if (!choices) return choices.error();
    const auto server = hall::client::find_server(choices->server, choices->keys);
    if (!server) return complain(kRefused, server.error());
    const auto source = hall::wristband::scanner::open_source(choices->device, stop_descriptor());
    if (!source) return complain(kUsage, source.error());
    return Gateway(*choices, *server, **source).run();
}
