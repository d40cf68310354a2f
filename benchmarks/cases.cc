// Escort cases in numbers: a list of ten thousand open ones, and a day that begins after two
// hundred thousand closed ones.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "benchmarks/scenarios.h"
#include "config/calendar.h"
#include "config/hall_file.h"
#include "hall-server/service/hall_service.h"
#include "hall-server/store/sqlite_event_log.h"
#include "hall-server/store/vault.h"
#include "protocol/check.h"
#include "tests/stage/running_hall.h"
#include "tests/stage/small_hall.h"

namespace hall::bench {
namespace {

using protocol::CaseStage;
using protocol::Command;
using service::Incoming;
using stage::must_do;

constexpr int kOpenCases = 10'000;
constexpr int kDays = 100;
constexpr int kClosedADay = 2'000;
constexpr int kAsked = 60;
constexpr int64_t kDayMs = 86'400'000;
constexpr config::Date kFirstDay{2026, 7, 1};

class FileCalendar final : public service::Calendar {
  public:
    explicit FileCalendar(const config::Hall& hall) : calendar_(hall) {}
    protocol::DayPlan plan_of(int64_t now_ms) const override { return calendar_.plan_of(now_ms); }
    const config::Calendar& days() const { return calendar_; }

  private:
    config::Calendar calendar_;
};

// A hall in this process, on a real log and a real vault.
class WrittenHall {
  public:
    WrittenHall(const std::filesystem::path& config, const std::filesystem::path& data)
        : file_(*config::load(config)), calendar_(file_.hall) {
        auto log = store::open_sqlite_log(data);
        auto vault = store::open_vault(data);
        HALL_CHECK(log && vault);
        log_ = std::move(*log);
        vault_ = std::move(*vault);
        now_ms_ = calendar_.days().utc_ms(kFirstDay, 10 * 60);
        auto hall = service::HallService::start(*log_, *vault_, calendar_, config::rules(file_),
                                                now_ms_, {});
        HALL_CHECK(hall);
        hall_ = std::move(*hall);
    }

    Command& add() {
        Incoming& incoming = batch_.emplace_back();
        incoming.sender.device = "history";
        incoming.sender.role = protocol::Role::admin;
        incoming.request.set_protocol_version(1);
        incoming.request.set_command_id(fmt::format("history-{}", ++ids_));
        return *incoming.request.mutable_command();
    }
    std::vector<protocol::Reply> commit() {
        auto replies = hall_->turn(batch_, now_ms_);
        for (const auto& reply : replies) {
            if (!reply.has_refusal()) continue;
            std::fprintf(stderr, "bench: %s\n", reply.refusal().ShortDebugString().c_str());
            std::exit(1);
        }
        batch_.clear();
        return replies;
    }
    std::vector<uint64_t> open_cases(int count) {
        for (int i = 0; i < count; ++i) {
            auto* open = add().mutable_open_case();
            open->set_service(stage::kService);
            open->set_own_wish(true);
        }
        std::vector<uint64_t> ids;
        for (const auto& reply : commit()) ids.push_back(reply.case_file().id());
        return ids;
    }
    void next_day() { now_ms_ += kDayMs; }
    double turn_ms() {
        const double begin = seconds_now();
        commit();
        return 1e3 * (seconds_now() - begin);
    }
    void checkpoint() { hall_->checkpoint(); }
    uint64_t events() const { return hall_->seq(); }

  private:
    config::HallFile file_;
    FileCalendar calendar_;
    std::unique_ptr<store::EventLog> log_;
    std::unique_ptr<store::Vault> vault_;
    std::unique_ptr<service::HallService> hall_;
    std::vector<Incoming> batch_;
    uint64_t ids_ = 0;
    int64_t now_ms_ = 0;
};

void close_cases(WrittenHall& hall, const std::vector<uint64_t>& ids) {
    for (uint64_t id : ids) {
        auto* enter = hall.add().mutable_enter_stage();
        enter->set_case_id(id);
        enter->set_stage(CaseStage::processing);
        enter->set_skip_reason(protocol::Reason::not_needed);
        auto* result = hall.add().mutable_set_result();
        result->set_case_id(id);
        result->set_result(protocol::CaseResult::approved);
        auto* tell = hall.add().mutable_tell_result();
        tell->set_case_id(id);
        tell->set_how(protocol::TellWay::window);
        tell->set_understood(true);
    }
    hall.commit();
}

// Ratings lapse after three days; then the cases are closed.
void close_lapsed(WrittenHall& hall, const std::vector<uint64_t>& ids) {
    for (uint64_t id : ids) hall.add().mutable_close_case()->set_case_id(id);
    hall.commit();
}

double fresh_day_ms(const std::filesystem::path& config, const std::filesystem::path& data) {
    WrittenHall hall(config, data);
    hall.next_day();
    return hall.turn_ms();
}

std::vector<Figure> day_after_many(const std::filesystem::path& config,
                                   const stage::Folder& folder) {
    const auto fresh = folder / "fresh";
    const auto old = folder / "old";
    std::filesystem::create_directories(fresh);
    std::filesystem::create_directories(old);
    WrittenHall hall(config, old);
    std::vector<std::vector<uint64_t>> told;
    for (int day = 0; day < kDays; ++day) {
        told.push_back(hall.open_cases(kClosedADay));
        close_cases(hall, told.back());
        if (told.size() > 4) {
            close_lapsed(hall, told.front());
            told.erase(told.begin());
        }
        hall.next_day();
        hall.commit();
    }
    while (!told.empty()) {
        hall.next_day();
        hall.commit();
        close_lapsed(hall, told.front());
        told.erase(told.begin());
    }
    hall.next_day();
    hall.commit();  // the day that takes the last of them out of memory
    hall.next_day();
    const double after_ms = hall.turn_ms();
    const double fresh_ms = fresh_day_ms(config, fresh);
    return {value_at_most({"day_opens_after_200000_closed_cases", after_ms, "ms", "of_a_new_hall",
                           after_ms / fresh_ms, true, ""},
                          20, "closed cases leave memory: the morning does not feel them")};
}

std::vector<Figure> long_list(const std::filesystem::path& config, const stage::Folder& folder) {
    const auto data = folder / "open";
    std::filesystem::create_directories(data);
    {
        WrittenHall hall(config, data);
        for (int i = 0; i < kOpenCases; i += 500) hall.open_cases(500);
        hall.checkpoint();
    }
    stage::RunningHall::Options options;
    options.link = stage::RunningHall::Link::plain;
    options.data = data;
    options.clock = "2026-07-02T09:00,1";
    stage::RunningHall hall(options);
    client::CommandClient client(hall.admin());
    const auto median_ms = [&](const protocol::Query& query) {
        std::vector<double> times;
        for (int i = 0; i < kAsked; ++i) {
            const double begin = seconds_now();
            const protocol::Reply reply = must_do(client.ask(query));
            times.push_back(1e3 * (seconds_now() - begin));
            if (query.has_case_list()) HALL_CHECK(reply.cases().cases_size() == kOpenCases);
        }
        return percentile(times, 0.5);
    };
    protocol::Query list;
    list.mutable_case_list();
    const double list_ms = median_ms(list);
    const double status_ms = median_ms(stage::status());
    return {value_at_most(
        {"case_list_of_10000", list_ms, "ms", "over_a_status", list_ms / status_ms, true, ""}, 20,
        "a supervisor's list must not hold up the hall")};
}

}  // namespace

std::vector<Figure> cases() {
    stage::Folder folder;
    const auto config = folder / "hall.toml";
    stage::write_file(config, stage::small_hall_toml(8));
    std::vector<Figure> figures = long_list(config, folder);
    for (Figure& figure : day_after_many(config, folder)) figures.push_back(std::move(figure));
    return figures;
}

}  // namespace hall::bench
