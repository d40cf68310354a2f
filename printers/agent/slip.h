// From the hall's print job to the words on the slip.
#pragma once

#include <cstdint>
#include <string>

#include "printers/document.h"
#include "protocol/views.pb.h"

namespace hall::printers::agent {

// The slip of `job` as it was claimed: an attempt above 1 is a reprint. A job without a number and
// without an appointment is a test page of its printer. Times are shown as the hall's clocks show
// them.
TicketSlip slip_from(const protocol::PrintJob& job);

// REQUIRES: the job has an appointment.
AppointmentSlip appointment_slip_from(const protocol::PrintJob& job);

// The papers of a case. REQUIRES: the job has its case_file.
NoticeSlip notice_from(const protocol::PrintJob& job);
FormSheet form_from(const protocol::PrintJob& job);
Band band_from(const protocol::PrintJob& job);
// A test page of a printer that makes wristbands.
Band test_band_from(const protocol::PrintJob& job);

// "11月24日 09:42" and "8:30" of a UTC time in a place `utc_offset_s` east of Greenwich.
std::string date_and_time(std::int64_t utc_ms, std::int32_t utc_offset_s);
std::string clock_time(std::int64_t utc_ms, std::int32_t utc_offset_s);

}  // namespace hall::printers::agent
