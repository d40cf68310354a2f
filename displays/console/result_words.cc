#include "displays/console/result_words.h"

#include <utility>

#include "wording/wording.h"

namespace hall::console {

std::vector<ResultWords> result_words(const protocol::Case& file) {
    const std::pair<const char*, const std::string&> said[] = {
        {"console.result.why", file.result_note()},
        {"console.result.remedy", file.remedy()},
        {"console.result.office", file.office()}};
    std::vector<ResultWords> out;
    for (const auto& [title, words] : said) {
        if (!words.empty()) out.push_back({wording::text(title), words});
    }
    return out;
}

}  // namespace hall::console
