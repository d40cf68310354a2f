// Slots, appointments, and the choices before closing.
#include "tests/guide/guide_taps.h"

namespace hall::guide {
namespace {

using protocol::AppointmentKind;
using protocol::ClosingChoice;
using protocol::RefusalCode;

constexpr std::int64_t kDayMs = 24 * 60 * kMinuteMs;
constexpr std::int64_t kTomorrowHalfPastEight = kNineFortyTwo + kDayMs - 72 * kMinuteMs;

struct GuideAppointments : GuideTaps {
    void tap_appointment(Do what, std::uint64_t id) { tap(Act{.what = what, .appointment = id}); }
    void choose(const std::string& number, ClosingChoice::Value choice) {
        tap(Act{.what = Do::at_closing, .value = number, .choice = choice});
    }
    // A service, the page of appointments, its slots.
    void at_slots() {
        given(busy_hall());
        tap(Do::service, "pension_claim");
        tap(Do::category, "80plus");
        tap(Do::show_appointments);
        tap(Do::book);
        slots_come();
    }
    void confirm_tomorrow() {
        tap(Do::slot_day, "2026-11-25");
        tap(Do::slot, std::to_string(kTomorrowHalfPastEight));
        tap(Do::confirm_booking);
    }
    protocol::GuideView closing_hall() {
        auto view = busy_hall();
        for (const char* number : {"A031", "A032", "A033"}) add_closing_offer(view, number);
        return view;
    }
};

TEST_F(GuideAppointments, TodaysAreListedAndOneTapChecksIn) {
    auto view = busy_hall();
    add_appointment(view, 12, 2);
    given(view);
    EXPECT_EQ(picture().appointment_count, 1U);
    tap(Do::show_appointments);
    const auto rows = picture().appointments.rows;
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].slot, "10:00–10:30");
    EXPECT_EQ(rows[0].number, "预约号 12");
    EXPECT_EQ(rows[0].service, "办退休");
    EXPECT_EQ(rows[0].state.word, "10:15 前签到算准时");
    tap_appointment(Do::check_in, 12);
    const auto command = sent().command;
    EXPECT_EQ(command.issue_ticket().appointment(), 12U);
    EXPECT_EQ(command.issue_ticket().services_size(), 0) << "it brings its own";
    answer(issued("C005", 7));
    EXPECT_EQ(picture().card.number, "C005");
    EXPECT_FALSE(picture().appointments.open);
}

TEST_F(GuideAppointments, BeforeOpeningACheckInRegisters) {
    auto view = busy_hall();
    view.mutable_head()->set_phase(protocol::Phase::early_waiting);
    add_appointment(view, 12, 2);
    given(view);
    tap_appointment(Do::check_in, 12);
    EXPECT_EQ(sent().command.register_early_waiting().ticket().appointment(), 12U);
}

TEST_F(GuideAppointments, ACheckInLeavesTheFormOfTheNextVisitorAlone) {
    auto view = busy_hall();
    add_appointment(view, 12, 2);
    given(view);
    tap(Do::service, "card_new");
    tap_appointment(Do::check_in, 12);
    sent();
    answer(issued("C005", 7));
    EXPECT_TRUE(service(picture(), "card_new").on);
    tap(Do::undo);
    EXPECT_EQ(sent().command.cancel_ticket().number(), "C005");
}

TEST_F(GuideAppointments, LateIsSaidBeforeAndAfterTheCheckInFromMinuteGPlusOne) {
    auto view = busy_hall();
    auto& one = add_appointment(view, 12, 0);
    one.set_grace_until_ms(kNineFortyTwo);
    given(view);
    tap(Do::show_appointments);
    EXPECT_EQ(picture().appointments.rows[0].state.gravity, Gravity::plain)
        << "within the grace to its last moment";
    now += kMinuteMs;
    EXPECT_EQ(picture().appointments.rows[0].state.word, "09:42 已过,按现场排队");
    EXPECT_EQ(picture().appointments.rows[0].state.gravity, Gravity::warning);
    tap_appointment(Do::check_in, 12);
    sent();
    auto reply = issued("C005", 7);
    reply.mutable_ticket()->set_appointment_late(true);
    answer(reply);
    EXPECT_NE(picture().message.word.find("C005:预约晚到,按现场取号排队"), std::string::npos);
    EXPECT_EQ(picture().message.gravity, Gravity::warning);
}

TEST_F(GuideAppointments, AKeptArrivalIsNeverLate) {
    auto view = busy_hall();
    for (const auto kind : {AppointmentKind::carried_over, AppointmentKind::left_papers,
                            AppointmentKind::our_fault}) {
        auto& one = add_appointment(view, 12, 0);
        one.set_kind(kind);
        one.set_grace_until_ms(kNineFortyTwo - kMinuteMs);
    }
    given(view);
    tap(Do::show_appointments);
    for (const auto& row : picture().appointments.rows) {
        EXPECT_EQ(row.state.gravity, Gravity::plain) << row.state.word;
    }
}

TEST_F(GuideAppointments, ThePageBeginsWithWhomIsDue) {
    auto view = busy_hall();
    add_appointment(view, 5, -2);
    add_appointment(view, 6, -1);
    add_appointment(view, 7, 1);
    given(view);
    tap(Do::show_appointments);
    EXPECT_FALSE(picture().appointments.chosen) << "Enter checks nobody in unasked";
    EXPECT_EQ(picture().appointments.at, 2);
    tap(Act{.what = Do::move_appointment, .by = 1});
    EXPECT_TRUE(picture().appointments.rows[2].chosen);
    tap(Act{.what = Do::move_appointment, .by = -1});
    EXPECT_TRUE(picture().appointments.rows[1].chosen);
}

TEST_F(GuideAppointments, ACancellationIsAskedTwice) {
    auto view = busy_hall();
    add_appointment(view, 12, 2);
    add_appointment(view, 13, 3);
    given(view);
    tap(Do::show_appointments);
    tap_appointment(Do::cancel_appointment, 12);
    EXPECT_FALSE(model.outgoing().has_value());
    EXPECT_EQ(picture().appointments.rows[0].cancel, "确定取消");
    tap_appointment(Do::cancel_appointment, 13);
    EXPECT_FALSE(model.outgoing().has_value()) << "another one is another question";
    EXPECT_EQ(picture().appointments.rows[0].cancel, "取消");
    tap_appointment(Do::cancel_appointment, 13);
    EXPECT_EQ(sent().command.cancel_appointment().appointment(), 13U);
    answer(protocol::Reply{});
    EXPECT_EQ(picture().appointments.message.word, "预约 13 已取消");
}

TEST_F(GuideAppointments, AnotherTapTakesTheQuestionBack) {
    auto view = busy_hall();
    add_appointment(view, 12, 2);
    given(view);
    tap_appointment(Do::cancel_appointment, 12);
    tap(Do::show_appointments);
    tap_appointment(Do::cancel_appointment, 12);
    EXPECT_FALSE(model.outgoing().has_value());
}

TEST_F(GuideAppointments, ServiceDaySlotConfirmAndTheSlipIsOnTheCard) {
    at_slots();
    EXPECT_EQ(picture().booking.title, "预约:领养老金");
    confirm_tomorrow();
    const auto booking = sent().command.book_appointment();
    EXPECT_EQ(booking.slot_ms(), kTomorrowHalfPastEight);
    EXPECT_EQ(booking.ticket().services(0), "pension_claim");
    EXPECT_EQ(booking.ticket().categories(0), "80plus");
    EXPECT_FALSE(booking.by_phone());
    answer(booked(31, kTomorrowHalfPastEight));
    const auto card = picture().card;
    EXPECT_EQ(card.title, "刚约的时段");
    EXPECT_EQ(card.number, "08:30");
    EXPECT_EQ(card.place, "明天 · 预约号 31");
    EXPECT_FALSE(picture().booking.open);
    EXPECT_FALSE(picture().clear_disabled.empty()) << "home again for the next visitor";
    auto view = busy_hall();
    add_print(view, 9, "", protocol::PrintState::failed, protocol::PrinterState::paper_out);
    view.mutable_prints(0)->mutable_appointment()->set_appointment(31);
    given(view);
    EXPECT_EQ(picture().card.print.state.word, "没有打印:缺纸");
    EXPECT_EQ(picture().card.print.number, "预约 31");
    EXPECT_EQ(picture().bad_prints, 1U) << "its slip is a print like any other";
}

TEST_F(GuideAppointments, ABookingIsTakenBackForTenSecondsAndTheFormReturns) {
    at_slots();
    confirm_tomorrow();
    sent();
    answer(booked(31, kTomorrowHalfPastEight));
    EXPECT_EQ(picture().card.undo, "撤销 10 秒");
    tap(Do::undo);
    EXPECT_EQ(sent().command.cancel_appointment().appointment(), 31U);
    answer(protocol::Reply{});
    EXPECT_TRUE(picture().card.undo.empty());
    EXPECT_TRUE(service(picture(), "pension_claim").on);
}

TEST_F(GuideAppointments, OffPeakSlotsComeFirstAndAreMarkedAndFullOnesSaySo) {
    at_slots();
    tap(Do::slot_day, "2026-11-25");
    const auto slots = picture().booking.slots;
    ASSERT_FALSE(slots.empty());
    EXPECT_EQ(slots.front().label, "13:30–14:00");
    EXPECT_EQ(slots.front().detail, "错峰 · 余 4");
    EXPECT_EQ(slots[4].label, "08:30–09:00");
    EXPECT_EQ(slots[4].detail, "余 2");
    EXPECT_EQ(slots.back().detail, "约满");
    EXPECT_FALSE(slots.back().disabled.empty());
    tap(Do::slot, slots.back().code);
    EXPECT_FALSE(picture().booking.confirm_disabled.empty()) << "a full one cannot be chosen";
}

TEST_F(GuideAppointments, ByPhoneNothingIsPrinted) {
    at_slots();
    tap(Do::by_phone);
    confirm_tomorrow();
    EXPECT_TRUE(sent().command.book_appointment().by_phone());
    auto reply = booked(31, kTomorrowHalfPastEight);
    reply.mutable_appointment()->set_by_phone(true);
    answer(reply);
    now += 2 * kPrintSilentMs;
    EXPECT_EQ(picture().card.print.state.word, "电话预约,不打印");
    EXPECT_NE(picture().card.print.state.gravity, Gravity::bad);
}

TEST_F(GuideAppointments, WithoutAServiceThePageAsksForOne) {
    given(busy_hall());
    tap(Do::show_appointments);
    tap(Do::book);
    EXPECT_FALSE(picture().booking.of_service);
    EXPECT_FALSE(model.asking().has_value());
    tap(Do::book_service, "card_new");
    EXPECT_EQ(slots_come(), "card_new");
    EXPECT_EQ(picture().booking.title, "预约:办社保卡");
}

TEST_F(GuideAppointments, ASlotTakenMeanwhileIsSaidAndTheListAskedAnew) {
    at_slots();
    confirm_tomorrow();
    sent();
    refuse(RefusalCode::slot_full);
    EXPECT_TRUE(picture().booking.open);
    EXPECT_EQ(picture().booking.message.gravity, Gravity::bad);
    auto now_full = some_slots();
    for (auto& slot : *now_full.mutable_slots()->mutable_slots()) {
        if (slot.slot_ms() == kTomorrowHalfPastEight) slot.set_free(0);
    }
    slots_come(now_full);
    EXPECT_FALSE(picture().booking.confirm_disabled.empty()) << "it is not chosen any more";
    EXPECT_NE(picture().booking.message.word.find("约满"), std::string::npos);
}

TEST_F(GuideAppointments, AnOlderQuestionsAnswerIsDropped) {
    given(busy_hall());
    tap(Do::service, "card_new");
    tap(Do::book);
    const auto old = model.asking();
    ASSERT_TRUE(old.has_value());
    tap(Do::book_service);
    tap(Do::book_service, "retirement");
    const auto asked = model.asking();
    ASSERT_TRUE(asked.has_value());
    EXPECT_EQ(asked->slot_list().service(), "retirement");
    model.told(*old, some_slots());
    EXPECT_TRUE(picture().booking.days.empty());
    model.told(*asked, some_slots());
    EXPECT_EQ(picture().booking.days.size(), 4U);
}

TEST_F(GuideAppointments, NoAnswerSaysSoAndCanBeAskedAgain) {
    given(busy_hall());
    tap(Do::service, "card_new");
    tap(Do::book);
    const auto query = model.asking();
    ASSERT_TRUE(query.has_value());
    EXPECT_EQ(picture().booking.message.gravity, Gravity::waiting);
    model.told(*query, tl::unexpected(Error{"server_unreachable", ""}));
    EXPECT_NE(picture().booking.message.word.find("重新查"), std::string::npos);
    tap(Do::ask_slots);
    EXPECT_EQ(slots_come(), "card_new");
    EXPECT_TRUE(picture().booking.message.word.empty());
}

TEST_F(GuideAppointments, AHallWithoutAppointmentsShowsNone) {
    given(open_hall());
    EXPECT_FALSE(picture().has_appointments);
    auto view = open_hall();
    add_appointment(view, 12, 2);
    given(view);
    EXPECT_TRUE(picture().has_appointments) << "those carried over are checked in here too";
    tap(Do::show_appointments);
    EXPECT_FALSE(picture().appointments.book_disabled.empty());
}

TEST_F(GuideAppointments, DigitsAloneAreAnAppointmentsNumber) {
    given(busy_hall());
    tap(Do::enter_number);
    tap(Do::type, "1");
    tap(Do::type, "2");
    EXPECT_TRUE(picture().entry.appointment);
    EXPECT_TRUE(picture().entry.disabled.empty());
    tap(Do::check_in);
    EXPECT_EQ(sent().command.issue_ticket().appointment(), 12U);
    refuse(RefusalCode::unknown_appointment);
    EXPECT_TRUE(picture().entry.open);
    EXPECT_EQ(picture().entry.typed, "12") << "a refusal keeps what was typed";
    tap(Do::cancel_appointment);
    EXPECT_FALSE(model.outgoing().has_value());
    EXPECT_EQ(picture().entry.cancel, "确定取消");
    tap(Do::cancel_appointment);
    EXPECT_EQ(sent().command.cancel_appointment().appointment(), 12U);
}

TEST_F(GuideAppointments, BeforeClosingEachIsAskedAndToStayIsOneTap) {
    given(closing_hall());
    EXPECT_TRUE(picture().closing.shown);
    EXPECT_EQ(picture().closing.undecided, 3U);
    tap(Do::show_closing);
    EXPECT_EQ(picture().closing.title, "下班前:还有 3 位没选");
    ASSERT_EQ(picture().closing.rows[0].choices.size(), 3U);
    choose("A031", ClosingChoice::stay);
    const auto command = sent().command.choose_at_closing();
    EXPECT_EQ(command.number(), "A031");
    EXPECT_EQ(command.choice(), ClosingChoice::stay);
}

TEST_F(GuideAppointments, WhatEndsATicketIsAskedTwice) {
    given(closing_hall());
    tap(Do::show_closing);
    for (const auto choice : {ClosingChoice::tomorrow, ClosingChoice::leave_papers}) {
        choose("A032", choice);
        EXPECT_FALSE(model.outgoing().has_value());
        EXPECT_EQ(picture().closing.rows[1].sure, ClosingChoice::Value_Name(choice));
        choose("A032", choice);
        EXPECT_EQ(sent().command.choose_at_closing().choice(), choice);
        refuse(RefusalCode::server_busy);
        EXPECT_EQ(picture().closing.message.gravity, Gravity::bad);
    }
    choose("A032", ClosingChoice::tomorrow);
    choose("A033", ClosingChoice::tomorrow);
    EXPECT_FALSE(model.outgoing().has_value()) << "another visitor is another question";
}

TEST_F(GuideAppointments, AfterAChoiceTheNextUndecidedIsTheCurrentOne) {
    auto view = closing_hall();
    view.mutable_closing_offers(1)->set_closing_choice(ClosingChoice::stay);
    given(view);
    tap(Do::show_closing);
    EXPECT_TRUE(picture().closing.rows[0].current);
    choose("", ClosingChoice::stay);
    EXPECT_EQ(sent().command.choose_at_closing().number(), "A031") << "the current one";
    answer(protocol::Reply{});
    EXPECT_TRUE(picture().closing.rows[2].current) << "A032 has chosen already";
    EXPECT_EQ(picture().closing.message.word, "A031:留下等延时");
    tap(Act{.what = Do::move_closing, .by = -1});
    EXPECT_TRUE(picture().closing.rows[1].current);
}

TEST_F(GuideAppointments, WhatWasChosenIsShown) {
    auto view = busy_hall();
    add_closing_offer(view, "A031", ClosingChoice::leave_papers);
    given(view);
    tap(Do::show_closing);
    const auto row = picture().closing.rows[0];
    EXPECT_FALSE(row.choices[0].on);
    EXPECT_FALSE(row.choices[1].on);
    EXPECT_TRUE(row.choices[2].on);
    EXPECT_EQ(picture().closing.title, "下班前:都选好了");
}

TEST_F(GuideAppointments, AnAnswerToAClosedPageIsToldOnTheHomeScreen) {
    given(closing_hall());
    tap(Do::show_closing);
    choose("A031", ClosingChoice::stay);
    sent();
    tap(Do::close);
    refuse(RefusalCode::ticket_not_waiting);
    EXPECT_EQ(picture().message.gravity, Gravity::bad);
}

TEST_F(GuideAppointments, NothingIsSentWhileTheLinkIsDown) {
    auto view = closing_hall();
    add_appointment(view, 12, 2);
    model.take(newest(view, client::FeedState::stale), now);
    tap_appointment(Do::check_in, 12);
    choose("A031", ClosingChoice::stay);
    EXPECT_FALSE(model.outgoing().has_value());
}

}  // namespace
}  // namespace hall::guide
