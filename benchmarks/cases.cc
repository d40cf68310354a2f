// Escort cases in numbers: a list of ten thousand open ones, and a day that begins after two
// hundred thousand closed ones.
#include <cstdio>
#include <cstdlib>

#include "benchmarks/scenarios.h"
#include "benchmarks/written_hall.h"
#include "protocol/check.h"
#include "tests/stage/running_hall.h"
#include "tests/stage/small_hall.h"

namespace hall::bench {
namespace {

using protocol::CaseStage;
using stage::must_do;

constexpr int kOpenCases = 10'000;
constexpr int kClosingDays = 100;
constexpr int kClosedADay = 2'000;
constexpr int kAsked = 60;

constexpr int kTenOClock = 10 * 60;

std::vector<uint64_t> open_cases(WrittenHall& hall, int count) {
    for (int i = 0; i < count; ++i) {
        auto* open = hall.add().mutable_open_case();
        open->set_service(stage::kService);
        open->set_own_wish(true);
    }
    std::vector<uint64_t> ids;
    for (const auto& reply : hall.commit()) ids.push_back(reply.case_file().id());
    return ids;
}

void next_day(WrittenHall& hall) {
    hall.set_now_ms(hall.now_ms() + kDayMs);
}

double turn_ms(WrittenHall& hall) {
    const double begin = seconds_now();
    hall.commit();
    return 1e3 * (seconds_now() - begin);
}

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
    WrittenHall hall(config, data, kFirstDay, kTenOClock);
    next_day(hall);
    return turn_ms(hall);
}

std::vector<Figure> day_after_many(const std::filesystem::path& config,
                                   const stage::Folder& folder) {
    const auto fresh = folder / "fresh";
    const auto old = folder / "old";
    std::filesystem::create_directories(fresh);
    std::filesystem::create_directories(old);
    WrittenHall hall(config, old, kFirstDay, kTenOClock);
    std::vector<std::vector<uint64_t>> told;
    for (int day = 0; day < kClosingDays; ++day) {
        told.push_back(open_cases(hall, kClosedADay));
        close_cases(hall, told.back());
        if (told.size() > 4) {
            close_lapsed(hall, told.front());
            told.erase(told.begin());
        }
        next_day(hall);
        hall.commit();
    }
    while (!told.empty()) {
        next_day(hall);
        hall.commit();
        close_lapsed(hall, told.front());
        told.erase(told.begin());
    }
    next_day(hall);
    hall.commit();  // the day that takes the last of them out of memory
    next_day(hall);
    const double after_ms = turn_ms(hall);
    const double fresh_ms = fresh_day_ms(config, fresh);
    return {value_at_most({"day_opens_after_200000_closed_cases", after_ms, "ms", "of_a_new_hall",
                           after_ms / fresh_ms, true, ""},
                          20, "closed cases leave memory: the morning does not feel them")};
}

std::vector<Figure> long_list(const std::filesystem::path& config, const stage::Folder& folder) {
    const auto data = folder / "open";
    std::filesystem::create_directories(data);
    {
        WrittenHall hall(config, data, kFirstDay, kTenOClock);
        for (int i = 0; i < kOpenCases; i += 500) open_cases(hall, 500);
        hall.hall().checkpoint();
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
