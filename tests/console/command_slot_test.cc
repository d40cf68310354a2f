// A double press is one command; a press after silence is the same command again.
#include "displays/console/command_slot.h"

#include <gtest/gtest.h>

namespace hall::console {
namespace {

protocol::Command call_next(const std::string& offered) {
    protocol::Command command;
    command.mutable_call_next()->set_window(2);
    command.mutable_call_next()->set_offered(offered);
    return command;
}

client::Answer silence() {
    return tl::unexpected(Error{"server_unreachable", ""});
}

TEST(CommandSlot, ASecondPressWhileOneIsOnItsWayIsNothing) {
    CommandSlot slot;
    ASSERT_TRUE(slot.begin(call_next("A001"), "idle").has_value());
    EXPECT_FALSE(slot.begin(call_next("A001"), "idle").has_value());
    EXPECT_FALSE(slot.begin(call_next("A002"), "idle").has_value());
    slot.answered(protocol::Reply{});
    EXPECT_TRUE(slot.begin(call_next("A002"), "idle").has_value());
}

TEST(CommandSlot, AfterSilenceTheSameWishKeepsItsId) {
    CommandSlot slot;
    const auto first = slot.begin(call_next("A001"), "idle");
    slot.answered(silence());
    const auto again = slot.begin(call_next("A001"), "idle");
    ASSERT_TRUE(first && again);
    EXPECT_EQ(first->command_id, again->command_id);
}

TEST(CommandSlot, AfterSilenceAnotherWishOrSituationHasItsOwnId) {
    CommandSlot slot;
    const auto first = slot.begin(call_next("A001"), "idle");
    slot.answered(silence());
    const auto other = slot.begin(call_next("A002"), "idle");
    slot.answered(silence());
    const auto later = slot.begin(call_next("A002"), "idle, an hour later");
    ASSERT_TRUE(first && other && later);
    EXPECT_NE(first->command_id, other->command_id);
    EXPECT_NE(other->command_id, later->command_id);
}

TEST(CommandSlot, AfterAnAnswerTheSameWishIsANewCommand) {
    CommandSlot slot;
    const auto first = slot.begin(call_next("A001"), "idle");
    slot.answered(protocol::Reply{});
    const auto again = slot.begin(call_next("A001"), "idle");
    ASSERT_TRUE(first && again);
    EXPECT_NE(first->command_id, again->command_id);
}

}  // namespace
}  // namespace hall::console
