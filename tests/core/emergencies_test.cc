// Emergencies (突发疾病): the alarm, its acknowledgement, the plan's steps, the ticket that is
// held, and drills.
#include "tests/core/care_hall.h"

namespace hall::core {
namespace {

using protocol::EmergencyOutcome;
using protocol::EmergencyState;

TEST(Emergency, RaisesAnAlarmWithThePlanAndWhoIsTrained) {
    TestHall hall = care_hall();
    hall.by("desk-1", "g-1").does(sign_on());
    hall.by("desk-2", "g-2").does(sign_on());
    hall.by("super").does(train("g-2", "first_aid", "2026-05-01"));
    const Events events = hall.by("pager-7").does(emergency("east", "", "胸痛"));
    ASSERT_EQ(events.size(), 1U);
    const auto& raised = events[0].emergency_raised();
    EXPECT_NE(raised.record(), 0U);
    ASSERT_EQ(raised.responders_size(), 1);
    EXPECT_EQ(raised.responders(0), "g-2");
    const auto entry = emergency_of(hall, 1);
    EXPECT_EQ(entry.state(), EmergencyState::raised);
    EXPECT_EQ(entry.raised_by(), "pager-7");
    ASSERT_EQ(entry.steps_size(), 3);
    EXPECT_EQ(entry.steps(0).text(), "call 120");
    EXPECT_EQ(hall.reply().emergency().id(), 1U);
    EXPECT_EQ(hall.reply().emergency().place_name(), "east");
    const auto view = hall.hall().care_view(hall.now_ms());
    EXPECT_EQ(view.emergency_count(), 1U);
    EXPECT_EQ(view.emergencies(0).id(), 1U);
    EXPECT_EQ(view.staff_count(), 2U);
    EXPECT_EQ(view.places_size(), 4);
    EXPECT_GT(view.windows_size(), 0);
}

TEST(Emergency, WhenNobodyIsTrainedWhoeverIsOnDutyResponds) {
    TestHall hall = care_hall();
    hall.by("desk-1", "g-1").does(sign_on());
    hall.by("super").does(train("g-1", "first_aid", "2024-05-01"));  // long ago
    hall.does(train("g-2", "first_aid", "2026-05-01"));              // not on duty
    const Events events = hall.does(emergency("window:3"));
    ASSERT_EQ(events[0].emergency_raised().responders_size(), 1);
    EXPECT_EQ(events[0].emergency_raised().responders(0), "g-1");
    EXPECT_EQ(events[0].emergency_raised().record(), 0U);  // no private word: no record
}

TEST(Emergency, HasAPlaceOfThisHall) {
    TestHall hall = care_hall();
    hall.refuses(emergency(""), RefusalCode::place_missing);
    for (const char* place : {"nowhere", "window:9", "window:", "window:1x", "window:-1", "1"}) {
        EXPECT_EQ(hall.refuses(emergency(place), RefusalCode::unknown_zone).field(), "place");
    }
    hall.refuses(emergency("east", "A099"), RefusalCode::unknown_ticket);
    Command of_case = emergency("east");
    of_case.mutable_raise_emergency()->set_case_id(3);
    hall.refuses(of_case, RefusalCode::unknown_case);
    hall.refuses(emergency("east", "", std::string(kTextMax, 'x')), RefusalCode::text_too_long);
    hall.refuses(emergency("east", "", "\x07"), RefusalCode::text_invalid);
    hall.does(emergency("entrance"));
    hall.does(emergency("window:5"));
}

TEST(Emergency, EscalatesAfterThirtySecondsWithoutAnAnswer) {
    TestHall hall = care_hall();
    hall.does(emergency("east"));
    const int64_t raised_ms = hall.now_ms();
    EXPECT_EQ(hall.hall().next_deadline_ms(), raised_ms + 30 * kSecondMs);
    hall.after_s(29);
    EXPECT_FALSE(emergency_of(hall, 1).escalated());
    hall.after_s(1);
    EXPECT_TRUE(emergency_of(hall, 1).escalated());
    EXPECT_EQ(emergency_of(hall, 1).state(), EmergencyState::raised);
    // Once, and it can still be acknowledged.
    hall.after_s(120).by("desk-1", "g-1").does(acknowledge(1));
    EXPECT_EQ(emergency_of(hall, 1).acknowledged_by(), "g-1");
    int escalations = 0;
    for (const auto& entry : hall.log()) escalations += entry.event.has_emergency_escalated();
    EXPECT_EQ(escalations, 1);
}

TEST(Emergency, TheHallFileMaySayAnotherTime) {
    protocol::HallRules rules = care_rules();
    rules.set_emergency_ack_ms(0);  // not said: 30 s
    TestHall hall = care_hall(rules);
    hall.does(emergency("east"));
    EXPECT_EQ(hall.hall().next_deadline_ms(), hall.now_ms() + 30 * kSecondMs);
    rules.set_emergency_ack_ms(10 * kSecondMs);
    hall.does(install(rules));
    EXPECT_EQ(hall.hall().next_deadline_ms(), hall.now_ms() + 10 * kSecondMs);
    hall.after_s(10);
    EXPECT_TRUE(emergency_of(hall, 1).escalated());
}

TEST(Emergency, AcknowledgedItDoesNotEscalate) {
    TestHall hall = care_hall();
    hall.does(emergency("east"));
    hall.after_s(20).by("desk-1", "g-1").does(acknowledge(1));
    const auto refusal =
        hall.by("desk-2", "g-2").refuses(acknowledge(1), RefusalCode::emergency_acknowledged);
    EXPECT_EQ(refusal.field(), "g-1");
    hall.refuses(acknowledge(2), RefusalCode::unknown_emergency);
    hall.after_s(60);
    EXPECT_FALSE(emergency_of(hall, 1).escalated());
    EXPECT_EQ(emergency_of(hall, 1).acknowledged_at_ms(),
              emergency_of(hall, 1).raised_at_ms() + 20 * kSecondMs);
}

TEST(Emergency, StepsAreTickedOnceWithTimeAndName) {
    TestHall hall = care_hall();
    hall.does(emergency("east"));
    hall.refuses(do_step(1, 0), RefusalCode::unknown_step);
    hall.refuses(do_step(1, 4), RefusalCode::unknown_step);
    hall.refuses(do_step(9, 1), RefusalCode::unknown_emergency);
    hall.at("09:04:05").by("desk-1", "g-1").does(do_step(1, 2));
    EXPECT_EQ(emergency_of(hall, 1).steps(1).by(), "g-1");
    EXPECT_EQ(emergency_of(hall, 1).steps(1).done_at_ms(), time_ms("09:04:05"));
    EXPECT_EQ(emergency_of(hall, 1).steps(0).done_at_ms(), 0);
    const auto refusal =
        hall.at("09:10").by("desk-2").refuses(do_step(1, 2), RefusalCode::step_already_done);
    EXPECT_EQ(refusal.field(), "g-1 09:04:05");
}

TEST(Emergency, ClosesWithAnOutcomeAndStaysUntilTheDayEnds) {
    TestHall hall = care_hall();
    hall.does(emergency("east"));
    hall.refuses(end_emergency(1, EmergencyOutcome::unknown), RefusalCode::outcome_missing);
    hall.refuses(end_emergency(1, EmergencyOutcome::practised), RefusalCode::value_out_of_range);
    hall.refuses(end_emergency(4), RefusalCode::unknown_emergency);
    const Events events = hall.does(end_emergency(1, EmergencyOutcome::hospital, "went along"));
    EXPECT_NE(events[0].emergency_closed().record(), 0U);
    hall.refuses(end_emergency(1), RefusalCode::emergency_closed);
    hall.refuses(acknowledge(1), RefusalCode::emergency_closed);
    hall.refuses(do_step(1, 1), RefusalCode::emergency_closed);
    hall.after_s(60);
    EXPECT_FALSE(emergency_of(hall, 1).escalated());
    EXPECT_EQ(hall.hall().care_view(hall.now_ms()).emergency_count(), 0U);
    protocol::Query query;
    query.mutable_emergency_list();
    EXPECT_EQ(asked(hall, query).emergencies().emergencies_size(), 1);
    query.mutable_emergency_list()->set_open(true);
    EXPECT_EQ(asked(hall, query).emergencies().emergencies_size(), 0);
    hall.on_next_day("09:00");
    EXPECT_EQ(emergency_of(hall, 1).id(), 0U);
}

TEST(Emergency, AnOpenOneOutlivesMidnightWithItsTicketsDate) {
    TestHall hall = care_hall();
    hall.does(issue("pension"));
    hall.does(emergency("east", "A001"));
    hall.on_next_day("09:00").does(issue("pension"));  // another A001
    EXPECT_EQ(emergency_of(hall, 1).number(), "2026-11-23/A001");
    hall.does(end_emergency(1));
    EXPECT_EQ(hall.state("A001"), TicketState::waiting);
}

// What a ticket does before the emergency, and what it is after it.
struct Held {
    const char* what;
    void (*given)(TestHall&);
    TicketState::Value before;
    TicketState::Value after;
};

TEST(Emergency, TheTicketIsHeldAndGoesBackToWhereItWas) {
    const std::vector<Held> table = {
        {"waiting", [](TestHall&) {}, TicketState::waiting, TicketState::waiting},
        {"called", [](TestHall& hall) { hall.does(call_next(2)); }, TicketState::called,
         TicketState::waiting},
        {"serving", [](TestHall& hall) { hall.serve_next(2); }, TicketState::serving,
         TicketState::waiting},
        {"on an errand",
         [](TestHall& hall) {
             hall.serve_next(2);
             hall.does(errand(2));
         },
         TicketState::on_errand, TicketState::on_errand},
        {"stepped out", [](TestHall& hall) { hall.does(step_out("A001")); },
         TicketState::stepped_out, TicketState::stepped_out},
        {"missed", [](TestHall& hall) { hall.miss_whoever_is_next(2); }, TicketState::missed,
         TicketState::missed},
    };
    for (const Held& row : table) {
        SCOPED_TRACE(row.what);
        TestHall hall = care_hall();
        hall.does(issue("pension"));
        row.given(hall);
        ASSERT_EQ(hall.state("A001"), row.before);
        const state::Ticket before = hall.ticket("A001");
        const Events events = hall.does(emergency("east", "A001"));
        ASSERT_EQ(events.size(), 2U);
        EXPECT_TRUE(events[1].has_ticket_held());
        EXPECT_EQ(hall.state("A001"), TicketState::held);
        EXPECT_EQ(hall.ticket("A001").window(), 0U);
        EXPECT_EQ(hall.window(2), WindowState::idle);
        hall.refuses(call_ticket(1, "A001"), RefusalCode::ticket_not_waiting);
        hall.after_s(5).does(end_emergency(1));
        const state::Ticket after = hall.ticket("A001");
        EXPECT_EQ(after.state(), row.after);
        EXPECT_EQ(after.key_v_ms(), before.key_v_ms());
        EXPECT_EQ(after.key_t_ms(), before.key_t_ms());
        EXPECT_EQ(after.key_serial(), before.key_serial());
        EXPECT_EQ(after.held_by(), 0U);
        // And goes on: whoever waits is called, whoever is away comes back.
        if (row.after != TicketState::waiting) hall.does(come_back("A001"));
        hall.serve_next(2);
        EXPECT_EQ(hall.ticket("A001").window(), 2U);
    }
}

TEST(Emergency, KeepsThePlaceAheadOfWhoCameLater) {
    TestHall hall = care_hall();
    hall.does(issue("pension"));
    hall.after_s(60).does(issue("pension"));
    hall.does(emergency("east", "A001"));
    hall.does(call_next(2));
    EXPECT_EQ(hall.state("A002"), TicketState::called);
    hall.does(issue("pension"));
    hall.does(end_emergency(1));
    hall.does(call_next(1));
    EXPECT_EQ(hall.state("A001"), TicketState::called);
}

TEST(Emergency, BeforeTheDoorsOpenTheTicketWaitsForTheOpening) {
    TestHall hall(care_rules());
    hall.at("07:40").does(enter_early("pension", {}, true));
    hall.does(emergency("early", "A001"));
    EXPECT_EQ(hall.hall().guide_view(hall.now_ms()).seats_free(), 2U);
    hall.does(end_emergency(1));
    EXPECT_EQ(hall.state("A001"), TicketState::registered);
    EXPECT_EQ(hall.hall().guide_view(hall.now_ms()).seats_free(), 1U);
    hall.does(emergency("early", "A001"));
    hall.at("08:45").does(end_emergency(2));
    EXPECT_EQ(hall.state("A001"), TicketState::waiting);
    hall.does(open_window(2));
    hall.does(call_next(2));
}

TEST(Emergency, AStepOutThatEndedMeanwhileIsOver) {
    TestHall hall = care_hall();
    hall.does(issue("pension"));
    hall.does(step_out("A001"));
    hall.does(emergency("east", "A001"));
    hall.after_s(30 * 60).does(end_emergency(1));
    hall.after_s(1);
    EXPECT_EQ(hall.state("A001"), TicketState::waiting);
}

TEST(Emergency, AnAlarmNeverWaitsForATicket) {
    TestHall hall = care_hall();
    hall.does(issue("pension"));
    hall.does(emergency("east", "A001"));
    // Held already, by the first one.
    EXPECT_EQ(hall.does(emergency("east", "A001")).size(), 1U);
    hall.does(cancel("A001"));
    EXPECT_EQ(hall.does(end_emergency(1)).size(), 1U);
    EXPECT_EQ(hall.does(end_emergency(2)).size(), 1U);
    EXPECT_EQ(hall.state("A001"), TicketState::cancelled);
    EXPECT_EQ(hall.does(emergency("east", "A001")).size(), 1U);
}

TEST(Emergency, TheLastOfATicketReleasesIt) {
    for (const uint64_t first : {1U, 2U}) {
        TestHall hall = care_hall();
        hall.does(issue("pension"));
        hall.does(emergency("east", "A001"));
        hall.does(emergency("east", "A001"));
        hall.does(drill("east", "A001"));
        hall.does(end_emergency(first));
        EXPECT_EQ(hall.state("A001"), TicketState::held) << first;
        hall.does(end_emergency(3 - first));
        EXPECT_EQ(hall.state("A001"), TicketState::waiting) << first;
    }
}

TEST(Emergency, WhoHasACaseHasTheTicketOfTheCase) {
    TestHall hall = care_hall();
    hall.does(issue("pension"));
    Command open;
    open.mutable_open_case()->set_service("pension");
    open.mutable_open_case()->set_number("A001");
    hall.does(open);
    Command alarm = emergency("east");
    alarm.mutable_raise_emergency()->set_case_id(1);
    const Events events = hall.does(alarm);
    EXPECT_EQ(events[0].emergency_raised().number(), "A001");
    EXPECT_EQ(hall.state("A001"), TicketState::held);
    hall.does(end_emergency(1));
    EXPECT_EQ(hall.state("A001"), TicketState::waiting);
}

// A service that was broken off says nothing about how long services take, and serving it again is
// nothing to question.
TEST(Emergency, IsNotMeasuredAsAService) {
    TestHall hall = care_hall();
    hall.does(issue("pension"));
    hall.serve_next(2);
    hall.after_s(90).does(emergency("window:2", "A001"));
    EXPECT_EQ(hall.hall().snapshot().spans_size(), 0);
    hall.after_s(60).does(end_emergency(1));
    hall.serve_next(2);
    EXPECT_EQ(hall.report().question_count(), 0U);
    hall.after_s(60).does(finish(2));
    EXPECT_EQ(hall.hall().snapshot().spans_size(), 1);
}

TEST(Emergency, AtClosingNobodyIsDropped) {
    TestHall hall = care_hall();
    hall.does(issue("pension"));
    hall.does(emergency("east", "A001"));
    hall.at("18:30");
    EXPECT_EQ(hall.phase(), Phase::closed);
    EXPECT_EQ(hall.state("A001"), TicketState::appointment);
    EXPECT_EQ(hall.does(end_emergency(1)).size(), 1U);
}

TEST(Emergency, NothingOnBoards) {
    TestHall hall = care_hall();
    hall.does(issue("pension"));
    const auto before = hall.hall().board_view("west", hall.now_ms());
    hall.does(emergency("west", "", "胸痛"));
    auto after = hall.hall().board_view("west", hall.now_ms());
    after->mutable_head()->set_seq(before->head().seq());
    EXPECT_EQ(after->SerializeAsString(), before->SerializeAsString());
}

TEST(Emergency, ThereIsAnEndToThem) {
    TestHall hall(care_rules(), test_plan(), 1'000);
    for (size_t i = 0; i < kEmergenciesMax; ++i) hall.does(emergency("east"));
    hall.refuses(emergency("east"), RefusalCode::too_many_emergencies);
}

TEST(Drill, RunsTheSameAndTrainsWhoTookPart) {
    TestHall hall = care_hall();
    hall.does(issue("pension"));
    EXPECT_EQ(hall.does(drill("east", "A001")).size(), 1U);
    EXPECT_EQ(hall.state("A001"), TicketState::waiting);  // a drill holds nobody
    EXPECT_TRUE(hall.reply().emergency().drill());
    hall.by("desk-1", "g-1").does(acknowledge(1));
    hall.does(do_step(1, 1));
    hall.by("desk-2", "s-1").does(do_step(1, 2));
    hall.by("pager-7").does(do_step(1, 3));  // nobody known
    const Events events =
        hall.by("desk-2", "g-2").does(end_emergency(1, EmergencyOutcome::practised));
    ASSERT_EQ(events.size(), 3U);
    EXPECT_EQ(events[1].staff_trained().staff(), "g-1");
    EXPECT_EQ(events[1].staff_trained().course(), "drill");
    EXPECT_EQ(events[2].staff_trained().staff(), "s-1");
    EXPECT_EQ(staff_of(hall, "g-1").trained_day(), kFirstDay);
    EXPECT_EQ(staff_of(hall, "g-2").trained_day(), 0U);
}

TEST(Drill, ARealEmergencyTrainsNobody) {
    TestHall hall = care_hall();
    hall.does(emergency("east"));
    hall.by("desk-1", "g-1").does(acknowledge(1));
    EXPECT_EQ(hall.does(end_emergency(1)).size(), 1U);
}

}  // namespace
}  // namespace hall::core
