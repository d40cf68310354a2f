// Views of an invented county hall at 09:42 of 2026-11-24, and a board drawn from them off screen.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <memory>
#include <string>

#include "displays/board/board_model.h"
#include "displays/board/board_view.h"
#include "displays/kit/theme.h"
#include "tests/kit/off_screen.h"

namespace hall::board {

inline constexpr std::int64_t kMidnightMs = 1'795'449'600'000;  // 2026-11-24 00:00 at UTC+8
inline constexpr std::int64_t kHourMs = 3'600'000;
inline constexpr std::int64_t kNineFortyTwoMs = kMidnightMs + 9 * kHourMs + 42 * 60'000;

inline protocol::BoardView hall_view(protocol::Phase::Value phase, std::int64_t at_ms) {
    protocol::BoardView view;
    auto* head = view.mutable_head();
    head->set_seq(100);
    head->set_server_time_ms(at_ms);
    head->set_utc_offset_s(8 * 3'600);
    head->set_date("2026-11-24");
    head->set_hall_name("星河县社保大厅");
    head->set_phase(phase);
    view.set_zone("hall");
    view.set_zone_name("等候区");
    view.set_opening_at_ms(kMidnightMs + 8 * kHourMs + kHourMs / 2);
    view.set_closing_at_ms(kMidnightMs + 17 * kHourMs);
    view.set_early_waiting_at_ms(kMidnightMs + 7 * kHourMs + kHourMs / 2);
    view.set_next_opening_at_ms(kMidnightMs + 32 * kHourMs + kHourMs / 2);
    view.set_early_waiting_zone("一楼东侧提前等候区");
    return view;
}

inline void add_call(protocol::BoardView& view, const std::string& number, std::uint32_t window,
                     bool calling, bool green, std::uint64_t seq) {
    auto* call = view.add_calls();
    call->set_number(number);
    call->set_window(window);
    call->set_calling(calling);
    call->set_green(green);
    call->set_called_at_ms(view.head().server_time_ms() - 100);
    call->set_count(1);
    call->set_call_seq(seq);
}

inline void add_group(protocol::BoardView& view, const std::string& name, std::uint32_t waiting) {
    auto* group = view.add_groups();
    group->set_name(name);
    group->set_waiting(waiting);
}

// The morning of the sketch.
inline protocol::BoardView open_view() {
    auto view = hall_view(protocol::Phase::open, kNineFortyTwoMs);
    add_call(view, "A023", 12, true, true, 60);
    add_call(view, "B117", 3, false, false, 59);
    add_call(view, "A022", 7, false, true, 58);
    add_call(view, "C041", 1, false, false, 57);
    add_call(view, "B116", 5, false, false, 56);
    add_call(view, "B115", 11, false, false, 55);
    add_call(view, "A021", 2, false, false, 54);
    add_call(view, "C040", 6, false, false, 53);
    add_group(view, "养老", 14);
    add_group(view, "医保", 6);
    add_group(view, "社保卡", 3);
    return view;
}

inline protocol::BoardView early_view(int people = 12) {
    auto view = hall_view(protocol::Phase::early_waiting, kMidnightMs + 8 * kHourMs);
    for (int i = 0; i < people; ++i) {
        auto* first = view.add_first();
        first->set_number(fmt::format("{}{:03}", "ABC"[i % 3], 1 + i / 3));
        for (const int window : {1, 2, 3, 5}) {
            if ((window + i) % 3 != 0) first->add_windows(static_cast<std::uint32_t>(window));
        }
        first->set_green(i % 4 == 0);
    }
    view.set_registered(37);
    return view;
}

inline BoardModel::Newest live(protocol::BoardView view) {
    BoardModel::Newest newest;
    newest.view = std::make_shared<const protocol::BoardView>(std::move(view));
    newest.state = client::FeedState::live;
    return newest;
}

inline BoardModel::Newest stale(protocol::BoardView view) {
    auto newest = live(std::move(view));
    newest.state = client::FeedState::stale;
    newest.age_ms = 60'000;
    return newest;
}

inline ScreenSize screen_at(double distance_m, double diagonal_in = 55) {
    ScreenSize screen;
    screen.distance_m = distance_m;
    screen.diagonal_in = diagonal_in;
    return screen;
}

// One picture of one moment.
struct StillBoard final : kit::Screen {
    BoardPicture picture;
    ScreenSize size;
    Turning turning;

    bool update(std::int64_t) override { return false; }
    std::int64_t idle_ms(std::int64_t) const override { return 1'000; }
    void draw(kit::Frame& frame) override { turning = draw_board(frame.canvas, picture, size); }
};

}  // namespace hall::board
