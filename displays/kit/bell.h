// A short call by sound, for what must be noticed by somebody who does not look at the screen.
// Through SDL; the device is open only while it rings, so a quiet console uses no sound card.
#pragma once

#include <cstdint>
#include <memory>

namespace hall::kit {

class Bell {
  public:
    Bell();
    ~Bell();
    Bell(const Bell&) = delete;
    Bell& operator=(const Bell&) = delete;

    // Called each turn of the loop: at once when `on` begins, then every kEveryMs while it lasts.
    // Without a sound card it is silent, and says so once on the standard error.
    void turn(bool on, std::int64_t now_ms);

    static constexpr std::int64_t kEveryMs = 3'000;

  private:
    struct Device;
    std::unique_ptr<Device> device_;
    std::int64_t rung_ms_ = 0;
    bool told_ = false;
};

}  // namespace hall::kit
