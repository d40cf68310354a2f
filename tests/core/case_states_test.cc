// Escort cases, stage by stage: given where a case stands, when somebody does this, then it stands
// there, or is refused.
#include "tests/core/case_hall.h"

namespace hall::core {
namespace {

constexpr auto kDone = StageOutcome::done;
constexpr auto kSkipped = StageOutcome::skipped;

enum class Given { under_way, left };

struct Row {
    CaseStage::Value from;
    Given given;
    Command when;
    RefusalCode::Value refused;  // unknown: it is not
    CaseStage::Value then;
    Given left_as;
};

// Case 1 for a pension at this stage.
CaseHall standing(CaseStage::Value stage, Given given) {
    CaseHall hall;
    hall.does(begin_case("pension"));
    hall.walk_to(1, stage);
    if (given == Given::left) hall.does(leave(1, kDone));
    return hall;
}

void expect(const Row& row) {
    SCOPED_TRACE(CaseStage::Value_Name(row.from) + (row.given == Given::left ? ", left: " : ": ") +
                 row.when.ShortDebugString());
    CaseHall hall = standing(row.from, row.given);
    if (row.refused == RefusalCode::unknown) {
        hall.does(row.when);
    } else {
        const std::string before = bytes_of(hall.hall());
        hall.refuses(row.when, row.refused);
        EXPECT_EQ(bytes_of(hall.hall()), before);
    }
    EXPECT_EQ(CaseStage::Value_Name(hall.shown(1).stage()), CaseStage::Value_Name(row.then));
    EXPECT_EQ(hall.shown(1).stage_under_way(), row.left_as == Given::under_way);
}

TEST(CaseStages, EnteringAStage) {
    const auto reason = Reason::not_needed;
    const auto in = Given::under_way;
    const auto out = Given::left;
    const RefusalCode::Value fine = RefusalCode::unknown;
    const std::vector<Row> rows{
        // the next one, whether the one before was left or not
        {kReception, in, enter(1, kConsultation), fine, kConsultation, in},
        {kReception, out, enter(1, kConsultation), fine, kConsultation, in},
        {kConsultation, in, enter(1, kCopying), fine, kCopying, in},
        {kCopying, in, enter(1, kForm), fine, kForm, in},
        {kForm, out, enter(1, kAcceptance), fine, kAcceptance, in},
        {kAcceptance, in, enter(1, kProcessing), fine, kProcessing, in},
        {kAcceptance, out, enter(1, kProcessing), fine, kProcessing, in},
        // further ahead needs a reason
        {kReception, in, enter(1, kCopying), RefusalCode::stage_ahead, kReception, in},
        {kReception, in, enter(1, kCopying, reason), fine, kCopying, in},
        {kReception, out, enter(1, kProcessing, reason), fine, kProcessing, in},
        // the same one again only when it was left
        {kCopying, in, enter(1, kCopying), RefusalCode::stage_already_there, kCopying, in},
        {kCopying, out, enter(1, kCopying), fine, kCopying, in},
        {kReception, out, enter(1, kReception), fine, kReception, in},
        // back is another thing
        {kForm, in, enter(1, kCopying), RefusalCode::stage_behind, kForm, in},
        {kForm, out, enter(1, kReception), RefusalCode::stage_behind, kForm, out},
        // feedback only with a result
        {kProcessing, in, enter(1, kFeedback), RefusalCode::result_needed, kProcessing, in},
        {kCopying, in, enter(1, kFeedback, reason), RefusalCode::result_needed, kCopying, in},
        {kFeedback, in, enter(1, kProcessing), RefusalCode::stage_behind, kFeedback, in},
        {kFeedback, in, enter(1, kFeedback), RefusalCode::stage_already_there, kFeedback, in},
        // no stage at all
        {kCopying, in, enter(1, CaseStage::unknown), RefusalCode::stage_unknown, kCopying, in},
        {kCopying, in, enter(1, static_cast<CaseStage::Value>(9)), RefusalCode::stage_unknown,
         kCopying, in},
        {kCopying, in, enter(1, kForm, static_cast<Reason::Value>(99)),
         RefusalCode::value_out_of_range, kCopying, in},
    };
    for (const Row& row : rows) expect(row);
}

TEST(CaseStages, LeavingAStage) {
    const auto reason = Reason::done_elsewhere;
    const auto in = Given::under_way;
    const auto out = Given::left;
    const RefusalCode::Value fine = RefusalCode::unknown;
    const std::vector<Row> rows{
        {kReception, in, leave(1, kDone), fine, kReception, out},
        {kCopying, in, leave(1, kDone), fine, kCopying, out},
        {kCopying, out, leave(1, kDone), RefusalCode::stage_left_already, kCopying, out},
        {kCopying, in, leave(1, kSkipped, reason), fine, kCopying, out},
        {kCopying, in, leave(1, kSkipped), RefusalCode::reason_missing, kCopying, in},
        {kAcceptance, in, leave(1, kSkipped, reason), fine, kAcceptance, out},
        {kReception, in, leave(1, kSkipped, reason), RefusalCode::stage_not_skippable, kReception,
         in},
        {kFeedback, in, leave(1, kSkipped, reason), RefusalCode::stage_not_skippable, kFeedback,
         in},
        // processing ends with a result, feedback when the case may close
        {kProcessing, in, leave(1, kDone), RefusalCode::result_needed, kProcessing, in},
        {kProcessing, in, leave(1, kSkipped, reason), RefusalCode::result_needed, kProcessing, in},
        {kFeedback, in, leave(1, kDone), RefusalCode::result_not_told, kFeedback, in},
        // back to an earlier one, never to reception, never without a reason
        {kForm, in, send_back_to(1, kCopying), fine, kCopying, in},
        {kProcessing, in, send_back_to(1, kConsultation), fine, kConsultation, in},
        {kForm, in, send_back_to(1, kCopying, Reason::unspecified), RefusalCode::reason_missing,
         kForm, in},
        {kForm, in, send_back_to(1, kReception), RefusalCode::value_out_of_range, kForm, in},
        {kForm, in, send_back_to(1, kForm), RefusalCode::stage_already_there, kForm, in},
        {kForm, in, send_back_to(1, kAcceptance), RefusalCode::stage_ahead, kForm, in},
        {kForm, in, send_back_to(1, CaseStage::unknown), RefusalCode::stage_unknown, kForm, in},
        {kForm, out, send_back_to(1, kCopying), RefusalCode::stage_left_already, kForm, out},
        {kFeedback, in, send_back_to(1, kProcessing), RefusalCode::result_already_set, kFeedback,
         in},
        // no outcome at all
        {kForm, in, leave(1, StageOutcome::under_way), RefusalCode::outcome_invalid, kForm, in},
        {kForm, in, leave(1, static_cast<StageOutcome::Value>(7)), RefusalCode::outcome_invalid,
         kForm, in},
    };
    for (const Row& row : rows) expect(row);
}

TEST(CaseStages, OpeningEntersReceptionByTheEscort) {
    CaseHall hall;
    Events events = hall.does(begin_case("pension"));
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].case_opened().record(), 0U);  // nothing was written
    EXPECT_EQ(hall.reply().case_file().id(), 1U);
    EXPECT_EQ(hall.reply().case_file().service_name(), "养老");
    EXPECT_EQ(hall.reply().case_file().next_stage(), kConsultation);
    EXPECT_EQ(hall.entry(1).escort(), "g1");
    ASSERT_EQ(hall.entry(1).visits_size(), 1);
    EXPECT_EQ(hall.entry(1).visits(0).by(), "g1");
    EXPECT_EQ(hall.hall().cases_view(hall.now_ms()).case_count(), 1U);
}

TEST(CaseStages, EachVisitSaysWhoWhenAndHowItEnded) {
    CaseHall hall;
    hall.does(begin_case("pension"));
    hall.at("09:10").does(enter(1, kForm, Reason::done_elsewhere));
    hall.at("09:30").by("c1", "clerk-1").does(enter(1, kAcceptance));
    hall.at("09:40").does(send_back_to(1, kCopying, Reason::form_wrong));
    const auto visits = hall.entry(1).visits();
    ASSERT_EQ(visits.size(), 6);
    EXPECT_EQ(visits[0].outcome(), kDone);
    EXPECT_EQ(visits[0].left_at_ms(), time_ms("09:10"));
    for (int i : {1, 2}) {
        EXPECT_EQ(visits[i].outcome(), kSkipped);
        EXPECT_EQ(visits[i].reason(), Reason::done_elsewhere);
        EXPECT_EQ(visits[i].entered_at_ms(), visits[i].left_at_ms());
    }
    EXPECT_EQ(visits[3].by(), "g1");
    EXPECT_EQ(visits[4].by(), "c1");
    EXPECT_EQ(visits[4].outcome(), StageOutcome::sent_back);
    EXPECT_EQ(visits[4].sent_back_to(), kCopying);
    EXPECT_EQ(visits[4].reason(), Reason::form_wrong);
    EXPECT_EQ(visits[5].stage(), kCopying);
    EXPECT_EQ(hall.shown(1).sent_back_count(), 1U);
    EXPECT_EQ(hall.entry(1).escort(), "g1");  // whoever works on it: the escort stays
}

TEST(CaseStages, WordsOfPeopleStayOutOfEventsAndState) {
    CaseHall hall;
    Command command = begin_case("pension");
    command.mutable_open_case()->mutable_person()->set_name("王秀英");
    command.mutable_open_case()->set_note("耳背");
    Events events = hall.does(command);
    EXPECT_EQ(events[0].case_opened().record(), 1U);
    command = enter(1, kConsultation);
    command.mutable_enter_stage()->set_note("王秀英");
    EXPECT_EQ(hall.does(command)[0].case_stage_entered().record(), 2U);
    command = send_back_to(1, kConsultation);
    hall.does(enter(1, kCopying));
    command.mutable_leave_stage()->set_note("王秀英");
    EXPECT_EQ(hall.does(command)[0].case_stage_left().record(), 3U);
    EXPECT_EQ(bytes_of(hall.hall()).find("王秀英"), std::string::npos);
    EXPECT_EQ(hall.entry(1).records_size(), 3);
    EXPECT_EQ(hall.entry(1).sealed_day(), kFirstDay);
    EXPECT_EQ(hall.hall().next_record(), 4U);
}

TEST(CaseStages, AnActiveDayBringsItsRecordsToThatDaysKey) {
    CaseHall hall;
    Command command = begin_case("pension");
    command.mutable_open_case()->set_note("耳背");
    hall.does(command);
    hall.at("10:00", 1);
    command = enter(1, kConsultation);
    VaultWork work = hall.hall().vault_work(
        command, *hall.hall().decide(command, {"guide-1", "g1"}, hall.now_ms()));
    EXPECT_EQ(work.bring, std::vector<uint64_t>{1});
    hall.does(command);
    EXPECT_EQ(hall.entry(1).sealed_day(), kFirstDay + 1);
    work = hall.hall().vault_work(
        enter(1, kCopying),
        *hall.hall().decide(enter(1, kCopying), {"guide-1", "g1"}, hall.now_ms()));
    EXPECT_TRUE(work.bring.empty());
}

TEST(CaseTickets, OneCaseOfAServiceOnATicketAndManyTicketsOverTheDays) {
    CaseHall hall;
    hall.does(issue(Words{"pension", "medical"}));
    hall.does(begin_case("pension", "A001"));
    hall.refuses(begin_case("pension", "A001"), RefusalCode::case_has_ticket);
    hall.does(begin_case("medical", "A001"));
    hall.refuses(begin_case("jobs", "A001"), RefusalCode::case_other_service);
    hall.refuses(begin_case("pension", "A009"), RefusalCode::unknown_ticket);
    protocol::CaseListQuery on_ticket;
    on_ticket.set_number("2026-11-23/A001");
    EXPECT_EQ(hall.listed(on_ticket), (std::vector<uint64_t>{1, 2}));

    hall.at("09:00", 1);
    EXPECT_EQ(hall.entry(1).number(), "");
    EXPECT_EQ(hall.entry(1).numbers(0), "2026-11-23/A001");
    Events events = hall.does(issue_for(1));  // comes back for what the case is about
    EXPECT_EQ(events[0].ticket_issued().services(0), "pension");
    EXPECT_EQ(events[1].case_ticket_attached().number(), "A001");
    EXPECT_EQ(hall.reply().ticket().number(), "A001");
    EXPECT_EQ(hall.shown(1).numbers_size(), 2);
    EXPECT_EQ(hall.shown(1).stage(), kReception);
    hall.refuses(attach(1, "A001"), RefusalCode::case_has_ticket);
    hall.does(cancel("A001"));
    hall.does(issue("pension"));
    hall.refuses(attach(2, "A002"), RefusalCode::case_other_service);
    hall.does(attach(1, "A002"));
    EXPECT_EQ(hall.entry(1).number(), "A002");
    hall.does(cancel("A002"));
    hall.refuses(attach(2, "A002"), RefusalCode::ticket_not_open);
}

TEST(CaseTickets, TheClerkSeesTheCaseOfTheTicketAtTheWindow) {
    CaseHall hall;
    hall.does(open_window(1));
    hall.does(issue("pension"));
    hall.does(begin_case("pension", "A001"));
    EXPECT_EQ(hall.hall().clerk_view(1, hall.now_ms())->cases_size(), 0);
    hall.does(call_next(1));
    auto view = *hall.hall().clerk_view(1, hall.now_ms());
    ASSERT_EQ(view.cases_size(), 1);
    ASSERT_EQ(view.cases(0).materials_size(), 4);
    EXPECT_TRUE(view.cases(0).materials(2).proved_by_data());
    hall.does(start(1));
    EXPECT_EQ(hall.shown(1).stage(), kReception);  // serving moves no case silently
    hall.does(finish(1));
    EXPECT_EQ(hall.hall().clerk_view(1, hall.now_ms())->cases_size(), 0);
}

TEST(CaseTickets, AcceptanceWithoutATicketOfTodayIsQuestioned) {
    CaseHall hall;
    hall.does(issue("pension"));
    hall.does(begin_case("pension", "A001"));
    hall.does(begin_case("pension"));
    hall.walk_to(1, kAcceptance);
    hall.walk_to(2, kAcceptance);
    protocol::Query query;
    query.mutable_report();
    const auto report = hall.answers(query).report();
    ASSERT_EQ(report.question_count(), 1U);
    EXPECT_EQ(report.questions(0).kind(), protocol::DayReport::Question::service_without_ticket);
    EXPECT_EQ(report.questions(0).actor(), "guide-1/g1");
}

TEST(CaseRules, AServiceOfAnOpenCaseStays) {
    CaseHall hall;
    hall.does(begin_case("jobs"));
    protocol::HallRules rules = case_rules();
    rules.mutable_services()->RemoveLast();
    for (auto& window : *rules.mutable_windows()) {
        if (!window.services().empty() && *window.services().rbegin() == "jobs") {
            window.mutable_services()->RemoveLast();
        }
    }
    EXPECT_EQ(hall.refuses(install(rules), RefusalCode::rules_strand_tickets).field(), "jobs");
    hall.told(1);
    hall.by("g2", "guide-2").does(rate(1, 5));
    hall.does(close_case(1));
    hall.does(install(rules));
    EXPECT_EQ(hall.shown(1).service_name(), "jobs");
}

TEST(CaseMaterials, AllThatIsMissingIsToldAtOnce) {
    CaseHall hall;
    hall.does(begin_case("pension"));
    hall.does(receive(1, "id"));
    Events events = hall.does(ask_for(1, {"agreement"}));
    ASSERT_EQ(events.size(), 2U);
    const auto& asked = events[0].material_asked();
    EXPECT_EQ((Words{asked.materials().begin(), asked.materials().end()}),
              (Words{"photo", "agreement"}));
    EXPECT_FALSE(asked.second());
    EXPECT_EQ(events[1].print_requested().paper(), protocol::Paper::notice);
    EXPECT_EQ(events[1].print_requested().case_id(), 1U);
    EXPECT_TRUE(hall.shown(1).waiting_for_visitor());
    EXPECT_EQ(hall.shown(1).notices(), 1U);

    hall.walk_to(1, kForm);
    hall.refuses(enter(1, kAcceptance), RefusalCode::case_waits_for_visitor);
    hall.does(receive(1, "photo"));
    hall.refuses(enter(1, kAcceptance), RefusalCode::case_waits_for_visitor);
    hall.does(receive(1, "agreement"));
    EXPECT_FALSE(hall.shown(1).waiting_for_visitor());
    hall.does(enter(1, kAcceptance));
    hall.refuses(ask_for(1, {}), RefusalCode::nothing_missing);
}

TEST(CaseMaterials, NothingThatDataProvesAndNothingOutsideTheCatalogueIsAskedFor) {
    CaseHall hall;
    hall.does(begin_case("pension"));
    EXPECT_EQ(hall.refuses(ask_for(1, {"hukou"}), RefusalCode::material_proved_by_data).field(),
              "hukou");
    hall.refuses(ask_for(1, {"diploma"}), RefusalCode::material_not_in_catalogue);
    hall.refuses(receive(1, "diploma"), RefusalCode::material_not_in_catalogue);
    hall.refuses(receive(1, ""), RefusalCode::no_material_given);
    hall.does(receive(1, "id"));
    hall.refuses(receive(1, "id"), RefusalCode::material_already_received);
    hall.refuses(ask_for(1, {"id"}), RefusalCode::material_already_received);
    hall.does(receive(1, "id", true));  // the original goes back after copying
    hall.refuses(receive(1, "id", true), RefusalCode::material_already_received);
    EXPECT_TRUE(hall.shown(1).materials(0).returned());
    hall.does(begin_case("medical"));
    hall.refuses(ask_for(2, {}), RefusalCode::nothing_missing);
}

TEST(CaseMaterials, ASecondNoticeNeedsASupervisorAndTheReason) {
    CaseHall hall;
    hall.does(begin_case("pension"));
    hall.does(ask_for(1, {}));
    hall.refuses(ask_for(1, {"agreement"}, "忘了说"), RefusalCode::second_notice_needs_supervisor);
    hall.by("s1", "super-1");
    hall.refuses(ask_for(1, {"agreement"}), RefusalCode::second_notice_needs_supervisor);
    Events events = hall.does(ask_for(1, {"agreement"}, "忘了说"));
    EXPECT_TRUE(events[0].material_asked().second());
    EXPECT_EQ(events[0].material_asked().materials_size(), 3);  // what was asked before as well
    EXPECT_EQ(hall.shown(1).notices(), 2U);
    // By rank, wherever the supervisor signs on.
    hall.by("s1", "guide-1").does(ask_for(1, {}, "又忘了"));
}

TEST(CaseMaterials, TheNextDateIsADayToCome) {
    CaseHall hall;
    hall.does(begin_case("pension"));
    Command command = ask_for(1, {});
    auto on = [&](const char* date) {
        command.mutable_ask_material()->set_next_date(date);
        return command;
    };
    hall.refuses(on("2026-11-31"), RefusalCode::date_invalid);
    hall.refuses(on("tomorrow"), RefusalCode::date_invalid);
    hall.refuses(on("2026-11-22"), RefusalCode::value_out_of_range);
    hall.refuses(on("2026-11-28"), RefusalCode::hall_closed_that_day);  // a Saturday
    command.mutable_ask_material()->set_no_print(true);
    EXPECT_EQ(hall.does(on("2026-11-24")).size(), 1U);
    EXPECT_EQ(hall.shown(1).next_date(), "2026-11-24");
}

TEST(CaseMaterials, WhatWaitsIsNotAccepted) {
    CaseHall hall;
    hall.does(begin_case("pension"));
    hall.walk_to(1, kAcceptance);
    hall.does(ask_for(1, {}));
    hall.refuses(leave(1, kDone), RefusalCode::case_waits_for_visitor);
    hall.refuses(enter(1, kProcessing), RefusalCode::case_waits_for_visitor);
    hall.does(send_back_to(1, kCopying));
    EXPECT_EQ(hall.shown(1).promised_by(), "");
}

TEST(CaseHandOver, TheFirstEscortKeepsItUntilTheColleagueAccepts) {
    CaseHall hall;
    hall.does(begin_case("pension"));
    hall.does(hand_over(1, "g2"));
    EXPECT_EQ(hall.shown(1).escort(), "g1");
    EXPECT_EQ(hall.shown(1).offered_to(), "g2");
    hall.refuses(hand_over(1, "g2"), RefusalCode::already_handed_over);
    hall.refuses(accept(1), RefusalCode::not_offered);
    hall.by("c1", "clerk-1").refuses(accept(1), RefusalCode::not_offered);
    hall.by("g2", "guide-2").does(accept(1));
    EXPECT_EQ(hall.shown(1).escort(), "g2");
    EXPECT_EQ(hall.shown(1).offered_to(), "");
    hall.refuses(accept(1), RefusalCode::already_handed_over);
    hall.by("g1").refuses(hand_over(1, "c1"), RefusalCode::not_your_case);
}

TEST(CaseHandOver, DecliningLeavesItWhereItWas) {
    CaseHall hall;
    hall.does(begin_case("pension"));
    hall.does(hand_over(1, "g2"));
    hall.by("g2", "guide-2").does(accept(1, true));
    EXPECT_EQ(hall.shown(1).escort(), "g1");
    hall.refuses(accept(1), RefusalCode::not_offered);
    hall.by("g1").does(hand_over(1, "g2"));
    hall.does(hand_over(1, "c1"));  // another one instead
    hall.by("g2", "guide-2").refuses(accept(1), RefusalCode::not_offered);
}

TEST(CaseHandOver, OnlyToColleaguesOnDuty) {
    CaseHall hall;
    hall.does(begin_case("pension"));
    hall.refuses(hand_over(1, "g7"), RefusalCode::unknown_staff);
    hall.refuses(hand_over(1, ""), RefusalCode::unknown_staff);
    hall.refuses(hand_over(1, "g9"), RefusalCode::staff_off_duty);
    hall.refuses(hand_over(1, "g1"), RefusalCode::case_is_yours);
    hall.by("g2").refuses(hand_over(1, "c1"), RefusalCode::not_your_case);
    hall.by("s1", "super-1").does(hand_over(1, "c1"));
}

TEST(CaseStaff, AHallWithStaffWantsToKnowWhoWorksOnACase) {
    CaseHall hall;
    hall.does(begin_case("pension"));
    for (const char* device : {"guide-1", "clerk-1", "super-1"}) {
        hall.on_device(device).refuses(enter(1, kConsultation), RefusalCode::sign_on_needed);
        hall.refuses(begin_case("pension"), RefusalCode::sign_on_needed);
        hall.refuses(band(1, 1), RefusalCode::sign_on_needed);
    }
    hall.on_device("local").does(enter(1, kConsultation));  // the admin's own
    EXPECT_EQ(hall.entry(1).visits(1).by(), "local");
}

TEST(CaseStaff, AHallWithoutStaffActsAsItsDevices) {
    CaseHall hall = CaseHall::without_staff();
    hall.does(begin_case("pension"));
    EXPECT_EQ(hall.shown(1).escort(), "guide-1");
    hall.refuses(hand_over(1, "guide-2"), RefusalCode::unknown_staff);
    hall.walk_to(1, kProcessing);
}

TEST(CaseProxies, TheServiceSaysWhoMayComeAndWhoseWishItIs) {
    CaseHall hall;
    Command medical = begin_case("medical");
    auto& wish = *medical.mutable_open_case();
    wish.set_proxy(protocol::Proxy::free);
    hall.refuses(medical, RefusalCode::proxy_letter_needed);
    wish.set_proxy(protocol::Proxy::letter);
    hall.refuses(medical, RefusalCode::own_wish_not_asked);
    wish.set_own_wish(true);
    wish.set_relation("儿子");
    EXPECT_EQ(hall.does(medical)[0].case_opened().record(), 1U);
    Command card = begin_case("card");
    card.mutable_open_case()->set_proxy(protocol::Proxy::letter);
    hall.refuses(card, RefusalCode::proxy_not_allowed);
    hall.does(begin_case("medical"));  // the principal came
}

TEST(CaseWords, ATextThatIsNoneIsRefusedByItsFieldNeverItsValue) {
    CaseHall hall;
    hall.does(begin_case("pension"));
    auto note = [&](const std::string& text) {
        Command command = enter(1, kConsultation);
        command.mutable_enter_stage()->set_note(text);
        return command;
    };
    for (const char* text :
         {"a\bb", "\n ", "\x7F", "\xC2\x85", " ", "\xE3\x80\x80", "\xE2\x80\x8B "}) {
        EXPECT_EQ(hall.refuses(note(text), RefusalCode::text_invalid).field(), "note");
    }
    hall.refuses(note(std::string(kNoteMax + 1, 'a')), RefusalCode::text_too_long);
    hall.does(note("  𠮷·阿里\n第二行  "));
    Command command = begin_case("pension");
    command.mutable_open_case()->mutable_person()->set_name("王\n英");
    EXPECT_EQ(hall.refuses(command, RefusalCode::text_invalid).field(), "name");
}

TEST(CaseDays, DatesAreRealOnes) {
    EXPECT_EQ(case_plan(kFirstDay).date(), "2026-11-23");
    EXPECT_EQ(case_plan(kFirstDay + 8).date(), "2026-12-01");
    EXPECT_EQ(case_plan(kFirstDay + 463).date(), "2028-02-29");
    EXPECT_EQ(case_plan(kFirstDay).working_days(4), kFirstDay + 7);  // over the weekend
}

}  // namespace
}  // namespace hall::core
