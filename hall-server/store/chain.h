// The hash chain of the log (grammar: top of event_log.h), and the digest of checkpoints. Used by
// both logs, so that they agree to the byte.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "hall-server/store/event_log.h"

namespace hall::store {

// chain(0). Every process must call this (or open a log, which does) before it hashes: it readies
// libsodium.
const Digest& genesis_chain();

// chain(seq), given chain(seq - 1).
Digest chain_after(const Digest& previous, uint64_t seq, const NewRecord& record);

// BLAKE2b-256(chain(seq) seq format bytes): seq u64, format u32, bytes u32 length and bytes, little
// endian. Persistent. Covering the chain ties a checkpoint to the records it was made from.
Digest checkpoint_digest(const Digest& chain_at_seq, uint64_t seq, uint32_t format,
                         std::string_view bytes);

// Follows a log from record to record.
class ChainWalk {
  public:
    // `before` is the end of what is already known good: {0, chain(0)} to start with the first.
    explicit ChainWalk(const Head& before) : last_(before) {}

    // What is wrong with the record, or nothing; then it is the new last().
    std::optional<Damage> step(const Record& record);

    const Head& last() const { return last_; }

  private:
    Head last_;
};

// verify() of any log: `read` gives the records of the whole log in order with their chain checked.
class HeadSearch {
  public:
    explicit HeadSearch(const std::optional<Digest>& expected);

    void see(const Record& record);
    // After the last record: the result, or the damage if the expected head was never seen.
    tl::expected<Verified, Damage> result() const;

  private:
    std::optional<Digest> expected_;
    Verified verified_;
};

}  // namespace hall::store
