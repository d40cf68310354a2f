#include "config/nearest.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace hall::config {
namespace {

constexpr std::size_t kWordBytesMax = 100;  // longer words are not compared: cost grows as a square

// Optimal string alignment distance, three rows at a time.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> above(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replace = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({above[j] + 1, row[j - 1] + 1, replace});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = std::min(row[j], before[j - 2] + 1);
            }
        }
        std::swap(before, above);
        std::swap(above, row);
    }
    return above[b.size()];
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
    if (word.size() > kWordBytesMax) return {};
    std::size_t best = std::max<std::size_t>(2, word.size() / 3) + 1;
    std::string out;
    for (const std::string& candidate : candidates) {
        if (candidate.size() > kWordBytesMax) continue;
        const std::size_t edits = distance(word, candidate);
        if (edits < best && edits < candidate.size()) {
            best = edits;
            out = candidate;
        }
    }
    return out;
}

}  // namespace hall::config
