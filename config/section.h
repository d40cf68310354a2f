// Section: typed reading of one TOML table that reports every mistake and goes on. The loader reads
// each part of a hall file through it, and sim/ each part of a scenario.
//
// A reader that finds a mistake reports it and returns its fallback, so that one run names them
// all. `finish` reports the keys that nobody asked for.
#pragma once

#include <toml++/toml.h>

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/hall_file.h"

namespace hall::config {

using Place = toml::source_position;

template <typename T>
struct Located {
    T value{};
    Place at{};
};

// The mistakes found so far, in any order.
class Report {
  public:
    explicit Report(std::string file) : file_(std::move(file)) {}

    void add(Place at, std::string what, std::string nearest = {});
    bool empty() const { return problems_.empty(); }
    // The mistakes of another file, which come after this one's.
    void append(Report&& other);

    // In the order of the file, another file's after it; beyond kProblemsMax the last one says how
    // many more there are.
    std::vector<Problem> take();

  private:
    std::string file_;
    std::vector<Problem> problems_;
    std::size_t dropped_ = 0;
};

template <typename T>
struct Range {
    T min;
    T max;
};

enum class Presence { required, optional };
inline constexpr auto kRequired = Presence::required;
inline constexpr auto kOptional = Presence::optional;

class Section {
  public:
    // `name` is how messages call it: "[hall]", "[[service]]". All three outlive the section.
    Section(const toml::table& table, std::string name, Report& report);

    Place at() const { return table_.source().begin; }
    // Where a key's value is; where the section is when it has no such key.
    Place at(std::string_view key) const;
    bool has(std::string_view key) const { return table_.contains(key); }
    bool has_keys() const { return !table_.empty(); }

    // Text without control characters, not empty, at most kTextBytesMax.
    std::string text(std::string_view key, Presence presence);
    // A name that others refer to: a-z, 0-9, '_' and '-', at most 40.
    Located<std::string> code(std::string_view key, Presence presence);
    // nullopt: absent (then reported if required) or wrong (reported).
    std::optional<int> integer(std::string_view key, Range<int> range, Presence presence);
    std::optional<double> decimal(std::string_view key, Range<double> range, Presence presence);
    // A list of 1 to `count_max` numbers; empty when absent or wrong (reported).
    std::vector<double> decimals(std::string_view key, Range<double> range, std::size_t count_max,
                                 Presence presence);
    int integer(std::string_view key, Range<int> range, int fallback);
    bool flag(std::string_view key, bool fallback);
    // "08:30" in minutes after midnight.
    std::optional<int> time_of_day(std::string_view key, Presence presence);
    // A TOML date, 2026-10-01.
    std::optional<Date> date(std::string_view key, Presence presence);
    // A list of texts, none twice, at most `count_max`.
    std::vector<Located<std::string>> texts(std::string_view key, std::size_t count_max,
                                            Presence presence);
    // Index of the text among `names`; the nearest name is offered.
    std::optional<std::size_t> choice(std::string_view key, const std::vector<std::string>& names,
                                      Presence presence);
    // A list of ["08:30", "12:00"], rising and apart.
    std::vector<Located<Span>> spans(std::string_view key);

    // Calls `read` for a table under `key`, with its name for messages.
    void table(std::string_view key, const std::string& name, Presence presence,
               const std::function<void(Section&)>& read);
    // Calls `read` for each table of the array under `key`, at most `count_max`.
    void tables(std::string_view key, const std::string& name, std::size_t count_max,
                const std::function<void(Section&)>& read);

    void finish();

    Report& report() { return report_; }

  private:
    const toml::node* node(std::string_view key, Presence presence);
    std::optional<std::string> string_of(const toml::node& node, const std::string& what);
    std::string named(std::string_view key) const;

    const toml::table& table_;
    std::string name_;
    Report& report_;
    std::set<std::string, std::less<>> asked_;
};

// Names of one kind ("service"): declared once, referred to from anywhere in the file.
class Names {
  public:
    Names(std::string kind, Report& report) : kind_(std::move(kind)), report_(report) {}

    void declare(const Located<std::string>& name);
    // REQUIRES: everything is declared. Reports a dangling reference; returns the name itself, or
    // the nearest one, so that one mistake does not cause more messages.
    std::string resolve(const Located<std::string>& name);
    Place at(const std::string& name) const;

  private:
    std::string kind_;
    Report& report_;
    std::map<std::string, Place> declared_;
};

// "08:30".
std::string clock_text(int minute);

}  // namespace hall::config
