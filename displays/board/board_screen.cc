#include "displays/board/board_screen.h"

#include <algorithm>
#include <utility>

#include "displays/board/board_view.h"

namespace hall::board {
namespace {

using kit::Key;

// What a key types on the query line; 0: nothing.
char character_of(Key key) {
    const auto from = [key](Key first, char character) {
        return static_cast<char>(character + static_cast<int>(key) - static_cast<int>(first));
    };
    if (key >= Key::a && key <= Key::z) return from(Key::a, 'A');
    if (key >= Key::d0 && key <= Key::d9) return from(Key::d0, '0');
    if (key == Key::minus) return '-';
    if (key == Key::slash) return '/';
    return 0;
}

}  // namespace

BoardScreen::BoardScreen(BoardLink link, std::uint32_t window, ScreenSize screen,
                         std::ofstream trace)
    : link_(std::move(link)), model_(window), screen_(screen), trace_(std::move(trace)) {}

// While the link is broken its sentence says all there is: nothing can be asked.
BoardPicture BoardScreen::picture(std::int64_t now_ms) const {
    BoardPicture picture = model_.picture(now_ms);
    if (can_ask()) picture.query = query_.picture(now_ms);
    return picture;
}

BoardPicture BoardScreen::relevant(std::int64_t now_ms) const {
    BoardPicture picture = this->picture(now_ms);
    if (!turning_.now) picture.now_page = 0;
    if (!turning_.lists) picture.list_page = 0;
    if (turning_.query <= 1) picture.query.page = 0;
    return picture;
}

bool BoardScreen::update(std::int64_t now_ms) {
    model_.take(link_.newest(), now_ms);
    if (link_.deliver) link_.deliver();
    query_.pass(now_ms, turning_.query);
    return !shown_ || relevant(now_ms) != *shown_;
}

std::int64_t BoardScreen::idle_ms(std::int64_t now_ms) const {
    const std::int64_t idle = model_.idle_ms(now_ms, turning_);
    const auto query = query_.idle_ms(now_ms, turning_.query);
    return query ? std::max<std::int64_t>(1, std::min(idle, *query)) : idle;
}

bool BoardScreen::typed(Key key, std::int64_t now_ms) {
    if (!can_ask()) return false;
    if (key == Key::enter) {
        query_.enter(model_.view().groups(), now_ms);
        if (const auto asking = query_.outgoing()) link_.ask(*asking);
    } else if (key == Key::backspace) {
        query_.erase(now_ms);
    } else if (key == Key::escape) {
        query_.clear();
    } else if (const char character = character_of(key); character != 0) {
        query_.type(character, now_ms);
    } else {
        return false;
    }
    return true;
}

void BoardScreen::answered(std::uint64_t id, const client::Answer& answer) {
    const std::int32_t utc_offset_s = model_.known() ? model_.view().head().utc_offset_s() : 0;
    query_.answered(id, answer, utc_offset_s, kit::monotonic_ns() / 1'000'000);
}

void BoardScreen::draw(kit::Frame& frame) {
    turning_ = draw_board(frame.canvas, picture(frame.now_ms), screen_);
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
