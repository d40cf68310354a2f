// Manual check-ins (无码通行 手工登记), and the days of the vault.
#include <algorithm>

#include "hall-server/core/text_rules.h"
#include "tests/core/care_hall.h"

namespace hall::core {
namespace {

using protocol::CheckInState;
using protocol::EntryCheck;
using protocol::FilledBy;
using protocol::UnmaskPurpose;

template <typename Change>
Command with(Change change) {
    Command command = check_in_person("李桂香");
    change(*command.mutable_add_check_in());
    return command;
}

TEST(CheckIn, KeepsOnlyWhatSaysNothingAboutThePerson) {
    TestHall hall = care_hall();
    const Events events = hall.by("desk-1", "g-1").does(check_in_person("李桂香"));
    ASSERT_EQ(events.size(), 1U);
    const auto& event = events[0].checked_in();
    EXPECT_EQ(event.check_in(), 1U);
    EXPECT_NE(event.record(), 0U);
    EXPECT_EQ(event.temperature_record(), event.record() + 1);
    EXPECT_FALSE(event.rests());
    const auto entry = check_in_of(hall, 1);
    EXPECT_EQ(entry.state(), CheckInState::complete);
    EXPECT_EQ(entry.by(), "desk-1/g-1");
    EXPECT_EQ(entry.day(), kFirstDay);
    EXPECT_EQ(entry.date(), "2026-11-23");
    EXPECT_EQ(hall.reply().check_in().id(), 1U);
    EXPECT_EQ(hall.hall().snapshot().SerializeAsString().find(kSecret), std::string::npos);
    // Rising through the next command.
    const Events next = hall.does(check_in_person("王明"));
    EXPECT_EQ(next[0].checked_in().check_in(), 2U);
    EXPECT_GT(next[0].checked_in().record(), event.temperature_record());
}

struct Wrong {
    const char* what;
    Command command;
    RefusalCode::Value code;
    const char* field;
};

TEST(CheckIn, RefusesWhatCannotBe_AndNeverRepeatsIt) {
    using Add = protocol::AddCheckIn;
    const std::vector<Wrong> table = {
        {"no name", with([](Add& a) { a.mutable_person()->clear_name(); }),
         RefusalCode::name_missing, "name"},
        {"blank name", with([](Add& a) { a.mutable_person()->set_name(" \u3000\u200b"); }),
         RefusalCode::text_invalid, "name"},
        {"control in a name", with([](Add& a) { a.mutable_person()->set_name("王\x01明"); }),
         RefusalCode::text_invalid, "name"},
        {"line in a name", with([](Add& a) { a.mutable_person()->set_name("王\n明"); }),
         RefusalCode::text_invalid, "name"},
        {"turned name", with([](Add& a) { a.mutable_person()->set_name("王\u202e明"); }),
         RefusalCode::text_invalid, "name"},
        {"long name", with([](Add& a) { a.mutable_person()->set_name(std::string(121, 'x')); }),
         RefusalCode::text_too_long, "name"},
        {"no way to reach them", with([](Add& a) {
             a.mutable_person()->clear_phone();
             a.mutable_person()->clear_township();
         }),
         RefusalCode::contact_missing, "phone"},
        {"phone of letters", with([](Add& a) { a.mutable_person()->set_phone("no phone"); }),
         RefusalCode::phone_invalid, "phone"},
        {"family without consent",
         with([](Add& a) { a.mutable_person()->set_family_consent(false); }),
         RefusalCode::consent_missing, "family_phone"},
        {"identity", with([](Add& a) { a.mutable_person()->set_identity("450103196102290017"); }),
         RefusalCode::identity_number_invalid, "identity"},
        {"long note", with([](Add& a) { a.set_note(std::string(kNoteMax + 1, 'x')); }),
         RefusalCode::text_too_long, "note"},
        {"not read back", with([](Add& a) { a.set_read_back(false); }),
         RefusalCode::read_back_missing, "read_back"},
        {"not read back, by nobody said", with([](Add& a) {
             a.set_read_back(false);
             a.set_filled_by(FilledBy::unknown);
         }),
         RefusalCode::read_back_missing, "read_back"},
        {"no temperature", with([](Add& a) { a.set_temperature_tenths(0); }),
         RefusalCode::temperature_needed, "temperature_tenths"},
        {"too cold", with([](Add& a) { a.set_temperature_tenths(299); }),
         RefusalCode::temperature_out_of_range, "temperature_tenths"},
        {"too hot", with([](Add& a) { a.set_temperature_tenths(451); }),
         RefusalCode::temperature_out_of_range, "temperature_tenths"},
        {"no such reason",
         with([](Add& a) { a.set_reason(static_cast<protocol::CheckInReason::Value>(77)); }),
         RefusalCode::value_out_of_range, "reason"},
    };
    TestHall hall = care_hall();
    for (const Wrong& wrong : table) {
        SCOPED_TRACE(wrong.what);
        EXPECT_EQ(hall.refuses(wrong.command, wrong.code).field(), wrong.field);
    }
    EXPECT_EQ(hall.hall().snapshot().check_ins_size(), 0);
}

TEST(CheckIn, TownshipAloneIsEnoughAndSelfNeedsNoReadingBack) {
    TestHall hall = care_hall();
    hall.does(with([](protocol::AddCheckIn& a) {
        a.mutable_person()->clear_phone();
        a.mutable_person()->clear_identity();
        a.set_filled_by(FilledBy::self);
        a.set_read_back(false);
    }));
    EXPECT_EQ(check_in_of(hall, 1).filled_by(), FilledBy::self);
    hall.does(with([](protocol::AddCheckIn& a) { a.set_filled_by(FilledBy::unknown); }));
    EXPECT_EQ(check_in_of(hall, 2).filled_by(), FilledBy::guide);
}

TEST(CheckIn, RareNamesPass) {
    TestHall hall = care_hall();
    for (const char* name : {"王𠮷", "古丽·买买提", "阿卜杜热合曼•玉素甫", "麦麦提‧艾力", "𬉼",
                             "Nguyễn Thị Hoa", "བཀྲ་ཤིས", "O'Brien; DROP TABLE", "{name}%s"}) {
        hall.does(with([&](protocol::AddCheckIn& a) { a.mutable_person()->set_name(name); }));
    }
}

TEST(CheckIn, PhonesOfEveryWidth) {
    for (const char* phone : {"13800007731", "１３８０００07731", "+86 138-0000-7731",
                              "0771-5550199", "\u300012345", "+１２３４５"}) {
        EXPECT_FALSE(check_phone(phone, "phone")) << phone;
    }
    for (const char* phone : {"1234", "123456789012345678901", "138+0000", "++12345", "电话12345",
                              "12345x", "12345\n", " ", "-----"}) {
        EXPECT_EQ(check_phone(phone, "phone").value_or(protocol::Refusal()).code(),
                  RefusalCode::phone_invalid)
            << phone;
    }
}

TEST(CheckIn, TemperaturesAreKeptOnlyWhereTheLawAsksForThem) {
    for (EntryCheck::Mode mode : {EntryCheck::off, EntryCheck::basic}) {
        TestHall hall = care_hall(care_rules(mode));
        Events events = hall.does(check_in_person("李桂香", 0));
        EXPECT_EQ(events[0].checked_in().temperature_record(), 0U);
        events = hall.does(check_in_person("李桂香", 391));
        EXPECT_EQ(events[0].checked_in().temperature_record(), 0U);
        EXPECT_FALSE(events[0].checked_in().rests());
        // A slip of the finger is one in every mode.
        hall.refuses(check_in_person("李桂香", 3'660), RefusalCode::temperature_out_of_range);
        EXPECT_EQ(vault_days(hall), (Words{vault_day("check_in"), vault_day("staff")}));
    }
}

TEST(CheckIn, FromTheLimitOnTheVisitorRestsAndIsMeasuredAgain) {
    TestHall hall = care_hall();
    hall.does(check_in_person("甲", 372));
    hall.does(check_in_person("乙", 373));
    hall.does(check_in_person("丙", 385));
    EXPECT_EQ(check_in_of(hall, 1).state(), CheckInState::complete);
    EXPECT_EQ(check_in_of(hall, 2).state(), CheckInState::resting);
    hall.refuses(measure(1, 366), RefusalCode::not_resting);
    hall.refuses(measure(9, 366), RefusalCode::unknown_check_in);
    hall.refuses(measure(2, 0), RefusalCode::temperature_needed);
    hall.refuses(measure(2, 200), RefusalCode::temperature_out_of_range);
    hall.does(measure(2, 372));
    EXPECT_EQ(check_in_of(hall, 2).state(), CheckInState::complete);
    EXPECT_EQ(check_in_of(hall, 2).temperature_records_size(), 2);
    hall.does(measure(3, 373));
    EXPECT_EQ(check_in_of(hall, 3).state(), CheckInState::at_seat);
    EXPECT_EQ(hall.reply().check_in().state(), CheckInState::at_seat);
    hall.refuses(measure(3, 366), RefusalCode::not_resting);
}

// Whoever calls the ticket sees that they go to the visitor.
TEST(CheckIn, WhoWasMeasuredTooWarmIsServedWhereTheyRest) {
    TestHall hall = care_hall();
    hall.does(check_in_person("甲", 385));
    hall.does(issue_for(1));
    const auto is_at_seat = [&] {
        const auto needs = hall.shown("A001").needs();
        return std::count(needs.begin(), needs.end(), protocol::Need::at_seat) == 1;
    };
    EXPECT_TRUE(is_at_seat()) << "rests, and is not to get up";
    TestHall cooled = care_hall();
    cooled.does(check_in_person("乙", 385));
    cooled.does(issue_for(1));
    cooled.does(measure(1, 366));
    EXPECT_EQ(cooled.shown("A001").needs_size(), 0);
    hall.does(measure(1, 384));
    EXPECT_TRUE(is_at_seat());
    const auto view = hall.hall().clerk_view(1, hall.now_ms());
    ASSERT_TRUE(view);
    ASSERT_EQ(view->waiting_size(), 1);
    EXPECT_EQ(view->waiting(0).needs_size(), 1);
    for (const LoggedEvent& entry : hall.log()) {
        EXPECT_EQ(entry.event.ticket_issued().needs_size(), 0) << "said in no event";
    }
}

TEST(CheckIn, TheHallFileMaySayAnotherLimit) {
    protocol::HallRules rules = care_rules();
    rules.set_temperature_limit_tenths(380);
    TestHall hall = care_hall(rules);
    hall.does(check_in_person("甲", 379));
    EXPECT_EQ(check_in_of(hall, 1).state(), CheckInState::complete);
    EXPECT_EQ(hall.hall().guide_view(hall.now_ms()).temperature_limit_tenths(), 380U);
}

TEST(CheckIn, NobodyRestsOvernight) {
    TestHall hall = care_hall();
    hall.does(check_in_person("甲", 385));
    hall.on_next_day("09:00").refuses(measure(1, 366), RefusalCode::not_resting);
}

TEST(CheckIn, IsCorrectedUnderANewRecord) {
    TestHall hall = care_hall();
    hall.does(check_in_person("李桂香"));
    const uint64_t before = check_in_of(hall, 1).record();
    hall.does(correct(1, "0771 5550188"));
    EXPECT_GT(check_in_of(hall, 1).record(), before);
    hall.refuses(correct(1, "x"), RefusalCode::phone_invalid);
    hall.refuses(correct(1, ""), RefusalCode::value_out_of_range);
    hall.refuses(correct(7, "12345"), RefusalCode::unknown_check_in);
    Command family = correct(1, "");
    family.mutable_correct_check_in()->mutable_person()->set_family_phone(kFamilyPhone);
    hall.refuses(family, RefusalCode::consent_missing);
}

// Corrected on a later day it is sealed under that day's key, and lives as long.
TEST(CheckIn, CorrectedLaterItLivesFromThatDayOn) {
    TestHall hall = care_hall();
    hall.does(check_in_person("李桂香"));
    hall.does(check_in_person("王明"));
    hall.on_next_day("09:00").does(correct(1, kPhone));
    EXPECT_EQ(check_in_of(hall, 1).day(), kFirstDay + 1);
    EXPECT_EQ(check_in_of(hall, 1).date(), "2026-11-23");
    hall.at_ms(time_ms("09:00", kFirstDay + 30));
    EXPECT_EQ(check_in_of(hall, 1).id(), 1U);
    EXPECT_EQ(check_in_of(hall, 2).id(), 0U);
}

TEST(CheckIn, AForgottenPersonIsForgotten) {
    TestHall hall = care_hall();
    hall.does(check_in_person("李桂香", 385));
    hall.does(forget(1));
    const auto entry = check_in_of(hall, 1);
    EXPECT_EQ(entry.state(), CheckInState::forgotten);
    EXPECT_EQ(entry.record(), 0U);
    EXPECT_EQ(entry.temperature_records_size(), 0);
    hall.refuses(forget(1), RefusalCode::check_in_forgotten);
    hall.refuses(correct(1, kPhone), RefusalCode::check_in_forgotten);
    hall.refuses(measure(1, 366), RefusalCode::check_in_forgotten);
    hall.refuses(issue_for(1), RefusalCode::check_in_forgotten);
    hall.refuses(unmask(1), RefusalCode::nothing_sealed);
    hall.refuses(forget(2), RefusalCode::unknown_check_in);
}

TEST(CheckIn, LookingAtANameIsLoggedWithItsPurpose) {
    TestHall hall = care_hall();
    hall.does(check_in_person("李桂香"));
    hall.refuses(unmask(1, UnmaskPurpose::unspecified), RefusalCode::purpose_missing);
    hall.refuses(unmask(9), RefusalCode::unknown_check_in);
    hall.refuses(unmask(0), RefusalCode::value_out_of_range);
    Command both = unmask(1);
    both.mutable_unmask()->set_case_id(1);
    hall.refuses(both, RefusalCode::value_out_of_range);
    Command of_case = unmask(0);
    of_case.mutable_unmask()->set_case_id(1);
    hall.refuses(of_case, RefusalCode::unknown_case);
    Events events = hall.does(unmask(1));
    EXPECT_EQ(events[0].person_unmasked().purpose(), UnmaskPurpose::find_visitor);
    EXPECT_EQ(events[0].person_unmasked().record(), 0U);
    EXPECT_TRUE(hall.reply().has_person());
    events = hall.does(unmask(1, UnmaskPurpose::complaint, "why"));
    EXPECT_NE(events[0].person_unmasked().record(), 0U);
}

TEST(CheckIn, WherePeopleSignOnAPersonLooks) {
    TestHall hall = care_hall();
    hall.does(check_in_person("李桂香"));
    hall.by("desk-1").refuses(unmask(1), RefusalCode::sign_on_needed);
    hall.by("desk-1", "g-1").does(unmask(1));
}

TEST(CheckIn, ItsTicketsAreKnown) {
    TestHall hall = care_hall();
    hall.does(check_in_person("李桂香"));
    hall.refuses(issue_for(5), RefusalCode::unknown_check_in);
    hall.does(issue_for(1));
    EXPECT_EQ(hall.ticket("A001").check_in(), 1U);
    EXPECT_EQ(hall.report().question_count(), 0U);
    const auto view = hall.hall().guide_view(hall.now_ms());
    ASSERT_EQ(view.check_ins_size(), 1);
    EXPECT_EQ(view.check_ins(0).numbers(0), "A001");
    EXPECT_EQ(view.check_in_count(), 1U);
    EXPECT_EQ(view.entry_check(), EntryCheck::temperature);
    EXPECT_EQ(view.temperature_limit_tenths(), 373U);
}

TEST(CheckIn, ASecondTicketOfADayIsOnTheIntegrityList) {
    TestHall hall = care_hall();
    hall.does(check_in_person("李桂香"));
    hall.does(check_in_person("王明"));
    hall.does(issue_for(1));
    hall.does(issue_for(2));
    EXPECT_EQ(hall.report().question_count(), 0U);
    hall.does(issue_for(1, "card"));
    ASSERT_EQ(hall.report().question_count(), 1U);
    EXPECT_EQ(hall.report().questions(0).kind(), protocol::DayReport::Question::several_tickets);
    EXPECT_EQ(hall.report().questions(0).number(), "C001");
    // On another day it is another visit.
    hall.on_next_day("09:00").does(issue_for(1));
    EXPECT_EQ(hall.report().question_count(), 0U);
    EXPECT_EQ(check_in_of(hall, 1).numbers_size(), 3);
    hall.does(issue_for(1));
    EXPECT_EQ(hall.report().question_count(), 1U);
}

TEST(CheckIn, ATicketIssuedByMistakeDoesNotCount) {
    TestHall hall = care_hall();
    hall.does(check_in_person("李桂香"));
    hall.does(issue_for(1));
    hall.does(cancel("A001", Reason::issued_by_mistake));
    EXPECT_EQ(check_in_of(hall, 1).numbers_size(), 0);
    hall.does(issue_for(1, "card"));
    EXPECT_EQ(hall.report().question_count(), 0U);
}

TEST(CheckIn, AQueryListsTheKeptOnesNewestFirst) {
    TestHall hall = care_hall();
    hall.does(check_in_person("甲"));
    hall.on_next_day("09:00").does(check_in_person("乙"));
    protocol::Query query;
    query.mutable_check_in_list();
    auto list = asked(hall, query).check_ins();
    ASSERT_EQ(list.check_ins_size(), 2);
    EXPECT_EQ(list.check_ins(0).id(), 2U);
    query.mutable_check_in_list()->set_date("2026-11-23");
    list = asked(hall, query).check_ins();
    ASSERT_EQ(list.check_ins_size(), 1);
    EXPECT_EQ(list.check_ins(0).id(), 1U);
    EXPECT_EQ(hall.hall().guide_view(hall.now_ms()).check_in_count(), 1U);
}

TEST(VaultDays, TemperaturesEndWhenTheHallCloses) {
    for (bool by_hand : {false, true}) {
        TestHall hall = care_hall();
        hall.does(check_in_person("甲", 385));
        EXPECT_EQ(vault_days(hall),
                  (Words{vault_day("check_in"), vault_day("temperature"), vault_day("staff")}));
        if (by_hand) {
            hall.does(close_hall());
        } else {
            hall.at("17:00");
        }
        EXPECT_EQ(hall.phase(), Phase::closed);
        EXPECT_EQ(vault_days(hall), (Words{vault_day("check_in"), vault_day("staff")}));
        EXPECT_EQ(check_in_of(hall, 1).temperature_records_size(), 0);
        EXPECT_NE(check_in_of(hall, 1).record(), 0U);
    }
}

TEST(VaultDays, ATemperatureTakenAfterClosingEndsWithTheDay) {
    TestHall hall = care_hall();
    hall.at("19:00").does(check_in_person("甲", 385));
    EXPECT_EQ(vault_days(hall).size(), 3U);
    hall.on_next_day("00:01");
    EXPECT_EQ(vault_days(hall), (Words{vault_day("check_in"), vault_day("staff")}));
    EXPECT_EQ(check_in_of(hall, 1).temperature_records_size(), 0);
}

TEST(VaultDays, CheckInsAreKeptThirtyDaysAndStaffAsLongAsTheyWorkHere) {
    TestHall hall = care_hall();
    hall.does(check_in_person("甲"));
    hall.does(issue_for(1));
    hall.at_ms(time_ms("23:59", kFirstDay + 29));
    EXPECT_EQ(check_in_of(hall, 1).id(), 1U);
    hall.at_ms(time_ms("00:00", kFirstDay + 30));
    EXPECT_EQ(check_in_of(hall, 1).id(), 0U);
    EXPECT_EQ(vault_days(hall), (Words{vault_day("staff")}));
    hall.refuses(unmask(1), RefusalCode::unknown_check_in);
}

TEST(VaultDays, AreDestroyedByHandWhenTheyAreDue) {
    TestHall hall = care_hall();
    hall.does(check_in_person("甲"));
    EXPECT_TRUE(hall.does(purge()).empty());
    EXPECT_EQ(hall.reply().vault().destroyed(), 0U);
    EXPECT_EQ(hall.reply().vault().kept(), 3U);
    // A shorter retention makes them due at once; but nobody who is here today is forgotten.
    protocol::HallRules rules = care_rules();
    rules.mutable_retention(0)->set_days(0);
    hall.does(install(rules));
    EXPECT_TRUE(hall.does(purge()).empty());
    rules.mutable_retention(0)->set_days(30);
    hall.does(install(rules));
    hall.on_next_day("09:00").does(check_in_person("乙"));
    rules.mutable_retention(0)->set_days(1);
    hall.does(install(rules));
    const Events events = hall.does(purge());
    ASSERT_EQ(events.size(), 1U);
    EXPECT_TRUE(events[0].vault_days_destroyed().by_hand());
    ASSERT_EQ(events[0].vault_days_destroyed().days_size(), 1);
    EXPECT_EQ(events[0].vault_days_destroyed().days(0).day(), kFirstDay);
    EXPECT_EQ(hall.reply().vault().destroyed(), 1U);
    EXPECT_EQ(check_in_of(hall, 1).id(), 0U);
    EXPECT_EQ(check_in_of(hall, 2).id(), 2U);
}

TEST(VaultDays, AKindWithoutARetentionIsKept) {
    protocol::HallRules rules = care_rules();
    rules.clear_retention();
    TestHall hall = care_hall(rules);
    hall.does(check_in_person("甲"));
    hall.at_ms(time_ms("09:00", kFirstDay + 70));
    EXPECT_TRUE(hall.does(purge()).empty());
    EXPECT_EQ(check_in_of(hall, 1).id(), 1U);
}

// What a case had in the vault is gone with its day; the case is not.
TEST(VaultDays, ACaseOutlivesItsRecords) {
    state::Hall data = care_hall().hall().snapshot();
    state::Case& entry = *data.add_cases();
    entry.set_id(1);
    entry.set_service("pension");
    entry.set_record(90);
    entry.add_records(90);
    entry.add_records(91);
    entry.set_sealed_day(kFirstDay);
    entry.add_visits()->set_record(91);
    Hall hall = Hall::restore(data);
    Event event;
    auto* day = event.mutable_vault_days_destroyed()->add_days();
    day->set_kind(protocol::VaultKind::case_file);
    day->set_day(kFirstDay);
    hall.apply(event, hall.seq() + 1, hall.last_at_ms(), {"server", ""});
    data = hall.snapshot();
    ASSERT_EQ(data.cases_size(), 1);
    EXPECT_EQ(data.cases(0).record(), 0U);
    EXPECT_EQ(data.cases(0).records_size(), 0);
    EXPECT_EQ(data.cases(0).visits(0).record(), 0U);
}

}  // namespace
}  // namespace hall::core
