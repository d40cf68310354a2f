#include "benchmarks/long_history.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>

#include "config/calendar.h"
#include "config/hall_file.h"
#include "hall-server/service/calendar.h"
#include "hall-server/service/hall_service.h"
#include "hall-server/store/sqlite_event_log.h"
#include "hall-server/store/vault.h"
#include "protocol/check.h"
#include "tests/stage/small_hall.h"

namespace hall::bench {
namespace {

using protocol::Command;
using service::Incoming;

constexpr int64_t kSecondMs = 1'000;
constexpr uint32_t kWindows = 8;
constexpr config::Date kFirstDay{2026, 7, 1};
constexpr int64_t kDayMs = 24 * 3'600 * kSecondMs;

class FileCalendar final : public service::Calendar {
  public:
    explicit FileCalendar(const config::Hall& hall) : calendar_(hall) {}
    protocol::DayPlan plan_of(int64_t now_ms) const override { return calendar_.plan_of(now_ms); }
    const config::Calendar& days() const { return calendar_; }

  private:
    config::Calendar calendar_;
};

class Writer {
  public:
    Writer(service::HallService& hall) : hall_(hall) {}

    Command& add() {
        Incoming& incoming = batch_.emplace_back();
        incoming.sender.device = "history";
        incoming.sender.role = protocol::Role::admin;
        incoming.request.set_protocol_version(1);
        incoming.request.set_command_id(fmt::format("history-{}", ++ids_));
        return *incoming.request.mutable_command();
    }

    void commit(int64_t now_ms) {
        for (const auto& reply : hall_.turn(batch_, now_ms)) {
            if (!reply.has_refusal()) continue;
            std::fprintf(stderr, "bench: %s\n", reply.refusal().ShortDebugString().c_str());
            std::exit(1);
        }
        batch_.clear();
    }

  private:
    service::HallService& hall_;
    std::vector<Incoming> batch_;
    uint64_t ids_ = 0;
};

// Everybody is called, started and finished; every fourth fetches a copy on the way: five events a
// ticket on average. All in one moment, because a commit an hour apart costs the same as one now.
void one_day(Writer& writer, int64_t opening_ms, int tickets) {
    const int64_t now_ms = opening_ms + kSecondMs;
    for (uint32_t window = 1; window <= kWindows; ++window) {
        writer.add().mutable_open_window()->set_window(window);
    }
    for (int i = 0; i < tickets; ++i) {
        auto* issue = writer.add().mutable_issue_ticket();
        issue->add_services(stage::kService);
        issue->set_no_print(true);
    }
    writer.commit(now_ms);
    for (int i = 0; i < tickets; ++i) {
        const uint32_t window = static_cast<uint32_t>(i) % kWindows + 1;
        writer.add().mutable_call_next()->set_window(window);
        writer.add().mutable_start_service()->set_window(window);
        if (i % 4 == 0) {
            writer.add().mutable_send_on_errand()->set_window(window);
            // Nobody has a credit, so they are called in the order of their numbers.
            writer.add().mutable_return_ticket()->set_number(fmt::format("A{:03}", i + 1));
            writer.add().mutable_call_next()->set_window(window);
            writer.add().mutable_start_service()->set_window(window);
        }
        writer.add().mutable_finish_service()->set_window(window);
        if (i % 1'000 == 999) writer.commit(now_ms);
    }
    for (uint32_t window = 1; window <= kWindows; ++window) {
        writer.add().mutable_close_window()->set_window(window);
    }
    writer.commit(now_ms);
}

}  // namespace

History make_history(const std::filesystem::path& config, const std::filesystem::path& data,
                     int days, int tickets_a_day) {
    const auto file = config::load(config);
    HALL_CHECK(file);
    auto log = store::open_sqlite_log(data);
    HALL_CHECK(log);
    const auto vault = store::open_memory_vault();  // nobody checks in
    const FileCalendar calendar(file->hall);
    const int64_t first_ms = calendar.days().utc_ms(kFirstDay, 7 * 60);
    auto hall =
        service::HallService::start(**log, *vault, calendar, config::rules(*file), first_ms, {});
    HALL_CHECK(hall);
    Writer writer(**hall);
    for (int day = 0; day < days; ++day) {
        const int64_t morning_ms = first_ms + day * kDayMs;
        writer.commit(morning_ms);  // the night's deadlines
        one_day(writer, calendar.plan_of(morning_ms).opening_at_ms(), tickets_a_day);
    }
    const config::Date next = calendar.days().local_date(first_ms + days * kDayMs);
    return {(*hall)->seq(), static_cast<uint32_t>(days * tickets_a_day),
            config::to_string(next) + "T09:00"};
}

void forget_checkpoints(const std::filesystem::path& data) {
    sqlite3* database = nullptr;
    HALL_CHECK(sqlite3_open((data / "hall.db").c_str(), &database) == SQLITE_OK);
    HALL_CHECK(sqlite3_exec(database, "DELETE FROM checkpoint", nullptr, nullptr, nullptr) ==
               SQLITE_OK);
    sqlite3_close(database);
}

}  // namespace hall::bench
