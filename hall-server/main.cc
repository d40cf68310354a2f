// hall-server: one hall, from its file, its log and its ports to the people in it. This file only
// wires: options, keys, log, clock, service, sockets, signals.
//
// Exit codes: 0 stopped cleanly, 1 refused (`code: sentence` on stderr), 2 usage.
#include <fmt/format.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <boost/program_options.hpp>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>

#include "client/keys.h"
#include "config/calendar.h"
#include "config/hall_file.h"
#include "hall-server/net/server.h"
#include "hall-server/service/calendar.h"
#include "hall-server/service/hall_clock.h"
#include "hall-server/service/hall_service.h"
#include "hall-server/service/private_words.h"
#include "hall-server/service/reply_key.h"
#include "hall-server/store/sqlite_event_log.h"
#include "hall-server/store/vault.h"
#include "protocol/check.h"

namespace hall {
namespace {

namespace fs = std::filesystem;
namespace po = boost::program_options;

constexpr int kExitRefused = 1;
constexpr int kExitUsage = 2;
constexpr size_t kBatchLimitMax = 10'000;

class ConfiguredCalendar final : public service::Calendar {
  public:
    explicit ConfiguredCalendar(const config::HallFile& file)
        : calendar_(file.hall, file.windows) {}
    protocol::DayPlan plan_of(int64_t now_ms) const override { return calendar_.plan_of(now_ms); }
    const config::Calendar& days() const { return calendar_; }

  private:
    config::Calendar calendar_;
};

struct Arguments {
    std::string config;
    std::string data;
    std::optional<std::string> bind;
    std::optional<int> port;
    std::string demo_clock;
    size_t batch_limit = net::kBatchLimit;
};

// A mistake in the command line.
struct Usage {
    std::string message;
};

int refused(const Error& error) {
    std::cerr << error.code << ": " << error.message << '\n';
    return kExitRefused;
}

po::options_description options(Arguments& arguments) {
    po::options_description list("Options");
    auto add = list.add_options();
    add("config", po::value(&arguments.config)->value_name("FILE"), "the hall's TOML file");
    add("data", po::value(&arguments.data)->value_name("DIR"), "where the hall keeps its log");
    add("bind",
        po::value<std::string>()->value_name("ADDRESS")->notifier(
            [&](const std::string& text) { arguments.bind = text; }),
        "address to listen on (the hall file's, or 127.0.0.1)");
    add("port",
        po::value<int>()->value_name("N")->notifier([&](int port) { arguments.port = port; }),
        "commands; N+1 boards, N+2 staff (the hall file's, or 7400)");
    add("demo-clock", po::value(&arguments.demo_clock)->value_name("START,SPEED"),
        "run on a clock of its own, as 2026-11-23T07:30,60; loopback only");
    add("batch-limit", po::value(&arguments.batch_limit)->value_name("N"),
        "requests a commit, for measuring (512)");
    add("help", "this text");
    add("version", "the version");
    return list;
}

// "2026-11-23T07:30[:15][Z]" in UTC milliseconds; local to the hall without Z.
std::optional<int64_t> start_time(std::string text, const config::Calendar& days) {
    const bool utc = !text.empty() && text.back() == 'Z';
    if (utc) text.pop_back();
    const auto date = config::date_from(text.substr(0, 10));
    if (!date || text.size() < 16 || (text[10] != 'T' && text[10] != ' ')) return std::nullopt;
    const auto minute = config::time_of_day_from(text.substr(11, 5));
    int second = 0;
    int used = 0;
    if (text.size() > 16 && (std::sscanf(text.c_str() + 16, ":%2d%n", &second, &used) != 1 ||
                             used + 16 != static_cast<int>(text.size()))) {
        return std::nullopt;
    }
    if (!minute || second < 0 || second > 59) return std::nullopt;
    int64_t at_ms = days.utc_ms(*date, *minute) + second * 1'000;
    if (utc) at_ms += static_cast<int64_t>(days.utc_offset_s(at_ms)) * 1'000;
    return at_ms;
}

tl::expected<std::optional<service::DemoClock>, Usage> demo_clock(const Arguments& arguments,
                                                                  const config::Calendar& days) {
    if (arguments.demo_clock.empty()) return std::nullopt;
    const auto comma = arguments.demo_clock.rfind(',');
    service::DemoClock demo;
    int used = 0;
    const std::string speed =
        comma == std::string::npos ? "" : arguments.demo_clock.substr(comma + 1);
    const bool speed_read = std::sscanf(speed.c_str(), "%lf%n", &demo.speed, &used) == 1 &&
                            used == static_cast<int>(speed.size());
    const auto start = start_time(arguments.demo_clock.substr(0, comma), days);
    if (!speed_read || !start || demo.speed < service::kDemoSpeedMin ||
        demo.speed > service::kDemoSpeedMax) {
        return tl::unexpected(Usage{
            fmt::format("--demo-clock {}: write START,SPEED as in "
                        "2026-11-23T07:30,60 (speed {} to {})",
                        arguments.demo_clock, service::kDemoSpeedMin, service::kDemoSpeedMax)});
    }
    demo.start_ms = *start;
    return demo;
}

// The time of the log's last event: hall time starts no earlier. 0 for a new log.
tl::expected<int64_t, Error> last_event_ms(store::EventLog& log) {
    int64_t at_ms = 0;
    return log
        .read(log.head().seq,
              [&](const store::Record& record) {
                  at_ms = record.at_ms;
                  return true;
              })
        .map([&] { return at_ms; });
}

tl::expected<void, Error> read_keys(const std::string& data, net::Server::Options& options) {
    const std::string folder = (fs::path(data) / "keys").string();
    std::error_code ignored;
    if (!fs::exists(fs::path(folder) / "server.secret", ignored)) return {};
    const auto pair = client::read_key_pair(folder, "server");
    if (!pair) return tl::unexpected(pair.error());
    options.keys = net::ServerKeys{pair->public_key, pair->secret_key};
    if (!fs::exists(fs::path(folder) / "first_admin.public", ignored)) return {};
    const auto admin = client::read_public_key(folder, "first_admin");
    if (!admin) return tl::unexpected(admin.error());
    options.first_admin_key = *admin;
    return {};
}

// SIGTERM and SIGINT as something to poll. REQUIRES: no other thread yet, so that all inherit it.
int stop_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    HALL_CHECK(sigprocmask(SIG_BLOCK, &signals, nullptr) == 0);
    const int fd = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
    HALL_CHECK(fd >= 0);
    return fd;
}

int serve(const config::HallFile& file, const ConfiguredCalendar& calendar,
          const Arguments& arguments, const std::optional<service::DemoClock>& demo,
          net::Server::Options options, int stop_fd) {
    auto log = store::open_sqlite_log(arguments.data);
    if (!log) return refused(log.error());
    const auto vault = store::open_vault(arguments.data);
    if (!vault) return refused(vault.error());
    const auto keys = read_keys(arguments.data, options);
    if (!keys) return refused(keys.error());
    const auto last_ms = last_event_ms(**log);
    if (!last_ms) return refused(last_ms.error());
    const auto reply_key = service::reply_key(fs::path(arguments.data) / "keys");
    if (!reply_key) return refused(reply_key.error());

    const service::SystemTime time;
    service::HallClock clock(time, *last_ms, demo);
    service::HallService::Options service_options;
    service_options.secure = options.keys.has_value();
    service_options.reply_key = *reply_key;
    auto hall = service::HallService::start(**log, **vault, calendar, config::rules(file),
                                            clock.read().now_ms, service_options);
    if (!hall) return refused(hall.error());
    options.fill_row = [&vault](protocol::LedgerKind::Value kind, protocol::LedgerRow& row) {
        service::fill_row(**vault, kind, row);
    };
    auto server = net::Server::open(**hall, clock, **log, std::move(options));
    if (!server) return refused(server.error());
    spdlog::info("hall {}, log at seq {}", file.hall.code, (*hall)->seq());

    const auto served = (*server)->run(stop_fd);
    (*hall)->checkpoint();
    if (!served) return refused(served.error());
    spdlog::info("stopped at seq {}", (*hall)->seq());
    return 0;
}

tl::expected<void, Usage> check(const Arguments& arguments, const net::Server::Options& options) {
    if (options.port < 1 || options.port > net::kPortMax) {
        return tl::unexpected(
            Usage{fmt::format("--port {}: 1 to {}", options.port, net::kPortMax)});
    }
    if (options.batch_limit < 1 || options.batch_limit > kBatchLimitMax) {
        return tl::unexpected(
            Usage{fmt::format("--batch-limit {}: 1 to {}", options.batch_limit, kBatchLimitMax)});
    }
    if (!arguments.demo_clock.empty() && !net::is_loopback(options.bind)) {
        return tl::unexpected(Usage{"--demo-clock needs a loopback --bind"});
    }
    return {};
}

int usage(const std::string& message) {
    std::cerr << "hall-server: " << message << "\nhall-server --help\n";
    return kExitUsage;
}

int run(const Arguments& arguments) {
    if (arguments.config.empty()) return usage("--config FILE is missing");
    if (arguments.data.empty()) return usage("--data DIR is missing");
    const int stop_fd = stop_signals();
    spdlog::set_default_logger(spdlog::stderr_color_mt("hall-server"));

    const auto file = config::load(arguments.config);
    if (!file) {
        for (const auto& problem : file.error()) std::cerr << to_string(problem) << '\n';
        std::cerr << "config_invalid: " << file.error().size() << " mistakes in "
                  << arguments.config << '\n';
        return kExitRefused;
    }
    net::Server::Options options;
    options.bind = arguments.bind.value_or(file->network.bind);
    options.port = arguments.port.value_or(file->network.port);
    options.batch_limit = arguments.batch_limit;
    const auto checked = check(arguments, options);
    if (!checked) return usage(checked.error().message);
    const ConfiguredCalendar calendar(*file);
    const auto demo = demo_clock(arguments, calendar.days());
    if (!demo) return usage(demo.error().message);
    return serve(*file, calendar, arguments, *demo, std::move(options), stop_fd);
}

int main_of(int argc, char** argv) {
    Arguments arguments;
    const po::options_description list = options(arguments);
    try {
        po::variables_map values;
        // Without guessing: an abbreviated option would change its meaning with the next one added.
        constexpr int kStyle = po::command_line_style::default_style &
                               ~static_cast<int>(po::command_line_style::allow_guessing);
        po::store(po::command_line_parser(argc, argv)
                      .options(list)
                      .positional(po::positional_options_description())
                      .style(kStyle)
                      .run(),
                  values);
        if (values.count("help") != 0) {
            std::cout << "hall-server --config FILE --data DIR [options]\n" << list;
            return 0;
        }
        if (values.count("version") != 0) {
            std::cout << "hall-server " << HALL_VERSION << '\n';
            return 0;
        }
        po::notify(values);
    } catch (const po::error& error) {
        return usage(error.what());
    }
    return run(arguments);
}

}  // namespace
}  // namespace hall

int main(int argc, char** argv) {
    return hall::main_of(argc, argv);
}
