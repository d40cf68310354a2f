#include "tests/core/care_hall.h"

namespace hall::core {

namespace {

void add_facility(protocol::HallRules& rules, const char* code, protocol::FacilityKind::Value kind,
                  uint32_t count) {
    auto* facility = rules.add_facilities();
    facility->set_code(code);
    facility->set_name(code);
    facility->set_kind(kind);
    facility->set_count(count);
}

void keep(protocol::HallRules& rules, protocol::VaultKind::Value kind, uint32_t days) {
    auto* retention = rules.add_retention();
    retention->set_kind(kind);
    retention->set_days(days);
}

std::string secret(const std::string& text) {
    return text.empty() ? "" : kSecret + text;
}

}  // namespace

protocol::HallRules care_rules(protocol::EntryCheck::Mode mode) {
    protocol::HallRules rules = test_rules();
    rules.set_entry_check(mode);
    rules.set_emergency_ack_ms(30 * kSecondMs);
    for (const char* step : {"call 120", "fetch the AED", "clear the way"}) {
        rules.add_emergency_steps(step);
    }
    add_facility(rules, "glasses", protocol::FacilityKind::lent, 2);
    add_facility(rules, "wheelchair", protocol::FacilityKind::lent, 1);
    add_facility(rules, "seat", protocol::FacilityKind::seat, 1);
    add_facility(rules, "water", protocol::FacilityKind::consumable, 3);
    keep(rules, protocol::VaultKind::check_in, 30);
    keep(rules, protocol::VaultKind::case_file, 60);
    keep(rules, protocol::VaultKind::note, 60);
    keep(rules, protocol::VaultKind::emergency, 60);
    // Whatever a hall file says of these two: staff stay as long as they work here, temperatures as
    // long as the hall is open.
    keep(rules, protocol::VaultKind::staff, 1);
    keep(rules, protocol::VaultKind::temperature, 30);
    return rules;
}

Command check_in_person(const std::string& name, uint32_t temperature_tenths) {
    Command command;
    auto* body = command.mutable_add_check_in();
    body->mutable_person()->set_name(kSecret + name);
    body->mutable_person()->set_phone(kPhone);
    body->mutable_person()->set_township(secret("township"));
    body->mutable_person()->set_identity(kIdentity);
    body->mutable_person()->set_family_phone(kFamilyPhone);
    body->mutable_person()->set_family_consent(true);
    body->set_temperature_tenths(temperature_tenths);
    body->set_reason(protocol::CheckInReason::no_smartphone);
    body->set_filled_by(protocol::FilledBy::guide);
    body->set_read_back(true);
    body->set_note(secret("note of a check-in"));
    return command;
}
Command measure(uint64_t check_in, uint32_t temperature_tenths) {
    Command command;
    command.mutable_measure_again()->set_check_in(check_in);
    command.mutable_measure_again()->set_temperature_tenths(temperature_tenths);
    return command;
}
Command correct(uint64_t check_in, const std::string& phone) {
    Command command;
    command.mutable_correct_check_in()->set_check_in(check_in);
    command.mutable_correct_check_in()->mutable_person()->set_phone(phone);
    return command;
}
Command forget(uint64_t check_in) {
    Command command;
    command.mutable_forget_person()->set_check_in(check_in);
    return command;
}
Command unmask(uint64_t check_in, protocol::UnmaskPurpose::Value purpose, const std::string& note) {
    Command command;
    command.mutable_unmask()->set_check_in(check_in);
    command.mutable_unmask()->set_purpose(purpose);
    command.mutable_unmask()->set_note(secret(note));
    return command;
}
Command purge() {
    Command command;
    command.mutable_purge_vault();
    return command;
}
Command issue_for(uint64_t check_in, const std::string& service) {
    Command command = issue(service);
    command.mutable_issue_ticket()->set_check_in(check_in);
    return command;
}

Command emergency(const std::string& place, const std::string& number, const std::string& kind) {
    Command command;
    command.mutable_raise_emergency()->set_place(place);
    command.mutable_raise_emergency()->set_number(number);
    command.mutable_raise_emergency()->set_kind(secret(kind));
    return command;
}
Command drill(const std::string& place, const std::string& number) {
    Command command = emergency(place, number);
    command.mutable_raise_emergency()->set_drill(true);
    return command;
}
Command acknowledge(uint64_t emergency) {
    Command command;
    command.mutable_acknowledge_emergency()->set_emergency(emergency);
    return command;
}
Command do_step(uint64_t emergency, uint32_t step) {
    Command command;
    command.mutable_do_emergency_step()->set_emergency(emergency);
    command.mutable_do_emergency_step()->set_step(step);
    return command;
}
Command end_emergency(uint64_t emergency, protocol::EmergencyOutcome::Value outcome,
                      const std::string& note) {
    Command command;
    command.mutable_close_emergency()->set_emergency(emergency);
    command.mutable_close_emergency()->set_outcome(outcome);
    command.mutable_close_emergency()->set_note(secret(note));
    return command;
}

Command assist(const std::string& machine, const std::string& task, uint32_t minutes,
               const std::string& note) {
    Command command;
    command.mutable_record_assistance()->set_machine(machine);
    command.mutable_record_assistance()->set_task(task);
    command.mutable_record_assistance()->set_minutes(minutes);
    command.mutable_record_assistance()->set_note(secret(note));
    return command;
}
Command consult(const std::string& service, const std::string& owner, const std::string& answer_by,
                const std::string& note) {
    Command command;
    command.mutable_record_consultation()->set_service(service);
    command.mutable_record_consultation()->set_owner(owner);
    command.mutable_record_consultation()->set_answer_by(answer_by);
    command.mutable_record_consultation()->set_note(secret(note));
    return command;
}
Command answer_consultation(uint64_t consultation, const std::string& note) {
    Command command;
    command.mutable_answer_consultation()->set_consultation(consultation);
    command.mutable_answer_consultation()->set_note(secret(note));
    return command;
}
Command lend(const std::string& facility, const std::string& number) {
    Command command;
    command.mutable_lend_facility()->set_facility(facility);
    command.mutable_lend_facility()->set_number(number);
    return command;
}
Command give_back(uint64_t loan) {
    Command command;
    command.mutable_return_loan()->set_loan(loan);
    return command;
}
Command set_stock(const std::string& facility, uint32_t count, const std::string& expires) {
    Command command;
    command.mutable_set_stock()->set_facility(facility);
    command.mutable_set_stock()->set_count(count);
    command.mutable_set_stock()->set_expires(expires);
    return command;
}
Command take(const std::string& facility, uint32_t count) {
    Command command;
    command.mutable_take_stock()->set_facility(facility);
    command.mutable_take_stock()->set_count(count);
    return command;
}

Command add_staff(const std::string& number, protocol::StaffRank::Value rank) {
    Command command;
    command.mutable_add_staff()->set_staff(number);
    command.mutable_add_staff()->set_name(kSecret + number);
    command.mutable_add_staff()->set_rank(rank);
    return command;
}
Command remove_staff(const std::string& number) {
    Command command;
    command.mutable_remove_staff()->set_staff(number);
    return command;
}
Command set_pin(const std::string& number) {
    Command command;
    command.mutable_set_pin()->set_staff(number);
    return command;
}
Command sign_on() {
    Command command;
    command.mutable_sign_on();
    return command;
}
Command off_duty(const std::string& number) {
    Command command;
    command.mutable_go_off_duty()->set_staff(number);
    return command;
}
Command train(const std::string& number, const std::string& course, const std::string& date) {
    Command command;
    command.mutable_record_training()->set_staff(number);
    command.mutable_record_training()->set_course(course);
    command.mutable_record_training()->set_date(date);
    return command;
}
Command enrol_as(const std::string& name, protocol::Role::Value role, char key_letter) {
    Command command = enrol(name, key_letter);
    command.mutable_enrol_device()->set_role(role);
    return command;
}

VaultWork work_of(const TestHall& hall, const Command& command, const Actor& actor) {
    const Decision decision = hall.hall().decide(command, actor, hall.now_ms());
    EXPECT_TRUE(decision) << command.ShortDebugString();
    return decision ? hall.hall().vault_work(command, *decision) : VaultWork();
}

TestHall care_hall(const protocol::HallRules& rules) {
    TestHall hall(rules);
    hall.at("09:00");
    for (uint32_t window = 1; window <= 5; ++window) hall.does(open_window(window));
    hall.does(enrol_as("desk-1", protocol::Role::guide, 'a'));
    hall.does(enrol_as("desk-2", protocol::Role::guide, 'b'));
    hall.does(enrol_as("super", protocol::Role::supervisor, 'c'));
    hall.does(add_staff("g-1"));
    hall.does(add_staff("g-2"));
    hall.does(add_staff("s-1", protocol::StaffRank::supervisor));
    return hall;
}

state::CheckIn check_in_of(const TestHall& hall, uint64_t id) {
    const state::Hall data = hall.hall().snapshot();
    for (const auto& entry : data.check_ins()) {
        if (entry.id() == id) return entry;
    }
    return {};
}

state::Emergency emergency_of(const TestHall& hall, uint64_t id) {
    const state::Hall data = hall.hall().snapshot();
    for (const auto& entry : data.emergencies()) {
        if (entry.id() == id) return entry;
    }
    return {};
}

state::Staff staff_of(const TestHall& hall, const std::string& number) {
    return hall.hall().staff(number).value_or(state::Staff());
}

protocol::Reply asked(const TestHall& hall, const protocol::Query& query) {
    protocol::Reply reply;
    hall.hall().answer(query, hall.now_ms(), reply);
    return reply;
}

Words vault_days(const TestHall& hall) {
    Words days;
    const state::Hall data = hall.hall().snapshot();
    for (const auto& entry : data.vault_days()) {
        days.push_back(
            vault_day(protocol::VaultKind::Value_Name(entry.kind()).c_str(), entry.day()));
    }
    return days;
}

std::string vault_day(const char* kind, uint32_t day) {
    return std::string(kind) + " " + std::to_string(day);
}

}  // namespace hall::core
