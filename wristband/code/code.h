// The code on a wristband: an opaque token that says which hall it is of and nothing about anybody.
// PURE, used by the core (issue, scan) and by whoever reads a scanner.
//
//   token   = "W" hall random check
//   hall    = 4 characters, of the hall's code: another hall's bands are told from ours
//   random  = 16 characters, 80 bits: cannot be guessed
//   check   = 1 character over all the others
//
// All of them are of kAlphabet: no I, L, O, U, which are misread or misspoken. The characters are
// the 32 elements of GF(32) = GF(2)[x] / (x^5 + x^2 + 1), and with c[0] = check counted from the
// right, the sum of c[i] * x^i is zero. As x has order 31 and a token is shorter, this notices
// every single wrong character, every two characters that changed places, however far apart, and
// every pair of equal neighbours read as another pair. (ISO 7064 MOD 37,36 would miss some
// exchanged neighbours, and its check character may be an I, L, O or U.)
//
// Persistent: bands live for days. Never change the alphabet, the lengths or the check.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hall::wristband {

inline constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
inline constexpr size_t kTokenSize = 22;
inline constexpr size_t kRandomBytes = 10;

enum class Reading {
    ours,
    other_hall,
    misread,  // like a token, but the check character does not fit or characters are missing
    no_token  // something else: a ticket's code, or noise
};

// REQUIRES: `random` holds kRandomBytes.
std::string make_token(std::string_view hall_code, std::string_view random);

// Upper case, without blanks around it, as scanners and typing people send it. In what is like a
// token, O counts as 0, and I and L as 1: no token has them, so only a person can have meant that.
std::string normalised(std::string_view scanned);

// What a scanned text, already normalised, is to the hall with this code.
Reading read_token(std::string_view hall_code, std::string_view text);

}  // namespace hall::wristband
