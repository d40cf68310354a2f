// A hall that cares: the test hall with check-in, facilities, an emergency plan and staff, and the
// commands about them in the words of hallctl.
//
// Every private word that a test writes is one of kSecrets or begins with kSecret, so that a search
// for it in what must not know it finds it.
#pragma once

#include <string>

#include "tests/core/test_hall.h"

namespace hall::core {

inline constexpr char kSecret[] = "SECRET-";
inline constexpr char kPhone[] = "13800007731";
inline constexpr char kFamilyPhone[] = "0771-5550199";
inline constexpr char kIdentity[] = "45010319600229001X";

// test_rules() with a plan of three steps, 30 s to acknowledge; glasses (2), a wheelchair (1) and a
// priority seat (1) to lend, water (3 pieces) to take; check-ins kept 30 days, cases and notes 60.
protocol::HallRules care_rules(protocol::EntryCheck::Mode mode = protocol::EntryCheck::temperature);

// Read back, by a guide, with every private field; `name` is what it is told from others by.
Command check_in_person(const std::string& name, uint32_t temperature_tenths = 366);
Command measure(uint64_t check_in, uint32_t temperature_tenths);
Command correct(uint64_t check_in, const std::string& phone);
Command forget(uint64_t check_in);
Command unmask(uint64_t check_in,
               protocol::UnmaskPurpose::Value purpose = protocol::UnmaskPurpose::find_visitor,
               const std::string& note = "");
Command purge();
Command issue_for(uint64_t check_in, const std::string& service = "pension");

Command emergency(const std::string& place, const std::string& number = "",
                  const std::string& kind = "");
Command drill(const std::string& place, const std::string& number = "");
Command acknowledge(uint64_t emergency);
Command do_step(uint64_t emergency, uint32_t step);
Command end_emergency(
    uint64_t emergency,
    protocol::EmergencyOutcome::Value outcome = protocol::EmergencyOutcome::recovered,
    const std::string& note = "");

Command assist(const std::string& machine, const std::string& task, uint32_t minutes,
               const std::string& note = "");
Command consult(const std::string& service, const std::string& owner = "",
                const std::string& answer_by = "", const std::string& note = "");
Command answer_consultation(uint64_t consultation, const std::string& note = "");
Command lend(const std::string& facility, const std::string& number = "");
Command give_back(uint64_t loan);
Command set_stock(const std::string& facility, uint32_t count, const std::string& expires = "");
Command take(const std::string& facility, uint32_t count);

Command add_staff(const std::string& number,
                  protocol::StaffRank::Value rank = protocol::StaffRank::guide);
Command remove_staff(const std::string& number);
Command set_pin(const std::string& number);
Command sign_on();
Command off_duty(const std::string& number = "");
Command train(const std::string& number, const std::string& course, const std::string& date = "");
Command enrol_as(const std::string& name, protocol::Role::Value role, char key_letter);

// 09:00, all windows open; g-1 and g-2 guides, s-1 supervisor, nobody signed on. Devices: desk-1
// and desk-2 of guides, super of a supervisor; "guide-1", who acts until a test says otherwise, is
// not enrolled and counts as an admin's.
TestHall care_hall(const protocol::HallRules& rules = care_rules());

// What a hall would ask of its vault, before anything is applied.
VaultWork work_of(const TestHall& hall, const Command& command,
                  const Actor& actor = {"desk-1", "g-1"});
state::CheckIn check_in_of(const TestHall& hall, uint64_t id);
state::Emergency emergency_of(const TestHall& hall, uint64_t id);
state::Staff staff_of(const TestHall& hall, const std::string& number);
protocol::Reply asked(const TestHall& hall, const protocol::Query& query);
// Kind and day of what the vault keeps, "check_in 20780", in order.
Words vault_days(const TestHall& hall);
std::string vault_day(const char* kind, uint32_t day = kFirstDay);

}  // namespace hall::core
