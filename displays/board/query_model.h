// The board's query line: a number is typed in front of it (on a keypad, or by a ticket scanner
// that types like a keyboard) and its place is shown for a while.
//
// Knows no key and no pixel: the screen says what was typed, the view draws a QueryPicture. What is
// asked leaves through `outgoing` and its answer comes back to `answered`; nothing here waits.
// Shows a number and a sentence, nothing about a person.
//
// Times: `now_ms` is the monotonic clock, so a shown answer keeps its time whatever the hall's
// clock does. One thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "client/command_client.h"
#include "protocol/commands.pb.h"
#include "protocol/views.pb.h"

namespace hall::board {

// A page of anything that does not fit stays so long.
inline constexpr std::int64_t kPageMs = 8'000;
// An answer stays so long, or until each of its pages was shown once, if that is longer.
inline constexpr std::int64_t kAnswerMs = 15'000;
// What was typed and not asked: the next visitor must not find the rest of another's.
inline constexpr std::int64_t kTypedMs = 30'000;
// An answer within this time follows what was typed without a word between.
inline constexpr std::int64_t kAskingMs = 400;
// Enough for HALL/DATE/NUMBER; of a longer one the last characters are kept, where the number is.
inline constexpr std::size_t kTypedMax = 24;

struct QueryPicture {
    bool hint = false;   // nothing typed or shown: say that one can ask
    std::string typed;   // being typed: the part after the last /
    std::string number;  // whose place `text` tells; empty for a refusal, which names it
    std::string text;    // the sentence
    std::int64_t page = 0;

    bool shown() const { return !typed.empty() || !text.empty(); }
    friend bool operator==(const QueryPicture&, const QueryPicture&) = default;
};

// One question on its way.
struct Asking {
    protocol::Query query;
    std::uint64_t id = 0;
};

class QueryModel {
  public:
    // Letters become capitals; anything but letters, digits, '-' and '/' is not taken.
    void type(char character, std::int64_t now_ms);
    void erase(std::int64_t now_ms);
    void clear();
    // Asks for what was typed. `groups`: the hall's, as the board shows them.
    void enter(const google::protobuf::RepeatedPtrField<protocol::BoardView::Group>& groups,
               std::int64_t now_ms);

    // What must be asked now; given out once.
    std::optional<Asking> outgoing();
    // An answer to an earlier question than the last is dropped.
    void answered(std::uint64_t id, const client::Answer& answer, std::int32_t utc_offset_s,
                  std::int64_t now_ms);

    // Forgets what is over. `pages`: how many the view made of the present text.
    void pass(std::int64_t now_ms, int pages);

    QueryPicture picture(std::int64_t now_ms) const;
    // Until the picture changes by itself; nullopt: it does not.
    std::optional<std::int64_t> idle_ms(std::int64_t now_ms, int pages) const;

  private:
    enum class Stage { empty, typing, asking, answered };

    std::int64_t shown_for_ms(int pages) const;

    Stage stage_ = Stage::empty;
    std::int64_t since_ms_ = 0;  // of the stage, and of the last character typed
    std::string typed_;
    std::string asked_;  // the number in question
    std::string number_;
    std::string text_;
    std::uint64_t id_ = 0;
    std::optional<Asking> outgoing_;
};

// What was typed as the hall is asked for it: "HALL/DATE/NUMBER" without the hall, a number with
// its three digits at least ("A7" is A007), and with the letter of the hall's group when it has
// only one and no letter was typed, as on a keypad with digits alone.
std::string number_asked(
    const std::string& typed,
    const google::protobuf::RepeatedPtrField<protocol::BoardView::Group>& groups);

}  // namespace hall::board
