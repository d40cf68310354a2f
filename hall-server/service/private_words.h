// PrivateWords: what the hall's events leave out, on its way into the vault and back.
//
// While a batch is decided, `collect` gathers what its events ask of the vault; `prepare` stores it
// before the log commits, and `stored` or `refused` tells what the log said. `open` gives records
// back, the ones of the batch under way too, from memory when they were opened before.
//
// Used by the loop's thread. Nothing here is ever logged.
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <unordered_map>
#include <vector>

#include "hall-server/core/hall.h"
#include "hall-server/store/vault.h"
#include "protocol/error.h"

namespace hall::service {

// A record, and what is made of it over and over.
struct OpenedRecord {
    core::state::PrivateRecord words;
    std::string masked_name;    // of the person
    std::string name_to_match;  // normalised
    std::string phone_to_match;
    std::string identity_to_match;
};

class PrivateWords {
  public:
    static constexpr size_t kOpenedMax = 32'768;  // records in memory, some 500 bytes each

    // `vault` outlives this.
    explicit PrivateWords(store::Vault& vault) : vault_(vault) {}

    // Once, when the hall was built: undoes what the log never took, and destroys every day that
    // the state does not know. Errors: the vault's; `vault_of_another_log`: the log is empty and
    // the vault is not.
    tl::expected<void, Error> start(uint64_t log_seq, uint64_t next_record,
                                    const std::vector<core::state::VaultDay>& known);

    // Work of one command of the batch, sealed under `today`. `pin_hash` joins the record of a PIN.
    void collect(core::VaultWork work, uint32_t today, const std::string& pin_hash);
    // Stores what the batch seals. Errors: the vault's; nothing of it is stored then, and the batch
    // must not reach the log. The batch ends with stored(), refused() or drop().
    tl::expected<void, Error> prepare(uint64_t seq);
    // The log has it: erases and destroys. What fails is tried again by tidy() and by start().
    void stored(uint64_t seq);
    // The log refused it and ends at `log_seq`.
    void refused(uint64_t log_seq, uint64_t next_record);
    // It never came to prepare(), or that failed.
    void drop();

    // When the loop is idle.
    void tidy();

    // What `record` holds; null when it is 0, or nothing is kept (any more).
    std::shared_ptr<const OpenedRecord> open(uint64_t record);

    // Stable words for a status: what the vault owes.
    std::vector<std::string> troubles() const;

  private:
    struct Cached {
        std::shared_ptr<const OpenedRecord> opened;
        std::list<uint64_t>::iterator place;
    };
    struct Sweep {
        uint64_t log_seq = 0;
        uint64_t next_record = 0;
    };

    void keep(uint64_t record, std::shared_ptr<const OpenedRecord> opened);
    void forget(uint64_t record);
    void destroy_due();
    void seal(core::VaultWork::Seal& seal, uint32_t today, const std::string& pin_hash);

    store::Vault& vault_;
    store::VaultBatch batch_;
    std::map<uint64_t, std::shared_ptr<const OpenedRecord>> fresh_;  // of the batch
    std::vector<store::SealedDay> destroy_;                          // by the batch
    std::vector<store::SealedDay> due_;  // the log says so and the vault has not done it
    uint64_t settle_seq_ = 0;            // 0 = nothing is left to settle
    std::optional<Sweep> sweep_;         // before anything else is stored
    bool unreadable_ = false;            // a record was not what was sealed

    std::list<uint64_t> used_;  // the last one first
    std::unordered_map<uint64_t, Cached> opened_;
};

// What the vault knows of a ledger's row: the masked name (王*明) where the ledger is of people,
// the note of who looked at a name, what an emergency was. For another thread: locks as the vault.
// A row whose record is gone stays as it is.
void fill_row(store::VaultReader& vault, protocol::LedgerKind::Value kind,
              protocol::LedgerRow& row);

}  // namespace hall::service
