// A table for a spreadsheet: UTF-8 with a byte order mark (so that Excel reads Chinese), CRLF,
// every field in quotes (RFC 4180).
//
// A field that a spreadsheet would take for a formula (it begins with = + - @, their full-width
// forms, a tab or a carriage return, with or without apostrophes before it) gets an apostrophe in
// front: names come from people. So nothing is lost: a program that reads the file takes one
// apostrophe away from every field that begins with apostrophes and one of these, and has what was
// written.
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
