// The guide's screen as it is really drawn: legible, uncut, every target large enough for a finger,
// and three taps or three keys to a ticket.
#include <gtest/gtest.h>

#include "displays/guide/guide_screen.h"
#include "tests/console/drawn_rules.h"
#include "tests/console/held_way.h"
#include "tests/guide/guide_views.h"

namespace hall::guide {
namespace {

using kit::Key;
using protocol::PrinterState;
using protocol::PrintState;

struct Size {
    int width = 1366;
    int height = 768;
    float scale = 1;
};

struct DrawnGuide : testing::TestWithParam<Size> {
    Size size = GetParam();
    std::unique_ptr<kit::Shell> shell =
        console::shell_without_display(size.width, size.height, size.scale);
    protocol::GuideView view = open_hall();
    console::HeldWay hall;
    GuideScreen screen{{[] { return console::Desk::NewestCare(); }, hall, hall},
                       {[this] { return current; }, [] { return WalkModel::NewestCases(); }},
                       {"入口引导区", ""}};
    GuideModel::Newest current;

    void show(protocol::GuideView next, client::FeedState state = client::FeedState::live) {
        view = std::move(next);
        current = newest(view, state);
        settle();
    }
    void settle() { console::settle(*shell, screen); }
    void press(Key key) {
        shell->press(key);
        settle();
    }
    void tap(const std::string& id) {
        const auto* target = console::target_of(shell->drawn(), id);
        ASSERT_NE(target, nullptr) << id;
        shell->click(target->box.centre_x(), target->box.centre_y());
        settle();
    }
    void expect_well(const std::string& when) {
        SCOPED_TRACE(when);
        console::expect_drawn_well(shell->drawn(), {size.scale, 60});
    }
    // The slots that the screen asked for last.
    void slots_come() {
        ASSERT_FALSE(hall.asked.empty());
        hall.tell(some_slots());
        settle();
    }
    void refuse(protocol::RefusalCode::Value code) {
        protocol::Reply reply;
        reply.mutable_refusal()->set_code(code);
        hall.answer(reply);
        settle();
    }
    // Tabs until every target has had the focus.
    void expect_all_reached_by_tab() {
        const std::size_t targets = shell->drawn().targets.size();
        std::set<std::string> focused;
        for (std::size_t i = 0; i < targets; ++i) {
            press(Key::tab);
            for (const auto& target : shell->drawn().targets) {
                if (target.focused) focused.insert(target.id);
            }
        }
        EXPECT_EQ(focused.count("alarm.raise"), 0U) << "F12 alone: nobody comes to it by going on";
        EXPECT_EQ(focused.size() + 1, targets);
    }
    // The one next action: nothing else is filled but what is chosen.
    void expect_one_filled(const std::string& id) {
        for (const auto& target : shell->drawn().targets) {
            const bool filled = target.enabled && target.fill == kit::kConsoleColours.action;
            EXPECT_EQ(filled, target.id == id) << target.id;
        }
    }
    // Three keys, an answer, and the print's state.
    void issue(PrintState::Value state, PrinterState::Value cause = PrinterState::unknown) {
        press(Key::d1);
        press(Key::a);
        press(Key::enter);
        ASSERT_EQ(hall.sent.size(), 1U);
        hall.answer(issued("A024", 7));
        auto next = view;
        add_print(next, 7, "A024", state, cause);
        show(next);
    }
};

TEST_P(DrawnGuide, HomeIsLegible) {
    show(open_hall());
    expect_well("home");
    press(Key::d0);
    expect_well("second page of services");
    press(Key::d2);
    press(Key::a);
    press(Key::m);
    expect_well("chosen");
    press(Key::tab);
    expect_well("focus");
}

TEST_P(DrawnGuide, ThreeTapsIssueAndTheNumberIsTheLargestThing) {
    show(open_hall());
    tap("service.pension_claim");
    tap("category.80plus");
    tap("issue");
    ASSERT_EQ(hall.sent.size(), 1U);
    EXPECT_EQ(hall.sent[0].command.issue_ticket().categories(0), "80plus");
    hall.answer(issued("A024", 7));
    auto next = open_hall();
    add_print(next, 7, "A024", PrintState::printed);
    show(next);
    expect_well("issued");
    float number = 0;
    float others = 0;
    for (const auto& text : shell->drawn().texts) {
        float& largest = text.string == "A024" ? number : others;
        largest = std::max(largest, text.digit_px);
    }
    EXPECT_GT(number, others * 1.3F);
    EXPECT_TRUE(console::says(shell->drawn(), "已打印"));
}

TEST_P(DrawnGuide, AFailedPrintFillsItsStripRedAndOffersAnotherPrinter) {
    show(open_hall());
    issue(PrintState::failed, PrinterState::paper_out);
    expect_well("failed print");
    bool red = false;
    for (const auto& text : shell->drawn().texts) {
        red = red || (text.role == "print" && text.ground == kit::kConsoleColours.danger);
    }
    EXPECT_TRUE(red);
    press(Key::t);
    ASSERT_EQ(hall.sent.size(), 2U);
    EXPECT_EQ(hall.sent[1].command.retry_print().printer(), "self-service");
}

TEST_P(DrawnGuide, ALongRefusalIsReadToItsEnd) {
    show(open_hall());
    press(Key::d1);
    press(Key::enter);
    protocol::Reply reply;
    reply.mutable_refusal()->set_code(protocol::RefusalCode::storage_unavailable);
    hall.answer(reply);
    settle();
    EXPECT_TRUE(console::says(shell->drawn(), "检查磁盘"));
    expect_well("refused");
}

TEST_P(DrawnGuide, ListsAreLegible) {
    auto many = open_hall();
    for (int i = 0; i < 30; ++i) {
        add_away(many, "A" + std::to_string(100 + i),
                 i % 2 == 0 ? protocol::TicketState::missed : protocol::TicketState::on_errand);
        add_print(many, 100 + static_cast<std::uint64_t>(i), "B" + std::to_string(100 + i),
                  PrintState::failed, PrinterState::cover_open);
    }
    many.add_looks()->set_number("A023");
    many.mutable_looks(0)->set_window(12);
    show(many);
    press(Key::f2);
    expect_well("away");
    press(Key::escape);
    press(Key::f4);
    expect_well("prints");
}

TEST_P(DrawnGuide, EarlyWaitingAndClosedAreLegible) {
    auto early = early_hall();
    for (int i = 0; i < 12; ++i) {
        auto* row = early.add_registered();
        row->set_number("A0" + std::to_string(10 + i));
        row->set_green(i % 3 == 0);
        row->set_service_name("领养老金");
        row->set_state(protocol::TicketState::registered);
    }
    early.set_registered_count(12);
    show(early);
    press(Key::f3);
    expect_well("registered");
    press(Key::escape);
    expect_well("early waiting");
    auto closed = open_hall();
    closed.mutable_head()->set_phase(protocol::Phase::closed);
    show(closed);
    expect_well("closed");
    show(closed, client::FeedState::stale);
    expect_well("stale");
}

TEST_P(DrawnGuide, ANumberIsTypedOnTheScreenOrTheKeyboard) {
    show(open_hall());
    press(Key::f5);
    expect_well("entry");
    tap("cap.A");
    press(Key::d0);
    press(Key::d2);
    tap("cap.1");
    expect_well("typed");
    press(Key::enter);
    ASSERT_EQ(hall.sent.size(), 1U);
    EXPECT_EQ(hall.sent[0].command.step_out().number(), "A021");
}

TEST_P(DrawnGuide, EveryTargetIsReachedByTab) {
    show(open_hall());
    expect_all_reached_by_tab();
}

TEST_P(DrawnGuide, WaitsStoppedServicesAndNoticesAreLegible) {
    auto busy = busy_hall();
    busy.mutable_services(0)->set_stopped(true);
    busy.mutable_services(1)->set_windows_open(0);
    busy.mutable_services(2)->set_wait_low_ms(115 * kMinuteMs);
    busy.mutable_services(2)->set_wait_high_ms(145 * kMinuteMs);
    busy.mutable_services(2)->set_ahead(108);
    for (int i = 0; i < 12; ++i) add_appointment(busy, 100 + static_cast<std::uint64_t>(i), i);
    show(busy);
    expect_well("busy");
    EXPECT_TRUE(console::says(shell->drawn(), "请去找 A023"));
    press(Key::d1);
    expect_well("a stopped service is chosen");
    EXPECT_TRUE(console::says(shell->drawn(), "改约明天"));
    press(Key::f8);
    expect_well("notices");
    EXPECT_TRUE(console::says(shell->drawn(), "有人需要壮语,暂无窗口(A012)"));
    EXPECT_TRUE(console::says(shell->drawn(), "建议设优先窗口"));
}

TEST_P(DrawnGuide, NeedsAreLegibleAndEveryOneHasAKey) {
    auto busy = busy_hall();
    busy.mutable_services(1)->set_proxy(protocol::Proxy::in_person);
    busy.mutable_services(2)->set_proxy(protocol::Proxy::letter);
    show(busy);
    press(Key::d1);
    press(Key::n);
    expect_well("needs");
    press(Key::j);
    press(Key::d1);
    expect_well("an authorised agent");
    for (int page = 0; page < 3; ++page) {
        press(Key::page_down);
        expect_well("next page");
    }
    for (int page = 0; page < 3; ++page) press(Key::page_up);
    expect_all_reached_by_tab();
    press(Key::escape);  // the ring
    press(Key::escape);
    ASSERT_NE(console::target_of(shell->drawn(), "issue"), nullptr);
    for (const Key service : {Key::d2, Key::d3}) {
        press(service);
        expect_well("chosen");
        press(Key::n);
        expect_well("in person or by letter");
        press(Key::enter);
    }
}

TEST_P(DrawnGuide, ANoticeNeverHidesWhatWasChosen) {
    auto busy = busy_hall();
    busy.mutable_services(0)->set_ahead(108);
    busy.mutable_services(0)->set_wait_low_ms(115 * kMinuteMs);
    busy.mutable_services(0)->set_wait_high_ms(145 * kMinuteMs);
    show(busy);
    EXPECT_TRUE(console::says(shell->drawn(), "请去找 A023"));
    press(Key::d1);
    expect_well("a service");
    EXPECT_TRUE(console::says(shell->drawn(), "领养老金:前 108 位·约 115–145 分钟"));
    press(Key::n);
    press(Key::j);
    press(Key::d1);
    press(Key::enter);
    expect_well("and needs");
    EXPECT_TRUE(console::says(shell->drawn(), "领养老金:前 108 位·授权代理·要会桂柳话"));
}

TEST_P(DrawnGuide, AGreenTicketStaysThreeTapsAwayWithAllThatIsNew) {
    auto busy = busy_hall();
    add_appointment(busy, 12, 2);
    add_closing_offer(busy, "A031");
    show(busy);
    tap("service.pension_claim");
    tap("category.80plus");
    tap("issue");
    ASSERT_EQ(hall.sent.size(), 1U);
    EXPECT_EQ(hall.sent[0].command.issue_ticket().categories(0), "80plus");
}

TEST_P(DrawnGuide, AStoppedServiceOffersTwoWaysOutWithOneTapEach) {
    show(busy_hall());
    press(Key::d1);
    press(Key::enter);
    refuse(protocol::RefusalCode::issuing_stopped);
    expect_well("slots are asked for");
    slots_come();
    expect_well("slots are known");
    EXPECT_TRUE(console::says(shell->drawn(), "轮不到"));
    expect_one_filled("stopped.tomorrow");
    tap("stopped.tomorrow");
    ASSERT_EQ(hall.sent.size(), 2U);
    EXPECT_GT(hall.sent[1].command.book_appointment().slot_ms(), kNineFortyTwo);
}

TEST_P(DrawnGuide, AppointmentsAreLegibleAndCheckedInWithOneTapOrKey) {
    auto busy = busy_hall();
    for (int i = -2; i < 12; ++i) {
        add_appointment(busy, 1100 + static_cast<std::uint64_t>(i), i);
    }
    busy.mutable_appointments(3)->set_kind(protocol::AppointmentKind::carried_over);
    busy.mutable_appointments(3)->set_slot_ms(0);
    busy.set_appointment_count(80);
    show(busy);
    press(Key::f6);
    expect_well("appointments");
    EXPECT_TRUE(console::says(shell->drawn(), "还有 66 个没有列出"));
    expect_one_filled("book");
    press(Key::page_up);
    expect_well("late ones");
    EXPECT_TRUE(console::says(shell->drawn(), "按现场排队"));
    press(Key::page_down);
    press(Key::x);
    expect_well("a cancellation is asked twice");
    EXPECT_TRUE(console::says(shell->drawn(), "确定取消"));
    EXPECT_TRUE(hall.sent.empty());
    press(Key::enter);
    ASSERT_EQ(hall.sent.size(), 1U);
    EXPECT_NE(hall.sent[0].command.issue_ticket().appointment(), 0U);
    expect_all_reached_by_tab();
}

TEST_P(DrawnGuide, ASlotIsBookedByKeysAlone) {
    show(busy_hall());
    press(Key::f6);
    press(Key::n);
    expect_well("which service");
    press(Key::d1);
    expect_well("slots are asked for");
    slots_come();
    press(Key::b);
    expect_well("slots");
    EXPECT_TRUE(console::says(shell->drawn(), "错峰"));
    press(Key::d1);
    expect_well("a slot is chosen");
    press(Key::d0);
    expect_well("more slots");
    press(Key::p);
    press(Key::enter);
    ASSERT_EQ(hall.sent.size(), 1U);
    EXPECT_TRUE(hall.sent[0].command.book_appointment().by_phone());
    hall.answer(booked(31, hall.sent[0].command.book_appointment().slot_ms()));
    settle();
    expect_well("booked");
    EXPECT_TRUE(console::says(shell->drawn(), "预约号 31"));
    press(Key::u);
    ASSERT_EQ(hall.sent.size(), 2U);
    EXPECT_EQ(hall.sent[1].command.cancel_appointment().appointment(), 31U);
}

TEST_P(DrawnGuide, ASlotsRefusalIsReadToItsEnd) {
    show(busy_hall());
    press(Key::d1);
    press(Key::f6);
    press(Key::n);
    slots_come();
    press(Key::d1);
    press(Key::enter);
    refuse(protocol::RefusalCode::slot_full);
    expect_well("full");
    EXPECT_TRUE(console::says(shell->drawn(), "约满了"));
}

TEST_P(DrawnGuide, ChoicesBeforeClosingAreLegibleAndMadeWithOneKey) {
    auto busy = busy_hall();
    for (int i = 0; i < 20; ++i) {
        auto& row = add_closing_offer(busy, "A" + std::to_string(131 + i),
                                      i == 1   ? protocol::ClosingChoice::leave_papers
                                      : i == 2 ? protocol::ClosingChoice::stay
                                               : protocol::ClosingChoice::undecided);
        if (i == 3) row.set_service_name("灵活就业参保");
    }
    show(busy);
    expect_well("before closing");
    EXPECT_TRUE(console::says(shell->drawn(), "下班前 18"));
    press(Key::f7);
    expect_well("closing");
    press(Key::page_down);
    expect_well("next page");
    press(Key::d3);
    expect_well("asked twice");
    EXPECT_TRUE(hall.sent.empty());
    press(Key::down);
    press(Key::d1);
    ASSERT_EQ(hall.sent.size(), 1U);
    EXPECT_EQ(hall.sent[0].command.choose_at_closing().choice(), protocol::ClosingChoice::stay);
    hall.answer(protocol::Reply{});
    settle();
    expect_well("chosen");
    expect_all_reached_by_tab();
}

TEST_P(DrawnGuide, AnAppointmentsNumberIsTyped) {
    auto busy = busy_hall();
    add_appointment(busy, 12, 0);
    show(busy);
    press(Key::f5);
    press(Key::d1);
    press(Key::d2);
    expect_well("an appointment");
    press(Key::enter);
    ASSERT_EQ(hall.sent.size(), 1U);
    EXPECT_EQ(hall.sent[0].command.issue_ticket().appointment(), 12U);
}

TEST_P(DrawnGuide, NothingIsDrawnWhileNothingChanges) {
    show(open_hall());
    const auto drawn = shell->pictures_drawn();
    auto beat = view;
    beat.mutable_head()->set_publication(9);
    current = newest(beat);
    for (int i = 0; i < 5; ++i) ASSERT_TRUE(shell->turn(screen, 0).has_value());
    EXPECT_EQ(shell->pictures_drawn(), drawn);
}

INSTANTIATE_TEST_SUITE_P(Sizes, DrawnGuide,
                         testing::Values(Size{1366, 768, 1}, Size{1366, 768, 2},
                                         Size{1920, 1080, 1}, Size{1920, 1080, 1.5F},
                                         Size{1920, 1080, 2}),
                         [](const auto& test) {
                             return std::to_string(test.param.width) + "At" +
                                    std::to_string(static_cast<int>(test.param.scale * 100));
                         });

}  // namespace
}  // namespace hall::guide
