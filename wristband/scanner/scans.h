// From the bytes of a scanner to codes, one for each time something was held before it.
//
// A scanner sends a line for each code, ended by CR, LF or both. Whatever else comes down a cable
// is left out and counted: empty lines, lines over kScanBytesMax, lines with anything but printable
// ASCII, and the half line of a scanner that was unplugged. Pure: time is an argument. One thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace hall::wristband::scanner {

inline constexpr std::size_t kScanBytesMax = 200;
// A band held before a scanner is read again and again: that is one scan.
inline constexpr std::chrono::milliseconds kRepeat{2'000};
inline constexpr std::size_t kRecentMax = 16;

class LineReader {
  public:
    // The lines that `bytes` complete, normalised (wristband/code), in order.
    std::vector<std::string> feed(std::string_view bytes);
    // The scanner is gone: what it had begun to say is forgotten.
    void cut();
    // Lines left out so far, empty ones not counted.
    std::size_t left_out() const { return left_out_; }

  private:
    void end_line(std::vector<std::string>& lines);

    std::string line_;
    bool too_long_ = false;
    std::size_t left_out_ = 0;
};

class RepeatFilter {
  public:
    using Time = std::chrono::steady_clock::time_point;

    // Whether `code` is a scan of its own: it was not seen within kRepeat before `now`. As long as
    // it is seen again and again it stays one scan.
    bool is_new(const std::string& code, Time now);
    // The scan did not reach the hall: whoever holds the band there again means it.
    void forget(const std::string& code);

  private:
    struct Seen {
        std::string code;
        Time last;
    };
    std::deque<Seen> recent_;  // at most kRecentMax, oldest first
};

}  // namespace hall::wristband::scanner
