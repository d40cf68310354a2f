#include "wording/wording.h"

#include <algorithm>

#include "wording/catalogue.h"

namespace hall::wording {
namespace {

const Catalogue& catalogue_of(Language language) {
    switch (language) {
        case Language::zh:
            return chinese();
        case Language::en:
            return english();
    }
    return chinese();
}

}  // namespace

std::optional<Language> language_from(std::string_view tag) {
    const std::string_view primary = tag.substr(0, tag.find_first_of("-_."));
    if (primary == "zh") return Language::zh;
    if (primary == "en") return Language::en;
    return std::nullopt;
}

bool has(std::string_view key, Language language) {
    return !key.empty() && catalogue_of(language).find(key).has_value();
}

std::string text(std::string_view key, Language language) {
    if (key.empty()) return {};  // gettext keeps the file's header under the empty key
    return std::string(catalogue_of(language).find(key).value_or(key));
}

std::string format(std::string_view key, std::initializer_list<Named> values, Language language) {
    const std::string sentence = text(key, language);
    std::string out;
    std::size_t done = 0;
    while (done < sentence.size()) {
        const std::size_t open = sentence.find('{', done);
        const std::size_t close = sentence.find('}', open);
        if (open == std::string::npos || close == std::string::npos) break;
        out.append(sentence, done, open - done);
        const std::string_view name = std::string_view(sentence).substr(open + 1, close - open - 1);
        const auto* found = std::find_if(values.begin(), values.end(),
                                         [&](const Named& named) { return named.name == name; });
        if (found != values.end()) {
            out += found->value;
        } else {
            out.append(sentence, open, close - open + 1);
        }
        done = close + 1;
    }
    return out.append(sentence, done);
}

std::vector<std::string> keys(Language language) {
    const Catalogue& catalogue = catalogue_of(language);
    std::vector<std::string> out;
    for (std::uint32_t i = 0; i < catalogue.size(); ++i) {
        if (!catalogue.key(i).empty()) out.emplace_back(catalogue.key(i));
    }
    return out;
}

}  // namespace hall::wording
