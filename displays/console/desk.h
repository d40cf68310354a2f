// What stands at every console, whatever its work is: emergencies, and who is on duty here. Each
// console's model has one; DeskScreen brings it what comes from the hall and sends what it sends.
#pragma once

#include <cstdint>

#include "displays/console/alarm_model.h"
#include "displays/console/sign_on_model.h"

namespace hall::console {

struct Desk {
    using NewestCare = client::Newest<protocol::CareView>;

    // `window`: of a clerk's console; 0 = none.
    explicit Desk(std::uint32_t window = 0) : alarm(window) {}

    void take(const NewestCare& care) {
        alarm.take(care);
        sign_on.take(care);
    }

    AlarmModel alarm;
    SignOnModel sign_on;
};

}  // namespace hall::console
