#include "hall-server/service/private_names.h"

#include <glib.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "hall-server/core/identity_number.h"

namespace hall::service {
namespace {

constexpr gunichar kMiddleDot = 0x00B7;
constexpr size_t kNumberTailMin = 4;  // shorter pieces of a number find half the town

struct Free {
    void operator()(char* text) const { g_free(text); }
};
using Owned = std::unique_ptr<char, Free>;

// What stands for the dot of 尼格买提·热合曼; a full stop is what a keyboard without it has.
bool is_middle_dot(gunichar c) {
    constexpr gunichar kDots[] = {'.',    kMiddleDot, 0x0387, 0x16EB, 0x2022, 0x2024, 0x2027,
                                  0x2219, 0x22C5,     0x30FB, 0xA78F, 0xFE52, 0xFF0E, 0xFF65};
    return std::find(std::begin(kDots), std::end(kDots), c) != std::end(kDots);
}

// White space, joiners, marks of direction, and selectors of another form of the same character.
bool is_nothing(gunichar c) {
    if (g_unichar_isspace(c)) return true;
    const GUnicodeType type = g_unichar_type(c);
    return type == G_UNICODE_FORMAT || (c >= 0xFE00 && c <= 0xFE0F) ||
           (c >= 0xE0100 && c <= 0xE01EF);
}

void append(std::string& to, gunichar c) {
    char bytes[6];
    to.append(bytes, static_cast<size_t>(g_unichar_to_utf8(c, bytes)));
}

template <class Visit>
void for_each_character(std::string_view text, Visit visit) {
    const char* at = text.data();
    const char* const end = at + text.size();
    for (; at < end; at = g_utf8_next_char(at)) visit(g_utf8_get_char(at), at);
}

std::string with_one_dot(std::string_view text) {
    std::string out;
    for_each_character(text, [&](gunichar c, const char*) {
        if (c != 0) append(out, is_middle_dot(c) ? kMiddleDot : c);
    });
    return out;
}

std::string composed(const std::string& text) {
    const Owned form(
        g_utf8_normalize(text.data(), static_cast<gssize>(text.size()), G_NORMALIZE_ALL_COMPOSE));
    return form ? std::string(form.get()) : text;
}

std::string folded(const std::string& text) {
    return Owned(g_utf8_casefold(text.data(), static_cast<gssize>(text.size()))).get();
}

// What one writes as one character: where each begins.
std::vector<std::string_view> written_characters(std::string_view name) {
    std::vector<size_t> starts;
    for_each_character(name, [&](gunichar c, const char* at) {
        const bool joins = g_unichar_ismark(c) || g_unichar_type(c) == G_UNICODE_FORMAT;
        if (!joins || starts.empty()) starts.push_back(static_cast<size_t>(at - name.data()));
    });
    std::vector<std::string_view> characters;
    for (size_t i = 0; i < starts.size(); ++i) {
        const size_t end = i + 1 < starts.size() ? starts[i + 1] : name.size();
        characters.push_back(name.substr(starts[i], end - starts[i]));
    }
    return characters;
}

std::string_view trimmed(std::string_view text) {
    size_t first = text.size();
    size_t last = 0;
    for_each_character(text, [&](gunichar c, const char* at) {
        if (is_nothing(c)) return;
        const auto begin = static_cast<size_t>(at - text.data());
        first = std::min(first, begin);
        last = begin + static_cast<size_t>(g_utf8_next_char(at) - at);
    });
    return first < last ? text.substr(first, last - first) : std::string_view();
}

std::string without_hyphens(std::string text) {
    text.erase(std::remove(text.begin(), text.end(), '-'), text.end());
    return text;
}

}  // namespace

std::string masked_name(std::string_view name) {
    const auto characters = written_characters(trimmed(name));
    if (characters.empty()) return "";
    if (characters.size() == 1) return "*";
    std::string masked(characters.front());
    if (characters.size() == 2) return masked + "*";
    masked.append(characters.size() - 2, '*');
    return masked.append(characters.back());
}

std::string normalised(std::string_view text) {
    // Dots before and after: NFKC makes three of …. Composed again after folding, which may take a
    // character apart, and at the end, where marks have met whose space between them went.
    const std::string form = with_one_dot(composed(folded(composed(with_one_dot(text)))));
    std::string out;
    for_each_character(form, [&](gunichar c, const char*) {
        if (!is_nothing(c)) append(out, c);
    });
    return composed(out);
}

bool name_matches(std::string_view wanted, std::string_view name) {
    return wanted.empty() || normalised(name).find(wanted) != std::string::npos;
}

bool number_matches(std::string_view wanted, std::string_view number) {
    const std::string tail = without_hyphens(std::string(wanted));
    if (wanted.empty()) return true;
    if (tail.size() < kNumberTailMin) return false;
    const std::string digits = without_hyphens(normalised(number));
    return digits.size() >= tail.size() &&
           digits.compare(digits.size() - tail.size(), tail.size(), tail) == 0;
}

std::string identity_to_match(std::string_view number) {
    // All that were ever given with 15 digits are of people born before 2000.
    constexpr uint32_t kLastOfThem = 10'956;  // 1999-12-31
    constexpr size_t kShort = 15;
    const std::string written = normalised(number);
    const std::string digits = without_hyphens(written);
    if (digits.size() != kShort) return written;
    const auto whole = core::identity_number(digits, kLastOfThem);
    return whole ? normalised(*whole) : written;
}

}  // namespace hall::service
