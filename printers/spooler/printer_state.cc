#include "printers/spooler/printer_state.h"

#include <algorithm>
#include <array>
#include <utility>

#include "protocol/check.h"

namespace hall::printers::spooler {

namespace {

constexpr int kStopped = 5;

// Longest names first where one starts like another. Keywords of RFC 8011 and PWG 5100.9.
constexpr std::array kKnown = {
    std::pair{"cover-open", Condition::cover_open},
    std::pair{"door-open", Condition::cover_open},
    std::pair{"interlock-open", Condition::cover_open},
    std::pair{"media-jam", Condition::jammed},
    std::pair{"media-empty", Condition::paper_out},
    std::pair{"media-needed", Condition::paper_out},
    std::pair{"shutdown", Condition::off_line},
    std::pair{"offline", Condition::off_line},
    std::pair{"timed-out", Condition::off_line},
    std::pair{"media-low", Condition::paper_low},
};

// What the person at the printer has to deal with first.
int urgency(Condition condition) {
    switch (condition) {
        case Condition::unknown:
            return 0;
        case Condition::ok:
            return 1;
        case Condition::paper_low:
            return 2;
        case Condition::fault:
            return 3;
        case Condition::off_line:
            return 4;
        case Condition::paper_out:
            return 5;
        case Condition::jammed:
            return 6;
        case Condition::cover_open:
            return 7;
    }
    HALL_CHECK(false);
    return 0;
}

bool strip(std::string& keyword, std::string_view suffix) {
    if (!std::string_view(keyword).ends_with(suffix)) return false;
    keyword.resize(keyword.size() - suffix.size());
    return true;
}

}  // namespace

std::string_view word(Condition condition) {
    switch (condition) {
        case Condition::unknown:
            return "unknown";
        case Condition::ok:
            return "ok";
        case Condition::paper_low:
            return "paper_low";
        case Condition::paper_out:
            return "paper_out";
        case Condition::cover_open:
            return "cover_open";
        case Condition::jammed:
            return "jammed";
        case Condition::off_line:
            return "off_line";
        case Condition::fault:
            return "printer_fault";
    }
    HALL_CHECK(false);
    return "";
}

PrinterState state_from(int ipp_state, const std::vector<std::string>& reasons) {
    PrinterState result;
    result.condition = ipp_state == kStopped ? Condition::fault : Condition::ok;
    for (const std::string& reason : reasons) {
        if (reason == "none" || result.reasons.size() == kReasonsMax) continue;
        std::string keyword = reason;
        const bool error = strip(keyword, "-error");
        if (!error && !strip(keyword, "-warning")) strip(keyword, "-report");
        Condition condition = error ? Condition::fault : Condition::ok;
        for (const auto& [name, known] : kKnown) {
            if (keyword == name) condition = known;
        }
        if (urgency(condition) > urgency(result.condition)) result.condition = condition;
        result.reasons.push_back(std::move(keyword));
    }
    return result;
}

}  // namespace hall::printers::spooler
