#include "displays/kit/text_edit.h"

#include <pango/pango.h>

#include <algorithm>
#include <utility>

namespace hall::kit {
namespace {

// Control characters and the two separators would break the line or hide what was written.
bool may_stand(gunichar character) {
    const GUnicodeType type = g_unichar_type(character);
    return type != G_UNICODE_CONTROL && type != G_UNICODE_LINE_SEPARATOR &&
           type != G_UNICODE_PARAGRAPH_SEPARATOR;
}

// What of `text` may stand in a field; the rest is left out.
std::string cleaned(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const gunichar character =
            g_utf8_get_char_validated(text.data(), static_cast<gssize>(text.size()));
        if (character == static_cast<gunichar>(-1) || character == static_cast<gunichar>(-2)) {
            text.remove_prefix(1);
            continue;
        }
        const auto bytes = static_cast<std::size_t>(g_unichar_to_utf8(character, nullptr));
        // Zero is one byte that g_utf8_get_char_validated takes for an end.
        const std::size_t length = std::min(std::max<std::size_t>(1, bytes), text.size());
        if (may_stand(character)) out.append(text.substr(0, length));
        text.remove_prefix(length);
    }
    return out;
}

}  // namespace

std::vector<std::size_t> caret_stops(const std::string& utf8) {
    std::vector<std::size_t> stops;
    const auto bytes = static_cast<int>(utf8.size());
    const glong count = g_utf8_strlen(utf8.data(), bytes);
    std::vector<PangoLogAttr> attributes(static_cast<std::size_t>(count) + 1);
    pango_get_log_attrs(utf8.data(), bytes, -1, pango_language_from_string("zh-CN"),
                        attributes.data(), static_cast<int>(attributes.size()));
    const char* at = utf8.data();
    for (glong i = 0; i <= count; ++i) {
        const auto offset = static_cast<std::size_t>(at - utf8.data());
        const bool edge = i == 0 || i == count;
        if (edge || attributes[static_cast<std::size_t>(i)].is_cursor_position != 0) {
            stops.push_back(offset);
        }
        if (i < count) at = g_utf8_next_char(at);
    }
    return stops;
}

TextEdit::TextEdit(std::string_view text, std::size_t bytes_max) : bytes_max_(bytes_max) {
    insert(text);
    hint_ = Hint::none;
}

void TextEdit::take(const TextEvent& event) {
    using Kind = TextEvent::Kind;
    if (event.kind != Kind::compose) hint_ = Hint::none;
    const bool marked = mark_begin() != mark_end();
    switch (event.kind) {
        case Kind::insert:
            composing_.clear();
            return insert(event.text);
        case Kind::compose:
            composing_ = cleaned(event.text);
            return;
        case Kind::backspace:
            return marked ? remove(mark_begin(), mark_end()) : remove(stop_before(caret_), caret_);
        case Kind::erase:
            return marked ? remove(mark_begin(), mark_end()) : remove(caret_, stop_after(caret_));
        case Kind::left:
            // Without Shift a mark ends at the side the person goes to.
            return place_caret(marked && !event.extend ? mark_begin() : stop_before(caret_),
                               event.extend);
        case Kind::right:
            return place_caret(marked && !event.extend ? mark_end() : stop_after(caret_),
                               event.extend);
        case Kind::home:
            return place_caret(0, event.extend);
        case Kind::end:
            return place_caret(text_.size(), event.extend);
        case Kind::mark_all:
            anchor_ = 0;
            caret_ = text_.size();
            return;
        case Kind::copy:
            if (marked) copied_ = this->marked();
            return;
        case Kind::cut:
            if (!marked) return;
            copied_ = this->marked();
            return remove(mark_begin(), mark_end());
    }
}

void TextEdit::place_caret(std::size_t offset, bool extend) {
    caret_ = std::min(offset, text_.size());
    if (!extend) anchor_ = caret_;
}

std::string TextEdit::take_copied() {
    return std::exchange(copied_, {});
}

void TextEdit::insert(std::string_view text) {
    std::string fits = cleaned(text);
    if (fits.size() != text.size()) hint_ = Hint::dropped;
    if (fits.empty()) return;
    if (mark_begin() != mark_end()) remove(mark_begin(), mark_end());
    const std::size_t room = bytes_max_ - std::min(bytes_max_, text_.size());
    if (fits.size() > room) {
        const auto stops = caret_stops(fits);
        // The first that is too far; 0 is never.
        const auto beyond = std::upper_bound(stops.begin(), stops.end(), room);
        fits.resize(*std::prev(beyond));
        hint_ = Hint::full;
    }
    text_.insert(caret_, fits);
    place_caret(caret_ + fits.size(), false);
}

void TextEdit::remove(std::size_t begin, std::size_t end) {
    text_.erase(begin, end - begin);
    place_caret(begin, false);
}

std::size_t TextEdit::stop_before(std::size_t offset) const {
    std::size_t best = 0;
    for (const std::size_t stop : caret_stops(text_)) {
        if (stop < offset) best = stop;
    }
    return best;
}

std::size_t TextEdit::stop_after(std::size_t offset) const {
    for (const std::size_t stop : caret_stops(text_)) {
        if (stop > offset) return stop;
    }
    return text_.size();
}

}  // namespace hall::kit
