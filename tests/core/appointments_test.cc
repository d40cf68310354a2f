// Appointments: slots and their places, the quiet ones first, booking, checking in, and what is
// kept of a day that ended first.
#include "tests/core/test_hall.h"

namespace hall::core {
namespace {

using protocol::AppointmentKind;
using protocol::AppointmentState;
using protocol::Claim;

const std::string kMonday = "2026-11-23";

// 09:00 of a Monday, all windows open, slots until next Monday.
class AppointmentTest : public testing::Test {
  protected:
    AppointmentTest() : hall(rules_with_appointments()) {}
    void SetUp() override {
        hall.at("09:00").with_days_ahead();
        for (uint32_t window = 1; window <= 5; ++window) hall.does(open_window(window));
    }
    // Its id.
    uint64_t books(const std::string& service, int64_t slot_ms, const Words& categories = {}) {
        return hall.does(book(service, slot_ms, categories))[0].appointment_booked().appointment();
    }
    AppointmentState::Value state(uint64_t id) { return hall.appointment(id).state(); }
    TestHall hall;
};

TEST_F(AppointmentTest, SlotsAreThoseOfTheOpenHoursAheadNeverOfThePast) {
    const auto today = hall.slots("pension", kMonday);
    ASSERT_EQ(today.size(), 15U);  // 09:30 to 16:30; the one of 09:00 has begun
    EXPECT_EQ(today[0].slot_ms(), time_ms("09:30"));
    EXPECT_EQ(today[0].slot_end_ms(), time_ms("10:00"));
    EXPECT_EQ(today[14].slot_ms(), time_ms("16:30"));
    EXPECT_EQ(hall.slots("pension", "2026-11-24").size(), 17U);
    EXPECT_EQ(hall.slots("pension", "2026-11-28").size(), 0U);  // Saturday
    EXPECT_EQ(hall.slots("pension", "2027-03-01").size(), 0U);  // not planned yet
    EXPECT_EQ(hall.slots("pension").size(), 15U + 4 * 17 + 17);
    EXPECT_EQ(hall.slots("pension")[0].utc_offset_s(), 8 * 3600);
}

TEST_F(AppointmentTest, ASlotHasItsPlacesForEachServiceAndAFullOneComesLast) {
    for (int i = 0; i < 2; ++i) books("pension", tuesday("08:30"));
    hall.refuses(book("pension", tuesday("08:30")), RefusalCode::slot_full);
    books("medical", tuesday("08:30"));
    const auto slots = hall.slots("pension", "2026-11-24");
    EXPECT_EQ(slots[0].slot_ms(), tuesday("09:00"));
    EXPECT_EQ(slots[0].free(), 2U);
    EXPECT_EQ(slots[16].slot_ms(), tuesday("08:30"));
    EXPECT_EQ(slots[16].free(), 0U);
    EXPECT_EQ(slots[16].places(), 2U);
}

TEST_F(AppointmentTest, ACancelledOneGivesItsPlaceBack) {
    uint64_t first = books("pension", tuesday("08:30"));
    books("pension", tuesday("08:30"));
    hall.does(cancel_appointment(first));
    EXPECT_EQ(hall.reply().appointment().state(), AppointmentState::cancelled);
    books("pension", tuesday("08:30"));
    hall.refuses(cancel_appointment(first), RefusalCode::appointment_over);
}

TEST_F(AppointmentTest, BookingTellsWhatWasBookedAndPrintsItUnlessByPhone) {
    Events events = hall.does(book("pension", tuesday("10:00"), {"80plus"}, true));
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[1].print_requested().appointment(), 1U);
    const auto& told = hall.reply().appointment();
    EXPECT_EQ(told.appointment(), 1U);
    EXPECT_EQ(told.date(), "2026-11-24");
    EXPECT_EQ(told.slot_ms(), tuesday("10:00"));
    EXPECT_EQ(told.grace_until_ms(), tuesday("10:15"));
    EXPECT_EQ(told.service_names(0), "养老");
    EXPECT_TRUE(told.green());
    const auto job = hall.hall().printer_view(hall.now_ms()).jobs(0);
    EXPECT_EQ(job.appointment().appointment(), 1U);
    EXPECT_EQ(job.code(), "TEST/appointment/1");
    EXPECT_EQ(job.service_names(0), "养老");
    EXPECT_EQ(hall.does(book("pension", tuesday("10:00"))).size(), 1U);
}

TEST_F(AppointmentTest, OnlyTheBeginOfASlotOfAPlannedDayCanBeBooked) {
    hall.refuses(book("pension", 0), RefusalCode::no_such_slot);
    hall.refuses(book("pension", tuesday("10:10")), RefusalCode::no_such_slot);
    hall.refuses(book("pension", tuesday("08:00")), RefusalCode::no_such_slot);
    hall.refuses(book("pension", tuesday("17:00")), RefusalCode::no_such_slot);
    hall.refuses(book("pension", time_ms("10:00", kFirstDay + 5)), RefusalCode::no_such_slot);
    hall.refuses(book("pension", time_ms("10:00", kFirstDay + 8)), RefusalCode::no_such_slot);
    hall.refuses(book("pension", time_ms("09:00")), RefusalCode::slot_passed);
    hall.refuses(book("tax", tuesday("10:00")), RefusalCode::unknown_service);
    hall.does(book("pension", time_ms("09:30")));
}

TEST_F(AppointmentTest, BookingIsRefusedAsIssuingWouldBe) {
    hall.refuses(book("pension", tuesday("10:00"), {"tall"}), RefusalCode::unknown_category);
    Command command = book("pension", tuesday("10:00"));
    command.mutable_book_appointment()->mutable_ticket()->set_must_speak("tlh");
    hall.refuses(command, RefusalCode::unknown_language);
}

TEST_F(AppointmentTest, ASlotEndsWhenTheHallCloses) {
    protocol::HallRules rules = rules_with_appointments();
    rules.set_slot_ms(2 * kHourMs);  // of 8.5 hours four fit
    hall.does(install(rules));
    EXPECT_EQ(hall.slots("pension", "2026-11-24").size(), 4U);
    hall.refuses(book("pension", tuesday("16:30")), RefusalCode::no_such_slot);
}

TEST_F(AppointmentTest, KeptInTimeItClaimsItsSlotAndBringsItsServicesAndCredit) {
    Command wish = book("pension", tuesday("10:00"), {"70plus"});
    auto* ticket = wish.mutable_book_appointment()->mutable_ticket();
    ticket->add_services("medical");
    ticket->add_needs(protocol::Need::low_desk);
    ticket->set_step_free(true);
    hall.does(wish);
    hall.on_next_day("10:15");
    hall.does(check_in(1));
    const auto shown = hall.shown("A001");
    EXPECT_EQ(shown.appointment(), 1U);
    EXPECT_FALSE(shown.appointment_late());
    EXPECT_EQ(shown.claim(), Claim::appointment);
    EXPECT_EQ(shown.key_v_ms(), tuesday("09:55"));  // s - L is 09:50, but no claim is beyond H
    EXPECT_EQ(shown.credit_ms(), 10 * kMinuteMs);
    EXPECT_EQ(shown.services_size(), 2);
    EXPECT_EQ(shown.needs(0), protocol::Need::low_desk);
    EXPECT_TRUE(shown.step_free());
    EXPECT_EQ(state(1), AppointmentState::checked_in);
    hall.refuses(check_in(1), RefusalCode::appointment_over);
}

TEST_F(AppointmentTest, AMinuteAfterTheGraceItIsAWalkIn) {
    uint64_t id = books("pension", tuesday("10:00"));
    hall.on_next_day("10:16").does(check_in(id));
    const auto shown = hall.shown("A001");
    EXPECT_TRUE(shown.appointment_late());
    EXPECT_EQ(shown.claim(), Claim::none);
    EXPECT_EQ(shown.key_v_ms(), tuesday("10:16"));
}

TEST_F(AppointmentTest, EarlyForItsSlotItWaitsAsIfItHadComeJustBefore) {
    uint64_t id = books("pension", tuesday("10:00"));
    hall.on_next_day("09:52").does(check_in(id));
    EXPECT_EQ(hall.shown("A001").key_v_ms(), tuesday("09:50"));
    EXPECT_EQ(hall.shown("A001").claim(), Claim::appointment);
}

TEST_F(AppointmentTest, TheBestClaimCounts) {
    uint64_t id = books("pension", tuesday("10:00"), {"80plus"});
    hall.on_next_day("09:55").does(check_in(id));
    EXPECT_EQ(hall.shown("A001").key_v_ms(), tuesday("09:35"));
    EXPECT_EQ(hall.shown("A001").claim(), Claim::credit);
}

TEST_F(AppointmentTest, ACategoryShownAtTheDeskReplacesTheOneThatWasTold) {
    uint64_t id = books("pension", tuesday("12:00"), {"80plus"});
    hall.on_next_day("09:30");
    Command command = check_in(id);
    command.mutable_issue_ticket()->add_categories("60plus");
    hall.does(command);
    EXPECT_EQ(hall.shown("A001").credit_ms(), 5 * kMinuteMs);
}

TEST_F(AppointmentTest, ItIsForItsDayAndItsServices) {
    uint64_t id = books("pension", tuesday("10:00"));
    hall.refuses(check_in(7), RefusalCode::unknown_appointment);
    EXPECT_EQ(hall.refuses(check_in(id), RefusalCode::appointment_other_day).field(), "2026-11-24");
    hall.on_next_day("09:50");
    EXPECT_EQ(hall.refuses(check_in(id, {"jobs"}), RefusalCode::appointment_other_service).field(),
              "jobs");
    hall.does(check_in(id, {"pension"}));
}

TEST_F(AppointmentTest, ItChecksInBeforeTheDoorsOpenToo) {
    uint64_t id = books("pension", tuesday("08:30"));
    hall.on_next_day("08:25");
    Command command;
    command.mutable_register_early_waiting()->mutable_ticket()->set_appointment(id);
    hall.does(command);
    EXPECT_EQ(hall.shown("A001").key_v_ms(), tuesday("08:20"));
    EXPECT_EQ(hall.state("A001"), TicketState::registered);
}

TEST_F(AppointmentTest, WhoDoesNotComeLosesItWithTheDayAndItLeavesMemory) {
    uint64_t today = books("pension", time_ms("16:00"));
    uint64_t later = books("pension", tuesday("16:00"));
    hall.on_next_day("00:01");
    EXPECT_EQ(hall.appointment(today).appointment(), 0U);
    EXPECT_EQ(state(later), AppointmentState::booked);
    hall.refuses(cancel_appointment(today), RefusalCode::unknown_appointment);
    bool lapsed = false;
    for (const auto& entry : hall.log()) {
        lapsed |= entry.event.appointment_lapsed().appointment() == today;
    }
    EXPECT_TRUE(lapsed);
}

TEST_F(AppointmentTest, AServerThatSleptIntoTheMorningKeepsThatMorningsAppointments) {
    uint64_t id = books("pension", tuesday("08:30"));
    Hall later = Hall::restore(hall.hall().snapshot());
    int64_t now_ms = tuesday("08:40");
    Decision decision = later.decide(plan_day(test_plan(kTuesday)), {"server", ""}, now_ms);
    ASSERT_TRUE(decision);
    for (const Event& event : *decision) later.apply(event, later.seq() + 1, now_ms, {});
    EXPECT_EQ(later.snapshot().appointments(0).state(), AppointmentState::booked);
    EXPECT_TRUE(later.decide(tick(), {}, now_ms));
    (void)id;
}

// Had to leave because of us.
TEST_F(AppointmentTest, OurMistakeIsAClaimForTheNextVisit) {
    hall.does(issue("pension"));
    Events events = hall.at("09:20").does(cancel("A001", Reason::our_mistake));
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[1].print_requested().appointment(), 1U);
    EXPECT_EQ(hall.reply().ticket().appointment(), 1U);
    EXPECT_EQ(hall.state("A001"), TicketState::appointment);
    EXPECT_EQ(hall.appointment(1).kind(), AppointmentKind::our_fault);
    EXPECT_EQ(hall.appointment(1).date(), "");  // any day
    hall.on_next_day("10:00").does(check_in(1));
    EXPECT_EQ(hall.shown("A001").key_v_ms(), tuesday("09:40"));  // as far back as H allows
    EXPECT_EQ(hall.shown("A001").claim(), Claim::kept);
    EXPECT_FALSE(hall.shown("A001").appointment_late());
}

TEST_F(AppointmentTest, WhoComesBackTheSameDayKeepsThatDaysArrival) {
    hall.does(issue("pension"));
    hall.at("09:20").does(cancel("A001", Reason::our_mistake));
    hall.at("09:25").does(issue("pension"));
    hall.at("09:30").does(check_in(1));
    EXPECT_EQ(hall.shown("A003").key_v_ms(), time_ms("09:10"));
    EXPECT_EQ(hall.shown("A003").ahead(), 0U);
}

TEST_F(AppointmentTest, WhatIsKeptIsKeptForMonthsButNotForEver) {
    hall.does(issue("pension"));
    hall.does(issue("pension"));
    hall.does(cancel("A001", Reason::our_mistake));
    hall.does(close_hall());  // A002 is carried over
    hall.at_ms(time_ms("12:00", kFirstDay + 29));
    EXPECT_EQ(state(2), AppointmentState::booked);  // although its slot was Tuesday's
    hall.at_ms(time_ms("12:00", kFirstDay + 32));
    EXPECT_EQ(hall.appointment(2).appointment(), 0U);
    EXPECT_EQ(state(1), AppointmentState::booked);
    hall.at_ms(time_ms("12:00", kFirstDay + 92));
    EXPECT_EQ(hall.hall().snapshot().appointments_size(), 0);
    EXPECT_EQ(hall.hall().snapshot().kept_size(), 0);
}

TEST_F(AppointmentTest, AHallThatGivesNoneSaysSo) {
    TestHall plain;
    plain.at("09:00").refuses(book("pension", tuesday("10:00")),
                              RefusalCode::appointments_not_given);
    protocol::Query query;
    query.mutable_slot_list()->set_service("pension");
    protocol::Reply reply;
    plain.hall().answer(query, plain.now_ms(), reply);
    EXPECT_EQ(reply.refusal().code(), RefusalCode::appointments_not_given);
    EXPECT_FALSE(plain.hall().guide_view(plain.now_ms()).gives_appointments());
}

TEST_F(AppointmentTest, QuestionsAboutSlotsAreChecked) {
    struct Row {
        const char* service;
        const char* date;
        RefusalCode::Value code;
    };
    for (const Row& row :
         std::initializer_list<Row>{{"", "", RefusalCode::no_service_given},
                                    {"tax", "", RefusalCode::unknown_service},
                                    {"pension", "tomorrow", RefusalCode::date_invalid},
                                    {"pension", "2026-11-2x", RefusalCode::date_invalid},
                                    {"pension", "2026/11/24", RefusalCode::date_invalid}}) {
        protocol::Query query;
        query.mutable_slot_list()->set_service(row.service);
        query.mutable_slot_list()->set_date(row.date);
        protocol::Reply reply;
        hall.hall().answer(query, hall.now_ms(), reply);
        EXPECT_EQ(reply.refusal().code(), row.code) << row.service << " " << row.date;
    }
}

TEST_F(AppointmentTest, TheGuideSeesWhoIsExpectedTodayBySlot) {
    books("pension", time_ms("11:00"));
    books("medical", time_ms("10:00"));
    books("pension", tuesday("10:00"));
    auto view = hall.hall().guide_view(hall.now_ms());
    EXPECT_TRUE(view.gives_appointments());
    ASSERT_EQ(view.appointments_size(), 2);
    EXPECT_EQ(view.appointment_count(), 2U);
    EXPECT_EQ(view.appointments(0).appointment(), 2U);
    hall.does(check_in(2));
    view = hall.hall().guide_view(hall.now_ms());
    ASSERT_EQ(view.appointments_size(), 1);
    EXPECT_EQ(view.appointments(0).appointment(), 1U);
}

TEST_F(AppointmentTest, ManyAppointmentsAreCountedAndTheFirstFiftyShown) {
    protocol::HallRules rules = rules_with_appointments();
    rules.set_slot_places(100);
    hall.does(install(rules));
    for (int i = 0; i < 60; ++i) books("pension", time_ms("11:00"));
    const auto view = hall.hall().guide_view(hall.now_ms());
    EXPECT_EQ(view.appointments_size(), 50);
    EXPECT_EQ(view.appointment_count(), 60U);
    protocol::Query query;
    query.mutable_appointment_list()->set_date(kMonday);
    protocol::Reply reply;
    hall.hall().answer(query, hall.now_ms(), reply);
    EXPECT_EQ(reply.appointments().appointments_size(), 60);
}

// 错峰: a Monday with a rush at ten and a quiet noon.
TEST_F(AppointmentTest, QuietSlotsComeFirstAsTheHallsOwnWeeksTell) {
    hall.at("10:05");
    for (int i = 0; i < 9; ++i) hall.does(issue("pension"));
    for (const char* clock : {"10:40", "11:05", "11:40", "13:05", "13:40", "14:10", "14:40",
                              "15:10", "15:40", "16:10", "16:40"}) {
        hall.at(clock);
        for (int i = 0; i < 3; ++i) hall.does(issue("medical"));
    }
    hall.at_ms(time_ms("06:00", kFirstDay + 7));
    const auto slots = hall.slots("pension", "2026-11-30");
    ASSERT_EQ(slots.size(), 17U);
    std::vector<int64_t> quiet;
    for (const auto& slot : slots) {
        if (slot.off_peak()) quiet.push_back(slot.slot_ms());
        if (slot.slot_ms() == time_ms("10:00", kFirstDay + 7)) {
            EXPECT_EQ(slot.expected_arrivals(), 9U);
            EXPECT_FALSE(slot.off_peak());
        }
    }
    const uint32_t monday = kFirstDay + 7;
    EXPECT_EQ(quiet, (std::vector<int64_t>{time_ms("08:30", monday), time_ms("09:00", monday),
                                           time_ms("09:30", monday), time_ms("12:00", monday),
                                           time_ms("12:30", monday)}));
    EXPECT_EQ(slots[0].slot_ms(), time_ms("08:30", monday));
    EXPECT_EQ(slots[5].slot_ms(), time_ms("10:00", monday));
}

TEST_F(AppointmentTest, WithoutItsWeekdayAllDaysTell) {
    hall.at("10:05").does(issue("pension"));
    hall.on_next_day("10:05");
    for (int i = 0; i < 4; ++i) hall.does(issue("pension"));
    hall.at_ms(time_ms("06:00", kFirstDay + 2));
    const auto of_ten = [&](const std::string& date) {
        for (const auto& slot : hall.slots("pension", date)) {
            if ((slot.slot_ms() + 8 * kHourMs) % kDayMs == 10 * kHourMs) {
                return slot.expected_arrivals();
            }
        }
        return 999U;
    };
    EXPECT_EQ(of_ten("2026-11-25"), 3U);  // (1 + 4) / 2, rounded
    EXPECT_EQ(of_ten("2026-11-30"), 1U);  // a Monday
}

TEST_F(AppointmentTest, WithNoHistoryNoSlotIsCalledQuiet) {
    for (const auto& slot : hall.slots("pension")) {
        EXPECT_FALSE(slot.off_peak());
        EXPECT_EQ(slot.expected_arrivals(), 0U);
    }
}

TEST_F(AppointmentTest, TheHistoryIsOfEightWeeks) {
    hall.at_ms(time_ms("12:00", kFirstDay + 100));
    const auto loads = hall.hall().snapshot().loads();
    EXPECT_EQ(loads.size(), 56);
    EXPECT_EQ(loads.Get(0).day(), kFirstDay + 44);
}

// A day of 23 hours: what was counted stays within it, and open hours keep their numbers.
TEST(AppointmentLoads, ADayThatSummerTimeShortensCountsItsHoursAsTheClockSays) {
    protocol::DayPlan plan = test_plan();
    plan.set_midnight_at_ms(time_ms("23:00"));  // the clock jumped, all edges came an hour sooner
    plan.set_opening_at_ms(time_ms("07:30"));
    TestHall hall(rules_with_appointments(), plan);
    hall.at("06:30").does(open_hall());
    hall.at("09:10").does(issue("pension"));  // the hall's clock shows 10:10
    hall.at("23:30");
    const auto load = hall.hall().snapshot().loads(0);
    ASSERT_EQ(load.arrivals_size(), 48);
    EXPECT_EQ(load.arrivals(20), 1U);
}

TEST(AppointmentLimits, ThereAreNeverMoreThanTheHallCanKeep) {
    TestHall hall(rules_with_appointments());
    hall.at("09:00").with_days_ahead();
    hall.does(book("pension", tuesday("10:00")));
    state::Hall data = hall.hall().snapshot();
    const state::Appointment one = data.appointments(0);
    for (uint64_t id = 2; id <= kAppointmentsMax; ++id) {
        state::Appointment& more = *data.add_appointments();
        more = one;
        more.set_appointment(id);
        more.set_slot_ms(tuesday("11:00"));
    }
    data.set_next_appointment(kAppointmentsMax + 1);
    Hall full = Hall::restore(data);
    Decision refused =
        full.decide(book("pension", tuesday("12:00")), {"guide-1", ""}, time_ms("09:00"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), RefusalCode::too_many_appointments);
    data.mutable_appointments()->RemoveLast();
    EXPECT_TRUE(Hall::restore(data).decide(book("pension", tuesday("12:00")), {"guide-1", ""},
                                           time_ms("09:00")));
}

TEST_F(AppointmentTest, ACheckInByMistakeIsUndoneAndTheAppointmentStands) {
    const uint64_t id = books("pension", time_ms("10:00"));
    hall.at("09:55").does(check_in(id));
    hall.does(cancel("A001", Reason::issued_by_mistake));
    EXPECT_EQ(state(id), AppointmentState::booked);
    hall.does(check_in(id));
    EXPECT_EQ(hall.ticket("A002").appointment(), id);
    // A visitor who leaves has used it.
    hall.does(cancel("A002", Reason::visitor_left));
    EXPECT_EQ(state(id), AppointmentState::checked_in);
    hall.refuses(check_in(id), RefusalCode::appointment_over);
}

}  // namespace
}  // namespace hall::core
