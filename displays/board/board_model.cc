#include "displays/board/board_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <utility>

#include "wording/names.h"
#include "wording/wording.h"

namespace hall::board {
namespace {

using client::FeedState;
using protocol::BoardView;
using protocol::Phase;
using protocol::WindowState;
using wording::format;
using wording::text;

constexpr std::int64_t kNotLit = std::numeric_limits<std::int64_t>::min();
// Keeps 08:30–17:00 on one line.
const std::string kWordJoiner = "\u2060";
constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kDayMs = 24 * 60 * kMinuteMs;

std::int64_t local_ms(std::int64_t utc_ms, const protocol::ViewHead& head) {
    return utc_ms + std::int64_t{head.utc_offset_s()} * 1'000;
}

std::string clock_text(std::int64_t utc_ms, const protocol::ViewHead& head) {
    const std::int64_t minutes = local_ms(utc_ms, head) / kMinuteMs % (24 * 60);
    return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

// 今天, 明天, or the date.
std::string day_text(std::int64_t utc_ms, std::int64_t now_ms, const protocol::ViewHead& head) {
    const std::int64_t day = local_ms(utc_ms, head) / kDayMs;
    const std::int64_t today = local_ms(now_ms, head) / kDayMs;
    if (day == today) return text("board.today");
    if (day == today + 1) return text("board.tomorrow");
    const std::chrono::sys_days date{std::chrono::days{day}};
    const std::chrono::year_month_day civil{date};
    return format("board.date", {{"month", fmt::to_string(static_cast<unsigned>(civil.month()))},
                                 {"day", fmt::to_string(static_cast<unsigned>(civil.day()))}});
}

std::string warning_of(FeedState state) {
    switch (state) {
        case FeedState::connecting:
        case FeedState::live:
            return "";
        case FeedState::stale:
            return text("board.stale");
        case FeedState::not_enrolled:
            return text("board.not_enrolled");
        case FeedState::keys_mismatch:
            return text("board.keys_mismatch");
    }
    return text("board.stale");
}

}  // namespace

std::string windows_text(std::vector<std::uint32_t> windows) {
    std::sort(windows.begin(), windows.end());
    std::string out;
    for (std::size_t i = 0; i < windows.size();) {
        std::size_t last = i;
        while (last + 1 < windows.size() && windows[last + 1] == windows[last] + 1) ++last;
        if (!out.empty()) out += kWindowsComma;
        out += fmt::to_string(windows[i]);
        if (last == i + 1) out += fmt::format("{}{}", kWindowsComma, windows[last]);
        if (last > i + 1) out += fmt::format("–{}", windows[last]);
        i = last + 1;
    }
    return out;
}

void BoardModel::take(const Newest& newest, std::int64_t now_ms) {
    newest_ = newest;
    taken_ms_ = now_ms;
    if (newest.view == nullptr) return;
    std::map<std::uint64_t, std::int64_t> calls;
    const std::int64_t server_ms = newest.view->head().server_time_ms();
    for (const BoardView::Call& call : newest.view->calls()) {
        const std::uint64_t seq = call.call_seq();
        if (const auto known = calls_.find(seq); known != calls_.end()) {
            calls.insert(*known);
            continue;
        }
        const bool fresh = call.calling() && server_ms - call.called_at_ms() < kNewCallMs;
        calls.emplace(seq, fresh ? now_ms : kNotLit);
        if (fresh) now_paged_since_ms_ = now_ms;
        newest_call_seq_ = std::max(newest_call_seq_, seq);
    }
    calls_ = std::move(calls);
}

std::int64_t BoardModel::hall_time_ms(std::int64_t now_ms) const {
    return newest_.view->head().server_time_ms() + newest_.age_ms + (now_ms - taken_ms_);
}

bool BoardModel::lit(std::uint64_t call_seq, std::int64_t now_ms) const {
    const auto call = calls_.find(call_seq);
    if (call == calls_.end() || call->second == kNotLit) return false;
    const std::int64_t since_ms = now_ms - call->second;
    return since_ms < kHighlightMs && since_ms / kHighlightPhaseMs % 2 == 0;
}

CallLine BoardModel::line_of(const BoardView::Call& call, std::int64_t now_ms) const {
    CallLine line;
    line.number = call.number();
    line.windows = fmt::to_string(call.window());
    line.green = call.green();
    line.calling = call.calling();
    line.lit = call.calling() && newest_.state == FeedState::live && lit(call.call_seq(), now_ms);
    if (!call.calling()) {
        line.tag = text("board.last_call");
    } else if (call.count() >= 2) {
        line.tag = format("board.recalled", {{"count", fmt::to_string(call.count())}});
    } else {
        line.tag = text("board.calling");
    }
    return line;
}

void BoardModel::add_calls(BoardPicture& picture, std::int64_t now_ms) const {
    picture.subject = Subject::calls;
    for (const BoardView::Call& call : newest_.view->calls()) {
        (call.calling() ? picture.now : picture.recent).push_back(line_of(call, now_ms));
    }
    if (picture.now.empty() && !picture.recent.empty()) {
        picture.now.push_back(std::move(picture.recent.front()));
        picture.recent.erase(picture.recent.begin());
    }
    if (picture.now.empty()) picture.notices.push_back(text("board.no_call_yet"));
}

void BoardModel::add_first(BoardPicture& picture) const {
    const BoardView& view = *newest_.view;
    picture.subject = Subject::first;
    for (const BoardView::First& first : view.first()) {
        CallLine line;
        line.number = first.number();
        line.windows = windows_text({first.windows().begin(), first.windows().end()});
        line.green = first.green();
        picture.first.push_back(std::move(line));
    }
    if (view.opening_at_ms() != 0) {
        picture.notices.push_back(
            format("board.early.opens", {{"time", clock_text(view.opening_at_ms(), view.head())}}));
    }
    if (picture.first.empty()) picture.notices.push_back(text("board.early.register"));
    if (!view.early_waiting_zone().empty()) {
        picture.counts.push_back(
            {format("board.early.place", {{"place", view.early_waiting_zone()}}), "",
             view.early_waiting_zone()});
    }
    picture.counts.push_back(
        {text("board.early.registered"),
         format("board.people", {{"count", fmt::to_string(view.registered())}}), ""});
}

void BoardModel::add_closed(BoardPicture& picture, std::int64_t now_ms) const {
    const BoardView& view = *newest_.view;
    const protocol::ViewHead& head = view.head();
    const std::int64_t now = hall_time_ms(now_ms);
    picture.subject = Subject::notices;
    if (view.opening_at_ms() == 0) {
        picture.notices.push_back(text("board.closed.no_day"));
    } else {
        picture.notices.push_back(format(
            "board.closed.hours", {{"from", clock_text(view.opening_at_ms(), head) + kWordJoiner},
                                   {"to", kWordJoiner + clock_text(view.closing_at_ms(), head)}}));
    }
    const bool before = view.opening_at_ms() != 0 && now < view.opening_at_ms();
    const std::int64_t next = before ? view.opening_at_ms() : view.next_opening_at_ms();
    if (next != 0) {
        picture.notices.push_back(format("board.closed.next", {{"day", day_text(next, now, head)},
                                                               {"time", clock_text(next, head)}}));
    }
    if (view.early_waiting_zone().empty()) return;
    const std::int64_t early = view.early_waiting_at_ms();
    if (before && early != 0 && early < next) {
        picture.notices.push_back(
            format("board.closed.early_from",
                   {{"time", clock_text(early, head)}, {"place", view.early_waiting_zone()}}));
    } else {
        picture.notices.push_back(
            format("board.closed.early", {{"place", view.early_waiting_zone()}}));
    }
}

void BoardModel::add_counts(BoardPicture& picture) const {
    picture.counts_label = text("board.waiting");
    for (const BoardView::Group& group : newest_.view->groups()) {
        picture.counts.push_back(
            {group.name(), format("board.people", {{"count", fmt::to_string(group.waiting())}}),
             ""});
    }
}

void BoardModel::add_window(BoardPicture& picture, std::int64_t now_ms) const {
    picture.subject = Subject::window;
    picture.window_number = fmt::to_string(window_);
    picture.window_state = wording::name_of(WindowState::closed);
    for (const BoardView::Window& window : newest_.view->windows()) {
        if (window.number() != window_) continue;
        picture.window_state = wording::name_of(window.state());
        if (window.ticket_number().empty()) continue;
        CallLine line;
        line.number = window.ticket_number();
        line.windows = picture.window_number;
        line.green = window.green();
        line.calling = window.state() == WindowState::calling;
        line.tag = picture.window_state;
        for (const BoardView::Call& call : newest_.view->calls()) {
            if (line.calling && call.number() == line.number && call.window() == window_) {
                line.lit = line_of(call, now_ms).lit;
            }
        }
        picture.now.push_back(std::move(line));
    }
}

BoardPicture BoardModel::picture(std::int64_t now_ms) const {
    BoardPicture out;
    out.list_page = now_ms / kPageMs;
    out.warning = warning_of(newest_.state);
    if (newest_.view == nullptr) {
        if (out.warning.empty()) out.notices.push_back(text("board.connecting"));
        return out;
    }
    const BoardView& view = *newest_.view;
    out.now_page = (now_ms - now_paged_since_ms_) / kPageMs;
    out.hall_name = view.head().hall_name();
    out.phase = wording::name_of(view.head().phase());
    out.clock = clock_text(hall_time_ms(now_ms), view.head());
    if (!out.warning.empty()) {
        out.as_of = format("board.as_of",
                           {{"time", clock_text(view.head().server_time_ms(), view.head())}});
    }
    if (window_ != 0) {
        add_window(out, now_ms);
        return out;
    }
    // A phase of a newer server is treated as closed: hours and the next opening are never wrong.
    const Phase::Value phase = view.head().phase();
    if (phase == Phase::early_waiting) {
        add_first(out);
    } else if (phase == Phase::open || phase == Phase::extended) {
        add_calls(out, now_ms);
        add_counts(out);
    } else {
        add_closed(out, now_ms);
    }
    return out;
}

std::int64_t BoardModel::idle_ms(std::int64_t now_ms, Turning turning) const {
    std::int64_t idle = kMinuteMs;
    if (newest_.view != nullptr) {
        idle = kMinuteMs - local_ms(hall_time_ms(now_ms), newest_.view->head()) % kMinuteMs;
    }
    for (const auto& [seq, since_ms] : calls_) {
        if (since_ms == kNotLit || now_ms - since_ms >= kHighlightMs) continue;
        idle = std::min(idle, kHighlightPhaseMs - (now_ms - since_ms) % kHighlightPhaseMs);
    }
    if (turning.lists) idle = std::min(idle, kPageMs - now_ms % kPageMs);
    if (turning.now) {
        idle = std::min(idle, kPageMs - (now_ms - now_paged_since_ms_) % kPageMs);
    }
    return std::max<std::int64_t>(idle, 1);
}

}  // namespace hall::board
