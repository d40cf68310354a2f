#include "tests/net/running_hall.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <random>
#include <vector>

#include "hall-server/net/server.h"
#include "hall-server/service/calendar.h"
#include "hall-server/service/hall_clock.h"
#include "hall-server/service/hall_service.h"
#include "hall-server/store/sqlite_event_log.h"
#include "hall-server/store/vault.h"
#include "protocol/check.h"

namespace hall::test {
namespace {

constexpr int64_t kHourMs = 3'600'000;
constexpr int64_t kDayMs = 24 * kHourMs;
constexpr int32_t kUtcOffsetS = 8 * 3'600;

// Opened an hour before the test began and open for long.
class OpenToday final : public service::Calendar {
  public:
    explicit OpenToday(int64_t now_ms) : first_day_(now_ms / kDayMs) {}

    protocol::DayPlan plan_of(int64_t now_ms) const override {
        const int64_t midnight_ms = now_ms - now_ms % kDayMs;
        protocol::DayPlan plan;
        plan.set_date("2026-11-" + std::to_string(23 + now_ms / kDayMs - first_day_));
        plan.set_day(static_cast<uint32_t>(now_ms / kDayMs));
        plan.set_opens(true);
        plan.set_early_waiting_at_ms(midnight_ms);
        plan.set_opening_at_ms(midnight_ms + 1);
        plan.set_closing_at_ms(midnight_ms + kDayMs - 2);
        plan.set_extension_end_at_ms(midnight_ms + kDayMs - 1);
        plan.set_midnight_at_ms(midnight_ms + kDayMs);
        plan.set_utc_offset_s(kUtcOffsetS);
        return plan;
    }

  private:
    int64_t first_day_;
};

bool can_bind(int port) {
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool bound = ::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(fd);
    return bound;
}

}  // namespace

bool eventually(const std::function<bool()>& condition, std::chrono::milliseconds limit) {
    const auto give_up = std::chrono::steady_clock::now() + limit;
    while (!condition()) {
        if (std::chrono::steady_clock::now() >= give_up) return condition();
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
}

int free_ports() {
    std::random_device random;
    while (true) {
        const int port = 20'000 + static_cast<int>(random() % 9'000) * 4 / 3;
        if (can_bind(port) && can_bind(port + 1) && can_bind(port + 2)) return port;
    }
}

Folder::Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "nuanting-XXXXXX").string();
    HALL_CHECK(::mkdtemp(name.data()) != nullptr);
    path_ = name;
}

Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

protocol::HallRules small_hall_rules() {
    protocol::HallRules rules;
    rules.set_hall_code("test");
    rules.set_hall_name("测试大厅");
    auto* service = rules.add_services();
    service->set_code("pension");
    service->set_letter("A");
    service->set_name("养老待遇");
    service->set_short_name("养老");
    auto* group = rules.add_groups();
    group->set_letter("A");
    group->set_name("养老");
    auto* category = rules.add_categories();
    category->set_code("80plus");
    category->set_name("80岁以上");
    category->set_credit_ms(20 * 60'000);
    category->set_by_sight(true);
    auto* zone = rules.add_zones();
    zone->set_code("hall");
    zone->set_name("等候区");
    for (uint32_t number = 1; number <= 3; ++number) {
        auto* window = rules.add_windows();
        window->set_number(number);
        window->add_services("pension");
        window->add_languages("cmn");
        window->set_step_free(true);
        window->set_zone("hall");
    }
    rules.set_credit_limit_ms(20 * 60'000);
    rules.set_missed_calls(3);
    rules.set_missed_spacing_ms(20'000);
    rules.set_missed_total_ms(60'000);
    rules.set_missed_return_ms(20 * 60'000);
    rules.set_step_out_ms(15 * 60'000);
    rules.set_step_out_times(2);
    return rules;
}

struct RunningHall::Running {
    service::SystemTime time;
    std::unique_ptr<store::EventLog> log;
    std::unique_ptr<store::Vault> vault;
    std::unique_ptr<service::HallClock> clock;
    std::unique_ptr<OpenToday> calendar;
    std::unique_ptr<service::HallService> service;
    std::unique_ptr<net::Server> server;
    int stop_fd = eventfd(0, EFD_CLOEXEC);
    std::thread thread;

    Running(const std::filesystem::path& data, const protocol::HallRules& rules,
            net::Server::Options options) {
        auto opened = store::open_sqlite_log(data);
        HALL_CHECK(opened.has_value());
        log = std::move(*opened);
        auto opened_vault = store::open_vault(data);
        HALL_CHECK(opened_vault.has_value());
        vault = std::move(*opened_vault);
        clock = std::make_unique<service::HallClock>(time, 0);
        calendar = std::make_unique<OpenToday>(clock->read().now_ms);
        service::HallService::Options service_options;
        service_options.secure = options.keys.has_value();
        auto started = service::HallService::start(*log, *vault, *calendar, rules,
                                                   clock->read().now_ms, service_options);
        HALL_CHECK(started.has_value());
        service = std::move(*started);
        auto bound = net::Server::open(*service, *clock, *log, std::move(options));
        HALL_CHECK(bound.has_value());
        server = std::move(*bound);
        thread = std::thread([this] { HALL_CHECK(server->run(stop_fd).has_value()); });
    }

    ~Running() {
        const uint64_t one = 1;
        HALL_CHECK(::write(stop_fd, &one, sizeof one) == sizeof one);
        thread.join();
        ::close(stop_fd);
    }
};

RunningHall::RunningHall(Security security, protocol::HallRules rules)
    : port_(free_ports()), rules_(std::move(rules)) {
    if (security == Security::curve) {
        server_keys_ = client::make_key_pair();
        admin_keys_ = client::make_key_pair();
    }
    start();
}

RunningHall::~RunningHall() = default;

void RunningHall::stop() {
    running_.reset();
}

void RunningHall::start() {
    net::Server::Options options;
    options.port = port_;
    if (server_keys_) {
        options.keys = net::ServerKeys{server_keys_->public_key, server_keys_->secret_key};
        options.first_admin_key = admin_keys_.public_key;
    }
    running_ = std::make_unique<Running>(folder_.path() / "data", rules_, options);
}

void RunningHall::wipe() {
    HALL_CHECK(running_ == nullptr);
    std::filesystem::remove_all(folder_.path() / "data");
}

client::Server RunningHall::server() const {
    if (server_keys_) return server_for(admin_keys_);
    client::Server server;
    server.address = "tcp://127.0.0.1:" + std::to_string(port_);
    return server;
}

client::Server RunningHall::server_for(const client::KeyPair& device) const {
    client::Server server;
    server.address = "tcp://127.0.0.1:" + std::to_string(port_);
    server.keys = client::DeviceKeys{device, server_keys_->public_key};
    return server;
}

client::KeyPair RunningHall::enrol(const std::string& name, protocol::Role::Value role,
                                   uint32_t window) {
    const client::KeyPair pair = client::make_key_pair();
    protocol::Command command;
    auto* device = command.mutable_enrol_device();
    device->set_name(name);
    device->set_role(role);
    device->set_public_key(pair.public_key);
    device->set_window(window);
    client::CommandClient admin(server());
    const client::Answer answer = admin.send(command);
    HALL_CHECK(answer.has_value() && !answer->has_refusal());
    return pair;
}

protocol::Command open_window(uint32_t window) {
    protocol::Command command;
    command.mutable_open_window()->set_window(window);
    return command;
}

protocol::Command pause_window(uint32_t window) {
    protocol::Command command;
    command.mutable_pause_window()->set_window(window);
    command.mutable_pause_window()->set_reason(protocol::Reason::rest);
    return command;
}

protocol::Command issue_ticket() {
    protocol::Command command;
    command.mutable_issue_ticket()->add_services("pension");
    command.mutable_issue_ticket()->set_no_print(true);
    return command;
}

protocol::Query status_query() {
    protocol::Query query;
    query.mutable_status();
    return query;
}

protocol::RefusalCode::Value refusal_code(const client::Answer& answer) {
    return answer && answer->has_refusal() ? answer->refusal().code()
                                           : protocol::RefusalCode::unknown;
}

}  // namespace hall::test
