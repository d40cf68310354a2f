// The table of who may do what, written a second time by hand and compared case by case.
#include "hall-server/service/permissions.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

namespace hall::service {
namespace {

using protocol::Command;
using protocol::Query;
using protocol::Role;

// The roles that may, beside admin; the same table stands in PROTOCOL.md.
const std::map<std::string, std::set<std::string>>& command_table() {
    static const std::set<std::string> supervisor = {"supervisor"};
    static const std::set<std::string> guide = {"supervisor", "guide"};
    static const std::set<std::string> clerk = {"supervisor", "clerk"};
    static const std::set<std::string> printer = {"supervisor", "printer"};
    static const std::map<std::string, std::set<std::string>> table = {
        {"open_hall", supervisor},
        {"close_hall", supervisor},
        {"extend_hall", supervisor},
        {"start_early_waiting", supervisor},
        {"issue_ticket", guide},
        {"register_early_waiting", guide},
        {"cancel_ticket", guide},
        {"step_out", guide},
        {"return_ticket", guide},
        {"open_window", clerk},
        {"pause_window", clerk},
        {"close_window", clerk},
        {"call_next", clerk},
        {"call_ticket", supervisor},
        {"recall", clerk},
        {"mark_missed", clerk},
        {"start_service", clerk},
        {"finish_service", clerk},
        {"send_on_errand", clerk},
        {"transfer", clerk},
        {"next_service", clerk},
        {"retry_print", guide},
        {"test_print", guide},
        {"claim_print", printer},
        {"report_print", printer},
        {"report_printer", printer},
        {"enrol_device", {}},
        {"revoke_device", {}},
        {"install_rules", {"nobody"}},
        {"plan_day", {"nobody"}},
        {"tick", {"nobody"}},
        {"note_clock_step", {"nobody"}},
    };
    return table;
}

const std::map<std::string, std::set<std::string>>& query_table() {
    static const std::set<std::string> staff = {"supervisor", "guide", "clerk"};
    static const std::set<std::string> prints = {"supervisor", "guide", "clerk", "printer"};
    static const std::map<std::string, std::set<std::string>> table = {
        {"status",
         {"board", "guide", "clerk", "kiosk", "printer", "scanner", "pager", "feed", "supervisor"}},
        {"ticket", staff},
        {"ticket_list", staff},
        {"window_list", staff},
        {"print_list", prints},
        {"printer_list", prints},
        {"device_list", {}},
        {"events", {"supervisor", "feed"}},
        {"log_verify", {"supervisor"}},
        {"log_digest", {"supervisor"}},
    };
    return table;
}

bool expected(const std::set<std::string>& roles, Role::Value role) {
    if (role == Role::unknown || roles.count("nobody") != 0) return false;
    return role == Role::admin || roles.count(Role::Value_Name(role)) != 0;
}

template <typename Message, typename Check>
void for_every_case_and_role(Check check) {
    const auto* oneof = Message::descriptor()->FindOneofByName("body");
    const auto* roles = Role::Value_descriptor();
    for (int i = 0; i < oneof->field_count(); ++i) {
        for (int j = 0; j < roles->value_count(); ++j) {
            check(*oneof->field(i), static_cast<Role::Value>(roles->value(j)->number()));
        }
    }
}

TEST(Permissions, EveryCommandAndRoleIsAsTheTableSays) {
    for_every_case_and_role<Command>([](const auto& field, Role::Value role) {
        ASSERT_EQ(command_table().count(field.name()), 1U) << field.name() << " has no row";
        const auto body = static_cast<Command::BodyCase>(field.number());
        EXPECT_EQ(grant(role, body) != Grant::no, expected(command_table().at(field.name()), role))
            << field.name() << " by " << Role::Value_Name(role);
    });
}

TEST(Permissions, EveryQueryAndRoleIsAsTheTableSays) {
    for_every_case_and_role<Query>([](const auto& field, Role::Value role) {
        ASSERT_EQ(query_table().count(field.name()), 1U) << field.name() << " has no row";
        const auto body = static_cast<Query::BodyCase>(field.number());
        EXPECT_EQ(grant(role, body) != Grant::no, expected(query_table().at(field.name()), role))
            << field.name() << " by " << Role::Value_Name(role);
    });
}

TEST(Permissions, OnlyTheServerSendsInternalCommands) {
    for_every_case_and_role<Command>([](const auto& field, Role::Value) {
        const bool internal = command_table().at(field.name()).count("nobody") != 0;
        EXPECT_EQ(is_internal(static_cast<Command::BodyCase>(field.number())), internal)
            << field.name();
    });
}

TEST(Permissions, AClerkActsForItsOwnWindowOnly) {
    for_every_case_and_role<Command>([](const auto& field, Role::Value role) {
        const auto body = static_cast<Command::BodyCase>(field.number());
        if (role != Role::clerk || grant(role, body) == Grant::no) return;
        // Every command a clerk may send says for which window.
        const auto* window = field.message_type()->FindFieldByName("window");
        ASSERT_NE(window, nullptr) << field.name();
        protocol::Request request;
        auto* command = request.mutable_command();
        auto* message = command->GetReflection()->MutableMessage(command, &field);
        message->GetReflection()->SetUInt32(message, window, 3);
        EXPECT_FALSE(check_permission(role, 3, request)) << field.name();
        EXPECT_FALSE(check_permission(role, 0, request)) << field.name();
        const auto refused = check_permission(role, 4, request);
        ASSERT_TRUE(refused) << field.name();
        EXPECT_EQ(refused->code(), protocol::RefusalCode::role_not_allowed);
        EXPECT_EQ(refused->window(), 4U);
    });
}

TEST(Permissions, StaffTopicsFollowTheRole) {
    EXPECT_TRUE(may_watch(Role::guide, 0, "guide|"));
    EXPECT_FALSE(may_watch(Role::clerk, 0, "guide|"));
    EXPECT_FALSE(may_watch(Role::board, 0, "guide|"));
    EXPECT_TRUE(may_watch(Role::clerk, 0, "clerk:7|"));
    EXPECT_TRUE(may_watch(Role::clerk, 7, "clerk:7|"));
    EXPECT_FALSE(may_watch(Role::clerk, 7, "clerk:70|"));
    EXPECT_TRUE(may_watch(Role::supervisor, 7, "clerk:70|"));
    EXPECT_FALSE(may_watch(Role::guide, 0, "clerk:7|"));
    EXPECT_TRUE(may_watch(Role::printer, 0, "printer|"));
    EXPECT_FALSE(may_watch(Role::guide, 0, "printer|"));
    EXPECT_TRUE(may_watch(Role::feed, 0, "events|"));
    EXPECT_FALSE(may_watch(Role::printer, 0, "events|"));
    EXPECT_TRUE(may_watch(Role::admin, 0, "events|"));
    EXPECT_FALSE(may_watch(Role::unknown, 0, "guide|"));
    EXPECT_FALSE(may_watch(Role::admin, 0, ""));
    EXPECT_FALSE(may_watch(Role::admin, 0, "board:hall|"));
}

}  // namespace
}  // namespace hall::service
