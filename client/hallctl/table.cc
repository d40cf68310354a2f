#include "client/hallctl/table.h"

#include <fmt/format.h>

#include <algorithm>

#include "client/place_text.h"
#include "wording/names.h"
#include "wording/wording.h"

namespace hall::client::hallctl {

namespace {

// A row is one line, whatever somebody wrote into a note.
std::string on_one_line(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
    return text;
}

}  // namespace

size_t columns(std::string_view utf8) {
    size_t width = 0;
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0) == 0x80) continue;  // the rest of a character
        width += byte >= 0xE2 ? 2 : 1;        // U+2000 and up: what we write there is wide
    }
    return width;
}

Table::Table(const std::vector<const char*>& heading_keys) {
    std::vector<std::string> heading;
    heading.reserve(heading_keys.size());
    for (const char* key : heading_keys) heading.push_back(wording::text(key));
    rows_.push_back(std::move(heading));
}

void Table::add(std::vector<std::string> row) {
    rows_.push_back(std::move(row));
}

std::string Table::to_text() const {
    std::vector<size_t> widths(rows_.front().size(), 0);
    for (const auto& row : rows_) {
        for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], columns(row[i]));
    }
    std::string lines;
    for (const auto& row : rows_) {
        std::string line;
        for (size_t i = 0; i < row.size(); ++i) {
            line += on_one_line(row[i]);
            line.append(widths[i] - columns(row[i]) + 2, ' ');
        }
        line.erase(line.find_last_not_of(' ') + 1);
        lines += line + "\n";
    }
    return lines;
}

std::string window_name(uint32_t window) {
    return window == 0 ? "" : wording::name_of_window(window);
}

std::string full_moment_text(int64_t at_ms, int32_t utc_offset_s) {
    if (at_ms == 0) return "";
    // Days to a date: Howard Hinnant, chrono-compatible low-level date algorithms.
    constexpr int64_t kDayMs = 86'400'000;
    const int64_t local_ms = at_ms + int64_t{utc_offset_s} * 1'000;
    const int64_t z = local_ms / kDayMs + 719'468;
    const int64_t era = z / 146'097;
    const int64_t of_era = z - era * 146'097;
    const int64_t year_of_era =
        (of_era - of_era / 1'460 + of_era / 36'524 - of_era / 146'096) / 365;
    const int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int64_t from_march = (5 * of_year + 2) / 153;
    const int64_t day = of_year - (153 * from_march + 2) / 5 + 1;
    const int64_t month = from_march < 10 ? from_march + 3 : from_march - 9;
    const int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
    return fmt::format("{:04}-{:02}-{:02} {}", year, month, day, clock_text(at_ms, utc_offset_s));
}

std::string moment_text(int64_t at_ms, int32_t utc_offset_s) {
    const std::string full = full_moment_text(at_ms, utc_offset_s);
    return full.empty() ? "" : full.substr(5);
}

std::string mark(bool holds, const char* key) {
    return holds ? wording::text(key) : "";
}

std::string minutes(int64_t span_ms) {
    return wording::format("hallctl.minutes", {{"minutes", std::to_string(span_ms / 60'000)}});
}

}  // namespace hall::client::hallctl
