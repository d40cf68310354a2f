// The code on a wristband: an opaque token that says which hall it is of and nothing about anybody.
// PURE, used by the core (issue, scan) and by whoever reads a scanner.
//
//   token   = "W" hall random check
//   hall    = 4 characters, of the hall's code: another hall's bands are told from ours
//   random  = 16 characters, 80 bits: cannot be guessed
//   check   = 1 character over all the others (ISO 7064 MOD 37,36): a misread character, or two
//             that changed places, is noticed
// All of them are of kAlphabet: no I, L, O, U, which are misread or misspoken.
// Persistent: bands live for days.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hall::wristband {

inline constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
inline constexpr size_t kTokenSize = 22;
inline constexpr size_t kRandomBytes = 10;

enum class Reading {
    ours,
    other_hall,
    misread,  // the check character does not fit
    no_token  // something else: a ticket's code, or noise
};

// REQUIRES: `random` holds kRandomBytes.
std::string make_token(std::string_view hall_code, std::string_view random);

// Upper case, without blanks around it, as scanners and typing people send it.
std::string normalised(std::string_view scanned);

// What a scanned text, already normalised, is to the hall with this code.
Reading read_token(std::string_view hall_code, std::string_view text);

}  // namespace hall::wristband
