// Trace: recorded arrivals as a scenario replays them.
//
// Two forms, told apart by their header:
//   * general: `arrive_s` (seconds since midnight) or `arrive` (HH:MM[:SS]); optional `date`,
//     `class`, `service`, `service_s`. Rows of one date rise in time.
//   * the ticket records of a Warsaw office: office,queue_id,service,date,ticket,issue_after,
//     issue_by,call_after,call_by,counters_open,outcome. An arrival is drawn in
//     (issue_after, issue_by]; within a queue and date numbers rise in time.
// A row that cannot be used is rejected by line and reason and counted; the others are kept.
#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "protocol/error.h"
#include "sim/scenario.h"

namespace hall::sim {

struct TraceChoice {
    std::string office;  // of the Warsaw form; empty = all
    std::string queue;
    std::string date;  // "2019-12-30"; empty = all
    // Dates outside are rejected. Without them a date half a year or more from the file's middle
    // one is a wrong year.
    std::optional<config::Date> first;
    std::optional<config::Date> last;
};

// Reasons: malformed, negative_time, backward_time, wrong_year, outside_dates, unknown_class,
// unknown_service. Errors: `file_unreadable`, `csv_invalid`, `trace_empty`.
tl::expected<Trace, Error> read_trace(const std::string& path, const TraceChoice& choice,
                                      const std::vector<VisitorClass>& classes,
                                      const std::vector<Service>& services);

// As read_trace, of a text.
tl::expected<Trace, Error> parse_trace(std::string text, const std::string& name,
                                       const TraceChoice& choice,
                                       const std::vector<VisitorClass>& classes,
                                       const std::vector<Service>& services);

}  // namespace hall::sim
