// Rows of equal length as a person reads them in a terminal, and the words that cells share.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hall::client::hallctl {

// Columns that a text takes in a terminal: ideographs and full-width signs take two.
size_t columns(std::string_view utf8);

class Table {
  public:
    // Keys of the sentences of the heading.
    explicit Table(const std::vector<const char*>& heading_keys);

    void add(std::vector<std::string> row);

    const std::vector<std::vector<std::string>>& rows() const { return rows_; }  // heading first
    std::string to_text() const;

  private:
    std::vector<std::vector<std::string>> rows_;
};

// The rows of a list with one member.
template <typename Row>
std::vector<Row> only(const Row& row) {
    return {row};
}

std::string window_name(uint32_t window);  // nothing for 0
std::string minutes(int64_t span_ms);

// "11-26 08:41" on the hall's clock, and with the year; nothing for 0.
std::string moment_text(int64_t at_ms, int32_t utc_offset_s);
std::string full_moment_text(int64_t at_ms, int32_t utc_offset_s);

// The sentence of `key` where `holds`, else nothing.
std::string mark(bool holds, const char* key);

}  // namespace hall::client::hallctl
