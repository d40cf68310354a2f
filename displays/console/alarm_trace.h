// AlarmTrace: when an alarm was on the screen, for measuring (--frame-trace FILE).
//
// A line for the first picture of each new emergency: its id, and the monotonic nanoseconds when
// the picture was on the screen.
#pragma once

#include <cstdint>
#include <fstream>

#include "protocol/views.pb.h"

namespace hall::console {

class AlarmTrace {
  public:
    AlarmTrace() = default;
    // A file that is not open: nothing is kept.
    explicit AlarmTrace(std::ofstream file) : file_(std::move(file)) {}

    // `drawn`: what the picture was made from.
    void shown(const protocol::CareView& drawn, std::int64_t monotonic_ns);

  private:
    std::ofstream file_;
    std::uint64_t newest_ = 0;
};

}  // namespace hall::console
