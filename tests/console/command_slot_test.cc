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

// The id of the command that goes out.
std::string begin(CommandSlot& slot, const protocol::Command& command,
                  const std::string& situation) {
    EXPECT_TRUE(slot.begin(command, situation));
    const auto sending = slot.outgoing();
    EXPECT_FALSE(slot.outgoing().has_value()) << "given out once";
    return sending ? sending->command_id : std::string();
}

client::Answer silence() {
    return tl::unexpected(Error{"server_unreachable", ""});
}

TEST(CommandSlot, ASecondPressWhileOneIsOnItsWayIsNothing) {
    CommandSlot slot;
    ASSERT_TRUE(slot.begin(call_next("A001"), "idle"));
    EXPECT_FALSE(slot.begin(call_next("A001"), "idle"));
    EXPECT_FALSE(slot.begin(call_next("A002"), "idle"));
    slot.answered(protocol::Reply{});
    EXPECT_TRUE(slot.begin(call_next("A002"), "idle"));
}

TEST(CommandSlot, AfterSilenceTheSameWishKeepsItsId) {
    CommandSlot slot;
    const auto first = begin(slot, call_next("A001"), "idle");
    slot.answered(silence());
    const auto again = begin(slot, call_next("A001"), "idle");
    EXPECT_EQ(first, again);
}

TEST(CommandSlot, AfterSilenceAnotherWishOrSituationHasItsOwnId) {
    CommandSlot slot;
    const auto first = begin(slot, call_next("A001"), "idle");
    slot.answered(silence());
    const auto other = begin(slot, call_next("A002"), "idle");
    slot.answered(silence());
    const auto later = begin(slot, call_next("A002"), "idle, an hour later");
    EXPECT_NE(first, other);
    EXPECT_NE(other, later);
}

TEST(CommandSlot, AfterAnAnswerTheSameWishIsANewCommand) {
    CommandSlot slot;
    const auto first = begin(slot, call_next("A001"), "idle");
    slot.answered(protocol::Reply{});
    const auto again = begin(slot, call_next("A001"), "idle");
    EXPECT_NE(first, again);
}

TEST(CommandSlot, ItIsToldOnlyWhenItTakesLong) {
    CommandSlot slot;
    ASSERT_TRUE(slot.begin(call_next("A001"), "idle", 1'000));
    EXPECT_EQ(slot.idle_ms(1'100), kSlowMs - 100);
    EXPECT_FALSE(slot.slow(1'100));
    EXPECT_TRUE(slot.slow(1'000 + kSlowMs));
    slot.answered(protocol::Reply{});
    EXPECT_FALSE(slot.slow(1'000 + kSlowMs));
}

}  // namespace
}  // namespace hall::console
