// Who works here: numbers, ranks, PINs, duty, training. PINs themselves are the service's.
#include "hall-server/core/decide.h"
#include "tests/core/care_hall.h"

namespace hall::core {
namespace {

using protocol::Role;
using protocol::StaffRank;

TEST(Staff, AreKnownByNumberAndNeverByName) {
    TestHall hall = care_hall();
    Command command = add_staff("z-9", StaffRank::specialist);
    command.mutable_add_staff()->add_languages("za");
    const Events events = hall.does(command);
    EXPECT_NE(events[0].staff_added().record(), 0U);
    EXPECT_EQ(hall.reply().staff().number(), "z-9");
    EXPECT_EQ(hall.reply().staff().languages(0), "za");
    EXPECT_FALSE(hall.reply().staff().has_pin());
    hall.does(add_staff("a-0"));
    // By number, however they were added.
    protocol::Query query;
    query.mutable_staff_list();
    Words numbers;
    const protocol::Reply reply = asked(hall, query);
    for (const auto& row : reply.staff_list().staff()) numbers.push_back(row.number());
    EXPECT_EQ(numbers, (Words{"a-0", "g-1", "g-2", "s-1", "z-9"}));
    EXPECT_EQ(hall.hall().snapshot().SerializeAsString().find(kSecret), std::string::npos);
}

TEST(Staff, NumbersHaveAForm) {
    TestHall hall = care_hall();
    for (const char* number : {"", "王", "a b", "a_b", "12345678901234567", "a\n"}) {
        EXPECT_EQ(hall.refuses(add_staff(number), RefusalCode::staff_number_invalid).field(),
                  "staff");
    }
    hall.refuses(add_staff("g-1"), RefusalCode::staff_number_taken);
    hall.refuses(add_staff("g-3", StaffRank::unknown), RefusalCode::value_out_of_range);
    hall.refuses(add_staff("g-3", static_cast<StaffRank::Value>(9)),
                 RefusalCode::value_out_of_range);
    Command command = add_staff("g-3");
    command.mutable_add_staff()->add_languages("a tag");
    hall.refuses(command, RefusalCode::unknown_language);
    command = add_staff("g-3");
    command.mutable_add_staff()->set_name("\x02");
    hall.refuses(command, RefusalCode::text_invalid);
    hall.does(add_staff("1234567890ABCDEF"));
}

TEST(Staff, ThereIsAnEndToThem) {
    TestHall hall(care_rules(), test_plan(), 1'000'000);
    for (size_t i = 0; i < kStaffMax; ++i) hall.does(add_staff("n" + std::to_string(i)));
    hall.refuses(add_staff("late"), RefusalCode::too_many_staff);
}

TEST(Staff, AreASupervisorsBusiness) {
    TestHall hall = care_hall();
    hall.does(add_staff("a-1", StaffRank::admin));
    hall.by("super", "g-1").refuses(add_staff("g-3"), RefusalCode::rank_not_allowed);
    hall.refuses(remove_staff("g-2"), RefusalCode::rank_not_allowed);
    hall.refuses(train("g-2", "aed"), RefusalCode::rank_not_allowed);
    hall.by("super", "s-1").does(add_staff("g-3"));
    hall.does(train("g-3", "aed"));
    // Nobody gives what they do not have.
    hall.refuses(add_staff("a-2", StaffRank::admin), RefusalCode::rank_not_allowed);
    hall.by("super", "a-1").does(add_staff("a-2", StaffRank::admin));
    hall.by("super").refuses(add_staff("a-3", StaffRank::admin), RefusalCode::rank_not_allowed);
    hall.does(add_staff("g-4"));
}

TEST(Staff, SignOnAndMove) {
    TestHall hall = care_hall();
    hall.by("desk-1").refuses(sign_on(), RefusalCode::sign_on_needed);
    hall.by("desk-1", "g-7").refuses(sign_on(), RefusalCode::unknown_staff);
    hall.by("desk-1", "g-1").does(sign_on());
    EXPECT_TRUE(hall.reply().staff().on_duty());
    EXPECT_EQ(hall.reply().staff().device(), "desk-1");
    EXPECT_EQ(hall.hall().signed_on_at("desk-1"), "g-1");
    hall.after_s(60).by("desk-2", "g-1").does(sign_on());
    EXPECT_EQ(hall.hall().signed_on_at("desk-1"), "");
    EXPECT_EQ(hall.hall().signed_on_at("desk-2"), "g-1");
    // Who stood there before stays on duty, without a device.
    hall.after_s(60).by("desk-2", "g-2").does(sign_on());
    EXPECT_EQ(hall.hall().signed_on_at("desk-2"), "g-2");
    EXPECT_TRUE(staff_of(hall, "g-1").on_duty());
    EXPECT_EQ(staff_of(hall, "g-1").device(), "");
    EXPECT_EQ(hall.hall().care_view(hall.now_ms()).staff_count(), 2U);
}

TEST(Staff, GoOffDuty) {
    TestHall hall = care_hall();
    hall.by("desk-1").refuses(off_duty(), RefusalCode::sign_on_needed);
    hall.by("desk-1", "g-1").refuses(off_duty(), RefusalCode::staff_off_duty);
    hall.does(sign_on());
    hall.does(off_duty());
    EXPECT_FALSE(staff_of(hall, "g-1").on_duty());
    EXPECT_EQ(hall.hall().signed_on_at("desk-1"), "");
    hall.does(sign_on());
    hall.by("desk-2", "g-2").refuses(off_duty("g-1"), RefusalCode::rank_not_allowed);
    hall.refuses(off_duty("g-9"), RefusalCode::unknown_staff);
    hall.by("super").refuses(off_duty("g-1"), RefusalCode::rank_not_allowed);
    hall.by("super", "s-1").does(off_duty("g-1"));
    hall.by("desk-1", "g-1").does(sign_on());
    hall.on_next_day("07:00");
    EXPECT_FALSE(staff_of(hall, "g-1").on_duty());  // the day is over for everybody
    EXPECT_EQ(hall.hall().signed_on_at("desk-1"), "");
}

// What the cases say of somebody's load is theirs; what follows from it is here.
TEST(Staff, NobodyLeavesOpenCasesBehind) {
    HallState hall;
    hall.data = care_hall().hall().snapshot();
    hall.data.mutable_staff(0)->set_on_duty(true);  // g-1
    hall.reindex();
    hall.load["g-1"] = 2;
    const Actor actor{"guide-1", "g-1"};
    const Ask ask{hall, hall.data.last_at_ms(), actor};
    Decision decision = decide(ask, off_duty().go_off_duty());
    ASSERT_FALSE(decision);
    EXPECT_EQ(decision.error().code(), RefusalCode::cases_open);
    EXPECT_EQ(decision.error().field(), "2");
    EXPECT_TRUE(decision.error().retry());
    const Actor nobody{"first-admin", ""};
    const Ask admin{hall, hall.data.last_at_ms(), nobody};
    decision = decide(admin, remove_staff("g-1").remove_staff());
    ASSERT_FALSE(decision);
    EXPECT_EQ(decision.error().code(), RefusalCode::cases_open);
    hall.load.clear();
    EXPECT_TRUE(decide(ask, off_duty().go_off_duty()));
    // A case that was offered to somebody who is no more would wait for ever.
    hall.offered["g-2"] = 1;
    decision = decide(admin, remove_staff("g-2").remove_staff());
    ASSERT_FALSE(decision);
    EXPECT_EQ(decision.error().code(), RefusalCode::cases_open);
    hall.offered.clear();
    EXPECT_TRUE(decide(admin, remove_staff("g-2").remove_staff()));
}

TEST(Staff, LeaveForGood) {
    TestHall hall = care_hall();
    hall.refuses(remove_staff("g-9"), RefusalCode::unknown_staff);
    hall.by("desk-1", "g-1").does(sign_on());
    hall.by("super", "s-1").refuses(remove_staff("g-1"), RefusalCode::staff_on_duty);
    hall.does(remove_staff("g-2"));
    EXPECT_EQ(hall.reply().staff().number(), "g-2");
    EXPECT_EQ(staff_of(hall, "g-2").number(), "");
    EXPECT_EQ(staff_of(hall, "s-1").number(), "s-1");
    hall.by("desk-2", "g-2").refuses(sign_on(), RefusalCode::unknown_staff);
    hall.by("super").does(add_staff("g-2"));
}

TEST(Staff, APinIsSetByItsOwnerOrFromAbove) {
    TestHall hall = care_hall();
    hall.does(add_staff("a-1", StaffRank::admin));
    hall.refuses(set_pin("g-9"), RefusalCode::unknown_staff);
    const Events events = hall.by("desk-1", "g-1").does(set_pin("g-1"));
    EXPECT_NE(events[0].staff_pin_set().record(), 0U);
    EXPECT_TRUE(hall.reply().staff().has_pin());
    hall.refuses(set_pin("g-2"), RefusalCode::rank_not_allowed);
    hall.by("desk-1").refuses(set_pin("g-1"), RefusalCode::rank_not_allowed);
    hall.by("super").refuses(set_pin("g-1"), RefusalCode::rank_not_allowed);
    hall.by("super", "s-1").does(set_pin("g-2"));
    hall.refuses(set_pin("a-1"), RefusalCode::rank_not_allowed);
    hall.by("first-admin").does(set_pin("a-1"));
    hall.does(enrol_as("office", Role::admin, 'd'));
    hall.by("office").does(set_pin("a-1"));
}

TEST(Training, IsCurrentForAYear) {
    TestHall hall = care_hall();
    hall.does(train("g-1", "first_aid", "2025-11-23"));
    EXPECT_EQ(hall.reply().staff().trained_on(), "2025-11-23");
    EXPECT_TRUE(hall.reply().staff().training_current());
    hall.does(train("g-2", "first_aid", "2025-11-22"));
    EXPECT_FALSE(hall.reply().staff().training_current());
    hall.does(train("s-1", "aed"));
    EXPECT_EQ(hall.reply().staff().trained_on(), "2026-11-23");
    // An older one that is entered later does not make it older.
    hall.does(train("s-1", "evacuation", "2020-01-01"));
    EXPECT_EQ(hall.reply().staff().trained_on(), "2026-11-23");
    EXPECT_EQ(staff_of(hall, "s-1").courses_size(), 2);
    protocol::HallRules rules = care_rules();
    rules.set_training_days(10);
    hall.does(install(rules));
    hall.does(train("g-1", "first_aid", "2026-11-12"));
    EXPECT_FALSE(hall.reply().staff().training_current());
    hall.does(train("g-1", "first_aid", "2026-11-13"));
    EXPECT_TRUE(hall.reply().staff().training_current());
}

TEST(Training, RefusesWhatItWasNot) {
    TestHall hall = care_hall();
    hall.refuses(train("g-9", "aed"), RefusalCode::unknown_staff);
    hall.refuses(train("g-1", ""), RefusalCode::text_invalid);
    hall.refuses(train("g-1", "急救"), RefusalCode::text_invalid);
    hall.refuses(train("g-1", "aed", "2026-11-24"), RefusalCode::date_invalid);
    hall.refuses(train("g-1", "aed", "24.11.2026"), RefusalCode::date_invalid);
}

}  // namespace
}  // namespace hall::core
