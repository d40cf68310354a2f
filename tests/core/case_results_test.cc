// How escort cases end: results, promises, both halves of feedback, follow-ups, closing; and every
// refusal about cases and wristbands once.
#include <functional>
#include <set>

#include "tests/core/case_hall.h"
#include "wristband/code/code.h"

namespace hall::core {
namespace {

// Case 1 for a pension, told by g1.
CaseHall told() {
    CaseHall hall;
    hall.does(begin_case("pension"));
    hall.told(1);
    return hall;
}

TEST(CaseResults, EndProcessingAndBeginFeedbackAtOnce) {
    for (auto result : {CaseResult::approved, CaseResult::not_approved, CaseResult::referred}) {
        CaseHall hall;
        hall.does(begin_case("pension"));
        hall.refuses(set_result(1), RefusalCode::not_in_processing);
        hall.walk_to(1, CaseStage::processing);
        const bool words = result != CaseResult::approved;
        EXPECT_EQ(hall.does(set_result(1, result))[0].case_decided().record(), words ? 1U : 0U);
        EXPECT_EQ(hall.shown(1).stage(), CaseStage::feedback);
        EXPECT_TRUE(hall.shown(1).stage_under_way());
        EXPECT_EQ(hall.shown(1).result(), result);
        EXPECT_EQ(hall.entry(1).visits(5).outcome(), StageOutcome::done);
        hall.refuses(set_result(1, result), RefusalCode::result_already_set);
    }
}

TEST(CaseResults, NotApprovedSaysWhyAndWhatToDoAndReferredToWhom) {
    CaseHall hall;
    hall.does(begin_case("pension"));
    hall.walk_to(1, CaseStage::processing);
    Command command = set_result(1, CaseResult::not_approved);
    command.mutable_set_result()->clear_remedy();
    EXPECT_EQ(hall.refuses(command, RefusalCode::remedy_missing).field(), "remedy");
    command = set_result(1, CaseResult::not_approved);
    command.mutable_set_result()->clear_note();
    EXPECT_EQ(hall.refuses(command, RefusalCode::remedy_missing).field(), "note");
    command = set_result(1, CaseResult::referred);
    command.mutable_set_result()->clear_office();
    hall.refuses(command, RefusalCode::office_missing);
    hall.refuses(set_result(1, CaseResult::none), RefusalCode::value_out_of_range);
}

TEST(CaseResults, NobodyWaitsForMaterialsOnceItIsDecided) {
    CaseHall hall;
    hall.does(begin_case("pension"));
    hall.walk_to(1, CaseStage::processing);
    hall.does(ask_for(1, {}));
    hall.does(set_result(1, CaseResult::not_approved));
    EXPECT_FALSE(hall.shown(1).waiting_for_visitor());
    EXPECT_FALSE(hall.shown(1).materials(0).asked());
    hall.refuses(ask_for(1, {}), RefusalCode::result_already_set);
}

TEST(CasePromises, CountOpenDaysFromAcceptance) {
    CaseHall hall;
    hall.does(begin_case("pension"));
    hall.walk_to(1, CaseStage::acceptance);
    EXPECT_EQ(hall.shown(1).promised_by(), "");
    Events events = hall.does(enter(1, CaseStage::processing));
    EXPECT_EQ(events[1].case_promised().by_day(), kFirstDay + 7);
    EXPECT_EQ(hall.shown(1).promised_by(), "2026-11-30");  // Monday to Monday: five open days
    hall.does(begin_case("jobs"));
    hall.walk_to(2, CaseStage::acceptance);
    hall.does(leave(2, StageOutcome::done));
    EXPECT_EQ(hall.shown(2).promised_by(), "2026-11-23");  // at once
    EXPECT_EQ(hall.does(enter(2, CaseStage::processing)).size(), 1U);
}

TEST(CasePromises, BeyondThePlannedDaysEveryDayCounts) {
    CaseHall hall;
    hall.does(begin_case("pension"));
    hall.walk_to(1, CaseStage::acceptance);
    hall.rewritten([](state::Hall& data) {
        data.mutable_plan()->mutable_working_days()->Truncate(3);  // Tuesday to Thursday
    });
    hall.does(leave(1, StageOutcome::done));
    EXPECT_EQ(hall.shown(1).promised_by(), "2026-11-28");
}

TEST(CasePromises, AreGivenAnewAfterASendBackAndNeverForWhatWasAcceptedElsewhere) {
    CaseHall hall;
    hall.does(begin_case("pension"));
    hall.walk_to(1, CaseStage::processing);
    hall.does(send_back_to(1, CaseStage::acceptance));
    EXPECT_EQ(hall.shown(1).promised_by(), "2026-11-30");
    hall.at("10:00", 1).does(enter(1, CaseStage::processing));
    EXPECT_EQ(hall.shown(1).promised_by(), "2026-12-01");
    // Acceptance passed over: the promise begins with processing.
    hall.does(begin_case("pension"));
    hall.does(enter(2, CaseStage::processing, Reason::done_elsewhere));
    EXPECT_EQ(hall.shown(2).promised_by(), "2026-12-01");
}

TEST(CasePromises, OverdueCasesRiseToTheSupervisor) {
    CaseHall hall;
    hall.does(begin_case("pension"));
    hall.does(begin_case("jobs"));
    hall.walk_to(1, CaseStage::processing);
    hall.walk_to(2, CaseStage::processing);
    protocol::CaseListQuery overdue;
    overdue.set_overdue(true);
    EXPECT_TRUE(hall.listed(overdue).empty());
    hall.at("09:00", 1);
    EXPECT_EQ(hall.listed(overdue), std::vector<uint64_t>{2});
    hall.at("23:00", 7);
    EXPECT_EQ(hall.listed(overdue), std::vector<uint64_t>{2});
    hall.at("00:00", 8);
    EXPECT_EQ(hall.listed(overdue), (std::vector<uint64_t>{1, 2}));
    auto view = hall.hall().supervisor_view(hall.now_ms());
    ASSERT_EQ(view.overdue_count(), 2U);
    EXPECT_EQ(view.overdue(0).id(), 2U);  // the oldest promise first
    EXPECT_EQ(hall.hall().cases_view(hall.now_ms()).overdue(), 2U);
    hall.does(set_result(2));
    EXPECT_EQ(hall.listed(overdue), std::vector<uint64_t>{1});
    // A broken promise is not made good by a new one.
    hall.does(leave(1, StageOutcome::sent_back, Reason::material_missing, CaseStage::acceptance));
    hall.does(enter(1, CaseStage::processing));
    EXPECT_EQ(hall.listed(overdue), std::vector<uint64_t>{1});
}

TEST(CaseViews, TheBoardShowsFirstWhatSomebodyHasToAnswerAndWhatIsLate) {
    CaseHall hall;
    for (int i = 0; i < 3; ++i) hall.does(begin_case("jobs"));
    hall.walk_to(2, CaseStage::processing);
    hall.at("09:00", 1);  // the second one is late
    hall.does(begin_case("jobs"));
    hall.does(hand_over(3, "g2"));
    std::vector<uint64_t> ids;
    const auto view = hall.hall().cases_view(hall.now_ms());
    for (const auto& row : view.cases()) ids.push_back(row.id());
    EXPECT_EQ(ids, (std::vector<uint64_t>{3, 2, 4, 1}));
}

TEST(CaseFeedback, TheResultIsToldOnceByWhomHowAndWhen) {
    CaseHall hall;
    hall.does(begin_case("pension"));
    hall.refuses(tell(1), RefusalCode::result_not_set);
    hall.walk_to(1, CaseStage::feedback);
    hall.refuses(rate(1, 5), RefusalCode::result_not_told);
    Command unsaid = tell(1);
    unsaid.mutable_tell_result()->clear_how();
    hall.refuses(unsaid, RefusalCode::value_out_of_range);
    hall.at("11:00").by("c1", "clerk-1").does(tell(1));
    EXPECT_EQ(hall.shown(1).told_by(), "c1");
    EXPECT_EQ(hall.shown(1).told_at_ms(), time_ms("11:00"));
    EXPECT_TRUE(hall.shown(1).understood());
    EXPECT_EQ(hall.shown(1).rating(), RatingState::invited);
    hall.refuses(tell(1), RefusalCode::result_already_told);
}

TEST(CaseFeedback, WhoHadNotUnderstoodIsToldAgain) {
    CaseHall hall;
    hall.does(begin_case("pension"));
    hall.walk_to(1, CaseStage::feedback);
    Command not_understood = tell(1);
    not_understood.mutable_tell_result()->set_understood(false);
    hall.at("11:00").does(not_understood);
    EXPECT_FALSE(hall.shown(1).understood());
    hall.refuses(not_understood, RefusalCode::result_already_told);
    hall.on_device("kiosk-1").does(rate(1, 5));
    hall.at("15:00").by("g1").does(tell(1));
    EXPECT_TRUE(hall.shown(1).understood());
    EXPECT_EQ(hall.shown(1).told_at_ms(), time_ms("15:00"));
    EXPECT_EQ(hall.shown(1).grade(), 5U) << "the rating is not asked for again";
    hall.refuses(tell(1), RefusalCode::result_already_told);
}

TEST(CaseResults, WhatWaitsForAPaperIsNotApproved) {
    const auto asked = [] {
        CaseHall hall;
        hall.does(begin_case("pension"));
        hall.walk_to(1, CaseStage::processing);
        hall.does(ask_for(1, {"agreement"}));
        hall.refuses(set_result(1), RefusalCode::case_waits_for_visitor);
        return hall;
    };
    asked().does(set_result(1, CaseResult::not_approved));
    CaseHall hall = asked();
    const protocol::Case waiting = hall.shown(1);
    for (const auto& row : waiting.materials()) {
        if (row.asked()) hall.does(receive(1, row.code()));
    }
    hall.does(set_result(1));
}

TEST(CaseFeedback, TheOneWhoIsRatedDoesNotEnterTheGrade) {
    CaseHall hall = told();
    hall.refuses(rate(1, 5), RefusalCode::rater_is_rated);
    hall.refuses(rate(1, 0), RefusalCode::grade_invalid);
    hall.refuses(rate(1, 6), RefusalCode::grade_invalid);
    hall.on_device("kiosk-1").does(rate(1, 4));  // by the visitor
    EXPECT_EQ(hall.shown(1).grade(), 4U);
    EXPECT_EQ(hall.shown(1).follow_up_by(), "");
    hall.refuses(rate(1, 5), RefusalCode::rating_over);

    CaseHall other = told();
    other.by("g1", "kiosk-1").does(rate(1, 3));  // signed on there, but the visitor's own device
    CaseHall colleague = told();
    colleague.by("g2", "guide-2").does(rate(1, 5));
    // A clerk's screen, turned to the visitor.
    CaseHall turned = told();
    Command page = rate(1, 5);
    page.mutable_rate_case()->set_on_visitor_page(true);
    turned.by("g1", "guide-1").refuses(page, RefusalCode::rater_is_rated);
    turned.by("g1", "clerk-1").does(page);
}

TEST(CaseFeedback, WhoDidTheWorkDoesNotGradeItThoughTheCaseWasHandedOver) {
    CaseHall hall;
    hall.does(begin_case("pension"));
    hall.walk_to(1, CaseStage::feedback);
    hall.does(hand_over(1, "g2"));
    hall.by("g2", "guide-2").does(accept(1));
    hall.by("c1", "clerk-1").does(tell(1));
    hall.by("g1", "guide-1").refuses(rate(1, 5), RefusalCode::rater_is_rated);
    hall.by("g2", "guide-2").refuses(rate(1, 5), RefusalCode::rater_is_rated);
    hall.by("c1", "clerk-1").refuses(rate(1, 5), RefusalCode::rater_is_rated);
    hall.by("s1", "super-1").does(rate(1, 1));
    // Nor does one answer for it, but the supervisor.
    hall.by("g1", "guide-1").refuses(answer(1), RefusalCode::rater_is_rated);
    hall.by("s1", "super-1").does(answer(1));
}

TEST(CaseFeedback, NoneInThreeDaysIsNotRatedAndNeverGood) {
    CaseHall hall = told();
    EXPECT_TRUE(hall.refuses(close_case(1), RefusalCode::rating_open).retry());
    EXPECT_EQ(hall.hall().supervisor_view(hall.now_ms()).unrated_size(), 1);
    hall.at("08:59", 3);
    EXPECT_EQ(hall.shown(1).rating(), RatingState::invited);
    hall.at("09:00", 3);
    EXPECT_EQ(hall.shown(1).rating(), RatingState::lapsed);
    EXPECT_EQ(hall.shown(1).grade(), 0U);
    EXPECT_EQ(hall.hall().supervisor_view(hall.now_ms()).unrated_size(), 0);
    hall.on_device("kiosk-1").refuses(rate(1, 5), RefusalCode::rating_over);
    hall.by("g1").does(close_case(1));
}

TEST(CaseFeedback, TheTwoLowestGradesAreFollowedUpInFiveOpenDays) {
    for (uint32_t grade = 1; grade <= 5; ++grade) {
        CaseHall hall = told();
        hall.refuses(answer(1), RefusalCode::no_follow_up);
        hall.on_device("kiosk-1").does(rate(1, grade));
        hall.by("g1");
        EXPECT_EQ(hall.shown(1).follow_up_open(), grade <= 2) << grade;
        if (grade > 2) {
            hall.refuses(answer(1), RefusalCode::no_follow_up);
            hall.does(close_case(1));
            continue;
        }
        EXPECT_EQ(hall.shown(1).follow_up_by(), "2026-11-30");
        EXPECT_EQ(hall.hall().supervisor_view(hall.now_ms()).follow_up_count(), 1U);
        hall.refuses(close_case(1), RefusalCode::follow_up_open);
        hall.refuses(answer(1, ""), RefusalCode::answer_missing);
        hall.at("09:00", 8);
        EXPECT_TRUE(hall.shown(1).overdue());
        hall.by("s1", "super-1").does(answer(1));
        EXPECT_FALSE(hall.shown(1).overdue());
        hall.refuses(answer(1), RefusalCode::no_follow_up);
        hall.by("g1").does(close_case(1));
    }
}

TEST(CaseClosing, LeavesMemoryWhenTheDayEnds) {
    CaseHall hall;
    hall.does(begin_case("pension"));
    hall.does(begin_case("jobs"));
    hall.does(band(1, 1));
    hall.does(band(2, 2));
    hall.refuses(close_case(1), RefusalCode::result_not_set);
    hall.walk_to(1, CaseStage::feedback);
    hall.refuses(close_case(1), RefusalCode::result_not_told);
    hall.does(tell(1));
    hall.on_device("kiosk-1").does(rate(1, 5));
    hall.by("g1").does(close_case(1));
    EXPECT_TRUE(hall.shown(1).closed());
    EXPECT_EQ(hall.entry(1).visits(6).outcome(), StageOutcome::done);
    hall.refuses(close_case(1), RefusalCode::case_closed);
    EXPECT_EQ(hall.listed(), std::vector<uint64_t>{2});
    hall.at("08:00", 1);
    EXPECT_EQ(hall.hall().snapshot().cases_size(), 1);
    EXPECT_EQ(hall.hall().snapshot().wristbands_size(), 1);
    hall.refuses(close_case(1), RefusalCode::case_closed);
    hall.refuses(close_case(3), RefusalCode::unknown_case);
    hall.does(begin_case("pension"));
    EXPECT_EQ(hall.reply().case_file().id(), 3U);  // numbers are never given twice
}

TEST(CasePapers, PrintOnTheNamedPrinterAndAgainAsTheyWere) {
    CaseHall hall;
    hall.does(begin_case("pension"));
    hall.refuses(case_paper(1, protocol::Paper::notice), RefusalCode::nothing_missing);
    hall.refuses(case_paper(1, protocol::Paper::slip), RefusalCode::value_out_of_range);
    hall.refuses(case_paper(1, protocol::Paper::form, "cellar"), RefusalCode::unknown_printer);
    hall.does(case_paper(1, protocol::Paper::form, "back"));
    auto view = hall.hall().printer_view(hall.now_ms());
    ASSERT_EQ(view.jobs_size(), 1);
    EXPECT_EQ(view.jobs(0).printer(), "back");
    EXPECT_EQ(view.jobs(0).paper(), protocol::Paper::form);
    EXPECT_EQ(view.jobs(0).case_file().materials_size(), 4);
    EXPECT_EQ(view.jobs(0).item().guide(), "一、带身份证。");
    Events again = hall.does(retry_print(1, "front"));
    EXPECT_EQ(again[0].print_requested().case_id(), 1U);
    EXPECT_EQ(again[0].print_requested().paper(), protocol::Paper::form);
}

Words told_by(const protocol::PrintJob& job) {
    Words codes;
    for (const auto& material : job.case_file().materials()) {
        if (material.asked()) codes.push_back(material.code());
    }
    return codes;
}

TEST(CasePapers, ANoticeSaysWhatWasToldWhateverCameInSince) {
    CaseHall hall;
    hall.does(begin_case("pension"));
    Command asking = ask_for(1, {"agreement"});
    asking.mutable_ask_material()->set_next_date("2026-11-26");
    const Events asked = hall.does(asking);
    EXPECT_EQ(asked.at(1).print_requested().materials_size(), 3);
    EXPECT_EQ(asked.at(1).print_requested().next_date(), "2026-11-26");
    const Words told{"id", "photo", "agreement"};
    auto job = [&] { return hall.hall().printer_view(hall.now_ms()).jobs(0); };
    EXPECT_EQ(told_by(job()), told);
    hall.does(receive(1, "photo"));
    // By hand it is about now.
    const Events by_hand = hall.does(case_paper(1, protocol::Paper::notice, "back"));
    EXPECT_EQ(by_hand[0].print_requested().materials_size(), 2);
    for (const char* material : {"id", "agreement"}) hall.does(receive(1, material));
    hall.walk_to(1, kProcessing);
    hall.does(set_result(1));
    EXPECT_EQ(told_by(job()), told);
    EXPECT_EQ(job().case_file().next_date(), "2026-11-26");
    const Events again = hall.does(retry_print(1, "back"));
    EXPECT_EQ(again[0].print_requested().materials_size(), 3);
    EXPECT_EQ(told_by(hall.reply().print_job()), told);
    // The case itself waits for nothing.
    const protocol::Case decided = hall.shown(1);
    for (const auto& material : decided.materials()) EXPECT_FALSE(material.asked());
}

TEST(CasePapers, ANoticeOfAnOlderLogSaysWhatIsMissingNow) {
    CaseHall hall;
    hall.does(begin_case("pension"));
    hall.does(ask_for(1, {}));
    hall.rewritten([](state::Hall& data) { data.mutable_prints(0)->clear_materials(); });
    hall.does(receive(1, "photo"));
    EXPECT_EQ(told_by(hall.hall().printer_view(hall.now_ms()).jobs(0)), Words{"id"});
}

// The columns count all; the rows begin with who is here today, the longest in a stage first.
TEST(CaseViews, ShowWhoIsHereFirst) {
    CaseHall hall;
    for (int i = 0; i < 3; ++i) hall.does(begin_case("jobs"));
    hall.at("09:30").does(enter(1, CaseStage::copying, Reason::not_needed));
    hall.at("10:00", 1).does(enter(3, CaseStage::consultation));
    hall.at("10:05", 1).does(enter(2, CaseStage::consultation));
    auto view = hall.hall().cases_view(hall.now_ms());
    ASSERT_EQ(view.cases_size(), 3);
    EXPECT_EQ(view.cases(0).id(), 3U);
    EXPECT_EQ(view.cases(1).id(), 2U);
    EXPECT_EQ(view.cases(2).id(), 1U);
    ASSERT_EQ(view.columns_size(), 7);
    EXPECT_EQ(view.columns(1).count(), 2U);
    EXPECT_EQ(view.columns(2).count(), 1U);
    EXPECT_EQ(view.cases(0).visits_size(), 0);
    EXPECT_EQ(view.services_size(), 4);
    protocol::CaseListQuery query;
    query.set_staff("g2");
    EXPECT_TRUE(hall.listed(query).empty());
}

TEST(CaseViews, OverridesOfTheDayNewestFirst) {
    CaseHall hall;
    hall.does(open_window(1));
    Command by_sight = issue("pension", {"80plus"});
    by_sight.mutable_issue_ticket()->set_by_sight(true);
    hall.does(by_sight);
    hall.does(issue("pension"));
    hall.at("09:05").by("s1", "super-1").does(call_ticket(1, "A002"));
    auto view = hall.hall().supervisor_view(hall.now_ms());
    ASSERT_EQ(view.overrides_size(), 2);
    EXPECT_EQ(view.overrides(0).kind(), protocol::DayReport::Question::out_of_order);
    EXPECT_EQ(view.overrides(1).kind(), protocol::DayReport::Question::by_sight);
    EXPECT_EQ(view.override_count(), 2U);
    EXPECT_EQ(view.windows_size(), 5);
    EXPECT_EQ(view.printers_size(), 2);
}

TEST(CaseViews, TheCatalogueSaysWhatAServiceNeeds) {
    CaseHall hall;
    protocol::Query query;
    query.mutable_catalogue()->set_service("pension");
    const auto items = hall.answers(query).catalogue();
    ASSERT_EQ(items.items_size(), 1);
    EXPECT_EQ(items.items(0).materials_size(), 4);
    EXPECT_EQ(items.items(0).promised_days(), 5U);
    EXPECT_EQ(items.items(0).windows_size(), 3);
    query.mutable_catalogue()->set_service("");
    EXPECT_EQ(hall.answers(query).catalogue().items_size(), 4);
    query.mutable_catalogue()->set_service("tax");
    EXPECT_EQ(hall.answers(query).refusal().code(), RefusalCode::unknown_service);
    query.mutable_case_file()->set_case_id(7);
    EXPECT_EQ(hall.answers(query).refusal().code(), RefusalCode::unknown_case);
}

// Every refusal about cases and wristbands, each from a hall where it is due.
struct Due {
    RefusalCode::Value code;
    std::function<CaseHall()> given;
    std::function<Command(const CaseHall&)> when;
};

CaseHall opened() {
    CaseHall hall;
    hall.does(issue("pension"));
    hall.does(begin_case("pension", "A001"));
    return hall;
}

CaseHall at_stage(CaseStage::Value stage) {
    CaseHall hall = opened();
    hall.walk_to(1, stage);
    return hall;
}

CaseHall rated(uint32_t grade) {
    CaseHall hall = opened();
    hall.told(1);
    hall.on_device("kiosk-1").does(rate(1, grade));
    return std::move(hall.by("g1"));
}

CaseHall closed() {
    CaseHall hall = rated(5);
    hall.does(close_case(1));
    return hall;
}

CaseHall with_band() {
    CaseHall hall = opened();
    hall.does(band(1, 1));
    return hall;
}

std::string first_token(const CaseHall& hall) {
    return hall.hall().snapshot().wristbands(0).token();
}

std::vector<Due> stage_dues() {
    auto fixed = [](Command command) { return [command](const CaseHall&) { return command; }; };
    auto at = [](CaseStage::Value stage) { return [stage] { return at_stage(stage); }; };
    auto left = [] {
        CaseHall hall = opened();
        hall.does(leave(1, StageOutcome::done));
        return hall;
    };
    auto waiting = [] {
        CaseHall hall = opened();
        hall.does(ask_for(1, {}));
        return hall;
    };
    return {
        {RefusalCode::unknown_case, opened, fixed(enter(7, CaseStage::consultation))},
        {RefusalCode::case_closed, closed, fixed(enter(1, CaseStage::consultation))},
        {RefusalCode::stage_unknown, opened, fixed(enter(1, CaseStage::unknown))},
        {RefusalCode::stage_ahead, opened, fixed(enter(1, CaseStage::copying))},
        {RefusalCode::stage_behind, at(CaseStage::copying), fixed(enter(1, CaseStage::reception))},
        {RefusalCode::stage_not_skippable, opened,
         fixed(leave(1, StageOutcome::skipped, Reason::not_needed))},
        {RefusalCode::stage_already_there, opened, fixed(enter(1, CaseStage::reception))},
        {RefusalCode::stage_left_already, left, fixed(leave(1, StageOutcome::done))},
        {RefusalCode::outcome_invalid, opened, fixed(leave(1, StageOutcome::under_way))},
        {RefusalCode::result_needed, at(CaseStage::processing),
         fixed(enter(1, CaseStage::feedback))},
        {RefusalCode::not_in_processing, opened, fixed(set_result(1))},
        {RefusalCode::case_waits_for_visitor, waiting,
         fixed(enter(1, CaseStage::acceptance, Reason::not_needed))},
        {RefusalCode::relation_missing, opened,
         [](const CaseHall&) {
             Command command = begin_case("jobs");
             command.mutable_open_case()->set_proxy(protocol::Proxy::free);
             return command;
         }},
        {RefusalCode::material_not_in_catalogue, opened, fixed(receive(1, "diploma"))},
        {RefusalCode::material_proved_by_data, opened, fixed(ask_for(1, {"hukou"}))},
        {RefusalCode::no_material_given, opened, fixed(receive(1, ""))},
        {RefusalCode::hall_closed_that_day, opened,
         [](const CaseHall&) {
             Command command = ask_for(1, {});
             command.mutable_ask_material()->set_next_date("2026-11-28");  // a Saturday
             return command;
         }},
        {RefusalCode::nothing_missing, opened, fixed(case_paper(1, protocol::Paper::notice))},
        {RefusalCode::second_notice_needs_supervisor, waiting, fixed(ask_for(1, {}, "又缺"))},
        {RefusalCode::material_already_received,
         [] {
             CaseHall hall = opened();
             hall.does(receive(1, "id"));
             return hall;
         },
         fixed(receive(1, "id"))},
    };
}

std::vector<Due> end_dues() {
    auto fixed = [](Command command) { return [command](const CaseHall&) { return command; }; };
    auto at = [](CaseStage::Value stage) { return [stage] { return at_stage(stage); }; };
    auto unhappy = [] { return rated(1); };
    auto happy = [] { return rated(5); };
    auto without = [](CaseResult::Value result) {
        Command command = set_result(1, result);
        command.mutable_set_result()->clear_remedy();
        command.mutable_set_result()->clear_office();
        return command;
    };
    return {
        {RefusalCode::result_already_set, at(CaseStage::feedback), fixed(set_result(1))},
        {RefusalCode::remedy_missing, at(CaseStage::processing),
         fixed(without(CaseResult::not_approved))},
        {RefusalCode::office_missing, at(CaseStage::processing),
         fixed(without(CaseResult::referred))},
        {RefusalCode::result_not_set, opened, fixed(tell(1))},
        {RefusalCode::result_not_told, at(CaseStage::feedback), fixed(close_case(1))},
        {RefusalCode::result_already_told, told, fixed(tell(1))},
        {RefusalCode::grade_invalid, told, fixed(rate(1, 6))},
        {RefusalCode::rating_over, happy, fixed(rate(1, 4))},
        {RefusalCode::rater_is_rated, told, fixed(rate(1, 5))},
        {RefusalCode::rating_open, told, fixed(close_case(1))},
        {RefusalCode::follow_up_open, unhappy, fixed(close_case(1))},
        {RefusalCode::no_follow_up, happy, fixed(answer(1))},
        {RefusalCode::answer_missing, unhappy, fixed(answer(1, ""))},
    };
}

std::vector<Due> other_dues() {
    auto fixed = [](Command command) { return [command](const CaseHall&) { return command; }; };
    auto offered = [] {
        CaseHall hall = opened();
        hall.does(hand_over(1, "g2"));
        return hall;
    };
    auto others = [] { return std::move(CaseHall(opened()).by("g2", "guide-2")); };
    auto for_a_child = [] {
        Command command = begin_case("medical");
        command.mutable_open_case()->set_proxy(protocol::Proxy::letter);
        return command;
    };
    auto full = [] {
        CaseHall hall = opened();
        hall.rewritten([](state::Hall& data) {
            state::Case closed = data.cases(0);
            closed.set_closed(true);
            for (uint64_t id = 2; id <= kCasesMax; ++id) {
                closed.set_id(id);
                *data.add_cases() = closed;
            }
            data.set_next_case(kCasesMax + 1);
        });
        return hall;
    };
    return {
        {RefusalCode::already_handed_over, offered, fixed(hand_over(1, "g2"))},
        {RefusalCode::not_offered, others, fixed(accept(1))},
        {RefusalCode::case_is_yours, opened, fixed(hand_over(1, "g1"))},
        {RefusalCode::not_your_case, others, fixed(hand_over(1, "c1"))},
        {RefusalCode::own_wish_not_asked, opened, fixed(for_a_child())},
        {RefusalCode::too_many_cases, full, fixed(begin_case("jobs"))},
        {RefusalCode::case_has_ticket, opened, fixed(begin_case("pension", "A001"))},
        {RefusalCode::case_other_service, opened, fixed(begin_case("jobs", "A001"))},
        {RefusalCode::case_other_service, opened, fixed(issue_for(1, "jobs"))},
        {RefusalCode::unknown_case, opened, fixed(issue_for(7, "jobs"))},
        {RefusalCode::case_closed, closed, fixed(issue_for(1))},
        {RefusalCode::unknown_check_in, opened,
         [](const CaseHall&) {
             Command command = begin_case("jobs");
             command.mutable_open_case()->set_check_in(9);
             return command;
         }},
        {RefusalCode::unknown_language, opened,
         [](const CaseHall&) {
             Command command = begin_case("jobs");
             command.mutable_open_case()->set_must_speak("tlh");
             return command;
         }},
    };
}

std::vector<Due> band_dues() {
    auto fixed = [](Command command) { return [command](const CaseHall&) { return command; }; };
    auto no_case = [] {
        CaseHall hall;
        hall.does(issue("pension"));
        return hall;
    };
    auto revoked = [] {
        CaseHall hall = with_band();
        hall.does(revoke_band(first_token(hall)));
        return hall;
    };
    auto twenty = [] {
        CaseHall hall = opened();
        for (uint32_t i = 0; i < kWristbandsPerCaseMax; ++i) hall.does(band(1, i));
        return hall;
    };
    auto misread = [](const CaseHall& hall) {
        std::string token = first_token(hall);
        token[8] = token[8] == 'A' ? 'B' : 'A';
        return scan(token, "copy");
    };
    return {
        {RefusalCode::malformed_request, opened,
         [](const CaseHall&) {
             Command command = band(1, 1);
             command.mutable_print_wristband()->set_randomness("short");
             return command;
         }},
        {RefusalCode::unknown_printer, opened, fixed(band(1, 1, "cellar"))},
        {RefusalCode::unknown_wristband, opened,
         fixed(scan(wristband::make_token("TEST", random_bytes(5)), "copy"))},
        {RefusalCode::wristband_revoked, revoked,
         [](const CaseHall& hall) { return scan(first_token(hall), "copy"); }},
        {RefusalCode::wristband_other_hall, opened,
         fixed(scan(wristband::make_token("ELSEWHERE", random_bytes(5)), "copy"))},
        {RefusalCode::wristband_misread, with_band, misread},
        {RefusalCode::unknown_station, with_band,
         [](const CaseHall& hall) { return scan(first_token(hall), "cellar"); }},
        {RefusalCode::no_case_on_ticket, no_case, fixed(scan("A001", "copy"))},
        {RefusalCode::too_many_wristbands, twenty, fixed(band(1, 99))},
    };
}

TEST(CaseRefusals, EachIsGivenWhenItIsDueAndChangesNothing) {
    std::set<int> given;
    for (const auto& dues : {stage_dues(), end_dues(), other_dues(), band_dues()}) {
        for (const Due& due : dues) {
            SCOPED_TRACE(RefusalCode::Value_Name(due.code));
            given.insert(due.code);
            CaseHall hall = due.given();
            const Command command = due.when(hall);
            const std::string before = bytes_of(hall.hall());
            hall.refuses(command, due.code);
            EXPECT_EQ(bytes_of(hall.hall()), before);
        }
    }
    const auto* codes = RefusalCode::Value_descriptor();
    for (int i = 0; i < codes->value_count(); ++i) {
        const int code = codes->value(i)->number();
        const bool ours = (code >= 200 && code <= 239) || (code >= 290 && code <= 296) ||
                          code == RefusalCode::relation_missing;
        EXPECT_TRUE(!ours || given.count(code)) << codes->value(i)->name() << " is given by no row";
    }
}

}  // namespace
}  // namespace hall::core
