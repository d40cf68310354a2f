#include "tests/service/watched_vault.h"

namespace hall::service {
namespace {

Error full() {
    return {"storage_unavailable", "the disk of a test is full"};
}

}  // namespace

tl::expected<void, Error> WatchedVault::prepare(const store::VaultBatch& batch, uint64_t seq) {
    if (failing && !batch.empty()) {
        return tl::unexpected(full());
    }
    return vault_->prepare(batch, seq);
}

tl::expected<void, Error> WatchedVault::settle(uint64_t seq) {
    if (stuck) return tl::unexpected(full());
    return vault_->settle(seq);
}

tl::expected<void, Error> WatchedVault::sweep(uint64_t log_seq, uint64_t next_record) {
    if (stuck) return tl::unexpected(full());
    return vault_->sweep(log_seq, next_record);
}

tl::expected<void, Error> WatchedVault::destroy(const std::vector<store::SealedDay>& days) {
    if (stuck) return tl::unexpected(full());
    return vault_->destroy(days);
}

}  // namespace hall::service
