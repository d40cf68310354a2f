#include "displays/console/alarm_trace.h"

#include <algorithm>

namespace hall::console {

void AlarmTrace::shown(const protocol::CareView& drawn, std::int64_t monotonic_ns) {
    if (!file_.is_open()) return;
    std::uint64_t newest = newest_;
    for (const auto& emergency : drawn.emergencies()) newest = std::max(newest, emergency.id());
    if (newest == newest_) return;
    newest_ = newest;
    file_ << newest << ' ' << monotonic_ns << std::endl;
}

}  // namespace hall::console
