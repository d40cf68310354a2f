#include "hall-server/service/private_words.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "hall-server/service/private_names.h"

namespace hall::service {

using core::state::PrivateRecord;
using protocol::LedgerKind;
using protocol::VaultKind;

namespace {

std::shared_ptr<const OpenedRecord> opened_record(PrivateRecord words) {
    auto opened = std::make_shared<OpenedRecord>();
    const protocol::Person& person = words.person();
    opened->masked_name = masked_name(person.name());
    opened->name_to_match = normalised(person.name());
    opened->phone_to_match = normalised(person.phone());
    opened->identity_to_match = identity_to_match(person.identity());
    opened->words = std::move(words);
    return opened;
}

// What was said before and is not said anew, without what is to be kept no longer.
PrivateRecord completed(const PrivateRecord& base, const core::VaultWork::Seal& seal) {
    PrivateRecord whole;
    if (seal.base_person_only) {
        *whole.mutable_person() = base.person();
    } else {
        whole = base;
    }
    whole.MergeFrom(seal.content);
    protocol::Person& person = *whole.mutable_person();
    for (const std::string& field : seal.erase) {
        person.GetReflection()->ClearField(&person, person.GetDescriptor()->FindFieldByName(field));
    }
    if (person.family_phone().empty()) person.clear_family_consent();
    return whole;
}

}  // namespace

tl::expected<void, Error> PrivateWords::start(uint64_t log_seq, uint64_t next_record,
                                              const std::vector<core::state::VaultDay>& known) {
    const auto before = vault_.days();
    if (!before) return tl::unexpected(before.error());
    if (log_seq == 0 && !before->empty()) {
        // A new log would have everything destroyed: nobody means that by losing a file.
        return tl::unexpected(
            Error{"vault_of_another_log",
                  "The vault holds records, but the log is empty. Restore hall.db, or move "
                  "vault.sqlite and keys/vault out of the data directory to begin anew."});
    }
    const auto swept = vault_.sweep(log_seq, next_record);
    if (!swept) return swept;
    auto days = vault_.days();
    if (!days) return tl::unexpected(days.error());
    std::erase_if(*days, [&](const store::SealedDay& day) {
        return std::any_of(known.begin(), known.end(), [&](const core::state::VaultDay& entry) {
            return static_cast<uint32_t>(entry.kind()) == day.kind && entry.day() == day.day;
        });
    });
    return vault_.destroy(*days);
}

void PrivateWords::seal(core::VaultWork::Seal& seal, uint32_t today, const std::string& pin_hash) {
    if (const auto base = open(seal.base)) {
        seal.content = completed(base->words, seal);
    }
    const bool of_a_pin = seal.kind == VaultKind::staff && seal.content.staff_name().empty();
    if (of_a_pin) seal.content.set_pin_hash(pin_hash);
    const store::SealedDay under{static_cast<uint32_t>(seal.kind), today};
    batch_.seal.push_back({seal.record, under, seal.content.SerializeAsString()});
    fresh_[seal.record] = opened_record(std::move(seal.content));
    // The day begins again: its key stays until the log says anew that it is due.
    std::erase(destroy_, under);
    std::erase(due_, under);
}

void PrivateWords::collect(core::VaultWork work, uint32_t today, const std::string& pin_hash) {
    for (auto& one : work.seal) seal(one, today, pin_hash);
    for (const uint64_t record : work.bring) {
        batch_.bring.push_back({record, today});
        const store::SealedDay under{VaultKind::case_file, today};
        std::erase(destroy_, under);
        std::erase(due_, under);
    }
    batch_.erase.insert(batch_.erase.end(), work.erase.begin(), work.erase.end());
    for (const auto& day : work.destroy) {
        destroy_.push_back({static_cast<uint32_t>(day.kind()), day.day()});
    }
}

tl::expected<void, Error> PrivateWords::prepare(uint64_t seq) {
    if (sweep_) {
        const auto swept = vault_.sweep(sweep_->log_seq, sweep_->next_record);
        if (!swept) return swept;
        sweep_.reset();
        settle_seq_ = 0;
    }
    return vault_.prepare(batch_, seq);
}

void PrivateWords::stored(uint64_t seq) {
    for (auto& [record, opened] : fresh_) keep(record, std::move(opened));
    for (const uint64_t record : batch_.erase) forget(record);
    due_.insert(due_.end(), destroy_.begin(), destroy_.end());
    drop();
    settle_seq_ = vault_.settle(seq) ? 0 : seq;
    destroy_due();
}

void PrivateWords::refused(uint64_t log_seq, uint64_t next_record) {
    const bool touched = !batch_.empty();
    drop();
    if (touched && !vault_.sweep(log_seq, next_record)) sweep_ = Sweep{log_seq, next_record};
}

void PrivateWords::drop() {
    batch_ = {};
    fresh_.clear();
    destroy_.clear();
}

void PrivateWords::destroy_due() {
    if (due_.empty()) return;
    // Which records these days had, only the vault knows.
    opened_.clear();
    used_.clear();
    if (vault_.destroy(due_)) due_.clear();
}

void PrivateWords::tidy() {
    if (sweep_ && vault_.sweep(sweep_->log_seq, sweep_->next_record)) sweep_.reset();
    if (!sweep_ && settle_seq_ != 0 && vault_.settle(settle_seq_)) settle_seq_ = 0;
    destroy_due();
    // Tried again with the next idle moment.
    (void)vault_.tidy();
}

std::shared_ptr<const OpenedRecord> PrivateWords::open(uint64_t record) {
    if (record == 0) return nullptr;
    if (const auto here = fresh_.find(record); here != fresh_.end()) return here->second;
    if (const auto known = opened_.find(record); known != opened_.end()) {
        used_.splice(used_.begin(), used_, known->second.place);
        return known->second.opened;
    }
    auto bytes = vault_.read(record);
    if (!bytes && bytes.error().code == "vault_damaged") unreadable_ = true;
    if (!bytes || !*bytes) return nullptr;
    PrivateRecord words;
    if (!words.ParseFromString(**bytes)) {
        unreadable_ = true;
        return nullptr;
    }
    auto opened = opened_record(std::move(words));
    keep(record, opened);
    return opened;
}

void PrivateWords::keep(uint64_t record, std::shared_ptr<const OpenedRecord> opened) {
    forget(record);
    used_.push_front(record);
    opened_[record] = Cached{std::move(opened), used_.begin()};
    if (used_.size() > kOpenedMax) forget(used_.back());
}

void PrivateWords::forget(uint64_t record) {
    const auto known = opened_.find(record);
    if (known == opened_.end()) return;
    used_.erase(known->second.place);
    opened_.erase(known);
}

std::vector<std::string> PrivateWords::troubles() const {
    std::vector<std::string> words;
    if (sweep_ || settle_seq_ != 0 || !due_.empty()) words.push_back("vault_unavailable");
    if (unreadable_) words.push_back("vault_damaged");
    return words;
}

void fill_row(store::VaultReader& vault, LedgerKind::Value kind, protocol::LedgerRow& row) {
    const bool of_people = kind == LedgerKind::check_ins || kind == LedgerKind::cases ||
                           kind == LedgerKind::consultations;
    const bool of_looks = kind == LedgerKind::unmaskings;
    const bool of_alarms = kind == LedgerKind::emergencies || kind == LedgerKind::drills;
    if (row.record() == 0 || (!of_people && !of_looks && !of_alarms)) return;
    const auto bytes = vault.read(row.record());
    PrivateRecord words;
    if (!bytes || !*bytes || !words.ParseFromString(**bytes)) return;
    if (of_people) row.set_masked_name(masked_name(words.person().name()));
    if (of_looks) row.set_note(words.note());
    if (of_alarms) row.set_note(words.kind());
}

}  // namespace hall::service
