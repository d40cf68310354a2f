#include "printers/agent/slip.h"

#include <fmt/format.h>

#include <chrono>

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

namespace {

using Days = std::chrono::sys_days;

// "11月24日".
std::string day_text(Days days) {
    const std::chrono::year_month_day date(days);
    return wording::format("slip.day",
                           {{"month", std::to_string(static_cast<unsigned>(date.month()))},
                            {"day", std::to_string(static_cast<unsigned>(date.day()))}});
}

std::string weekday_text(Days days) {
    return wording::text("slip.weekday." +
                         std::to_string(std::chrono::weekday(days).iso_encoding()));
}

std::string title_of(protocol::AppointmentKind::Value kind) {
    return wording::text(kind == protocol::AppointmentKind::left_papers ? "slip.receipt"
                                                                        : "slip.appointment");
}

// Waited with a ticket and had to go: the earlier arrival is kept.
bool keeps_arrival(const protocol::Appointment& booked) {
    return booked.kind() != protocol::AppointmentKind::booked && !booked.number().empty();
}

}  // namespace

AppointmentSlip appointment_slip_from(const protocol::PrintJob& job) {
    const protocol::Appointment& booked = job.appointment();
    AppointmentSlip slip;
    slip.hall_name = job.hall_name();
    slip.reprint = job.attempt() > 1;
    slip.title = title_of(booked.kind());
    slip.number = wording::format("slip.appointment_number",
                                  {{"appointment", std::to_string(booked.appointment())}});
    slip.services.assign(job.service_names().begin(), job.service_names().end());
    slip.green_channel = job.green();
    slip.code = job.code();
    if (keeps_arrival(booked)) slip.promises.push_back(wording::text("slip.kept_arrival"));
    if (booked.slot_ms() == 0) {
        slip.day = wording::text("slip.any_day");
    } else {
        const Days days =
            std::chrono::floor<std::chrono::days>(local(booked.slot_ms(), booked.utc_offset_s()));
        slip.day = day_text(days);
        slip.weekday = weekday_text(days);
        slip.time = clock_time(booked.slot_ms(), booked.utc_offset_s());
        slip.footer.push_back(wording::format(
            "slip.appointment_grace",
            {{"time", clock_time(booked.grace_until_ms(), booked.utc_offset_s())}}));
    }
    if (booked.kind() == protocol::AppointmentKind::left_papers) {
        slip.footer.push_back(wording::text("slip.papers_here"));
    }
    slip.footer.push_back(wording::text("slip.appointment_bring"));
    return slip;
}

}  // namespace hall::printers::agent
