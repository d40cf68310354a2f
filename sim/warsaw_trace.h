// WarsawTrace: the tickets of Warsaw's district offices, as the city's open data tells them: when
// each was issued and called, within bounds of about five minutes, and how many counters were open.
//
// Columns by name: office, queue_id, date (YYYY-MM-DD), ticket, issue_after, issue_by, call_after,
// call_by (HH:MM), counters_open, outcome (called, or never_called without call times). Services
// are not in the record: their rate is measured from the calls. A row that cannot be right is set
// aside: named by its line, counted, never used.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "config/calendar.h"
#include "protocol/error.h"
#include "sim/bank_trace.h"
#include "sim/csv.h"
#include "sim/prediction_study.h"

namespace hall::sim {

struct RecordedTicket {
    int line = 0;
    config::Date date;
    std::string office;
    std::string queue;
    bool called = false;
    int issue_after_min = 0;  // in (after, by], after midnight
    int issue_by_min = 0;
    int call_after_min = 0;
    int call_by_min = 0;
    int counters = 1;  // open at the call, at least the one that called
};

struct WarsawTrace {
    std::vector<RecordedTicket> tickets;  // in the order of the file: by queue and day, then number
    // Codes: fields_missing, date_invalid, date_far, time_invalid, time_backward, counters_invalid,
    // outcome_invalid.
    std::vector<SetAside> set_aside;
    std::size_t rows = 0;
};

// Errors: those of CsvReader, and `columns_missing`.
tl::expected<WarsawTrace, Error> read_warsaw_trace(CsvReader& csv);

// Every office's days, told to one study for each office: times drawn within their bounds by
// `seed`, in the order of the numbers. A visitor is judged when somebody waited in the queue
// already (the record does not say whether a counter was idle). A call that follows another while
// people waited is a service of (time since that call) x (counters open).
StudyReport study_of(const WarsawTrace& trace, uint64_t seed);

}  // namespace hall::sim
