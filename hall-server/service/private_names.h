// Names and numbers of people as strings: how a name is shown masked, and how what somebody types
// finds what somebody else wrote.
//
// Pure functions, safe from any thread. REQUIRES of every text: UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace hall::service {

// 王*明; 王* of two characters, * of one. A character is what one writes as one: 𠮷 (four bytes) is
// whole, a mark stays with its letter, the middle dot of a name counts as any other.
std::string masked_name(std::string_view name);

// One form for all that people mean as the same: NFKC and folded case (full-width digits, Ａ, k),
// the middle dots · • ‧ ・ ･ ⋅ ∙ ᛫ ． and the full stop as one, without white space and what has no
// width.
std::string normalised(std::string_view text);

// Whether `wanted` (normalised) is in the name, or ends the number: its last four characters are
// enough. Spaces and hyphens of a number do not count. `wanted` empty: everything matches.
bool name_matches(std::string_view wanted, std::string_view name);
bool number_matches(std::string_view wanted, std::string_view number);

// An identity number in the form in which two are compared: one of 15 digits with the 18 that it
// became (GB 11643), anything else normalised.
std::string identity_to_match(std::string_view number);

}  // namespace hall::service
