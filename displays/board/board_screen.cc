#include "displays/board/board_screen.h"

#include <utility>

#include "displays/board/board_view.h"

namespace hall::board {

BoardScreen::BoardScreen(std::function<BoardModel::Newest()> newest, std::uint32_t window,
                         ScreenSize screen, std::ofstream trace)
    : newest_(std::move(newest)), model_(window), screen_(screen), trace_(std::move(trace)) {}

BoardPicture BoardScreen::relevant(std::int64_t now_ms) const {
    BoardPicture picture = model_.picture(now_ms);
    if (!turning_.now) picture.now_page = 0;
    if (!turning_.lists) picture.list_page = 0;
    return picture;
}

bool BoardScreen::update(std::int64_t now_ms) {
    model_.take(newest_(), now_ms);
    return !shown_ || relevant(now_ms) != *shown_;
}

std::int64_t BoardScreen::idle_ms(std::int64_t now_ms) const {
    return model_.idle_ms(now_ms, turning_);
}

void BoardScreen::draw(kit::Frame& frame) {
    turning_ = draw_board(frame.canvas, model_.picture(frame.now_ms), screen_);
    shown_ = relevant(frame.now_ms);
}

void BoardScreen::shown(std::int64_t monotonic_ns) {
    if (!trace_.is_open()) return;
    trace_ << model_.newest_call_seq() << ' ' << monotonic_ns << std::endl;
}

void TooSmallScreen::draw(kit::Frame& frame) {
    draw_too_small(frame.canvas, sentence_);
}

}  // namespace hall::board
