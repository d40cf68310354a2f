// PrinterState: what a printer says of itself, in the words a guide needs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hall::printers::spooler {

enum class Condition {
    unknown,     // not asked yet
    ok,          // prints
    paper_low,   // prints, soon out of paper
    paper_out,   // does not print
    cover_open,  // does not print
    jammed,      // does not print
    off_line,    // does not answer, or says that it is off line
    fault        // stopped, or names an error that is none of the above
};

struct PrinterState {
    Condition condition = Condition::unknown;
    // The printer's own keywords (RFC 8011, 5.4.12), without -report, -warning, -error; at most
    // kReasonsMax. For logs, never for decisions.
    std::vector<std::string> reasons;

    bool can_print() const {
        return condition == Condition::ok || condition == Condition::paper_low;
    }
    bool operator==(const PrinterState&) const = default;
};

inline constexpr std::size_t kReasonsMax = 16;

// Stable words: `ok`, `paper_low`, `paper_out`, `cover_open`, `jammed`, `off_line`, `unknown`,
// `printer_fault`. The reason code of a failed verdict is one of them.
std::string_view word(Condition condition);

// The state that printer-state (3 idle, 4 processing, 5 stopped) and printer-state-reasons say. The
// reason that a person must act on first wins: cover, jam, paper, off line, other errors, paper
// low.
PrinterState state_from(int ipp_state, const std::vector<std::string>& reasons);

}  // namespace hall::printers::spooler
