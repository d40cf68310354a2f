// What people may write: names, phones, free text, listed words. Internal to hall-server/core.
//
// A check gives nothing when the text may be kept, else the refusal; its `field` is the field's
// name and never what was written, because a refusal's reply is recorded. An empty text passes
// every check: what must be there is the command's business. What passes is kept to the byte.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hall-server/core/hall.h"

namespace hall::core {

// Nothing when it is not UTF-8.
std::optional<std::u32string> code_points(std::string_view text);
// White space of every script, and what takes no room at all.
bool is_blank(char32_t point);
// A full-width letter, digit or sign as its narrow twin; anything else as it is.
char32_t narrow(char32_t point);

// One line without control characters (nor those that turn the direction of writing), not blank.
std::optional<protocol::Refusal> check_line(const std::string& text, const char* field,
                                            size_t bytes_max);
std::optional<protocol::Refusal> check_name(const std::string& text, const char* field);
// The same, and it may have several lines.
std::optional<protocol::Refusal> check_free_text(const std::string& text, const char* field);
// 5 to 20 digits, of any width, with blanks and hyphens between them and a plus before.
std::optional<protocol::Refusal> check_phone(const std::string& text, const char* field);

// All of a person's fields; family_phone asks for family_consent. `today`: days since 1970.
std::optional<protocol::Refusal> check_person(const protocol::Person& person, uint32_t today);
bool is_empty(const protocol::Person& person);

// 1 to 40 of [a-z0-9_-]: a word of a list that the hall's programs share, safe in the log.
bool is_listed_word(std::string_view text);

}  // namespace hall::core
