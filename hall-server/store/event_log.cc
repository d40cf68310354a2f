#include "hall-server/store/event_log.h"

#include <sodium.h>

#include <unordered_set>

#include "protocol/check.h"

namespace hall::store {

std::string to_hex(const Digest& digest) {
    std::array<char, 2 * sizeof(Digest) + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    return hex.data();
}

std::optional<Digest> digest_from_hex(std::string_view hex) {
    Digest digest{};
    if (hex.size() != 2 * digest.size()) return std::nullopt;
    size_t length = 0;
    if (sodium_hex2bin(digest.data(), digest.size(), hex.data(), hex.size(), nullptr, &length,
                       nullptr) != 0) {
        return std::nullopt;
    }
    return digest;
}

void check_batch(const Batch& batch) {
    HALL_CHECK(batch.records.size() <= kMaxBatchRecords);
    for (const NewRecord& record : batch.records) {
        HALL_CHECK(record.actor.size() <= kMaxIdBytes);
        HALL_CHECK(record.command_id.size() <= kMaxIdBytes);
        HALL_CHECK(record.body.size() <= kMaxBodyBytes);
    }
    HALL_CHECK(batch.replies.size() <= kMaxBatchReplies);
    std::unordered_set<std::string_view> command_ids;
    for (const StoredReply& reply : batch.replies) {
        HALL_CHECK(reply.command_id.size() <= kMaxIdBytes);
        HALL_CHECK(reply.reply.size() <= kMaxReplyBytes);
        HALL_CHECK(reply.hall_day <= uint32_t{INT32_MAX});
        HALL_CHECK(command_ids.insert(reply.command_id).second);
    }
}

}  // namespace hall::store
