#include "wristband/code/code.h"

#include <algorithm>
#include <cstdint>

#include "protocol/check.h"

namespace hall::wristband {
namespace {

constexpr size_t kHallSize = 4;

// ISO 7064 MOD 37,36 counts over 0-9A-Z.
constexpr int kModulus = 36;

int value_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    return c - 'A' + 10;
}

bool in_alphabet(char c) {
    return kAlphabet.find(c) != std::string_view::npos;
}

// The check character may be any of the 36: it is never typed by itself.
char check_of(std::string_view text) {
    int rest = kModulus;
    for (char c : text) {
        rest = (rest + value_of(c)) % kModulus;
        if (rest == 0) rest = kModulus;
        rest = rest * 2 % (kModulus + 1);
    }
    const int check = (kModulus + 1 - rest) % kModulus;
    return static_cast<char>(check < 10 ? '0' + check : 'A' + check - 10);
}

// FNV-1a, folded to four characters: halls of one region differ, nothing depends on more.
std::string hall_mark(std::string_view hall_code) {
    uint64_t hash = 14695981039346656037ULL;
    for (char c : hall_code) {
        hash ^= static_cast<uint8_t>(c);
        hash *= 1099511628211ULL;
    }
    hash ^= hash >> 32;
    std::string mark;
    for (size_t i = 0; i < kHallSize; ++i) mark += kAlphabet[hash >> (5 * i) & 31];
    return mark;
}

}  // namespace

std::string make_token(std::string_view hall_code, std::string_view random) {
    HALL_CHECK(random.size() == kRandomBytes);
    std::string token = "W" + hall_mark(hall_code);
    uint32_t bits = 0;
    int count = 0;
    for (char c : random) {
        bits = bits << 8 | static_cast<uint8_t>(c);
        count += 8;
        while (count >= 5) {
            count -= 5;
            token += kAlphabet[bits >> count & 31];
        }
    }
    token += check_of(token);
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
    return text;
}

Reading read_token(std::string_view hall_code, std::string_view text) {
    if (text.size() != kTokenSize || text[0] != 'W') return Reading::no_token;
    const std::string_view body = text.substr(0, kTokenSize - 1);
    const char check = text.back();
    const bool check_known = (check >= '0' && check <= '9') || (check >= 'A' && check <= 'Z');
    if (!check_known || !std::all_of(body.begin(), body.end(), in_alphabet)) {
        return Reading::misread;
    }
    if (check_of(body) != check) return Reading::misread;
    return body.substr(1, kHallSize) == hall_mark(hall_code) ? Reading::ours : Reading::other_hall;
}

}  // namespace hall::wristband
