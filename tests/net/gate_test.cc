// What is refused before the hall hears of it.
#include "hall-server/net/gate.h"

#include <gtest/gtest.h>

#include <string>

#include "protocol/command_id.h"

namespace hall::net {
namespace {

using protocol::RefusalCode;
using protocol::Request;
using protocol::Role;

service::Sender sender(Role::Value role) {
    service::Sender result;
    result.device = "desk";
    result.role = role;
    return result;
}

Request good_request() {
    Request request;
    request.set_protocol_version(kProtocolVersion);
    request.set_command_id("abcdef-123");
    request.mutable_command()->mutable_open_hall();
    return request;
}

RefusalCode::Value code_of(const Request& request, Role::Value role = Role::admin) {
    const auto admitted = admit(request.SerializeAsString(), sender(role));
    return admitted ? RefusalCode::unknown : admitted.error().refusal().code();
}

TEST(Gate, LetsAGoodRequestThrough) {
    const auto admitted = admit(good_request().SerializeAsString(), sender(Role::admin));
    ASSERT_TRUE(admitted);
    EXPECT_TRUE(admitted->command().has_open_hall());
}

TEST(Gate, RefusesBytesThatAreNoRequest) {
    const auto admitted = admit("\xff\xff\xff nonsense", sender(Role::admin));
    ASSERT_FALSE(admitted);
    EXPECT_EQ(admitted.error().refusal().code(), RefusalCode::malformed_request);
    EXPECT_EQ(code_of(Request()), RefusalCode::malformed_request);
}

TEST(Gate, RefusesFramesAbove64KiB) {
    Request request = good_request();
    request.mutable_command()->mutable_cancel_ticket()->set_number(std::string(kFrameMax, 'A'));
    EXPECT_EQ(code_of(request), RefusalCode::frame_too_large);
    request.mutable_command()->mutable_cancel_ticket()->set_number(
        std::string(kFrameMax - 100, 'A'));
    EXPECT_EQ(code_of(request), RefusalCode::unknown);
}

TEST(Gate, RefusesAVersionFromTheFutureEvenWhenItsKindIsUnknown) {
    Request request = good_request();
    request.set_protocol_version(kProtocolVersion + 1);
    request.clear_kind();
    const auto admitted = admit(request.SerializeAsString(), sender(Role::admin));
    ASSERT_FALSE(admitted);
    EXPECT_EQ(admitted.error().refusal().code(), RefusalCode::protocol_version_unsupported);
    EXPECT_EQ(admitted.error().command_id(), "abcdef-123");
}

TEST(Gate, RefusesARequestWithoutKindOrBody) {
    Request request = good_request();
    request.clear_kind();
    EXPECT_EQ(code_of(request), RefusalCode::malformed_request);
    request.mutable_command();
    EXPECT_EQ(code_of(request), RefusalCode::malformed_request);
    request.mutable_query();
    EXPECT_EQ(code_of(request), RefusalCode::malformed_request);
}

TEST(Gate, RefusesWhatOnlyTheServerSendsItself) {
    Request request = good_request();
    request.mutable_command()->mutable_tick();
    EXPECT_EQ(code_of(request), RefusalCode::malformed_request);
    request.mutable_command()->mutable_install_rules();
    EXPECT_EQ(code_of(request), RefusalCode::malformed_request);
    request.mutable_command()->mutable_plan_day();
    EXPECT_EQ(code_of(request), RefusalCode::malformed_request);
    request.mutable_command()->mutable_note_clock_step();
    EXPECT_EQ(code_of(request), RefusalCode::malformed_request);
}

TEST(Gate, RefusesCommandIdsThatAreMissingOrOdd) {
    const std::string long_one(protocol::kCommandIdMax + 1, 'a');
    for (const char* odd :
         {"", "short", "with space", "umlaut-ä-ö", "semi;colon", long_one.c_str()}) {
        Request request = good_request();
        request.set_command_id(odd);
        EXPECT_EQ(code_of(request), RefusalCode::command_id_missing) << odd;
    }
}

TEST(Gate, AQueryNeedsNoCommandId) {
    Request request = good_request();
    request.mutable_query()->mutable_status();
    request.clear_command_id();
    EXPECT_EQ(code_of(request), RefusalCode::unknown);
    request.set_command_id("odd one");
    EXPECT_EQ(code_of(request), RefusalCode::command_id_missing);
}

TEST(Gate, RefusesADeviceThatIsNotEnrolledAnyMore) {
    EXPECT_EQ(code_of(good_request(), Role::unknown), RefusalCode::device_not_enrolled);
}

TEST(Gate, RefusesARoleThatMayNotAndKeepsTheCommandId) {
    const auto admitted = admit(good_request().SerializeAsString(), sender(Role::board));
    ASSERT_FALSE(admitted);
    EXPECT_EQ(admitted.error().refusal().code(), RefusalCode::role_not_allowed);
    EXPECT_EQ(admitted.error().refusal().field(), "open_hall");
    EXPECT_EQ(admitted.error().command_id(), "abcdef-123");
}

}  // namespace
}  // namespace hall::net
