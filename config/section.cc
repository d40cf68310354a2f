#include "config/section.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

#include "config/calendar.h"
#include "config/nearest.h"

namespace hall::config {
namespace {

constexpr std::size_t kCodeBytesMax = 40;

const char* type_name(const toml::node& node) {
    switch (node.type()) {
        case toml::node_type::none:
            return "nothing";
        case toml::node_type::table:
            return "a table";
        case toml::node_type::array:
            return "a list";
        case toml::node_type::string:
            return "a text";
        case toml::node_type::integer:
            return "a whole number";
        case toml::node_type::floating_point:
            return "a decimal number";
        case toml::node_type::boolean:
            return "true or false";
        case toml::node_type::date:
            return "a date";
        case toml::node_type::time:
            return "a time";
        case toml::node_type::date_time:
            return "a date with a time";
    }
    return "something else";
}

bool control_character(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
}

bool code_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

// What a message may repeat of a wrong text: a start of it that does not end inside a character.
std::string excerpt(const std::string& text) {
    std::size_t length = std::min<std::size_t>(text.size(), kCodeBytesMax);
    while (length > 0 && length < text.size() && (text[length] & 0xc0) == 0x80) --length;
    std::string out = text.substr(0, length);
    std::replace_if(out.begin(), out.end(), control_character, '?');
    return length < text.size() ? out + "…" : out;
}

}  // namespace

std::string to_string(const Problem& problem) {
    std::string out = problem.file;
    if (problem.line > 0) out += fmt::format(":{}:{}", problem.line, problem.column);
    out += ": " + problem.what;
    if (!problem.nearest.empty()) out += fmt::format(" (did you mean {}?)", problem.nearest);
    return out;
}

std::string clock_text(int minute) {
    return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
}

void Report::add(Place at, std::string what, std::string nearest) {
    if (problems_.size() >= kProblemsMax) {
        ++dropped_;
        return;
    }
    Problem problem;
    problem.file = file_;
    problem.line = static_cast<int>(at.line);
    problem.column = static_cast<int>(at.column);
    problem.what = std::move(what);
    problem.nearest = std::move(nearest);
    problems_.push_back(std::move(problem));
}

void Report::append(Report&& other) {
    for (Problem& problem : other.take()) {
        if (problems_.size() < kProblemsMax) {
            problems_.push_back(std::move(problem));
        } else {
            ++dropped_;
        }
    }
}

std::vector<Problem> Report::take() {
    std::stable_sort(problems_.begin(), problems_.end(), [&](const Problem& a, const Problem& b) {
        const bool a_other = a.file != file_;
        const bool b_other = b.file != file_;
        return std::tie(a_other, a.line, a.column) < std::tie(b_other, b.line, b.column);
    });
    if (dropped_ > 0) {
        problems_.back().what = fmt::format("and {} more mistakes", dropped_ + 1);
        problems_.back().nearest.clear();
    }
    return std::move(problems_);
}

Section::Section(const toml::table& table, std::string name, Report& report)
    : table_(table), name_(std::move(name)), report_(report) {}

Place Section::at(std::string_view key) const {
    const toml::node* node = table_.get(key);
    return node == nullptr ? at() : node->source().begin;
}

std::string Section::named(std::string_view key) const {
    return fmt::format("`{}` of {}", key, name_);
}

const toml::node* Section::node(std::string_view key, Presence presence) {
    asked_.emplace(key);
    const toml::node* node = table_.get(key);
    if (node == nullptr && presence == Presence::required) {
        report_.add(at(), fmt::format("{} lacks `{}`", name_, key));
    }
    return node;
}

std::optional<std::string> Section::string_of(const toml::node& node, const std::string& what) {
    const auto* string = node.as_string();
    if (string == nullptr) {
        report_.add(node.source().begin,
                    fmt::format("{} must be a text in quotes, not {}", what, type_name(node)));
        return std::nullopt;
    }
    const std::string& value = string->get();
    const auto complain = [&](const std::string& why) {
        report_.add(node.source().begin, what + " " + why);
        return std::nullopt;
    };
    if (value.empty()) return complain("is empty");
    if (value.size() > kTextBytesMax) {
        return complain(fmt::format("is longer than {} bytes", kTextBytesMax));
    }
    if (std::any_of(value.begin(), value.end(), control_character)) {
        return complain("contains a control character");
    }
    return value;
}

std::string Section::text(std::string_view key, Presence presence) {
    const toml::node* found = node(key, presence);
    return found == nullptr ? "" : string_of(*found, named(key)).value_or("");
}

Located<std::string> Section::code(std::string_view key, Presence presence) {
    const std::string value = text(key, presence);
    const Place place = at(key);
    if (!value.empty() && (value.size() > kCodeBytesMax ||
                           !std::all_of(value.begin(), value.end(), code_character))) {
        report_.add(place, fmt::format("{} is \"{}\": use a-z, 0-9, _ and -, at most {}",
                                       named(key), excerpt(value), kCodeBytesMax));
    }
    return {value, place};
}

std::optional<int> Section::integer(std::string_view key, Range<int> range, Presence presence) {
    const toml::node* found = node(key, presence);
    if (found == nullptr) return std::nullopt;
    const auto* value = found->as_integer();
    if (value == nullptr) {
        report_.add(at(key), fmt::format("{} must be a whole number, not {}", named(key),
                                         type_name(*found)));
        return std::nullopt;
    }
    if (value->get() < range.min || value->get() > range.max) {
        report_.add(at(key), fmt::format("{} is {}: it must be {} to {}", named(key), value->get(),
                                         range.min, range.max));
        return std::nullopt;
    }
    return static_cast<int>(value->get());
}

int Section::integer(std::string_view key, Range<int> range, int fallback) {
    return integer(key, range, Presence::optional).value_or(fallback);
}

std::optional<double> Section::decimal(std::string_view key, Range<double> range,
                                       Presence presence) {
    const toml::node* found = node(key, presence);
    if (found == nullptr) return std::nullopt;
    if (!found->is_number()) {
        report_.add(at(key),
                    fmt::format("{} must be a number, not {}", named(key), type_name(*found)));
        return std::nullopt;
    }
    const double value = *found->value<double>();
    if (!(value >= range.min && value <= range.max)) {  // also refuses nan
        report_.add(at(key), fmt::format("{} is {}: it must be {} to {}", named(key), value,
                                         range.min, range.max));
        return std::nullopt;
    }
    return value;
}

std::vector<double> Section::decimals(std::string_view key, Range<double> range,
                                      std::size_t count_max, Presence presence) {
    const toml::node* found = node(key, presence);
    if (found == nullptr) return {};
    const toml::array* list = found->as_array();
    if (list == nullptr || list->empty() || list->size() > count_max) {
        report_.add(at(key), fmt::format("{} must be a list of 1 to {} numbers such as [1.5, 2]",
                                         named(key), count_max));
        return {};
    }
    std::vector<double> out;
    for (const toml::node& entry : *list) {
        const auto value = entry.is_number() ? entry.value<double>() : std::nullopt;
        if (!value || !(*value >= range.min && *value <= range.max)) {  // also refuses nan
            report_.add(entry.source().begin, fmt::format("an entry of {} must be a number from {} "
                                                          "to {}",
                                                          named(key), range.min, range.max));
            return {};
        }
        out.push_back(*value);
    }
    return out;
}

bool Section::flag(std::string_view key, bool fallback) {
    const toml::node* found = node(key, Presence::optional);
    if (found == nullptr) return fallback;
    const auto* value = found->as_boolean();
    if (value == nullptr) {
        report_.add(at(key),
                    fmt::format("{} must be true or false, not {}", named(key), type_name(*found)));
        return fallback;
    }
    return value->get();
}

std::optional<int> Section::time_of_day(std::string_view key, Presence presence) {
    const std::string value = text(key, presence);
    if (value.empty()) return std::nullopt;
    const auto minute = time_of_day_from(value);
    if (!minute) {
        report_.add(at(key), fmt::format("{} is \"{}\": write a time from 00:00 to 24:00, such as "
                                         "08:30",
                                         named(key), excerpt(value)));
    }
    return minute;
}

std::optional<Date> Section::date(std::string_view key, Presence presence) {
    const toml::node* found = node(key, presence);
    if (found == nullptr) return std::nullopt;
    const auto* value = found->as_date();
    if (value == nullptr) {
        report_.add(at(key), fmt::format("{} must be a date such as 2026-10-01 without quotes, not "
                                         "{}",
                                         named(key), type_name(*found)));
        return std::nullopt;
    }
    return Date{value->get().year, value->get().month, value->get().day};
}

std::vector<Located<std::string>> Section::texts(std::string_view key, std::size_t count_max,
                                                 Presence presence) {
    std::vector<Located<std::string>> out;
    const toml::node* found = node(key, presence);
    if (found == nullptr) return out;
    const toml::array* list = found->as_array();
    if (list == nullptr) {
        report_.add(at(key),
                    fmt::format("{} must be a list of texts such as [\"a\", \"b\"], not {}",
                                named(key), type_name(*found)));
        return out;
    }
    if (list->size() > count_max) {
        report_.add(at(key), fmt::format("{} has {} entries: at most {} are allowed", named(key),
                                         list->size(), count_max));
        return out;
    }
    for (const toml::node& entry : *list) {
        const auto value = string_of(entry, "an entry of " + named(key));
        if (!value) continue;
        const Place place = entry.source().begin;
        const bool known = std::any_of(out.begin(), out.end(),
                                       [&](const auto& other) { return other.value == *value; });
        if (known) {
            report_.add(place, fmt::format("{} names \"{}\" twice", named(key), excerpt(*value)));
            continue;
        }
        out.push_back(Located<std::string>{*value, place});
    }
    return out;
}

std::optional<std::size_t> Section::choice(std::string_view key,
                                           const std::vector<std::string>& names,
                                           Presence presence) {
    const std::string value = text(key, presence);
    if (value.empty()) return std::nullopt;
    const auto found = std::find(names.begin(), names.end(), value);
    if (found == names.end()) {
        report_.add(at(key),
                    fmt::format("{} is \"{}\": it must be one of {}", named(key), excerpt(value),
                                fmt::join(names, ", ")),
                    nearest(value, names));
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - names.begin());
}

std::vector<Located<Span>> Section::spans(std::string_view key) {
    std::vector<Located<Span>> out;
    const toml::node* found = node(key, Presence::optional);
    if (found == nullptr) return out;
    const auto complain = [&](const toml::node& where, const std::string& why) {
        report_.add(where.source().begin, named(key) + " " + why);
    };
    const toml::array* list = found->as_array();
    if (list == nullptr || list->empty() || list->size() > kSpansMax) {
        complain(*found, fmt::format("must be a list of 1 to {} spans such as "
                                     "[[\"08:30\", \"12:00\"]]",
                                     kSpansMax));
        return out;
    }
    for (const toml::node& entry : *list) {
        const toml::array* pair = entry.as_array();
        std::array<std::optional<int>, 2> ends;
        for (std::size_t i = 0; pair != nullptr && pair->size() == 2 && i < 2; ++i) {
            const auto text = (*pair)[i].value_exact<std::string>();
            if (text) ends[i] = time_of_day_from(*text);
        }
        if (!ends[0] || !ends[1]) {
            complain(entry, "has a span that is not two times such as [\"08:30\", \"12:00\"]");
        } else if (*ends[0] >= *ends[1]) {
            complain(entry, fmt::format("has a span that ends at {}, not after its start {}",
                                        clock_text(*ends[1]), clock_text(*ends[0])));
        } else if (!out.empty() && *ends[0] < out.back().value.to_min) {
            complain(entry, fmt::format("has a span from {} that starts before the one before it "
                                        "ends at {}",
                                        clock_text(*ends[0]), clock_text(out.back().value.to_min)));
        } else {
            out.push_back(Located<Span>{Span{*ends[0], *ends[1]}, entry.source().begin});
        }
    }
    return out;
}

void Section::table(std::string_view key, const std::string& name, Presence presence,
                    const std::function<void(Section&)>& read) {
    const toml::node* found = node(key, presence);
    if (found == nullptr) return;
    const toml::table* table = found->as_table();
    if (table == nullptr) {
        report_.add(at(key),
                    fmt::format("`{}` must be a section {}, not {}", key, name, type_name(*found)));
        return;
    }
    Section section(*table, name, report_);
    read(section);
    section.finish();
}

void Section::tables(std::string_view key, const std::string& name, std::size_t count_max,
                     const std::function<void(Section&)>& read) {
    const toml::node* found = node(key, Presence::optional);
    if (found == nullptr) return;
    const toml::array* list = found->as_array();
    const bool all_tables = list != nullptr && std::all_of(list->begin(), list->end(),
                                                           [](auto& e) { return e.is_table(); });
    if (!all_tables) {
        report_.add(at(key),
                    fmt::format("`{}` must be sections {}, not {}", key, name, type_name(*found)));
        return;
    }
    if (list->size() > count_max) {
        const toml::node& first_too_many = (*list)[count_max];
        report_.add(first_too_many.source().begin,
                    fmt::format("the file has {} {}: at most {} are allowed", list->size(), name,
                                count_max));
    }
    for (std::size_t i = 0; i < std::min(list->size(), count_max); ++i) {
        Section section(*(*list)[i].as_table(), name, report_);
        read(section);
        section.finish();
    }
}

void Section::finish() {
    const std::vector<std::string> known(asked_.begin(), asked_.end());
    for (const auto& [key, node] : table_) {
        if (asked_.find(key.str()) != asked_.end()) continue;
        const std::string name(key.str());
        report_.add(key.source().begin, fmt::format("{} has no key `{}`", name_, excerpt(name)),
                    nearest(name, known));
    }
}

void Names::declare(const Located<std::string>& name) {
    if (name.value.empty()) return;
    const auto [known, added] = declared_.emplace(name.value, name.at);
    if (added) return;
    report_.add(name.at, fmt::format("{} \"{}\" is there twice, first in line {}", kind_,
                                     excerpt(name.value), known->second.line));
}

std::string Names::resolve(const Located<std::string>& name) {
    if (name.value.empty() || declared_.count(name.value) > 0) return name.value;
    std::vector<std::string> names;
    for (const auto& [declared, at] : declared_) names.push_back(declared);
    const std::string near = nearest(name.value, names);
    report_.add(name.at, fmt::format("there is no {} \"{}\"", kind_, excerpt(name.value)), near);
    return near;
}

Place Names::at(const std::string& name) const {
    const auto found = declared_.find(name);
    return found == declared_.end() ? Place{} : found->second;
}

}  // namespace hall::config
