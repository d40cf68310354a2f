// Who is enrolled, and when live sessions must end.
#include "hall-server/net/device_book.h"

#include <gtest/gtest.h>

#include <string>

#include "client/keys.h"
#include "hall-server/net/gate.h"

namespace hall::net {
namespace {

using protocol::Role;

protocol::Device device(const std::string& name, Role::Value role, const std::string& key,
                        uint32_t window = 0) {
    protocol::Device result;
    result.set_name(name);
    result.set_role(role);
    result.set_public_key(key);
    result.set_window(window);
    return result;
}

const std::string kAdminKey = client::make_key_pair().public_key;
const std::string kKey = client::make_key_pair().public_key;
const std::string kOtherKey = client::make_key_pair().public_key;

TEST(DeviceBook, KnowsADeviceByItsKeyAndItsName) {
    DeviceBook book(kAdminKey);
    book.replace({device("clerk-3", Role::clerk, kKey, 3)});
    EXPECT_EQ(book.name_of_key(kKey), "clerk-3");
    EXPECT_EQ(book.name_of_key(kOtherKey), std::nullopt);
    EXPECT_EQ(book.sender("clerk-3").role, Role::clerk);
    EXPECT_EQ(book.sender("clerk-3").window, 3U);
    EXPECT_EQ(book.sender("nobody").role, Role::unknown);
    EXPECT_EQ(book.sender("").role, Role::unknown);
}

TEST(DeviceBook, TheFirstAdminsFileWinsOverTheLog) {
    DeviceBook book(kAdminKey);
    book.replace({device(kFirstAdmin, Role::board, kKey), device("thief", Role::board, kAdminKey)});
    EXPECT_EQ(book.sender(kFirstAdmin).role, Role::admin);
    EXPECT_EQ(book.name_of_key(kAdminKey), kFirstAdmin);
    EXPECT_EQ(book.name_of_key(kKey), std::nullopt);
}

TEST(DeviceBook, WithoutAFileNobodyIsTheFirstAdmin) {
    DeviceBook book("");
    book.replace({});
    EXPECT_EQ(book.sender(kFirstAdmin).role, Role::unknown);
    EXPECT_EQ(book.name_of_key(""), std::nullopt);
}

TEST(DeviceBook, SessionsEndWhenADeviceIsGoneOrIsNotWhatItWas) {
    const auto was = device("clerk-3", Role::clerk, kKey, 3);
    const auto ends = [&](const std::vector<protocol::Device>& now) {
        DeviceBook book(kAdminKey);
        EXPECT_FALSE(book.replace({was}));
        return book.replace(now);
    };
    EXPECT_FALSE(ends({was}));
    EXPECT_FALSE(ends({was, device("board-1", Role::board, kOtherKey)}));
    EXPECT_TRUE(ends({}));
    EXPECT_TRUE(ends({device("clerk-3", Role::guide, kKey, 3)}));
    EXPECT_TRUE(ends({device("clerk-3", Role::clerk, kOtherKey, 3)}));
    EXPECT_TRUE(ends({device("clerk-3", Role::clerk, kKey, 4)}));
}

}  // namespace
}  // namespace hall::net
