#include "sim/bank_trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <optional>
#include <set>
#include <utility>

namespace hall::sim {
namespace {

constexpr int64_t kDayMs = 86'400'000;
constexpr int64_t kCallSecondsMax = 2 * 86'400;

enum class CallColumn : std::size_t { date, ticket, kind, service, arrive, start, finish, outcome };
constexpr std::array<std::string_view, 8> kCallColumns = {
    "date", "ticket", "class", "service", "arrive_s", "start_s", "finish_s", "outcome"};

struct CallColumns {
    std::vector<std::size_t> at;
    std::optional<std::size_t> customer;
    std::size_t fields = 0;

    const std::string& field(const CsvRow& row, CallColumn column) const {
        return row.fields[at[static_cast<std::size_t>(column)]];
    }
};

tl::expected<CallColumns, Error> call_columns(const CsvReader& csv) {
    auto at = csv.columns(kCallColumns);
    if (!at) return tl::unexpected(at.error());
    return CallColumns{std::move(*at), csv.column("customer"), csv.header().size()};
}

tl::expected<int64_t, Wrong> seconds_of(std::string_view name, std::string_view text) {
    int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value > kCallSecondsMax) {
        return tl::unexpected(Wrong{
            "number_invalid", fmt::format("{}: '{}' is not a whole number of seconds up to {}",
                                          name, text, kCallSecondsMax)});
    }
    if (value < 0) {
        return tl::unexpected(
            Wrong{"time_negative", fmt::format("{}: {} is before midnight", name, value)});
    }
    return value;
}

tl::expected<Call, Wrong> call_of(const CsvRow& row, const CallColumns& columns) {
    if (row.fields.size() != columns.fields) {
        return tl::unexpected(
            Wrong{"fields_missing",
                  fmt::format("{} fields instead of {}", row.fields.size(), columns.fields)});
    }
    const auto field = [&](CallColumn column) -> const std::string& {
        return columns.field(row, column);
    };
    Call call;
    call.line = row.line;
    call.service = field(CallColumn::service);
    if (columns.customer) call.customer = row.fields[*columns.customer];
    const auto date = config::date_from(field(CallColumn::date));
    if (!date) {
        return tl::unexpected(Wrong{
            "date_invalid", fmt::format("date: '{}' is not YYYY-MM-DD", field(CallColumn::date))});
    }
    call.date = *date;
    const std::string& caller_class = field(CallColumn::kind);
    if (caller_class != "0" && caller_class != "1" && caller_class != "2") {
        return tl::unexpected(
            Wrong{"class_invalid", fmt::format("class: '{}' is neither 0, 1 nor 2", caller_class)});
    }
    call.priority = caller_class == "2";
    call.served = field(CallColumn::outcome) == "served";
    if (!call.served && field(CallColumn::outcome) != "abandoned") {
        return tl::unexpected(
            Wrong{"outcome_invalid", fmt::format("outcome: '{}' is neither served nor abandoned",
                                                 field(CallColumn::outcome))});
    }
    const auto arrive = seconds_of("arrive_s", field(CallColumn::arrive));
    if (!arrive) return tl::unexpected(arrive.error());
    const auto finish = seconds_of("finish_s", field(CallColumn::finish));
    if (!finish) return tl::unexpected(finish.error());
    const auto start = call.served ? seconds_of("start_s", field(CallColumn::start)) : finish;
    if (!start) return tl::unexpected(start.error());
    if (*start < *arrive || *finish < *start) {
        return tl::unexpected(Wrong{
            "time_backward", fmt::format("arrive_s {}, {} {}, finish_s {}: time goes back", *arrive,
                                         call.served ? "start_s" : "left", *start, *finish)});
    }
    const int64_t midnight_ms = days_since_1970(call.date) * kDayMs;
    call.arrive_ms = midnight_ms + *arrive * 1'000;
    call.leave_ms = midnight_ms + *start * 1'000;
    call.service_ms = (*finish - *start) * 1'000;
    return call;
}

}  // namespace

int64_t days_since_1970(config::Date date) {
    namespace chrono = std::chrono;
    return chrono::sys_days(chrono::year(date.year) / static_cast<unsigned>(date.month) /
                            static_cast<unsigned>(date.day))
        .time_since_epoch()
        .count();
}

DaysAround::DaysAround(std::vector<int64_t> days) {
    if (days.empty()) return;
    const auto middle = days.begin() + static_cast<std::ptrdiff_t>(days.size() / 2);
    std::nth_element(days.begin(), middle, days.end());
    median_ = *middle;
}

bool DaysAround::holds(int64_t day) const {
    return median_ - kDaysFromMedianMax <= day && day <= median_ + kDaysFromMedianMax;
}

SetAside date_far(const CsvReader& csv, int line, config::Date date) {
    return {line, "date_far",
            csv.at(line, fmt::format("date: {} is more than {} days from most of the file",
                                     config::to_string(date), kDaysFromMedianMax))};
}

tl::expected<BankTrace, Error> read_bank_trace(const std::string& path) {
    auto csv = CsvReader::open(path);
    if (!csv) return tl::unexpected(csv.error());
    return read_bank_trace(*csv);
}

tl::expected<BankTrace, Error> read_bank_trace(CsvReader& csv) {
    const auto columns = call_columns(csv);
    if (!columns) return tl::unexpected(columns.error());
    BankTrace trace;
    std::set<std::pair<std::string, std::string>> tickets;
    CsvRow row;
    while (csv.next(row)) {
        ++trace.rows;
        auto call = call_of(row, *columns);
        if (call) {
            const std::string& date = columns->field(row, CallColumn::date);
            const std::string& ticket = columns->field(row, CallColumn::ticket);
            if (!tickets.emplace(date, ticket).second) {
                call = tl::unexpected(
                    Wrong{"ticket_twice",
                          fmt::format("ticket: {} of {} was there before", ticket, date)});
            }
        }
        if (call) {
            trace.calls.push_back(std::move(*call));
        } else {
            trace.set_aside.push_back(
                {row.line, call.error().code, csv.at(row.line, call.error().what)});
        }
    }
    set_aside_other_years(csv, trace.calls, trace.set_aside);
    std::stable_sort(trace.calls.begin(), trace.calls.end(),
                     [](const Call& a, const Call& b) { return a.arrive_ms < b.arrive_ms; });
    std::sort(trace.set_aside.begin(), trace.set_aside.end(),
              [](const SetAside& a, const SetAside& b) { return a.line < b.line; });
    return trace;
}

std::map<std::string, std::size_t> count_by_code(const std::vector<SetAside>& set_aside) {
    std::map<std::string, std::size_t> counts;
    for (const SetAside& row : set_aside) ++counts[row.code];
    return counts;
}

}  // namespace hall::sim
