// A vault whose disk fails when a test says so.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hall-server/store/vault.h"

namespace hall::service {

// Passes everything on, and refuses to write while told to.
class WatchedVault final : public store::Vault {
  public:
    explicit WatchedVault(std::unique_ptr<store::Vault> vault) : vault_(std::move(vault)) {}

    bool failing = false;  // prepare
    bool stuck = false;    // settle, sweep, destroy
    int reads = 0;

    tl::expected<std::optional<std::string>, Error> read(uint64_t record) override {
        ++reads;
        return vault_->read(record);
    }
    tl::expected<void, Error> prepare(const store::VaultBatch& batch, uint64_t seq) override;
    tl::expected<void, Error> settle(uint64_t seq) override;
    tl::expected<void, Error> sweep(uint64_t log_seq, uint64_t next_record) override;
    tl::expected<void, Error> destroy(const std::vector<store::SealedDay>& days) override;
    tl::expected<std::vector<store::SealedDay>, Error> days() override { return vault_->days(); }
    tl::expected<void, Error> tidy() override { return vault_->tidy(); }

  private:
    std::unique_ptr<store::Vault> vault_;
};

}  // namespace hall::service
