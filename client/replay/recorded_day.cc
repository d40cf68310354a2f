#include "client/replay/recorded_day.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <fstream>
#include <iterator>

#include "config/calendar.h"

namespace hall::replay {
namespace {

constexpr std::string_view kHeader =
    "office,queue_id,service,date,ticket,issue_after,issue_by,call_after,call_by,counters_open,"
    "outcome";
constexpr std::size_t kColumns = 11;
constexpr int kMinutesADay = 24 * 60;

using Row = std::array<std::string_view, kColumns>;

std::optional<Row> split(std::string_view line) {
    Row row;
    for (std::size_t column = 0; column < kColumns; ++column) {
        const std::size_t comma = line.find(',');
        if ((comma == std::string_view::npos) != (column + 1 == kColumns)) return std::nullopt;
        row[column] = line.substr(0, comma);
        line.remove_prefix(std::min(line.size(), row[column].size() + 1));
    }
    return row;
}

std::optional<int> number_in(std::string_view text, int limit) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    if (value < 0 || value > limit) return std::nullopt;
    return value;
}

// "08:04"
std::optional<int> minute_of(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const auto hour = number_in(text.substr(0, 2), 23);
    const auto minute = number_in(text.substr(3), 59);
    if (!hour || !minute) return std::nullopt;
    return *hour * 60 + *minute;
}

std::optional<Bounds> bounds_of(std::string_view after, std::string_view by) {
    const auto from = minute_of(after);
    const auto to = minute_of(by);
    if (!from || !to || *from > *to || *to > kMinutesADay) return std::nullopt;
    return Bounds{*from, *to};
}

// What is wrong with a row; empty when it was taken.
std::string take(const Row& row, RecordedTicket& ticket) {
    const std::string_view service = row[2];
    if (service.empty() || service[0] < 'A' || service[0] > 'Z') {
        return "service: it begins with its letter, A to Z";
    }
    ticket.queue = row[1];
    ticket.letter = service.substr(0, 1);
    ticket.number = row[4];
    const auto issued = bounds_of(row[5], row[6]);
    if (!issued) return "issue_after, issue_by: two times HH:MM, the second not earlier";
    ticket.issued = *issued;
    if (row[10] == "called") {
        ticket.called = bounds_of(row[7], row[8]);
        if (!ticket.called) return "call_after, call_by: two times HH:MM, the second not earlier";
        if (ticket.called->by_min < ticket.issued.after_min) return "called before it was issued";
    } else if (row[10] != "never_called") {
        return "outcome: called or never_called";
    }
    if (!row[9].empty()) {
        const auto counters = number_in(row[9], config::kWindowNumberMax);
        if (!counters) return "counters_open: a number";
        // Some rows say that it was called while no counter was open: one must have been.
        ticket.counters = std::max(1, *counters);
    }
    return {};
}

}  // namespace

tl::expected<RecordedDay, Error> parse_day(std::string_view text, const std::string& name,
                                           const Selection& selection) {
    RecordedDay day;
    std::string date;
    bool header_seen = false;
    for (int line_number = 1; !text.empty(); ++line_number) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        if (line.empty() || line[0] == '#') continue;
        const auto invalid = [&](const std::string& what) {
            return tl::unexpected(
                Error{"recording_invalid", fmt::format("{}:{}: {}", name, line_number, what)});
        };
        if (!header_seen) {
            if (line != kHeader) return invalid(fmt::format("the first line must be {}", kHeader));
            header_seen = true;
            continue;
        }
        const auto row = split(line);
        if (!row) return invalid(fmt::format("{} columns without quotes", kColumns));
        if (!selection.office.empty() && (*row)[0] != selection.office) continue;
        if (!selection.queue.empty() && (*row)[1] != selection.queue) continue;
        if (!selection.date.empty() && (*row)[3] != selection.date) continue;
        if (day.tickets.empty()) {
            day.office = (*row)[0];
            date = (*row)[3];
            const auto parsed = config::date_from(date);
            if (!parsed) return invalid("date: YYYY-MM-DD");
            day.date = *parsed;
        } else if (day.office != (*row)[0] || date != (*row)[3]) {
            return tl::unexpected(
                Error{"recording_ambiguous",
                      fmt::format("{}:{}: a second office or day ({} {}): choose with --office and "
                                  "--date",
                                  name, line_number, (*row)[0], (*row)[3])});
        }
        if (day.tickets.size() == kTicketsMax) {
            return invalid(fmt::format("more than {} tickets", kTicketsMax));
        }
        RecordedTicket ticket;
        if (const std::string wrong = take(*row, ticket); !wrong.empty()) return invalid(wrong);
        day.tickets.push_back(std::move(ticket));
    }
    if (day.tickets.empty()) {
        return tl::unexpected(
            Error{"recording_empty", name + ": no ticket of that office, queue and date"});
    }
    return day;
}

tl::expected<RecordedDay, Error> read_day(const std::string& path, const Selection& selection) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return tl::unexpected(Error{"recording_unreadable", path + ": cannot be read"});
    std::string text;
    text.reserve(1 << 20);
    for (std::istreambuf_iterator<char> byte(file), end; byte != end; ++byte) {
        if (text.size() == kFileBytesMax) {
            return tl::unexpected(Error{"recording_unreadable", path + ": larger than 64 MiB"});
        }
        text += *byte;
    }
    return parse_day(text, path, selection);
}

}  // namespace hall::replay
