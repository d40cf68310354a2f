// Which commands have a stored reply, and where. Inside store only.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <string_view>
#include <unordered_map>

namespace hall::store {

// A reply's row id is hall_day * kNumbersPerDay + its number within the day. Persistent.
inline constexpr int64_t kNumbersPerDay = int64_t{1} << 32;

// The commands that have a reply, found without the disk. An index on disk would touch one random
// page for each reply: measured with 40,000 replies kept, a commit of 64 commands took 1.04 ms with
// such an index and 0.34 ms without. The ids of two days are few: 14 ms to load these at the start.
class ReplyIndex {
  public:
    size_t size() const { return ids_.size(); }

    // A new id for a reply of that day; an id that is never committed is a harmless gap.
    int64_t next_id(uint32_t hall_day) { return hall_day * kNumbersPerDay + next_[hall_day]++; }

    void add(std::string_view command_id, int64_t id) {
        ids_.emplace(std::hash<std::string_view>{}(command_id), id);
        int64_t& next = next_[static_cast<uint32_t>(id / kNumbersPerDay)];
        next = std::max(next, id % kNumbersPerDay + 1);
    }

    // The ids of the replies that may belong to the command: equal hashes, so nearly always 0 or 1.
    auto candidates(std::string_view command_id) const {
        return ids_.equal_range(std::hash<std::string_view>{}(command_id));
    }

    void drop_before(uint32_t hall_day) {
        std::erase_if(ids_,
                      [&](const auto& entry) { return entry.second < hall_day * kNumbersPerDay; });
        next_.erase(next_.begin(), next_.lower_bound(hall_day));
    }

  private:
    std::unordered_multimap<size_t, int64_t> ids_;  // at most kMaxReplies
    std::map<uint32_t, int64_t> next_;              // the kept days, normally two
};

}  // namespace hall::store
