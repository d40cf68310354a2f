#include "client/csv_text.h"

#include <algorithm>

namespace hall::client {
namespace {

bool is_formula(std::string_view field) {
    constexpr std::string_view kBegins = "=+-@\t\r";
    field.remove_prefix(std::min(field.find_first_not_of('\''), field.size()));
    if (field.empty()) return false;
    if (kBegins.find(field.front()) != std::string_view::npos) return true;
    // Their full-width forms, which some spreadsheets take for the same.
    for (const std::string_view wide : {"＝", "＋", "－", "＠"}) {
        if (field.substr(0, wide.size()) == wide) return true;
    }
    return false;
}

std::string quoted_field(std::string_view field) {
    std::string out = is_formula(field) ? "\"'" : "\"";
    for (const char c : field) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

}  // namespace

void CsvText::add(const std::vector<std::string>& row) {
    for (size_t i = 0; i < row.size(); ++i) {
        if (i > 0) text_ += ',';
        text_ += quoted_field(row[i]);
    }
    text_ += "\r\n";
}

}  // namespace hall::client
