// How long the tests go on: ./test sets HALL_TESTS to quick, full or nightly.
#pragma once

#include <cstdlib>
#include <string>

namespace hall::end_to_end {

inline int rounds(int quick, int full, int nightly) {
    const char* size = std::getenv("HALL_TESTS");
    if (size != nullptr && std::string(size) == "nightly") return nightly;
    if (size != nullptr && std::string(size) == "quick") return quick;
    return full;
}

}  // namespace hall::end_to_end
