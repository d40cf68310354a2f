// A table for a spreadsheet: UTF-8 with a byte order mark (so that Excel reads Chinese), CRLF,
// every field in quotes (RFC 4180).
//
// A field that a spreadsheet would take for a formula (it begins with = + - @, a tab or a carriage
// return) gets an apostrophe in front: names of devices come from people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hall::client {

class CsvText {
  public:
    void add(const std::vector<std::string>& row);
    void blank() { text_ += "\r\n"; }  // between two tables in one file

    const std::string& text() const { return text_; }

  private:
    std::string text_ = "\xEF\xBB\xBF";
};

}  // namespace hall::client
