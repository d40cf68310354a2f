// One line of a choice on a console, chosen by its digit.
#pragma once

#include <string>

namespace hall::console {

struct Choice {
    std::string value;
    std::string label;
    std::string detail;

    friend bool operator==(const Choice&, const Choice&) = default;
};

}  // namespace hall::console
