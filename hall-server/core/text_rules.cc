#include "hall-server/core/text_rules.h"

#include <algorithm>

#include "hall-server/core/decide.h"
#include "hall-server/core/identity_number.h"

namespace hall::core {

using protocol::RefusalCode;

namespace {

constexpr size_t kPhoneDigitsMin = 5;
constexpr size_t kPhoneDigitsMax = 20;
constexpr size_t kListedWordMax = 40;

// C0, DEL, C1, and what breaks a line or turns its direction: a name with one of them looks like
// another name.
bool is_control(char32_t point) {
    return point < 0x20 || (point >= 0x7F && point <= 0x9F) || point == 0x2028 || point == 0x2029 ||
           (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

// How many bytes a character has by its first one; 0 = none begins so.
size_t length_of(unsigned char first) {
    if (first < 0x80) return 1;
    if (first < 0xC2) return 0;
    if (first < 0xE0) return 2;
    if (first < 0xF0) return 3;
    return first < 0xF5 ? 4 : 0;
}

std::optional<protocol::Refusal> refuse_field(RefusalCode::Value code, const char* field) {
    return Refuse(code).field(field).refusal();
}

enum class Lines { one, several };

std::optional<protocol::Refusal> check_text(const std::string& text, const char* field,
                                            size_t bytes_max, Lines lines) {
    if (text.empty()) return std::nullopt;
    if (text.size() > bytes_max) return refuse_field(RefusalCode::text_too_long, field);
    const auto points = code_points(text);
    if (!points) return refuse_field(RefusalCode::text_invalid, field);
    const bool blank = std::all_of(points->begin(), points->end(), is_blank);
    const bool control = std::any_of(points->begin(), points->end(), [&](char32_t point) {
        bool breaks = point == '\n' || point == '\r' || point == '\t';
        return is_control(point) && !(breaks && lines == Lines::several);
    });
    if (blank || control) return refuse_field(RefusalCode::text_invalid, field);
    return std::nullopt;
}

}  // namespace

std::optional<std::u32string> code_points(std::string_view text) {
    std::u32string points;
    for (size_t at = 0; at < text.size();) {
        const auto first = static_cast<unsigned char>(text[at]);
        const size_t length = length_of(first);
        if (length == 0 || at + length > text.size()) return std::nullopt;
        char32_t point = length == 1 ? first : first & (0xFFU >> (length + 1));
        for (size_t i = 1; i < length; ++i) {
            const auto next = static_cast<unsigned char>(text[at + i]);
            if ((next & 0xC0) != 0x80) return std::nullopt;
            point = (point << 6) | (next & 0x3F);
        }
        points.push_back(point);
        at += length;
    }
    return points;
}

bool is_blank(char32_t point) {
    return (point >= 0x09 && point <= 0x0D) || point == 0x20 || point == 0x85 || point == 0xA0 ||
           point == 0xAD || point == 0x1680 || point == 0x180E ||
           (point >= 0x2000 && point <= 0x200F) || point == 0x2028 || point == 0x2029 ||
           point == 0x202F || point == 0x205F || point == 0x2060 || point == 0x3000 ||
           point == 0x3164 || point == 0xFEFF;
}

char32_t narrow(char32_t point) {
    return point >= 0xFF01 && point <= 0xFF5E ? point - 0xFF01 + 0x21 : point;
}

std::optional<protocol::Refusal> check_line(const std::string& text, const char* field,
                                            size_t bytes_max) {
    return check_text(text, field, bytes_max, Lines::one);
}

std::optional<protocol::Refusal> check_name(const std::string& text, const char* field) {
    return check_line(text, field, kNameMax);
}

std::optional<protocol::Refusal> check_free_text(const std::string& text, const char* field) {
    return check_text(text, field, kNoteMax, Lines::several);
}

std::optional<protocol::Refusal> check_phone(const std::string& text, const char* field) {
    if (text.empty()) return std::nullopt;
    if (text.size() > kTextMax) return refuse_field(RefusalCode::text_too_long, field);
    const auto points = code_points(text);
    if (!points) return refuse_field(RefusalCode::phone_invalid, field);
    size_t digits = 0;
    bool plus = false;
    for (char32_t wide : *points) {
        const char32_t point = narrow(wide);
        if (point >= '0' && point <= '9') {
            ++digits;
        } else if (point == '+') {
            if (plus || digits > 0) return refuse_field(RefusalCode::phone_invalid, field);
            plus = true;
        } else if (point != '-' && (!is_blank(point) || is_control(point))) {
            return refuse_field(RefusalCode::phone_invalid, field);
        }
    }
    if (digits >= kPhoneDigitsMin && digits <= kPhoneDigitsMax) return std::nullopt;
    return refuse_field(RefusalCode::phone_invalid, field);
}

std::optional<protocol::Refusal> check_person(const protocol::Person& person, uint32_t today) {
    if (auto refusal = check_name(person.name(), "name")) return refusal;
    if (auto refusal = check_phone(person.phone(), "phone")) return refusal;
    if (auto refusal = check_line(person.township(), "township", kTextMax)) return refusal;
    if (!person.identity().empty() && !identity_number(person.identity(), today)) {
        return refuse_field(RefusalCode::identity_number_invalid, "identity");
    }
    if (auto refusal = check_phone(person.family_phone(), "family_phone")) return refusal;
    if (!person.family_phone().empty() && !person.family_consent()) {
        return refuse_field(RefusalCode::consent_missing, "family_phone");
    }
    return std::nullopt;
}

bool is_empty(const protocol::Person& person) {
    return person.name().empty() && person.phone().empty() && person.township().empty() &&
           person.identity().empty() && person.family_phone().empty();
}

bool is_listed_word(std::string_view text) {
    return !text.empty() && text.size() <= kListedWordMax &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
           });
}

}  // namespace hall::core
