// What the vault promises: what was sealed is read back as it was or not at all, a destroyed day
// stays destroyed, and the log's word decides what a batch did.
#include "hall-server/store/vault.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <fstream>
#include <functional>
#include <iterator>

#include "hall-server/store/sqlite_connection.h"
#include "tests/store/faulty_disk.h"
#include "tests/store/places.h"

namespace hall::store {
namespace {

namespace fs = std::filesystem;

constexpr uint32_t kCheckIn = 1;
constexpr uint32_t kTemperature = 2;
constexpr uint32_t kCase = 3;
constexpr uint32_t kToday = 20780;
constexpr SealedDay kCheckInsToday{kCheckIn, kToday};
const std::string kName = "𠮷田·买买提 13978886666 450103194611110021";

class DiskVault {
  public:
    std::unique_ptr<Vault> open() { return must_open_vault(); }
    const fs::path& path() const { return directory_.path(); }
    fs::path key_file(SealedDay day) const {
        return path() / "keys" / "vault" /
               (std::to_string(day.day) + "-" + std::to_string(day.kind) + ".key");
    }
    // REQUIRES: the vault is not open.
    void run(const std::string& sql) {
        auto connection = Connection::open(path() / "vault.sqlite", SQLITE_OPEN_READWRITE);
        ASSERT_TRUE(connection);
        ASSERT_EQ(connection->run(sql.c_str()), SQLITE_OK) << sql;
        connection->run("PRAGMA wal_checkpoint(TRUNCATE)");
    }

  private:
    std::unique_ptr<Vault> must_open_vault() {
        auto vault = open_vault(path());
        if (!vault) {
            ADD_FAILURE() << vault.error().code << ": " << vault.error().message;
            std::abort();
        }
        return std::move(*vault);
    }
    TestDirectory directory_;
};

VaultBatch sealing(uint64_t record, const std::string& bytes, SealedDay under = kCheckInsToday) {
    VaultBatch batch;
    batch.seal.push_back({record, under, bytes});
    return batch;
}

VaultBatch erasing(uint64_t record) {
    VaultBatch batch;
    batch.erase.push_back(record);
    return batch;
}

VaultBatch bringing(uint64_t record, uint32_t day) {
    VaultBatch batch;
    batch.bring.push_back({record, day});
    return batch;
}

// What the log took at once.
void store(Vault& vault, const VaultBatch& batch, uint64_t seq) {
    ASSERT_TRUE(vault.prepare(batch, seq));
    ASSERT_TRUE(vault.settle(seq));
}

std::string text_of(Vault& vault, uint64_t record) {
    const auto found = vault.read(record);
    if (!found) return found.error().code;
    return *found ? **found : "(nothing)";
}

// Every byte of every file below the folder.
std::string all_bytes(const fs::path& folder) {
    std::string all;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream file(entry.path(), std::ios::binary);
        all.append(std::istreambuf_iterator<char>(file), {});
    }
    return all;
}

bool holds_piece_of(const std::string& bytes, const std::string& text) {
    constexpr size_t kPiece = 8;
    for (size_t i = 0; i + kPiece <= text.size(); ++i) {
        if (bytes.find(text.substr(i, kPiece)) != std::string::npos) return true;
    }
    return false;
}

// The contract, on disk and in memory.
class VaultContract : public testing::TestWithParam<bool> {
  protected:
    void SetUp() override { vault_ = GetParam() ? disk_.open() : open_memory_vault(); }

    DiskVault disk_;
    std::unique_ptr<Vault> vault_;
};

INSTANTIATE_TEST_SUITE_P(Places, VaultContract, testing::Bool(),
                         [](const auto& place) { return place.param ? "Disk" : "Memory"; });

TEST_P(VaultContract, WhatWasSealedIsReadBackUnchanged) {
    const std::string odd("a\0b\xff", 4);
    store(*vault_, sealing(1, kName), 1);
    store(*vault_, sealing(2, ""), 2);
    store(*vault_, sealing(3, odd, {kCase, kToday}), 3);
    EXPECT_EQ(text_of(*vault_, 1), kName);
    EXPECT_EQ(text_of(*vault_, 2), "");
    EXPECT_EQ(text_of(*vault_, 3), odd);
    EXPECT_EQ(text_of(*vault_, 4), "(nothing)");
    EXPECT_EQ(vault_->days().value(),
              (std::vector<SealedDay>{kCheckInsToday, SealedDay{kCase, kToday}}));
}

TEST_P(VaultContract, AnEmptyBatchMakesNothing) {
    ASSERT_TRUE(vault_->prepare({}, 1));
    EXPECT_TRUE(vault_->days().value().empty());
}

TEST_P(VaultContract, WhatTheLogRefusedWasNeverSealed) {
    store(*vault_, sealing(1, "kept"), 10);
    ASSERT_TRUE(vault_->prepare(sealing(2, "refused"), 12));
    ASSERT_TRUE(vault_->sweep(10, 2));
    EXPECT_EQ(text_of(*vault_, 1), "kept");
    EXPECT_EQ(text_of(*vault_, 2), "(nothing)");
}

TEST_P(VaultContract, WhatTheLogRefusedToEraseIsStillThere) {
    store(*vault_, sealing(1, "old name"), 10);
    VaultBatch correction = sealing(2, "new name");
    correction.erase.push_back(1);
    ASSERT_TRUE(vault_->prepare(correction, 11));
    ASSERT_TRUE(vault_->sweep(10, 2));
    // Another batch takes the seq that the refused one would have had.
    store(*vault_, sealing(2, "somebody else"), 11);
    EXPECT_EQ(text_of(*vault_, 1), "old name");
    EXPECT_EQ(text_of(*vault_, 2), "somebody else");
}

TEST_P(VaultContract, ErasedRecordsAreGoneOnceTheLogHasIt) {
    store(*vault_, sealing(1, "old name"), 10);
    ASSERT_TRUE(vault_->prepare(erasing(1), 11));
    EXPECT_EQ(text_of(*vault_, 1), "old name");
    ASSERT_TRUE(vault_->settle(11));
    EXPECT_EQ(text_of(*vault_, 1), "(nothing)");
    ASSERT_TRUE(vault_->prepare(erasing(99), 12));
    ASSERT_TRUE(vault_->settle(12));
}

TEST_P(VaultContract, ABatchMaySealAndEraseTheSameRecord) {
    VaultBatch batch = sealing(1, "there and gone");
    batch.erase.push_back(1);
    store(*vault_, batch, 1);
    EXPECT_EQ(text_of(*vault_, 1), "(nothing)");
}

TEST_P(VaultContract, ABroughtRecordOutlivesItsFirstDay) {
    store(*vault_, sealing(1, "a case", {kCase, kToday}), 1);
    store(*vault_, sealing(2, "another", {kCase, kToday}), 2);
    store(*vault_, bringing(1, kToday + 3), 3);
    ASSERT_TRUE(vault_->destroy({{kCase, kToday}}));
    EXPECT_EQ(text_of(*vault_, 1), "a case");
    EXPECT_EQ(text_of(*vault_, 2), "(nothing)");
    EXPECT_EQ(vault_->days().value(), (std::vector<SealedDay>{{kCase, kToday + 3}}));
}

TEST_P(VaultContract, ABringingThatTheLogRefusedLeavesTheRecordWhereItWas) {
    store(*vault_, sealing(1, "a case", {kCase, kToday}), 10);
    ASSERT_TRUE(vault_->prepare(bringing(1, kToday + 3), 11));
    ASSERT_TRUE(vault_->sweep(10, 2));
    ASSERT_TRUE(vault_->destroy({{kCase, kToday + 3}}));
    EXPECT_EQ(text_of(*vault_, 1), "a case");
}

TEST_P(VaultContract, UnknownAndDestroyedRecordsAreNotBrought) {
    store(*vault_, sealing(1, "a case", {kCase, kToday}), 1);
    ASSERT_TRUE(vault_->destroy({{kCase, kToday}}));
    VaultBatch batch = bringing(1, kToday + 1);
    batch.bring.push_back({77, kToday + 1});
    store(*vault_, batch, 2);
    EXPECT_EQ(text_of(*vault_, 1), "(nothing)");
    EXPECT_TRUE(vault_->days().value().empty());
}

TEST_P(VaultContract, ADestroyedDayTakesItsRecordsAndNoOthers) {
    store(*vault_, sealing(1, "today"), 1);
    store(*vault_, sealing(2, "tomorrow", {kCheckIn, kToday + 1}), 2);
    store(*vault_, sealing(3, "36.5", {kTemperature, kToday}), 3);
    ASSERT_TRUE(vault_->destroy({kCheckInsToday, {kCase, 1}}));
    EXPECT_EQ(text_of(*vault_, 1), "(nothing)");
    EXPECT_EQ(text_of(*vault_, 2), "tomorrow");
    EXPECT_EQ(text_of(*vault_, 3), "36.5");
    ASSERT_TRUE(vault_->destroy({kCheckInsToday}));
}

TEST_P(VaultContract, ADestroyedDayMayBeginAgain) {
    store(*vault_, sealing(1, "first", {kTemperature, kToday}), 1);
    ASSERT_TRUE(vault_->destroy({{kTemperature, kToday}}));
    store(*vault_, sealing(2, "second", {kTemperature, kToday}), 2);
    EXPECT_EQ(text_of(*vault_, 1), "(nothing)");
    EXPECT_EQ(text_of(*vault_, 2), "second");
}

TEST_P(VaultContract, RecordsOfWhichTheLogNeverSpokeAreSwept) {
    store(*vault_, sealing(1, "spoken of"), 1);
    store(*vault_, sealing(2, "of another log"), 2);
    ASSERT_TRUE(vault_->sweep(5, 2));
    EXPECT_EQ(text_of(*vault_, 1), "spoken of");
    EXPECT_EQ(text_of(*vault_, 2), "(nothing)");
}

TEST(VaultOnDisk, EverythingIsThereAfterARestart) {
    DiskVault disk;
    {
        auto vault = disk.open();
        for (uint64_t record = 1; record <= 10; ++record) {
            store(*vault, sealing(record, kName + std::to_string(record)), record);
        }
    }
    auto vault = disk.open();
    ASSERT_TRUE(vault->sweep(10, 11));
    for (uint64_t record = 1; record <= 10; ++record) {
        EXPECT_EQ(text_of(*vault, record), kName + std::to_string(record));
    }
}

TEST(VaultOnDisk, KeysAreForTheOwnerOnlyAndThirtyTwoBytes) {
    DiskVault disk;
    auto vault = disk.open();
    store(*vault, sealing(1, kName), 1);
    struct stat key = {};
    ASSERT_EQ(::stat(disk.key_file(kCheckInsToday).c_str(), &key), 0);
    EXPECT_EQ(key.st_mode & 0777U, 0600U);
    EXPECT_EQ(key.st_size, 32);
    struct stat folder = {};
    ASSERT_EQ(::stat((disk.path() / "keys" / "vault").c_str(), &folder), 0);
    EXPECT_EQ(folder.st_mode & 0777U, 0700U);
}

TEST(VaultOnDisk, NoByteOfAnyFileTellsWhatWasSealed) {
    DiskVault disk;
    auto vault = disk.open();
    for (uint64_t record = 1; record <= 5; ++record) store(*vault, sealing(record, kName), record);
    ASSERT_TRUE(fs::exists(disk.path() / "vault.sqlite-wal"));
    EXPECT_FALSE(holds_piece_of(all_bytes(disk.path()), kName));
    store(*vault, erasing(3), 6);
    ASSERT_TRUE(vault->destroy({kCheckInsToday}));
    EXPECT_FALSE(holds_piece_of(all_bytes(disk.path()), kName));
}

// Two rows of one name do not even look alike.
TEST(VaultOnDisk, TheSameWordsAreSealedDifferentlyEachTime) {
    DiskVault disk;
    {
        auto vault = disk.open();
        store(*vault, sealing(1, kName), 1);
        store(*vault, sealing(2, kName), 2);
    }
    auto connection = Connection::open(disk.path() / "vault.sqlite", SQLITE_OPEN_READONLY);
    ASSERT_TRUE(connection);
    EXPECT_EQ(connection->number("SELECT count(DISTINCT substr(bytes, 25)) FROM sealed").value(),
              2);
}

TEST(VaultOnDisk, NothingOfAnErasedRowIsLeftInAnyFile) {
    DiskVault disk;
    auto vault = disk.open();
    // Neighbours on its page, so that the page itself stays.
    for (uint64_t record = 1; record <= 5; ++record) store(*vault, sealing(record, kName), record);
    std::string row;
    {
        auto connection = Connection::open(disk.path() / "vault.sqlite", SQLITE_OPEN_READONLY);
        ASSERT_TRUE(connection);
        auto statement = connection->prepare("SELECT bytes FROM sealed WHERE record = 3");
        ASSERT_TRUE(statement);
        ASSERT_EQ(statement->step(), SQLITE_ROW);
        row = std::string(statement->bytes(0));
    }
    ASSERT_TRUE(holds_piece_of(all_bytes(disk.path()), row));
    store(*vault, erasing(3), 6);
    EXPECT_FALSE(holds_piece_of(all_bytes(disk.path()), row));
    EXPECT_EQ(fs::file_size(disk.path() / "vault.sqlite-wal"), 0U);
}

TEST(VaultOnDisk, AnotherReaderPutsTheWipingOffAndTidyDoesIt) {
    DiskVault disk;
    auto vault = disk.open();
    store(*vault, sealing(1, kName), 1);
    {
        auto reader = Connection::open(disk.path() / "vault.sqlite", SQLITE_OPEN_READONLY);
        ASSERT_TRUE(reader);
        ASSERT_EQ(reader->run("BEGIN; SELECT count(*) FROM sealed;"), SQLITE_OK);
        ASSERT_TRUE(vault->prepare(erasing(1), 2));
        EXPECT_FALSE(vault->settle(2));
        EXPECT_EQ(text_of(*vault, 1), "(nothing)");
        EXPECT_GT(fs::file_size(disk.path() / "vault.sqlite-wal"), 0U);
    }
    ASSERT_TRUE(vault->tidy());
    EXPECT_EQ(fs::file_size(disk.path() / "vault.sqlite-wal"), 0U);
}

TEST(VaultOnDisk, ADestroyedDayStaysDestroyedWhenAnOldCopyIsPutBack) {
    DiskVault disk;
    const fs::path file = disk.path() / "vault.sqlite";
    const fs::path copy = disk.path() / "copy";
    {
        auto vault = disk.open();
        store(*vault, sealing(1, "destroyed"), 1);
        store(*vault, sealing(2, "kept", {kCheckIn, kToday + 1}), 2);
    }
    fs::copy_file(file, copy);
    {
        auto vault = disk.open();
        ASSERT_TRUE(vault->destroy({kCheckInsToday}));
        EXPECT_FALSE(fs::exists(disk.key_file(kCheckInsToday)));
    }
    fs::rename(copy, file);
    auto vault = disk.open();
    EXPECT_EQ(text_of(*vault, 1), "(nothing)");
    ASSERT_TRUE(vault->sweep(2, 3));
    EXPECT_EQ(vault->days().value(), (std::vector<SealedDay>{{kCheckIn, kToday + 1}}));
    EXPECT_EQ(text_of(*vault, 2), "kept");
}

// A new key for a day whose old rows were put back: they stay closed.
TEST(VaultOnDisk, RowsOfAFormerKeyDoNotOpen) {
    DiskVault disk;
    const fs::path file = disk.path() / "vault.sqlite";
    {
        auto vault = disk.open();
        store(*vault, sealing(1, "destroyed"), 1);
    }
    fs::copy_file(file, disk.path() / "copy");
    {
        auto vault = disk.open();
        ASSERT_TRUE(vault->destroy({kCheckInsToday}));
    }
    fs::rename(disk.path() / "copy", file);
    auto vault = disk.open();
    store(*vault, sealing(2, "later"), 2);
    EXPECT_EQ(text_of(*vault, 1), "vault_damaged");
    EXPECT_EQ(text_of(*vault, 2), "later");
}

// SQL for the sealed bytes with the one at `place` (from 1) another than it was.
// They are random, so no fixed byte is sure to be a change.
std::string with_another_byte(int place) {
    const std::string at = std::to_string(place);
    return "CAST(substr(bytes, 1, " + at + " - 1) || iif(substr(bytes, " + at +
           ", 1) = x'00', x'01', x'00') || substr(bytes, " + at + " + 1) AS BLOB)";
}

TEST(VaultOnDisk, AChangedRowIsNotRead) {
    for (const std::string& change :
         {with_another_byte(1), with_another_byte(31),
          std::string("substr(bytes, 1, length(bytes) - 1)"), std::string("x''")}) {
        DiskVault disk;
        {
            auto vault = disk.open();
            store(*vault, sealing(1, std::string(40, 'n')), 1);
        }
        disk.run("UPDATE sealed SET bytes = " + change);
        auto vault = disk.open();
        EXPECT_EQ(text_of(*vault, 1), "vault_damaged") << change;
    }
}

TEST(VaultOnDisk, ARowInAnothersPlaceIsNotRead) {
    for (const char* change :
         {"UPDATE sealed SET bytes = (SELECT bytes FROM sealed WHERE record = 2) WHERE record = 1",
          "DELETE FROM sealed WHERE record = 1; UPDATE sealed SET record = 1 WHERE record = 2",
          "UPDATE sealed SET day = day + 1 WHERE record = 1",
          "UPDATE sealed SET kind = 3 WHERE record = 1"}) {
        DiskVault disk;
        {
            auto vault = disk.open();
            store(*vault, sealing(1, "one"), 1);
            store(*vault, sealing(2, "two"), 2);
            // So that there are keys for wherever it is moved.
            store(*vault, sealing(3, "three", {kCheckIn, kToday + 1}), 3);
            store(*vault, sealing(4, "four", {kCase, kToday}), 4);
        }
        disk.run(change);
        auto vault = disk.open();
        EXPECT_EQ(text_of(*vault, 1), "vault_damaged") << change;
    }
}

// The key of another day put in the place of this one's.
TEST(VaultOnDisk, ARowSaysNothingUnderAnotherDaysKey) {
    DiskVault disk;
    {
        auto vault = disk.open();
        store(*vault, sealing(1, "one"), 1);
        store(*vault, sealing(2, "two", {kCheckIn, kToday + 1}), 2);
    }
    fs::copy_file(disk.key_file(kCheckInsToday), disk.key_file({kCheckIn, kToday + 1}),
                  fs::copy_options::overwrite_existing);
    auto vault = disk.open();
    EXPECT_EQ(text_of(*vault, 2), "vault_damaged");
    EXPECT_EQ(text_of(*vault, 1), "one");
}

TEST(VaultOnDisk, AKeyOfAnotherLengthIsAClearError) {
    DiskVault disk;
    {
        auto vault = disk.open();
        store(*vault, sealing(1, "one"), 1);
    }
    fs::resize_file(disk.key_file(kCheckInsToday), 31);
    auto vault = disk.open();
    EXPECT_EQ(text_of(*vault, 1), "vault_damaged");
    EXPECT_EQ(vault->prepare(sealing(2, "two"), 2).error().code, "vault_damaged");
}

TEST(VaultOnDisk, AMissingKeyDropsItsRowsAndKeepsTheRest) {
    DiskVault disk;
    {
        auto vault = disk.open();
        store(*vault, sealing(1, "one"), 1);
        store(*vault, sealing(2, "two", {kCheckIn, kToday + 1}), 2);
    }
    fs::remove(disk.key_file(kCheckInsToday));
    auto vault = disk.open();
    ASSERT_TRUE(vault->sweep(2, 3));
    EXPECT_EQ(text_of(*vault, 1), "(nothing)");
    EXPECT_EQ(text_of(*vault, 2), "two");
    EXPECT_EQ(vault->days().value(), (std::vector<SealedDay>{{kCheckIn, kToday + 1}}));
}

TEST(VaultOnDisk, AVaultRestoredWithoutItsFolderOfKeysDoesNotOpen) {
    DiskVault disk;
    {
        auto vault = disk.open();
        store(*vault, sealing(1, "one"), 1);
    }
    fs::rename(disk.path() / "keys", disk.path() / "elsewhere");
    EXPECT_EQ(open_vault(disk.path()).error().code, "vault_keys_missing");
    fs::rename(disk.path() / "elsewhere", disk.path() / "keys");
    EXPECT_EQ(text_of(*disk.open(), 1), "one");
}

TEST(VaultOnDisk, AFileThatIsNoVaultIsAClearError) {
    DiskVault text;
    std::ofstream(text.path() / "vault.sqlite") << std::string(5000, 'x');
    EXPECT_EQ(open_vault(text.path()).error().code, "vault_not_a_database");

    DiskVault other;
    other.open().reset();
    other.run("PRAGMA application_id = 7");
    EXPECT_EQ(open_vault(other.path()).error().code, "vault_not_a_database");

    DiskVault future;
    future.open().reset();
    future.run("PRAGMA user_version = 2");
    EXPECT_EQ(open_vault(future.path()).error().code, "vault_from_future");
    EXPECT_EQ(open_vault("/nonexistent/folder").error().code, "storage_unavailable");
}

TEST(VaultOnDisk, AFullDiskRefusesAndNothingIsHalfDone) {
    for (const int error : {ENOSPC, EDQUOT, EFBIG, EROFS}) {
        DiskVault disk;
        auto vault = disk.open();
        store(*vault, sealing(1, "one", {kCase, kToday}), 1);
        VaultBatch batch = sealing(2, "two");  // needs a key of its own
        batch.bring.push_back({1, kToday + 1});
        batch.erase.push_back(1);
        {
            const FailingWrites full(error);
            EXPECT_EQ(vault->prepare(batch, 2).error().code, "storage_unavailable");
            EXPECT_EQ(vault->prepare(sealing(2, "two", {kCase, kToday}), 2).error().code,
                      "storage_unavailable");
            EXPECT_EQ(vault->destroy({{kCase, kToday}}).error().code, "storage_unavailable");
            EXPECT_EQ(text_of(*vault, 1), "one") << "errno " << error;
            EXPECT_EQ(text_of(*vault, 2), "(nothing)");
        }
        EXPECT_FALSE(fs::exists(disk.key_file(kCheckInsToday)));
        store(*vault, batch, 2);
        EXPECT_EQ(text_of(*vault, 1), "(nothing)");
        EXPECT_EQ(text_of(*vault, 2), "two");
        ASSERT_TRUE(vault->destroy({kCheckInsToday}));
        EXPECT_EQ(text_of(*vault, 2), "(nothing)");
    }
}

TEST(VaultOnDisk, ErasingOnAFullDiskIsFinishedLater) {
    DiskVault disk;
    {
        auto vault = disk.open();
        store(*vault, sealing(1, "one"), 1);
        ASSERT_TRUE(vault->prepare(erasing(1), 2));
        const FailingWrites full(ENOSPC);
        EXPECT_FALSE(vault->settle(2));
    }
    auto vault = disk.open();
    ASSERT_TRUE(vault->settle(2));
    EXPECT_EQ(text_of(*vault, 1), "(nothing)");
}

TEST(VaultOnDiskDeathTest, ADiskThatCannotSyncEndsTheProcess) {
    DiskVault disk;
    auto vault = disk.open();
    store(*vault, sealing(1, "one"), 1);
    EXPECT_DEATH(
        {
            const FailingSyncs failing;
            (void)vault->prepare(sealing(2, "two"), 2);
        },
        "the disk's state is unknown");
}

// A child does `work` and dies without a word; what it left is on disk.
void in_a_process_that_is_killed(const std::function<void()>& work) {
    const pid_t child = ::fork();
    if (child == 0) {
        work();
        ::kill(::getpid(), SIGKILL);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status));
}

TEST(VaultCrash, KilledBetweenVaultAndLogTheBatchNeverWas) {
    DiskVault disk;
    in_a_process_that_is_killed([&] {
        auto vault = disk.open();
        store(*vault, sealing(1, "one", {kCase, kToday}), 5);
        VaultBatch batch = sealing(2, "orphan");
        batch.bring.push_back({1, kToday + 1});
        batch.erase.push_back(1);
        (void)vault->prepare(batch, 6);
    });
    auto vault = disk.open();
    ASSERT_TRUE(vault->sweep(5, 2));
    EXPECT_EQ(text_of(*vault, 1), "one");
    EXPECT_EQ(text_of(*vault, 2), "(nothing)");
    ASSERT_TRUE(vault->destroy({{kCase, kToday}}));
    EXPECT_EQ(text_of(*vault, 1), "(nothing)");
}

TEST(VaultCrash, KilledBetweenLogAndErasingTheSweepFinishesIt) {
    DiskVault disk;
    in_a_process_that_is_killed([&] {
        auto vault = disk.open();
        store(*vault, sealing(1, "one"), 5);
        (void)vault->prepare(erasing(1), 6);
    });
    auto vault = disk.open();
    ASSERT_TRUE(vault->sweep(6, 2));
    EXPECT_EQ(text_of(*vault, 1), "(nothing)");
}

TEST(VaultCrash, KilledBetweenKeyAndRowsTheDayIsDestroyed) {
    DiskVault disk;
    in_a_process_that_is_killed([&] {
        auto vault = disk.open();
        store(*vault, sealing(1, "one"), 5);
        fs::remove(disk.key_file(kCheckInsToday));  // as destroy() begins
    });
    auto vault = disk.open();
    ASSERT_TRUE(vault->sweep(5, 2));
    EXPECT_TRUE(vault->days().value().empty());
}

TEST(VaultCrash, HalfAKeyIsNeverUsed) {
    DiskVault disk;
    disk.open().reset();
    std::ofstream(disk.key_file(kCheckInsToday).string() + ".new") << "half";
    auto vault = disk.open();
    EXPECT_TRUE(vault->days().value().empty());
    store(*vault, sealing(1, "one"), 1);
    vault.reset();
    EXPECT_EQ(text_of(*disk.open(), 1), "one");
}

}  // namespace
}  // namespace hall::store
