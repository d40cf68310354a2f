// What a visitor is told of a case's result beside its name: why, what can be done about it, where
// it went. Used by console models. Pure.
#pragma once

#include <string>
#include <vector>

#include "protocol/views.pb.h"

namespace hall::console {

struct ResultWords {
    std::string title;  // 原因
    std::string words;  // as written
};

// Those that were written, in the order in which they are told.
std::vector<ResultWords> result_words(const protocol::Case& file);

}  // namespace hall::console
