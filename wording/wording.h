// The sentences people read, on screens, paper and in hallctl. Code names a sentence by a stable
// key
// ("board.stale"); wording/po/*.po hold the sentences. To add one: put the key, with its sentence,
// in order, into every .po file; the wording lint finds what is missing or unused.
//
// The catalogues are compiled by msgfmt and linked into the program, so that no program can start
// without its words. All functions are pure and safe from any thread.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hall::wording {

enum class Language { zh, en };

// "zh" and "en", also with a region ("zh_CN.UTF-8", "en-GB"); nullopt for others.
std::optional<Language> language_from(std::string_view tag);

// Whether `key` has a sentence.
bool has(std::string_view key, Language language = Language::zh);

// The sentence of `key`; the key itself when there is none, so that a gap is seen and not fatal.
std::string text(std::string_view key, Language language = Language::zh);

struct Named {
    std::string_view name;
    std::string value;
};

// The sentence of `key` with each {name} replaced by its value:
//   format("slip.people", {{"count", "5"}})
// A {name} without a value stays as it is; a value without a {name} is ignored. Values are not
// looked into again. There are no plural forms: write sentences that need none.
std::string format(std::string_view key, std::initializer_list<Named> values,
                   Language language = Language::zh);

// Every key, sorted: for tests and for warming up the glyphs of the sentences in use.
std::vector<std::string> keys(Language language = Language::zh);

}  // namespace hall::wording
