#include "hall-server/core/identity_number.h"

#include <algorithm>
#include <array>

#include "hall-server/core/local_date.h"
#include "hall-server/core/text_rules.h"

namespace hall::core {

namespace {

constexpr size_t kLong = 18;
constexpr size_t kShort = 15;
constexpr size_t kAreaDigits = 6;

constexpr uint32_t kAreas[] = {
#include "hall-server/core/area_codes.inc"
};

// Of the 17 digits before it; GB 11643-1999: weight of the i-th from the right is 2^i mod 11.
char check_character(std::string_view digits) {
    uint32_t sum = 0;
    for (char digit : digits) sum = (sum + static_cast<uint32_t>(digit - '0')) * 2 % 11;
    return "10X98765432"[sum];
}

uint32_t number_in(std::string_view digits) {
    uint32_t number = 0;
    for (char digit : digits) number = number * 10 + static_cast<uint32_t>(digit - '0');
    return number;
}

bool born_by(std::string_view birth, uint32_t today) {
    const auto born = day_number(static_cast<int>(number_in(birth.substr(0, 4))),
                                 number_in(birth.substr(4, 2)), number_in(birth.substr(6, 2)));
    if (!born || *born > int64_t{today}) return false;
    const uint32_t years = number_in(date_text(today).substr(0, 4)) - number_in(birth.substr(0, 4));
    return years <= kAgeMaxYears;
}

bool all_digits(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string narrow_identity(std::string_view text) {
    std::string narrowed;
    for (char32_t wide : code_points(text).value_or(std::u32string())) {
        char32_t point = narrow(wide);
        if (is_blank(point)) continue;
        if (point >= 'a' && point <= 'z') point = point - 'a' + 'A';
        // Anything beyond belongs into no number; one sign that never does stands for it.
        narrowed.push_back(point < 0x80 ? static_cast<char>(point) : '?');
    }
    return narrowed;
}

std::optional<std::string> identity_number(std::string_view text, uint32_t today) {
    std::string number = narrow_identity(text);
    if (number.size() == kShort && all_digits(number)) {
        number.insert(kAreaDigits, "19");
        number.push_back(check_character(number));
    }
    if (number.size() != kLong || !all_digits(std::string_view(number).substr(0, kLong - 1))) {
        return std::nullopt;
    }
    const std::string_view view = number;
    if (!std::binary_search(std::begin(kAreas), std::end(kAreas),
                            number_in(view.substr(0, kAreaDigits)))) {
        return std::nullopt;
    }
    if (!born_by(view.substr(kAreaDigits, 8), today)) return std::nullopt;
    if (number.back() != check_character(view.substr(0, kLong - 1))) return std::nullopt;
    return number;
}

}  // namespace hall::core
