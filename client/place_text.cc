#include "client/place_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>

#include "wording/names.h"

namespace hall::client {
namespace {

using protocol::TicketState;
using wording::Language;
using wording::Named;

constexpr int64_t kDayS = 24 * 3600;
constexpr int64_t kStepMs = 5 * 60'000;
constexpr int64_t kStepMinutes = 5;

// What a Ticket and a Place have in common. A Place tells no language: a board is read by all.
struct Facts {
    TicketState::Value state = TicketState::unknown;
    uint32_t window = 0;
    uint32_t ahead = 0;
    uint32_t ahead_green = 0;
    int64_t locked_after_ms = 0;
    int64_t wait_low_ms = 0;
    int64_t wait_high_ms = 0;
    bool no_window_open = false;
    std::string must_speak = {};
    bool language_eased = false;
};

template <typename Row>
Facts facts_of(const Row& row) {
    Facts out;
    out.state = row.state();
    out.window = row.window();
    out.ahead = row.ahead();
    out.ahead_green = row.ahead_green();
    out.locked_after_ms = row.locked_after_ms();
    out.wait_low_ms = row.wait_low_ms();
    out.wait_high_ms = row.wait_high_ms();
    out.no_window_open = row.no_window_open();
    return out;
}

// Sentences one after another, with the space that English wants between them.
class Sentences {
  public:
    explicit Sentences(Language language) : language_(language) {}

    void add(const char* key, std::initializer_list<Named> values = {}) {
        if (!text_.empty() && language_ == Language::en) text_ += ' ';
        text_ += wording::format(key, values, language_);
    }
    std::string text() const { return text_; }

  private:
    Language language_;
    std::string text_;
};

// A ticket that is not in the queue: where to go, or what it is about.
std::string state_sentence(const Facts& facts, Language language) {
    const std::string window = std::to_string(facts.window);
    if (facts.state == TicketState::called) {
        return wording::format("ticket.sentence_called", {{"window", window}}, language);
    }
    if (facts.state == TicketState::missed)
        return wording::text("ticket.sentence_missed", language);
    if (facts.state == TicketState::stepped_out || facts.state == TicketState::on_errand ||
        facts.state == TicketState::held) {
        return wording::text("ticket.sentence_kept", language);
    }
    const std::string state = wording::name_of(facts.state, language);
    if (facts.window == 0) return state;
    return wording::format("ticket.sentence_window", {{"state", state}, {"window", window}},
                           language);
}

void add_ahead(const Facts& facts, Sentences& out) {
    const std::string ahead = std::to_string(facts.ahead);
    if (facts.ahead == 0) {
        out.add("ticket.sentence_nobody_ahead");
    } else if (facts.ahead_green == 0) {
        out.add("ticket.sentence_ahead", {{"ahead", ahead}});
    } else {
        out.add("ticket.sentence_ahead_green",
                {{"ahead", ahead}, {"green", std::to_string(facts.ahead_green)}});
    }
}

// How long, or why nothing can be said about it and what was done. Before the doors open every
// window is closed, and that means nothing.
void add_wait(const Facts& facts, Language language, Sentences& out) {
    if (facts.no_window_open && facts.state == TicketState::waiting) {
        if (facts.must_speak.empty()) {
            out.add("ticket.sentence_no_window");
        } else {
            out.add("ticket.sentence_no_language",
                    {{"language", wording::name_of_language(facts.must_speak, language)}});
        }
        return;
    }
    const std::string wait = wait_text(facts.wait_low_ms, facts.wait_high_ms, language);
    if (!wait.empty()) out.add("ticket.sentence_wait", {{"wait", wait}});
    if (facts.language_eased) out.add("ticket.sentence_eased");
}

std::string sentence_of(const Facts& facts, int32_t utc_offset_s, Language language) {
    if (facts.state != TicketState::waiting && facts.state != TicketState::registered) {
        return state_sentence(facts, language);
    }
    Sentences out(language);
    add_ahead(facts, out);
    if (facts.locked_after_ms > 0) {
        out.add("ticket.sentence_locked",
                {{"time", clock_text(facts.locked_after_ms, utc_offset_s)}});
    }
    add_wait(facts, language, out);
    return out.text();
}

}  // namespace

std::string clock_text(int64_t at_ms, int32_t utc_offset_s) {
    const int64_t local_s = at_ms / 1'000 + utc_offset_s;
    const int64_t of_day_s = ((local_s % kDayS) + kDayS) % kDayS;
    return fmt::format("{:02}:{:02}", of_day_s / 3600, of_day_s / 60 % 60);
}

std::string wait_text(int64_t low_ms, int64_t high_ms, Language language) {
    if (high_ms <= 0) return {};
    const auto steps = [](int64_t span_ms) { return (span_ms + kStepMs - 1) / kStepMs; };
    const int64_t high = steps(high_ms);
    const int64_t low = low_ms <= 0 ? 0 : std::min(steps(low_ms), high - 1);
    const std::string high_text = std::to_string(high * kStepMinutes);
    if (low == 0) return wording::format("wait.up_to", {{"high", high_text}}, language);
    return wording::format(
        "wait.range", {{"low", std::to_string(low * kStepMinutes)}, {"high", high_text}}, language);
}

std::string ticket_sentence(const protocol::Ticket& ticket, int32_t utc_offset_s,
                            Language language) {
    Facts facts = facts_of(ticket);
    facts.must_speak = ticket.must_speak();
    facts.language_eased = ticket.language_eased();
    return sentence_of(facts, utc_offset_s, language);
}

std::string place_sentence(const protocol::Place& place, int32_t utc_offset_s, Language language) {
    return sentence_of(facts_of(place), utc_offset_s, language);
}

}  // namespace hall::client
