// The nearest valid name of a mistyped one, for messages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hall::config {

// The candidate with the smallest edit distance (insert, delete, replace, swap neighbours, in
// bytes); the first of several. Empty when none is within a third of the word's length, at least 2
// edits.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace hall::config
