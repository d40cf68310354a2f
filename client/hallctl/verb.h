// Verb: one line of hallctl's table of commands — what is typed, what it takes, what it does.
//
// Every noun has a file that ends with its verbs; main.cc knows only the table.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace hall::client::hallctl {

inline constexpr int kExitOk = 0;
inline constexpr int kExitRefused = 1;
inline constexpr int kExitUsage = 2;
inline constexpr int kExitUnreachable = 3;

class Session;

struct Option {
    enum class Takes { flag, one, many, maybe };  // maybe: a flag that may have a value
    const char* name;                             // without dashes
    Takes takes;
    const char* value;  // what to write after it: CODE, N
};

// What was typed after the verb, checked against its table line.
class Words {
  public:
    std::vector<std::string> places;                          // NUMBER, NAME, FILE
    std::map<std::string, std::vector<std::string>> options;  // a flag has no values

    bool has(const std::string& option) const { return options.count(option) != 0; }
    std::string one(const std::string& option) const;  // empty when it was not given
    std::vector<std::string> many(const std::string& option) const;
};

struct Verb {
    const char* noun;
    const char* name;  // empty: the noun alone ("status")
    // Those that may be left out come last: "[DATE]"; a last one that ends with … may repeat.
    std::vector<const char*> places;
    std::vector<Option> options;
    std::vector<const char*> required;  // options that must be given
    // Returns the exit code.
    int (*run)(Session& session, const Words& words);
};

using Verbs = std::vector<Verb>;

// One per file of this folder.
Verbs status_verbs();
Verbs hall_verbs();
Verbs ticket_verbs();
Verbs early_waiting_verbs();
Verbs appointment_verbs();
Verbs check_in_verbs();
Verbs people_verbs();
Verbs case_verbs();
Verbs case_result_verbs();
Verbs emergency_verbs();
Verbs facility_verbs();
Verbs assistance_verbs();
Verbs consultation_verbs();
Verbs wristband_verbs();
Verbs service_verbs();
Verbs staff_verbs();
Verbs vault_verbs();
Verbs window_verbs();
Verbs call_verbs();
Verbs serve_verbs();
Verbs print_verbs();
Verbs watch_verbs();
Verbs log_verbs();
Verbs report_verbs();
Verbs config_verbs();
Verbs device_verbs();

// A mistake in what was typed: printed with the verb's usage, exit 2.
struct UsageError {
    std::string message;
};

// "3" to 3; throws UsageError that names `option`.
uint64_t number_from(const std::string& text, std::string_view option);
uint32_t window_number(const std::string& text, std::string_view option);

}  // namespace hall::client::hallctl
