// BankTrace: the calls of a bank's service line, one row each, as the files of the Technion's
// "Anonymous Bank" tell them: who waited for what, from when to when, and what became of it.
//
// Columns by name, in any order: date (YYYY-MM-DD), ticket, class (2 = priority, 0 and 1 =
// regular), service, arrive_s, start_s, finish_s (seconds after that date's midnight, may pass
// 86,400), outcome (served or abandoned; who abandoned has no start_s and left at finish_s);
// customer may be missing. A row that cannot be right is set aside: named by its line, counted,
// never used.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "config/calendar.h"
#include "protocol/error.h"
#include "sim/csv.h"

namespace hall::sim {

struct Call {
    int line = 0;
    config::Date date;
    std::string customer;  // empty: not known
    std::string service;
    bool priority = false;
    bool served = false;
    int64_t arrive_ms = 0;  // after the midnight before 1 January 1970, as all times here
    int64_t leave_ms = 0;   // the queue: the start of service, or when the caller gave up
    int64_t service_ms = 0;
};

// A row that was set aside.
struct SetAside {
    int line = 0;
    // Stable: fields_missing, date_invalid, date_far (a wrong year), class_invalid, number_invalid,
    // time_negative, time_backward, outcome_invalid, ticket_twice.
    std::string code;
    std::string what;  // one sentence with file and line
};

// Why a row is set aside, before its line is known.
struct Wrong {
    std::string code;
    std::string what;
};

struct BankTrace {
    std::vector<Call> calls;  // in the order of their arrival
    std::vector<SetAside> set_aside;
    std::size_t rows = 0;  // all of them: calls + set_aside
};

// A date further than this from the file's median date is another year's: a trace of up to a year
// and a half is taken, a year written wrong is not.
inline constexpr int64_t kDaysFromMedianMax = 270;

// Errors: those of CsvReader, and `columns_missing`.
tl::expected<BankTrace, Error> read_bank_trace(const std::string& path);
tl::expected<BankTrace, Error> read_bank_trace(CsvReader& csv);

int64_t days_since_1970(config::Date date);

// Whether days lie around the median of all of them.
class DaysAround {
  public:
    explicit DaysAround(std::vector<int64_t> days);
    bool holds(int64_t day) const;

  private:
    int64_t median_ = 0;
};
// The row of a date that does not.
SetAside date_far(const CsvReader& csv, int line, config::Date date);

// Sets aside the rows, each with its `date` and `line`, whose dates are another year's.
template <typename Row>
void set_aside_other_years(const CsvReader& csv, std::vector<Row>& rows,
                           std::vector<SetAside>& set_aside) {
    std::vector<int64_t> days;
    for (const Row& row : rows) days.push_back(days_since_1970(row.date));
    const DaysAround near(std::move(days));
    std::erase_if(rows, [&](const Row& row) {
        if (near.holds(days_since_1970(row.date))) return false;
        set_aside.push_back(date_far(csv, row.line, row.date));
        return true;
    });
}

// How many rows were set aside for which reason.
std::map<std::string, std::size_t> count_by_code(const std::vector<SetAside>& set_aside);

}  // namespace hall::sim
