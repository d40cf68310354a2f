#include "wristband/code/code.h"

#include <algorithm>
#include <cstdint>

#include "protocol/check.h"

namespace hall::wristband {
namespace {

constexpr char kFirst = 'W';
constexpr size_t kHallSize = 4;
// So many characters more or fewer are still a token that was misread.
constexpr size_t kSlack = 2;

uint32_t element(char c) {
    return static_cast<uint32_t>(kAlphabet.find(c));
}

bool in_alphabet(char c) {
    return kAlphabet.find(c) != std::string_view::npos;
}

bool is_letter_or_digit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
}

// `a` times x in GF(32).
uint32_t times_x(uint32_t a) {
    return (a & 16) != 0 ? (a << 1 ^ 0b100101) : a << 1;
}

// The sum of the header, with the last character of `text` as c[0].
uint32_t sum_of(std::string_view text) {
    uint32_t sum = 0;
    for (const char c : text) sum = times_x(sum) ^ element(c);
    return sum;
}

// FNV-1a, folded to four characters: halls of one region differ, nothing depends on more.
std::string hall_mark(std::string_view hall_code) {
    uint64_t hash = 14695981039346656037ULL;
    for (const char c : hall_code) {
        hash ^= static_cast<uint8_t>(c);
        hash *= 1099511628211ULL;
    }
    hash ^= hash >> 32;
    std::string mark;
    for (size_t i = 0; i < kHallSize; ++i) mark += kAlphabet[hash >> (5 * i) & 31];
    return mark;
}

// Letters and digits, about as many as a token has: nothing else that is scanned is so long
// without a slash.
bool is_like_token(std::string_view text) {
    return text.size() + kSlack >= kTokenSize && text.size() <= kTokenSize + kSlack &&
           std::all_of(text.begin(), text.end(), is_letter_or_digit);
}

char as_meant(char typed) {
    if (typed == 'O') return '0';
    return typed == 'I' || typed == 'L' ? '1' : typed;
}

}  // namespace

std::string make_token(std::string_view hall_code, std::string_view random) {
    HALL_CHECK(random.size() == kRandomBytes);
    std::string token = kFirst + hall_mark(hall_code);
    uint32_t bits = 0;
    int count = 0;
    for (const char c : random) {
        bits = bits << 8 | static_cast<uint8_t>(c);
        count += 8;
        while (count >= 5) {
            count -= 5;
            token += kAlphabet[bits >> count & 31];
        }
    }
    token += kAlphabet[times_x(sum_of(token))];
    HALL_CHECK(token.size() == kTokenSize && sum_of(token) == 0);
    return token;
}

std::string normalised(std::string_view scanned) {
    const std::string_view kBlank = " \t\r\n";
    const size_t from = scanned.find_first_not_of(kBlank);
    if (from == std::string_view::npos) return "";
    std::string text(scanned.substr(from, scanned.find_last_not_of(kBlank) - from + 1));
    for (char& c : text) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    if (is_like_token(text)) std::transform(text.begin(), text.end(), text.begin(), as_meant);
    return text;
}

Reading read_token(std::string_view hall_code, std::string_view text) {
    if (!is_like_token(text)) {
        // A character of a token that became a sign is a misread token all the same.
        const bool signs = text.size() == kTokenSize && text.front() == kFirst &&
                           text.find('/') == std::string_view::npos;
        return signs ? Reading::misread : Reading::no_token;
    }
    if (text.size() != kTokenSize || !std::all_of(text.begin(), text.end(), in_alphabet) ||
        sum_of(text) != 0) {
        return Reading::misread;
    }
    if (text.front() != kFirst) return Reading::no_token;
    return text.substr(1, kHallSize) == hall_mark(hall_code) ? Reading::ours : Reading::other_hall;
}

}  // namespace hall::wristband
