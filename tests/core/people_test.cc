// What a person may ask: to see, to have corrected and to have deleted what the hall knows of them,
// wherever it is: in a check-in, in the cases opened with it, closed ones too, in a consultation.
#include <algorithm>

#include "tests/core/care_hall.h"

namespace hall::core {
namespace {

using protocol::UnmaskPurpose;
using protocol::VaultKind;

Command case_of(uint64_t check_in) {
    Command command;
    command.mutable_open_case()->set_service("pension");
    command.mutable_open_case()->set_check_in(check_in);
    command.mutable_open_case()->set_note("听力不好");
    return command;
}

Command correct_case(uint64_t id, const std::string& phone) {
    Command command;
    command.mutable_correct_person()->set_case_id(id);
    command.mutable_correct_person()->mutable_person()->set_phone(phone);
    return command;
}

Command forget_case(uint64_t id) {
    Command command;
    command.mutable_forget_person()->set_case_id(id);
    return command;
}

Command unmask_case(uint64_t id) {
    Command command;
    command.mutable_unmask()->set_case_id(id);
    command.mutable_unmask()->set_purpose(UnmaskPurpose::complaint);
    return command;
}

uint64_t record_of(const TestHall& hall, uint64_t case_id) {
    return hall.hall().person_record(unmask_case(case_id).unmask());
}

// Given: decided, told, rated and closed by a supervisor who had nothing to do with it.
void close(TestHall& hall, uint64_t id) {
    Command enter;
    enter.mutable_enter_stage()->set_case_id(id);
    enter.mutable_enter_stage()->set_stage(protocol::CaseStage::processing);
    enter.mutable_enter_stage()->set_skip_reason(protocol::Reason::done_elsewhere);
    hall.does(enter);
    Command result;
    result.mutable_set_result()->set_case_id(id);
    result.mutable_set_result()->set_result(protocol::CaseResult::approved);
    hall.does(result);
    Command tell;
    tell.mutable_tell_result()->set_case_id(id);
    tell.mutable_tell_result()->set_how(protocol::TellWay::window);
    tell.mutable_tell_result()->set_understood(true);
    hall.does(tell);
    Command rate;
    rate.mutable_rate_case()->set_case_id(id);
    rate.mutable_rate_case()->set_grade(5);
    hall.by("super", "s-1").does(rate);
    Command done;
    done.mutable_close_case()->set_case_id(id);
    hall.does(done);
}

// A check-in, a case opened with it, closed on the first day, and another one that is open.
TestHall with_two_cases() {
    TestHall hall = care_hall();
    hall.by("desk-1", "g-1").does(sign_on());
    hall.does(check_in_person("李桂香"));
    hall.does(case_of(1));
    hall.does(case_of(1));
    close(hall, 1);
    hall.on_next_day("09:00").by("desk-1", "g-1");
    return hall;
}

TEST(People, ACaseThatWasClosedYesterdayCanBeAsked) {
    TestHall hall = with_two_cases();
    const state::Hall data = hall.hall().snapshot();
    ASSERT_EQ(data.cases_size(), 1);
    ASSERT_EQ(data.closed_days_size(), 1);
    EXPECT_EQ(data.closed_days(0).day(), kFirstDay);
    EXPECT_NE(record_of(hall, 1), 0U);
    EXPECT_NE(record_of(hall, 1), record_of(hall, 2));
    hall.does(unmask_case(1));
    protocol::Command enter;
    enter.mutable_enter_stage()->set_case_id(1);
    enter.mutable_enter_stage()->set_stage(protocol::CaseStage::consultation);
    hall.refuses(enter, RefusalCode::case_closed);
    hall.refuses(unmask_case(3), RefusalCode::unknown_case);
}

TEST(People, ACorrectionReachesEveryCaseOfThePerson) {
    for (const Command& command : {correct(1, "0771 5550188"), correct_case(1, "0771 5550188"),
                                   correct_case(2, "0771 5550188")}) {
        TestHall hall = with_two_cases();
        const uint64_t closed = record_of(hall, 1);
        const uint64_t open = record_of(hall, 2);
        const VaultWork work = work_of(hall, command);
        ASSERT_EQ(work.seal.size(), 3U);
        EXPECT_EQ(work.seal[0].kind, VaultKind::check_in);
        EXPECT_EQ(work.seal[1].kind, VaultKind::case_file);
        for (const auto& seal : work.seal) {
            EXPECT_EQ(seal.content.person().phone(), "0771 5550188");
            EXPECT_FALSE(seal.base_person_only) << "what was noted stays";
        }
        EXPECT_EQ(std::count(work.erase.begin(), work.erase.end(), closed), 1);
        EXPECT_EQ(std::count(work.erase.begin(), work.erase.end(), open), 1);
        EXPECT_EQ(std::count(work.bring.begin(), work.bring.end(), open), 0);
        hall.does(command);
        EXPECT_NE(record_of(hall, 1), closed);
        EXPECT_NE(record_of(hall, 2), open);
        EXPECT_EQ(hall.hall().snapshot().cases(0).records(0), record_of(hall, 2));
    }
}

TEST(People, AFieldCanBeDeletedAloneButNotTheName) {
    TestHall hall = with_two_cases();
    Command command;
    command.mutable_correct_check_in()->set_check_in(1);
    hall.refuses(command, RefusalCode::value_out_of_range);
    command.mutable_correct_check_in()->add_erase("name");
    hall.refuses(command, RefusalCode::value_out_of_range);
    command.mutable_correct_check_in()->set_erase(0, "phone");
    const VaultWork work = work_of(hall, command);
    EXPECT_EQ(work.seal.at(0).erase, std::vector<std::string>{"phone"});
    hall.does(command);
}

TEST(People, DeletionReachesEveryCaseOfThePerson) {
    for (const Command& command : {forget(1), forget_case(1), forget_case(2)}) {
        TestHall hall = with_two_cases();
        const std::vector<uint64_t> records = {record_of(hall, 1), record_of(hall, 2),
                                               check_in_of(hall, 1).record()};
        const VaultWork work = work_of(hall, command);
        for (const uint64_t record : records) {
            EXPECT_EQ(std::count(work.erase.begin(), work.erase.end(), record), 1) << record;
        }
        hall.does(command);
        EXPECT_EQ(record_of(hall, 1), 0U);
        EXPECT_EQ(record_of(hall, 2), 0U);
        const state::Hall data = hall.hall().snapshot();
        EXPECT_EQ(data.cases_size(), 1) << "the case goes on";
        EXPECT_EQ(data.cases(0).records_size(), 0);
        EXPECT_EQ(check_in_of(hall, 1).state(), protocol::CheckInState::forgotten);
        hall.refuses(unmask_case(2), RefusalCode::nothing_sealed);
        hall.refuses(unmask_case(1), RefusalCode::case_closed);
    }
}

TEST(People, WhoAskedAHardQuestionCanBeCalledAndForgotten) {
    TestHall hall = care_hall();
    hall.by("desk-1", "g-1").does(sign_on());
    Command ask;
    ask.mutable_record_consultation()->set_service("pension");
    ask.mutable_record_consultation()->mutable_person()->set_name("陆阿婆");
    ask.mutable_record_consultation()->mutable_person()->set_phone(kPhone);
    ask.mutable_record_consultation()->set_owner("g-1");
    ask.mutable_record_consultation()->set_answer_by("2026-11-27");
    hall.does(ask);
    Command look;
    look.mutable_unmask()->set_consultation(1);
    look.mutable_unmask()->set_purpose(UnmaskPurpose::tell_result);
    EXPECT_NE(hall.hall().person_record(look.unmask()), 0U);
    hall.does(look);
    Command correction;
    correction.mutable_correct_person()->set_consultation(1);
    correction.mutable_correct_person()->mutable_person()->set_phone("0771 5550188");
    const VaultWork work = work_of(hall, correction);
    ASSERT_EQ(work.seal.size(), 1U);
    EXPECT_EQ(work.seal[0].kind, VaultKind::note);
    EXPECT_EQ(work.erase, std::vector<uint64_t>{hall.hall().person_record(look.unmask())});
    hall.does(correction);
    Command forgotten;
    forgotten.mutable_forget_person()->set_consultation(1);
    EXPECT_EQ(work_of(hall, forgotten).erase.size(), 1U);
    hall.does(forgotten);
    hall.refuses(look, RefusalCode::nothing_sealed);
    look.mutable_unmask()->set_consultation(9);
    hall.refuses(look, RefusalCode::unknown_consultation);
}

TEST(People, ClosedCasesAreForgottenWithTheKeyOfTheirDay) {
    TestHall hall = with_two_cases();
    for (int day = 1; day < 60; ++day) {
        EXPECT_NE(record_of(hall, 1), 0U) << day;
        hall.on_next_day("09:00");
    }
    hall.on_next_day("09:00");
    EXPECT_EQ(hall.hall().snapshot().closed_days_size(), 0);
    EXPECT_EQ(record_of(hall, 1), 0U);
}

}  // namespace
}  // namespace hall::core
