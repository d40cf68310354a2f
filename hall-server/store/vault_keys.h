// The vault's keys: one file of 32 bytes for each kind and day, so that what a day sealed can be
// destroyed without touching the rest. Inside store only; one thread at a time.
#pragma once

#include <sodium.h>

#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "hall-server/store/vault.h"
#include "protocol/error.h"

namespace hall::store {

using VaultKey = std::array<unsigned char, crypto_aead_xchacha20poly1305_ietf_KEYBYTES>;

class VaultKeys {
  public:
    // Without a folder the keys live as long as this object.
    explicit VaultKeys(std::optional<std::filesystem::path> folder) : folder_(std::move(folder)) {}
    ~VaultKeys();
    VaultKeys(const VaultKeys&) = delete;
    VaultKeys& operator=(const VaultKeys&) = delete;

    // Null: there is none. Stays until destroy(). Errors of all: `storage_unavailable`; a file of
    // another length: `vault_damaged`.
    tl::expected<const VaultKey*, Error> find(SealedDay day);
    // When it returns, a key that it made survives a power cut.
    tl::expected<const VaultKey*, Error> find_or_make(SealedDay day);
    // When it returns, the key is nowhere, also after a power cut. No key is no error.
    tl::expected<void, Error> destroy(SealedDay day);
    // In their order.
    tl::expected<std::vector<SealedDay>, Error> list() const;

  private:
    std::filesystem::path file_of(SealedDay day) const;
    void forget(SealedDay day);

    std::optional<std::filesystem::path> folder_;
    std::map<SealedDay, VaultKey> known_;
};

}  // namespace hall::store
