#include "printers/agent/slip.h"

#include <fmt/format.h>

#include <chrono>

#include "client/place_text.h"
#include "wording/wording.h"

namespace hall::printers::agent {

namespace {

using LocalTime = std::chrono::sys_time<std::chrono::milliseconds>;

LocalTime local(std::int64_t utc_ms, std::int32_t utc_offset_s) {
    return LocalTime(std::chrono::milliseconds(utc_ms) + std::chrono::seconds(utc_offset_s));
}

}  // namespace

std::string clock_time(std::int64_t utc_ms, std::int32_t utc_offset_s) {
    const LocalTime time = local(utc_ms, utc_offset_s);
    const std::chrono::hh_mm_ss clock(time - std::chrono::floor<std::chrono::days>(time));
    return fmt::format("{}:{:02}", clock.hours().count(), clock.minutes().count());
}

std::string date_and_time(std::int64_t utc_ms, std::int32_t utc_offset_s) {
    const std::chrono::year_month_day date(
        std::chrono::floor<std::chrono::days>(local(utc_ms, utc_offset_s)));
    return wording::format("slip.date_and_time",
                           {{"month", std::to_string(static_cast<unsigned>(date.month()))},
                            {"day", std::to_string(static_cast<unsigned>(date.day()))},
                            {"time", clock_time(utc_ms, utc_offset_s)}});
}

TicketSlip slip_from(const protocol::PrintJob& job) {
    TicketSlip slip;
    slip.hall_name = job.hall_name();
    slip.reprint = job.attempt() > 1;
    if (job.number().empty()) {
        slip.number = wording::text("slip.test_page");
        slip.issued_at = date_and_time(job.requested_at_ms(), job.utc_offset_s());
        slip.footer = {job.printer()};
        return slip;
    }
    slip.number = job.number();
    slip.services.assign(job.service_names().begin(), job.service_names().end());
    slip.green_channel = job.green();
    slip.people_ahead = static_cast<std::int32_t>(job.ahead());
    slip.wait = client::wait_text(job.wait_low_ms(), job.wait_high_ms());
    slip.issued_at = date_and_time(job.issued_at_ms(), job.utc_offset_s());
    slip.code = job.code();
    slip.early_waiting = job.early_waiting();
    if (slip.early_waiting) {
        slip.early_waiting_hint =
            wording::format("slip.early_waiting_hint",
                            {{"time", clock_time(job.opening_at_ms(), job.utc_offset_s())}});
    }
    slip.footer = {wording::text("slip.footer_called"), wording::text("slip.footer_help")};
    return slip;
}

}  // namespace hall::printers::agent
