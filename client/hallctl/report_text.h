// The day report as a person reads it, and as a spreadsheet does. The same sections in the same
// order: counts, waits by credit, hours, services, fairness, questions, and the head of the log,
// which `log verify --head` proves later.
#pragma once

#include <string>

#include "protocol/views.pb.h"

namespace hall::client::hallctl {

// Lines that end in a newline.
std::string report_text(const protocol::DayReport& report);

// Only the decisions that a person could question (廉政), and the head.
std::string integrity_text(const protocol::DayReport& report);

// client/csv_text.h; spans in minutes with one decimal.
std::string report_csv(const protocol::DayReport& report);

}  // namespace hall::client::hallctl
