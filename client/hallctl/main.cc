// hallctl: anything a screen can do, from a terminal or a script. This file holds the table of
// commands and reads what was typed; each noun has its own file.
//
// Exit codes: 0 ok, 1 refused (the stable code on stderr), 2 usage, 3 unreachable.
#include <fmt/format.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <charconv>
#include <iostream>

#include "client/hallctl/requests.h"
#include "client/hallctl/session.h"
#include "client/hallctl/verb.h"
#include "protocol/command_id.h"
#include "wording/wording.h"

namespace hall::client::hallctl {
namespace {

namespace po = boost::program_options;

using wording::format;

using Typed = std::vector<std::string>;
using Takes = Option::Takes;

const std::vector<Option>& global_options() {
    static const std::vector<Option> list = {{"server", Takes::one, "tcp://HOST:PORT"},
                                             {"keys", Takes::one, "DIR"},
                                             {"config", Takes::one, "FILE"},
                                             {"as", Takes::one, "STAFF"},
                                             {"pin-file", Takes::one, "FILE"},
                                             {"command-id", Takes::one, "ID"},
                                             {"json", Takes::flag, ""},
                                             {"help", Takes::flag, ""},
                                             {"version", Takes::flag, ""}};
    return list;
}

Verbs all_verbs() {
    Verbs all;
    for (const auto verbs :
         {status_verbs,      hall_verbs,     ticket_verbs,     early_waiting_verbs,
          appointment_verbs, check_in_verbs, people_verbs,     case_verbs,
          case_result_verbs, window_verbs,   call_verbs,       serve_verbs,
          emergency_verbs,   facility_verbs, assistance_verbs, consultation_verbs,
          wristband_verbs,   service_verbs,  print_verbs,      watch_verbs,
          log_verbs,         report_verbs,   config_verbs,     device_verbs,
          staff_verbs,       vault_verbs}) {
        for (auto& verb : verbs()) all.push_back(std::move(verb));
    }
    return all;
}

std::string synopsis(const Option& option, bool required) {
    const std::string text =
        fmt::format("--{}{}{}", option.name, *option.value != '\0' ? " " : "", option.value);
    return required ? text : "[" + text + "]";
}

std::string synopsis(const Verb& verb) {
    std::string line = verb.noun;
    if (*verb.name != '\0') line += fmt::format(" {}", verb.name);
    for (const char* place : verb.places) line += fmt::format(" {}", place);
    for (const auto& option : verb.options) {
        const bool required =
            std::any_of(verb.required.begin(), verb.required.end(),
                        [&](const char* name) { return std::string(name) == option.name; });
        line += " " + synopsis(option, required);
    }
    return line;
}

// What a verb does, in words.
std::string meaning(const Verb& verb) {
    std::string key = fmt::format("hallctl.help.{}", verb.noun);
    if (*verb.name != '\0') key += fmt::format(".{}", verb.name);
    return wording::text(key);
}

void print_help(const Verbs& verbs) {
    std::cout << "hallctl";
    for (const auto& option : global_options()) std::cout << ' ' << synopsis(option, false);
    std::cout << " COMMAND\n\n";
    for (const auto& verb : verbs) {
        std::cout << "  " << synopsis(verb) << "\n        " << meaning(verb) << '\n';
    }
}

po::options_description description(const std::vector<Option>& options) {
    po::options_description list;
    for (const auto& option : options) {
        switch (option.takes) {
            case Takes::flag:
                list.add_options()(option.name, "");
                break;
            case Takes::one:
                list.add_options()(option.name, po::value<Typed>(), "");
                break;
            case Takes::many:
                list.add_options()(option.name, po::value<Typed>()->multitoken()->composing(), "");
                break;
            case Takes::maybe:
                list.add_options()(option.name, po::value<Typed>()->multitoken()->zero_tokens(),
                                   "");
                break;
        }
    }
    return list;
}

// The options and places of `typed`, by `options`. Throws UsageError.
Words read(const Typed& typed, const std::vector<Option>& options) {
    Words words;
    try {
        constexpr int kStyle = po::command_line_style::default_style &
                               ~static_cast<int>(po::command_line_style::allow_guessing);
        const po::options_description list = description(options);
        const auto parsed = po::command_line_parser(typed).options(list).style(kStyle).run();
        for (const auto& option : parsed.options) {
            if (option.string_key.empty()) {
                words.places.insert(words.places.end(), option.value.begin(), option.value.end());
                continue;
            }
            auto& values = words.options[option.string_key];
            values.insert(values.end(), option.value.begin(), option.value.end());
        }
    } catch (const po::unknown_option& error) {
        throw UsageError{
            format("hallctl.usage.unknown_option", {{"option", error.get_option_name()}})};
    } catch (const po::invalid_syntax& error) {
        const bool lacks_value = error.kind() == po::invalid_syntax::missing_parameter ||
                                 error.kind() == po::invalid_syntax::empty_adjacent_parameter;
        throw UsageError{format(lacks_value ? "hallctl.usage.no_value" : "hallctl.usage.malformed",
                                {{"option", error.get_option_name()}})};
    } catch (const po::error& error) {
        throw UsageError{format("hallctl.usage.malformed", {{"option", error.what()}})};
    }
    for (const auto& option : options) {
        const bool one = option.takes == Takes::one || option.takes == Takes::maybe;
        if (one && words.many(option.name).size() > 1) {
            throw UsageError{
                format("hallctl.usage.twice", {{"option", std::string("--") + option.name}})};
        }
    }
    return words;
}

const Option* global_option(const std::string& word) {
    const std::string name = word.substr(2, word.find('=') - 2);
    const auto found = std::find_if(global_options().begin(), global_options().end(),
                                    [&](const Option& option) { return name == option.name; });
    return found != global_options().end() ? &*found : nullptr;
}

// Takes noun and verb out of `typed`: before and between them only global options may stand.
Typed take_command(Typed& typed) {
    Typed command;
    size_t i = 0;
    while (i < typed.size() && command.size() < 2) {
        if (typed[i].rfind("--", 0) != 0) {
            command.push_back(typed[i]);
            typed.erase(typed.begin() + static_cast<std::ptrdiff_t>(i));
            continue;
        }
        const Option* global = global_option(typed[i]);
        if (global == nullptr) break;
        const bool value_follows =
            global->takes == Takes::one && typed[i].find('=') == std::string::npos;
        i += value_follows ? 2 : 1;
    }
    return command;
}

Verbs matching(const Verbs& verbs, const Typed& command) {
    Verbs found;
    for (const auto& verb : verbs) {
        if (!command.empty() && command.front() != verb.noun) continue;
        const bool alone = *verb.name == '\0';
        if (command.size() > 1 && !alone && command[1] != verb.name) continue;
        found.push_back(verb);
    }
    return found;
}

void check_words(const Verb& verb, const Words& words) {
    const bool missing =
        words.places.size() < verb.places.size() && verb.places[words.places.size()][0] != '[';
    if (missing) {
        throw UsageError{
            format("hallctl.usage.missing", {{"what", verb.places[words.places.size()]}})};
    }
    const bool repeats =
        !verb.places.empty() && std::string_view(verb.places.back()).ends_with("…");
    if (words.places.size() > verb.places.size() && !repeats) {
        throw UsageError{
            format("hallctl.usage.too_much", {{"word", words.places[verb.places.size()]}})};
    }
    for (const char* option : verb.required) {
        if (!words.one(option).empty()) continue;
        throw UsageError{format("hallctl.usage.missing", {{"what", std::string("--") + option}})};
    }
}

Globals globals_of(const Words& words) {
    Globals globals;
    if (words.has("as") != words.has("pin-file")) {
        throw UsageError{wording::text("hallctl.usage.as_and_pin")};
    }
    globals.staff = words.one("as");
    if (words.has("as")) globals.pin = pin_in(words.one("pin-file"), "--pin-file");
    globals.server = words.one("server");
    globals.keys = words.one("keys");
    globals.config = words.one("config");
    globals.command_id = words.one("command-id");
    if (words.has("command-id") && !protocol::is_command_id(globals.command_id)) {
        throw UsageError{format("hallctl.usage.command_id", {{"value", globals.command_id}})};
    }
    globals.json = words.has("json");
    return globals;
}

int run_verb(const Verb& verb, Typed typed) {
    try {
        std::vector<Option> options = global_options();
        options.insert(options.end(), verb.options.begin(), verb.options.end());
        const Words words = read(typed, options);
        check_words(verb, words);
        Session session(globals_of(words));
        return verb.run(session, words);
    } catch (const UsageError& error) {
        std::cerr << "hallctl: " << error.message << "\nhallctl " << synopsis(verb) << '\n';
        return kExitUsage;
    }
}

bool asks(const Typed& typed, const char* option) {
    return std::find(typed.begin(), typed.end(), option) != typed.end();
}

// Says what could have been meant.
int no_such_command(const Typed& command, const Verbs& found) {
    if (command.empty()) {
        std::cerr << "hallctl: " << wording::text("hallctl.usage.no_command")
                  << "\nhallctl --help\n";
    } else if (found.empty()) {
        const std::string typed = fmt::format("{}", fmt::join(command, " "));
        std::cerr << "hallctl: " << format("hallctl.usage.no_such_command", {{"command", typed}})
                  << "\nhallctl --help\n";
    } else {
        for (const auto& verb : found) std::cerr << "hallctl " << synopsis(verb) << '\n';
    }
    return kExitUsage;
}

int run(Typed typed) {
    const Verbs verbs = all_verbs();
    if (asks(typed, "--version")) {
        std::cout << "hallctl " << HALL_VERSION << '\n';
        return kExitOk;
    }
    Typed command = take_command(typed);
    const Verbs found = matching(verbs, command);
    if (asks(typed, "--help") && !found.empty()) {
        print_help(found);
        return kExitOk;
    }
    if (command.empty() || found.size() != 1) return no_such_command(command, found);
    // A noun without verbs: what looked like one is a place.
    const bool alone = *found.front().name == '\0';
    if (alone && command.size() > 1) typed.push_back(command[1]);
    if (!alone && command.size() < 2) return no_such_command(command, found);
    return run_verb(found.front(), std::move(typed));
}

}  // namespace

std::string Words::one(const std::string& option) const {
    const auto found = options.find(option);
    return found == options.end() || found->second.empty() ? "" : found->second.front();
}

std::vector<std::string> Words::many(const std::string& option) const {
    const auto found = options.find(option);
    return found == options.end() ? std::vector<std::string>() : found->second;
}

uint64_t number_from(const std::string& text, std::string_view option) {
    uint64_t number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, failure] = std::from_chars(text.data(), end, number);
    if (failure != std::errc() || stop != end || number == 0) {
        throw UsageError{
            format("hallctl.usage.number", {{"option", std::string(option)}, {"value", text}})};
    }
    return number;
}

uint32_t window_number(const std::string& text, std::string_view option) {
    constexpr uint64_t kMax = 1'000'000;
    const uint64_t number = number_from(text, option);
    if (number > kMax) {
        throw UsageError{
            format("hallctl.usage.no_window", {{"option", std::string(option)}, {"value", text}})};
    }
    return static_cast<uint32_t>(number);
}

}  // namespace hall::client::hallctl

int main(int argc, char** argv) {
    return hall::client::hallctl::run(std::vector<std::string>(argv + 1, argv + argc));
}
