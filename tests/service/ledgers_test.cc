// Ledgers from scripted logs: what becomes a row, what it says, and what does not.
#include "hall-server/service/ledgers.h"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace hall::service {
namespace {

using protocol::CaseResult;
using protocol::CaseStage;
using protocol::Event;
using protocol::EventRecord;
using protocol::Ledger;
using protocol::LedgerKind;
using protocol::RatingState;
using protocol::RefusalCode;

constexpr int64_t kMinuteMs = 60'000;
constexpr int64_t kDayMs = 24 * 60 * kMinuteMs;
constexpr int64_t kMonday = 20'780;  // 2026-11-23

protocol::HallRules rules() {
    protocol::HallRules rules;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(R"(
        hall_name: "测试大厅" missed_calls: 3 missed_total_ms: 60000 missed_return_ms: 1200000
        training_days: 365
        services { code: "pension" name: "养老待遇"
                   materials { code: "photo" name: "照片" }
                   materials { code: "id_card" name: "身份证" } }
        facilities { code: "glasses" name: "老花镜" }
        facilities { code: "chair" name: "爱心专座" kind: seat }
        zones { code: "lobby" name: "大堂" })",
                                                              &rules));
    return rules;
}

// Records in order, a minute apart, on days that begin with day().
class Log {
  public:
    Log& day(const std::string& date) {
        const int64_t day = day_of_date(date).value_or(0);
        now_ms_ = day * kDayMs - 8 * 60 * kMinuteMs;
        Event event;
        auto* plan = event.mutable_day_planned()->mutable_plan();
        plan->set_date(date);
        plan->set_day(static_cast<uint32_t>(day));
        plan->set_utc_offset_s(8 * 3'600);
        return add(event);
    }
    Log& add(const std::string& text) {
        Event event;
        EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &event)) << text;
        return add(event);
    }
    Log& wait(int64_t ms) {
        now_ms_ += ms;
        return *this;
    }

    Ledger ledger(LedgerKind::Value kind, const std::string& from = "2026-11-01",
                  const std::string& to = "2026-11-30", size_t skip = 0) const {
        const protocol::HallRules names = rules();
        protocol::LedgerQuery query;
        query.set_kind(kind);
        query.set_from(from);
        query.set_to(to);
        EXPECT_FALSE(wrong_with(query));
        LedgerFold fold(query, names);
        for (size_t i = skip; i < records.size(); ++i) {
            // As the worker does: kinds that are not looked at are not even parsed.
            if (LedgerFold::looks_at(records[i].event().body_case())) fold.add(records[i]);
        }
        lacks_past = fold.lacks_past();
        complete = fold.complete();
        return fold.take();
    }

    std::vector<EventRecord> records;
    mutable bool lacks_past = false;
    mutable bool complete = false;

  private:
    Log& add(const Event& event) {
        EventRecord record;
        record.set_seq(records.size() + 1);
        record.set_at_ms(now_ms_ += kMinuteMs);
        record.set_actor("guide-1/G7");
        *record.mutable_event() = event;
        records.push_back(record);
        return *this;
    }
    int64_t now_ms_ = 0;
};

TEST(LedgerDates, AreDaysOfTheCalendarAndNothingElse) {
    EXPECT_EQ(day_of_date("1970-01-01"), 0);
    EXPECT_EQ(day_of_date("2026-11-23"), kMonday);
    EXPECT_EQ(day_of_date("2028-02-29"), 21'243);
    for (const char* wrong : {"2026-02-29", "2026-13-01", "2026-11-31", "2026-1-1", "yesterday", "",
                              "2026-11-00", "2026-11-23 "}) {
        EXPECT_FALSE(day_of_date(wrong)) << wrong;
    }
    for (uint32_t day = 0; day < 40'000; ++day) ASSERT_EQ(day_of_date(date_text(day)), day);
}

TEST(LedgerQuery, IsRefusedWithWhatIsWrong) {
    protocol::LedgerQuery query;
    query.set_from("2026-11-01");
    query.set_to("2026-11-30");
    EXPECT_EQ(wrong_with(query)->field(), "kind");
    query.set_kind(LedgerKind::cases);
    EXPECT_FALSE(wrong_with(query));
    query.set_to("2026-11-31");
    EXPECT_EQ(wrong_with(query)->code(), RefusalCode::date_invalid);
    EXPECT_EQ(wrong_with(query)->field(), "2026-11-31");
    query.set_to("2026-10-31");
    EXPECT_EQ(wrong_with(query)->field(), "from");
}

TEST(Ledger, OfCheckInsHasTheDaysOnlyTheirTicketsAndTheLatestRecord) {
    Log log;
    log.day("2026-11-22").add("checked_in { check_in: 1 record: 1 reason: no_code }");
    log.day("2026-11-23")
        .add("checked_in { check_in: 2 record: 2 reason: no_smartphone filled_by: guide }")
        .add("ticket_issued { number: 'A001' check_in: 2 }")
        .add("ticket_issued { number: 'B001' check_in: 2 }")
        .add("check_in_corrected { check_in: 2 record: 5 }")
        .add("checked_in { check_in: 3 record: 3 filled_by: self }")
        .add("person_forgotten { check_in: 3 }");
    log.day("2026-11-24").add("checked_in { check_in: 4 record: 9 }");
    const Ledger ledger = log.ledger(LedgerKind::check_ins, "2026-11-23", "2026-11-23");
    EXPECT_EQ(ledger.hall_name(), "测试大厅");
    EXPECT_EQ(ledger.utc_offset_s(), 8 * 3'600);
    ASSERT_EQ(ledger.rows_size(), 2);
    EXPECT_EQ(ledger.rows(0).id(), 2U);
    EXPECT_EQ(ledger.rows(0).date(), "2026-11-23");
    EXPECT_EQ(ledger.rows(0).number(), "A001, B001");
    EXPECT_EQ(ledger.rows(0).record(), 5U);
    EXPECT_EQ(ledger.rows(0).by(), "guide-1/G7");
    EXPECT_EQ(ledger.rows(1).record(), 0U);
}

Log one_case() {
    Log log;
    log.day("2026-11-23")
        .add("checked_in { check_in: 1 record: 4 }")
        .add(
            "case_opened { case_id: 7 service: 'pension' number: 'A001' check_in: 1 "
            "escort: 'G7' }")
        .add("case_stage_entered { case_id: 7 stage: copying }")
        .add("case_stage_left { case_id: 7 outcome: sent_back to: consultation }")
        .add("case_stage_entered { case_id: 7 stage: acceptance }")
        .add("case_promised { case_id: 7 by_day: 20781 }")
        .add("case_handed_over { case_id: 7 to: 'G8' }");
    return log;
}

TEST(Ledger, OfCasesTellsWhereEachStands) {
    const Ledger ledger = one_case().ledger(LedgerKind::cases);
    ASSERT_EQ(ledger.rows_size(), 1);
    const auto& row = ledger.rows(0);
    EXPECT_EQ(row.service_name(), "养老待遇");
    EXPECT_EQ(row.number(), "A001");
    EXPECT_EQ(row.escort(), "G8");
    EXPECT_EQ(row.stage(), CaseStage::acceptance);
    EXPECT_EQ(row.count(), 1U);
    EXPECT_EQ(row.record(), 4U);  // the check-in's person
    EXPECT_FALSE(row.overdue());
    EXPECT_EQ(row.ended_at_ms(), 0);
}

TEST(Ledger, OfCasesSaysWhatBecameOfThemOnLaterDays) {
    Log log = one_case();
    log.day("2026-11-24").day("2026-11-25");
    EXPECT_TRUE(log.ledger(LedgerKind::cases).rows(0).overdue());
    log.add("case_decided { case_id: 7 result: approved }");
    EXPECT_EQ(log.ledger(LedgerKind::cases).rows(0).stage(), CaseStage::feedback);
    log.add("result_told { case_id: 7 how: window }");
    EXPECT_EQ(log.ledger(LedgerKind::cases).rows(0).rating(), RatingState::invited);
    log.add("case_rated { case_id: 7 grade: 2 follow_up_by_day: 20784 }").day("2026-11-30");
    EXPECT_TRUE(log.ledger(LedgerKind::cases).rows(0).overdue());
    log.add("follow_up_answered { case_id: 7 }").add("case_closed { case_id: 7 }");
    const Ledger ledger = log.ledger(LedgerKind::cases, "2026-11-23", "2026-11-23");
    const auto& row = ledger.rows(0);
    EXPECT_EQ(row.result(), CaseResult::approved);
    EXPECT_EQ(row.grade(), 2U);
    EXPECT_EQ(row.ended_at_ms(), log.records.back().at_ms());
    EXPECT_TRUE(log.complete);
    EXPECT_EQ(log.ledger(LedgerKind::cases, "2026-11-24", "2026-11-30").rows_size(), 0);
}

bool case_overdue(const Log& log) {
    return log.ledger(LedgerKind::cases, "2026-11-23", "2026-11-23").rows(0).overdue();
}

TEST(Ledger, OfCasesKeepsADecisionLateThatCameAfterItsPromisedDay) {
    Log in_time = one_case();
    in_time.day("2026-11-24").add("case_decided { case_id: 7 result: approved }");
    in_time.day("2026-11-25");
    EXPECT_FALSE(case_overdue(in_time));
    Log late = one_case();
    late.day("2026-11-24").day("2026-11-25").add("case_decided { case_id: 7 result: approved }");
    EXPECT_TRUE(case_overdue(late));
    late.add("case_rated { case_id: 7 grade: 5 }").add("case_closed { case_id: 7 }");
    EXPECT_TRUE(case_overdue(late));
}

TEST(Ledger, OfCasesJudgesByTheDayThatWasPromisedFirst) {
    Log log = one_case();
    log.add("case_promised { case_id: 7 by_day: 20785 }");
    log.day("2026-11-25");
    EXPECT_TRUE(case_overdue(log));
    log.add("case_decided { case_id: 7 result: approved }").add("case_closed { case_id: 7 }");
    EXPECT_TRUE(case_overdue(log));
}

TEST(Ledger, OfCasesKeepsAFollowUpLateThatWasAnsweredAfterItsDay) {
    Log log = one_case();
    log.add("case_decided { case_id: 7 result: approved }")
        .add("case_rated { case_id: 7 grade: 1 follow_up_by_day: 20784 }");
    Log in_time = log;
    in_time.day("2026-11-27").add("follow_up_answered { case_id: 7 }");
    in_time.day("2026-11-30");
    EXPECT_FALSE(case_overdue(in_time));
    log.day("2026-11-28")
        .add("follow_up_answered { case_id: 7 }")
        .add("case_closed { case_id: 7 }");
    EXPECT_TRUE(case_overdue(log));
}

TEST(Ledger, IsCompleteOnlyWhenNothingCanChangeAnyMore) {
    Log log;
    log.day("2026-11-23").add("facility_lent { loan: 1 facility: 'glasses' }");
    log.day("2026-11-24");
    log.ledger(LedgerKind::loans, "2026-11-23", "2026-11-23");
    EXPECT_FALSE(log.complete);
    log.add("facility_returned { loan: 1 }");
    log.ledger(LedgerKind::loans, "2026-11-23", "2026-11-23");
    EXPECT_TRUE(log.complete);
    log.ledger(LedgerKind::loans, "2026-11-23", "2026-11-24");
    EXPECT_FALSE(log.complete);
}

TEST(Ledger, OfLoansFreesThePrioritySeatsAtClosing) {
    Log log;
    log.day("2026-11-23")
        .add("facility_lent { loan: 1 facility: 'chair' }")
        .add("phase_changed { phase: closed }");
    const Ledger ledger = log.ledger(LedgerKind::loans);
    ASSERT_EQ(ledger.rows_size(), 1);
    EXPECT_FALSE(ledger.rows(0).overdue());
    EXPECT_EQ(ledger.rows(0).ended_at_ms(), log.records.back().at_ms());
}

TEST(Ledger, OfCasesFollowsACorrectionAndADeletion) {
    Log log;
    log.day("2026-11-23")
        .add("case_opened { case_id: 7 service: 'pension' record: 3 }")
        .add("case_opened { case_id: 8 service: 'pension' record: 4 }")
        .add("person_corrected { case_id: 7 record: 5 }")
        .add("person_forgotten { case_id: 8 }");
    const Ledger ledger = log.ledger(LedgerKind::cases);
    ASSERT_EQ(ledger.rows_size(), 2);
    EXPECT_EQ(ledger.rows(0).record(), 5U);
    EXPECT_EQ(ledger.rows(1).record(), 0U);
}

TEST(Ledger, OfLoansTellsWhatWasNotBackAtClosingAndWhatWasTaken) {
    Log log;
    log.day("2026-11-23")
        .add("facility_lent { loan: 1 facility: 'glasses' number: 'A001' }")
        .add("facility_lent { loan: 2 facility: 'glasses' }")
        .add("facility_returned { loan: 2 }")
        .add("stock_taken { facility: 'water' count: 2 }")
        .add("phase_changed { phase: closed }");
    log.day("2026-11-24").add("facility_returned { loan: 1 }");
    const Ledger ledger = log.ledger(LedgerKind::loans);
    ASSERT_EQ(ledger.rows_size(), 3);
    EXPECT_EQ(ledger.rows(0).what(), "老花镜");
    EXPECT_TRUE(ledger.rows(0).overdue());
    EXPECT_EQ(ledger.rows(0).ended_at_ms(), log.records.back().at_ms());
    EXPECT_FALSE(ledger.rows(1).overdue());
    EXPECT_EQ(ledger.rows(2).what(), "water");
    EXPECT_EQ(ledger.rows(2).count(), 2U);
}

TEST(Ledger, OfEmergenciesAndOfDrillsAreTwo) {
    Log log;
    log.day("2026-11-23")
        .add("emergency_raised { emergency: 1 place: 'lobby' number: 'A001' record: 8 }")
        .add("emergency_acknowledged { emergency: 1 by: 'G7' }")
        .add("emergency_step_done { emergency: 1 step: 1 by: 'G8' }")
        .add("emergency_step_done { emergency: 1 step: 2 by: 'G7' }")
        .add("emergency_closed { emergency: 1 outcome: hospital }")
        .add("emergency_raised { emergency: 2 place: 'window:3' drill: true }");
    const Ledger real = log.ledger(LedgerKind::emergencies);
    ASSERT_EQ(real.rows_size(), 1);
    EXPECT_EQ(real.rows(0).what(), "大堂");
    EXPECT_EQ(real.rows(0).count(), 2U);
    EXPECT_EQ(real.rows(0).done_by_size(), 2);
    EXPECT_EQ(real.rows(0).outcome(), protocol::EmergencyOutcome::hospital);
    EXPECT_EQ(real.rows(0).acknowledged_at_ms() - real.rows(0).at_ms(), kMinuteMs);
    const Ledger drills = log.ledger(LedgerKind::drills);
    ASSERT_EQ(drills.rows_size(), 1);
    EXPECT_EQ(drills.rows(0).what(), "window:3");
    EXPECT_EQ(drills.rows(0).ended_at_ms(), 0);
}

TEST(Ledger, OfEmergenciesTellsWhichNobodyAnsweredInTime) {
    Log log;
    log.day("2026-11-23")
        .add("emergency_raised { emergency: 1 place: 'lobby' }")
        .add("emergency_raised { emergency: 2 place: 'lobby' }")
        .add("emergency_acknowledged { emergency: 2 by: 'G7' }")
        .add("emergency_escalated { emergency: 1 }")
        .add("emergency_closed { emergency: 1 outcome: recovered }");
    const Ledger ledger = log.ledger(LedgerKind::emergencies);
    EXPECT_TRUE(ledger.rows(0).escalated());
    EXPECT_EQ(ledger.rows(0).acknowledged_at_ms(), 0);
    EXPECT_FALSE(ledger.rows(1).escalated());
}

std::vector<std::string> words_of(const Ledger& ledger) {
    std::vector<std::string> words;
    for (const auto& row : ledger.rows()) words.push_back(row.what() + " " + row.number());
    return words;
}

TEST(Ledger, OfOverridesNamesEveryDecisionThatCouldBeQuestioned) {
    Log log;
    log.day("2026-11-23")
        .add("ticket_issued { number: 'A001' by_sight: true check_in: 1 }")
        .add("ticket_issued { number: 'A002' check_in: 1 }")
        .add("ticket_issued { number: 'A003' }")
        .add(
            "ticket_called { number: 'A002' window: 2 count: 1 out_of_order: true "
            "reason: frail }")
        .add("ticket_called { number: 'A003' window: 3 count: 1 reserved: true }")
        .add("ticket_called { number: 'A003' window: 3 count: 2 }")
        .add("ticket_called { number: 'A003' window: 3 count: 3 }")
        .wait(-kMinuteMs)
        .wait(9'000)
        .add("ticket_missed { number: 'A003' window: 3 }");
    // The miss came 9 s after the third call.
    EXPECT_EQ(
        words_of(log.ledger(LedgerKind::overrides)),
        (std::vector<std::string>{"by_sight A001", "several_tickets A002", "out_of_order A002",
                                  "reserved_first A003", "quick_miss A003"}));
    log.add("ticket_returned { number: 'A003' }");
    EXPECT_EQ(words_of(log.ledger(LedgerKind::overrides)).back(), "return_without_errand A003");
    const auto row = log.ledger(LedgerKind::overrides).rows(2);
    EXPECT_EQ(row.reason(), protocol::Reason::frail);
    EXPECT_EQ(row.window(), 2U);
}

TEST(Ledger, OfOverridesASlowMissALateReturnAndAnErrandAreNone) {
    Log log;
    log.day("2026-11-23")
        .add("ticket_called { number: 'A001' window: 1 count: 1 }")
        .add("ticket_called { number: 'A001' window: 1 count: 3 }")
        .add("ticket_missed { number: 'A001' window: 1 }")
        .wait(20 * kMinuteMs)
        .add("ticket_returned { number: 'A001' }")
        .add("service_started { number: 'A001' window: 1 }")
        .add("ticket_sent_on_errand { number: 'A001' window: 1 }")
        .add("ticket_returned { number: 'A001' }")
        .add("service_started { number: 'A001' window: 1 }");
    EXPECT_EQ(log.ledger(LedgerKind::overrides).rows_size(), 0);
    log.add("service_started { number: 'A001' window: 1 }");
    EXPECT_EQ(words_of(log.ledger(LedgerKind::overrides)),
              std::vector<std::string>{"return_without_errand A001"});
}

TEST(Ledger, OfOverridesKnowsCasesAsWell) {
    Log log;
    log.day("2026-11-23")
        .add("case_opened { case_id: 7 service: 'pension' number: 'A001' }")
        .add("case_stage_entered { case_id: 7 stage: acceptance }")
        .add("material_asked { case_id: 7 materials: 'photo' }");
    EXPECT_EQ(log.ledger(LedgerKind::overrides).rows_size(), 0);
    log.day("2026-11-24")
        .add("material_asked { case_id: 7 materials: 'photo' second: true }")
        .add("case_stage_entered { case_id: 7 stage: acceptance }");
    const Ledger ledger = log.ledger(LedgerKind::overrides);
    EXPECT_EQ(words_of(ledger),
              (std::vector<std::string>{"second_notice ", "service_without_ticket "}));
    EXPECT_EQ(ledger.rows(0).id(), 7U);
    log.add("case_ticket_attached { case_id: 7 number: 'A009' }")
        .add("case_stage_entered { case_id: 7 stage: acceptance }");
    EXPECT_EQ(log.ledger(LedgerKind::overrides).rows_size(), 2);
}

TEST(Ledger, OfSecondTripsCountsByMaterialMostFirst) {
    Log log;
    log.day("2026-10-30").add("case_opened { case_id: 7 service: 'pension' }");
    log.day("2026-11-02")
        .add("case_opened { case_id: 8 service: 'pension' }")
        .add("material_asked { case_id: 7 materials: 'id_card' }")
        .add("material_asked { case_id: 8 materials: ['id_card', 'photo'] second: true }")
        .add("material_received { case_id: 8 material: 'id_card' }")
        .add(
            "case_stage_left { case_id: 8 outcome: sent_back to: copying "
            "reason: material_missing }")
        .add("case_stage_left { case_id: 8 outcome: sent_back to: copying reason: form_wrong }")
        .add(
            "case_stage_left { case_id: 7 outcome: sent_back to: copying "
            "reason: material_missing }")
        .add("case_stage_left { case_id: 8 outcome: done }");
    const Ledger ledger = log.ledger(LedgerKind::second_trips);
    ASSERT_EQ(ledger.rows_size(), 2);
    EXPECT_EQ(ledger.rows(0).what(), "照片");
    EXPECT_EQ(ledger.rows(0).count(), 2U);
    EXPECT_EQ(ledger.rows(0).service_name(), "养老待遇");
    EXPECT_EQ(ledger.rows(1).what(), "身份证");
    EXPECT_EQ(ledger.rows(1).count(), 2U);
    EXPECT_FALSE(log.lacks_past);
    log.ledger(LedgerKind::second_trips, "2026-11-01", "2026-11-30", 2);
    EXPECT_TRUE(log.lacks_past);  // case 7 was opened in October
    EXPECT_EQ(log.ledger(LedgerKind::second_trips, "2026-12-01", "2026-12-31").rows_size(), 0);
}

TEST(Ledger, OfHelpTrainingConsultationsAndUnmaskings) {
    Log log;
    log.day("2026-11-23")
        .add("assistance_given { assistance: 1 machine: 'kiosk' task: 'print' minutes: 5 }")
        .add("staff_trained { staff: 'G7' course: 'aed' day: 20770 }")
        .add("staff_trained { staff: 'G8' course: 'aed' day: 20000 }")
        .add("consultation_given { consultation: 1 service: 'pension' }")
        .add(
            "consultation_given { consultation: 2 service: 'pension' owner: 'S1' "
            "answer_by_day: 20781 record: 3 }")
        .add("person_unmasked { check_in: 4 purpose: complaint }")
        .add("person_unmasked { case_id: 7 purpose: tell_result }");
    const Ledger help = log.ledger(LedgerKind::assistance);
    ASSERT_EQ(help.rows_size(), 1);
    EXPECT_EQ(help.rows(0).what() + help.rows(0).task(), "kioskprint");
    EXPECT_EQ(help.rows(0).count(), 5U);
    const Ledger training = log.ledger(LedgerKind::training);
    ASSERT_EQ(training.rows_size(), 2);
    EXPECT_TRUE(training.rows(0).current());
    EXPECT_FALSE(training.rows(1).current());
    EXPECT_EQ(training.rows(0).date(), date_text(20'770));
    const Ledger unmaskings = log.ledger(LedgerKind::unmaskings);
    ASSERT_EQ(unmaskings.rows_size(), 2);
    EXPECT_EQ(unmaskings.rows(0).what(), "check_in");
    EXPECT_EQ(unmaskings.rows(1).id(), 7U);
    EXPECT_EQ(log.ledger(LedgerKind::consultations).rows_size(), 2);
    log.day("2026-11-25");
    EXPECT_TRUE(log.ledger(LedgerKind::consultations).rows(1).overdue());
    EXPECT_EQ(log.ledger(LedgerKind::consultations).rows(1).task(), "2026-11-24");
    log.add("consultation_answered { consultation: 2 }");
    const auto row = log.ledger(LedgerKind::consultations).rows(1);
    EXPECT_TRUE(row.overdue()) << "the answer came after its day";
    EXPECT_EQ(row.ended_at_ms(), log.records.back().at_ms());
}

TEST(Ledger, OfConsultationsAnAnswerOnItsDayIsNotLate) {
    Log log;
    log.day("2026-11-23")
        .add("consultation_given { consultation: 2 owner: 'S1' answer_by_day: 20781 }");
    log.day("2026-11-24").add("consultation_answered { consultation: 2 }");
    log.day("2026-11-25");
    EXPECT_FALSE(log.ledger(LedgerKind::consultations).rows(0).overdue());
}

TEST(Ledger, OfTrainingListsWhoeverHasNoneThatIsCurrent) {
    Log log;
    log.day("2026-10-01")
        .add("staff_added { staff: 'G1' }")
        .add("staff_added { staff: 'G2' }")
        .add("staff_added { staff: 'G3' }")
        .add("staff_added { staff: 'G4' }")
        .add("staff_added { staff: 'G5' }")
        .add("staff_trained { staff: 'G2' course: 'aed' day: 20000 }")
        .add("staff_trained { staff: 'G3' course: 'aed' day: 20700 }")
        .add("staff_removed { staff: 'G4' }");
    log.day("2026-11-23").add("staff_trained { staff: 'G5' course: 'aed' day: 20770 }");
    log.day("2026-12-01").add("staff_added { staff: 'G6' }");
    const Ledger ledger = log.ledger(LedgerKind::training);
    EXPECT_TRUE(log.lacks_past) << "who works here may have been said before";
    ASSERT_EQ(ledger.rows_size(), 3);
    EXPECT_EQ(ledger.rows(0).escort(), "G5");
    EXPECT_TRUE(ledger.rows(0).current());
    EXPECT_EQ(ledger.rows(1).escort(), "G1");
    EXPECT_FALSE(ledger.rows(1).current());
    EXPECT_EQ(ledger.rows(1).date() + ledger.rows(1).what(), "");
    EXPECT_EQ(ledger.rows(2).escort(), "G2");
    EXPECT_FALSE(ledger.rows(2).current());
    EXPECT_EQ(ledger.rows(2).date(), date_text(20'000));
    EXPECT_EQ(ledger.rows(2).at_ms(), log.records[6].at_ms());
}

TEST(Ledger, OfTrainingIsCurrentThroughItsLastDay) {
    Log log;
    log.day("2026-11-23").add("staff_trained { staff: 'G7' course: 'aed' day: 20415 }");
    EXPECT_TRUE(log.ledger(LedgerKind::training).rows(0).current()) << "day 365 of 365";
    log.day("2026-11-24");
    EXPECT_FALSE(log.ledger(LedgerKind::training).rows(0).current());
}

TEST(Ledger, HoldsAHundredThousandRowsAndSaysWhenItWasCut) {
    Log log;
    log.day("2026-11-23");
    for (int i = 1; i <= kLedgerRowsMax; ++i) log.add("assistance_given { minutes: 1 }");
    EXPECT_FALSE(log.ledger(LedgerKind::assistance).cut());
    log.add("assistance_given { minutes: 1 }");
    const Ledger ledger = log.ledger(LedgerKind::assistance);
    EXPECT_TRUE(ledger.cut());
    EXPECT_EQ(ledger.rows_size(), kLedgerRowsMax);
}

}  // namespace
}  // namespace hall::service
