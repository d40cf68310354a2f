// Paper slips of a breakdown, typed into a table:
//
//     slip,arrived,service,category,served
//     Z001,08:40,pension,80plus,
//     Z002,08:41,pension+card,,yes
//
// `service` and `category` may hold several codes, joined by +. `arrived` is HH:MM of the hall's
// day, or YYYY-MM-DD HH:MM of the same. `served` is empty, yes or no. A byte order mark, CRLF,
// quotes and blank lines (",,,," too) are fine. Only the form is checked here: the hall knows the
// rest.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "protocol/hall.pb.h"

namespace hall::client {

// The day that the hall has, for times of the clock.
struct HallDay {
    std::string date;         // "2026-11-24"
    int64_t midnight_ms = 0;  // its local begin, UTC
};

struct SlipMistake {
    int line = 0;      // from 1
    std::string what;  // one sentence, Chinese
};

struct PaperSlips {
    protocol::ImportPaper import;
    std::vector<int> lines;  // of the file, one for each slip
};

inline constexpr size_t kPaperSlipsMax = 1'000;  // the hall takes no more at once

// All mistakes, by line. REQUIRES: nothing of `csv`.
tl::expected<PaperSlips, std::vector<SlipMistake>> read_paper_slips(std::string_view csv,
                                                                    const HallDay& today);

// What the hall found wrong: the line of the file and the sentence for its `paper_slip_invalid` or
// `paper_slip_known` about these slips.
SlipMistake mistake_of(const protocol::Refusal& refusal, const PaperSlips& slips);

}  // namespace hall::client
