// One line of text that a person writes: what is there, where the caret is, what is marked, what an
// input method is still composing. Knows no window and no picture: the surface makes TextEvents of
// what was typed, Ui::text_field draws a TextEdit.
//
// Everything is UTF-8 and kept byte for byte: a name with 𠮷 or three kinds of middle dot stays as
// it was written. The caret stands only where a person sees a boundary (grapheme clusters by
// Unicode UAX 29, as Pango knows them), so one press of ← passes a base with its accents, a
// variation selector with its hanzi, a family of emoji as one.
//
// Dropped, and told by `hint`: control characters (Unicode Cc), line and paragraph separators,
// bytes that are not UTF-8. A text that would grow over the limit takes as many whole characters
// as fit. One thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hall::kit {

struct TextEvent {
    enum class Kind {
        insert,   // `text` is typed, pasted or committed by the input method
        compose,  // `text` is what the input method has so far; empty: nothing any more
        backspace,
        erase,  // the character after the caret
        left,
        right,
        home,
        end,
        mark_all,
        copy,
        cut,
    };
    Kind kind = Kind::insert;
    std::string text = {};
    bool extend = false;  // Shift: the mark grows with the caret
};

// Where a caret can stand in `utf8`: byte offsets, from 0 to its size. REQUIRES: valid UTF-8.
std::vector<std::size_t> caret_stops(const std::string& utf8);

class TextEdit {
  public:
    // What the last event could not take.
    enum class Hint { none, dropped, full };

    TextEdit() = default;
    // The caret at the end. Of a text that is no UTF-8 only the valid part is taken.
    TextEdit(std::string_view text, std::size_t bytes_max);

    void take(const TextEvent& event);
    void place_caret(std::size_t offset, bool extend);

    const std::string& text() const { return text_; }
    std::size_t caret() const { return caret_; }
    // [begin, end); equal when nothing is marked.
    std::size_t mark_begin() const { return caret_ < anchor_ ? caret_ : anchor_; }
    std::size_t mark_end() const { return caret_ < anchor_ ? anchor_ : caret_; }
    std::string marked() const { return text_.substr(mark_begin(), mark_end() - mark_begin()); }
    // Not part of `text`: the input method may still change or drop it.
    const std::string& composing() const { return composing_; }
    Hint hint() const { return hint_; }
    // What `copy` or `cut` gave; taken once.
    std::string take_copied();

  private:
    void insert(std::string_view text);
    void remove(std::size_t begin, std::size_t end);
    std::size_t stop_before(std::size_t offset) const;
    std::size_t stop_after(std::size_t offset) const;

    std::string text_;
    std::size_t bytes_max_ = 0;
    std::size_t caret_ = 0;
    std::size_t anchor_ = 0;
    std::string composing_;
    std::string copied_;
    Hint hint_ = Hint::none;
};

}  // namespace hall::kit
