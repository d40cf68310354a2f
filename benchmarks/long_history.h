// A log as a hall has after months: made by the real service and the real store, only faster than
// time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace hall::bench {

struct History {
    uint64_t events = 0;
    uint32_t tickets = 0;
    std::string next_morning;  // local, "2026-11-23T09:00": where a demo clock can go on
};

// Fills `data` with `days` days of `tickets_a_day`, five events each, for the hall of `config`.
// Checkpoints are made as the server makes them.
History make_history(const std::filesystem::path& config, const std::filesystem::path& data,
                     int days, int tickets_a_day);

// Takes all checkpoints out of a closed log.
void forget_checkpoints(const std::filesystem::path& data);

}  // namespace hall::bench
