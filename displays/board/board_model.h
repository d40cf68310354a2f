// What a board says at one moment: from the zone's view, the state of the link, and the time.
//
// Decides words, order, what is highlighted and which page it is; knows no pixel and no ImGui. The
// view (board_view.h) decides how many lines fit and draws them.
//
// Times: `now_ms` is the monotonic clock of this machine; the hall's clock is the last view's
// server time plus the view's age, so a board with a wrong clock shows the right time.
// One thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "client/view_feed.h"
#include "displays/board/query_model.h"
#include "protocol/views.pb.h"

namespace hall::board {

// A new call is highlighted so long, half a second on and half a second off (1 Hz).
inline constexpr std::int64_t kHighlightMs = 5'000;
inline constexpr std::int64_t kHighlightPhaseMs = 500;
// A call that we first hear of later than this (we were away) is not new to anybody.
inline constexpr std::int64_t kNewCallMs = 30'000;

enum class Subject {
    calls,    // open: who is called where
    first,    // early waiting: who will be called where
    notices,  // closed: hours, next opening
    window,   // the small board over one window
    message,  // nothing is known yet
};

// A number and where to go.
struct CallLine {
    std::string number;
    std::string windows;   // "12"; early waiting also "1–3､5"
    bool green = false;    // green channel
    bool calling = false;  // still being called
    bool lit = false;      // highlight phase
    std::string tag;       // state in words: 正在叫号, 第 2 次叫号, 刚才叫号

    friend bool operator==(const CallLine&, const CallLine&) = default;
};

// One entry of the line at the foot. A name too long is cut, a count never.
struct CountLine {
    std::string name;   // 养老, or a whole sentence
    std::string count;  // "14 人"; may be empty
    std::string brief;  // what to say when `name` is too long for the screen; may be empty

    friend bool operator==(const CountLine&, const CountLine&) = default;
};

struct BoardPicture {
    Subject subject = Subject::message;
    std::string hall_name;
    std::string phase;                 // word
    std::string clock;                 // "09:42"; empty while unknown
    std::vector<CallLine> now;         // being called, newest first; if none, the latest call alone
    std::vector<CallLine> recent;      // earlier calls, newest first
    std::vector<CallLine> first;       // early waiting
    std::vector<std::string> notices;  // instructions, one thought a line
    std::string counts_label;          // 等候
    std::vector<CountLine> counts;
    std::string window_number;  // Subject::window
    std::string window_state;
    // The link is broken: what is shown is old. `warning` says so; `as_of` tells how old.
    std::string warning;
    std::string as_of;
    QueryPicture query;  // filled in by the screen
    // Pages turned so far: of `now` since the last new call, of every other list since the start.
    std::int64_t now_page = 0;
    std::int64_t list_page = 0;

    friend bool operator==(const BoardPicture&, const BoardPicture&) = default;
};

// What did not fit on one page of the last picture.
struct Turning {
    bool now = false;    // the calls
    bool lists = false;  // anything else
    int query = 0;       // pages of the query line's sentence

    bool any() const { return now || lists || query > 1; }
};

class BoardModel {
  public:
    using Newest = client::Newest<protocol::BoardView>;

    // `window` 0: the zone's board; else the small board over that window.
    explicit BoardModel(std::uint32_t window = 0) : window_(window) {}

    // The latest of the feed. Call whenever the feed woke, and before each `picture`.
    void take(const Newest& newest, std::int64_t now_ms);

    BoardPicture picture(std::int64_t now_ms) const;

    // Until the picture changes by itself: the minute, a highlight's phase, a page that turns.
    std::int64_t idle_ms(std::int64_t now_ms, Turning turning) const;

    // Whether there has been a view.
    bool known() const { return newest_.view != nullptr; }
    // Whether what it shows is of now.
    bool live() const { return known() && newest_.state == client::FeedState::live; }
    // Of the last view. REQUIRES: known().
    const protocol::BoardView& view() const { return *newest_.view; }
    // seq of the newest call that `take` has seen; 0 = none.
    std::uint64_t newest_call_seq() const { return newest_call_seq_; }

  private:
    std::int64_t hall_time_ms(std::int64_t now_ms) const;
    bool lit(std::uint64_t call_seq, std::int64_t now_ms) const;
    CallLine line_of(const protocol::BoardView::Call& call, std::int64_t now_ms) const;
    void add_calls(BoardPicture& picture, std::int64_t now_ms) const;
    void add_first(BoardPicture& picture) const;
    void add_closed(BoardPicture& picture, std::int64_t now_ms) const;
    void add_counts(BoardPicture& picture) const;
    void add_window(BoardPicture& picture, std::int64_t now_ms) const;

    std::uint32_t window_;
    Newest newest_;
    std::int64_t taken_ms_ = 0;
    // Calls of the present view by seq (at most 16): when their highlight began; kNotLit for those
    // that were old when we heard of them.
    std::map<std::uint64_t, std::int64_t> calls_;
    std::uint64_t newest_call_seq_ = 0;
    std::int64_t now_paged_since_ms_ = 0;
};

// Between window numbers. The half-width 、: a full one would leave a hole between two digits.
inline constexpr const char* kWindowsComma = "､";

// "1–3､5" for {1, 2, 3, 5}; the numbers need not be sorted.
std::string windows_text(std::vector<std::uint32_t> windows);

}  // namespace hall::board
