#include "wristband/scanner/scans.h"

#include <algorithm>

#include "wristband/code/code.h"

namespace hall::wristband::scanner {

namespace {

bool is_printable(char c) {
    return c >= ' ' && c <= '~';
}

}  // namespace

std::vector<std::string> LineReader::feed(std::string_view bytes) {
    std::vector<std::string> lines;
    for (const char c : bytes) {
        if (c == '\r' || c == '\n') {
            end_line(lines);
        } else if (line_.size() == kScanBytesMax) {
            too_long_ = true;
        } else {
            line_ += c;
        }
    }
    return lines;
}

void LineReader::end_line(std::vector<std::string>& lines) {
    const std::string code = normalised(line_);
    const bool readable = !too_long_ && std::all_of(code.begin(), code.end(), is_printable);
    if (!readable) ++left_out_;
    if (readable && !code.empty()) lines.push_back(code);
    line_.clear();
    too_long_ = false;
}

void LineReader::cut() {
    if (!line_.empty()) ++left_out_;
    line_.clear();
    too_long_ = false;
}

bool RepeatFilter::is_new(const std::string& code, Time now) {
    std::erase_if(recent_, [now](const Seen& seen) { return now - seen.last >= kRepeat; });
    for (Seen& seen : recent_) {
        if (seen.code != code) continue;
        seen.last = now;
        return false;
    }
    if (recent_.size() == kRecentMax) recent_.pop_front();
    recent_.push_back({code, now});
    return true;
}

void RepeatFilter::forget(const std::string& code) {
    std::erase_if(recent_, [&](const Seen& seen) { return seen.code == code; });
}

}  // namespace hall::wristband::scanner
