#include "benchmarks/long_history.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>

#include "benchmarks/written_hall.h"
#include "protocol/check.h"
#include "tests/stage/small_hall.h"

namespace hall::bench {
namespace {

constexpr int64_t kSecondMs = 1'000;
constexpr uint32_t kHistoryWindows = 8;

// Everybody is called, started and finished; every fourth fetches a copy on the way: five events a
// ticket on average. All in one moment, because a commit an hour apart costs the same as one now.
void one_day(WrittenHall& writer, int64_t opening_ms, int tickets) {
    writer.set_now_ms(opening_ms + kSecondMs);
    for (uint32_t window = 1; window <= kHistoryWindows; ++window) {
        writer.add().mutable_open_window()->set_window(window);
    }
    for (int i = 0; i < tickets; ++i) {
        auto* issue = writer.add().mutable_issue_ticket();
        issue->add_services(stage::kService);
        issue->set_no_print(true);
    }
    writer.commit();
    for (int i = 0; i < tickets; ++i) {
        const uint32_t window = static_cast<uint32_t>(i) % kHistoryWindows + 1;
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
        if (i % 1'000 == 999) writer.commit();
    }
    for (uint32_t window = 1; window <= kHistoryWindows; ++window) {
        writer.add().mutable_close_window()->set_window(window);
    }
    writer.commit();
}

}  // namespace

History make_history(const std::filesystem::path& config, const std::filesystem::path& data,
                     int days, int tickets_a_day) {
    WrittenHall writer(config, data, kFirstDay, 7 * 60);
    const int64_t first_ms = writer.now_ms();
    for (int day = 0; day < days; ++day) {
        writer.set_now_ms(first_ms + day * kDayMs);
        writer.commit();  // the night's deadlines
        one_day(writer, writer.days().plan_of(writer.now_ms()).opening_at_ms(), tickets_a_day);
    }
    const config::Date next = writer.days().local_date(first_ms + days * kDayMs);
    return {writer.hall().seq(), static_cast<uint32_t>(days * tickets_a_day),
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
