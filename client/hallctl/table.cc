#include "client/hallctl/table.h"

#include <algorithm>

#include "wording/wording.h"

namespace hall::client::hallctl {

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
            line += row[i];
            line.append(widths[i] - columns(row[i]) + 2, ' ');
        }
        line.erase(line.find_last_not_of(' ') + 1);
        lines += line + "\n";
    }
    return lines;
}

std::string window_name(uint32_t window) {
    if (window == 0) return "";
    return wording::format("hallctl.window", {{"window", std::to_string(window)}});
}

std::string minutes(int64_t span_ms) {
    return wording::format("hallctl.minutes", {{"minutes", std::to_string(span_ms / 60'000)}});
}

}  // namespace hall::client::hallctl
