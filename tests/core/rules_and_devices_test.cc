// A hall file changed in the middle of a day, and the devices that the hall knows.
#include "tests/core/test_hall.h"

namespace hall::core {
namespace {

using RulesMidDay = OpenHallTest;

protocol::HallRules without_service(const std::string& code) {
    protocol::HallRules rules = test_rules();
    for (auto& window : *rules.mutable_windows()) {
        auto& services = *window.mutable_services();
        for (int i = services.size() - 1; i >= 0; --i) {
            if (services.Get(i) == code) services.DeleteSubrange(i, 1);
        }
    }
    return rules;
}

TEST_F(RulesMidDay, WindowsKeepTheirStateAndTheQueueItsOrder) {
    hall.does(issue("pension"));
    hall.does(issue("medical"));
    hall.serve_next(2);
    hall.does(pause_window(4));
    protocol::HallRules rules = test_rules();
    rules.mutable_windows(2)->add_services("pension");  // window 3 helps with pensions now
    rules.add_printers()->set_name("side");
    hall.does(install(rules));
    EXPECT_EQ(hall.window(2), WindowState::serving);
    EXPECT_EQ(hall.window(4), WindowState::paused);
    hall.does(issue("pension"));
    hall.does(call_next(3));
    EXPECT_EQ(hall.state("B001"), TicketState::called);
    hall.does(start(3));
    hall.does(finish(3));
    hall.does(call_next(3));
    EXPECT_EQ(hall.state("A002"), TicketState::called);
    hall.does(report_printer("side", protocol::PrinterState::ok));
}

TEST_F(RulesMidDay, AServiceOnAnOpenSlipMayNotGo) {
    hall.does(issue(Words{"pension", "card"}));
    protocol::HallRules rules = without_service("card");
    rules.mutable_services()->DeleteSubrange(2, 1);
    protocol::Refusal refusal = hall.refuses(install(rules), RefusalCode::rules_strand_tickets);
    EXPECT_EQ(refusal.number(), "A001");
    EXPECT_EQ(refusal.field(), "card");
    hall.does(cancel("A001"));
    hall.does(install(rules));
}

TEST_F(RulesMidDay, NorTheLastWindowForIt) {
    hall.does(issue("jobs"));
    hall.refuses(install(without_service("jobs")), RefusalCode::rules_strand_tickets);
}

TEST_F(RulesMidDay, NorTheLastThatSpeaksTheLanguageOrIsStepFree) {
    Command needs = issue("pension");
    needs.mutable_issue_ticket()->set_must_speak("za");
    hall.does(needs);
    protocol::HallRules rules = test_rules();
    rules.mutable_windows(0)->clear_languages();
    hall.refuses(install(rules), RefusalCode::rules_strand_tickets);
    hall.does(cancel("A001"));
    hall.does(install(rules));
}

TEST_F(RulesMidDay, WhatIsDoneMayLoseItsWindows) {
    hall.does(issue(Words{"jobs", "card"}));
    hall.serve_next(4);
    hall.does(next_service(4));
    hall.does(install(without_service("jobs")));
    hall.does(call_next(3));
}

TEST_F(RulesMidDay, ABusyWindowMayNotGo) {
    hall.does(issue("pension"));
    hall.does(call_next(5));
    protocol::HallRules rules = test_rules();
    rules.mutable_windows()->RemoveLast();
    EXPECT_EQ(hall.refuses(install(rules), RefusalCode::rules_strand_tickets).window(), 5U);
    hall.does(start(5));
    hall.does(finish(5));
    hall.does(install(rules));
    hall.refuses(open_window(5), RefusalCode::unknown_window);
}

TEST_F(RulesMidDay, OtherCreditsCountForNewTicketsOnly) {
    hall.does(issue("pension", {"80plus"}));
    int64_t key = hall.ticket("A001").key_v_ms();
    protocol::HallRules rules = test_rules();
    rules.mutable_categories(0)->set_credit_ms(5 * kMinuteMs);
    hall.does(install(rules));
    EXPECT_EQ(hall.ticket("A001").key_v_ms(), key);
    hall.does(issue("pension", {"80plus"}));
    EXPECT_EQ(hall.ticket("A002").credit_ms(), 5 * kMinuteMs);
}

TEST_F(RulesMidDay, AnUntakenJobOfARemovedPrinterIsMoved) {
    hall.does(issue("pension"));
    protocol::HallRules rules = test_rules();
    rules.mutable_printers()->DeleteSubrange(0, 1);
    rules.set_ticket_printer("back");
    hall.does(install(rules));
    hall.refuses(retry_print(1), RefusalCode::unknown_printer);
    hall.does(retry_print(1, "back"));
    hall.does(claim(1));
}

TEST(Devices, AreEnrolledOnceByNameAndKey) {
    TestHall hall;
    uint64_t version = hall.hall().devices_version();
    hall.does(enrol("clerk-1", 'a', 1));
    EXPECT_EQ(hall.reply().device().name(), "clerk-1");
    EXPECT_EQ(hall.hall().devices_version(), version + 1);
    hall.refuses(enrol("clerk-1", 'b'), RefusalCode::device_name_taken);
    EXPECT_EQ(hall.refuses(enrol("clerk-2", 'a'), RefusalCode::device_key_taken).field(),
              "clerk-1");
    hall.does(revoke("clerk-1"));
    EXPECT_EQ(hall.hall().devices_version(), version + 2);
    EXPECT_TRUE(hall.hall().devices().empty());
    hall.refuses(revoke("clerk-1"), RefusalCode::unknown_device);
    hall.does(enrol("clerk-1", 'a'));
}

TEST(Devices, StayOverTheNight) {
    TestHall hall;
    hall.does(enrol("clerk-1", 'a', 1));
    EXPECT_EQ(hall.on_next_day("09:00").hall().devices().size(), 1U);
}

TEST(Devices, OddNamesKeysRolesAndWindowsAreRefused) {
    TestHall hall;
    for (const char* name : {"", "王明", "a b", "a/b", "a\nb"}) {
        hall.refuses(enrol(name, 'a'), RefusalCode::value_out_of_range);
    }
    hall.refuses(enrol(std::string(65, 'n'), 'a'), RefusalCode::value_out_of_range);
    hall.refuses(enrol("clerk-1", '~'), RefusalCode::device_key_invalid);
    hall.refuses(enrol("clerk-1", 'a', 77), RefusalCode::unknown_window);
    Command strange = enrol("clerk-1", 'a');
    strange.mutable_enrol_device()->set_role(protocol::Role::unknown);
    hall.refuses(strange, RefusalCode::value_out_of_range);
}

}  // namespace
}  // namespace hall::core
