// RecordedDay: the tickets of one office on one day, as a CSV file of config/replay tells them.
//
// Times are bounds: it happened in (after, by], in minutes after local midnight.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "config/hall_file.h"
#include "protocol/error.h"

namespace hall::replay {

// What one file may hold; the largest recorded office day has some 2,000 tickets.
inline constexpr std::size_t kFileBytesMax = 64 << 20;
inline constexpr std::size_t kTicketsMax = 50'000;

struct Bounds {
    int after_min = 0;
    int by_min = 0;
    auto operator<=>(const Bounds&) const = default;
};

struct RecordedTicket {
    std::string queue;   // of the record, "658"
    std::string letter;  // of that queue: tells the service of the hall
    std::string number;  // as it was issued there, "X001"
    Bounds issued;
    std::optional<Bounds> called;  // nothing: it was never called
    int counters = 1;              // open for this queue at the time of the call
};

struct RecordedDay {
    std::string office;
    config::Date date;
    std::vector<RecordedTicket> tickets;  // in the order of the file: by queue, then number
};

// Which of a file's tickets; an empty word takes all.
struct Selection {
    std::string office;
    std::string queue;
    std::string date;  // "2019-12-30"
};

// Reads a file. Errors, naming file and line: `recording_unreadable`, `recording_invalid`;
// `recording_ambiguous` when several offices or days remain, `recording_empty` when none does.
tl::expected<RecordedDay, Error> read_day(const std::string& path, const Selection& selection);

// As read_day, of a text in memory; `name` stands for the file in errors.
tl::expected<RecordedDay, Error> parse_day(std::string_view text, const std::string& name,
                                           const Selection& selection);

}  // namespace hall::replay
