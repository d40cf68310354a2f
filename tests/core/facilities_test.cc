// Lent things, stock, help at the machines and consultations.
#include "tests/core/care_hall.h"

namespace hall::core {
namespace {

protocol::Facility facility(const TestHall& hall, const std::string& code) {
    protocol::Query query;
    query.mutable_facility_list();
    const protocol::Reply reply = asked(hall, query);
    for (const auto& row : reply.facilities().facilities()) {
        if (row.code() == code) return row;
    }
    return {};
}

TEST(Facilities, AreLentAsManyAsThereAre) {
    TestHall hall = care_hall();
    hall.does(issue("pension"));
    hall.by("desk-1", "g-1").does(lend("glasses", "A001"));
    EXPECT_EQ(hall.reply().loan().id(), 1U);
    EXPECT_EQ(hall.reply().loan().number(), "A001");
    EXPECT_EQ(hall.reply().loan().by(), "g-1");
    hall.does(lend("glasses"));
    EXPECT_TRUE(facility(hall, "glasses").low());
    EXPECT_TRUE(hall.refuses(lend("glasses"), RefusalCode::nothing_left).retry());
    hall.does(lend("wheelchair"));
    EXPECT_EQ(hall.hall().care_view(hall.now_ms()).loan_count(), 3U);
    hall.does(give_back(1));
    EXPECT_EQ(facility(hall, "glasses").lent(), 1U);
    hall.does(lend("glasses"));
    EXPECT_EQ(hall.reply().loan().id(), 4U);
}

TEST(Facilities, RefuseWhatIsNotLent) {
    TestHall hall = care_hall();
    hall.refuses(lend("umbrella"), RefusalCode::unknown_facility);
    hall.refuses(lend("water"), RefusalCode::facility_not_lent);
    hall.refuses(lend("glasses", "A077"), RefusalCode::unknown_ticket);
    Command of_case = lend("glasses");
    of_case.mutable_lend_facility()->set_case_id(5);
    hall.refuses(of_case, RefusalCode::unknown_case);
    hall.refuses(give_back(1), RefusalCode::unknown_loan);
    hall.does(lend("glasses"));
    hall.does(give_back(1));
    hall.refuses(give_back(1), RefusalCode::loan_returned);
}

TEST(Facilities, ASeatIsOccupiedAsThingsAreLent) {
    TestHall hall = care_hall();
    hall.does(lend("seat"));
    EXPECT_EQ(facility(hall, "seat").lent(), 1U);
    hall.refuses(lend("seat"), RefusalCode::nothing_left);
    hall.does(give_back(1));
    EXPECT_EQ(facility(hall, "seat").lent(), 0U);
}

TEST(Facilities, APrioritySeatIsFreeInTheMorning) {
    TestHall hall = care_hall();
    hall.does(lend("seat"));
    hall.refuses(lend("seat"), RefusalCode::nothing_left);
    hall.on_next_day("09:00").does(lend("seat"));
}

TEST(Facilities, WhatIsNotBackWhenTheHallClosesIsOverdue) {
    TestHall hall = care_hall();
    hall.does(issue("pension"));
    hall.does(lend("glasses", "A001"));
    hall.does(lend("wheelchair"));
    hall.does(give_back(2));
    EXPECT_FALSE(hall.hall().care_view(hall.now_ms()).loans(0).overdue());
    hall.does(close_window(1));
    hall.at("18:30");
    ASSERT_EQ(hall.hall().care_view(hall.now_ms()).loans_size(), 1);
    EXPECT_TRUE(hall.hall().care_view(hall.now_ms()).loans(0).overdue());
    // It outlives the day, and its ticket's number tells of which.
    hall.on_next_day("09:00");
    const auto view = hall.hall().care_view(hall.now_ms());
    ASSERT_EQ(view.loans_size(), 1);
    EXPECT_TRUE(view.loans(0).overdue());
    EXPECT_EQ(view.loans(0).number(), "2026-11-23/A001");
    hall.does(give_back(1));
    EXPECT_FALSE(hall.reply().loan().overdue());
    EXPECT_EQ(hall.hall().care_view(hall.now_ms()).loan_count(), 0U);
    hall.on_next_day("09:00").refuses(give_back(1), RefusalCode::unknown_loan);
}

TEST(Facilities, AHallOpenUntilMidnightHasOverdueLoansToo) {
    TestHall hall = care_hall();
    hall.does(close_hall());
    hall.does(open_hall());
    hall.does(lend("glasses"));
    hall.on_next_day("01:00");
    EXPECT_TRUE(hall.hall().care_view(hall.now_ms()).loans(0).overdue());
}

TEST(Facilities, AThousandLoansHaveAnEnd) {
    protocol::HallRules rules = care_rules();
    rules.mutable_facilities(0)->set_count(10'000);
    TestHall hall(rules, test_plan(), 100'000);
    for (size_t i = 0; i < kLoansMax; ++i) hall.does(lend("glasses"));
    hall.refuses(lend("glasses"), RefusalCode::too_many_loans);
}

TEST(Stock, IsTakenUntilNothingIsLeft) {
    TestHall hall = care_hall();
    EXPECT_EQ(facility(hall, "water").count(), 3U);  // as the hall file says
    hall.does(take("water", 2));
    EXPECT_EQ(hall.reply().facility().count(), 1U);
    hall.refuses(take("water", 2), RefusalCode::nothing_left);
    hall.refuses(take("water", 0), RefusalCode::value_out_of_range);
    hall.does(take("water", 1));
    EXPECT_TRUE(facility(hall, "water").low());
    hall.does(set_stock("water", 40, "2026-12-31"));
    EXPECT_EQ(facility(hall, "water").count(), 40U);
    EXPECT_EQ(facility(hall, "water").expires(), "2026-12-31");
    // Another hall file does not refill it.
    hall.does(install(care_rules()));
    EXPECT_EQ(facility(hall, "water").count(), 40U);
}

TEST(Stock, ExpiresAfterItsLastDay) {
    TestHall hall = care_hall();
    hall.does(set_stock("water", 5, "2026-11-23"));
    hall.does(take("water", 1));
    hall.on_next_day("09:00").refuses(take("water", 1), RefusalCode::stock_expired);
    EXPECT_TRUE(facility(hall, "water").expired());
    hall.does(set_stock("water", 5, ""));
    hall.does(take("water", 1));
}

TEST(Stock, RefusesWhatHasNone) {
    TestHall hall = care_hall();
    for (const Command& command : {take("glasses", 1), set_stock("glasses", 1)}) {
        hall.refuses(command, RefusalCode::facility_not_stocked);
    }
    for (const Command& command : {take("tea", 1), set_stock("tea", 1)}) {
        hall.refuses(command, RefusalCode::unknown_facility);
    }
    hall.refuses(set_stock("water", 1, "2026-11-31"), RefusalCode::date_invalid);
    hall.refuses(set_stock("water", 1, "tomorrow"), RefusalCode::date_invalid);
    hall.refuses(set_stock("water", 1'000'000), RefusalCode::value_out_of_range);
    Command of_nobody = take("water", 1);
    of_nobody.mutable_take_stock()->set_number("A055");
    hall.refuses(of_nobody, RefusalCode::unknown_ticket);
}

TEST(Assistance, IsRecordedAsMachineTaskAndMinutes) {
    TestHall hall = care_hall();
    const Events events = hall.by("desk-1", "g-1").does(assist("self_service", "print_proof", 12));
    EXPECT_EQ(events[0].assistance_given().record(), 0U);
    EXPECT_EQ(hall.reply().assistance().by(), "g-1");
    hall.does(assist("app", "face_check", 480, "twice"));
    const auto view = hall.hall().care_view(hall.now_ms());
    ASSERT_EQ(view.assistances_size(), 2);
    EXPECT_EQ(view.assistances(0).machine(), "app");  // newest first
    hall.on_next_day("09:00");
    EXPECT_EQ(hall.hall().care_view(hall.now_ms()).assistances_size(), 0);
}

TEST(Assistance, WordsOfTheLogAreListedWords) {
    TestHall hall = care_hall();
    hall.refuses(assist("", "print", 5), RefusalCode::task_missing);
    hall.refuses(assist("app", "", 5), RefusalCode::task_missing);
    for (const char* word : {"密码是123456", "Print", "two words", "a.b",
                             "a-word-of-more-than-forty-characters-is-none"}) {
        const auto refusal = hall.refuses(assist("app", word, 5), RefusalCode::text_invalid);
        EXPECT_EQ(refusal.field(), "task");
        EXPECT_EQ(hall.refuses(assist(word, "print", 5), RefusalCode::text_invalid).field(),
                  "machine");
    }
    for (uint32_t minutes : {0U, 481U}) {
        hall.refuses(assist("app", "print", minutes), RefusalCode::minutes_invalid);
    }
}

TEST(Consultation, AHardCaseHasAnOwnerAndAnAnswerDate) {
    TestHall hall = care_hall();
    hall.refuses(consult("pension", "g-1"), RefusalCode::owner_missing);
    hall.refuses(consult("pension", "", "2026-12-01"), RefusalCode::owner_missing);
    hall.refuses(consult("pension", "g-9", "2026-12-01"), RefusalCode::unknown_staff);
    hall.refuses(consult("pension", "g-1", "2026-11-22"), RefusalCode::date_invalid);
    hall.refuses(consult("pension", "g-1", "soon"), RefusalCode::date_invalid);
    hall.refuses(consult("tax"), RefusalCode::unknown_service);
    hall.refuses(consult(""), RefusalCode::no_service_given);
    hall.does(consult("pension", "g-1", "2026-11-23", "账户合并"));
    EXPECT_EQ(hall.reply().consultation().answer_by(), "2026-11-23");
    EXPECT_FALSE(hall.reply().consultation().overdue());
    EXPECT_NE(hall.reply().consultation().record(), 0U);
    hall.does(consult("card"));  // answered as it was asked
    EXPECT_EQ(hall.reply().consultation().record(), 0U);
    hall.refuses(answer_consultation(2), RefusalCode::consultation_answered);
    // The next day only what is owed is left, and it is overdue.
    hall.on_next_day("09:00");
    auto view = hall.hall().care_view(hall.now_ms());
    ASSERT_EQ(view.consultations_size(), 1);
    EXPECT_TRUE(view.consultations(0).overdue());
    hall.refuses(answer_consultation(2), RefusalCode::unknown_consultation);
    hall.does(answer_consultation(1, "可以"));
    EXPECT_FALSE(hall.reply().consultation().overdue());
    hall.refuses(answer_consultation(1), RefusalCode::consultation_answered);
    EXPECT_EQ(hall.hall().care_view(hall.now_ms()).consultations_size(), 0);
    protocol::Query query;
    query.mutable_consultation_list();
    EXPECT_EQ(asked(hall, query).consultations().consultations_size(), 1);
    query.mutable_consultation_list()->set_open(true);
    EXPECT_EQ(asked(hall, query).consultations().consultations_size(), 0);
}

TEST(Consultation, ItsWordsAreChecked) {
    TestHall hall = care_hall();
    hall.refuses(consult("pension", "", "", "\x1b[2J"), RefusalCode::text_invalid);
    Command command = consult("pension");
    command.mutable_record_consultation()->mutable_person()->set_phone("x");
    hall.refuses(command, RefusalCode::phone_invalid);
    command = consult("pension");
    command.mutable_record_consultation()->set_office(std::string(kTextMax + 1, 'x'));
    EXPECT_EQ(hall.refuses(command, RefusalCode::text_too_long).field(), "office");
    command.mutable_record_consultation()->set_office("SECRET-office");
    EXPECT_NE(hall.does(command)[0].consultation_given().record(), 0U);
}

TEST(Consultation, ThereIsAnEndToThem) {
    TestHall hall(care_rules(), test_plan(), 1'000'000);
    for (size_t i = 0; i < kConsultationsMax; ++i) hall.does(consult("pension"));
    hall.refuses(consult("pension"), RefusalCode::too_many_consultations);
}

}  // namespace
}  // namespace hall::core
