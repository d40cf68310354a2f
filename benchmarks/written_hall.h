// WrittenHall: a hall in this process, on a real log and a real vault, whose history is written
// faster than time: for measuring what months leave behind.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "config/calendar.h"
#include "config/hall_file.h"
#include "hall-server/service/hall_service.h"

namespace hall::bench {

// Where a written history begins.
inline constexpr config::Date kFirstDay{2026, 7, 1};
inline constexpr int64_t kDayMs = 86'400'000;

class WrittenHall {
  public:
    // Starts in `data` at this local time; a log or a vault that does not open ends the program.
    WrittenHall(const std::filesystem::path& config, const std::filesystem::path& data,
                config::Date date, int minute);
    ~WrittenHall();

    // One more command of the batch, by an admin.
    protocol::Command& add();
    // Does the batch; a refusal ends the program.
    std::vector<protocol::Reply> commit();

    int64_t now_ms() const { return now_ms_; }
    void set_now_ms(int64_t now_ms) { now_ms_ = now_ms; }
    const config::Calendar& days() const;
    service::HallService& hall() { return *hall_; }

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
    std::unique_ptr<service::HallService> hall_;
    std::vector<service::Incoming> batch_;
    uint64_t ids_ = 0;
    int64_t now_ms_ = 0;
};

}  // namespace hall::bench
