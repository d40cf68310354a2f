// Every refusal about check-ins, staff, emergencies, facilities and help is given here once, from a
// hall where it is due.
#include <functional>
#include <set>

#include "hall-server/core/decide.h"
#include "tests/core/care_hall.h"

namespace hall::core {
namespace {

using protocol::EmergencyOutcome;
using protocol::StaffRank;
using protocol::UnmaskPurpose;

// Given by the service, which checks PINs, or by the vault.
const std::set<RefusalCode::Value> kGivenByTheService{
    RefusalCode::pin_wrong,   RefusalCode::pin_locked,        RefusalCode::pin_not_set,
    RefusalCode::pin_invalid, RefusalCode::too_many_sign_ons, RefusalCode::vault_unavailable};

// Limits: FullHalls below. Cases: staff_test.cc.
const std::set<RefusalCode::Value> kGivenElsewhere{
    RefusalCode::too_many_check_ins,     RefusalCode::too_many_staff,
    RefusalCode::too_many_emergencies,   RefusalCode::too_many_loans,
    RefusalCode::too_many_consultations, RefusalCode::cases_open};

// One of everything: a person checked in, one resting, one forgotten; an emergency with its first
// step done and a closed one; a loan and a returned one; an open consultation and an answered one.
TestHall busy() {
    TestHall hall = care_hall();
    hall.does(check_in_person("甲"));
    hall.does(check_in_person("乙", 390));
    hall.does(check_in_person("丙"));
    hall.does(forget(3));
    hall.does(emergency("east"));
    hall.does(do_step(1, 1));
    hall.does(acknowledge(1));
    hall.does(emergency("east"));
    hall.does(end_emergency(2));
    hall.does(lend("glasses"));
    hall.does(lend("wheelchair"));
    hall.does(give_back(1));
    hall.does(set_stock("water", 3, "2026-11-22"));
    hall.does(consult("pension", "g-1", "2026-12-01"));
    hall.does(consult("pension"));
    hall.by("desk-2", "g-2").does(sign_on());
    hall.by("guide-1");
    return hall;
}

TestHall busy_at_a_desk() {
    TestHall hall = busy();
    hall.by("desk-1");
    return hall;
}

TestHall busy_by_a_guide() {
    TestHall hall = busy();
    hall.by("desk-1", "g-1");
    return hall;
}

struct Case {
    RefusalCode::Value code;
    std::function<TestHall()> given;
    Command when;
};

template <typename Change>
Command changed(Change change) {
    Command command = check_in_person("丁");
    change(*command.mutable_add_check_in());
    return command;
}

std::vector<Case> check_in_cases() {
    using Add = protocol::AddCheckIn;
    return {
        {RefusalCode::unknown_check_in, busy, forget(9)},
        {RefusalCode::name_missing, busy,
         changed([](Add& add) { add.mutable_person()->clear_name(); })},
        {RefusalCode::text_invalid, busy,
         changed([](Add& add) { add.mutable_person()->set_name("\t"); })},
        {RefusalCode::identity_number_invalid, busy,
         changed([](Add& add) { add.mutable_person()->set_identity("1' OR '1'='1"); })},
        {RefusalCode::temperature_needed, busy, check_in_person("丁", 0)},
        {RefusalCode::temperature_out_of_range, busy, check_in_person("丁", 36)},
        {RefusalCode::phone_invalid, busy, correct(1, "none")},
        {RefusalCode::contact_missing, busy, changed([](Add& add) {
             add.mutable_person()->clear_phone();
             add.mutable_person()->clear_township();
         })},
        {RefusalCode::read_back_missing, busy, changed([](Add& add) { add.set_read_back(false); })},
        {RefusalCode::not_resting, busy, measure(1, 366)},
        {RefusalCode::check_in_forgotten, busy, issue_for(3)},
        {RefusalCode::consent_missing, busy,
         changed([](Add& add) { add.mutable_person()->set_family_consent(false); })},
        {RefusalCode::purpose_missing, busy, unmask(1, UnmaskPurpose::unspecified)},
        {RefusalCode::nothing_sealed, busy, unmask(3)},
    };
}

std::vector<Case> staff_cases() {
    return {
        {RefusalCode::unknown_staff, busy, set_pin("g-9")},
        {RefusalCode::staff_number_taken, busy, add_staff("g-1")},
        {RefusalCode::sign_on_needed, busy_at_a_desk, sign_on()},
        {RefusalCode::rank_not_allowed, busy_by_a_guide, set_pin("g-2")},
        {RefusalCode::staff_off_duty, busy_by_a_guide, off_duty()},
        {RefusalCode::staff_on_duty, busy, remove_staff("g-2")},
        {RefusalCode::staff_number_invalid, busy, add_staff("!")},
    };
}

std::vector<Case> emergency_cases() {
    return {
        {RefusalCode::unknown_emergency, busy, acknowledge(7)},
        {RefusalCode::emergency_closed, busy, do_step(2, 1)},
        {RefusalCode::emergency_acknowledged, busy, acknowledge(1)},
        {RefusalCode::unknown_step, busy, do_step(1, 9)},
        {RefusalCode::step_already_done, busy, do_step(1, 1)},
        {RefusalCode::outcome_missing, busy, end_emergency(1, EmergencyOutcome::unknown)},
        {RefusalCode::place_missing, busy, emergency("")},
        {RefusalCode::unknown_zone, busy, emergency("moon")},
    };
}

std::vector<Case> help_cases() {
    return {
        {RefusalCode::unknown_facility, busy, lend("boat")},
        {RefusalCode::nothing_left, busy, lend("wheelchair")},
        {RefusalCode::unknown_loan, busy, give_back(9)},
        {RefusalCode::loan_returned, busy, give_back(1)},
        {RefusalCode::facility_not_lent, busy, lend("water")},
        {RefusalCode::facility_not_stocked, busy, take("glasses", 1)},
        {RefusalCode::stock_expired, busy, take("water", 1)},
        {RefusalCode::unknown_consultation, busy, answer_consultation(9)},
        {RefusalCode::consultation_answered, busy, answer_consultation(2)},
        {RefusalCode::owner_missing, busy, consult("pension", "g-1")},
        {RefusalCode::consultations_open, busy, remove_staff("g-1")},
        {RefusalCode::minutes_invalid, busy, assist("app", "print", 0)},
        {RefusalCode::task_missing, busy, assist("app", "", 5)},
    };
}

std::vector<Case> all_cases() {
    std::vector<Case> all = check_in_cases();
    for (auto& cases : {staff_cases(), emergency_cases(), help_cases()}) {
        all.insert(all.end(), cases.begin(), cases.end());
    }
    return all;
}

TEST(CareRefusals, EachIsGivenWhereItIsDueAndChangesNothing) {
    for (const Case& one : all_cases()) {
        SCOPED_TRACE(RefusalCode::Value_Name(one.code));
        TestHall hall = one.given();
        const std::string before = bytes_of(hall.hall());
        const protocol::Refusal refusal = hall.refuses(one.when, one.code);
        EXPECT_EQ(bytes_of(hall.hall()), before);
        EXPECT_EQ(refusal.SerializeAsString().find(kSecret), std::string::npos);
        EXPECT_EQ(refusal.retry(), retry_helps(one.code));
    }
}

// The blocks of RefusalCode that this part of the core answers for.
bool is_ours(int code) {
    return (code >= 180 && code <= 192) || (code >= 240 && code <= 253) ||
           (code >= 260 && code <= 286) || code == 140 || code == 297 || code == 298;
}

TEST(CareRefusals, NoCodeIsForgotten) {
    std::set<RefusalCode::Value> given = kGivenByTheService;
    given.insert(kGivenElsewhere.begin(), kGivenElsewhere.end());
    for (const Case& one : all_cases()) given.insert(one.code);
    const auto* codes = RefusalCode::Value_descriptor();
    for (int i = 0; i < codes->value_count(); ++i) {
        const int code = codes->value(i)->number();
        if (!is_ours(code)) continue;
        EXPECT_TRUE(given.count(static_cast<RefusalCode::Value>(code)))
            << codes->value(i)->name() << " is given by no test";
    }
}

TEST(CareRefusals, AHallKeepsOnlySoManyCheckIns) {
    state::Hall data = busy().hall().snapshot();
    state::CheckIn past = data.check_ins(0);
    data.clear_check_ins();
    for (uint64_t id = 1; id <= kCheckInsMax; ++id) {
        past.set_id(id);
        *data.add_check_ins() = past;
    }
    const auto refused = [](const Hall& hall) {
        Decision decision = hall.decide(check_in_person("丁"), {"guide-1", ""}, time_ms("09:00"));
        return decision ? RefusalCode::unknown : decision.error().code();
    };
    EXPECT_EQ(refused(Hall::restore(data)), RefusalCode::too_many_check_ins);
    data.mutable_check_ins()->RemoveLast();
    EXPECT_EQ(refused(Hall::restore(data)), RefusalCode::unknown);
}

TEST(CareRefusals, NothingIsKeptBeforeTheFirstDayIsPlanned) {
    Hall hall;
    for (const Command& command : {check_in_person("甲"), emergency("east"), add_staff("g-1"),
                                   assist("app", "print", 5), consult("pension")}) {
        const Decision decision = hall.decide(command, {"guide-1", ""}, time_ms("09:00"));
        ASSERT_FALSE(decision);
        EXPECT_EQ(decision.error().code(), RefusalCode::day_not_planned);
        EXPECT_TRUE(decision.error().retry());
    }
}

}  // namespace
}  // namespace hall::core
