// The clerk's screen as it is really drawn: legible, uncut, one filled button, keys that work.
#include <gtest/gtest.h>

#include <set>

#include "displays/clerk/clerk_screen.h"
#include "tests/clerk/clerk_views.h"
#include "tests/console/drawn_rules.h"
#include "tests/console/held_way.h"

namespace hall::clerk {
namespace {

using kit::Key;

struct Size {
    int width = 1366;
    int height = 768;
    float scale = 1;
};

struct DrawnClerk : testing::TestWithParam<Size> {
    Size size = GetParam();
    std::unique_ptr<kit::Shell> shell =
        console::shell_without_display(size.width, size.height, size.scale);
    console::HeldWay hall;
    ClerkModel::Newest current;
    ClerkScreen screen{{[] { return console::Desk::NewestCare(); }, hall, hall},
                       [this] { return current; },
                       hall,
                       2};

    void show(protocol::ClerkView view, client::FeedState state = client::FeedState::live) {
        current = newest(std::move(view), state);
        console::settle(*shell, screen);
    }
    void press(Key key) {
        shell->press(key);
        console::settle(*shell, screen);
    }
    void expect_well(const std::string& when) {
        SCOPED_TRACE(when);
        console::expect_drawn_well(shell->drawn(), {size.scale, 44});
    }
    void expect_one_filled_button() {
        int filled = 0;
        for (const auto& target : shell->drawn().targets) {
            filled += target.fill == kit::kConsoleColours.action ? 1 : 0;
        }
        EXPECT_EQ(filled, 1);
    }
};

TEST_P(DrawnClerk, EachStageIsLegibleAndHasOneFilledButton) {
    show(idle_window());
    expect_well("idle");
    expect_one_filled_button();
    show(calling_window());
    expect_well("calling");
    expect_one_filled_button();
    auto serving = serving_window();
    show(serving);
    expect_well("serving");
    expect_one_filled_button();
    serving.mutable_current()->add_services("card_new");
    serving.mutable_current()->add_needs(protocol::Need::low_desk);
    show(serving);
    expect_well("serving one of two");
    auto paused = idle_window();
    paused.mutable_window()->set_state(protocol::WindowState::paused);
    paused.mutable_window()->set_pause_reason(protocol::Reason::meal);
    show(paused);
    expect_well("paused");
    paused.mutable_window()->set_state(protocol::WindowState::closed);
    show(paused);
    expect_well("closed");
}

TEST_P(DrawnClerk, TheWholeSentenceALanguageAndServicesLeftAreLegible) {
    auto view = idle_window();
    view.mutable_window()->set_reserved_credit_ms(10 * kMinuteMs);
    auto& offer = *view.mutable_offer();
    offer.set_must_speak("za");
    offer.set_language_eased(true);
    offer.add_services("card_new");
    offer.add_services("retirement");
    offer.set_wait_low_ms(15 * kMinuteMs);
    offer.set_wait_high_ms(20 * kMinuteMs);
    show(view);
    expect_well("offer that needs a language");
    EXPECT_TRUE(console::says(shell->drawn(), "可用翻译/12333"));
    EXPECT_TRUE(console::says(shell->drawn(), "预计等候 15–20 分钟。"));
    EXPECT_TRUE(console::says(shell->drawn(), "优先窗口 ≥10 分钟"));
    auto serving = serving_window();
    *serving.mutable_current()->mutable_services() = offer.services();
    serving.mutable_current()->set_must_speak("za");
    serving.mutable_current()->set_language_eased(true);
    show(serving);
    expect_well("serving one of three");
    view.clear_offer();
    view.mutable_window()->clear_offer();
    view.mutable_window()->set_offered_elsewhere("A012");
    view.mutable_window()->set_offered_at(3);
    show(view);
    expect_well("offered elsewhere");
    EXPECT_TRUE(console::says(shell->drawn(), "A012 先请 3 号窗口"));
}

TEST_P(DrawnClerk, TheNumberIsTheLargestThing) {
    show(serving_window());
    float number = 0;
    float others = 0;
    for (const auto& text : shell->drawn().texts) {
        float& largest = text.string == "A023" ? number : others;
        largest = std::max(largest, text.digit_px);
    }
    EXPECT_GT(number, others * 1.5F);
}

TEST_P(DrawnClerk, ListsAndChoicesAreLegible) {
    auto view = serving_window();
    for (int i = 0; i < 6; ++i) {
        add_row(*view.mutable_errands(), "A1" + std::to_string(10 + i), 30 + i,
                i % 2 == 0 ? protocol::TicketState::on_errand : protocol::TicketState::missed);
    }
    show(view);
    expect_well("away");
    press(Key::t);
    expect_well("transfer");
    press(Key::escape);
    press(Key::b);
    expect_well("who is back");
    press(Key::escape);
    press(Key::w);
    expect_well("waiting");
    show(view, client::FeedState::stale);
    press(Key::escape);
    expect_well("stale");
}

TEST_P(DrawnClerk, ALongRefusalIsReadToItsEnd) {
    show(idle_window());
    press(Key::space);
    protocol::Reply reply;
    reply.mutable_refusal()->set_code(protocol::RefusalCode::storage_unavailable);
    hall.answer(reply);
    console::settle(*shell, screen);
    EXPECT_TRUE(console::says(shell->drawn(), "检查磁盘"));
    expect_well("refused");
}

TEST_P(DrawnClerk, KeysDoWhatTheButtonsSay) {
    show(idle_window());
    press(Key::space);
    ASSERT_EQ(hall.sent.size(), 1U);
    EXPECT_EQ(hall.sent[0].command.call_next().offered(), "A024");
    hall.answer(protocol::Reply{});
    press(Key::p);
    press(Key::d2);
    ASSERT_EQ(hall.sent.size(), 2U);
    EXPECT_EQ(hall.sent[1].command.pause_window().reason(), protocol::Reason::meal);
    hall.answer(protocol::Reply{});
    show(serving_window());
    press(Key::t);
    press(Key::d1);
    ASSERT_EQ(hall.sent.size(), 3U);
    EXPECT_EQ(hall.sent[2].command.transfer().service(), "card_new");
    hall.answer(protocol::Reply{});
    press(Key::f);
    ASSERT_EQ(hall.sent.size(), 4U);
    EXPECT_TRUE(hall.sent[3].command.has_send_on_errand());
}

TEST_P(DrawnClerk, EveryTargetIsReachedByTab) {
    show(serving_window());
    const std::size_t targets = shell->drawn().targets.size();
    std::set<std::string> focused;
    for (std::size_t i = 0; i < targets; ++i) {
        press(Key::tab);
        for (const auto& target : shell->drawn().targets) {
            if (target.focused) focused.insert(target.id);
        }
    }
    EXPECT_EQ(focused.size(), targets);
}

TEST_P(DrawnClerk, NothingIsDrawnWhileNothingChanges) {
    show(serving_window());
    const auto drawn = shell->pictures_drawn();
    auto beat = serving_window();
    beat.mutable_head()->set_publication(9);
    current = newest(beat);
    for (int i = 0; i < 5; ++i) ASSERT_TRUE(shell->turn(screen, 0).has_value());
    EXPECT_EQ(shell->pictures_drawn(), drawn);
}

INSTANTIATE_TEST_SUITE_P(Sizes, DrawnClerk,
                         testing::Values(Size{1366, 768, 1}, Size{1366, 768, 2},
                                         Size{1920, 1080, 1}, Size{1920, 1080, 1.5F},
                                         Size{1920, 1080, 2}),
                         [](const auto& test) {
                             return std::to_string(test.param.width) + "At" +
                                    std::to_string(static_cast<int>(test.param.scale * 100));
                         });

}  // namespace
}  // namespace hall::clerk
