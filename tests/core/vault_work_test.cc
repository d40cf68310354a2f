// What the vault is asked to seal, bring, erase and destroy for a command and its events.
#include <algorithm>

#include "tests/core/care_hall.h"

namespace hall::core {
namespace {

using protocol::VaultKind;

TEST(VaultWork, ACheckInIsSealedWithItsTemperatureApart) {
    TestHall hall = care_hall();
    const uint64_t next = hall.hall().next_record();
    const VaultWork work = work_of(hall, check_in_person("李桂香", 371));
    ASSERT_EQ(work.seal.size(), 2U);
    EXPECT_EQ(work.seal[0].record, next);
    EXPECT_EQ(work.seal[0].kind, VaultKind::check_in);
    EXPECT_EQ(work.seal[0].content.person().name(), "SECRET-李桂香");
    EXPECT_EQ(work.seal[0].content.note(), "SECRET-note of a check-in");
    EXPECT_EQ(work.seal[0].content.temperature_tenths(), 0U);
    EXPECT_EQ(work.seal[1].record, next + 1);
    EXPECT_EQ(work.seal[1].kind, VaultKind::temperature);
    EXPECT_EQ(work.seal[1].content.temperature_tenths(), 371U);
    EXPECT_FALSE(work.seal[1].content.has_person());
    EXPECT_TRUE(work.bring.empty() && work.erase.empty() && work.destroy.empty());
}

TEST(VaultWork, ASecondMeasurementIsATemperature) {
    TestHall hall = care_hall();
    hall.does(check_in_person("李桂香", 385));
    const VaultWork work = work_of(hall, measure(1, 369));
    ASSERT_EQ(work.seal.size(), 1U);
    EXPECT_EQ(work.seal[0].kind, VaultKind::temperature);
    EXPECT_EQ(work.seal[0].content.temperature_tenths(), 369U);
}

TEST(VaultWork, ACorrectionIsCompletedFromWhatItReplaces) {
    TestHall hall = care_hall();
    hall.does(check_in_person("李桂香"));
    const uint64_t before = check_in_of(hall, 1).record();
    const VaultWork work = work_of(hall, correct(1, "0771 5550188"));
    ASSERT_EQ(work.seal.size(), 1U);
    EXPECT_EQ(work.seal[0].base, before);
    EXPECT_GT(work.seal[0].record, before);
    EXPECT_EQ(work.seal[0].content.person().phone(), "0771 5550188");
    EXPECT_EQ(work.seal[0].content.person().name(), "");
    EXPECT_EQ(work.erase, std::vector<uint64_t>{before});
}

TEST(VaultWork, WhoIsForgottenIsErasedWithEveryTemperature) {
    TestHall hall = care_hall();
    hall.does(check_in_person("李桂香", 385));
    hall.does(measure(1, 380));
    const auto entry = check_in_of(hall, 1);
    const VaultWork work = work_of(hall, forget(1));
    EXPECT_TRUE(work.seal.empty());
    std::vector<uint64_t> expected{entry.record()};
    expected.insert(expected.end(), entry.temperature_records().begin(),
                    entry.temperature_records().end());
    ASSERT_EQ(expected.size(), 3U);
    EXPECT_EQ(work.erase, expected);
}

TEST(VaultWork, AFreeTextIsSealedUnderItsKind) {
    TestHall hall = care_hall();
    hall.does(check_in_person("李桂香"));
    hall.does(consult("pension", "g-1", "2026-12-01"));
    hall.does(emergency("east"));
    struct Row {
        Command command;
        VaultKind::Value kind;
    };
    const std::vector<Row> table = {
        {unmask(1, protocol::UnmaskPurpose::complaint, "text"), VaultKind::note},
        {assist("app", "print", 5, "text"), VaultKind::note},
        {consult("pension", "", "", "text"), VaultKind::note},
        {answer_consultation(1, "text"), VaultKind::note},
        {end_emergency(1, protocol::EmergencyOutcome::hospital, "text"), VaultKind::emergency},
    };
    for (const Row& row : table) {
        SCOPED_TRACE(row.command.ShortDebugString());
        const VaultWork work = work_of(hall, row.command);
        ASSERT_EQ(work.seal.size(), 1U);
        EXPECT_EQ(work.seal[0].kind, row.kind);
        EXPECT_EQ(work.seal[0].content.note(), "SECRET-text");
        EXPECT_EQ(work.seal[0].base, 0U);
    }
    const VaultWork raised = work_of(hall, emergency("east", "", "胸痛"));
    ASSERT_EQ(raised.seal.size(), 1U);
    EXPECT_EQ(raised.seal[0].kind, VaultKind::emergency);
    EXPECT_EQ(raised.seal[0].content.kind(), "SECRET-胸痛");
    Command with_person = consult("pension");
    with_person.mutable_record_consultation()->mutable_person()->set_name("SECRET-n");
    with_person.mutable_record_consultation()->set_office("SECRET-office");
    const VaultWork consulted = work_of(hall, with_person);
    ASSERT_EQ(consulted.seal.size(), 1U);
    EXPECT_EQ(consulted.seal[0].content.person().name(), "SECRET-n");
    EXPECT_EQ(consulted.seal[0].content.office(), "SECRET-office");
}

TEST(VaultWork, NoWordsNoRecord) {
    TestHall hall = care_hall();
    hall.does(check_in_person("李桂香"));
    for (const Command& command :
         {unmask(1), assist("app", "print", 5), consult("pension"), emergency("east"),
          lend("glasses"), take("water", 1), issue_for(1), sign_on()}) {
        const VaultWork work = work_of(hall, command, {"guide-1", "g-1"});
        EXPECT_TRUE(work.seal.empty()) << command.ShortDebugString();
        EXPECT_TRUE(work.erase.empty()) << command.ShortDebugString();
    }
    const VaultWork trained = work_of(hall, train("g-2", "aed"), {"super", "s-1"});
    EXPECT_TRUE(trained.seal.empty());
    EXPECT_TRUE(trained.erase.empty());
}

TEST(VaultWork, StaffLeaveNothingBehind) {
    TestHall hall = care_hall();
    const VaultWork added = work_of(hall, add_staff("g-3"), {"super", "s-1"});
    ASSERT_EQ(added.seal.size(), 1U);
    EXPECT_EQ(added.seal[0].kind, VaultKind::staff);
    EXPECT_EQ(added.seal[0].content.staff_name(), "SECRET-g-3");
    const VaultWork first = work_of(hall, set_pin("g-1"));
    ASSERT_EQ(first.seal.size(), 1U);
    EXPECT_EQ(first.seal[0].kind, VaultKind::staff);
    EXPECT_TRUE(first.erase.empty());
    hall.by("desk-1", "g-1").does(set_pin("g-1"));
    const auto entry = staff_of(hall, "g-1");
    // The former PIN goes when another one comes, and both it and the name when the person does.
    EXPECT_EQ(work_of(hall, set_pin("g-1")).erase, std::vector<uint64_t>{entry.pin_record()});
    EXPECT_EQ(work_of(hall, remove_staff("g-1"), {"super", "s-1"}).erase,
              (std::vector<uint64_t>{entry.pin_record(), entry.record()}));
}

TEST(VaultWork, DueDaysAreDestroyedAfterwards) {
    TestHall hall = care_hall();
    hall.does(check_in_person("李桂香", 366));
    const VaultWork closing = work_of(hall, close_hall());
    ASSERT_EQ(closing.destroy.size(), 1U);
    EXPECT_EQ(closing.destroy[0].kind(), VaultKind::temperature);
    EXPECT_EQ(closing.destroy[0].day(), kFirstDay);
    hall.at_ms(time_ms("12:00", kFirstDay + 29));
    const VaultWork midnight = work_of(hall, plan_day(test_plan(kFirstDay + 30)), {"server", ""});
    ASSERT_EQ(midnight.destroy.size(), 1U);
    EXPECT_EQ(midnight.destroy[0].kind(), VaultKind::check_in);
}

TEST(VaultWork, ARecordIsAskedForOnceAndInRisingOrder) {
    TestHall hall = care_hall();
    uint64_t last = 0;
    for (const Command& command :
         {check_in_person("甲"), emergency("east", "", "kind"), assist("app", "print", 5, "note"),
          check_in_person("乙", 385), set_pin("g-1"), consult("card", "", "", "note")}) {
        const VaultWork work = work_of(hall, command, {"guide-1", "g-1"});
        for (const auto& seal : work.seal) {
            EXPECT_GT(seal.record, last);
            last = seal.record;
        }
        hall.by("guide-1", "g-1").does(command);
        EXPECT_EQ(hall.hall().next_record(), last + 1);
    }
}

// A case of an earlier day that goes on today is sealed anew; one of today is there already.
TEST(VaultWork, ACaseThatGoesOnIsBroughtUnderTodaysKey) {
    state::Hall data = care_hall().hall().snapshot();
    state::Case& entry = *data.add_cases();
    entry.set_id(1);
    entry.set_service("pension");
    entry.set_record(90);
    for (uint64_t record : {90, 91}) entry.add_records(record);
    entry.set_sealed_day(kFirstDay - 1);
    entry.add_visits()->set_stage(protocol::CaseStage::reception);
    Event entered;
    entered.mutable_case_stage_entered()->set_case_id(1);
    entered.mutable_case_stage_entered()->set_record(95);
    Command command;
    command.mutable_enter_stage()->set_case_id(1);
    command.mutable_enter_stage()->set_note("SECRET-note");
    data.set_next_record(95);
    const auto bring_of = [&](uint32_t sealed_day) {
        data.mutable_cases(0)->set_sealed_day(sealed_day);
        Hall hall = Hall::restore(data);
        return hall.vault_work(command, {entered}).bring;
    };
    EXPECT_EQ(bring_of(kFirstDay - 1), (std::vector<uint64_t>{90, 91}));
    EXPECT_TRUE(bring_of(kFirstDay).empty());
}

}  // namespace
}  // namespace hall::core
