// Who may do what, case by case, against the table that PROTOCOL.md shows.
#include "hall-server/service/permissions.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace hall::service {
namespace {

using protocol::Command;
using protocol::Query;
using protocol::Role;

using Table = std::map<std::string, std::set<std::string>>;

// "`a` `b`" to a, b.
std::vector<std::string> names_in(const std::string& cell) {
    std::vector<std::string> names;
    const std::regex quoted("`([a-z_]+)`");
    for (std::sregex_iterator it(cell.begin(), cell.end(), quoted), end; it != end; ++it) {
        names.push_back((*it)[1]);
    }
    return names;
}

// "supervisor, clerk (its own window …)" to supervisor, clerk; what stands for all or nobody to
// itself.
std::set<std::string> roles_in(const std::string& cell) {
    if (cell.find("every enrolled device") != std::string::npos) {
        return {"board",   "guide", "clerk", "kiosk",     "printer",
                "scanner", "pager", "feed",  "supervisor"};
    }
    if (cell.find("nobody") != std::string::npos) return {"nobody"};
    std::set<std::string> roles;
    const std::string plain = std::regex_replace(cell, std::regex("\\([^)]*\\)"), "");
    const std::regex word("[a-z]+");
    for (std::sregex_iterator it(plain.begin(), plain.end(), word), end; it != end; ++it) {
        roles.insert(it->str());
    }
    return roles;
}

// The table of PROTOCOL.md below the heading "| NAME | roles |"; the roles that may, beside admin.
Table table_of(const std::string& heading) {
    std::ifstream file(HALL_SOURCE_DIR "/protocol/PROTOCOL.md");
    Table table;
    std::string line;
    while (std::getline(file, line) && line != "| " + heading + " | roles |") {
    }
    while (std::getline(file, line) && !line.empty()) {
        const auto bar = line.find(" | ");
        if (bar == std::string::npos) continue;  // |---|---|
        for (const auto& name : names_in(line.substr(0, bar))) {
            table[name] = roles_in(line.substr(bar));
        }
    }
    return table;
}

const Table& command_table() {
    static const Table table = table_of("command");
    return table;
}

const Table& query_table() {
    static const Table table = table_of("query");
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

// What a clerk may send that is at no window: about a ticket that comes back, about cases, and what
// anybody of the staff does.
const std::set<std::string> kOfNoWindow{"return_ticket",
                                        "unmask",
                                        "enter_stage",
                                        "leave_stage",
                                        "receive_material",
                                        "ask_material",
                                        "attach_ticket",
                                        "hand_over",
                                        "accept_hand_over",
                                        "set_result",
                                        "tell_result",
                                        "rate_case",
                                        "answer_follow_up",
                                        "close_case",
                                        "print_case_paper",
                                        "print_guide",
                                        "raise_emergency",
                                        "acknowledge_emergency",
                                        "do_emergency_step",
                                        "close_emergency",
                                        "record_consultation",
                                        "answer_consultation",
                                        "lend_facility",
                                        "return_loan",
                                        "set_stock",
                                        "take_stock",
                                        "set_pin",
                                        "sign_on",
                                        "go_off_duty",
                                        "scan_code"};

TEST(Permissions, AClerkActsForItsOwnWindowOnly) {
    for_every_case_and_role<Command>([](const auto& field, Role::Value role) {
        const auto body = static_cast<Command::BodyCase>(field.number());
        if (role != Role::clerk || grant(role, body) == Grant::no) return;
        const auto* window = field.message_type()->FindFieldByName("window");
        if (window == nullptr) {
            EXPECT_EQ(grant(role, body), Grant::yes) << field.name();
            EXPECT_EQ(kOfNoWindow.count(field.name()), 1U) << field.name();
            return;
        }
        EXPECT_EQ(grant(role, body), Grant::own_window) << field.name();
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
