// Key files: who may read them, and what is said when they are wrong.
#include "client/keys.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <string>

#include "tests/net/running_hall.h"

namespace hall::client {
namespace {

using test::Folder;

mode_t mode_of(const std::string& path) {
    struct stat status = {};
    EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
    return status.st_mode & 0777;
}

void fill(const std::string& folder) {
    ASSERT_TRUE(write_key_pair(folder, "device", make_key_pair()));
    ASSERT_TRUE(write_public_key(folder, "server", make_key_pair().public_key));
}

TEST(KeyFiles, SecretsAreForTheirOwnerAlone) {
    const Folder folder;
    const std::string keys = folder / "keys";
    fill(keys);
    EXPECT_EQ(mode_of(keys), 0700U);
    EXPECT_EQ(mode_of(keys + "/device.secret"), 0600U);
}

TEST(KeyFiles, ComeBackAsTheyWereWritten) {
    const Folder folder;
    const KeyPair pair = make_key_pair();
    ASSERT_TRUE(write_key_pair(folder / "keys", "device", pair));
    const auto read = read_key_pair(folder / "keys", "device");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->public_key, pair.public_key);
    EXPECT_EQ(read->secret_key, pair.secret_key);
}

TEST(KeyFiles, ASecretIsNeverOverwritten) {
    const Folder folder;
    const KeyPair pair = make_key_pair();
    ASSERT_TRUE(write_key_pair(folder / "keys", "device", pair));
    const auto again = write_key_pair(folder / "keys", "device", make_key_pair());
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, "keys_exist");
    EXPECT_EQ(read_key_pair(folder / "keys", "device")->public_key, pair.public_key);
}

TEST(KeyFiles, ASecretThatOthersCanReadIsRefused) {
    const Folder folder;
    fill(folder / "keys");
    ASSERT_EQ(::chmod((folder / "keys/device.secret").c_str(), 0640), 0);
    const auto found = find_server("tcp://127.0.0.1:7400", folder / "keys");
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, "keys_readable_by_others");
}

TEST(KeyFiles, AFileThatHoldsNoKeyIsRefused) {
    const Folder folder;
    fill(folder / "keys");
    std::ofstream(folder / "keys/server.public") << "not a key\n";
    const auto found = find_server("tcp://127.0.0.1:7400", folder / "keys");
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, "keys_invalid");
}

TEST(KeyFiles, ANamedFolderMustExistAndAnEmptyOneMeansPlain) {
    const Folder folder;
    const auto missing = find_server("tcp://127.0.0.1:7400", folder / "nowhere");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, "keys_missing");
    const auto plain = find_server("tcp://127.0.0.1:7400", folder.path().string());
    ASSERT_TRUE(plain);
    EXPECT_FALSE(plain->keys);
}

TEST(Address, HasASchemeAHostAndAPortWithRoomForTwoMore) {
    const Folder folder;
    for (const char* wrong :
         {"", "127.0.0.1:7400", "tcp://127.0.0.1", "tcp://:7400", "tcp://host:0",
          "tcp://host:65534", "tcp://host:74x0", "ipc:///tmp/x"}) {
        const auto found = find_server(wrong, folder.path().string());
        ASSERT_FALSE(found) << wrong;
        EXPECT_EQ(found.error().code, "address_invalid") << wrong;
    }
    const auto found = find_server("tcp://host.example:7400", folder.path().string());
    ASSERT_TRUE(found);
    EXPECT_EQ(endpoint(*found, 2), "tcp://host.example:7402");
}

}  // namespace
}  // namespace hall::client
