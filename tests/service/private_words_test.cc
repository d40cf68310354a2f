// What events leave out goes into the vault before the log, comes back from it, and is gone when
// the log says so.
#include "hall-server/service/private_words.h"

#include <gtest/gtest.h>

#include "tests/service/watched_vault.h"

namespace hall::service {
namespace {

using core::VaultWork;
using core::state::PrivateRecord;
using protocol::VaultKind;

constexpr uint32_t kToday = 20780;

VaultWork sealing(uint64_t record, const std::string& name,
                  VaultKind::Value kind = VaultKind::check_in) {
    VaultWork work;
    VaultWork::Seal& seal = work.seal.emplace_back();
    seal.record = record;
    seal.kind = kind;
    seal.content.mutable_person()->set_name(name);
    return work;
}

VaultWork destroying(VaultKind::Value kind, uint32_t day) {
    VaultWork work;
    core::state::VaultDay& destroyed = work.destroy.emplace_back();
    destroyed.set_kind(kind);
    destroyed.set_day(day);
    return work;
}

class PrivateWordsTest : public testing::Test {
  protected:
    // One batch that vault and log take.
    void store(VaultWork work, uint64_t seq, uint32_t day = kToday) {
        words_.collect(std::move(work), day, "");
        ASSERT_TRUE(words_.prepare(seq));
        words_.stored(seq);
    }
    std::string name_of(PrivateWords& words, uint64_t record) {
        const auto opened = words.open(record);
        return opened ? opened->words.person().name() : "(nothing)";
    }
    // As another process would read it.
    std::string stored_name(uint64_t record) {
        PrivateWords fresh(vault_);
        return name_of(fresh, record);
    }

    WatchedVault vault_{store::open_memory_vault()};
    PrivateWords words_{vault_};
};

TEST_F(PrivateWordsTest, ARecordIsThereAtOnceAndStaysMasked) {
    words_.collect(sealing(1, "𠮷田明"), kToday, "");
    EXPECT_EQ(name_of(words_, 1), "𠮷田明");
    EXPECT_EQ(words_.open(1)->masked_name, "𠮷*明");
    ASSERT_TRUE(words_.prepare(1));
    words_.stored(1);
    EXPECT_EQ(stored_name(1), "𠮷田明");
    EXPECT_EQ(words_.open(0), nullptr);
}

TEST_F(PrivateWordsTest, ALedgersRowGetsNoMoreThanItsLedgerShows) {
    core::VaultWork work = sealing(1, "𠮷田明");
    work.seal.front().content.set_note("家属来电");
    work.seal.front().content.set_kind("胸闷");
    words_.collect(work, kToday, "");
    ASSERT_TRUE(words_.prepare(1));
    words_.stored(1);
    const auto filled = [&](protocol::LedgerKind::Value kind, uint64_t record) {
        protocol::LedgerRow row;
        row.set_record(record);
        fill_row(vault_, kind, row);
        row.clear_record();
        return row.ShortDebugString();
    };
    protocol::LedgerRow named;
    named.set_masked_name("𠮷*明");
    EXPECT_EQ(filled(protocol::LedgerKind::check_ins, 1), named.ShortDebugString());
    protocol::LedgerRow noted;
    noted.set_note("家属来电");
    EXPECT_EQ(filled(protocol::LedgerKind::unmaskings, 1), noted.ShortDebugString());
    protocol::LedgerRow told;
    told.set_note("胸闷");
    EXPECT_EQ(filled(protocol::LedgerKind::emergencies, 1), told.ShortDebugString());
    EXPECT_EQ(filled(protocol::LedgerKind::drills, 1), told.ShortDebugString());
    EXPECT_EQ(filled(protocol::LedgerKind::loans, 1), "");
    EXPECT_EQ(filled(protocol::LedgerKind::check_ins, 2), "") << "a record that is gone";
}

TEST_F(PrivateWordsTest, OpeningAgainAsksNoDisk) {
    store(sealing(1, "王小明"), 1);
    PrivateWords fresh(vault_);
    (void)fresh.open(1);
    const int before = vault_.reads;
    for (int i = 0; i < 10; ++i) EXPECT_NE(fresh.open(1), nullptr);
    EXPECT_EQ(vault_.reads, before);
}

TEST_F(PrivateWordsTest, WhatTheLogRefusedIsForgotten) {
    store(sealing(1, "王小明"), 10);
    VaultWork correction = sealing(2, "王大明");
    correction.erase.push_back(1);
    words_.collect(std::move(correction), kToday, "");
    ASSERT_TRUE(words_.prepare(11));
    words_.refused(10, 2);
    EXPECT_EQ(name_of(words_, 1), "王小明");
    EXPECT_EQ(name_of(words_, 2), "(nothing)");
    EXPECT_EQ(stored_name(2), "(nothing)");
}

TEST_F(PrivateWordsTest, NothingIsStoredOverARefusedBatchThatIsNotSweptYet) {
    store(sealing(1, "王小明"), 10);
    VaultWork erasing;
    erasing.erase.push_back(1);
    words_.collect(std::move(erasing), kToday, "");
    ASSERT_TRUE(words_.prepare(11));
    vault_.stuck = true;
    words_.refused(10, 2);
    EXPECT_EQ(words_.troubles(), std::vector<std::string>{"vault_unavailable"});
    words_.collect(sealing(2, "李"), kToday, "");
    EXPECT_FALSE(words_.prepare(11));
    words_.drop();
    vault_.stuck = false;
    store(sealing(2, "李"), 11);
    EXPECT_EQ(stored_name(1), "王小明");
    EXPECT_EQ(stored_name(2), "李");
    EXPECT_TRUE(words_.troubles().empty());
}

TEST_F(PrivateWordsTest, ErasedRecordsLeaveMemoryToo) {
    store(sealing(1, "王小明"), 1);
    VaultWork erasing;
    erasing.erase.push_back(1);
    store(std::move(erasing), 2);
    EXPECT_EQ(name_of(words_, 1), "(nothing)");
    EXPECT_EQ(stored_name(1), "(nothing)");
}

TEST_F(PrivateWordsTest, ErasingThatFailedIsDoneWhenTheLoopIsIdle) {
    store(sealing(1, "王小明"), 1);
    VaultWork erasing;
    erasing.erase.push_back(1);
    vault_.stuck = true;
    store(std::move(erasing), 2);
    EXPECT_EQ(words_.troubles(), std::vector<std::string>{"vault_unavailable"});
    vault_.stuck = false;
    words_.tidy();
    EXPECT_EQ(stored_name(1), "(nothing)");
    EXPECT_TRUE(words_.troubles().empty());
}

TEST_F(PrivateWordsTest, ADestroyedDayLeavesMemoryToo) {
    store(sealing(1, "王小明"), 1);
    store(sealing(2, "李", VaultKind::case_file), 2);
    vault_.stuck = true;
    store(destroying(VaultKind::check_in, kToday), 3);
    vault_.stuck = false;
    words_.tidy();
    EXPECT_EQ(name_of(words_, 1), "(nothing)");
    EXPECT_EQ(name_of(words_, 2), "李");
}

// A hall that is closed and opened again within a day: what is sealed anew is not destroyed with
// what was.
TEST_F(PrivateWordsTest, ADayThatBeginsAgainKeepsItsNewRecords) {
    store(sealing(1, "36.5", VaultKind::temperature), 1);
    vault_.stuck = true;
    store(destroying(VaultKind::temperature, kToday), 2);
    vault_.stuck = false;
    store(sealing(2, "36.6", VaultKind::temperature), 3);
    words_.tidy();
    EXPECT_EQ(stored_name(2), "36.6");
    store(destroying(VaultKind::temperature, kToday), 4);
    EXPECT_EQ(stored_name(1), "(nothing)");
    EXPECT_EQ(stored_name(2), "(nothing)");
}

TEST_F(PrivateWordsTest, ACorrectionCompletesWhatWasSaidBefore) {
    VaultWork first = sealing(1, "王小明");
    first.seal[0].content.mutable_person()->set_phone("13978886666");
    first.seal[0].content.set_note("轮椅");
    VaultWork second = sealing(2, "王晓明");
    second.seal[0].base = 1;
    // In one batch: what is not on disk yet counts too.
    words_.collect(std::move(first), kToday, "");
    words_.collect(std::move(second), kToday, "");
    const auto corrected = words_.open(2);
    ASSERT_NE(corrected, nullptr);
    EXPECT_EQ(corrected->words.person().name(), "王晓明");
    EXPECT_EQ(corrected->words.person().phone(), "13978886666");
    EXPECT_EQ(corrected->words.note(), "轮椅");
}

TEST_F(PrivateWordsTest, ACaseTakesThePersonAndNotWhatWasNotedAtTheDoor) {
    VaultWork check_in = sealing(1, "王小明");
    check_in.seal[0].content.set_note("at the door");
    store(std::move(check_in), 1);
    VaultWork opened;
    VaultWork::Seal& seal = opened.seal.emplace_back();
    seal.record = 2;
    seal.kind = VaultKind::case_file;
    seal.base = 1;
    seal.base_person_only = true;
    seal.content.set_relation("女儿");
    store(std::move(opened), 2);
    const auto words = words_.open(2);
    ASSERT_NE(words, nullptr);
    EXPECT_EQ(words->words.person().name(), "王小明");
    EXPECT_EQ(words->words.relation(), "女儿");
    EXPECT_EQ(words->words.note(), "");
}

TEST_F(PrivateWordsTest, WhatIsKeptNoLongerIsNotInTheNewRecord) {
    VaultWork check_in = sealing(1, "王小明");
    check_in.seal[0].content.mutable_person()->set_phone("13978886666");
    check_in.seal[0].content.mutable_person()->set_family_phone("13807714433");
    check_in.seal[0].content.mutable_person()->set_family_consent(true);
    store(std::move(check_in), 1);
    VaultWork corrected = sealing(2, "王晓明");
    corrected.seal[0].base = 1;
    corrected.seal[0].erase = {"family_phone"};
    store(std::move(corrected), 2);
    const auto words = words_.open(2);
    ASSERT_NE(words, nullptr);
    EXPECT_EQ(words->words.person().name(), "王晓明");
    EXPECT_EQ(words->words.person().phone(), "13978886666");
    EXPECT_EQ(words->words.person().family_phone(), "");
    EXPECT_FALSE(words->words.person().family_consent()) << "nobody is left to be called";
}

TEST_F(PrivateWordsTest, APinsHashJoinsItsRecordAndNoOther) {
    VaultWork work;
    work.seal.resize(2);
    work.seal[0].record = 1;
    work.seal[0].kind = VaultKind::staff;
    work.seal[0].content.set_staff_name("韦老师");
    work.seal[1].record = 2;
    work.seal[1].kind = VaultKind::staff;
    words_.collect(std::move(work), kToday, "$argon2id$…");
    EXPECT_EQ(words_.open(1)->words.pin_hash(), "");
    EXPECT_EQ(words_.open(2)->words.pin_hash(), "$argon2id$…");
}

TEST_F(PrivateWordsTest, AStartDestroysWhatTheStateDoesNotKnow) {
    store(sealing(1, "kept"), 1);
    store(sealing(2, "destroyed by the log, not yet here"), 2, kToday - 31);
    core::state::VaultDay known;
    known.set_kind(VaultKind::check_in);
    known.set_day(kToday);
    PrivateWords fresh(vault_);
    ASSERT_TRUE(fresh.start(2, 3, {known}));
    EXPECT_EQ(name_of(fresh, 1), "kept");
    EXPECT_EQ(name_of(fresh, 2), "(nothing)");
    EXPECT_EQ(vault_.days().value().size(), 1U);
}

TEST_F(PrivateWordsTest, AStartOnAVaultThatCannotBeSweptSaysSo) {
    vault_.stuck = true;
    EXPECT_EQ(words_.start(0, 1, {}).error().code, "storage_unavailable");
}

TEST_F(PrivateWordsTest, AnEmptyLogBesideAVaultDoesNotStart) {
    store(sealing(1, "王小明"), 1);
    PrivateWords fresh(vault_);
    EXPECT_EQ(fresh.start(0, 1, {}).error().code, "vault_of_another_log");
    EXPECT_EQ(stored_name(1), "王小明");
}

TEST_F(PrivateWordsTest, MemoryIsBounded) {
    const auto count = static_cast<uint64_t>(PrivateWords::kOpenedMax) + 10;
    VaultWork work;
    for (uint64_t record = 1; record <= count; ++record) {
        VaultWork::Seal& seal = work.seal.emplace_back();
        seal.record = record;
        seal.kind = VaultKind::check_in;
        seal.content.mutable_person()->set_name("n");
    }
    store(std::move(work), 1);
    const int before = vault_.reads;
    EXPECT_NE(words_.open(count), nullptr);
    EXPECT_EQ(vault_.reads, before);
    EXPECT_NE(words_.open(1), nullptr);  // left memory first, and is read again
    EXPECT_EQ(vault_.reads, before + 1);
}

}  // namespace
}  // namespace hall::service
