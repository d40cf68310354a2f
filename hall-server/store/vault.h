// Vault: where the words about a person are kept, sealed, until their day's key is destroyed.
//
// The log speaks of records by number; what a record says is here and nowhere else. The store knows
// neither kinds nor what is in the bytes: a kind is a number (protocol's VaultKind), a day counts
// from 1970-01-01, and each pair of them has a key of its own. Whoever destroys the key has
// destroyed every copy of what it sealed, those in old backups too.
//
//   DIR/vault.sqlite            sealed records (with -wal and -shm while it is open)
//   DIR/keys/vault/DAY-KIND.key 32 bytes, mode 0600; in no backup, exported apart
//
// Persistent (user_version 1):
//   sealed(record, day, kind, from_seq, until_seq, bytes)     one row a record, two while it moves
//   bytes  = nonce (24) and XChaCha20-Poly1305 of the content
//   bound  = "nuanting vault 1" record u64 kind u32 day u32, little endian: authenticated with it,
//            so that a row that was put in another's place does not open
//
// The vault commits before the log, and the log decides. `prepare` stores what a batch seals,
// marked with the seq that the log will reach with it, and takes nothing away; when the log has it,
// `settle` erases what the batch replaced; when the log refused it, or the process died in between,
// `sweep` makes the vault as if it had never been asked. So neither can be without the other.
//
// Threads: every function may be called from any thread; one that only reads waits for a disk write
// under way.
//
// Errors as EventLog's: `storage_unavailable` leaves everything as it was and a later try works; a
// write with an unknown outcome ends the process. `vault_damaged`: a row is not what was sealed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "protocol/error.h"

namespace hall::store {

// What one key seals.
struct SealedDay {
    uint32_t kind = 0;
    uint32_t day = 0;

    friend bool operator==(const SealedDay&, const SealedDay&) = default;
    friend auto operator<=>(const SealedDay&, const SealedDay&) = default;
};

// What a batch of the loop asks of the vault; done in this order.
struct VaultBatch {
    struct Seal {
        uint64_t record = 0;
        SealedDay under;
        std::string bytes;
    };
    struct Bring {
        uint64_t record = 0;
        uint32_t day = 0;
    };
    std::vector<Seal> seal;       // takes the place of whatever an undone batch left there
    std::vector<Bring> bring;     // sealed anew under another day; unknown or damaged ones stay
    std::vector<uint64_t> erase;  // unknown ones are no error

    bool empty() const { return seal.empty() && bring.empty() && erase.empty(); }
};

// The part that answers: all that a ledger needs.
class VaultReader {
  public:
    VaultReader() = default;
    VaultReader(const VaultReader&) = delete;
    VaultReader& operator=(const VaultReader&) = delete;
    virtual ~VaultReader() = default;

    // What was sealed under `record`; nothing when it never was, was erased, or its key is gone.
    // Errors: `storage_unavailable`, `vault_damaged`.
    virtual tl::expected<std::optional<std::string>, Error> read(uint64_t record) = 0;
};

class Vault : public VaultReader {
  public:
    // One transaction, on disk when it returns; keys that are missing are made first. `seq`: what
    // the log reaches when it takes the batch. An empty batch touches nothing.
    // Errors: `storage_unavailable`; nothing of the batch is done then.
    virtual tl::expected<void, Error> prepare(const VaultBatch& batch, uint64_t seq) = 0;

    // The log has reached `seq`: erases for good what the batches up to it erased or moved.
    // Errors: `storage_unavailable`; call it again, or sweep.
    virtual tl::expected<void, Error> settle(uint64_t seq) = 0;

    // Undoes what the log never took, finishes what it took, and drops rows without a key. For the
    // start and for a batch that the log refused. `next_record`: the first number of which the log
    // never spoke. Keys without rows stay.
    virtual tl::expected<void, Error> sweep(uint64_t log_seq, uint64_t next_record) = 0;

    // Keys first (overwritten, unlinked, the folder synced), then their rows, then the freed pages
    // and the WAL. Days without a key or rows are no error.
    // Errors: `storage_unavailable`; the days whose key is gone are destroyed all the same.
    virtual tl::expected<void, Error> destroy(const std::vector<SealedDay>& days) = 0;

    // Every pair with a key or a row, in their order.
    virtual tl::expected<std::vector<SealedDay>, Error> days() = 0;

    // Wipes the WAL where that was not possible at once. Cheap when there is nothing to do.
    virtual tl::expected<void, Error> tidy() = 0;
};

// The vault beside the log in `data_dir`, made when there is none. REQUIRES: the caller holds the
// log there, so that nobody else writes.
// Errors: `storage_unavailable`, `vault_not_a_database`, `vault_from_future`, `vault_damaged`;
// `vault_keys_missing`: there are rows but no folder of keys.
tl::expected<std::unique_ptr<Vault>, Error> open_vault(const std::filesystem::path& data_dir);

// The same without a disk, for the simulator and for tests.
std::unique_ptr<Vault> open_memory_vault();

}  // namespace hall::store
