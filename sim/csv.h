// CsvReader: the rows of a CSV file, plain or gzip, one after another, each with its line number.
//
// The first row that is not a comment is the header. Fields may stand in double quotes, "" inside
// them is one quote, and a quoted field may span lines. Lines that start with # are comments, empty
// lines are skipped. Used by every reader of hall-sim; one thread.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "protocol/error.h"

namespace hall::sim {

inline constexpr std::size_t kCsvBytesMax = std::size_t{512} << 20;  // unpacked

struct CsvRow {
    int line = 0;  // of its first character, from 1
    std::vector<std::string> fields;
};

class CsvReader {
  public:
    // Reads and unpacks the whole file. Errors, naming the file: `file_unreadable` (missing, a
    // folder, damaged gzip, larger than kCsvBytesMax), `csv_invalid` (no header).
    static tl::expected<CsvReader, Error> open(const std::string& path);
    // As `open`, of a text in memory; `name` stands for the file in errors.
    static tl::expected<CsvReader, Error> parse(std::string text, std::string name);

    const std::string& name() const { return name_; }
    const std::vector<std::string>& header() const { return header_.fields; }
    int header_line() const { return header_.line; }
    // The column with this heading; nullopt when there is none.
    std::optional<std::size_t> column(std::string_view heading) const;
    // The columns with these headings, in this order. Error: `columns_missing`, which names those
    // that are not there.
    tl::expected<std::vector<std::size_t>, Error> columns(
        std::span<const std::string_view> headings) const;

    // The next row into `row`, however many fields it has; false at the end. A quote that is never
    // closed ends the file: the row then holds what there is.
    bool next(CsvRow& row);

    // "FILE:LINE: what", as messages call a place.
    std::string at(int line, const std::string& what) const;

  private:
    CsvReader(std::string text, std::string name);

    std::string text_;
    std::string name_;
    std::size_t at_ = 0;
    int line_ = 1;
    CsvRow header_;
};

// The whole of a file, unpacked when it is gzip. Error: `file_unreadable`.
tl::expected<std::string, Error> read_text(const std::string& path, std::size_t bytes_max);

// A number that fills the whole of `text`; nullopt otherwise, also for nan and infinities.
std::optional<double> number_from(std::string_view text);

}  // namespace hall::sim
